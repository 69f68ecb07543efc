// The language of manual pages, as far as ours need it.
#pragma once

#include <string>
#include <string_view>

namespace goflow::cli::mdoc {

/// "exec list" → "goflow-exec-list"
std::string page_name(std::string_view path);
/// All that stands above the first section of its own; `name` as of page_name().
std::string page_head(const std::string& name, int section, std::string_view summary);

std::string heading(std::string_view title);
/// Each sentence on a line of its own, as mdoc wants it, and none too long for an editor.
std::string paragraphs(std::string_view text);
/// As a sentence, with a capital and a full stop.
std::string sentence(std::string text);
/// Set as it stands, line by line.
std::string literal(std::string_view text);

/// One entry of a list; `macro` is what stands behind `.It`.
std::string item(const std::string& macro, std::string_view meaning);
std::string list(const std::string& items);
/// The section's list, or nothing where the list is empty.
std::string section(std::string_view title, const std::string& items);

/// Text on a line of its own: nothing in it is a macro or an escape.
std::string escaped(std::string_view text);
/// Words behind a macro, none of which is read as a macro itself.
std::string quoted(std::string_view text);

}  // namespace goflow::cli::mdoc
