#include "core/claimcheck/value_origin.hpp"

#include <doctest/doctest.h>

using namespace goflow;

namespace {

std::string advice_for(std::string_view path) {
  return core::how_to_make_again(core::made_at("photos", "wex-1", path));
}

}  // namespace

TEST_CASE("what a node made comes again by a rerun from the node at the top around it") {
  CHECK(advice_for("fetch") == "run it again: goflow exec rerun wex-1 --from fetch");
  CHECK(advice_for("each[3]/fetch") == "run it again: goflow exec rerun wex-1 --from each");
  CHECK(advice_for("each@2[3]/fetch") == "run it again: goflow exec rerun wex-1 --from each");
  CHECK(advice_for("fan/left/fetch") == "run it again: goflow exec rerun wex-1 --from fan");
}

TEST_CASE("what no node at the top made comes again by a rerun of all") {
  CHECK(advice_for("") == "run it again: goflow exec rerun wex-1");
  CHECK(advice_for("on_failure/report") == "run it again: goflow exec rerun wex-1");
}

TEST_CASE("an input has to be given once more, since a rerun takes over what was recorded") {
  CHECK(core::how_to_make_again(core::given_as("photos", "wex-1")) ==
        "run it again: goflow exec rerun wex-1 --input photos=@FILE");
}
