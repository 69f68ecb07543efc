#include "storage/files/filesystem_workflow_store.hpp"

#include "storage/files/file_reading.hpp"
#include "tests/contract/workflow_store_contract.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

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

storage::FilesystemWorkflowStore store_in(const std::string& home, int bound = 50) {
  return storage::FilesystemWorkflowStore({home + "/workflows", home + "/versions"},
                                          [bound] { return core::Result<int>(bound); },
                                          {home + "/workflows.index", "test"});
}

std::vector<int> numbers_of(const storage::FilesystemWorkflowStore& store, const std::string& id) {
  std::vector<int> numbers;
  const auto versions = store.versions(id);
  for (const core::WorkflowVersion& version : *versions) {
    numbers.push_back(version.number);
  }
  return numbers;
}

void write(const std::string& path, const std::string& text) {
  std::ofstream(path) << text;
}

}  // namespace

TEST_CASE("the file system keeps the contract of workflow stores") {
  test::TempDir dir;
  test::workflow_store_contract([&] {
    return std::make_unique<storage::FilesystemWorkflowStore>(store_in(dir.path() + "/home"));
  });
}

TEST_CASE("a saved workflow is a file to share in a folder of one's own") {
  test::TempDir dir;
  const std::string folder = dir.path() + "/home/workflows";
  storage::FilesystemWorkflowStore store = store_in(dir.path() + "/home");
  REQUIRE(store.save("nightly", "name: Nightly\n").ok());
  CHECK(mode_of(dir.path() + "/home") == 0700);
  CHECK(mode_of(folder) == 0700);
  CHECK(mode_of(folder + "/nightly.yaml") == 0644);
}

TEST_CASE("files that an author put there are workflows, whatever else lies there is not") {
  test::TempDir dir;
  const std::string folder = dir.path() + "/workflows";
  std::filesystem::create_directory(folder);
  write(folder + "/mine.yml", "name: mine\n");
  write(folder + "/Report.yaml", "name: report\n");
  write(folder + "/notes.txt", "x");
  write(folder + "/.hidden.yaml", "x");
  write(folder + "/nightly.yaml.tmp-abc123", "x");
  storage::FilesystemWorkflowStore store = store_in(dir.path());
  CHECK(*store.ids() == std::vector<std::string>{"mine"});
  CHECK((*store.find("mine"))->text == "name: mine\n");

  REQUIRE(store.save("mine", "name: mine\nversion: 1\n").ok());
  CHECK_FALSE(std::filesystem::exists(folder + "/mine.yaml"));
  CHECK((*store.find("mine"))->text == "name: mine\nversion: 1\n");
}

TEST_CASE("of two files for one id both are removed, and both are kept") {
  test::TempDir dir;
  storage::FilesystemWorkflowStore store = store_in(dir.path());
  REQUIRE(store.save("mine", "the one that counts").ok());
  write(dir.path() + "/workflows/mine.yml", "the other");
  CHECK(*store.remove("mine") == true);
  CHECK(store.ids()->empty());
  const auto versions = store.versions("mine");
  REQUIRE(versions->size() == 2);
  CHECK(versions->front().text == "the one that counts");
  CHECK(versions->back().text == "the other");
}

TEST_CASE("what is edited by hand is the current version, and is kept when it is replaced") {
  test::TempDir dir;
  storage::FilesystemWorkflowStore store = store_in(dir.path());
  REQUIRE(store.save("x", "one").ok());
  write(dir.path() + "/workflows/x.yaml", "one, by hand");
  REQUIRE(store.save("x", "two").ok());
  write(dir.path() + "/workflows/x.yaml", "two, by hand");
  const auto versions = store.versions("x");
  REQUIRE(versions->size() == 2);
  CHECK(versions->front().text == "two, by hand");
  CHECK(versions->back().text == "one, by hand");
}

TEST_CASE("only so many versions of the past are kept, and no number is given twice") {
  test::TempDir dir;
  storage::FilesystemWorkflowStore store = store_in(dir.path(), 3);
  for (const char* text : {"1", "2", "3", "4", "5", "6"}) {
    REQUIRE(store.save("x", text).ok());
  }
  CHECK(numbers_of(store, "x") == std::vector<int>{6, 5, 4, 3});
  CHECK(*store.remove("x"));
  CHECK(numbers_of(store, "x") == std::vector<int>{6, 5, 4});
  REQUIRE(store.save("x", "7").ok());
  CHECK(numbers_of(store, "x") == std::vector<int>{7, 6, 5, 4});
}

