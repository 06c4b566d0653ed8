"""The games of a case solved at every point of a sample, and the rows over which claims are evaluated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .._core import InvalidArgument
from ..models.protocol import sweep_points
from .claims import Expression, Game, Rows, evaluate
from .design import Sample

if TYPE_CHECKING:
    from .case_records import CaseRecord, ModelInstance, Policy

MAX_COMBINATIONS = 20_000
CHUNK_ROWS = 1_000_000

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class SolvedGame:
    """All equilibria of one game at N points, as ragged rows: those of point n are offsets[n]:offsets[n+1].

    `values[E, K]` are the outcomes in the order of `outcomes`; `max_regret[E]` and `bayes_gap[E]` the
    certificates; `resolved[N]` is False where the model gave no certified answer (then the point has no
    rows).
    """

    outcomes: tuple[str, ...]
    offsets: np.ndarray
    values: np.ndarray
    max_regret: np.ndarray
    bayes_gap: np.ndarray
    resolved: np.ndarray

    @property
    def counts(self) -> np.ndarray:
        """Number of equilibria at each point."""
        return np.diff(self.offsets)


@dataclass(frozen=True)
class OutcomeValues:
    """One outcome at N points: `values[offsets[n]:offsets[n+1]]` over the equilibria (or pairs of them, one
    per phase) of point n; `low[N]` and `high[N]` are their bounds, NaN where nothing is defined."""

    low: np.ndarray
    high: np.ndarray
    offsets: np.ndarray
    values: np.ndarray


@dataclass(frozen=True)
class SolvedSample:
    """A case's games at the points of a sample.

    `games` maps every (model, key, phase) that was asked for to its solution; keys whose numbers agree at
    every point share one. `weights[model, key]` are the phases' probabilities, shape [N] each.
    """

    case: CaseRecord
    sample: Sample
    games: Mapping[Game, SolvedGame]
    weights: Mapping[tuple[str, str], Mapping[str, np.ndarray]]

    def __repr__(self) -> str:
        return (
            f"SolvedSample({self.case.id!r}; {len(self.sample)} points; {len(self.games)} games,"
            f" {len(self.distinct_games)} of them distinct)"
        )

    @property
    def distinct_games(self) -> list[SolvedGame]:
        return list({id(game): game for game in self.games.values()}.values())

    def phases(self, model: str, key: str) -> tuple[Game, ...]:
        """The games of one policy, one per phase."""
        return tuple(Game(model, key, phase) for phase in self.weights[model, key])

    def outcome(self, model: str, policy: str, name: str, phase: str | None = None) -> OutcomeValues:
        """Values of an outcome of a policy, over its phases or (`phase`) in one of them.

        `policy` is "" for a model that is solved once. Raises InvalidArgument for what does not exist or was
        not solved.
        """
        if (model, policy) not in self.weights:
            raise InvalidArgument(
                f"policy: found '{policy}' of model '{model}', expected one of"
                f" {', '.join(f'{m} {p}' for m, p in self.weights)}"
            )
        games = self.phases(model, policy) if phase is None else (Game(model, policy, phase),)
        missing = [game.phase for game in games if game not in self.games]
        if missing:
            raise InvalidArgument(f"phase: found '{missing[0]}' of '{policy}', which was not solved")
        if name not in self.games[games[0]].outcomes:
            raise InvalidArgument(
                f"outcome: found '{name}', expected one of {', '.join(self.games[games[0]].outcomes)}"
            )
        counts = np.prod([self.games[game].counts for game in games], axis=0)
        offsets = np.concatenate([[0], np.cumsum(counts)])
        values = np.empty(offsets[-1])
        for rows in self.rows(games, limited=False):
            at = slice(offsets[rows.points[0]], offsets[rows.points[-1] + 1])
            values[at] = rows.outcome(model, policy, phase, name)
        low, high = (np.full(len(self.sample), np.nan) for _ in range(2))
        found = counts > 0
        if found.any():
            low[found] = np.fmin.reduceat(values, offsets[:-1][found])
            high[found] = np.fmax.reduceat(values, offsets[:-1][found])
        return OutcomeValues(low, high, offsets, values)

    def combinations(self, games: Iterable[Game]) -> np.ndarray:
        """Number of combinations of the games' equilibria at each point, as a float (it can pass any
        integer)."""
        return np.prod([np.ones(len(self.sample)), *(self.games[game].counts for game in games)], axis=0)

    def too_many(self, games: Iterable[Game]) -> np.ndarray:
        """Where the games have more combinations of equilibria than are looked at, shape [N]."""
        return self.combinations(games) > MAX_COMBINATIONS

    def rows(self, games: Iterable[Game], limited: bool = True) -> Iterator[CombinationRows]:
        """The rows over every combination of equilibria of the games, in chunks of whole points; points with
        none, or (if limited) with too many, have no rows."""
        games = tuple(games)
        counts = self.combinations(games)
        points = np.flatnonzero((counts > 0) & ~(self.too_many(games) & limited))
        cumulative = np.cumsum(counts[points])
        start = 0
        while start < len(points):
            before = cumulative[start - 1] if start else 0
            stop = max(int(np.searchsorted(cumulative, before + CHUNK_ROWS, side="right")), start + 1)
            yield CombinationRows(
                self, games, points[start:stop], counts[points[start:stop]].astype(np.int64)
            )
            start = stop


class CombinationRows(Rows):
    """Rows (point, combination) of some points: the numbers of a claim's names, one per row."""

    def __init__(self, solved: SolvedSample, games: tuple[Game, ...], points: np.ndarray, counts: np.ndarray):
        self.solved, self.points, self.counts = solved, points, counts
        self.size = int(counts.sum())
        self.starts = np.cumsum(counts) - counts
        self.point = np.repeat(points, counts)
        combination = np.arange(self.size) - np.repeat(self.starts, counts)
        self.equilibrium = {}
        for game in games:
            solution = solved.games[game]
            count = solution.counts[self.point]
            self.equilibrium[game] = solution.offsets[:-1][self.point] + combination % count
            combination //= count

    def parameter(self, name: str) -> np.ndarray:
        return self.solved.sample.columns[name][self.point]

    def outcome(self, model: str, key: str, phase: str | None, name: str) -> np.ndarray:
        phases = self.solved.weights[model, key]
        if phase is not None:
            game = Game(model, key, phase)
            return self._value(game, name) if phase in phases else np.full(self.size, np.nan)
        if len(phases) == 1:
            return self._value(Game(model, key, next(iter(phases))), name)
        return self._mixed(model, key, name)

    def over_equilibria(self, join: np.ufunc, values: np.ndarray) -> np.ndarray:
        """`join` over all combinations of equilibria of each row's point."""
        return np.repeat(join.reduceat(values, self.starts), self.counts)

    def _value(self, game: Game, name: str) -> np.ndarray:
        solution = self.solved.games[game]
        return solution.values[self.equilibrium[game], solution.outcomes.index(name)]

    def _mixed(self, model: str, key: str, name: str) -> np.ndarray:
        """The outcome over the phases, as the model says how it mixes; 0/0 is undefined."""
        info = self.solved.case.models[model].outcome_info(name)
        match info.mixing:
            case "average":
                return self._average(model, key, name)
            case "ratio":
                above = self._average(model, key, info.weight_or_numerator)
                below = self._average(model, key, info.denominator)
            case "conditional":
                above = self._average(model, key, name, info.weight_or_numerator)
                below = self._average(model, key, info.weight_or_numerator)
            case _:
                return np.full(self.size, np.nan)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.divide(above, below)

    def _average(self, model: str, key: str, name: str, event: str | None = None) -> np.ndarray:
        total = np.zeros(self.size)
        for phase, weight in self.solved.weights[model, key].items():
            game = Game(model, key, phase)
            value = self._value(game, name)
            if event is not None:
                probability = self._value(game, event)
                value = np.where(probability > 0, value, 0) * probability
            total += weight[self.point] * value
        return total


