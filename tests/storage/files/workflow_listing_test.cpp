#include "storage/files/workflow_listing.hpp"

#include "storage/files/atomic_file.hpp"
#include "storage/files/file_reading.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using namespace goflow;
using core::WorkflowSummary;

namespace {

std::string text_of(int nodes) {
  std::string text = "name: x\nnodes:\n";
  for (int i = 0; i < nodes; ++i) {
    text += "  - {id: n" + std::to_string(i) + ", run: 'true'}\n";
  }
  return text;
}

/// A home with enough files for an index, and what has been read of them.
struct Home {
  test::TempDir dir;
  std::string folder = dir.path() + "/workflows";
  storage::WorkflowIndexFile index{dir.path() + "/workflows.index", "this goflow"};
  std::vector<std::string> read;

  Home() {
    std::filesystem::create_directory(folder);
    for (int i = 10; i < 50; ++i) {
      write("w" + std::to_string(i) + ".yaml", text_of(1));
    }
  }

  [[nodiscard]] std::string path(const std::string& name) const { return folder + "/" + name; }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name)) << text;
  }

  std::vector<WorkflowSummary> list() {
    read.clear();
    auto listed =
        storage::list_workflows(folder, index, [this](const std::string& id, const std::string&) {
          read.push_back(id);
          return 1;
        });
    REQUIRE(listed.ok());
    return *std::move(listed);
  }

  /// As if the files had been there for a while: the index holds every one of them.
  void remember() {
    storage::WorkflowIndexWriter known(index);
    for (const WorkflowSummary& summary : list()) {
      const std::string name = summary.id + ".yaml";
      struct stat status {};
      REQUIRE(stat(path(name).c_str(), &status) == 0);
      known.add(name, storage::stamp_of(status), summary);
    }
    known.write();
  }
};

