// An instance as programs see it: the record behind --json, and what stands against running it.
#pragma once

#include "cli/command/output_choice.hpp"
#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/instance/instance.hpp"
#include "core/value/value.hpp"
#include "core/workflow/workflow_store.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>

namespace goflow::cli {

std::span<const Field> instance_fields();

/// An instance, and what is known of it elsewhere.
struct InstanceView {
  core::Instance instance;
  bool is_default = false;                                 // of its workflow
  std::string problem = {};                                // why it could not be run; else empty
  std::optional<core::Execution> last_run = std::nullopt;  // its newest execution

  [[nodiscard]] const core::Execution* run() const { return last_run ? &*last_run : nullptr; }
};

/// Looks around for many instances; what they share is looked up once.
class InstanceViews {
 public:
  static core::Result<InstanceViews> open(Context& context);

  core::Result<InstanceView> of(core::Instance instance);

 private:
  explicit InstanceViews(Context& context) : context_(context) {}
  core::Result<std::string> problem_of(const core::Instance& instance);

  Context& context_;
  std::map<std::string, bool> is_valid_;  // by the id of each saved workflow
};

core::Result<InstanceView> view_of(core::Instance instance, Context& context);

core::Object instance_record(const InstanceView& view);

}  // namespace goflow::cli
