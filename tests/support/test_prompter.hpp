// Answers the prompts of the test's keyring as a person at the desktop would.
#pragma once

#include <string>

namespace goflow::test {

/// The library that comes with GNOME Keyring may be another one some day.
bool can_have_prompter();

/// Asked by every TestKeyring that is started while this lives. What is to be answered is said
/// before, in the order of the prompts. One at a time.
class TestPrompter {
 public:
  TestPrompter();
  ~TestPrompter();
  TestPrompter(const TestPrompter&) = delete;
  TestPrompter& operator=(const TestPrompter&) = delete;

  void answer(const std::string& password);
  void dismiss();
  /// Every prompt from now on is shown until the one who asked gives up.
  void wait_for_ever();
  [[nodiscard]] bool was_asked_everything() const;
};

}  // namespace goflow::test
