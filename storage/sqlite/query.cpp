#include "storage/sqlite/query.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cassert>

namespace goflow::storage {

Query::~Query() {
  statement_.tryReset();
}

bool Query::next() {
  assert(parameter_ == statement_.getBindParameterCount());
  column_ = 0;
  return statement_.executeStep();
}

int Query::run() {
  assert(parameter_ == statement_.getBindParameterCount());
  const int changed = statement_.exec();
  statement_.reset();
  parameter_ = 0;
  return changed;
}

std::string Query::text() {
  return statement_.getColumn(column_++).getString();
}

std::optional<std::string> Query::optional_text() {
  const SQLite::Column column = statement_.getColumn(column_++);
  if (column.isNull()) return std::nullopt;
  return column.getString();
}

std::int64_t Query::integer() {
  return statement_.getColumn(column_++).getInt64();
}

void Query::bind_next(std::nullptr_t) {
  statement_.bind(++parameter_);
}
void Query::bind_next(std::int64_t number) {
  statement_.bind(++parameter_, number);
}
void Query::bind_next(const std::string& text) {
  statement_.bind(++parameter_, text);
}

}  // namespace goflow::storage
