# The libraries of others. All are Debian packages, see packages.txt. A static archive is preferred
# where there is one: every shared library costs each start of goflow a tenth of a millisecond.

find_package(Threads REQUIRED)

function(goflow_dependency name header)
  set(libraries "")
  foreach(library IN LISTS ARGN)
    find_library(${library}_PATH NAMES lib${library}.a ${library})
    if(NOT ${library}_PATH)
      message(FATAL_ERROR "lib${library} is missing; 'make setup' installs what goflow needs")
    endif()
    list(APPEND libraries ${${library}_PATH})
  endforeach()
  find_path(${name}_INCLUDE ${header})
  if(NOT ${name}_INCLUDE)
    message(FATAL_ERROR "<${header}> is missing; 'make setup' installs what goflow needs")
  endif()
  add_library(goflow_${name} INTERFACE)
  target_link_libraries(goflow_${name} INTERFACE ${libraries})
  target_include_directories(goflow_${name} SYSTEM INTERFACE ${${name}_INCLUDE})
endfunction()

goflow_dependency(absl_time absl/time/time.h absl_time absl_time_zone absl_civil_time absl_strings
  absl_strings_internal absl_int128 absl_throw_delegate absl_base absl_raw_logging_internal
  absl_spinlock_wait absl_log_severity)
goflow_dependency(cli11 CLI/CLI.hpp)
goflow_dependency(curl curl/curl.h)  # only its header: it is loaded when it is used
goflow_dependency(doctest doctest/doctest.h)
goflow_dependency(fmt fmt/format.h)
goflow_dependency(gcrypt gcrypt.h gcrypt gpg-error)
goflow_dependency(jq jq.h)  # likewise
goflow_dependency(nlohmann_json nlohmann/json.hpp)
goflow_dependency(pugixml pugixml.hpp pugixml)
goflow_dependency(re2 re2/re2.h re2)
goflow_dependency(sodium sodium.h sodium)
goflow_dependency(sqlite SQLiteCpp/SQLiteCpp.h SQLiteCpp sqlite3)
goflow_dependency(uv uv.h uv_a)
goflow_dependency(yaml_cpp yaml-cpp/yaml.h yaml-cpp)
goflow_dependency(zlib zlib.h z)
goflow_dependency(zstd zstd.h zstd)
# Debian has no archive of it.
target_compile_definitions(goflow_fmt INTERFACE FMT_HEADER_ONLY)
target_link_libraries(goflow_re2 INTERFACE Threads::Threads)
target_link_libraries(goflow_sqlite INTERFACE Threads::Threads m ${CMAKE_DL_LIBS})
target_link_libraries(goflow_uv INTERFACE Threads::Threads ${CMAKE_DL_LIBS} rt)

# Of these only the headers: they are loaded when a keyring is first needed.
find_package(PkgConfig QUIET)
function(goflow_headers name module header)
  if(PkgConfig_FOUND)
    pkg_check_modules(${name} QUIET ${module})
  endif()
  if(NOT ${name}_FOUND)
    message(FATAL_ERROR "<${header}> is missing; 'make setup' installs what goflow needs")
  endif()
  add_library(goflow_${name} INTERFACE)
  target_include_directories(goflow_${name} SYSTEM INTERFACE ${${name}_INCLUDE_DIRS})
endfunction()
goflow_headers(libsecret libsecret-1 libsecret/secret.h)
goflow_headers(libsystemd libsystemd systemd/sd-bus.h)
