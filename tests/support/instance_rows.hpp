// Instances for tests; a test changes what it is about.
#pragma once

#include "core/instance/instance.hpp"
#include "tests/support/history_rows.hpp"

#include <string>

namespace goflow::test {

/// Of "nightly", made by ann at noon; its slug is its name.
inline core::Instance an_instance(const std::string& id, const std::string& name) {
  core::Instance instance;
  instance.id = id;
  instance.name = name;
  instance.slug = name;
  instance.workflow_id = "nightly";
  instance.audit = core::new_audit("ann", noon).spec;
  instance.created_at = noon;
  return instance;
}

}  // namespace goflow::test
