#include "engine/loop/child_process.hpp"

#include "core/base/descriptor.hpp"
#include "engine/loop/spawn.hpp"
#include "engine/loop/timer.hpp"
#include "engine/loop/uv_close.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <optional>
#include <utility>

namespace goflow::engine {
namespace {

using core::Descriptor;

constexpr std::chrono::seconds grace_after_terminate{5};
constexpr std::chrono::seconds grace_for_pipes{1};

struct Pipe {
  Descriptor read_end;
  Descriptor write_end;
};

core::Result<Pipe, StartFailure> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    return StartFailure{126, "cannot make a pipe: " + core::errno_text(errno)};
  }
  Pipe pipe;
  pipe.read_end = Descriptor(ends[0]);
  pipe.write_end = Descriptor(ends[1]);
  return pipe;
}

core::Result<Descriptor, StartFailure> open_input(const std::string& path) {
  Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.is_open()) return file;
  return StartFailure{126, "cannot read '" + path + "': " + core::errno_text(errno)};
}

UvHandle<uv_pipe_t> open_pipe(EventLoop& loop, Descriptor descriptor, void* data) {
  UvHandle<uv_pipe_t> handle(new uv_pipe_t);
  uv_pipe_init(loop.native(), handle.get(), 0);
  uv_pipe_open(handle.get(), descriptor.release());
  handle->data = data;
  return handle;
}

enum class MoreInput { follows, never };

/// Feeds the child's standard input as fast as the child takes it, then closes it.
class InputFeed {
 public:
  InputFeed(EventLoop& loop, Descriptor descriptor)
      : pipe_(open_pipe(loop, std::move(descriptor), this)) {}
  InputFeed(const InputFeed&) = delete;
  InputFeed& operator=(const InputFeed&) = delete;
  ~InputFeed() { close(); }

  void write(std::string bytes, MoreInput more) {
    if (!pipe_) return;
    auto* write = new Write{{}, std::move(bytes), more};
    write->request.data = write;
    const uv_buf_t buffer =
        uv_buf_init(write->bytes.data(), static_cast<unsigned>(write->bytes.size()));
    auto* stream = reinterpret_cast<uv_stream_t*>(pipe_.get());
    uv_write(&write->request, stream, &buffer, 1, [](uv_write_t* request, int status) {
      const std::unique_ptr<Write> done(static_cast<Write*>(request->data));
      auto* feed = static_cast<InputFeed*>(request->handle->data);
      const bool goes_on = status == 0 && done->more == MoreInput::follows;
      if (feed != nullptr && !goes_on) feed->close();
    });
  }

 private:
  // Outlives the feed if need be: libuv lets go of it a turn after the pipe was closed.
  struct Write {
    uv_write_t request;
    std::string bytes;
    MoreInput more;
  };

  /// Writes that are done or given up may be told of after this, when the feed itself may be gone.
  void close() {
    if (pipe_) pipe_->data = nullptr;
    pipe_.reset();
  }

  UvHandle<uv_pipe_t> pipe_;
};

class RunningChild final : public ChildProcess {
 public:
  RunningChild(EventLoop& loop, pid_t pid, ChildEvents events)
      : children_(loop.children()),
        pid_(pid),
        events_(std::move(events)),
        patience_(loop, [this] { lose_patience(); }) {
    children_.watch(pid_, [this](const ChildEnd& end) { process_ended(end); });
  }

  ~RunningChild() override {
    if (is_finished_) return;
    kill();
    children_.reap(pid_);
  }

  void read(EventLoop& loop, Descriptor out, Descriptor err) {
    out_ = open_pipe(loop, std::move(out), this);
    err_ = open_pipe(loop, std::move(err), this);
    start_reading(*out_);
    start_reading(*err_);
  }

  void feed(EventLoop& loop, Descriptor in, std::string bytes, MoreInput more) {
    input_ = std::make_unique<InputFeed>(loop, std::move(in));
    if (!bytes.empty()) input_->write(std::move(bytes), more);
  }

  void write(std::string bytes) override {
    if (input_) input_->write(std::move(bytes), MoreInput::follows);
  }

