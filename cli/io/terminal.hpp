// The streams of the process and what is known about them.
#pragma once

#include "cli/io/environment.hpp"
#include "cli/io/output.hpp"
#include "core/base/descriptor.hpp"
#include "core/base/result.hpp"
#include "core/secret/wiped_bytes.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace goflow::cli {

enum class ColourWish { automatic, always, never };

struct TerminalSize {
  std::size_t columns = 80;
  std::size_t rows = 24;
};

struct TerminalFacts {
  bool stdin_is_terminal = false;
  bool stdout_is_terminal = false;
  bool stderr_is_terminal = false;
  ColourWish colour = ColourWish::automatic;
  Charset charset = Charset::utf8;
  TerminalSize size = {};
};

/// Lives as long as the process; everything that reads or writes is given it.
class Terminal {
 public:
  /// The real one. From now on a write into a closed pipe is an error instead of a signal.
  static Terminal of_process(Environment environment);
  /// One for tests: collects what is written and reads from a text.
  static Terminal captured(TerminalFacts facts = {}, std::string input = {});
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  /// stdout: the result. stderr: everything else.
  [[nodiscard]] Output& out() { return out_; }
  [[nodiscard]] Output& err() { return err_; }
  [[nodiscard]] bool stdin_is_terminal() const { return facts_.stdin_is_terminal; }
  /// Someone sits there who sees a question and can answer it.
  [[nodiscard]] bool can_ask() const;
  /// As it is now: people resize their windows.
  [[nodiscard]] TerminalSize size() const;

  /// `--color`; wins over the environment.
  void wish_colour(ColourWish wish);
  /// Of a captured terminal.
  void resize(TerminalSize size) { facts_.size = size; }

  /// A line of stdin without its end; nullopt when there is no more.
  std::optional<std::string> read_line();
  /// What is left of stdin.
  std::string read_all();
  /// The same of a secret, in memory that is wiped; see read_secret_bytes().
  core::Result<core::WipedBytes> read_secret(std::size_t limit);

  /// The terminal that goflow was started from, even when no stream leads there. None is open when
  /// there is none, and for a captured one.
  [[nodiscard]] core::Descriptor open_controlling() const;

 private:
  enum class Kind { real, captured };
  Terminal(Kind kind, TerminalFacts facts, std::string input, Environment environment);

  bool fill_input();

  Kind kind_;
  TerminalFacts facts_;
  Environment environment_;
  std::string input_;  // read and not used yet
  Output out_;
  Output err_;
};

/// What NO_COLOR, CLICOLOR_FORCE and TERM=dumb ask for.
ColourWish colour_wish(const Environment& environment);
/// UTF-8 when the first of LC_ALL, LC_CTYPE and LANG that is set says so.
Charset charset(const Environment& environment);

}  // namespace goflow::cli
