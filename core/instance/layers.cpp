#include "core/instance/layers.hpp"

namespace goflow::core {

Object layered(Object below, const Object& above) {
  for (const auto& [name, value] : above) {
    below.set(name, value);
  }
  return below;
}

CredentialBindings layered(CredentialBindings below, const CredentialBindings& above) {
  if (!above.credential_namespace.empty()) below.credential_namespace = above.credential_namespace;
  for (const auto& [name, key] : above.keys) {
    below.keys.insert_or_assign(name, key);
  }
  return below;
}

}  // namespace goflow::core
