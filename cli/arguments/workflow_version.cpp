#include "cli/arguments/workflow_version.hpp"

#include "core/base/suggest.hpp"

#include <algorithm>
#include <charconv>

namespace goflow::cli {

using core::Error;
using core::ErrorCode;
using core::Result;
using core::WorkflowVersion;

Result<VersionName> parse_version_name(const std::string& written) {
  const std::size_t at = written.find('@');
  if (at == std::string::npos) return VersionName{written, std::nullopt};
  const std::string id = written.substr(0, at);
  const char* end = written.data() + written.size();
  int number = 0;
  const auto [rest, fault] = std::from_chars(written.data() + at + 1, end, number);
  if (fault == std::errc() && rest == end && number > 0) return VersionName{id, number};
  return Error{ErrorCode::invalid_argument,
               "'" + written.substr(at + 1) + "' is not the number of a version"}
      .with_hint("see which there are: goflow workflow history " + id);
}

Result<WorkflowVersion> find_version(const std::string& id, int number, Context& context) {
  GOFLOW_TRY(core::WorkflowStore * store, context.workflows());
  GOFLOW_TRY(std::vector<WorkflowVersion> versions, store->versions(id));
  if (versions.empty()) return no_such_workflow(id, context);
  const auto found =
      std::find_if(versions.begin(), versions.end(), [number](const WorkflowVersion& version) {
        return version.number == number;
      });
  if (found != versions.end()) return std::move(*found);
  const bool was_there = number < versions.front().number;
  return Error{ErrorCode::not_found,
               "version " + std::to_string(number) + " of workflow '" + id + "' " +
                   (was_there ? "is no longer kept" : "does not exist")}
      .with_hint("see which there are: goflow workflow history " + id);
}

Error no_such_workflow(const std::string& name, Context& context) {
  Error error{ErrorCode::not_found, "no workflow named '" + name + "'"};
  auto store = context.workflows();
  if (!store) return std::move(store).error();
  const auto names = (*store)->ids();
  if (!names) return names.error();
  if (const auto past = (*store)->versions(name); past && !past->empty()) {
    const std::string last = name + "@" + std::to_string(past->front().number);
    return std::move(error).with_hint("it was deleted; bring it back: goflow workflow restore " +
                                      last);
  }
  error.hint = core::did_you_mean(name, *names);
  if (error.hint.empty()) {
    error.hint = names->empty() ? "save one: goflow workflow save FILE"
                                : "see what is saved: goflow workflow list";
  }
  return error;
}

}  // namespace goflow::cli
