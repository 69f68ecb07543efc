#include "core/workflow/workflow_keys.hpp"

#include "core/workflow/credential_needs.hpp"
#include "core/workflow/edges.hpp"
#include "core/workflow/header.hpp"
#include "core/workflow/schedule_key.hpp"
#include "core/workflow/servers.hpp"
#include "core/workflow/variables.hpp"

#include <utility>

namespace goflow::core {
namespace {

/// Without a node it does nothing.
Form handler_form() {
  Form empty = forms::list_of(forms::nothing());
  return forms::either({forms::sequence(), std::move(empty)});
}

Keys make_keys() {
  Keys keys = header_keys();
  const Keys parts{
      {"schedule", schedule_form(), "when it runs by itself"},
      {"variables", forms::list_of(forms::object(variable_keys)), "inputs and state"},
      {"nodes", forms::list_of(forms::node()), "the steps", {}, true},
      {"edges", forms::list_of(forms::object(edge_keys)), "what comes after what"},
      {"servers", forms::list_of(forms::object(server_keys)), "MCP servers"},
      {"credentials", credentials_form(), "credentials that the workflow needs"},
      {"on_success", handler_form(), "what runs when the run has completed"},
      {"on_failure", handler_form(), "what runs when it has failed or timed out"},
      {"on_exit", handler_form(), "what runs at last, however it ended"},
  };
  keys.insert(keys.end(), parts.begin(), parts.end());
  return keys;
}

}  // namespace

const Keys& workflow_keys() {
  static const Keys keys = make_keys();
  return keys;
}

}  // namespace goflow::core
