#include "storage/files/atomic_file.hpp"

#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

#include <filesystem>

using namespace goflow;

TEST_CASE("a file is written whole, with its mode, and leaves nothing beside it") {
  test::TempDir dir;
  const std::string path = dir.path() + "/a.yaml";
  REQUIRE(storage::write_file_atomic(path, "one", 0644).ok());
  REQUIRE(storage::write_file_atomic(path, "two", 0600).ok());
  CHECK(*storage::read_file(path) == "two");
  struct stat status {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  CHECK(dir.entries() == std::vector<std::string>{"a.yaml"});
}

TEST_CASE("a failed write leaves the old file and no temporary one") {
  test::TempDir dir;
  const std::string path = dir.path() + "/taken";
  std::filesystem::create_directory(path);
  const auto written = storage::write_file_atomic(path, "x", 0644);
  REQUIRE_FALSE(written.ok());
  CHECK(written.error().message.find("taken'") != std::string::npos);
  CHECK(dir.entries() == std::vector<std::string>{"taken"});
}

TEST_CASE("a file that is not there is not found, a folder cannot be read") {
  test::TempDir dir;
  CHECK(storage::read_file(dir.path() + "/none").error().code == core::ErrorCode::not_found);
  CHECK(storage::read_file(dir.path()).error().code == core::ErrorCode::unavailable);
}
