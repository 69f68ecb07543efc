#include "credentials/secret_service/items.hpp"

#include "core/base/utf8.hpp"
#include "credentials/secret_service/loop.hpp"

#include <algorithm>

namespace goflow::credentials {
namespace {

using core::CredentialKey;
using core::Error;
using core::ErrorCode;
using core::Result;
using core::Secret;

/// GNOME Keyring gives this one to entries that were made without any, so that what goflow stores
/// replaces them. They are found whatever the name of their schema is.
const SecretSchema* schema() {
  static const SecretSchema generic{.name = "org.freedesktop.Secret.Generic",
                                    .flags = SECRET_SCHEMA_DONT_MATCH_NAME,
                                    .attributes = {{"service", SECRET_SCHEMA_ATTRIBUTE_STRING},
                                                   {"username", SECRET_SCHEMA_ATTRIBUTE_STRING},
                                                   {nullptr, SECRET_SCHEMA_ATTRIBUTE_STRING}},
                                    .reserved = 0,
                                    .reserved1 = nullptr,
                                    .reserved2 = nullptr,
                                    .reserved3 = nullptr,
                                    .reserved4 = nullptr,
                                    .reserved5 = nullptr,
                                    .reserved6 = nullptr,
                                    .reserved7 = nullptr};
  return &generic;
}

using Attributes = std::unique_ptr<GHashTable, void (*)(GHashTable*)>;

/// Points into the texts, which must live as long.
Attributes attributes(const SecretLibrary& library,
                      const std::string& service,
                      const CredentialKey* key) {
  Attributes table(library.hash_table_new(library.str_hash, library.str_equal),
                   library.hash_table_unref);
  const auto insert = [&](const char* name, const std::string& text) {
    library.hash_table_insert(
        table.get(), const_cast<char*>(name), const_cast<char*>(text.c_str()));
  };
  insert("service", service);
  if (key != nullptr) insert("username", key->text());
  return table;
}

using Value = std::unique_ptr<SecretValue, void (*)(void*)>;

Value value_of(const SecretLibrary& library, const Secret& secret) {
  const std::string_view bytes = secret.expose();
  const bool is_text = !core::utf8::first_invalid(bytes).has_value();
  return {library.value_new(bytes.data(),
                            static_cast<gssize>(bytes.size()),
                            is_text ? "text/plain; charset=utf8" : "application/octet-stream"),
          library.value_unref};
}

std::optional<Secret> secret_of(const SecretLibrary& library, const Value& value) {
  gsize size = 0;
  const char* bytes = library.value_get(value.get(), &size);
  return Secret::copy_of({bytes, size});
}

/// Takes them over.
std::vector<std::string> texts_of(char** paths, const SecretLibrary& library) {
  std::vector<std::string> texts;
  for (char** path = paths; path != nullptr && *path != nullptr; ++path) {
    texts.emplace_back(*path);
  }
  library.strfreev(paths);
  return texts;
}

/// Under way from its making on; it has to be finished, since the answer comes to this object.
class Search {
 public:
  Search(Session& session, const std::string& service, const CredentialKey* key)
      : session_(session),
        library_(session.library()),
        wants_all_(key == nullptr),
        loop_(library_) {
    const Attributes wanted = attributes(library_, service, key);
    library_.service_search_for_paths_async(session.service(),
                                            schema(),
                                            wanted.get(),
                                            session.cancellable(),
                                            &Search::take_answer,
                                            this);
  }

  Result<ItemPaths> finish() {
    while (!is_answered_) {
      loop_.turn();
    }
    if (said_ == nullptr) return std::move(paths_);
    const bool is_refused = session_.is_refusal(said_);
    Error failure = session_.failure(said_);
    if (is_refused && wants_all_) failure.code = ErrorCode::failed_precondition;
    return failure;
  }

 private:
  static void take_answer(GObject* /*service*/, GAsyncResult* result, gpointer search) {
    static_cast<Search*>(search)->take(result);
  }

  void take(GAsyncResult* result) {
    char** unlocked = nullptr;
    char** locked = nullptr;
    library_.service_search_for_paths_finish(
        session_.service(), result, &unlocked, &locked, &said_);
    paths_ = {texts_of(unlocked, library_), texts_of(locked, library_)};
    is_answered_ = true;
  }

