#include "storage/blobs/filesystem_store.hpp"
#include "tests/support/object_store_use.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <grp.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <random>
#include <thread>

using namespace goflow;
using core::BlobKey;
using storage::FilesystemStore;

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// What `work` says in a process of its own, which may spoil itself.
std::string said_by_process(const std::function<std::string()>& work) {
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  const pid_t process = fork();
  if (process == 0) {
    const std::string said = work();
    const bool is_told = write(ends[1], said.data(), said.size()) >= 0;
    _exit(is_told ? 0 : 1);
  }
  close(ends[1]);
  std::string said;
  std::array<char, 1000> piece{};
  for (ssize_t count = 0; (count = read(ends[0], piece.data(), piece.size())) > 0;) {
    said.append(piece.data(), static_cast<std::size_t>(count));
  }
  close(ends[0]);
  int status = 0;
  waitpid(process, &status, 0);
  REQUIRE(status == 0);
  return said;
}

std::string result_of_put(FilesystemStore& store, const std::string& bytes) {
  core::MemorySource body(bytes);
  const auto stored = store.put(body, {});
  return stored.ok() ? "stored" : stored.error().message;
}

/// For root there are no permissions.
void become_nobody() {
  if (geteuid() != 0) return;
  constexpr uid_t nobody = 65534;
  if (setgroups(0, nullptr) != 0 || setgid(nobody) != 0 || setuid(nobody) != 0) _exit(2);
}

std::size_t files_below(const std::string& path) {
  std::size_t count = 0;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("a disk that takes no more leaves nothing behind, and is said to be full") {
  const test::TempDir dir;
  const std::string base = dir.path() + "/blobs";
  const std::string said = said_by_process([&] {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{100'000, 100'000};
    setrlimit(RLIMIT_FSIZE, &limit);
    FilesystemStore store(base);
    return result_of_put(store, std::string(1'000'000, 'x')) + "\n" +
           result_of_put(store, "a small one");
  });
  const BlobKey large = BlobKey::of_content(core::sha256(std::string(1'000'000, 'x')));
  CHECK(said == "filesystem put failed: '" + base + "/" + large.text().substr(0, 2) + "/" +
                    large.text() + "': file too large\nstored");
  CHECK(files_below(base) == 1);
}

TEST_CASE("a base that may not be written to can still be read, and is not healthy") {
  const test::TempDir dir;
  const std::string base = dir.path() + "/blobs";
  fs::permissions(dir.path(), fs::perms(0777));
  const std::string said = said_by_process([&]() -> std::string {
    become_nobody();
    FilesystemStore store(base);
    core::MemorySource body("was there before");
    const auto key = store.put(body, {});
    if (!key) return key.error().message;
    const std::string shard = base + "/" + key->text().substr(0, 2);
    chmod(shard.c_str(), 0500);
    chmod(base.c_str(), 0500);
    const auto stream = store.get(*key);
    const auto health = store.health();
    const std::string answers = std::string(stream.ok() && *stream ? "readable" : "unreadable") +
                                "\n" + result_of_put(store, "something new") + "\n" +
                                (health.ok() ? "healthy" : health.error().message);
    chmod(shard.c_str(), 0700);
    chmod(base.c_str(), 0700);
    return answers;
  });
  const BlobKey fresh = BlobKey::of_content(core::sha256("something new"));
  CHECK(said == "readable\nfilesystem put failed: '" + base + "/" + fresh.text().substr(0, 2) +
                    "': permission denied\nfilesystem health check failed: '" + base +
                    "': permission denied");
}

TEST_CASE("a base that cannot be made is not healthy") {
  const test::TempDir dir;
  fs::permissions(dir.path(), fs::perms(0755));
  const std::string said = said_by_process([&] {
    become_nobody();
    chmod(dir.path().c_str(), 0500);
    FilesystemStore store(dir.path() + "/above/blobs");
    const auto health = store.health();
    return health.ok() ? "healthy" : health.error().message;
  });
  CHECK(said == "filesystem health check failed: '" + dir.path() + "': permission denied");
}

TEST_CASE("a base of somebody else is not healthy") {
  if (geteuid() != 0) return;
  const test::TempDir dir;
  const std::string base = dir.path() + "/blobs";
  fs::create_directory(base);
  REQUIRE(chown(base.c_str(), 65534, 65534) == 0);
  CHECK(test::message_of(FilesystemStore(base).health()) ==
        "filesystem health check failed: '" + base + "' belongs to another user");
}

TEST_CASE("killed at any instant, a put has stored all or nothing") {
  const test::TempDir dir;
  const std::string base = dir.path() + "/blobs";
  std::minstd_rand chance(20'260);
  // A busy machine takes longer for a put: some of them have to come to their end.
  const auto has_stored_one = [&] {
    FilesystemStore store(base);
    return !test::keys_of(store).empty();
  };
  for (int round = 0; round < 40 || (round < 200 && !has_stored_one()); ++round) {
    std::uniform_int_distribution<int> delay(0, round < 40 ? 12'000 : 500'000);
    const pid_t process = fork();
    if (process == 0) {
      FilesystemStore store(base);
      for (int i = 0;; ++i) {
        const std::string bytes = std::string(400'000, static_cast<char>('A' + i % 26)) + "end";
        core::MemorySource body(bytes);
        const core::PutInfo info{.key = BlobKey::random()};
        if (!store.put(body, info)) _exit(1);
      }
    }
    std::this_thread::sleep_for(std::chrono::microseconds(delay(chance)));
    kill(process, SIGKILL);
    int status = 0;
    waitpid(process, &status, 0);
    REQUIRE(WIFSIGNALED(status));
  }
  FilesystemStore store(base);
  int found = 0;
  for (const BlobKey& key : test::keys_of(store)) {
    const std::string bytes = test::get(store, key);
    REQUIRE(bytes.size() == 400'003);
    CHECK(bytes.substr(400'000) == "end");
    CHECK(bytes.find_first_not_of(bytes[0]) == 400'000);
    ++found;
  }
  CHECK(found > 0);
  CHECK(store.remove_unfinished(core::SystemClock().now() + 1h).ok());
  CHECK(files_below(base) == static_cast<std::size_t>(found));
}
