// libjq, loaded when the first jq program is looked at.
#pragma once

#include "core/base/result.hpp"

extern "C" {
#include <jq.h>
}

// The header has a static function that calls this one; unoptimized, nobody calls it but the
// linker.
#pragma weak jv_get_kind

namespace goflow::engine {

/// The functions that goflow calls; the header gives their types, and nothing is linked.
struct JqLibrary {
  decltype(&::jq_init) init = nullptr;
  decltype(&::jq_set_error_cb) set_error_cb = nullptr;
  decltype(&::jq_compile) compile = nullptr;
  decltype(&::jq_start) start = nullptr;
  decltype(&::jq_next) next = nullptr;
  decltype(&::jq_teardown) teardown = nullptr;
  decltype(&::jq_format_error) format_error = nullptr;
  decltype(&::jv_parse_sized) parse_sized = nullptr;
  decltype(&::jv_get_kind) get_kind = nullptr;
  decltype(&::jv_copy) copy = nullptr;
  decltype(&::jv_free) free = nullptr;
  decltype(&::jv_invalid_has_msg) invalid_has_msg = nullptr;
  decltype(&::jv_invalid_get_msg) invalid_get_msg = nullptr;
  decltype(&::jv_number_value) number_value = nullptr;
  decltype(&::jv_string_value) string_value = nullptr;
  decltype(&::jv_string_length_bytes) string_length_bytes = nullptr;
  decltype(&::jv_array_length) array_length = nullptr;
  decltype(&::jv_array_get) array_get = nullptr;
  decltype(&::jv_object_iter) object_iter = nullptr;
  decltype(&::jv_object_iter_next) object_iter_next = nullptr;
  decltype(&::jv_object_iter_valid) object_iter_valid = nullptr;
  decltype(&::jv_object_iter_key) object_iter_key = nullptr;
  decltype(&::jv_object_iter_value) object_iter_value = nullptr;
  decltype(&::jv_dump_string) dump_string = nullptr;
};

/// The Error says how to install it.
core::Result<JqLibrary> load_jq_library();

}  // namespace goflow::engine
