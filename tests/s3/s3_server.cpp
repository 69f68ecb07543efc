#include "tests/s3/s3_server.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace goflow::test {
namespace {

void make_certificate(const std::string& folder) {
  const std::string command =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
      "-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout '" +
      folder + "/key.pem' -out '" + folder + "/certificate.pem' 2>/dev/null";
  if (std::system(command.c_str()) != 0) throw std::runtime_error("no certificate for the test");
}

std::string read_line(int descriptor) {
  std::string line;
  for (char letter = 0; read(descriptor, &letter, 1) == 1 && letter != '\n';) {
    line += letter;
  }
  return line;
}

/// Ends with the test, whatever ends it.
pid_t start_program(const std::vector<std::string>& words, int input, int output) {
  std::vector<char*> arguments;
  for (const std::string& word : words) {
    arguments.push_back(const_cast<char*>(word.c_str()));
  }
  arguments.push_back(nullptr);
  const pid_t process = fork();
  if (process != 0) return process;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  dup2(input, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

}  // namespace

S3Server::S3Server(Scheme scheme) : scheme_(scheme) {
  if (scheme_ == Scheme::https) make_certificate(folder_.path());
  start();
}

std::string S3Server::endpoint() const {
  return (scheme_ == Scheme::https ? "https://127.0.0.1:" : "http://127.0.0.1:") + port_;
}

storage::S3Service S3Server::service() const {
  storage::S3Service service;
  service.endpoint = endpoint();
  service.access_key_id = core::Secret::copy_of("S3RVER");
  service.secret_access_key = core::Secret::copy_of("S3RVER");
  return service;
}

std::string S3Server::tell(const std::string& order) {
  const std::string line = order + "\n";
  if (write(orders_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
    throw std::runtime_error("the S3 server of the test takes no orders");
  }
  return read_line(answers_);
}

void S3Server::lay_objects(const std::string& prefix, const std::set<core::BlobKey>& keys) const {
  const std::string folder = folder_.path() + "/data/bucket/" + prefix;
  std::filesystem::create_directories(folder);
  for (const core::BlobKey& key : keys) {
    const std::string path = folder + key.text() + "._S3rver_object";
    std::ofstream(path).flush();
    // Else it would make this for a thousand files at once, and run out of descriptors.
    std::ofstream(path + ".md5") << "d41d8cd98f00b204e9800998ecf8427e";
  }
}

void S3Server::start() {
  std::array<int, 2> to{};
  std::array<int, 2> from{};
  if (pipe2(to.data(), O_CLOEXEC) != 0 || pipe2(from.data(), O_CLOEXEC) != 0) std::abort();
  // s3rver makes its continuation tokens with a cipher that is out of use everywhere else.
  std::vector<std::string> words{GOFLOW_NODE,
                                 "--openssl-legacy-provider",
                                 GOFLOW_S3_SERVER,
                                 GOFLOW_S3RVER,
                                 folder_.path() + "/data",
                                 port_};
  if (scheme_ == Scheme::https) {
    words.push_back(certificate());
    words.push_back(folder_.path() + "/key.pem");
  }
  process_ = start_program(words, to[0], from[1]);
  close(to[0]);
  close(from[1]);
  orders_ = to[1];
  answers_ = from[0];
  port_ = read_line(answers_);
  if (port_.empty()) throw std::runtime_error("the S3 server of the test does not start");
}

void S3Server::stop() {
  if (process_ < 0) return;
  kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
  process_ = -1;
  close(orders_);
  close(answers_);
}

S3Server& shared_s3_server() {
  static S3Server server;
  return server;
}

}  // namespace goflow::test
