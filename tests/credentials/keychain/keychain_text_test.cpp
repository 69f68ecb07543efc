#include "credentials/keychain/keychain_text.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using core::Secret;
using credentials::from_keychain_text;

TEST_CASE("a value goes into a keychain as base64 and comes back as it was") {
  for (std::size_t size = 1; size < 70; ++size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) {
      bytes[i] = static_cast<char>(i * 37);
    }
    const Secret text = credentials::to_keychain_text(Secret::copy_of(bytes));
    CHECK(text.expose().starts_with("go-keyring-base64:"));
    CHECK(from_keychain_text(text.expose())->expose() == bytes);
  }
  CHECK(credentials::to_keychain_text(Secret::copy_of("token")).expose() ==
        "go-keyring-base64:dG9rZW4=");
}

TEST_CASE("hex digits and plain text of other programs are read") {
  CHECK(from_keychain_text("go-keyring-encoded:746F6b656e")->expose() == "token");
  CHECK(from_keychain_text("plain token")->expose() == "plain token");
}

TEST_CASE("a damaged text in a keychain is told, not cut short") {
  for (const char* text : {"go-keyring-base64:dG9rZW4",
                           "go-keyring-base64:dG9rZW4=dG9rZW4=dG9rZW4=",
                           "go-keyring-base64:dG9rZW4*",
                           "go-keyring-encoded:746",
                           "go-keyring-encoded:74zz"}) {
    CAPTURE(text);
    CHECK_FALSE(from_keychain_text(text).has_value());
  }
}
