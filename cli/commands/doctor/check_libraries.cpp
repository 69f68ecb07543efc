// goflow doctor: libraries that are loaded when a node needs them.
#include "cli/commands/doctor/check.hpp"
#include "engine/jq/presence.hpp"
#include "engine/loop/curl_presence.hpp"

#include <string_view>

namespace goflow::cli {
namespace {

/// No fault: workflows without such nodes run all the same.
void add(Finding& finding, std::string_view nodes, const core::Error& error) {
  if (finding.health == Health::ok) {
    finding = {Health::warning, ""};
  } else {
    finding.what += "; ";
    finding.hint += "; ";
  }
  finding.what.append(nodes).append(" cannot run: ").append(error.message);
  finding.hint += error.hint;
}

}  // namespace

Finding check_libraries(Context&) {
  Finding finding{Health::ok, "libcurl, libjq"};
  if (const auto curl = engine::look_for_curl(); !curl) add(finding, "http nodes", curl.error());
  if (const auto jq = engine::look_for_jq(); !jq) add(finding, "jq", jq.error());
  return finding;
}

}  // namespace goflow::cli
