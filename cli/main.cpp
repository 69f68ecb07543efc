#include "cli/commands/commands.hpp"
#include "cli/program.hpp"

#include <cstdio>
#include <exception>

int main(int argc, char** argv) {
  using namespace goflow;
  try {
    const cli::Environment environment = cli::process_environment();
    cli::Terminal terminal = cli::Terminal::of_process(environment);
    return cli::run_program(cli::commands(), {argv + 1, argv + argc}, terminal, environment);
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "error: goflow has a fault: %s\n", fault.what());
    return 1;
  }
}
