# A Debian package out of what is installed: `make package`.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR "goflow")
set(CPACK_PACKAGE_CONTACT "goflow developers <developers@goflow.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGE_DESCRIPTION
  "goflow runs workflows from YAML files. Every step is recorded, so that a run that was cut off
goes on where it was; steps are retried, branches and loops run side by side.")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
# From the libraries that the binary really needs.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# And those that are loaded when they are used, which no tool sees: without them HTTP, jq and the
# keyring are refused, and without libsystemd `cred get` takes the longer way.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libcurl4, libjq1, libsecret-1-0, libsystemd0, tzdata")
# Debian keeps manual pages compressed.
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/compress_man_pages.cmake)
include(CPack)
