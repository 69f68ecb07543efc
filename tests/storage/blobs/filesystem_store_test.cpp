#include "storage/blobs/filesystem_store.hpp"

#include "tests/contract/object_store_contract.hpp"
#include "tests/support/object_store_use.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <filesystem>
#include <fstream>

using namespace goflow;
using core::BlobKey;
using storage::FilesystemStore;
using storage::MissingBase;
using test::get;
using test::has;
using test::keys_of;
using test::put;

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class Folder {
 public:
  [[nodiscard]] std::string base() const { return dir_.path() + "/above/blobs"; }
  [[nodiscard]] std::string path_of(const BlobKey& key) const {
    return base() + "/" + key.text().substr(0, 2) + "/" + key.text();
  }
  [[nodiscard]] const test::TempDir& dir() const { return dir_; }

 private:
  test::TempDir dir_;
};

mode_t mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const std::string& path, const std::string& text) {
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path) << text;
}

const BlobKey a_key = *BlobKey::parse("5aa762ae-383f-8b72-baf3-c7a36d4940a5");

}  // namespace

TEST_CASE("the file system store keeps the contract of blob stores") {
  const test::TempDir dir;
  int count = 0;
  test::object_store_contract([&] {
    return std::make_unique<FilesystemStore>(dir.path() + "/blobs" + std::to_string(++count));
  });
}

TEST_CASE("a blob is a private file in a shard, whatever the umask") {
  const Folder folder;
  FilesystemStore store(folder.base());
  CHECK(folder.dir().entries().empty());
  for (const mode_t mask : {0000, 0277, 0777}) {
    CAPTURE(mask);
    const mode_t before = umask(mask);
    const BlobKey key = put(store, "with umask " + std::to_string(mask));
    umask(before);
    CHECK(text_of(folder.path_of(key)) == "with umask " + std::to_string(mask));
    CHECK(mode_of(folder.path_of(key)) == 0600);
    CHECK(mode_of(fs::path(folder.path_of(key)).parent_path()) == 0700);
  }
  CHECK(mode_of(folder.base()) == 0700);
  CHECK(mode_of(fs::path(folder.base()).parent_path()) == 0700);
}

TEST_CASE("the folders above a base are made private under a umask that takes everything") {
  const Folder folder;
  FilesystemStore store(folder.base() + "/further/down/");
  const mode_t before = umask(0777);
  put(store, "deep");
  umask(before);
  CHECK(mode_of(folder.base()) == 0700);
  CHECK(mode_of(folder.base() + "/further/down") == 0700);
}

TEST_CASE("a base with wider permissions is used as it is") {
  const Folder folder;
  fs::create_directories(folder.base());
  fs::permissions(folder.base(), fs::perms(0755));
  FilesystemStore store(folder.base());
  put(store, "open house");
  CHECK(mode_of(folder.base()) == 0755);
}

TEST_CASE("reading, listing, removing and looking after health make no base") {
  const Folder folder;
  FilesystemStore store(folder.base());
  CHECK_FALSE(has(store, a_key));
  CHECK_FALSE(store.get(a_key)->has_value());
  CHECK(keys_of(store).empty());
  CHECK(store.remove(a_key).ok());
  CHECK(store.health().ok());
  CHECK(*store.remove_unfinished(core::SystemClock().now()) == 0);
  CHECK(folder.dir().entries().empty());
}

TEST_CASE("putting again refreshes the time of the file") {
  const Folder folder;
  FilesystemStore store(folder.base());
  const BlobKey key = put(store, "refreshed");
  fs::last_write_time(folder.path_of(key), fs::file_time_type::clock::now() - 48h);
  CHECK((*store.stat(key))->modified < core::SystemClock().now() - 47h);
  put(store, "refreshed");
  CHECK((*store.stat(key))->modified > core::SystemClock().now() - 1h);
}

TEST_CASE("the base may be a link") {
  const Folder folder;
  const std::string elsewhere = folder.dir().path() + "/elsewhere";
  fs::create_directories(elsewhere);
  fs::create_directories(fs::path(folder.base()).parent_path());
  fs::create_directory_symlink(elsewhere, folder.base());
  FilesystemStore store(folder.base());
  const BlobKey key = put(store, "behind a link");
  CHECK(text_of(elsewhere + "/" + key.text().substr(0, 2) + "/" + key.text()) == "behind a link");
  CHECK(store.health().ok());

  // It is resolved once: who changes the link later changes nothing.
  fs::remove(folder.base());
  fs::create_directory_symlink("/etc", folder.base());
  CHECK(get(store, key) == "behind a link");
}

TEST_CASE("a link in the place of a blob is neither read nor written through") {
  const Folder folder;
  const std::string secret = folder.dir().path() + "/secret";
  write(secret, "not yours");
  FilesystemStore store(folder.base());
  const BlobKey key = put(store, "mine");
  fs::remove(folder.path_of(key));
  fs::create_symlink(secret, folder.path_of(key));

  CHECK_FALSE(store.get(key)->has_value());
  CHECK_FALSE(has(store, key));
  CHECK(keys_of(store).empty());

  put(store, "mine");
  CHECK(text_of(secret) == "not yours");
  CHECK(get(store, key) == "mine");

  fs::remove(folder.path_of(key));
  fs::create_symlink(secret, folder.path_of(key));
  CHECK(store.remove(key).ok());
  CHECK_FALSE(fs::is_symlink(folder.path_of(key)));
  CHECK(text_of(secret) == "not yours");
}

