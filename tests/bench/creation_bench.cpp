// Executions created one by one, each its own commit; or bare SQLite writing the same rows.
// Usage: bench_creation pipeline|bare DIRECTORY COUNT
#include "core/execution/pipeline/creation.hpp"
#include "core/workflow/reader.hpp"
#include "storage/sqlite/instance_store.hpp"
#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/sqlite_execution_store.hpp"

#include <sqlite3.h>

#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

using namespace goflow;

const core::SystemClock system_clock;
const std::string definition = R"(
name: nightly
variables: [{name: region, type: string}, {name: limit, type: number, default: 10}]
nodes: [{id: a, run: ls}, {id: b, run: ls}]
)";

template <class T>
T must(core::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

/// The one workflow, read before; it needs no credentials.
class OneWorkflow final : public core::CreationSurroundings {
 public:
  core::Result<core::FoundWorkflow> find_workflow(const std::string&) override {
    return core::FoundWorkflow{&workflow_, &definition};
  }
  core::Result<void> check_credentials(const core::Workflow&,
                                       const core::CredentialBindings&) override {
    return {};
  }
  core::Result<std::unique_ptr<core::RunJournal>> take_over(const core::Execution&) override {
    return core::Error{core::ErrorCode::internal, "nothing is started here"};
  }

 private:
  core::Workflow workflow_ = *core::read_workflow(definition).workflow;
};

void create(const std::string& history, int count) {
  const auto database =
      must(storage::open_history(history, system_clock, [](const std::string&) {}));
  const auto executions = storage::make_execution_store(database);
  const auto instances = storage::make_instance_store(database);
  OneWorkflow surroundings;
  core::NoStepObserver unseen;
  for (int i = 0; i < count; ++i) {
    core::Creation creation;
    creation.request.workflow = "nightly";
    creation.request.inputs = {{"region", "eu"}};
    creation.request.tags = {"daily"};
    creation.request.working_directory = "/home/ann/reports";
    creation.request.created_by = "ann";
    creation.executions = executions.get();
    creation.instances = instances.get();
    creation.clock = &system_clock;
    creation.surroundings = &surroundings;
    must(core::creation_pipeline().run(std::move(creation), unseen));
  }
}

void execute(sqlite3* database, const std::string& sql) {
  if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return;
  throw std::runtime_error(sqlite3_errmsg(database));
}

/// All columns of the first row but its id.
std::string columns_of(sqlite3* database, const char* table) {
  std::string columns;
  const auto append = [](void* list, int, char** values, char**) {
    *static_cast<std::string*>(list) += std::string(", ") + values[0];
    return 0;
  };
  const std::string sql = "SELECT name FROM pragma_table_info('" + std::string(table) +
                          "') WHERE name NOT IN ('id', 'execution_id')";
  if (sqlite3_exec(database, sql.c_str(), append, &columns, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sqlite3_errmsg(database));
  }
  return columns;
}

sqlite3_stmt* prepare(sqlite3* database, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK) {
    return statement;
  }
  throw std::runtime_error(sqlite3_errmsg(database));
}

void step(sqlite3_stmt* statement) {
  if (sqlite3_step(statement) != SQLITE_DONE) throw std::runtime_error("a statement failed");
  sqlite3_reset(statement);
}

/// The rows of the first execution again and again, under other ids.
void copy(const std::string& history, int count) {
  create(history, 1);
  sqlite3* database = nullptr;
  if (sqlite3_open(history.c_str(), &database) != SQLITE_OK) throw std::runtime_error("no history");
  execute(database, "PRAGMA synchronous = NORMAL");
  const std::string run = columns_of(database, "executions");
  const std::string tag = columns_of(database, "execution_tags");
  sqlite3_stmt* statements[] = {
      prepare(database, "BEGIN IMMEDIATE"),
      prepare(database,
              "INSERT INTO executions (id" + run + ") SELECT 'wex-copy-' || ?1" + run +
                  " FROM executions WHERE rowid = 1"),
      prepare(database,
              "INSERT INTO execution_tags (execution_id" + tag + ") SELECT 'wex-copy-' || ?1" +
                  tag + " FROM execution_tags LIMIT 1"),
      prepare(database, "COMMIT")};
  for (int i = 0; i < count; ++i) {
    for (sqlite3_stmt* statement : statements) {
      sqlite3_bind_int(statement, 1, i);
      step(statement);
    }
  }
  for (sqlite3_stmt* statement : statements) {
    sqlite3_finalize(statement);
  }
  sqlite3_close(database);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const std::string directory = argv[2];
  const std::string history = directory + "/goflow.db";
  try {
    std::filesystem::remove_all(directory);
    std::filesystem::create_directories(directory);
    const bool is_bare = std::string_view(argv[1]) == "bare";
    (is_bare ? copy : create)(history, std::stoi(argv[3]));
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "%s\n", fault.what());
    return 1;
  }
  return 0;
}
