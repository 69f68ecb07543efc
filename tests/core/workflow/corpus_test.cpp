#include "core/workflow/reader.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace goflow::core;

namespace {

const std::filesystem::path corpus = std::filesystem::path(GOFLOW_SOURCE_DIR) / "tests/workflows";

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::filesystem::path> files_in(const std::string& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(corpus / folder)) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// The files of 'stored' are stored, and one server is registered.
class CorpusSurroundings final : public Surroundings {
 public:
  [[nodiscard]] std::optional<std::string> workflow(const std::string& id) const override {
    const std::filesystem::path file = corpus / "stored" / (id + ".yaml");
    if (!std::filesystem::exists(file)) return std::nullopt;
    return content_of(file);
  }
  [[nodiscard]] std::vector<std::string> workflow_ids() const override {
    std::vector<std::string> ids;
    for (const auto& file : files_in("stored")) {
      ids.push_back(file.stem().string());
    }
    return ids;
  }
  [[nodiscard]] std::vector<std::string> server_ids() const override { return {"registered"}; }
};

/// "error: duplicate-key.yaml:3:1: …", each with its rule in front.
std::string rendered(const std::filesystem::path& file) {
  const std::string text = content_of(file);
  std::string all;
  for (const Diagnostic& diagnostic : read_workflow(text, CorpusSurroundings()).diagnostics) {
    all += "V" + std::to_string(diagnostic.rule) + " " + diagnostic.code + "\n";
    all += render(diagnostic, file.filename().string(), text);
  }
  return all;
}

}  // namespace

TEST_CASE("every broken workflow gets exactly the sentences beside it") {
  const auto files = files_in("invalid");
  CHECK(files.size() >= 80);
  for (const auto& file : files) {
    CAPTURE(file.filename().string());
    const std::string expected =
        content_of(std::filesystem::path(file).replace_extension(".expected"));
    CHECK(rendered(file) == expected);
    CHECK_FALSE(expected.empty());
  }
}

TEST_CASE("every sound workflow is read without a word") {
  const auto files = files_in("valid");
  CHECK_FALSE(files.empty());
  for (const auto& file : files) {
    CAPTURE(file.filename().string());
    CHECK(rendered(file) == "");
    CHECK(read_workflow(content_of(file)).workflow.has_value());
  }
}
