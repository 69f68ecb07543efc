#include "core/workflow/form.hpp"

#include <algorithm>

namespace goflow::core {

const Key* find_key(const Keys& keys, std::string_view name) {
  const auto found =
      std::find_if(keys.begin(), keys.end(), [name](const Key& key) { return key.name == name; });
  return found == keys.end() ? nullptr : &*found;
}

namespace forms {
namespace {

Form plain(Form::Kind kind) {
  Form form;
  form.kind = kind;
  return form;
}

Form with_parts(Form::Kind kind, std::vector<Form> parts) {
  Form form = plain(kind);
  form.parts = std::move(parts);
  return form;
}

}  // namespace

Form anything() {
  return plain(Form::Kind::anything);
}

Form nothing() {
  return plain(Form::Kind::nothing);
}

Form text() {
  return plain(Form::Kind::text);
}

Form text_like(std::string_view pattern) {
  Form form = text();
  form.pattern = pattern;
  return form;
}

Form expression() {
  return plain(Form::Kind::expression);
}

Form boolean() {
  return plain(Form::Kind::boolean);
}

Form number(std::int64_t least, std::optional<std::int64_t> most) {
  Form form = plain(Form::Kind::number);
  form.least = least;
  form.most = most;
  return form;
}

Form whole(std::int64_t least, std::int64_t most) {
  Form form = plain(Form::Kind::whole);
  form.least = least;
  if (most < std::numeric_limits<std::int64_t>::max()) form.most = most;
  return form;
}

Form duration() {
  return plain(Form::Kind::duration);
}

Form placeholder() {
  return text_like("[$][{]");
}

Form one_of(std::vector<std::string_view> words) {
  Form form = plain(Form::Kind::word);
  form.words = std::move(words);
  return form;
}

Form list_of(Form item) {
  return with_parts(Form::Kind::list, {std::move(item)});
}

Form map_of(Form value) {
  return with_parts(Form::Kind::map, {std::move(value)});
}

Form object(const Keys& (*keys)()) {
  Form form = plain(Form::Kind::object);
  form.keys = keys;
  return form;
}

Form either(std::vector<Form> forms) {
  return with_parts(Form::Kind::either, std::move(forms));
}

Form some(const Form& item) {
  return either({item, list_of(item)});
}

Form node() {
  return plain(Form::Kind::node);
}

Form sequence() {
  return plain(Form::Kind::sequence);
}

}  // namespace forms
}  // namespace goflow::core
