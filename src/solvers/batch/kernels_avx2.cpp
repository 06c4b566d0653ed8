#ifdef SCHELLING_X86_KERNELS
#define SCHELLING_KERNELS avx2
#include "columns.hpp"
#include "decide_222.hpp"
#include "decide_general.hpp"
#include "write_222.hpp"

namespace schelling::batch {

const BatchKernels kernels_avx2 = {avx2::to_columns, avx2::decide_222, avx2::decide_rows_222, avx2::write_222,
                                   avx2::decide_general};

}  // namespace schelling::batch
#endif
