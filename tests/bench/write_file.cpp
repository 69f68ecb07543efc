// What it costs at least to put a file durably in the place of another.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <string>

namespace {

bool copy(int source, int target) {
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t got = read(source, buffer.data(), buffer.size());
    if (got <= 0) return got == 0;
    if (write(target, buffer.data(), static_cast<std::size_t>(got)) != got) return false;
  }
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) return 2;
  const std::string folder = words[2];
  const std::string path = folder + "/" + words[3];
  const std::string temporary = path + ".new";
  const int source = open(words[1], O_RDONLY | O_CLOEXEC);
  const int target = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (source < 0 || target < 0 || !copy(source, target) || fsync(target) != 0) return 1;
  if (std::rename(temporary.c_str(), path.c_str()) != 0) return 1;
  const int directory = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return directory >= 0 && fsync(directory) == 0 ? 0 : 1;
}
