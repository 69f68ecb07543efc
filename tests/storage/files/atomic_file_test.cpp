#include "storage/files/atomic_file.hpp"

#include "storage/files/file_reading.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
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

TEST_CASE("an output file keeps its mode, and a link still leads to it") {
  test::TempDir dir;
  const std::string path = dir.path() + "/out";
  const std::string link = dir.path() + "/link";
  REQUIRE(storage::write_file_atomic(path, "one", 0640).ok());
  std::filesystem::create_symlink("out", link);
  REQUIRE(storage::write_output_file(link, "two").ok());
  CHECK(*storage::read_file(path) == "two");
  CHECK(std::filesystem::is_symlink(link));
  struct stat status {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0640);
}

TEST_CASE("a new output file has the mode that the umask leaves") {
  test::TempDir dir;
  const mode_t before = umask(027);
  REQUIRE(storage::write_output_file(dir.path() + "/new", "x").ok());
  umask(before);
  struct stat status {};
  REQUIRE(stat((dir.path() + "/new").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0640);
}

TEST_CASE("an output file comes piece by piece, and not at all when one of them fails") {
  test::TempDir dir;
  const std::string path = dir.path() + "/out";
  const auto write = [&](bool fails) {
    return storage::write_output_file(path, [&](const storage::Sink& sink) -> core::Result<void> {
      GOFLOW_TRY(sink("one "));
      if (fails) return core::Error{core::ErrorCode::internal, "no more"};
      return sink("two");
    });
  };
  CHECK(write(true).error().message == "no more");
  CHECK(dir.entries().empty());
  REQUIRE(write(false).ok());
  CHECK_FALSE(write(true).ok());
  CHECK(*storage::read_file(path) == "one two");
  CHECK(dir.entries() == std::vector<std::string>{"out"});
}

TEST_CASE("a device or a pipe is written into and not replaced") {
  test::TempDir dir;
  const std::string path = dir.path() + "/pipe";
  REQUIRE(mkfifo(path.c_str(), 0600) == 0);
  const int reader = open(path.c_str(), O_RDONLY | O_NONBLOCK);
  REQUIRE(storage::write_output_file(path, "through").ok());
  std::array<char, 16> buffer{};
  CHECK(read(reader, buffer.data(), buffer.size()) == 7);
  close(reader);
  CHECK(std::filesystem::is_fifo(path));
}

TEST_CASE("a file that is not there is not found, a folder cannot be read") {
  test::TempDir dir;
  CHECK(storage::read_file(dir.path() + "/none").error().code == core::ErrorCode::not_found);
  CHECK(storage::read_file(dir.path()).error().code == core::ErrorCode::unavailable);
}
