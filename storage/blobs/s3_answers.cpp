#include "storage/blobs/s3_answers.hpp"

#include <algorithm>
#include <charconv>
#include <pugixml.hpp>

namespace goflow::storage {
namespace {

using core::Error;
using core::Result;

Error unreadable(std::string_view what) {
  return Error{core::ErrorCode::unavailable,
               "the answer of the service is no listing: " + std::string(what)};
}

bool parse(pugi::xml_document& document, std::string_view xml) {
  return static_cast<bool>(document.load_buffer(xml.data(), xml.size()));
}

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size() || text.empty())
    return std::nullopt;
  return value;
}

Result<ListedObject> read_object(const pugi::xml_node& node) {
  const char* key = node.child_value("Key");
  const auto size = number(node.child_value("Size"));
  const auto modified = core::parse_rfc3339(node.child_value("LastModified"));
  if (*key == '\0' || !size || !modified) return unreadable("an object without key, size or time");
  return ListedObject{key, *size, *modified};
}

}  // namespace

Result<ListingPage> read_listing(std::string_view xml) {
  pugi::xml_document document;
  if (!parse(document, xml)) return unreadable("no XML");
  const pugi::xml_node listing = document.child("ListBucketResult");
  if (!listing) return unreadable("no 'ListBucketResult'");
  ListingPage page;
  for (const pugi::xml_node& node : listing.children("Contents")) {
    GOFLOW_TRY(ListedObject object, read_object(node));
    page.objects.push_back(std::move(object));
  }
  if (std::string_view(listing.child_value("IsTruncated")) == "true") {
    page.next = listing.child_value("NextContinuationToken");
    if (page.next->empty()) return unreadable("there is more, and no way to ask for it");
  }
  return page;
}

ServiceFault read_fault(std::string_view xml) {
  pugi::xml_document document;
  if (!parse(document, xml)) return {};
  const pugi::xml_node error = document.child("Error");
  return {as_word(error.child_value("Code")), as_word(error.child_value("RequestId"))};
}

std::string as_word(std::string_view text) {
  constexpr std::string_view allowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-._";
  constexpr std::size_t longest = 128;
  const bool is_word =
      text.size() <= longest && text.find_first_not_of(allowed) == std::string_view::npos;
  return std::string(is_word ? text : std::string_view());
}

}  // namespace goflow::storage
