# The batch kernels exist once for each instruction set; the library picks one when it runs. Fused
# multiply-add stays off, so that all of them give the same bits.
function(schelling_batch_kernels target)
  set(folder ${CMAKE_CURRENT_SOURCE_DIR}/src/solvers/batch)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    return()
  endif()
  set(common -ffp-contract=off $<$<NOT:$<CONFIG:Debug>>:-O3>)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 warns of its own vector headers.
    list(APPEND common -Wno-maybe-uninitialized -Wno-uninitialized)
  endif()
  set_source_files_properties(${folder}/kernels_portable.cpp
                              ${folder}/write_row.cpp PROPERTIES COMPILE_OPTIONS "${common}")
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64|amd64" AND CMAKE_SIZEOF_VOID_P EQUAL 8)
    target_compile_definitions(${target} PRIVATE SCHELLING_X86_KERNELS)
    set_source_files_properties(${folder}/kernels_avx2.cpp PROPERTIES COMPILE_OPTIONS "${common};-mavx2")
    set_source_files_properties(${folder}/kernels_avx512.cpp PROPERTIES
      COMPILE_OPTIONS "${common};-mavx512f;-mavx512dq;-mavx512bw;-mavx512vl;-mprefer-vector-width=512")
  endif()
endfunction()
