#include "credentials/secret_service/summaries.hpp"

#include "credentials/secret_service/loop.hpp"

#include <memory>

namespace goflow::credentials {
namespace {

using core::Error;
using core::Result;

// A bus allows a program no more than 128 questions without answers, if it was told nothing else.
constexpr std::size_t most_under_way = 64;
constexpr std::size_t many = 64;

constexpr const char* item_interface = "org.freedesktop.Secret.Item";

using Variant = std::unique_ptr<GVariant, void (*)(GVariant*)>;

/// nullopt for the zero that stands for "unknown".
std::optional<core::Timestamp> time_of(guint64 seconds) {
  if (seconds == 0) return std::nullopt;
  return core::Timestamp(std::chrono::seconds(seconds));
}

/// Takes the attributes over.
std::optional<std::string> username_of(const SecretLibrary& library, GVariant* attributes) {
  const Variant owner(attributes, library.variant_unref);
  const char* username = nullptr;
  if (library.variant_lookup(attributes, "username", "&s", &username) == FALSE) return std::nullopt;
  return username;
}

/// Of the answer to "Get", with nothing but the attributes.
ItemSummary named(const SecretLibrary& library, GVariant* answer) {
  GVariant* attributes = nullptr;
  library.variant_get(answer, "(v)", &attributes);
  return {.username = username_of(library, attributes)};
}

/// Of the answer to "GetAll".
ItemSummary described(const SecretLibrary& library, GVariant* answer) {
  const Variant properties(library.variant_get_child_value(answer, 0), library.variant_unref);
  guint64 created = 0;
  guint64 modified = 0;
  GVariant* attributes = nullptr;
  library.variant_lookup(properties.get(), "Created", "t", &created);
  library.variant_lookup(properties.get(), "Modified", "t", &modified);
  ItemSummary summary{.created_at = time_of(created), .updated_at = time_of(modified)};
  if (library.variant_lookup(properties.get(), "Attributes", "@a{ss}", &attributes) != FALSE) {
    summary.username = username_of(library, attributes);
  }
  return summary;
}

/// One for each entry, where libsecret's own objects ask four, and many of them under way at once:
/// to wait for each answer takes longer than to find it.
class Questions {
 public:
  Questions(Session& session, bool are_many)
      : session_(session),
        library_(session.library()),
        bus_(library_.proxy_get_connection(reinterpret_cast<GDBusProxy*>(session.service()))),
        are_many_(are_many),
        loop_(library_) {}

  /// To the end of all that was asked, also after a failure: the answers come to this object.
  Result<std::vector<ItemSummary>> ask_all(const std::vector<std::string>& paths);

 private:
  void ask(const std::string& path);
  static void take_answer(GObject* bus, GAsyncResult* result, gpointer questions);
  void take(GVariant* answer, GError* said);

  Session& session_;
  const SecretLibrary& library_;
  GDBusConnection* bus_;
  const bool are_many_;
  Loop loop_;
  std::size_t under_way_ = 0;
  std::vector<ItemSummary> summaries_;
  std::optional<Error> failure_;
};

Result<std::vector<ItemSummary>> Questions::ask_all(const std::vector<std::string>& paths) {
  auto next = paths.begin();
  for (;;) {
    while (next != paths.end() && under_way_ < most_under_way && !failure_) {
      ask(*next++);
    }
    if (under_way_ == 0) break;
    loop_.turn();
  }
  if (failure_) return *std::move(failure_);
  return std::move(summaries_);
}

void Questions::ask(const std::string& path) {
  ++under_way_;
  GVariant* what = are_many_ ? library_.variant_new("(ss)", item_interface, "Attributes")
                             : library_.variant_new("(s)", item_interface);
  library_.connection_call_async(bus_,
                                 "org.freedesktop.secrets",
                                 path.c_str(),
                                 "org.freedesktop.DBus.Properties",
                                 are_many_ ? "Get" : "GetAll",
                                 what,
                                 nullptr,
                                 G_DBUS_CALL_FLAGS_NO_AUTO_START,
                                 G_MAXINT,
                                 session_.cancellable(),
                                 &Questions::take_answer,
                                 this);
}

void Questions::take_answer(GObject* /*bus*/, GAsyncResult* result, gpointer questions) {
  auto* self = static_cast<Questions*>(questions);
  GError* said = nullptr;
  const Variant answer(self->library_.connection_call_finish(self->bus_, result, &said),
                       self->library_.variant_unref);
  self->take(answer.get(), said);
}

void Questions::take(GVariant* answer, GError* said) {
  --under_way_;
  if (answer != nullptr) {
    summaries_.push_back(are_many_ ? named(library_, answer) : described(library_, answer));
  } else if (!session_.took_absence(said)) {
    Error failure = session_.failure(said);
    if (!failure_) failure_ = std::move(failure);
  }
}

}  // namespace

Result<std::vector<ItemSummary>> summarize_items(Session& session,
                                                 const std::vector<std::string>& paths) {
  return Questions(session, paths.size() > many).ask_all(paths);
}

}  // namespace goflow::credentials
