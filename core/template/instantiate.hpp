// Makes a workflow out of a template.
#pragma once

#include "core/template/template.hpp"
#include "core/value/value.hpp"

#include <string>

namespace goflow::core {

/// The content of a workflow file. `arguments` are those of resolve_arguments. Whether it is a
/// valid workflow remains to be seen by reading it.
Object instantiate(const Template& from, const std::string& name, const Object& arguments);

}  // namespace goflow::core