TEST_CASE("who was stopped between keeping and replacing has kept the version once") {
  test::TempDir dir;
  storage::FilesystemWorkflowStore store = store_in(dir.path());
  REQUIRE(store.save("x", "one").ok());
  std::filesystem::create_directories(dir.path() + "/versions/x");
  std::filesystem::create_hard_link(dir.path() + "/workflows/x.yaml",
                                    dir.path() + "/versions/x/1.yaml");
  CHECK(numbers_of(store, "x") == std::vector<int>{1});
  REQUIRE(store.save("x", "two").ok());
  CHECK(numbers_of(store, "x") == std::vector<int>{2, 1});
}

TEST_CASE("a link to a file elsewhere is replaced, its text is kept and its target is left alone") {
  test::TempDir dir;
  storage::FilesystemWorkflowStore store = store_in(dir.path());
  REQUIRE(store.save("other", "x").ok());
  write(dir.path() + "/elsewhere.yaml", "linked");
  std::filesystem::create_symlink(dir.path() + "/elsewhere.yaml",
                                  dir.path() + "/workflows/mine.yaml");
  std::filesystem::create_symlink("/nowhere", dir.path() + "/workflows/dangling.yaml");
  REQUIRE(store.save("mine", "saved").ok());
  REQUIRE(store.save("dangling", "saved").ok());
  CHECK(store.versions("mine")->back().text == "linked");
  CHECK(numbers_of(store, "dangling") == std::vector<int>{1});
  CHECK(*storage::read_file(dir.path() + "/elsewhere.yaml") == "linked");
}

TEST_CASE("what cannot be kept is not replaced") {
  test::TempDir dir;
  storage::FilesystemWorkflowStore store = store_in(dir.path());
  REQUIRE(store.save("x", "one").ok());
  write(dir.path() + "/versions", "a file where the folder should be");
  const auto saved = store.save("x", "two");
  REQUIRE_FALSE(saved.ok());
  CHECK(saved.error().message.find("versions") != std::string::npos);
  CHECK((*store.find("x"))->text == "one");
  CHECK_FALSE(store.remove("x").ok());
  CHECK(store.find("x")->has_value());

  std::filesystem::create_directories(dir.path() + "/workflows/folder.yaml/inside");
  CHECK_FALSE(store.save("folder", "text").ok());
  CHECK_FALSE(store.remove("folder").ok());
  CHECK(std::filesystem::exists(dir.path() + "/workflows/folder.yaml/inside"));
}

TEST_CASE("a pipe among the workflows is refused, not waited for") {
  test::TempDir dir;
  storage::FilesystemWorkflowStore store = store_in(dir.path());
  REQUIRE(store.save("other", "text").ok());
  const std::string pipe = dir.path() + "/workflows/pipe.yaml";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  const std::string refusal = "'" + pipe + "' is neither a file nor a folder";
  CHECK(store.find("pipe").error().message == refusal);
  CHECK(store.versions("pipe").error().message == refusal);
  CHECK(store.save("pipe", "text").error().message == refusal);
  CHECK(store.remove("pipe").error().message == refusal);
  CHECK(std::filesystem::is_fifo(pipe));
}

TEST_CASE("of many processes that save at once each leaves one whole version, and none is lost") {
  test::TempDir dir;
  constexpr int writers = 16;
  constexpr int saves = 8;
  constexpr std::size_t length = 20'000;
  std::vector<pid_t> children;
  for (int writer = 0; writer < writers; ++writer) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      storage::FilesystemWorkflowStore store = store_in(dir.path(), 1000);
      bool ok = true;
      for (int i = 0; i < saves; ++i) {
        ok = store.save("x", std::string(length, static_cast<char>('a' + writer))).ok() && ok;
      }
      _exit(ok ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(status == 0);
  }
  const auto versions = store_in(dir.path()).versions("x");
  REQUIRE(versions->size() == writers * saves);
  CHECK(versions->front().number == writers * saves);
  for (const core::WorkflowVersion& version : *versions) {
    CHECK(version.text == std::string(length, version.text.empty() ? '?' : version.text.front()));
  }
}

TEST_CASE("a store that cannot be read says so") {
  test::TempDir dir;
  const std::string folder = dir.path() + "/workflows";
  write(folder, "a file where the folder should be");
  storage::FilesystemWorkflowStore store = store_in(dir.path());
  REQUIRE_FALSE(store.ids().ok());
  CHECK(store.ids().error().message.find(folder) != std::string::npos);
  CHECK_FALSE(store.save("x", "text").ok());
}
