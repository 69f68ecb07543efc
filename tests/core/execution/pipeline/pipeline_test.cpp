#include "core/execution/pipeline/pipeline.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace goflow::core;

namespace {

using Names = std::vector<std::string_view>;

/// What happened, in a row: "a" begins, "a." ends, "a!" refuses.
class Recorder final : public StepObserver {
 public:
  void on_begin(std::string_view step) override { seen += std::string(step) + " "; }
  void on_end(std::string_view step, const Error* refusal) override {
    seen += std::string(step) + (refusal == nullptr ? ". " : "! ");
  }
  std::string seen;
};

Step<std::string> appends(std::string_view letter) {
  return {letter,
          [letter](std::string text) -> Result<std::string> { return text + std::string(letter); }};
}

Step<std::string> refuses(std::string_view name) {
  return {name, [](const std::string&) -> Result<std::string> {
            return Error{ErrorCode::not_found, "no"};
          }};
}

}  // namespace

TEST_CASE("a pipeline runs its steps in their order, each with what the one before made") {
  const Pipeline<std::string> pipeline({appends("a"), appends("b")});
  Recorder recorder;
  CHECK(*pipeline.run("-", recorder) == "-ab");
  CHECK(recorder.seen == "a a. b b. ");
  CHECK(pipeline.names() == Names{"a", "b"});
}

TEST_CASE("the first step that refuses ends a pipeline") {
  const Pipeline<std::string> pipeline({appends("a"), refuses("b"), appends("c")});
  Recorder recorder;
  CHECK(pipeline.run("-", recorder).error().code == ErrorCode::not_found);
  CHECK(recorder.seen == "a a. b b! ");
}

TEST_CASE("steps are added and taken away without a change to the pipeline they come from") {
  const Pipeline<std::string> pipeline({appends("a"), appends("b")});
  CHECK(pipeline.with_last(appends("c")).names() == Names{"a", "b", "c"});
  CHECK(pipeline.with_before("b", appends("c")).names() == Names{"a", "c", "b"});
  CHECK(pipeline.without("a").names() == Names{"b"});
  CHECK(pipeline.names() == Names{"a", "b"});
}
