#include "core/claimcheck/value_origin.hpp"

#include "core/workflow/workflow.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace goflow::core {
namespace {

/// "each" of "each[3]/parse", and of "each@2[3]/parse": in its second attempt.
std::string_view top_of(std::string_view path) {
  return path.substr(0, path.find_first_of("/[@"));
}

bool is_in_handler(std::string_view path) {
  constexpr std::array handlers{Handler::on_success, Handler::on_failure, Handler::on_exit};
  return top_of(path) != path &&
         std::any_of(handlers.begin(), handlers.end(), [&](Handler handler) {
           return top_of(path) == to_string(handler);
         });
}

}  // namespace

ValueOrigin made_at(std::string name, std::string execution_id, std::string_view path) {
  ValueOrigin origin{std::move(name), std::move(execution_id)};
  // No run begins with a handler: it comes to them again at its end.
  if (path.empty() || is_in_handler(path)) return origin;
  origin.maker = ValueOrigin::Maker::node;
  origin.place = top_of(path);
  return origin;
}

ValueOrigin given_as(std::string input, std::string execution_id) {
  return ValueOrigin{input, std::move(execution_id), ValueOrigin::Maker::caller, input};
}

std::string how_to_make_again(const ValueOrigin& origin) {
  const std::string rerun = "run it again: goflow exec rerun " + origin.execution_id;
  switch (origin.maker) {
    case ValueOrigin::Maker::run:
      return rerun;
    case ValueOrigin::Maker::node:
      return rerun + " --from " + origin.place;
    case ValueOrigin::Maker::caller:
      // A rerun takes over the inputs as they were recorded, this one has to be given once more.
      return rerun + " --input " + origin.place + "=@FILE";
  }
  return rerun;
}

}  // namespace goflow::core
