#include "credentials/secret_service/prompted_call.hpp"

namespace goflow::credentials {
namespace {

// What was cancelled mostly says so at once.
constexpr int looks_after_the_end = 40;

}  // namespace

PromptedCall::PromptedCall(Session& session)
    : session_(session), loop_(session.library()), answer_(new Answer{session.library()}) {}

PromptedCall::~PromptedCall() {
  if (answer_->result == nullptr) {
    answer_->is_unwanted = true;
    return;
  }
  answer_->library.object_unref(answer_->result);
  delete answer_;
}

void PromptedCall::take_answer(GObject* /*source*/, GAsyncResult* result, gpointer call) {
  auto* answer = static_cast<Answer*>(call);
  if (answer->is_unwanted) {
    delete answer;
    return;
  }
  answer->library.object_ref(result);
  answer->result = result;
}

GAsyncResult* PromptedCall::wait() {
  while (answer_->result == nullptr && !session_.is_out_of_time()) {
    loop_.look();
  }
  for (int looks = 0; answer_->result == nullptr && looks < looks_after_the_end; ++looks) {
    loop_.look();
  }
  return answer_->result;
}

}  // namespace goflow::credentials
