// Answers of an S3 service, which may be anybody: any bytes are refused or make sense.
#include "storage/blobs/s3_answers.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto page = goflow::storage::read_listing(text);
  if (page.ok()) {
    for (const goflow::storage::ListedObject& object : page->objects) {
      must(!object.key.empty());
    }
    must(!page->next || !page->next->empty());
  } else {
    must(!page.error().message.empty());
  }
  const auto fault = goflow::storage::read_fault(text);
  must(fault.code == goflow::storage::as_word(fault.code));
  must(fault.request_id == goflow::storage::as_word(fault.request_id));
  return 0;
}
