// A file that is made from declarations.
#pragma once

#include <string>

namespace goflow::cli {

struct GeneratedFile {
  std::string name;
  std::string content;
};

}  // namespace goflow::cli
