#include "cli/commands/schedule/installed_units.hpp"

#include "cli/commands/doctor/program_search.hpp"
#include "cli/io/child_program.hpp"
#include "core/base/sha256.hpp"
#include "core/schedule/systemd_timer.hpp"
#include "storage/files/atomic_file.hpp"
#include "storage/files/file_reading.hpp"

#include <filesystem>
#include <system_error>

namespace goflow::cli {
namespace {

namespace fs = std::filesystem;
using core::Error;
using core::ErrorCode;
using core::Result;

constexpr mode_t file_mode = 0644;
constexpr const char* without_systemd =
    "without timers: goflow worker --schedules, or in crontab: * * * * * goflow schedule run";

bool is_unit_of_goflow(const fs::path& path) {
  return path.filename().string().starts_with("goflow-") &&
         (path.extension() == ".timer" || path.extension() == ".service");
}

Result<void> check_free(const std::string& path, const UnitFiles& before) {
  std::error_code ignored;
  if (before.contains(fs::path(path).filename()) || !fs::exists(path, ignored)) return {};
  return Error{ErrorCode::already_exists, "'" + path + "' is there and not of this home"}.with_hint(
      "if nobody needs it: rm " + path);
}

}  // namespace

Result<std::string> user_unit_folder(const Context& context) {
  if (const auto config = filled(context.environment(), "XDG_CONFIG_HOME")) {
    return *config + "/systemd/user";
  }
  if (const auto home = filled(context.environment(), "HOME")) {
    return *home + "/.config/systemd/user";
  }
  return Error{ErrorCode::invalid_argument, "there is no place for units: HOME is not set"}
      .with_hint("say where: XDG_CONFIG_HOME=DIR goflow schedule install");
}

std::string unit_name(const std::string& workflow_id, const std::string& home, Context& context) {
  constexpr std::size_t told_apart = 8;
  const std::string name = "goflow-" + workflow_id;
  const auto user_home = filled(context.environment(), "HOME");
  if (user_home && home == *user_home + "/.goflow") return name;
  return name + "-" + core::sha256_hex(home).substr(0, told_apart);
}

Result<UnitFiles> find_installed_units(const std::string& folder, const std::string& home) {
  UnitFiles units;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (!is_unit_of_goflow(entry->path())) continue;
    GOFLOW_TRY(std::string text, storage::read_file(entry->path().string()));
    if (core::home_of_unit(text) != home) continue;
    units.emplace(entry->path().filename().string(), std::move(text));
  }
  return units;
}

Result<void> write_units(const std::string& folder,
                         const UnitFiles& units,
                         const UnitFiles& before) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    return Error{ErrorCode::unavailable, "make folder '" + folder + "': " + error.message()};
  }
  for (const auto& [name, text] : units) {
    GOFLOW_TRY(check_free(folder + "/" + name, before));
  }
  for (const auto& [name, text] : units) {
    auto written = storage::write_file_atomic(folder + "/" + name, text, file_mode);
    if (written) continue;
    restore_units(folder, units, before);
    return written;
  }
  return {};
}

void restore_units(const std::string& folder, const UnitFiles& units, const UnitFiles& before) {
  for (const auto& [name, text] : units) {
    const std::string path = folder + "/" + name;
    const auto old = before.find(name);
    if (old != before.end()) {
      (void)storage::write_file_atomic(path, old->second, file_mode);
    } else {
      std::error_code ignored;
      fs::remove(path, ignored);
    }
  }
}

Result<void> remove_units(const std::string& folder, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    std::error_code error;
    fs::remove(folder + "/" + name, error);
    if (!error) continue;
    return Error{ErrorCode::unavailable,
                 "remove '" + folder + "/" + name + "': " + error.message()};
  }
  return {};
}

Result<void> systemctl(std::vector<std::string> words, Context& context) {
  if (!is_program_there("systemctl", context.environment())) {
    return Error{ErrorCode::unavailable, "there is no 'systemctl' here"}.with_hint(without_systemd);
  }
  std::string said = "systemctl --user";
  for (const std::string& word : words) {
    said += " " + word;
  }
  words.insert(words.begin(), {"systemctl", "--user"});
  GOFLOW_TRY(ChildProgram child, ChildProgram::start("systemctl", words));
  const int code = child.wait();
  if (code == 0) return {};
  return Error{ErrorCode::unavailable,
               "'" + said + "' failed with exit code " + std::to_string(code)}
      .with_hint(without_systemd);
}

}  // namespace goflow::cli
