#include "credentials/secret_service/showing_store.hpp"

#include "credentials/secret_service/plain_conversation.hpp"

#include <mutex>

namespace goflow::credentials {
namespace {

using core::CredentialKey;
using core::CredentialNamespace;
using core::CredentialStore;
using core::LockState;
using core::Result;
using core::Secret;
using core::StoredCredential;

class ShowingStore final : public CredentialStore {
 public:
  ShowingStore(std::unique_ptr<PlainConversation> plain,
               SecretServiceOptions options,
               const CredentialNamespace& credential_namespace)
      : plain_(std::move(plain)), options_(std::move(options)), namespace_(credential_namespace) {}

  Result<std::optional<Secret>> get(const CredentialKey& key) override {
    GOFLOW_TRY(PlainValue value, look_up(key));
    if (value.is_told) return std::move(value.secret);
    GOFLOW_TRY(auto* store, whole_store());
    return store->get(key);
  }
  Result<void> set(const CredentialKey& key, const Secret& value) override {
    GOFLOW_TRY(auto* store, whole_store());
    return store->set(key, value);
  }
  Result<bool> remove(const CredentialKey& key) override {
    GOFLOW_TRY(auto* store, whole_store());
    return store->remove(key);
  }
  Result<bool> exists(const CredentialKey& key) override {
    GOFLOW_TRY(auto* store, whole_store());
    return store->exists(key);
  }
  Result<std::vector<StoredCredential>> list() override {
    GOFLOW_TRY(auto* store, whole_store());
    return store->list();
  }
  Result<LockState> lock_state() override {
    GOFLOW_TRY(auto* store, whole_store());
    return store->lock_state();
  }

 private:
  Result<PlainValue> look_up(const CredentialKey& key) {
    const std::scoped_lock turn(mutex_);
    return plain_->look_up(namespace_.service(), key);
  }

  Result<CredentialStore*> whole_store() {
    const std::scoped_lock turn(mutex_);
    if (whole_ == nullptr) {
      GOFLOW_TRY(whole_, open_secret_service(options_, namespace_));
    }
    return whole_.get();
  }

  std::mutex mutex_;
  const std::unique_ptr<PlainConversation> plain_;
  const SecretServiceOptions options_;
  const CredentialNamespace namespace_;
  std::unique_ptr<CredentialStore> whole_;  // once it was needed
};

}  // namespace

Result<std::unique_ptr<CredentialStore>> open_secret_service_to_show(
    SecretServiceOptions options, const CredentialNamespace& credential_namespace) {
  GOFLOW_TRY(auto plain, PlainConversation::begin(options.bus, options.timeout));
  if (plain == nullptr) return open_secret_service(std::move(options), credential_namespace);
  return std::unique_ptr<CredentialStore>(
      std::make_unique<ShowingStore>(std::move(plain), std::move(options), credential_namespace));
}

}  // namespace goflow::credentials