  void close_input() override {
    if (input_) input_->write({}, MoreInput::never);
  }

  void terminate() override {
    if (end_ || patience_.is_running()) return;
    signal_group(SIGTERM);
    patience_.start(grace_after_terminate);
  }

  void kill() override {
    if (!is_finished_) signal_group(SIGKILL);
  }

  [[nodiscard]] pid_t group() const override { return pid_; }

 private:
  void signal_group(int signal) const { ::kill(-pid_, signal); }

  void start_reading(uv_pipe_t& pipe) {
    uv_read_start(
        reinterpret_cast<uv_stream_t*>(&pipe),
        [](uv_handle_t* handle, std::size_t, uv_buf_t* buffer) {
          auto& place = static_cast<RunningChild*>(handle->data)->children_.read_buffer();
          *buffer = uv_buf_init(place.data(), static_cast<unsigned>(place.size()));
        },
        [](uv_stream_t* stream, ssize_t size, const uv_buf_t* buffer) {
          auto& child = *static_cast<RunningChild*>(stream->data);
          const bool is_out = stream == reinterpret_cast<uv_stream_t*>(child.out_.get());
          const ChildStream which = is_out ? ChildStream::out : ChildStream::err;
          if (size > 0) {
            child.events_.on_output(which, {buffer->base, static_cast<std::size_t>(size)});
          } else if (size < 0) {
            (is_out ? child.out_ : child.err_).reset();
            child.fell_silent(which);
          }
        });
  }

  void fell_silent(ChildStream which) {
    if (events_.on_silence) events_.on_silence(which);
    finish_when_all_is_read();
  }

  void process_ended(const ChildEnd& end) {
    end_ = end;
    input_.reset();
    patience_.start(grace_for_pipes);
    finish_when_all_is_read();
  }

  void finish_when_all_is_read() {
    if (end_ && !out_ && !err_) finish();
  }

  // Either the process does not heed SIGTERM, or others keep its pipes open after its end.
  void lose_patience() {
    if (end_) {
      finish();
    } else {
      kill();
    }
  }

  void finish() {
    patience_.stop();
    out_.reset();
    err_.reset();
    kill();
    is_finished_ = true;
    children_.reap(pid_);
    const auto on_end = std::move(events_.on_end);
    on_end(*end_);  // may destroy this
  }

  Children& children_;
  pid_t pid_;
  ChildEvents events_;
  Timer patience_;
  std::unique_ptr<InputFeed> input_;
  UvHandle<uv_pipe_t> out_;
  UvHandle<uv_pipe_t> err_;
  std::optional<ChildEnd> end_;
  bool is_finished_ = false;
};

}  // namespace

core::Result<std::unique_ptr<ChildProcess>, StartFailure> ChildProcess::start(EventLoop& loop,
                                                                              ChildCommand command,
                                                                              ChildEvents events) {
  Pipe in;
  Descriptor file;
  if (!command.input_file.empty()) {
    GOFLOW_TRY(file, open_input(command.input_file));
  }
  const bool has_input = !command.input.empty() || command.keeps_input_open;
  if (has_input) {
    GOFLOW_TRY(in, make_pipe());
  }
  GOFLOW_TRY(Pipe out, make_pipe());
  GOFLOW_TRY(Pipe err, make_pipe());
  Children& children = loop.children();
  children.listen();
  const int input = has_input        ? in.read_end.get()
                    : file.is_open() ? file.get()
                                     : children.null_device();
  GOFLOW_TRY(const pid_t pid,
             spawn(command, ChildDescriptors{input, out.write_end.get(), err.write_end.get()}));
  auto child = std::make_unique<RunningChild>(loop, pid, std::move(events));
  child->read(loop, std::move(out.read_end), std::move(err.read_end));
  const MoreInput more = command.keeps_input_open ? MoreInput::follows : MoreInput::never;
  if (has_input) child->feed(loop, std::move(in.write_end), std::move(command.input), more);
  return std::unique_ptr<ChildProcess>(std::move(child));
}

}  // namespace goflow::engine
