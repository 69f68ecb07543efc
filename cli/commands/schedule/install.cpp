// goflow schedule install: timers of the system, so that nothing of ours has to stay running.
#include "cli/commands/commands.hpp"
#include "cli/commands/schedule/installed_units.hpp"
#include "cli/commands/schedule/scheduled_workflow.hpp"
#include "cli/context.hpp"
#include "core/schedule/launchd_agent.hpp"
#include "core/schedule/systemd_timer.hpp"
#include "storage/files/atomic_file.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <utility>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

enum class TimerFormat { systemd, launchd };

struct InstallOptions {
  std::vector<std::string> workflows;
  bool remove = false;
  bool dry_run = false;
  TimerFormat format = TimerFormat::systemd;
};

void declare(Command& command, InstallOptions& options) {
  command.summary("let timers of the system run what is due")
      .describe(
          "Writes a timer and a service of systemd for each schedule into the user's units and "
          "enables the timers; none of goflow has to stay running. They hold this program, this "
          "home "
          "and the PATH of now. To be called again after a schedule was changed; what is left of "
          "workflows that have none any more is removed. Units of others are never touched. A "
          "timer "
          "does not start its service again while that goes on, so that runs of one workflow do "
          "not "
          "overlap. After logout the timers rest, unless: loginctl enable-linger. With "
          "--format launchd it writes agents for macOS instead.")
      .example("goflow schedule install", "timers for all schedules")
      .example("goflow schedule install nightly --dry-run", "what would be written")
      .example("goflow schedule install --remove", "take all of them away again")
      .exit_code(1, "systemd does not answer; nothing is left behind")
      .exit_code(6, "the workflow has no schedule; a file of somebody else is in the way");
  command.positional("[WORKFLOW...]", options.workflows, "only the schedules of these")
      .completes(CompletesWith::workflow_id);
  command.flag("--remove", options.remove, "take the timers away");
  command.flag("--dry-run", options.dry_run, "only show what would be written and removed");
  command.option(
      "--format WHO",
      options.format,
      Choices<TimerFormat>{{"systemd", TimerFormat::systemd}, {"launchd", TimerFormat::launchd}},
      "for which system");
}

core::ScheduledCommand command_for(const std::string& workflow_id,
                                   const std::string& home,
                                   Context& context) {
  std::error_code ignored;
  const std::string program = std::filesystem::read_symlink("/proc/self/exe", ignored).string();
  core::ScheduledCommand command{
      workflow_id,
      {program, "--home", home, "schedule", "run", workflow_id, "--quiet", "--no-input"},
      home};
  for (const char* name : {"PATH", "TZ"}) {
    if (const auto value = filled(context.environment(), name)) {
      command.environment.push_back(std::string(name) + "=" + *value);
    }
  }
  return command;
}

/// The clock of this shell may be another than that of systemd.
Result<core::TimeZone> zone_of_units(const ScheduledWorkflow& scheduled, Context& context) {
  const auto zone = filled(context.environment(), "TZ");
  if (!scheduled.schedule().time_zone.empty() || !zone) return scheduled.zone;
  return core::TimeZone::find(*zone);
}

Result<UnitFiles> make_units(const std::vector<std::string>& ids,
                             const std::string& home,
                             Context& context) {
  UnitFiles units;
  for (const std::string& id : ids) {
    GOFLOW_TRY(const ScheduledWorkflow scheduled, find_scheduled_workflow(id, context));
    GOFLOW_TRY(const core::TimeZone zone, zone_of_units(scheduled, context));
    const core::ScheduledCommand command = command_for(id, home, context);
    const std::string name = unit_name(id, home, context);
    units.emplace(name + ".service", core::systemd_service(command));
    units.emplace(name + ".timer",
                  core::systemd_timer(command, scheduled.schedule(), zone, context.now()));
  }
  return units;
}

/// What is installed for workflows that are not among these.
std::vector<std::string> names_besides(const UnitFiles& installed,
                                       const std::vector<std::string>& ids,
                                       const std::string& home,
                                       Context& context) {
  std::set<std::string> kept;
  for (const std::string& id : ids) {
    kept.insert(unit_name(id, home, context));
  }
  std::vector<std::string> names;
  for (const auto& [name, text] : installed) {
    if (!kept.contains(name.substr(0, name.rfind('.')))) names.push_back(name);
  }
  return names;
}

std::vector<std::string> timers_among(const std::vector<std::string>& names) {
  std::vector<std::string> timers;
  std::copy_if(names.begin(), names.end(), std::back_inserter(timers), [](const auto& name) {
    return name.ends_with(".timer");
  });
  return timers;
}

std::vector<std::string> names_of(const UnitFiles& units) {
  std::vector<std::string> names;
  for (const auto& [name, text] : units) {
    names.push_back(name);
  }
  return names;
}

