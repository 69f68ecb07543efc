// A call on the service during which a person may be asked.
#pragma once

#include "credentials/secret_service/loop.hpp"
#include "credentials/secret_service/session.hpp"

namespace goflow::credentials {

/// libsecret does not come back from every call that is cancelled while its prompt is shown. So it
/// is waited for here, within the deadline of the session, and left alone after it.
class PromptedCall {
 public:
  explicit PromptedCall(Session& session);
  ~PromptedCall();
  PromptedCall(const PromptedCall&) = delete;
  PromptedCall& operator=(const PromptedCall&) = delete;

  // Both for the call that is to be made.
  static void take_answer(GObject* source, GAsyncResult* answer, gpointer call);
  [[nodiscard]] gpointer data() { return answer_; }

  /// What the call is to be finished with; nullptr: it did not come in time.
  GAsyncResult* wait();

 private:
  /// Outlives this when the answer comes too late, or never.
  struct Answer {
    const SecretLibrary& library;
    GAsyncResult* result = nullptr;
    bool is_unwanted = false;
  };

  Session& session_;
  Loop loop_;
  Answer* answer_;
};

}  // namespace goflow::credentials
