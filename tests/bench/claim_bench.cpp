// What it costs to put a text of 1 MB away and to get it again:
//   bench_claim store FOLDER COUNT    through the claim check, with its register, into files
//   bench_claim bare FOLDER COUNT     the bound: zlib at the same level, write, fsync, read
//   bench_claim s3 ENDPOINT COUNT     through the S3 store alone; prints milliseconds: the means of
//                                     its uploads, of its downloads, and of compressing
#include "core/claimcheck/claim_check.hpp"
#include "core/claimcheck/metrics.hpp"
#include "storage/blobs/open_store.hpp"
#include "storage/sqlite/blob_index.hpp"

#include <zlib.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace goflow;

constexpr std::size_t megabyte = 1'000'000;
constexpr int window_of_gzip = MAX_WBITS + 16;

const core::SystemClock system_clock;

template <class T>
T must(core::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

void must(bool holds, const std::string& what) {
  if (!holds) throw std::runtime_error(what);
}

/// What a service answers: names that come again, numbers that do not. A fifth of it remains.
std::string answered_text() {
  constexpr std::string_view letters = "0123456789abcdef";
  std::mt19937 random(7);
  const auto below = [&](std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
  };
  std::string text;
  while (text.size() < megabyte) {
    text += R"({"id":")";
    for (int digit = 0; digit < 24; ++digit) {
      text += letters[below(letters.size())];
    }
    text += R"(","status":"completed","total":)" + std::to_string(below(1'000'000)) +
            R"(,"depot":"no )" + std::to_string(below(100)) +
            R"(","tags":["new","paid"],"created_at":"2026-11-20T02:)" +
            std::to_string(10 + below(50)) + R"(:04Z"},)";
  }
  text.resize(megabyte);
  return text;
}

/// No two of them are the same, those of other processes included.
void make_different(std::string& text, int round) {
  const std::string number = std::to_string(getpid()) + " " + std::to_string(round) + " ";
  text.replace(0, number.size(), number);
}

class FileStorage final : public core::BlobStorage {
 public:
  explicit FileStorage(const std::string& folder)
      : index_(must(storage::open_blob_index(folder + "/goflow.db", system_clock))),
        store_(must(storage::open_store(
            storage::FilesystemLocation{folder + "/blobs"}, storage::StoreOptions(), metrics_))) {}

  core::ClaimMetrics& metrics() { return metrics_; }
  core::Result<core::BlobIndex*> index() override { return index_.get(); }
  [[nodiscard]] std::string location() const override { return "filesystem:@home/blobs"; }
  core::Result<core::ObjectStore*> store_at(const std::string&) override { return store_.get(); }

 private:
  core::ClaimMetrics metrics_;
  std::unique_ptr<core::BlobIndex> index_;
  std::unique_ptr<core::ObjectStore> store_;
};

void put_and_get(const std::string& folder, int count) {
  mkdir(folder.c_str(), 0700);
  FileStorage storage(folder);
  core::ClaimCheck claim_check({.cache_bytes = 0}, storage, storage.metrics(), system_clock);
  std::string text = answered_text();
  for (int round = 0; round < count; ++round) {
    make_different(text, round);
    const core::Claim claim = must(claim_check.put(text, {}));
    must(must(claim_check.get(claim.key)) == text, "another text comes back");
  }
}

std::string deflated(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream,
               core::Compression{}.level,
               Z_DEFLATED,
               window_of_gzip,
               /*memLevel=*/8,
               Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  must(deflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib does not compress");
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string inflated(const std::string& bytes) {
  z_stream stream{};
  inflateInit2(&stream, window_of_gzip);
  std::string out(megabyte, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  must(inflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib does not decompress");
  inflateEnd(&stream);
  return out;
}

void write_durably(const std::string& path, const std::string& bytes) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  must(write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()), path);
  must(fsync(file) == 0 && close(file) == 0, path);
}

std::string read_whole(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  must(fstat(file, &status) == 0, path);
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  must(read(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()), path);
  close(file);
  return bytes;
}

void write_and_read(const std::string& folder, int count) {
  mkdir(folder.c_str(), 0700);
  std::string text = answered_text();
  for (int round = 0; round < count; ++round) {
    make_different(text, round);
    const std::string path = folder + "/" + std::to_string(round);
    write_durably(path, deflated(text));
    must(inflated(read_whole(path)) == text, "another text comes back");
    unlink(path.c_str());
  }
}

double mean_ms(int count, const std::function<void(int round)>& work) {
  const auto begin = std::chrono::steady_clock::now();
  for (int round = 0; round < count; ++round) {
    work(round);
  }
  const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - begin;
  return taken.count() / count;
}

/// As a server gets it that nothing can be compressed for: a whole megabyte goes over the wire.
void use_s3(const std::string& endpoint, int count) {
  storage::StoreOptions options;
  options.access_key_id = core::Secret::copy_of("S3RVER");
  options.secret_access_key = core::Secret::copy_of("S3RVER");
  core::ClaimMetrics metrics;
  const storage::S3Location location{endpoint, "bucket", "bench/"};
  const auto store = must(storage::open_store(location, std::move(options), metrics));
  std::string text = answered_text();
  std::vector<core::BlobKey> keys;
  const double upload = mean_ms(count, [&](int round) {
    make_different(text, round);
    core::MemorySource body(text);
    keys.push_back(must(store->put(body, {})));
  });
  const double download = mean_ms(count, [&](int round) {
    auto stream = must(store->get(keys.at(static_cast<std::size_t>(round))));
    must(stream.has_value(), "an object is not there");
    must(must(stream->read_all(megabyte)).size() == megabyte, "another text comes back");
  });
  const double compression =
      mean_ms(count, [&](int) { must(core::compressed(text, core::Compression())); });
  std::cout << upload << ' ' << download << ' ' << compression << '\n';
}

}  // namespace

int main(int count, char** words) try {
  if (count != 4) return 2;
  const std::string_view mode = words[1];
  const int rounds = std::atoi(words[3]);
  if (mode == "store") put_and_get(words[2], rounds);
  if (mode == "bare") write_and_read(words[2], rounds);
  if (mode == "s3") use_s3(words[2], rounds);
  return 0;
} catch (const std::exception& fault) {
  std::cerr << "error: " << fault.what() << '\n';
  return 1;
}
