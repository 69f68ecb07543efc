#include "cli/io/output.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace goflow::cli {
namespace {

constexpr std::size_t much = 65536;

/// A child that shares the terminal may have made it non-blocking.
void wait_until_writable(int descriptor) {
  pollfd writable{descriptor, POLLOUT, 0};
  poll(&writable, 1, -1);
}

}  // namespace

void Output::appear(bool is_terminal, Style style) {
  is_terminal_ = is_terminal;
  style_ = style;
}

void Output::write(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() >= much) flush();
}

void Output::write_secret(std::string_view bytes) {
  if (descriptor_ == nowhere) return write(bytes);
  flush();
  send(bytes);
}

void Output::line(std::string_view text) {
  buffer_ += text;
  write("\n");
}

void Output::flush() {
  if (descriptor_ == nowhere || buffer_.empty()) return;
  if (earlier_ != nullptr) earlier_->flush();
  send(buffer_);
  buffer_.clear();
}

core::Result<void> Output::finish() {
  flush();
  if (error_number_ == 0 || reader_is_gone()) return {};
  return core::Error{core::ErrorCode::unavailable,
                     "cannot write the output: " + core::errno_text(error_number_)};
}

bool Output::reader_is_gone() const {
  if (error_number_ != 0 || descriptor_ == nowhere) return error_number_ == EPIPE;
  pollfd broken{descriptor_, 0, 0};
  return poll(&broken, 1, 0) == 1 && (broken.revents & (POLLERR | POLLHUP)) != 0;
}

void Output::send(std::string_view bytes) {
  while (error_number_ == 0 && !bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      wait_until_writable(descriptor_);
    } else if (errno != EINTR) {
      error_number_ = errno;
    }
  }
}

}  // namespace goflow::cli
