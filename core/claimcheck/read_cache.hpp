// What was read from blob stores last, as bytes and as values, all of it under one bound.
#pragma once

#include "core/claimcheck/blob_key.hpp"
#include "core/value/value.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>
#include <variant>

namespace goflow::core {

/// Safe to use from several threads. What was not used for the longest time gives way. One that is
/// larger than a quarter of the bound is not kept, so that it does not drive out all the others.
class ReadCache {
 public:
  explicit ReadCache(std::size_t limit) : limit_(limit) {}

  /// Who keeps something here. Nobody finds what another one keeps.
  using User = int;
  User new_user();

  struct Name {
    User user;
    BlobKey key;
    int form = 0;  // of what is read from the same bytes

    friend bool operator<(const Name& a, const Name& b) {
      return std::tie(a.user, a.key, a.form) < std::tie(b.user, b.key, b.form);
    }
  };
  using Bytes = std::shared_ptr<const std::string>;
  using Content = std::variant<Bytes, Value>;

  [[nodiscard]] std::size_t largest() const { return limit_ / 4; }
  std::optional<Content> find(const Name& name);
  /// How often something was forgotten.
  std::uint64_t forgotten();
  /// `forgotten`: of the time when the reading began. What may have changed since is not kept.
  void add(const Name& name, Content content, std::size_t size, std::uint64_t forgotten);
  void forget(const Name& name);

 private:
  struct Entry {
    Name name;
    Content content;
    std::size_t size = 0;
  };
  using Entries = std::list<Entry>;
  using Places = std::map<Name, Entries::iterator>;

  void drop(Places::iterator place);

  const std::size_t limit_;
  std::mutex mutex_;
  User last_user_ = 0;
  std::size_t size_ = 0;
  std::uint64_t forgotten_ = 0;
  Entries entries_;  // the last used first
  Places places_;
};

}  // namespace goflow::core
