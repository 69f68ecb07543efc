#include "cli/io/terminal.hpp"

#include "cli/io/secret_bytes.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <utility>

namespace goflow::cli {
namespace {

TerminalFacts facts_of_process(const Environment& environment) {
  return TerminalFacts{.stdin_is_terminal = isatty(STDIN_FILENO) == 1,
                       .stdout_is_terminal = isatty(STDOUT_FILENO) == 1,
                       .stderr_is_terminal = isatty(STDERR_FILENO) == 1,
                       .colour = colour_wish(environment),
                       .charset = charset(environment)};
}

/// Of a terminal that one of the streams is connected to.
TerminalSize window_size() {
  TerminalSize size;
  for (const int descriptor : {STDERR_FILENO, STDOUT_FILENO, STDIN_FILENO}) {
    winsize window{};
    if (ioctl(descriptor, TIOCGWINSZ, &window) != 0) continue;
    if (window.ws_col > 0) size.columns = window.ws_col;
    if (window.ws_row > 0) size.rows = window.ws_row;
    return size;
  }
  return size;
}

std::optional<std::size_t> positive_number(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  std::size_t number = 0;
  const char* const end = text->data() + text->size();
  const auto [stopped_at, error] = std::from_chars(text->data(), end, number);
  if (error != std::errc() || stopped_at != end || number == 0) return std::nullopt;
  return number;
}

Style style_for(bool is_terminal, const TerminalFacts& facts) {
  const bool colour =
      facts.colour == ColourWish::always || (facts.colour == ColourWish::automatic && is_terminal);
  return {colour ? Colour::on : Colour::off, facts.charset};
}

}  // namespace

ColourWish colour_wish(const Environment& environment) {
  if (filled(environment, "NO_COLOR")) return ColourWish::never;
  if (const auto force = filled(environment, "CLICOLOR_FORCE"); force && *force != "0") {
    return ColourWish::always;
  }
  return environment("TERM") == "dumb" ? ColourWish::never : ColourWish::automatic;
}

Charset charset(const Environment& environment) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    auto locale = filled(environment, name);
    if (!locale) continue;
    std::transform(locale->begin(), locale->end(), locale->begin(), [](unsigned char letter) {
      return static_cast<char>(std::tolower(letter));
    });
    const bool utf8 =
        locale->find("utf-8") != std::string::npos || locale->find("utf8") != std::string::npos;
    return utf8 ? Charset::utf8 : Charset::ascii;
  }
  return Charset::ascii;
}

Terminal Terminal::of_process(Environment environment) {
  // A child would inherit this; whoever starts one gives it the default back.
  std::signal(SIGPIPE, SIG_IGN);
  const TerminalFacts facts = facts_of_process(environment);
  return {Kind::real, facts, {}, std::move(environment)};
}

Terminal Terminal::captured(TerminalFacts facts, std::string input) {
  return {Kind::captured, facts, std::move(input), {}};
}

Terminal::Terminal(Kind kind, TerminalFacts facts, std::string input, Environment environment)
    : kind_(kind),
      facts_(facts),
      environment_(std::move(environment)),
      input_(std::move(input)),
      out_(STDOUT_FILENO),
      err_(STDERR_FILENO) {
  if (kind_ == Kind::captured) {
    out_.collect();
    err_.collect();
  }
  err_.follow(out_);
  wish_colour(facts.colour);
}

void Terminal::wish_colour(ColourWish wish) {
  facts_.colour = wish;
  out_.appear(facts_.stdout_is_terminal, style_for(facts_.stdout_is_terminal, facts_));
  err_.appear(facts_.stderr_is_terminal, style_for(facts_.stderr_is_terminal, facts_));
}

bool Terminal::can_ask() const {
  return facts_.stdin_is_terminal && facts_.stderr_is_terminal;
}

TerminalSize Terminal::size() const {
  if (kind_ == Kind::captured) return facts_.size;
  TerminalSize size = window_size();
  size.columns = positive_number(environment_("COLUMNS")).value_or(size.columns);
  return size;
}

std::optional<std::string> Terminal::read_line() {
  std::size_t end = input_.find('\n');
  while (end == std::string::npos && fill_input()) {
    end = input_.find('\n');
  }
  if (input_.empty()) return std::nullopt;
  std::string line = input_.substr(0, end);
  input_.erase(0, end == std::string::npos ? end : end + 1);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

std::string Terminal::read_all() {
  while (fill_input()) {
  }
  return std::exchange(input_, {});
}

core::Result<core::WipedBytes> Terminal::read_secret(std::size_t limit) {
  if (kind_ == Kind::real) return read_secret_bytes(STDIN_FILENO, limit);
  const std::string input = std::exchange(input_, {});
  return core::WipedBytes(input.begin(), input.end());
}

core::Descriptor Terminal::open_controlling() const {
  return core::Descriptor(kind_ == Kind::real ? open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
                                              : -1);
}

bool Terminal::fill_input() {
  if (kind_ == Kind::captured) return false;
  std::array<char, 4096> bytes{};
  ssize_t got = 0;
  do {
    got = read(STDIN_FILENO, bytes.data(), bytes.size());
  } while (got < 0 && errno == EINTR);
  if (got <= 0) return false;
  input_.append(bytes.data(), static_cast<std::size_t>(got));
  return true;
}

}  // namespace goflow::cli
