#include "storage/files/home.hpp"

#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>

using namespace goflow;
using storage::HomeSources;
using storage::resolve_home;

TEST_CASE("the flag is stronger than the environment, which is stronger than the default") {
  HomeSources sources{
      .flag = "/flag", .goflow_home = "/home", .goflow_config_dir = "/config", .user_home = "/u"};
  CHECK(*resolve_home(sources) == "/flag");
  sources.flag = std::nullopt;
  CHECK(*resolve_home(sources) == "/home");
  sources.goflow_home = "";
  CHECK(*resolve_home(sources) == "/config");
  sources.goflow_config_dir = std::nullopt;
  CHECK(*resolve_home(sources) == "/u/.goflow");
}

TEST_CASE("the home is an absolute path, from wherever it is named") {
  HomeSources sources;
  sources.flag = "some/../place";
  CHECK(*resolve_home(sources) == (std::filesystem::current_path() / "place").string());
}

TEST_CASE("without any source there is no home, and a hint says how to give one") {
  const auto home = resolve_home({});
  REQUIRE_FALSE(home.ok());
  CHECK(home.error().code == core::ErrorCode::failed_precondition);
  CHECK(home.error().hint.find("--home") != std::string::npos);
}

TEST_CASE("missing folders are made private, existing ones keep their mode") {
  test::TempDir dir;
  const std::string open = dir.path() + "/open";
  std::filesystem::create_directory(open);
  chmod(open.c_str(), 0755);
  REQUIRE(storage::make_private_folder(open + "/a/b").ok());
  REQUIRE(storage::make_private_folder(open + "/a/b").ok());
  struct stat status {};
  REQUIRE(stat((open + "/a").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0700);
  REQUIRE(stat(open.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0755);
}

TEST_CASE("a folder that cannot be made is an error with a way out") {
  test::TempDir dir;
  std::ofstream(dir.path() + "/file") << "x";
  const auto made = storage::make_private_folder(dir.path() + "/file/home");
  REQUIRE_FALSE(made.ok());
  CHECK(made.error().message.find("/file") != std::string::npos);
  CHECK(made.error().hint.find("GOFLOW_HOME") != std::string::npos);
}
