#include "credentials/secret_service/unlocking.hpp"

#include "credentials/secret_service/prompted_call.hpp"

namespace goflow::credentials {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

constexpr const char* how_to_unlock =
    "unlock it in a desktop session, or with your password as the input of: "
    "gnome-keyring-daemon --unlock --components=secrets; or keep credentials in an encrypted "
    "file: export GOFLOW_KEYRING=file";

void tell_of_prompt(const SecretServiceOptions& options, const std::string& text) {
  if (options.notify) options.notify(text);
}

/// `objects` stay the caller's.
Result<void> unlock(Session& session,
                    GList* objects,
                    const std::string& keyring,
                    const SecretServiceOptions& options) {
  if (!options.can_prompt) {
    return Error{ErrorCode::credential, keyring + " is locked"}.with_hint(how_to_unlock);
  }
  tell_of_prompt(options, "waiting until " + keyring + " is unlocked");
  session.extend(options.prompt_timeout, "credentials.prompt_timeout");
  const SecretLibrary& library = session.library();
  PromptedCall call(session);
  library.service_unlock(
      session.service(), objects, session.cancellable(), &PromptedCall::take_answer, call.data());
  GAsyncResult* answer = call.wait();
  if (answer == nullptr) return session.no_answer_of_service();
  GError* said = nullptr;
  const int unlocked = library.service_unlock_finish(session.service(), answer, nullptr, &said);
  if (said != nullptr) return session.failure(said);
  session.extend(options.timeout);
  if (unlocked > 0) return {};
  return Error{ErrorCode::credential, keyring + " is locked: the prompt was dismissed"}.with_hint(
      "try again, and give the password of the keyring");
}

bool is_locked(Session& session, const Owned<SecretCollection>& collection) {
  return session.library().collection_get_locked(collection.get()) != FALSE;
}

Result<Owned<SecretCollection>> made_collection(Session& session,
                                                const SecretServiceOptions& options) {
  if (!options.can_prompt) {
    return Error{ErrorCode::credential, "the secret service has no default keyring"}.with_hint(
        how_to_unlock);
  }
  tell_of_prompt(options, "waiting for the password of a new keyring");
  session.extend(options.prompt_timeout, "credentials.prompt_timeout");
  const SecretLibrary& library = session.library();
  PromptedCall call(session);
  library.collection_create(session.service(),
                            "Login",
                            SECRET_COLLECTION_DEFAULT,
                            SECRET_COLLECTION_CREATE_NONE,
                            session.cancellable(),
                            &PromptedCall::take_answer,
                            call.data());
  GAsyncResult* answer = call.wait();
  if (answer == nullptr) return session.no_answer_of_service();
  GError* said = nullptr;
  auto made = owned(library.collection_create_finish(answer, &said), library);
  // libsecret takes the path "/", which stands for "none", for that of a collection.
  if (made == nullptr && (said == nullptr || session.took_absence(said))) {
    return Error{ErrorCode::credential, "there is no keyring: the prompt was dismissed"}.with_hint(
        "try again, and give a password for the new keyring");
  }
  if (made == nullptr) return session.failure(said);
  session.extend(options.timeout);
  return made;
}

}  // namespace

Result<void> unlock_items(Session& session,
                          const std::vector<Item>& items,
                          const SecretServiceOptions& options) {
  GList* objects = nullptr;
  std::string keyring = "the keyring";
  for (const Item& item : items) {
    if (!is_locked(session, item)) continue;
    objects = session.library().list_append(objects, item.get());
    keyring = "the keyring '" + collection_name(session, item) + "'";
  }
  auto unlocked = unlock(session, objects, keyring, options);
  session.library().list_free(objects);
  return unlocked;
}

Result<Owned<SecretCollection>> unlocked_collection(Session& session,
                                                    const SecretServiceOptions& options) {
  GOFLOW_TRY(auto collection, session.collection());
  if (collection == nullptr) return made_collection(session, options);
  if (!is_locked(session, collection)) return collection;
  char* label = session.library().collection_get_label(collection.get());
  const std::string keyring = "the keyring '" + std::string(label) + "'";
  session.library().free(label);
  GList* objects = session.library().list_append(nullptr, collection.get());
  auto unlocked = unlock(session, objects, keyring, options);
  session.library().list_free(objects);
  GOFLOW_TRY(std::move(unlocked));
  return collection;
}

}  // namespace goflow::credentials
