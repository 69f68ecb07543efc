#include "tests/support/test_keyring.hpp"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <vector>

namespace goflow::test {
namespace {

using namespace std::chrono_literals;

/// A program that ends with the test, whatever ends it.
pid_t start_program(const std::vector<std::string>& words, int input, int output) {
  std::vector<char*> arguments;
  for (const std::string& word : words) {
    arguments.push_back(const_cast<char*>(word.c_str()));
  }
  arguments.push_back(nullptr);
  const pid_t process = fork();
  if (process != 0) return process;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int nothing = open("/dev/null", O_RDWR);
  dup2(input >= 0 ? input : nothing, STDIN_FILENO);
  dup2(output >= 0 ? output : nothing, STDOUT_FILENO);
  dup2(nothing, STDERR_FILENO);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

struct Pipe {
  Pipe() {
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  }
  ~Pipe() {
    close_write();
    close(ends[0]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  void close_write() {
    if (ends[1] >= 0) close(ends[1]);
    ends[1] = -1;
  }
  std::array<int, 2> ends{-1, -1};
};

bool write_all(int descriptor, std::string_view text) {
  return write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

std::string read_line(int descriptor) {
  std::string line;
  for (char letter = 0; read(descriptor, &letter, 1) == 1 && letter != '\n';) {
    line += letter;
  }
  return line;
}

/// Unlike the usual one it starts nothing by itself.
constexpr const char* bus_settings = R"(<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
)";
constexpr const char* end_of_bus_settings = "</policy></busconfig>\n";

class Bus {
 public:
  Bus() {
    write_settings("");
    Pipe told;
    process_ = start_program(
        {"dbus-daemon", "--nofork", "--print-address", "--config-file=" + file_}, -1, told.ends[1]);
    told.close_write();
    address_ = read_line(told.ends[0]);
    setenv("DBUS_SESSION_BUS_ADDRESS", address_.c_str(), 1);
  }
  ~Bus() {
    ::kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  Bus(const Bus&) = delete;
  Bus& operator=(const Bus&) = delete;

  [[nodiscard]] const std::string& address() const { return address_; }
  void write_settings(const std::string& rule) const {
    std::ofstream(file_) << bus_settings << rule << end_of_bus_settings;
  }

 private:
  TempDir folder_;
  const std::string file_ = folder_.path() + "/bus.conf";
  pid_t process_ = -1;
  std::string address_;
};

const Bus& the_bus() {
  static const Bus bus;
  return bus;
}

void change_bus(const std::string& rule) {
  the_bus().write_settings(rule);
  output_of(
      "dbus-send --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.ReloadConfig");
}

bool is_service_owned() {
  return output_of(
             "dbus-send --print-reply --dest=org.freedesktop.DBus / "
             "org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets")
             .find("true") != std::string::npos;
}

void wait_for_service(bool is_owned) {
  for (int i = 0; i < 1'000; ++i) {
    if (is_service_owned() == is_owned) return;
    std::this_thread::sleep_for(10ms);
  }
  throw std::runtime_error("the keyring of the test does not start or end");
}

bool has_program(const char* name) {
  return std::filesystem::exists(std::string("/usr/bin/") + name);
}

}  // namespace

bool can_have_keyring() {
  return has_program("dbus-daemon") && has_program("dbus-send") &&
         has_program("gnome-keyring-daemon");
}

credentials::SessionBus test_bus() {
  return {.address = the_bus().address()};
}

DeniedCall::DeniedCall(const std::string& function, const std::string& interface) {
  change_bus("<deny send_destination='org.freedesktop.secrets' send_interface='" + interface +
             "' send_member='" + function + "'/>");
}

DeniedCall::~DeniedCall() {
  change_bus("");
}

void TestKeyring::restart_locked() {
  end();
  start(false);
}

void TestKeyring::restart_unlocked() {
  end();
  start(true);
}

void TestKeyring::restart_empty() {
  end();
  std::filesystem::remove_all(home_.path() + "/.local");
  start(false);
}

void TestKeyring::send(int signal) const {
  ::kill(daemon_, signal);
}

void TestKeyring::kill_during(const std::function<void()>& call) {
  send(SIGSTOP);
  std::atomic<bool> has_begun = false;
  const std::jthread caller([&] {
    has_begun = true;
    has_begun.notify_one();
    call();
  });
  has_begun.wait(false);
  std::this_thread::sleep_for(std::chrono::milliseconds{100});  // so that the call is under way
  kill();
}

void TestKeyring::kill() {
  send(SIGKILL);
  waitpid(daemon_, nullptr, 0);
  daemon_ = -1;
  wait_for_service(false);
}

void TestKeyring::start(bool gives_password) {
  test_bus();
  Pipe password;
  if (gives_password && !write_all(password.ends[1], keyring_password)) {
    throw std::runtime_error("the keyring of the test takes no password");
  }
  password.close_write();
  std::vector<std::string> words{"env",
                                 "-u",
                                 "XDG_RUNTIME_DIR",
                                 "-u",
                                 "XDG_DATA_HOME",
                                 "-u",
                                 "DISPLAY",
                                 "HOME=" + home_.path(),
                                 "gnome-keyring-daemon",
                                 "--foreground",
                                 "--components=secrets"};
  if (gives_password) words.emplace_back("--unlock");
  daemon_ = start_program(words, password.ends[0], -1);
  wait_for_service(true);
}

void TestKeyring::end() {
  if (daemon_ < 0) return;
  send(SIGCONT);
  send(SIGTERM);
  waitpid(daemon_, nullptr, 0);
  daemon_ = -1;
  wait_for_service(false);
}

std::string output_of(const std::string& command, const std::string& input) {
  const TempDir folder;
  const std::string file = folder.path() + "/input";
  std::ofstream(file) << input;
  FILE* said = popen((command + " < '" + file + "' 2>/dev/null").c_str(), "r");
  std::string output;
  std::array<char, 4096> chunk{};
  while (const std::size_t got = fread(chunk.data(), 1, chunk.size(), said)) {
    output.append(chunk.data(), got);
  }
  pclose(said);
  return output;
}

}  // namespace goflow::test
