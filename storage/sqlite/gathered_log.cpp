#include "storage/sqlite/gathered_log.hpp"

#include <sqlite3.h>

#include <array>
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <utility>

// SQLite appends a frame per page to its log: a header of 24 bytes, then the page. Nobody looks for
// a frame before the one that ends the commit is there, so all before it can wait for that one.
// What cannot be told for certain to be such a frame is written at once.
namespace goflow::storage {
namespace {

constexpr int header_size = 24;
// Less than 128 KiB: what is written at once is counted in 17 bits by SQLite.
constexpr std::size_t most_gathered = 120UL * 1024;

/// A frame that ends a commit tells how many pages the database has, another one zero.
bool ends_commit(const void* frame_header) {
  constexpr std::array<char, 4> none{};
  return std::memcmp(static_cast<const char*>(frame_header) + 4, none.data(), none.size()) != 0;
}

class Gathering {
 public:
  explicit Gathering(sqlite3_file* file) : file_(file) {}

  int write(const void* bytes, int size, sqlite3_int64 offset) {
    const bool is_appended = offset == begin_ + static_cast<sqlite3_int64>(size_);
    if (!is_appended) {
      if (const int failed = flush(); failed != SQLITE_OK) return failed;
      begin_ = offset;
    }
    const bool is_header = size == header_size;
    if (is_header) is_last_frame_ = ends_commit(bytes);
    const bool may_wait = is_appended && (is_header || !is_last_frame_);
    if (size_ + static_cast<std::size_t>(size) > most_gathered) {
      if (const int failed = flush(); failed != SQLITE_OK) return failed;
    }
    if (!may_wait && size_ == 0) return write_through(bytes, size, offset);
    std::memcpy(&gathered_[size_], bytes, static_cast<std::size_t>(size));
    size_ += static_cast<std::size_t>(size);
    return may_wait ? SQLITE_OK : flush();
  }

  /// Before anything else is done with the file.
  int flush() {
    const std::size_t size = std::exchange(size_, 0);
    if (size == 0) return SQLITE_OK;
    return write_through(gathered_.data(), static_cast<int>(size), begin_);
  }

  sqlite3_file* file() { return file_; }

  void forget() {
    size_ = 0;
    begin_ = nowhere;
  }

 private:
  static constexpr sqlite3_int64 nowhere = -1;

  int write_through(const void* bytes, int size, sqlite3_int64 offset) {
    begin_ = offset + size;
    return file_->pMethods->xWrite(file_, bytes, size, offset);
  }

  sqlite3_file* file_;
  sqlite3_int64 begin_ = nowhere;  // where what is gathered belongs, or what is appended next
  std::size_t size_ = 0;
  bool is_last_frame_ = false;
  std::array<char, most_gathered> gathered_;
};

/// What SQLite holds as an open log. The file itself lies behind it, in the same piece of memory.
struct Log {
  sqlite3_file base;
  Gathering* gathering;
};

Gathering& gathering_of(sqlite3_file* log) {
  return *reinterpret_cast<Log*>(log)->gathering;
}

/// A call that is handed on as it is. Nobody may find the file without what was gathered.
template <auto method, class... Arguments>
int hand_on(sqlite3_file* log, Arguments... arguments) {
  Gathering& gathering = gathering_of(log);
  if (const int failed = gathering.flush(); failed != SQLITE_OK) return failed;
  sqlite3_file* file = gathering.file();
  return (file->pMethods->*method)(file, arguments...);
}

// Whoever has not committed by now has rolled back.
int close_log(sqlite3_file* log) {
  const std::unique_ptr<Gathering> gathering(&gathering_of(log));
  return gathering->file()->pMethods->xClose(gathering->file());
}

int write_log(sqlite3_file* log, const void* bytes, int size, sqlite3_int64 offset) {
  return gathering_of(log).write(bytes, size, offset);
}

using Methods = sqlite3_io_methods;

constexpr Methods log_methods = [] {
  Methods methods{};
  methods.iVersion = 1;  // shared memory and maps belong to the database's file, not to its log
  methods.xClose = close_log;
  methods.xRead = hand_on<&Methods::xRead>;
  methods.xWrite = write_log;
  methods.xTruncate = hand_on<&Methods::xTruncate>;
  methods.xSync = hand_on<&Methods::xSync>;
  methods.xFileSize = hand_on<&Methods::xFileSize>;
  methods.xLock = hand_on<&Methods::xLock>;
  methods.xUnlock = hand_on<&Methods::xUnlock>;
  methods.xCheckReservedLock = hand_on<&Methods::xCheckReservedLock>;
  methods.xFileControl = hand_on<&Methods::xFileControl>;
  methods.xSectorSize = hand_on<&Methods::xSectorSize>;
  methods.xDeviceCharacteristics = hand_on<&Methods::xDeviceCharacteristics>;
  return methods;
}();

int open_file(
    sqlite3_vfs* /*system*/, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  sqlite3_vfs* system = sqlite3_vfs_find(nullptr);
  if ((flags & SQLITE_OPEN_WAL) == 0) return system->xOpen(system, name, file, flags, flags_out);
  auto* log = reinterpret_cast<Log*>(file);
  log->base.pMethods = nullptr;  // nothing to close until this has succeeded
  auto* behind = reinterpret_cast<sqlite3_file*>(log + 1);
  const int failed = system->xOpen(system, name, behind, flags, flags_out);
  if (failed != SQLITE_OK) return failed;
  log->gathering = new (std::nothrow) Gathering(behind);
  if (log->gathering == nullptr) {
    behind->pMethods->xClose(behind);
    return SQLITE_NOMEM;
  }
  log->base.pMethods = &log_methods;
  return SQLITE_OK;
}

sqlite3_vfs like_the_usual() {
  sqlite3_vfs system = *sqlite3_vfs_find(nullptr);
  system.zName = "goflow";
  system.szOsFile += static_cast<int>(sizeof(Log));
  system.xOpen = open_file;
  system.pNext = nullptr;
  return system;
}

}  // namespace

const char* gathered_log() {
  static sqlite3_vfs system = like_the_usual();
  static const int registered = sqlite3_vfs_register(&system, /*makeDflt=*/0);
  static_cast<void>(registered);
  return system.zName;
}

void forget_gathered(sqlite3* connection) {
  sqlite3_file* log = nullptr;
  sqlite3_file_control(connection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  if (log != nullptr && log->pMethods == &log_methods) gathering_of(log).forget();
}

}  // namespace goflow::storage
