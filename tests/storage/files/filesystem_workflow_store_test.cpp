#include "storage/files/filesystem_workflow_store.hpp"

#include "tests/contract/workflow_store_contract.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using namespace goflow;

namespace {

mode_t mode_of(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 ? status.st_mode & 0777 : 0;
}

void write(const std::string& path, const std::string& text) {
  std::ofstream(path) << text;
}

}  // namespace

TEST_CASE("the file system keeps the contract of workflow stores") {
  test::TempDir dir;
  test::workflow_store_contract([&] {
    return std::make_unique<storage::FilesystemWorkflowStore>(dir.path() + "/home/workflows");
  });
}

TEST_CASE("a saved workflow is a file to share in a folder of one's own") {
  test::TempDir dir;
  const std::string folder = dir.path() + "/home/workflows";
  storage::FilesystemWorkflowStore store(folder);
  REQUIRE(store.save("nightly", "name: Nightly\n").ok());
  CHECK(mode_of(dir.path() + "/home") == 0700);
  CHECK(mode_of(folder) == 0700);
  CHECK(mode_of(folder + "/nightly.yaml") == 0644);
}

TEST_CASE("files that an author put there are workflows, whatever else lies there is not") {
  test::TempDir dir;
  write(dir.path() + "/mine.yml", "name: mine\n");
  write(dir.path() + "/Report.yaml", "name: report\n");
  write(dir.path() + "/notes.txt", "x");
  write(dir.path() + "/.hidden.yaml", "x");
  write(dir.path() + "/nightly.yaml.tmp-abc123", "x");
  storage::FilesystemWorkflowStore store(dir.path());
  CHECK(*store.ids() == std::vector<std::string>{"mine"});
  CHECK((*store.find("mine"))->text == "name: mine\n");

  REQUIRE(store.save("mine", "name: mine\nversion: 1\n").ok());
  CHECK_FALSE(std::filesystem::exists(dir.path() + "/mine.yaml"));
  CHECK((*store.find("mine"))->text == "name: mine\nversion: 1\n");
}

TEST_CASE("a store that cannot be read says so") {
  test::TempDir dir;
  const std::string folder = dir.path() + "/workflows";
  write(folder, "a file where the folder should be");
  storage::FilesystemWorkflowStore store(folder);
  REQUIRE_FALSE(store.ids().ok());
  CHECK(store.ids().error().message.find(folder) != std::string::npos);
  CHECK_FALSE(store.save("x", "text").ok());
}
