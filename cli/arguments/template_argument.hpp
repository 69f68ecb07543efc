// Which template is meant, and what it is given.
#pragma once

#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/template/arguments.hpp"
#include "core/template/template.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace goflow::cli {

struct TemplateSource {
  std::string id;
  std::string text;
  bool is_built_in = false;
};

/// All that can be used, by id: the user's own, and those built in that they do not replace.
core::Result<std::vector<TemplateSource>> list_templates(Context& context);

/// not_found, with the nearest names, when there is none.
core::Result<TemplateSource> find_template(const std::string& id, Context& context);

/// k=v, k=@file or k:=JSON.
core::Result<core::TemplateArgument> read_template_argument(const std::string& written,
                                                            Context& context);

}  // namespace goflow::cli
