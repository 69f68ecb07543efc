#include "engine/interpreter/variables.hpp"

namespace goflow::engine {

Variables Variables::copy_for(std::string path) const {
  Variables copy = *this;
  copy.changes_.clear();
  copy.path_ = std::move(path);
  return copy;
}

void Variables::assign(Slot slot, core::Value value) {
  changes_.insert_or_assign(slot, value);
  values_[slot] = std::move(value);
}

}  // namespace goflow::engine
