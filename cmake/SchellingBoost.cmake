# Defines schelling::boost: the headers of Boost >= 1.81 (Math, Multiprecision, JSON), the first release whose rationals
# work with Eigen and g++ 12. They come from the system or from the PyPI package boost-headers, which keeps them in the
# site-packages of an interpreter. Used by the build and, installed beside it, by find_package(schelling).
if(TARGET schelling::boost)
  return()
endif()

function(schelling_find_boost)
  set(Boost_NO_WARN_NEW_VERSIONS ON)
  if(POLICY CMP0167)
    cmake_policy(SET CMP0167 OLD)
  endif()
  find_package(Boost 1.81 QUIET)
  if(NOT Boost_FOUND)
    foreach(python IN ITEMS "${Python_EXECUTABLE}" "${PYTHON_EXECUTABLE}" python3 python)
      if(python AND NOT headers)
        execute_process(
          COMMAND "${python}" -c
            "import importlib.metadata as m; print(next(f.locate().parent.parent for f in m.files('boost-headers') if f.match('boost/version.hpp')))"
          OUTPUT_VARIABLE headers OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
      endif()
    endforeach()
    if(headers)
      unset(Boost_INCLUDE_DIR CACHE)
      set(Boost_INCLUDE_DIR "${headers}")
      find_package(Boost 1.81 QUIET)
    endif()
  endif()
  if(Boost_FOUND)
    add_library(schelling::boost INTERFACE IMPORTED GLOBAL)
    target_include_directories(schelling::boost INTERFACE ${Boost_INCLUDE_DIRS})
  endif()
endfunction()

schelling_find_boost()
