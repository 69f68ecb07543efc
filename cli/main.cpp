#include "cli/commands/commands.hpp"
#include "cli/program.hpp"

#include <signal.h>

#include <exception>
#include <iostream>

int main(int argc, char** argv) {
  using namespace goflow;
  // A closed pipe shall be an error of the write that meets it, not the end of a running workflow.
  signal(SIGPIPE, SIG_IGN);
  std::ios::sync_with_stdio(false);
  try {
    return cli::run_program(cli::commands(), {argv + 1, argv + argc}, std::cout, std::cerr);
  } catch (const std::exception& fault) {
    std::cerr << "error: goflow has a fault: " << fault.what() << "\n";
    return 1;
  }
}
