#include "core/expression/pattern.hpp"

#include "core/base/utf8.hpp"

#include <re2/re2.h>

#include <utility>

namespace goflow::core::expression {

Result<Pattern, std::string> Pattern::compile(std::string_view text) {
  constexpr std::size_t longest = 1000;
  if (utf8::length(text) > longest) return std::string("longer than 1000 characters");
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(std::int64_t{8} << 20U);
  auto compiled = std::make_shared<const RE2>(re2::StringPiece(text.data(), text.size()), options);
  if (!compiled->ok()) return compiled->error();
  return Pattern(std::move(compiled));
}

bool Pattern::found_in(std::string_view text) const {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *compiled_);
}

bool Pattern::matches(std::string_view text) const {
  return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *compiled_);
}

Result<Pattern, std::string> RecentPattern::compile(const std::string& text) {
  if (pattern_ && text == text_) return *pattern_;
  GOFLOW_TRY(pattern_, Pattern::compile(text));
  text_ = text;
  return *pattern_;
}

Pattern::Pattern(std::shared_ptr<const re2::RE2> compiled) : compiled_(std::move(compiled)) {}

}  // namespace goflow::core::expression
