#include "tests/support/test_prompter.hpp"

#include "core/base/shared_library.hpp"
#include "tests/support/test_keyring.hpp"

#include <stdlib.h>

#include <chrono>
#include <stdexcept>

namespace goflow::test {
namespace {

/// Where GNOME Keyring looks for a prompter that is not the desktop's.
constexpr const char* variable = "GNOME_KEYRING_TEST_PROMPTER";

/// Of libgcr's own prompter for tests. Its headers would be a package more.
struct MockPrompter {
  const char* (*start)() = nullptr;
  void (*stop)() = nullptr;
  void (*expect_password_ok)(const char* password, const char* first_property, ...) = nullptr;
  void (*expect_password_cancel)() = nullptr;
  int (*is_expecting)() = nullptr;
  void (*set_delay_msec)(unsigned milliseconds) = nullptr;
};

core::Result<MockPrompter> load() {
  GOFLOW_TRY(auto library, core::SharedLibrary::open("libgcr-base-3.so.1"));
  MockPrompter prompter;
  library.bind("gcr_mock_prompter_start", prompter.start)
      .bind("gcr_mock_prompter_stop", prompter.stop)
      .bind("gcr_mock_prompter_expect_password_ok", prompter.expect_password_ok)
      .bind("gcr_mock_prompter_expect_password_cancel", prompter.expect_password_cancel)
      .bind("gcr_mock_prompter_is_expecting", prompter.is_expecting)
      .bind("gcr_mock_prompter_set_delay_msec", prompter.set_delay_msec);
  GOFLOW_TRY(library.check());
  return prompter;
}

const core::Result<MockPrompter>& loaded() {
  static const core::Result<MockPrompter> prompter = load();
  return prompter;
}

}  // namespace

bool can_have_prompter() {
  return loaded().ok();
}

TestPrompter::TestPrompter() {
  test_bus();
  setenv(variable, loaded()->start(), 1);
}

TestPrompter::~TestPrompter() {
  unsetenv(variable);
  loaded()->set_delay_msec(0);
  loaded()->stop();
}

void TestPrompter::answer(const std::string& password) {
  loaded()->expect_password_ok(password.c_str(), nullptr);
}

void TestPrompter::dismiss() {
  loaded()->expect_password_cancel();
}

void TestPrompter::wait_for_ever() {
  using namespace std::chrono_literals;
  loaded()->set_delay_msec(static_cast<unsigned>(std::chrono::milliseconds(1h).count()));
}

bool TestPrompter::was_asked_everything() const {
  return loaded()->is_expecting() == 0;
}

}  // namespace goflow::test
