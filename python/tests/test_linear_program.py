"""The library's linear programs against HiGHS (Huangfu and Hall 2018)."""

import highspy
import numpy as np
import pytest

from schelling._core import linear_program

RELATIONS = {"<=": (-np.inf, 0.0), "==": (0.0, 0.0), ">=": (0.0, np.inf)}
STATUS = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kUnbounded: "unbounded",
}


def highs(objective, rows, relations, sides):
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    # Presolve may answer "unbounded or infeasible" without saying which.
    solver.setOptionValue("presolve", "off")
    n, m = len(objective), len(rows)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_, lp.sense_ = n, m, highspy.ObjSense.kMaximize
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = objective, np.zeros(n), np.full(n, np.inf)
    lp.row_lower_ = sides + np.array([RELATIONS[r][0] for r in relations])
    lp.row_upper_ = sides + np.array([RELATIONS[r][1] for r in relations])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.arange(m + 1) * n
    lp.a_matrix_.index_ = np.tile(np.arange(n), m)
    lp.a_matrix_.value_ = rows.ravel()
    solver.passModel(lp)
    solver.run()
    return STATUS[solver.getModelStatus()], solver.getInfo().objective_function_value


@pytest.mark.parametrize("shape", [(2, 3), (4, 6), (8, 8), (15, 20), (30, 25)])
@pytest.mark.parametrize("bound", [1, 9, 99])
def test_status_and_value(shape, bound):
    """Narrow ranges make degenerate vertices, redundant rows and empty sets common."""
    variables, constraints = shape
    rng = np.random.default_rng([variables, constraints, bound])
    seen = set()
    for _ in range(40 if variables < 10 else 8):
        objective = rng.integers(-bound, bound + 1, variables).astype(float)
        rows = rng.integers(-bound, bound + 1, (constraints, variables)).astype(float)
        sides = rng.integers(-bound // 2, bound + 1, constraints).astype(float)
        relations = rng.choice(["<=", "<=", "<=", "==", ">="], constraints).tolist()
        status, value = highs(objective, rows, relations, sides)
        for solve in (linear_program.solve_exact, linear_program.solve_double):
            found, ours, proved = solve(objective, rows, relations, sides)
            assert proved and found == status
            if status == "optimal":
                assert ours == pytest.approx(value, rel=1e-9, abs=1e-9)
        seen.add(status)
    if variables < 10:
        assert len(seen) > 1