  Session& session_;
  const SecretLibrary& library_;
  const bool wants_all_;
  Loop loop_;
  bool is_answered_ = false;
  ItemPaths paths_;
  GError* said_ = nullptr;
};

}  // namespace

Result<ItemPaths> find_paths(Session& session,
                             const std::string& service,
                             const CredentialKey* key) {
  return Search(session, service, key).finish();
}

Result<ItemPaths> find_paths_to_read(Session& session,
                                     const std::string& service,
                                     const CredentialKey& key) {
  Search search(session, service, &key);
  const auto agreed = session.agree_on_keys();
  GOFLOW_TRY(auto paths, search.finish());
  GOFLOW_TRY(agreed);
  return paths;
}

Result<std::vector<Item>> find_items(Session& session,
                                     const std::string& service,
                                     const CredentialKey* key) {
  const SecretLibrary& library = session.library();
  const Attributes wanted = attributes(library, service, key);
  GError* said = nullptr;
  GList* found = library.service_search(
      session.service(), schema(), wanted.get(), SECRET_SEARCH_ALL, session.cancellable(), &said);
  if (said != nullptr) return session.failure(said);
  std::vector<Item> items;
  for (const GList* entry = found; entry != nullptr; entry = entry->next) {
    items.push_back(owned(static_cast<SecretItem*>(entry->data), library));
  }
  library.list_free(found);
  return items;
}

bool is_locked(Session& session, const Item& item) {
  return session.library().item_get_locked(item.get()) != FALSE;
}

std::string collection_name(Session& session, const Item& item) {
  // ".../collection/login/17"
  const std::string path =
      session.library().proxy_get_object_path(reinterpret_cast<GDBusProxy*>(item.get()));
  const std::size_t end = path.rfind('/');
  const std::size_t start = path.rfind('/', end - 1);
  return path.substr(start + 1, end - start - 1);
}

Item& newest(Session& session, std::vector<Item>& items) {
  const SecretLibrary& library = session.library();
  return *std::max_element(items.begin(), items.end(), [&](const Item& a, const Item& b) {
    return library.item_get_modified(a.get()) < library.item_get_modified(b.get());
  });
}

Result<std::optional<Secret>> load_value(Session& session, const Item& item) {
  const SecretLibrary& library = session.library();
  GError* said = nullptr;
  if (library.item_load_secret(item.get(), session.cancellable(), &said) == FALSE) {
    if (session.took_absence(said)) return std::optional<Secret>();
    return session.failure(said);
  }
  return secret_of(library, Value(library.item_get_secret(item.get()), library.value_unref));
}

Result<std::optional<Secret>> load_value(Session& session, const std::string& path) {
  const SecretLibrary& library = session.library();
  GError* said = nullptr;
  const Value value(
      library.service_get_secret(session.service(), path.c_str(), session.cancellable(), &said),
      library.value_unref);
  if (value != nullptr) return secret_of(library, value);
  if (said == nullptr || session.took_absence(said)) return std::optional<Secret>();
  return session.failure(said);
}

Result<bool> replace_value(Session& session, const Item& item, const Secret& value) {
  const SecretLibrary& library = session.library();
  GError* said = nullptr;
  const Value sent = value_of(library, value);
  if (library.item_set_secret(item.get(), sent.get(), session.cancellable(), &said) != FALSE) {
    return true;
  }
  if (session.took_absence(said)) return false;
  return session.failure(said);
}

Result<bool> delete_item(Session& session, const Item& item) {
  GError* said = nullptr;
  if (session.library().item_delete(item.get(), session.cancellable(), &said) != FALSE) {
    return true;
  }
  if (session.took_absence(said)) return false;
  return session.failure(said);
}

Result<void> create_item(Session& session,
                         const Owned<SecretCollection>& collection,
                         const std::string& service,
                         const CredentialKey& key,
                         const Secret& value) {
  const SecretLibrary& library = session.library();
  const Attributes named = attributes(library, service, &key);
  const std::string label = "Password for '" + key.text() + "' on '" + service + "'";
  const Value sent = value_of(library, value);
  GError* said = nullptr;
  const Item created = owned(library.item_create(collection.get(),
                                                 schema(),
                                                 named.get(),
                                                 label.c_str(),
                                                 sent.get(),
                                                 SECRET_ITEM_CREATE_REPLACE,
                                                 session.cancellable(),
                                                 &said),
                             library);
  if (created == nullptr) return session.failure(said);
  return {};
}

}  // namespace goflow::credentials
