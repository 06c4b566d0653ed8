"""Games with private types and the laws of types, as the compiled core has them, with arguments told by name."""

from __future__ import annotations

from . import _core
from .arguments import MAPPING, checked, guard_class, guarded

Certificate = _core.Certificate
CutoffEquilibrium = _core.CutoffEquilibrium
CutoffResult = _core.CutoffResult
Distribution = _core.Distribution
GameTree = _core.GameTree
PrivateTypeGame = _core.PrivateTypeGame
PrivateTypeGameBuilder = _core.PrivateTypeGameBuilder

for _kind in (
    Certificate,
    CutoffEquilibrium,
    CutoffResult,
    Distribution,
    GameTree,
    PrivateTypeGame,
    PrivateTypeGameBuilder,
):
    guard_class(_kind)

assess = checked(strategy=MAPPING, off_path_beliefs=MAPPING)(guarded(_core.assess))
atom = guarded(_core.atom)
beta = guarded(_core.beta)
lognormal = guarded(_core.lognormal)
mixture = guarded(_core.mixture)
normal = guarded(_core.normal)
solve_cutoff = guarded(_core.solve_cutoff)
triangular = guarded(_core.triangular)
uniform = guarded(_core.uniform)
