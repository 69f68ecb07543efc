#include "engine/local/spool_file.hpp"

#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <string>

using goflow::engine::SpoolFile;

TEST_CASE("a spool file is for its owner alone, and is found by its name until it is removed") {
  const goflow::test::TempDir dir;
  const std::string folder = dir.path() + "/spool";
  auto file = SpoolFile::create(folder, "wex-1");
  REQUIRE(file);
  struct stat facts {};
  REQUIRE(stat(folder.c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0700);
  REQUIRE(stat((folder + "/" + file->name()).c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0600);
  CHECK(file->name().starts_with("wex-1."));

  REQUIRE(file->append("one"));
  REQUIRE(file->append("two"));
  const auto again = SpoolFile::open(folder, file->name());
  REQUIRE(again);
  CHECK(again->size() == 6);
  CHECK(*again->read(2, 3) == "etw");
  CHECK(*again->read(4, 100) == "wo");

  file->remove();
  CHECK_FALSE(SpoolFile::open(folder, file->name()));
  CHECK(*again->read(0, 6) == "onetwo");
}

TEST_CASE("a name in a record opens nothing outside the folder, and no link") {
  const goflow::test::TempDir dir;
  const std::string folder = dir.path() + "/spool";
  const auto file = SpoolFile::create(folder, "wex-1");
  REQUIRE(file);
  REQUIRE(symlink("/etc/hostname", (folder + "/link").c_str()) == 0);
  for (const char* name : {"../spool", "../../etc/passwd", "/etc/passwd", "link", ".", "..", ""}) {
    CAPTURE(name);
    CHECK_FALSE(SpoolFile::open(folder, name));
  }
}