def parameter_values(expression: Expression, columns: Mapping[str, np.ndarray]) -> np.ndarray:
    """A numeric expression over parameters alone at every point, NaN where it is undefined."""
    rows = _ParameterRows(columns)
    values = evaluate(expression, rows)
    return np.where(values.defined, values.value, np.nan)


class _ParameterRows(Rows):
    def __init__(self, columns: Mapping[str, np.ndarray]):
        self.columns = columns
        self.size = len(next(iter(columns.values()))) if columns else 1

    def parameter(self, name: str) -> np.ndarray:
        return self.columns[name]

    def outcome(self, model, key, phase, name):
        raise AssertionError("an expression over parameters reads no model")

    def over_equilibria(self, join, values):
        raise AssertionError("an expression over parameters has no equilibria")


def solve_sample(
    case: CaseRecord,
    sample: Sample,
    games: Iterable[Game] | None = None,
    *,
    threads: int = 0,
    progress: Progress | None = None,
) -> SolvedSample:
    """Solves the games (default: those that the case needs) at every point of the sample, each distinct one
    once."""
    if case.links:
        raise InvalidArgument(
            f"links: found '{'.'.join(case.links[0].to)}', expected none: they cannot be evaluated yet"
        )
    wanted = set(case.games() if games is None else games)
    weights: dict[tuple[str, str], dict[str, np.ndarray]] = {}
    points: dict[Game, np.ndarray] = {}
    for name, instance in case.models.items():
        keys = {game.key for game in wanted if game.model == name}
        for key in sorted(keys):
            columns = instance_columns(case, instance, case.policy(key) if key else None, sample)
            phases = instance.model.phases(columns)
            weights[name, key] = {phase.name: np.asarray(phase.weight, float) for phase in phases}
            points |= {
                Game(name, key, phase.name): np.ascontiguousarray(phase.points, float) for phase in phases
            }
    queue: dict[tuple[str, bytes], list[Game]] = {}
    for game in sorted(wanted):
        if game in points:
            queue.setdefault((game.model, points[game].tobytes()), []).append(game)
    solved: dict[Game, SolvedGame] = {}
    for done, ((model, _), same) in enumerate(queue.items()):
        report = _step(progress, done, len(queue), len(sample))
        solution = _solve(case.models[model], points[same[0]], threads, report)
        solved |= dict.fromkeys(same, solution)
    return SolvedSample(case, sample, solved, weights)


