#include "storage/blobs/s3_answers.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using storage::as_word;
using storage::read_fault;
using storage::read_listing;

namespace {

std::string listing(const std::string& inside) {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name>)" +
         inside + "</ListBucketResult>";
}

std::string object(const std::string& key, const std::string& size, const std::string& time) {
  return "<Contents><Key>" + key + "</Key><LastModified>" + time + "</LastModified><Size>" + size +
         "</Size></Contents>";
}

const std::string a_time = "2026-01-19T09:12:44.500Z";

}  // namespace

TEST_CASE("a page of a listing has keys, sizes and times") {
  const auto page =
      read_listing(listing("<IsTruncated>false</IsTruncated>" + object("a/b&amp;c", "0", a_time) +
                           object("d", "5368709120", "2026-01-19T09:12:44Z")));
  REQUIRE(page.ok());
  REQUIRE(page->objects.size() == 2);
  CHECK(page->objects[0].key == "a/b&c");
  CHECK(page->objects[0].size == 0);
  CHECK(page->objects[0].modified == *core::parse_rfc3339(a_time));
  CHECK(page->objects[1].size == 5'368'709'120);
  CHECK_FALSE(page->next.has_value());
}

TEST_CASE("a page that is not the last says how to go on") {
  const auto page =
      read_listing(listing("<IsTruncated>true</IsTruncated>"
                           "<NextContinuationToken>1a/+=&lt;</NextContinuationToken>"));
  REQUIRE(page.ok());
  CHECK(page->next == "1a/+=<");
}

TEST_CASE("an answer that is no listing is an error, not an empty listing") {
  for (const std::string& xml : {std::string(),
                                 std::string("<html><body>Welcome</body></html>"),
                                 std::string("{}"),
                                 listing("<IsTruncated>true</IsTruncated>"),
                                 listing(object("", "1", a_time)),
                                 listing(object("a", "", a_time)),
                                 listing(object("a", "-1", a_time)),
                                 listing(object("a", "1x", a_time)),
                                 listing(object("a", "99999999999999999999", a_time)),
                                 listing(object("a", "1", "yesterday")),
                                 listing(object("a", "1", a_time)).substr(0, 120)}) {
    CAPTURE(xml);
    CHECK_FALSE(read_listing(xml).ok());
  }
}

TEST_CASE("entities of a document of its own are not made use of") {
  const auto page = read_listing("<!DOCTYPE x [<!ENTITY key SYSTEM \"file:///etc/passwd\">]>" +
                                 listing(object("&key;", "1", a_time)));
  if (page.ok()) CHECK(page->objects.at(0).key == "&key;");
}

TEST_CASE("what a service says of a failure is a code and the number of the request") {
  const auto fault = read_fault(
      "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message>"
      "<AWSAccessKeyId>KEYID</AWSAccessKeyId><RequestId>7F3+/=</RequestId></Error>");
  CHECK(fault.code == "AccessDenied");
  CHECK(fault.request_id == "7F3+/=");
}

TEST_CASE("an answer of something else says neither") {
  for (const std::string xml : {"", "not xml", "<html>502</html>", "<Error/>", "<Error><Code>"}) {
    CAPTURE(xml);
    CHECK(read_fault(xml).code.empty());
    CHECK(read_fault(xml).request_id.empty());
  }
}

TEST_CASE("what could spoil a terminal, or is long, is no word") {
  CHECK(as_word("NoSuchBucket") == "NoSuchBucket");
  CHECK(as_word("\x1b[31mred").empty());
  CHECK(as_word("two words").empty());
  CHECK(as_word("a\nb").empty());
  CHECK(as_word(std::string(129, 'a')).empty());
}
