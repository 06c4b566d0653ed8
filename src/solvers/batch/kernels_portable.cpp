#define SCHELLING_KERNELS portable
#include "columns.hpp"
#include "decide_222.hpp"
#include "decide_general.hpp"
#include "write_222.hpp"

namespace schelling::batch {

const BatchKernels kernels_portable = {portable::to_columns, portable::decide_222, portable::decide_rows_222,
                                       portable::write_222, portable::decide_general};

}  // namespace schelling::batch
