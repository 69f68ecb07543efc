// Secrets and a text from anywhere: whatever they are, no secret is left in the text, a stream
// gives the same as the whole, and what shows none stays as it is.
//
// The input: how many secrets and how the stream is cut, the secrets, each ended by a zero byte,
// and the text.
#include "core/base/base64.hpp"
#include "core/secret/stream_redactor.hpp"
#include "tests/support/naive_redactor.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

using namespace goflow;

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

std::string_view up_to_zero(std::string_view& input) {
  const std::size_t end = std::min(input.find('\0'), input.size());
  const std::string_view piece = input.substr(0, end);
  input.remove_prefix(std::min(end + 1, input.size()));
  return piece;
}

std::string streamed(const core::Redactor& redactor, std::string_view text, std::size_t chunk) {
  core::StreamRedactor stream(redactor);
  std::string redacted;
  for (; !text.empty(); text.remove_prefix(std::min(chunk, text.size()))) {
    redacted += stream.redact(text.substr(0, chunk));
  }
  return redacted + stream.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  // The reference takes the square of the size.
  if (size < 2 || size > 512) return 0;
  std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const std::size_t count = 1 + bytes[0] % 4;
  const std::size_t chunk = 1 + bytes[1] % 16;
  input.remove_prefix(2);

  core::Redactor redactor;
  std::vector<std::string> secrets;
  for (std::size_t i = 0; i < count; ++i) {
    secrets.emplace_back(up_to_zero(input));
    redactor.learn(secrets.back());
  }
  const std::string text(input);
  const std::string redacted = redactor.redact(text);
  must(redacted == test::naively_redacted(text, secrets));
  must(streamed(redactor, text, chunk) == redacted);

  for (const std::string& secret : secrets) {
    // Where a secret has stars in it, masks can make it up.
    if (redacted.find("***") != std::string::npos && secret.find('*') != std::string::npos)
      return 0;
  }
  must(redactor.redact(redacted) == redacted);
  for (const std::string& secret : secrets) {
    if (core::maskable(secret) == core::Maskable::no) continue;
    must(redactor.redact(secret).find(secret) == std::string::npos);
    must(redactor.redact(core::encode_base64("a" + secret)) != core::encode_base64("a" + secret));
  }
  return 0;
}
