include(CMakePackageConfigHelpers)
if(SKBUILD)
  return() # a wheel holds the Python component alone
endif()
install(TARGETS schelling schelling_boost EXPORT schelling-targets
  COMPONENT development FILE_SET HEADERS COMPONENT development)
install(EXPORT schelling-targets NAMESPACE schelling:: COMPONENT development
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/schelling)
configure_package_config_file(cmake/schelling-config.cmake.in
  "${PROJECT_BINARY_DIR}/schelling-config.cmake" INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/schelling)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/schelling-config-version.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/schelling-config.cmake" "${PROJECT_BINARY_DIR}/schelling-config-version.cmake"
  COMPONENT development DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/schelling)
