# Boost's headers (Math, Multiprecision, JSON): 1.81 is the first release whose rationals work with Eigen and g++ 12.
set(Boost_NO_WARN_NEW_VERSIONS ON)
if(POLICY CMP0167)
  cmake_policy(SET CMP0167 OLD)
endif()
find_package(Boost 1.81 QUIET)
if(NOT Boost_FOUND)
  # The PyPI package boost-headers keeps them inside the interpreter's site-packages.
  find_package(Python3 QUIET COMPONENTS Interpreter)
  if(Python3_FOUND)
    execute_process(
      COMMAND "${Python3_EXECUTABLE}" -c
        "import pathlib, sys\nfor p in sys.path:\n    h = pathlib.Path(p, 'boost_headers', 'include') if p else None\n    if h and (h / 'boost/version.hpp').is_file(): print(h); break\nelse:\n    h = next((c for p in sys.path if p for c in pathlib.Path(p).glob('boost*/**/boost/version.hpp')), None)\n    print(h.parent.parent if h else '')"
      OUTPUT_VARIABLE boost_headers OUTPUT_STRIP_TRAILING_WHITESPACE)
    if(boost_headers)
      set(Boost_INCLUDE_DIR "${boost_headers}" CACHE PATH "Boost headers" FORCE)
      find_package(Boost 1.81 QUIET)
    endif()
  endif()
endif()
if(NOT Boost_FOUND)
  message(FATAL_ERROR "schelling needs the headers of Boost 1.81 or newer; found none. "
    "On Debian: apt-get install --no-remove libboost1.81-dev; or, in the virtual environment: pip install boost-headers.")
endif()
add_library(schelling_boost INTERFACE)
target_include_directories(schelling_boost SYSTEM INTERFACE $<BUILD_INTERFACE:${Boost_INCLUDE_DIRS}>)
