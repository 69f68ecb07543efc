#include "engine/jq/machine.hpp"

#include "core/value/json.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace goflow;
using namespace goflow::engine;

namespace {

const JqLibrary& library() {
  static const JqLibrary loaded = *load_jq_library();
  return loaded;
}

std::vector<core::JqProgram> programs(const std::vector<std::string>& texts) {
  std::vector<core::JqProgram> compiled;
  for (const std::string& text : texts) {
    auto program = core::JqProgram::compile(text);
    REQUIRE_MESSAGE(program.ok(), text);
    compiled.push_back(*std::move(program));
  }
  return compiled;
}

std::string call(std::size_t program, const std::string& input, const std::string& variables) {
  return R"({"program":)" + std::to_string(program) + R"(,"input":)" + input + R"(,"variables":)" +
         variables + R"(,"now":1000.5})";
}

/// What each program makes of `[1,2]`, where `n` is 10; an error has a "!" in front.
std::vector<std::string> results(const std::vector<std::string>& texts) {
  auto machine = JqMachine::compile(library(), programs(texts));
  REQUIRE(machine.ok());
  std::vector<std::string> found;
  for (std::size_t index = 0; index < texts.size(); ++index) {
    const auto value = (*machine)->run(call(index, "[1,2]", R"({"n":10,"length":3})"));
    found.push_back(value ? core::to_json(*value, core::FloatForm::typed)
                          : "!" + value.error().message);
  }
  return found;
}

std::string result(const std::string& text) {
  return results({text}).front();
}

/// "program: message [marked part]"
std::vector<std::string> faults(const std::vector<std::string>& texts) {
  const auto machine = JqMachine::compile(library(), programs(texts));
  REQUIRE_FALSE(machine.ok());
  std::vector<std::string> found;
  for (const core::JqFault& fault : machine.error()) {
    const auto [begin, end] = std::pair(fault.error.begin, fault.error.end);
    found.push_back(std::to_string(fault.program) + ": " + fault.error.message + " [" +
                    texts[fault.program].substr(begin, end - begin) + "]");
  }
  return found;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("programs that were compiled together do not know of each other") {
  CHECK(results(
            {"map(. + $n)", "length # comment", ". as $n | $n", "def f: 3; f", "now", "$length"}) ==
        Texts{"[11,12]", "2", "[1,2]", "3", "1000.5", "3"});
}

TEST_CASE("a whole number up to 2^53 is an int") {
  CHECK(result("[1.5 + 1.5, 0.5, 9007199254740992, 9007199254740994, -0.0]") ==
        "[3,0.5,9007199254740992,9007199254740994.0,0]");
  CHECK(result("infinite") == "!the result is infinite");
  CHECK(result("[nan]") == "!the result is not a number");
}

TEST_CASE("a program yields one value; none is null") {
  CHECK(result("empty") == "null");
  CHECK(result("1, 2") == "!the program yields more than one value");
  CHECK(result("1, error(\"late\")") == "!late");
  CHECK(result("error(\"no such order\")") == "!no such order");
  CHECK(result("error({code: 7})") == "!error: {\"code\":7}");
  CHECK(result("{} + 1") == "!object ({}) and number (1) cannot be added");
  CHECK(result("reduce range(600) as $i (0; [.])") == "!the result is nested too deeply");
  CHECK(result("[true, null, \"a\\u0000é\", {b: 1, a: 2}]") ==
        R"([true,null,"a\u0000é",{"b":1,"a":2}])");
}

TEST_CASE("a call that is no JSON has no value") {
  auto machine = JqMachine::compile(library(), programs({"1"}));
  REQUIRE(machine.ok());
  CHECK((*machine)->run("{").error().message.find("Unfinished") != std::string::npos);
}

TEST_CASE("a program that is no jq is named, and what is wrong in it") {
  CHECK(faults({"1", ".a\n| map(nope) | 2", ".a %%% b", "2"}) ==
        Texts{"1: nope/0 is not defined [nope]", "2: syntax error, unexpected '%' [.a %%% b]"});
  CHECK(faults({"if . then 1"}) == Texts{"0: the program ends too early [if . then 1]"});
  CHECK(faults({"1; def x: 2"}) == Texts{"0: syntax error, unexpected ';' [1; def x: 2]"});
  CHECK(faults({"range(1; 2; 3; 4)"}) == Texts{"0: range/4 is not defined [range]"});
}
