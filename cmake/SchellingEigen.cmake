# Defines schelling::eigen: the headers of Eigen >= 3.4, from the system or from the PyPI package cmeel-eigen, which keeps
# them below cmeel.prefix in the site-packages of an interpreter. Used by the build and, installed beside it, by
# find_package(schelling).
if(TARGET schelling::eigen)
  return()
endif()

function(schelling_find_eigen)
  find_package(Eigen3 3.4 QUIET NO_MODULE)
  if(NOT TARGET Eigen3::Eigen)
    foreach(python IN ITEMS "${Python_EXECUTABLE}" "${PYTHON_EXECUTABLE}" python3 python)
      if(python AND NOT prefix)
        execute_process(
          COMMAND "${python}" -c
            "import importlib.metadata as m; print(next(f.locate().parents[3] for f in m.files('cmeel-eigen') if f.match('include/eigen3/Eigen/Core')))"
          OUTPUT_VARIABLE prefix OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
      endif()
    endforeach()
    if(prefix)
      find_package(Eigen3 3.4 QUIET NO_MODULE PATHS "${prefix}" NO_DEFAULT_PATH)
    endif()
  endif()
  if(TARGET Eigen3::Eigen)
    add_library(schelling::eigen INTERFACE IMPORTED GLOBAL)
    target_link_libraries(schelling::eigen INTERFACE Eigen3::Eigen)
    target_compile_definitions(schelling::eigen INTERFACE EIGEN_MPL2_ONLY)
  endif()
endfunction()

schelling_find_eigen()
