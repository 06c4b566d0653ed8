# Enumerators of scoped enumerations may be called like something outside: GCC's full -Wshadow warns of these as well.
add_library(schelling_warnings INTERFACE)
if(SCHELLING_WARNINGS)
  target_compile_options(schelling_warnings INTERFACE
    -Wall -Wextra -Wpedantic $<IF:$<CXX_COMPILER_ID:GNU>,-Wshadow=local,-Wshadow> -Wnon-virtual-dtor -Woverloaded-virtual $<$<BOOL:${SCHELLING_WERROR}>:-Werror>)
endif()
