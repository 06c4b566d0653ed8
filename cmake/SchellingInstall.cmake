include(CMakePackageConfigHelpers)
if(SKBUILD)
  return() # a wheel holds the Python component alone
endif()
set(schelling_cmake_dir ${CMAKE_INSTALL_LIBDIR}/cmake/schelling)
install(TARGETS schelling schelling_headers EXPORT schelling-targets COMPONENT development
  FILE_SET HEADERS COMPONENT development FILE_SET templates COMPONENT development)
install(EXPORT schelling-targets NAMESPACE schelling:: COMPONENT development DESTINATION ${schelling_cmake_dir})
configure_package_config_file(cmake/schelling-config.cmake.in
  "${PROJECT_BINARY_DIR}/schelling-config.cmake" INSTALL_DESTINATION ${schelling_cmake_dir})
write_basic_package_version_file("${PROJECT_BINARY_DIR}/schelling-config-version.cmake" COMPATIBILITY SameMinorVersion)
install(FILES cmake/SchellingBoost.cmake cmake/SchellingEigen.cmake
  "${PROJECT_BINARY_DIR}/schelling-config.cmake" "${PROJECT_BINARY_DIR}/schelling-config-version.cmake"
  COMPONENT development DESTINATION ${schelling_cmake_dir})
