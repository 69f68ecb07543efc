#include "core/execution/child_execution_id.hpp"
#include "core/value/json.hpp"
#include "tests/engine/local/run_bench.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace goflow::core;
using namespace goflow::engine;
using goflow::test::RunBench;

namespace {

constexpr const char* value = "hunter2-hunter2";

RunSecrets secrets_with_token() {
  RunSecrets secrets;
  REQUIRE(secrets.add("token", Secret::copy_of(value)).ok());
  return secrets;
}

std::string text_of(const std::optional<Failure>& failure) {
  return failure ? failure->message + to_json(failure->context) : "";
}

/// All that was recorded of a run, and what was heard of it.
std::string everything(RunBench& bench, const std::string& id) {
  const Execution execution = **bench.store.find(id);
  std::string all = to_json(execution.return_value) + text_of(execution.error);
  const auto nodes = *bench.store.nodes(id);
  for (const NodeExecution& node : nodes) {
    all += node.path + to_json(node.inputs) + to_json(node.outputs) + text_of(node.error);
  }
  const auto attempts = *bench.store.attempts(id);
  for (const NodeAttempt& attempt : attempts) {
    all += text_of(attempt.error);
  }
  const auto logs = *bench.store.logs(id);
  for (const NodeLog& log : logs) {
    all += log.content;
  }
  const auto variables = *bench.store.variables(id);
  for (const VariableChange& change : variables) {
    all += to_json(change.new_value);
  }
  for (const std::string& event : bench.events) {
    all += event + "\n";
  }
  return all;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a node gets the value, and nothing that it says about it is recorded") {
  RunBench bench(R"(
name: leaky
nodes:
  - id: say
    run: |
      printf %s "$TOKEN" | cut -c1-6 | tr -d '\n'; sleep 0.05; printf '%s\n' "$TOKEN" | cut -c7-
      echo "again: $TOKEN" >&2
      printf %s "$TOKEN" | base64
      echo "said=$TOKEN" > "$GOFLOW_OUTPUT"
      [ "$TOKEN" = hunter2-hunter2 ] && echo right > right
      cat > stdin
    env: {TOKEN: "${secret('token')}"}
    stdin: "${secret('token')}"
    outputs: [said]
    output: heard
  - id: cry
    run: 'echo "$TOKEN" >&2; exit 3'
    env: {TOKEN: "x${secret('token')}"}
    retry: {max_attempts: 2, initial_delay: 1ms}
return: ${heard}
)");
  RunSecrets secrets = secrets_with_token();
  bench.secrets = &secrets;
  REQUIRE(bench.run().ok());
  CHECK(bench.node("say").status == NodeStatus::completed);
  CHECK(bench.node("cry").status == NodeStatus::failed);
  const std::string all = everything(bench, bench.id);
  CAPTURE(all);
  CHECK_FALSE(has(all, "hunter2"));
  CHECK_FALSE(has(all, "aHVudGVyMi1odW50ZXIy"));
  CHECK(has(all, "again: ***"));
  CHECK(has(all, R"("said":"***")"));
  CHECK(has(all, R"("env":{"TOKEN":"x${secret('token')}"})"));
  CHECK(bench.file("right") == "right\n");
  CHECK(bench.file("stdin") == value);
}

TEST_CASE("a failure that quotes a credential is recorded without it") {
  RunBench bench(
      "name: quoting\n"
      "nodes:\n"
      "  - {id: send, run: 'true', env: {N: \"${int(secret('token'))}\"}}\n");
  RunSecrets secrets = secrets_with_token();
  bench.secrets = &secrets;
  REQUIRE(bench.run().ok());
  CHECK(bench.node("send").status == NodeStatus::failed);
  CHECK_FALSE(has(everything(bench, bench.id), "hunter2"));
}

TEST_CASE("what a workflow puts together again is masked where it is recorded") {
  RunBench bench(
      "name: puzzle\n"
      "nodes:\n"
      "  - {id: whole, expression: '\"hunter2-\" + \"hunter2\"', output: found}\n"
      "  - {id: use, run: 'true', env: {T: \"${secret('token')}\"}}\n"
      "return: ${found}\n");
  RunSecrets secrets = secrets_with_token();
  bench.secrets = &secrets;
  const auto result = bench.run();
  REQUIRE(result.ok());
  CHECK(result->return_value == Value("***"));
  CHECK_FALSE(has(everything(bench, bench.id), "hunter2-hunter2"));
}

TEST_CASE("runs within a run have the same credentials") {
  RunBench bench(
      "name: outer\n"
      "nodes:\n"
      "  - {id: call, workflow: inner}\n"
      "return: ${call}\n");
  bench.stored.texts["inner"] =
      "name: inner\n"
      "nodes:\n"
      "  - {id: say, run: 'echo \"$T\"', env: {T: \"${secret('token')}\"}}\n"
      "return: ${say}\n";
  RunSecrets secrets = secrets_with_token();
  bench.secrets = &secrets;
  REQUIRE(bench.run().ok());
  CHECK(bench.record().return_value == Value("***"));
  CHECK_FALSE(has(everything(bench, child_execution_id(bench.id, "call", 1)), "hunter2"));
}

TEST_CASE("a credential that is missing fails the node that asks for it, and is not tried again") {
  RunBench bench(
      "name: lacking\n"
      "nodes:\n"
      "  - {id: first, run: 'true'}\n"
      "  - {id: send, run: 'true', env: {T: \"${secret('mail')}\"}, retry: {max_attempts: 3}}\n");
  RunSecrets secrets;
  secrets.add_missing("mail", Error{ErrorCode::credential, "no credential named 'mail'"});
  bench.secrets = &secrets;
  REQUIRE(bench.run().ok());
  CHECK(bench.node("first").status == NodeStatus::completed);
  const NodeExecution send = bench.node("send");
  CHECK(send.attempt == 1);
  REQUIRE(send.error.has_value());
  CHECK(send.error->type == "validation");
  CHECK(send.error->message == "no credential named 'mail'");
}

TEST_CASE("a run is taken up again with the credential as it is then") {
  RunBench bench(
      "name: rotated\n"
      "nodes:\n"
      "  - {id: first, run: 'echo \"first $T\" >> trace', env: {T: \"${secret('token')}\"}}\n"
      "  - {id: second, run: 'echo \"second $T\" >> trace', env: {T: \"${secret('token')}\"}}\n");
  RunSecrets old = secrets_with_token();
  bench.secrets = &old;
  // The first step is recorded as completed, then the journal fails.
  int commits = 1;
  while (bench.node("first").status != NodeStatus::completed) {
    CHECK_FALSE(bench.run(commits++).ok());
  }
  RunSecrets rotated;
  REQUIRE(rotated.add("token", Secret::copy_of("new-value")).ok());
  bench.secrets = &rotated;
  REQUIRE(bench.run().ok());
  const std::string trace = bench.trace();
  CHECK(has(trace, "first hunter2-hunter2\n"));
  CHECK_FALSE(has(trace, "first new-value\n"));
  CHECK(trace.ends_with("second new-value\n"));
}
