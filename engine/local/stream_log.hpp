// What one attempt of a node writes to one stream, of any length.
#pragma once

#include "core/claimcheck/growing_payload.hpp"
#include "core/claimcheck/large_values.hpp"
#include "core/execution/execution.hpp"
#include "engine/local/log_settlement.hpp"
#include "engine/local/spool_file.hpp"
#include "engine/loop/background.hpp"
#include "engine/loop/captured_log.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::engine {

class EventLoop;

/// What the logs of a run need.
struct LogKeeping {
  EventLoop& loop;
  core::LargeValues& large_values;
  std::string execution_id;
  std::string spool_folder;  // none: of a long log, its beginning and its end are kept
};

/// In memory while it is short, then in a file; complete, it is put away if it is large. What can
/// be hashed and compressed before that is, on another thread.
class StreamLog {
 public:
  StreamLog(std::string name, LogKeeping& keeping);
  ~StreamLog();

  void append(std::string_view text);
  /// Nothing more comes. True: it lies where it stays. False: it will, and then `again` is called.
  bool settle(std::function<void()> again);

  /// The record of it; nullopt: it is as it was. Path and attempt are left to the caller.
  std::optional<core::NodeLog> take_record(core::Timestamp now);
  /// A file that nobody needs once the record is written.
  std::optional<SpoolFile> take_spent_file() { return std::exchange(spent_file_, std::nullopt); }

  // Once it is settled.
  /// What of it could not be kept, and why.
  [[nodiscard]] std::optional<core::Failure> loss() const;
  /// It as a text value, without the line ends at its end. `origin`: for who misses it.
  [[nodiscard]] core::Result<core::Value, core::Failure> text(core::ValueOrigin origin) const;

 private:
  struct Storing;

  void begin_file();
  void give_up_file(const core::Error& cause);
  void read_along();
  bool begin_storing();
  [[nodiscard]] core::Result<core::GrowingPayload> open_payload(
      const core::ClaimCheck& claim_check) const;
  [[nodiscard]] std::optional<core::Error> what_failed_on_the_way() const;
  void put_away();
  void settle_as(SettledLog settled);
  void mark(core::Timestamp now);

  std::string name_;
  LogKeeping& keeping_;
  std::size_t longest_in_memory_;
  std::uint64_t size_ = 0;
  std::string content_;                 // all of it, while there is neither of the next two
  std::optional<CapturedLog> excerpt_;  // no file could take it
  std::optional<SpoolFile> file_;
  std::optional<SpoolFile> spent_file_;
  std::shared_ptr<Storing> storing_;  // as soon as somebody reads along
  std::unique_ptr<Background> work_;
  std::function<void()> again_;  // somebody waits for it to be settled
  std::optional<SettledLog> settled_;
  std::vector<core::LogMark> marks_;
  bool has_grown_ = false;
};

}  // namespace goflow::engine
