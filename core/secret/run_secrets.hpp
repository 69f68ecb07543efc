// The credentials of one run, and what keeps them out of all that it writes.
#pragma once

#include "core/base/result.hpp"
#include "core/secret/redactor.hpp"
#include "core/secret/secret.hpp"
#include "core/value/value.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace goflow::core {

/// Looked up before the first node starts; nothing is looked up later.
class RunSecrets {
 public:
  RunSecrets() = default;
  RunSecrets(RunSecrets&&) = default;
  RunSecrets& operator=(RunSecrets&&) = default;

  /// What secret(name) is: the text. invalid_argument, which shows none of it: it is not UTF-8.
  Result<void> add(const std::string& name, const Secret& value);
  /// Likewise an object. Its public fields may be shown. invalid_argument: it is no JSON object.
  Result<void> add_structured(const std::string& name,
                              const Secret& value,
                              const std::vector<std::string>& public_fields);
  /// The run starts without it; the node that asks for it fails.
  void add_missing(const std::string& name, Error reason);
  /// Not to be asked for, but to be kept out of texts: what it was before a rotation.
  void learn(const Secret& value) { redactor_.learn(value.expose()); }

  /// credential: it is missing, or was not known to be needed when the run started.
  [[nodiscard]] Result<Value> find(const std::string& name) const;
  /// Whether all of it that may not be shown can be kept out of texts: what is too short cannot.
  [[nodiscard]] bool can_mask(const std::string& name) const { return bare_.count(name) == 0; }
  [[nodiscard]] Redactor& redactor() { return redactor_; }

 private:
  std::map<std::string, Result<Value>> values_;
  std::set<std::string> bare_;
  Redactor redactor_;
};

}  // namespace goflow::core
