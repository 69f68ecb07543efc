#include "engine/jq/library.hpp"

#include "core/base/shared_library.hpp"

namespace goflow::engine {
namespace {

core::Result<JqLibrary> load() {
  GOFLOW_TRY(auto library, core::SharedLibrary::open("libjq.so.1"));
  JqLibrary jq;
  library.bind("jq_init", jq.init)
      .bind("jq_set_error_cb", jq.set_error_cb)
      .bind("jq_compile", jq.compile)
      .bind("jq_start", jq.start)
      .bind("jq_next", jq.next)
      .bind("jq_teardown", jq.teardown)
      .bind("jq_format_error", jq.format_error)
      .bind("jv_parse_sized", jq.parse_sized)
      .bind("jv_get_kind", jq.get_kind)
      .bind("jv_copy", jq.copy)
      .bind("jv_free", jq.free)
      .bind("jv_invalid_has_msg", jq.invalid_has_msg)
      .bind("jv_invalid_get_msg", jq.invalid_get_msg)
      .bind("jv_number_value", jq.number_value)
      .bind("jv_string_value", jq.string_value)
      .bind("jv_string_length_bytes", jq.string_length_bytes)
      .bind("jv_array_length", jq.array_length)
      .bind("jv_array_get", jq.array_get)
      .bind("jv_object_iter", jq.object_iter)
      .bind("jv_object_iter_next", jq.object_iter_next)
      .bind("jv_object_iter_valid", jq.object_iter_valid)
      .bind("jv_object_iter_key", jq.object_iter_key)
      .bind("jv_object_iter_value", jq.object_iter_value)
      .bind("jv_dump_string", jq.dump_string);
  GOFLOW_TRY(library.check());
  return jq;
}

}  // namespace

core::Result<JqLibrary> load_jq_library() {
  auto library = load();
  if (library) return *library;
  return core::Error{core::ErrorCode::unavailable, "needs libjq: " + library.error().message}
      .with_hint("install it: apt install libjq1");
}

}  // namespace goflow::engine