std::vector<std::string> with(std::vector<std::string> words, std::vector<std::string> more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

void show(const std::string& folder,
          const UnitFiles& units,
          const std::vector<std::string>& stale,
          Context& context) {
  for (const auto& [name, text] : units) {
    context.out().line("# " + folder + "/" + name);
    context.out().line(text);
  }
  for (const std::string& name : stale) {
    context.out().line("# would be removed: " + folder + "/" + name);
  }
}

Result<void> take_away(const std::string& folder,
                       const std::vector<std::string>& names,
                       Context& context) {
  if (names.empty()) return {};
  GOFLOW_TRY(systemctl(with({"disable", "--now", "--quiet"}, timers_among(names)), context));
  GOFLOW_TRY(remove_units(folder, names));
  return systemctl({"daemon-reload"}, context);
}

Result<void> put_in(const std::string& folder,
                    const UnitFiles& units,
                    const UnitFiles& before,
                    Context& context) {
  if (units.empty()) return {};
  GOFLOW_TRY(write_units(folder, units, before));
  auto enabled = systemctl({"daemon-reload"}, context);
  const std::vector<std::string> timers = timers_among(names_of(units));
  if (enabled) enabled = systemctl(with({"enable", "--quiet"}, timers), context);
  // One that runs already would keep the times that it had.
  if (enabled) enabled = systemctl(with({"restart"}, timers), context);
  if (!enabled) restore_units(folder, units, before);
  return enabled;
}

Result<std::vector<std::string>> names_to_remove(const InstallOptions& options,
                                                 const UnitFiles& installed,
                                                 const std::string& home,
                                                 Context& context) {
  if (!options.remove) {
    GOFLOW_TRY(const auto scheduled, scheduled_workflow_ids(context));
    return names_besides(installed, scheduled, home, context);
  }
  if (options.workflows.empty()) return names_of(installed);
  const auto others = names_besides(installed, options.workflows, home, context);
  std::vector<std::string> names = names_of(installed);
  std::erase_if(names, [&](const std::string& name) {
    return std::find(others.begin(), others.end(), name) != others.end();
  });
  return names;
}

void say(const UnitFiles& units, const std::vector<std::string>& stale, Context& context) {
  const auto count_of = [](std::size_t files) {
    return std::to_string(files) + (files == 1 ? " timer" : " timers");
  };
  const std::size_t removed = timers_among(stale).size();
  if (removed > 0) context.tell("removed " + count_of(removed));
  if (!units.empty()) {
    context.tell("installed " + count_of(units.size() / 2) +
                 "; see them: systemctl --user list-timers 'goflow-*'");
  } else if (removed == 0) {
    context.tell("no schedules, and no timers; see: goflow schedule list");
  }
}

/// The first call of a timer comes at the first time: by then the schedule has to have begun.
Result<void> begin_schedules(const std::vector<std::string>& ids, Context& context) {
  GOFLOW_TRY(core::ScheduleStore * store, context.schedules());
  for (const std::string& id : ids) {
    GOFLOW_TRY(store->find_or_begin(id, context.now()));
  }
  return {};
}

Result<void> install_systemd(const InstallOptions& options, Context& context) {
  GOFLOW_TRY(const std::string written_home, context.home());
  const std::string home = std::filesystem::absolute(written_home).lexically_normal().string();
  GOFLOW_TRY(const std::string folder, user_unit_folder(context));
  GOFLOW_TRY(const UnitFiles installed, find_installed_units(folder, home));
  UnitFiles units;
  std::vector<std::string> ids;
  if (!options.remove) {
    GOFLOW_TRY(ids, named_or_all(options.workflows, context));
    GOFLOW_TRY(units, make_units(ids, home, context));
  }
  GOFLOW_TRY(const auto stale, names_to_remove(options, installed, home, context));
  if (options.dry_run) {
    show(folder, units, stale, context);
    return {};
  }
  GOFLOW_TRY(begin_schedules(ids, context));
  GOFLOW_TRY(put_in(folder, units, installed, context));
  GOFLOW_TRY(take_away(folder, stale, context));
  say(units, stale, context);
  return {};
}

/// launchctl is called by the user: this was never run where there is one.
Result<void> install_launchd(const InstallOptions& options, Context& context) {
  if (options.remove) {
    return Error{ErrorCode::invalid_argument, "--remove is for timers of systemd"}.with_hint(
        "launchctl unload -w ~/Library/LaunchAgents/dev.goflow.NAME.plist, and remove that file");
  }
  const auto user_home = filled(context.environment(), "HOME");
  if (!user_home) return Error{ErrorCode::invalid_argument, "HOME is not set"};
  GOFLOW_TRY(const std::string home, context.home());
  GOFLOW_TRY(const auto ids, named_or_all(options.workflows, context));
  const std::filesystem::path folder = *user_home + "/Library/LaunchAgents";
  for (const std::string& id : ids) {
    GOFLOW_TRY(const ScheduledWorkflow scheduled, find_scheduled_workflow(id, context));
    const std::string path = folder / (core::launchd_label(id) + ".plist");
    const std::string text =
        core::launchd_agent(command_for(id, home, context), scheduled.schedule());
    if (options.dry_run) {
      context.out().write(text);
      continue;
    }
    GOFLOW_TRY(begin_schedules({id}, context));
    std::error_code ignored;
    std::filesystem::create_directories(folder, ignored);
    GOFLOW_TRY(storage::write_file_atomic(path, text, 0644));
    context.tell("wrote '" + path + "'; load it: launchctl load -w " + path);
  }
  return {};
}

Result<void> run(const InstallOptions& options, Context& context) {
  if (options.format == TimerFormat::launchd) return install_launchd(options, context);
  return install_systemd(options, context);
}

}  // namespace

std::unique_ptr<Action> schedule_install() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
