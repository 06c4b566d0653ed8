add_library(schelling_warnings INTERFACE)
if(SCHELLING_WARNINGS)
  target_compile_options(schelling_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual $<$<BOOL:${SCHELLING_WERROR}>:-Werror>)
endif()
