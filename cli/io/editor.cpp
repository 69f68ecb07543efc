#include "cli/io/editor.hpp"

#include "storage/files/atomic_file.hpp"

#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

constexpr mode_t file_mode = 0600;
constexpr int not_found_by_shell = 127;

std::string quoted(const std::string& path) {
  std::string text = "'";
  for (const char character : path) {
    if (character == '\'') {
      text += "'\\''";
    } else {
      text += character;
    }
  }
  return text + "'";
}

/// goflow itself ignores it, but the editor and what it starts shall not.
class PipeSignalByDefault {
 public:
  PipeSignalByDefault() : before_(std::signal(SIGPIPE, SIG_DFL)) {}
  ~PipeSignalByDefault() { std::signal(SIGPIPE, before_); }
  PipeSignalByDefault(const PipeSignalByDefault&) = delete;
  PipeSignalByDefault& operator=(const PipeSignalByDefault&) = delete;

 private:
  void (*before_)(int);
};

}  // namespace

Result<EditedFile> EditedFile::make(const std::string& place,
                                    const std::string& name,
                                    const std::string& text) {
  std::string folder = place + "/goflow-edit-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) {
    return Error{ErrorCode::unavailable,
                 "cannot make a folder in '" + place + "': " + core::errno_text(errno)}
        .with_hint("say where there is room: TMPDIR=DIR");
  }
  EditedFile file(folder, folder + "/" + name);
  GOFLOW_TRY(storage::replace_file(file.path(), text, file_mode));
  return file;
}

EditedFile::EditedFile(EditedFile&& other) noexcept
    : folder_(std::move(other.folder_)), path_(std::move(other.path_)), is_kept_(other.is_kept_) {
  other.is_kept_ = true;
}

EditedFile::~EditedFile() {
  std::error_code ignored;
  if (!is_kept_) std::filesystem::remove_all(folder_, ignored);
}

Result<void> run_editor(const std::string& command, const std::string& path) {
  const PipeSignalByDefault pipe_signal;
  // system(3) leaves Ctrl-C to the editor for as long as it runs.
  const int status = std::system((command + " " + quoted(path)).c_str());
  if (status == 0) return {};
  if (WIFEXITED(status) && WEXITSTATUS(status) == not_found_by_shell) {
    return Error{ErrorCode::unavailable, "there is no editor '" + command + "'"}.with_hint(
        "choose another one: goflow config set editor nano, or EDITOR=nano");
  }
  return Error{ErrorCode::unavailable, "the editor '" + command + "' failed"};
}

}  // namespace goflow::cli
