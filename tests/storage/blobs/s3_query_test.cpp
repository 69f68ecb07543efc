#include "storage/blobs/s3_query.hpp"

#include <doctest/doctest.h>

using namespace goflow::storage;

TEST_CASE("all but unreserved characters are encoded") {
  CHECK(percent_encoded("AZaz09-._~") == "AZaz09-._~");
  CHECK(percent_encoded("a b/c+d=e&f%g") == "a%20b%2Fc%2Bd%3De%26f%25g");
  CHECK(percent_encoded("ü\x7f\xff") == "%C3%BC%7F%FF");
  CHECK(percent_encoded(std::string_view("\0*'()", 5)) == "%00%2A%27%28%29");
}

TEST_CASE("a query is sorted by name, and an empty value keeps its sign") {
  CHECK(canonical_query({}).empty());
  CHECK(canonical_query({{"prefix", "a/b "}, {"list-type", "2"}, {"continuation-token", "x=="}}) ==
        "continuation-token=x%3D%3D&list-type=2&prefix=a%2Fb%20");
  CHECK(canonical_query({{"prefix", ""}, {"max-keys", "1000"}}) == "max-keys=1000&prefix=");
}
