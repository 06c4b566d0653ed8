#ifdef SCHELLING_X86_KERNELS
#define SCHELLING_KERNELS avx512
#include "columns.hpp"
#include "decide_222.hpp"
#include "decide_general.hpp"
#include "write_222.hpp"

namespace schelling::batch {

const BatchKernels kernels_avx512 = {avx512::to_columns, avx512::decide_222, avx512::decide_rows_222,
                                     avx512::write_222, avx512::decide_general};

}  // namespace schelling::batch
#endif
