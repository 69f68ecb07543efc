// Asks the service for values as they are: to load libsecret, to make its objects and to agree on
// keys that hide values on the bus takes longer than all the rest.
#pragma once

#include "core/base/result.hpp"
#include "core/secret/credential_key.hpp"
#include "core/secret/secret.hpp"
#include "credentials/secret_service/bus_library.hpp"
#include "credentials/secret_service/session_bus.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace goflow::credentials {

struct PlainValue {
  // Else the other way has to be taken, which knows of locks and of several entries, and can say
  // what is wrong.
  bool is_told = false;
  std::optional<core::Secret> secret = std::nullopt;  // nullopt: there is none
};

/// Prompts nobody, and starts neither a bus nor a service. One thread at a time.
class PlainConversation {
 public:
  /// nullptr: it cannot be begun here. credential: somebody is there who does not answer.
  static core::Result<std::unique_ptr<PlainConversation>> begin(const SessionBus& bus,
                                                                std::chrono::milliseconds limit);

  core::Result<PlainValue> look_up(const std::string& service, const core::CredentialKey& key);

 private:
  using Clock = std::chrono::steady_clock;

  struct Items {
    std::size_t unlocked = 0;
    std::size_t locked = 0;
    std::string first = {};
  };

  PlainConversation(const BusLibrary& library, OwnedBus bus, std::chrono::milliseconds limit)
      : library_(library), bus_(std::move(bus)), limit_(limit) {}

  bool connect();
  bool open_session();
  OwnedMessage question(const char* path, const char* interface, const char* method);
  OwnedMessage answer_to(const OwnedMessage& question);
  PlainValue find(const std::string& service, const std::string& username);
  std::optional<Items> items_in(const OwnedMessage& found);
  std::optional<core::Secret> secret_in(const OwnedMessage& answer);
  [[nodiscard]] std::uint64_t left_in_microseconds() const;
  [[nodiscard]] bool is_out_of_time() const { return Clock::now() >= deadline_; }

  const BusLibrary& library_;
  const OwnedBus bus_;
  const std::chrono::milliseconds limit_;
  Clock::time_point deadline_ = Clock::now() + limit_;  // of what is under way
  std::string session_;
};

}  // namespace goflow::credentials