def _step(progress: Progress | None, done: int, games: int, points: int):
    if progress is None:
        return None
    return lambda solved, _total: progress("solving games", done * points + solved, games * points)


def instance_columns(
    case: CaseRecord, instance: ModelInstance, policy: Policy | None, sample: Sample
) -> dict[str, np.ndarray]:
    """The model's parameters at every point of the sample, by name, for one policy.

    Raises InvalidArgument naming the cell whose value is not in the domain of the model's parameter at some
    point.
    """
    cells = case.cells(instance, policy)
    columns = {}
    for name, cell in cells.items():
        values = parameter_values(cell.expression, sample.columns)
        values = np.broadcast_to(values, (len(sample),))
        bad = ~cell.domain.contains(values)
        if bad.any():
            at = int(np.flatnonzero(bad)[0])
            raise InvalidArgument(
                f"{cell.where}: found {values[at]:g} at point {at} of the sample, expected {cell.domain}"
            )
        columns[name] = values
    return columns


def _solve(instance: ModelInstance, points: np.ndarray, threads: int, progress) -> SolvedGame:
    answer = sweep_points(instance.model, points, threads=threads, progress=progress)
    resolved = np.asarray(answer.status) == "solved"
    counts = np.diff(answer.offsets)
    # Rows of a point that is not solved are no equilibria.
    kept = np.repeat(resolved, counts)
    offsets = np.concatenate([[0], np.cumsum(np.where(resolved, counts, 0))])
    return SolvedGame(
        tuple(info.name for info in instance.model.outcomes),
        offsets,
        answer.values[kept],
        answer.max_regret[kept],
        answer.bayes_gap[kept],
        resolved,
    )
