#include <schelling/solvers/solve_pbe_batch.hpp>

namespace schelling {

std::string_view to_string(InstructionSet set) {
  switch (set) {
    case InstructionSet::automatic:
      return "automatic";
    case InstructionSet::portable:
      return "portable";
    case InstructionSet::avx2:
      return "avx2";
    case InstructionSet::avx512:
      return "avx512";
  }
  return "";
}

bool is_available(InstructionSet set) {
#ifdef SCHELLING_X86_KERNELS
  if (set == InstructionSet::avx2) return __builtin_cpu_supports("avx2");
  if (set == InstructionSet::avx512)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
#endif
  return set == InstructionSet::automatic || set == InstructionSet::portable;
}

}  // namespace schelling