TEST_CASE("a link in the place of a shard is not followed") {
  const Folder folder;
  const std::string elsewhere = folder.dir().path() + "/elsewhere";
  write(elsewhere + "/" + a_key.text(), "not yours");
  fs::create_directories(folder.base());
  fs::create_directory_symlink(elsewhere, folder.base() + "/" + a_key.text().substr(0, 2));
  FilesystemStore store(folder.base());

  CHECK_FALSE(store.get(a_key)->has_value());
  CHECK_FALSE(has(store, a_key));
  CHECK(keys_of(store).empty());
  CHECK(store.remove(a_key).ok());
  core::MemorySource body("\"hello\"");
  const auto stored = store.put(body, {});
  REQUIRE_FALSE(stored.ok());
  CHECK(stored.error().message ==
        "filesystem put failed: '" + folder.base() + "/5a': not a directory");
  CHECK(text_of(elsewhere + "/" + a_key.text()) == "not yours");
}

TEST_CASE("what is no file is no blob, and a pipe is not waited for") {
  const Folder folder;
  FilesystemStore store(folder.base());
  fs::create_directories(folder.base() + "/5a");
  REQUIRE(mkfifo(folder.path_of(a_key).c_str(), 0600) == 0);
  CHECK_FALSE(store.get(a_key)->has_value());
  CHECK_FALSE(has(store, a_key));
  CHECK(keys_of(store).empty());
  put(store, "\"hello\"");
  CHECK(get(store, a_key) == "\"hello\"");
}

TEST_CASE("what does not belong there is not listed") {
  const Folder folder;
  FilesystemStore store(folder.base());
  const BlobKey key = put(store, "\"hello\"");
  const std::string shard = folder.base() + "/5a/";
  write(shard + ".0123456789abcdef.tmp", "half");
  write(shard + "notes.txt", "mine");
  write(shard + "5AA762AE-383F-8B72-BAF3-C7A36D4940A5", "upper case");
  write(shard + "e3b0c442-98fc-8c14-9afb-f4c8996fb924", "in a shard that is not its own");
  write(folder.base() + "/e3b0c442-98fc-8c14-9afb-f4c8996fb924", "in no shard");
  write(folder.base() + "/lost+found/x", "foreign");
  write(folder.base() + "/7f", "a file with the name of a shard");
  fs::create_directories(shard + "5aa762ae-383f-8b72-baf3-c7a36d494000");
  CHECK(keys_of(store) == std::set<BlobKey>{key});
}

TEST_CASE("what killed puts have left is removed when it is old") {
  const Folder folder;
  FilesystemStore store(folder.base());
  const BlobKey key = put(store, "\"hello\"");
  const std::string left = folder.base() + "/5a/.0123456789abcdef.tmp";
  write(left, "half");
  const core::Timestamp now = core::SystemClock().now();
  CHECK(*store.remove_unfinished(now - 1h) == 0);
  CHECK(fs::exists(left));
  CHECK(*store.remove_unfinished(now + 1h) == 1);
  CHECK_FALSE(fs::exists(left));
  CHECK(get(store, key) == "\"hello\"");
}

TEST_CASE("what a killed probe has left beside the shards is removed when it is old") {
  const Folder folder;
  FilesystemStore store(folder.base());
  put(store, "\"hello\"");
  const std::string left = folder.base() + "/.0123456789abcdef.tmp";
  const std::string foreign = folder.base() + "/.notes.tmp";
  write(left, "probe");
  write(foreign, "of somebody else");
  const core::Timestamp now = core::SystemClock().now();
  CHECK(*store.remove_unfinished(now - 1h) == 0);
  CHECK(*store.remove_unfinished(now + 1h) == 1);
  CHECK_FALSE(fs::exists(left));
  CHECK(fs::exists(foreign));
}

TEST_CASE("a file that was cut short is not taken for the whole") {
  const Folder folder;
  FilesystemStore store(folder.base());
  const BlobKey key = put(store, std::string(300'000, 'x'));
  auto stream = store.get(key);
  REQUIRE(stream.ok());
  fs::resize_file(folder.path_of(key), 100'000);
  const auto read = (*stream)->read_all(300'000);
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().message ==
        "filesystem get failed: the file ends after 100000 of 300000 bytes");
}

TEST_CASE("a base that is gone is healthy only as long as nothing is recorded in it") {
  const Folder folder;
  CHECK(FilesystemStore(folder.base(), MissingBase::fine).health().ok());
  const auto health = FilesystemStore(folder.base(), MissingBase::lost).health();
  REQUIRE_FALSE(health.ok());
  CHECK(health.error().message == "filesystem health check failed: '" + folder.base() +
                                      "' is gone, and blobs are recorded in it");
  CHECK(folder.dir().entries().empty());
  FilesystemStore store(folder.base(), MissingBase::lost);
  put(store, "back again");
  CHECK(store.health().ok());
}

TEST_CASE("a base that is no folder is said to be none") {
  const Folder folder;
  write(folder.base(), "a file");
  FilesystemStore store(folder.base());
  const std::string reason = " failed: '" + folder.base() + "': not a directory";
  core::MemorySource body("bytes");
  CHECK(test::message_of(store.put(body, {})) == "filesystem put" + reason);
  CHECK(test::message_of(store.get(a_key)) == "filesystem get" + reason);
  CHECK(test::message_of(store.stat(a_key)) == "filesystem stat" + reason);
  CHECK(test::message_of(store.remove(a_key)) == "filesystem delete" + reason);
  CHECK(test::message_of(store.list_keys([](const auto&) { return true; })) ==
        "filesystem list" + reason);
  CHECK(test::message_of(store.health()) == "filesystem health check" + reason);
  CHECK(test::message_of(FilesystemStore(folder.base() + "/below").health()) ==
        "filesystem health check failed: '" + folder.base() + "/below': not a directory");
}
