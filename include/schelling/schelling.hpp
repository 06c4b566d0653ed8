#pragma once

/// Everything. Programs that care for compile time include the header of what they use instead.

#include <schelling/core/error.hpp>
#include <schelling/core/monitor.hpp>
#include <schelling/core/parallel.hpp>
#include <schelling/core/result.hpp>
#include <schelling/core/version.hpp>
#include <schelling/numerics/bit_set.hpp>
#include <schelling/numerics/checked_integer.hpp>
#include <schelling/numerics/distribution.hpp>
#include <schelling/numerics/linear_program.hpp>
#include <schelling/numerics/matrix.hpp>
#include <schelling/numerics/polyhedron.hpp>
#include <schelling/numerics/rational.hpp>
#include <schelling/numerics/tolerance.hpp>
#include <schelling/games/convert_signaling_game.hpp>
#include <schelling/games/extensive_game.hpp>
#include <schelling/games/game_tree.hpp>
#include <schelling/games/normal_form_game.hpp>
#include <schelling/games/private_type_game.hpp>
#include <schelling/games/signaling_game.hpp>
#include <schelling/equilibria/certify_cutoff.hpp>
#include <schelling/equilibria/certify_signaling.hpp>
#include <schelling/equilibria/cutoff_equilibrium.hpp>
#include <schelling/equilibria/certify_assessment.hpp>
#include <schelling/equilibria/signaling_equilibrium.hpp>
#include <schelling/solvers/solve_cutoff.hpp>
#include <schelling/solvers/solve_pbe.hpp>
#include <schelling/equilibria/extensive_equilibria.hpp>
#include <schelling/refinements/survives.hpp>
#include <schelling/io/gambit_files.hpp>
#include <schelling/io/json.hpp>
#include <schelling/io/svg.hpp>
#include <schelling/models/extended_deterrence.hpp>
#include <schelling/analysis/sweep.hpp>
#include <schelling/numerics/dual.hpp>
