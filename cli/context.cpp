#include "cli/context.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

namespace goflow::cli {
namespace {

constexpr std::size_t usual_width = 80;
constexpr std::size_t widest_text = 100;  // longer lines are hard to read

}  // namespace

std::size_t Context::width() const {
  winsize size = {};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual_width;
  return std::min<std::size_t>(size.ws_col, widest_text);
}

}  // namespace goflow::cli
