#include "credentials/secret_service/plain_conversation.hpp"

#include "credentials/secret_service/no_answer.hpp"

namespace goflow::credentials {
namespace {

using core::Result;
using core::Secret;

constexpr const char* service_path = "/org/freedesktop/secrets";
constexpr const char* service_interface = "org.freedesktop.Secret.Service";
constexpr const char* item_interface = "org.freedesktop.Secret.Item";

/// nullptr: it cannot be reached.
OwnedBus reach(const BusLibrary& library, const SessionBus& where) {
  sd_bus* made = nullptr;
  if (!where.address || where.address->empty()) {
    library.open_user(&made);
    return {made, library.close_unref};
  }
  library.make(&made);
  OwnedBus bus(made, library.close_unref);
  const bool has_begun = library.set_address(made, where.address->c_str()) >= 0 &&
                         library.set_bus_client(made, 1) >= 0 && library.start(made) >= 0;
  if (!has_begun) bus.reset();
  return bus;
}

}  // namespace

Result<std::unique_ptr<PlainConversation>> PlainConversation::begin(
    const SessionBus& bus, std::chrono::milliseconds limit) {
  const BusLibrary* library = is_local(bus) ? bus_library() : nullptr;
  if (library == nullptr) return std::unique_ptr<PlainConversation>();
  OwnedBus reached = reach(*library, bus);
  if (reached == nullptr) return std::unique_ptr<PlainConversation>();
  std::unique_ptr<PlainConversation> conversation(
      new PlainConversation(*library, std::move(reached), limit));
  const bool is_connected = conversation->connect();
  if (is_connected && conversation->open_session()) return conversation;
  if (!conversation->is_out_of_time()) return std::unique_ptr<PlainConversation>();
  return no_answer(is_connected ? "the secret service" : "the session bus", limit);
}

// A call would wait for the greeting of the bus without an end.
bool PlainConversation::connect() {
  while (library_.is_ready(bus_.get()) == 0) {
    const int done = library_.process(bus_.get(), nullptr);
    if (done < 0 || is_out_of_time()) return false;
    if (done == 0) library_.wait(bus_.get(), left_in_microseconds());
  }
  return library_.is_ready(bus_.get()) > 0;
}

// The service closes it when the connection ends.
bool PlainConversation::open_session() {
  const OwnedMessage call = question(service_path, service_interface, "OpenSession");
  library_.append(call.get(), "sv", "plain", "s", "");
  const OwnedMessage answer = answer_to(call);
  const char* path = nullptr;
  if (answer == nullptr || library_.skip(answer.get(), "v") < 0 ||
      library_.read(answer.get(), "o", &path) < 0) {
    return false;
  }
  session_ = path;
  return true;
}

Result<PlainValue> PlainConversation::look_up(const std::string& service,
                                              const core::CredentialKey& key) {
  deadline_ = Clock::now() + limit_;
  PlainValue value = find(service, key.text());
  if (!value.is_told && is_out_of_time()) return no_answer("the secret service", limit_);
  return value;
}

PlainValue PlainConversation::find(const std::string& service, const std::string& username) {
  const OwnedMessage search = question(service_path, service_interface, "SearchItems");
  library_.append(
      search.get(), "a{ss}", 2, "service", service.c_str(), "username", username.c_str());
  const OwnedMessage found = answer_to(search);
  const auto items = found == nullptr ? std::nullopt : items_in(found);
  if (!items) return {};
  if (items->unlocked + items->locked == 0) return {.is_told = true};
  if (items->unlocked != 1 || items->locked != 0) return {};

  const OwnedMessage call = question(items->first.c_str(), item_interface, "GetSecret");
  library_.append(call.get(), "o", session_.c_str());
  const OwnedMessage answer = answer_to(call);
  if (answer == nullptr) return {};
  library_.sensitive(answer.get());
  auto secret = secret_in(answer);
  const bool is_told = secret.has_value();
  return {is_told, std::move(secret)};
}

OwnedMessage PlainConversation::question(const char* path,
                                         const char* interface,
                                         const char* method) {
  sd_bus_message* made = nullptr;
  library_.new_method_call(bus_.get(), &made, "org.freedesktop.secrets", path, interface, method);
  library_.set_auto_start(made, 0);
  return {made, library_.message_unref};
}

/// nullptr: there is none, or it is an error.
OwnedMessage PlainConversation::answer_to(const OwnedMessage& question) {
  sd_bus_message* answer = nullptr;
  library_.call(bus_.get(), question.get(), left_in_microseconds(), nullptr, &answer);
  return {answer, library_.message_unref};
}

/// Of the answer to "SearchItems": the paths of those that are not locked, and of those that are.
std::optional<PlainConversation::Items> PlainConversation::items_in(const OwnedMessage& found) {
  Items items;
  for (std::size_t* count : {&items.unlocked, &items.locked}) {
    if (library_.enter_container(found.get(), 'a', "o") < 0) return std::nullopt;
    const char* path = nullptr;
    while (library_.read(found.get(), "o", &path) > 0) {
      if (items.first.empty()) items.first = path;
      ++*count;
    }
    if (library_.exit_container(found.get()) < 0) return std::nullopt;
  }
  return items;
}

/// Of the answer to "GetSecret": after the session and the parameters of how it is hidden.
std::optional<Secret> PlainConversation::secret_in(const OwnedMessage& answer) {
  const void* bytes = nullptr;
  std::size_t size = 0;
  if (library_.enter_container(answer.get(), 'r', "oayays") < 0 ||
      library_.skip(answer.get(), "oay") < 0 ||
      library_.read_array(answer.get(), 'y', &bytes, &size) < 0) {
    return std::nullopt;
  }
  return Secret::copy_of({static_cast<const char*>(bytes), size});
}

std::uint64_t PlainConversation::left_in_microseconds() const {
  const auto left = std::chrono::duration_cast<std::chrono::microseconds>(deadline_ - Clock::now());
  // Zero would stand for the limit of the library.
  return left.count() > 0 ? static_cast<std::uint64_t>(left.count()) : 1;
}

}  // namespace goflow::credentials
