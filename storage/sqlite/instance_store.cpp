#include "storage/sqlite/instance_store.hpp"

#include "core/execution/audit_document.hpp"
#include "core/value/json.hpp"
#include "storage/sqlite/documents.hpp"
#include "storage/sqlite/query.hpp"
#include "storage/sqlite/rows.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace goflow::storage {
namespace {

using core::Instance;
using core::Result;

constexpr std::string_view insert_row = R"sql(
INSERT INTO instances (id, name, slug, workflow_id, description, inputs, env, credentials, labels,
    audit, created_at)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11))sql";

constexpr std::string_view update_row = R"sql(
UPDATE instances SET name = ?2, description = ?3, inputs = ?4, env = ?5, credentials = ?6,
    labels = ?7, audit = ?8
  WHERE id = ?1)sql";

constexpr std::string_view select_holder = R"sql(
SELECT id, name, slug FROM instances WHERE id = ?1 OR slug = ?2 ORDER BY id = ?1 DESC LIMIT 1)sql";

constexpr std::string_view select_unended_run = R"sql(
SELECT id, status FROM executions
  WHERE instance_id = ?1 AND status IN ('pending', 'running', 'waiting')
  ORDER BY created_at DESC, id DESC LIMIT 1)sql";

constexpr std::string_view upsert_default = R"sql(
INSERT INTO workflow_status (workflow_id, default_instance_id, updated_at) VALUES (?1, ?2, ?3)
  ON CONFLICT (workflow_id) DO UPDATE
    SET default_instance_id = excluded.default_instance_id, updated_at = excluded.updated_at)sql";

std::string select_instances(std::string_view rest) {
  return "SELECT id, name, slug, workflow_id, description, inputs, env, credentials, labels, "
         "audit, created_at FROM instances " +
         std::string(rest);
}

Instance read_instance(Query& row) {
  Instance instance;
  instance.id = row.text();
  instance.name = row.text();
  instance.slug = row.text();
  instance.workflow_id = row.text();
  instance.description = row.text();
  instance.inputs = read_object(row);
  instance.env = read_text_map(row);
  instance.credentials = read_bindings(read_json(row));
  instance.labels = read_text_map(row);
  instance.audit = read_trail(read_json(row));
  instance.created_at = read_time(row);
  return instance;
}

// A float that is whole has to be one again.
std::string inputs_column(const core::Object& inputs) {
  return core::to_json(inputs, core::FloatForm::typed);
}

class SqliteInstanceStore final : public core::InstanceStore {
 public:
  explicit SqliteInstanceStore(std::shared_ptr<Database> database)
      : database_(std::move(database)) {}

  Result<void> create(const Instance& instance) override {
    return database_->write([&] { return create_now(instance); });
  }

  Result<std::optional<Instance>> find(const std::string& id_or_slug) override {
    return database_->read(
        [&]() -> Result<std::optional<Instance>> { return find_now(id_or_slug); });
  }

  Result<std::vector<Instance>> list(const std::optional<std::string>& workflow_id) override {
    return database_->read([&]() -> Result<std::vector<Instance>> {
      Query rows(*database_,
                 select_instances("WHERE workflow_id = coalesce(?1, workflow_id) "
                                  "ORDER BY workflow_id, created_at, id"));
      rows.bind(workflow_id);
      std::vector<Instance> instances;
      while (rows.next()) {
        instances.push_back(read_instance(rows));
      }
      return instances;
    });
  }

  Result<Instance> update(const std::string& id,
                          const std::function<Result<void>(Instance&)>& change) override {
    return database_->write([&] { return update_now(id, change); });
  }

  Result<void> remove(const std::string& id) override {
    return database_->write([&] { return remove_now(id); });
  }

  Result<std::optional<std::string>> default_of(const std::string& workflow_id) override {
    return database_->read([&]() -> Result<std::optional<std::string>> {
      Query row(*database_,
                "SELECT default_instance_id FROM workflow_status WHERE workflow_id = ?1");
      if (!row.bind(workflow_id).next()) return std::optional<std::string>();
      return row.optional_text();
    });
  }

  Result<void> set_default(const std::string& workflow_id,
                           const std::string& instance_id,
                           core::Timestamp now) override {
    return database_->write([&]() -> Result<void> {
      Query(*database_, upsert_default).bind(workflow_id, instance_id, now).run();
      return {};
    });
  }

 private:
  Result<void> create_now(const Instance& instance) {
    Query holder(*database_, select_holder);
    if (holder.bind(instance.id, instance.slug).next()) {
      Instance other;
      other.id = holder.text();
      other.name = holder.text();
      other.slug = holder.text();
      return core::instance_exists(other);
    }
    Query(*database_, insert_row)
        .bind(instance.id,
              instance.name,
              instance.slug,
              instance.workflow_id,
              instance.description,
              inputs_column(instance.inputs),
              core::to_json(to_object(instance.env)),
              core::to_json(bindings_document(instance.credentials)),
              core::to_json(to_object(instance.labels)),
              core::to_json(core::to_document(instance.audit)),
              instance.created_at)
        .run();
    return {};
  }

  std::optional<Instance> find_now(const std::string& id_or_slug) {
    Query row(*database_,
              select_instances("WHERE id = ?1 OR slug = ?1 ORDER BY id = ?1 DESC LIMIT 1"));
    if (!row.bind(id_or_slug).next()) return std::nullopt;
    return read_instance(row);
  }

  std::optional<Instance> find_by_id(const std::string& id) {
    Query row(*database_, select_instances("WHERE id = ?1"));
    if (!row.bind(id).next()) return std::nullopt;
    return read_instance(row);
  }

  Result<Instance> update_now(const std::string& id,
                              const std::function<Result<void>(Instance&)>& change) {
    std::optional<Instance> instance = find_by_id(id);
    if (!instance) return core::no_instance(id);
    GOFLOW_TRY(change(*instance));
    Query(*database_, update_row)
        .bind(id,
              instance->name,
              instance->description,
              inputs_column(instance->inputs),
              core::to_json(to_object(instance->env)),
              core::to_json(bindings_document(instance->credentials)),
              core::to_json(to_object(instance->labels)),
              core::to_json(core::to_document(instance->audit)))
        .run();
    return *find_by_id(id);
  }

  Result<void> remove_now(const std::string& id) {
    const std::optional<Instance> instance = find_by_id(id);
    if (!instance) return core::no_instance(id);
    Query run(*database_, select_unended_run);
    if (run.bind(id).next()) {
      core::Execution execution;
      execution.id = run.text();
      execution.status = read_execution_status(run);
      return core::instance_in_use(*instance, execution);
    }
    Query(*database_, "DELETE FROM instances WHERE id = ?1").bind(id).run();
    return {};
  }

  std::shared_ptr<Database> database_;
};

}  // namespace

std::unique_ptr<core::InstanceStore> make_instance_store(std::shared_ptr<Database> database) {
  return std::make_unique<SqliteInstanceStore>(std::move(database));
}

}  // namespace goflow::storage