const WorkflowSummary& named(const std::vector<WorkflowSummary>& summaries, const std::string& id) {
  const auto found = std::find_if(
      summaries.begin(), summaries.end(), [&](const auto& summary) { return summary.id == id; });
  REQUIRE(found != summaries.end());
  return *found;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("what the index knows is not read again, and says the same") {
  Home home;
  home.write("w10.yaml", "# broken\nname: x\nnodes: 5\n");
  home.write("w11.yaml", "name: Eleven\ndescription: about it\nnodes:\n  - {id: a, run: 'true'}\n");
  const auto fresh = home.list();
  home.remember();
  const auto known = home.list();
  CHECK(home.read.empty());
  REQUIRE(known.size() == fresh.size());
  for (std::size_t i = 0; i < known.size(); ++i) {
    CHECK(known[i].id == fresh[i].id);
    CHECK(known[i].version == fresh[i].version);
    CHECK(known[i].updated_at == fresh[i].updated_at);
    CHECK(known[i].name == fresh[i].name);
    CHECK(known[i].description == fresh[i].description);
    CHECK(known[i].nodes == fresh[i].nodes);
    CHECK(known[i].problem == fresh[i].problem);
  }
  CHECK(known[0].problem.starts_with("3:8: "));
  CHECK(known[1].name == "Eleven");
}

TEST_CASE("a file that changed by hand is read again, whatever its time says") {
  Home home;
  home.remember();
  home.write("w20.yaml", text_of(2));
  const auto before = std::filesystem::last_write_time(home.path("w21.yaml"));
  home.write("w21.yaml", "name: y" + text_of(1).substr(7));  // as long as it was
  std::filesystem::last_write_time(home.path("w21.yaml"), before);
  std::filesystem::remove(home.path("w22.yaml"));
  home.write("new.yaml", text_of(3));
  const auto listed = home.list();
  CHECK(home.read == Ids{"new", "w20", "w21"});
  CHECK(listed.size() == 40);
  CHECK(named(listed, "w20").nodes == 2);
  CHECK(named(listed, "w21").name == "y");
  CHECK(named(listed, "new").nodes == 3);
}

TEST_CASE("a file that was written a moment ago is not remembered") {
  Home home;
  home.list();
  home.list();
  CHECK(home.read.size() == 40);
}

TEST_CASE("an index that is lost, damaged or of another program is made anew") {
  Home home;
  home.remember();
  const std::string whole = *storage::read_file(home.index.path);
  std::vector<std::string> bad{"", "x", whole.substr(0, whole.size() / 2), whole + "x"};
  bad.push_back(whole);
  bad.back()[whole.size() / 2] ^= 1;
  for (std::size_t length = 0; length < 60; ++length) {
    bad.push_back(whole.substr(0, length));
  }
  for (const std::string& bytes : bad) {
    std::ofstream(home.index.path, std::ios::binary | std::ios::trunc) << bytes;
    CHECK(home.list().size() == 40);
    CHECK(home.read.size() == 40);
  }
  REQUIRE(storage::replace_file(home.index.path, whole, 0600).ok());
  home.index.program = "another goflow";
  home.list();
  CHECK(home.read.size() == 40);
}

TEST_CASE("where no index can be written it is done without") {
  Home home;
  std::filesystem::create_directory(home.index.path);
  CHECK(home.list().size() == 40);
  CHECK(std::filesystem::is_empty(home.index.path));
}

TEST_CASE("few files need no index") {
  Home home;
  for (int i = 20; i < 50; ++i) {
    std::filesystem::remove(home.path("w" + std::to_string(i) + ".yaml"));
  }
  CHECK(home.list().size() == 10);
  CHECK_FALSE(std::filesystem::exists(home.index.path));
}

TEST_CASE("what cannot be read is told, not hidden") {
  test::TempDir dir;
  const std::string folder = dir.path();
  std::filesystem::create_directory(folder + "/folder.yaml");
  std::filesystem::create_symlink("nowhere", folder + "/dangling.yaml");
  REQUIRE(mkfifo((folder + "/pipe.yaml").c_str(), 0600) == 0);
  std::ofstream(folder + "/My Flow.yaml") << text_of(1);
  std::ofstream(folder + "/both.yml") << text_of(2);
  std::ofstream(folder + "/both.yaml") << text_of(1);
  std::ofstream(folder + "/empty.yaml") << "";
  std::ofstream(folder + "/.hidden.yaml") << text_of(1);
  std::ofstream(folder + "/notes.txt") << "";
  std::ofstream(folder + "/x.yaml.tmp-a1b2c3") << "";
  const auto listed = storage::list_workflows(
      folder, {dir.path() + "/i", ""}, [](const auto&, const auto&) { return 1; });
  REQUIRE(listed.ok());
  REQUIRE(listed->size() == 6);
  CHECK(named(*listed, "folder").problem.find("is a directory") != std::string::npos);
  CHECK(named(*listed, "dangling").problem.starts_with("no file '"));
  CHECK(named(*listed, "pipe").problem ==
        "'" + folder + "/pipe.yaml' is neither a file nor a folder");
  CHECK(named(*listed, "My Flow").problem.starts_with("the name of the file is no id"));
  CHECK(named(*listed, "My Flow").updated_at != core::Timestamp());
  CHECK_FALSE(named(*listed, "empty").problem.empty());
  CHECK(named(*listed, "both").problem.empty());
  CHECK(named(*listed, "both").nodes == 1);
}

TEST_CASE("a folder that is not there has no workflows, one that is a file is an error") {
  test::TempDir dir;
  const auto none = [](const std::string&, const std::string&) { return 1; };
  CHECK(storage::list_workflows(dir.path() + "/none", {}, none)->empty());
  std::ofstream(dir.path() + "/file") << "";
  CHECK(storage::list_workflows(dir.path() + "/file", {}, none)
            .error()
            .message.starts_with("cannot list "));
}

TEST_CASE("many files are read by several threads, and none is forgotten") {
  test::TempDir dir;
  for (int i = 0; i < 500; ++i) {
    std::ofstream(dir.path() + "/w" + std::to_string(i) + ".yaml") << text_of(i % 7 + 1);
  }
  const auto listed = storage::list_workflows(
      dir.path(), {dir.path() + "/i", ""}, [](const auto&, const auto&) { return 1; });
  REQUIRE(listed->size() == 500);
  for (const WorkflowSummary& summary : *listed) {
    CHECK(summary.nodes == std::stoi(summary.id.substr(1)) % 7 + 1);
  }
}
