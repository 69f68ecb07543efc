#include "engine/interpreter/task.hpp"

#include "engine/interpreter/mailbox.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

using namespace goflow::engine;

namespace {

Task<int> doubled(int number) {
  co_return 2 * number;
}

Task<void> add_up(int times, std::int64_t& sum, std::size_t& spread) {
  const char* first = nullptr;
  for (int i = 0; i < times; ++i) {
    sum += co_await doubled(i);
    const char here = 0;
    if (!first) first = &here;
    spread = static_cast<std::size_t>(first > &here ? first - &here : &here - first);
  }
}

Task<void> send(Mailbox<std::string>& mailbox, std::string letter) {
  mailbox.post(std::move(letter));
  co_return;
}

Task<void> collect(Mailbox<std::string>& mailbox, std::vector<std::string>& letters) {
  while (letters.size() < 3)
    letters.push_back(co_await mailbox.next());
}

Task<int> hold(std::shared_ptr<int> thing, Mailbox<int>& never) {
  const int letter = co_await never.next();
  co_return *thing + letter;
}

Task<void> nest(std::shared_ptr<int> thing, Mailbox<int>& never) {
  const int result = co_await hold(thing, never);
  *thing = result;
}

}  // namespace

TEST_CASE("a task begins only when it is started, and goes on from the queue alone") {
  RunQueue queue;
  std::int64_t sum = 0;
  std::size_t spread = 0;
  auto task = add_up(2, sum, spread);
  CHECK_FALSE(queue.step(100));
  CHECK(sum == 0);
  task.start(queue);
  CHECK(queue.step(1));
  CHECK(sum == 0);
  while (queue.step(1)) {
  }
  CHECK(sum == 2);
}

TEST_CASE("a hundred thousand awaits that never suspend do not deepen the stack") {
  RunQueue queue;
  std::int64_t sum = 0;
  std::size_t spread = 0;
  auto task = add_up(100'000, sum, spread);
  task.start(queue);
  while (queue.step(1000)) {
  }
  CHECK(sum == 9'999'900'000);
  CHECK(spread == 0);
}

TEST_CASE("letters of tasks that run side by side come in the order in which they started") {
  RunQueue queue;
  Mailbox<std::string> mailbox;
  std::vector<std::string> letters;
  auto receiver = collect(mailbox, letters);
  auto first = send(mailbox, "first");
  auto second = send(mailbox, "second");
  auto third = send(mailbox, "third");
  first.start(queue);
  receiver.start(queue);
  second.start(queue);
  third.start(queue);
  while (queue.step(1)) {
  }
  CHECK(letters == std::vector<std::string>{"first", "second", "third"});
}

TEST_CASE("destroying a task destroys everything that it awaits") {
  RunQueue queue;
  Mailbox<int> never;
  const auto thing = std::make_shared<int>(1);
  {
    auto task = nest(thing, never);
    task.start(queue);
    CHECK_FALSE(queue.step(100));
    CHECK(thing.use_count() > 1);
  }
  CHECK(thing.use_count() == 1);
}
