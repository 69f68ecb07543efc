// `retry` of a node: how often, how long after, for which failures.
#pragma once

#include "core/workflow/form.hpp"
#include "core/workflow/problems.hpp"
#include "core/workflow/workflow.hpp"
#include "core/workflow/yaml/yaml_tree.hpp"

#include <string>

namespace goflow::core {

const Keys& retry_keys();

/// `owner`: "shell node 'build'".
RetryPolicy read_retry(const YamlNode& value, const std::string& owner, Problems& problems);

}  // namespace goflow::core
