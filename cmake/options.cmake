# How goflow's own code is compiled; `goflow_options` is linked by each of its targets.

add_library(goflow_options INTERFACE)
target_include_directories(goflow_options INTERFACE ${PROJECT_SOURCE_DIR})

if(GOFLOW_WARNINGS_ARE_ERRORS)
  target_compile_options(goflow_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Werror)
endif()

if(GOFLOW_SANITIZERS)
  target_compile_options(goflow_options INTERFACE
    -fsanitize=${GOFLOW_SANITIZERS} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(goflow_options INTERFACE -fsanitize=${GOFLOW_SANITIZERS})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # The checks that sanitizers add make GCC see paths that do not exist, in std::variant above all.
    target_compile_options(goflow_options INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()
