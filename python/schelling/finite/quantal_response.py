"""Agent logit quantal response equilibria: the principal branch, its points, and what play says of lambda."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from .._core import InvalidArgument
from .._core import finite as _core
from ..arguments import ROWS, checked, expectation, refuse_masked, shown
from ..extras import extra
from ..labelled import ByLabel
from ..numbers import floats
from ..solver_result import SolverResult
from .assessments import ExtensiveAssessment
from .coverage import coverage_line
from .extensive_game import ExtensiveGame
from .normal_form_game import NormalFormGame
from .scalars import mixture, row_of

if TYPE_CHECKING:
    import xarray as xr

Progress = Callable[[int, int], None]


def _as_tree(game: ExtensiveGame | NormalFormGame) -> ExtensiveGame:
    """The game in double arithmetic; a table as a tree in which nobody sees what others chose."""
    if not isinstance(game, ExtensiveGame | NormalFormGame):
        raise InvalidArgument(f"game: expected an ExtensiveGame or a NormalFormGame, found {shown(game)}")
    native = game._to_double()._native
    if isinstance(game, NormalFormGame):
        native = _core.simultaneous_moves(native)
    return ExtensiveGame._from_native(native)


def _by_action(game: ExtensiveGame, table: np.ndarray) -> ByLabel:
    """[information set][action] the last axis of the table."""
    rows = []
    for number, first in enumerate(game._structure.first_action):
        labels = game.actions(number)
        rows.append(ByLabel("action", labels, [table[..., first + k] for k in range(len(labels))]))
    return ByLabel("information set", game.information_sets, rows)


class AgentQre(SolverResult):
    """An agent logit quantal response equilibrium: everybody plays the logit response to everybody's play."""

    def __init__(self, native: Any, game: ExtensiveGame, lambda_: float) -> None:
        self._native = native
        self._found = native.equilibrium
        self.game = game  #: the tree that was solved
        self.lambda_ = lambda_  #: precision of choice, in 1 / payoff

    @property
    def found(self) -> bool:
        """Whether the branch could be followed to lambda."""
        return self._found is not None

    def _get(self, name: str) -> Any:
        if self._found is None:
            raise InvalidArgument(f"{name}: there is no equilibrium: {self.status}: {self.message}")
        return self._found[name]

    @cached_property
    def assessment(self) -> ExtensiveAssessment:
        """The strategy, and the beliefs that it implies at every information set."""
        return ExtensiveAssessment(self._get("assessment"), self.game)

    @property
    def strategy(self) -> ByLabel:
        """[information set][action] probability."""
        return self.assessment.strategy

    @property
    def log_strategy(self) -> ByLabel:
        """[information set][action] logarithm of the probability."""
        return _by_action(self.game, self._get("log_strategy"))

    @property
    def beliefs(self) -> ByLabel:
        """[information set][node] probability."""
        return self.assessment.beliefs

    @property
    def payoff(self) -> ByLabel:
        """[player] expected payoff."""
        return self.assessment.payoff

    @property
    def residual(self) -> float:
        """The largest difference between a probability and the logit response."""
        return self._get("residual")

    @property
    def max_regret(self) -> float:
        """What errors cost at most at one information set, relative to the player's payoff range."""
        return self._get("max_regret")

    def __repr__(self) -> str:
        if not self.found:
            return f"AgentQre(lambda={self.lambda_:g}; {self.status}: {self.message})"
        lines = [f"AgentQre(lambda={self.lambda_:g}; residual={self.residual:.2g})"]
        for number, label in enumerate(self.game.information_sets[:40]):
            lines.append(f"  {self.game.player(number)} at {label!r}: {mixture(self.strategy[number])}")
        return "\n".join(lines)


class AgentQreBranch(SolverResult):
    """The principal branch of agent logit quantal response equilibria, point by point from lambda = 0 on.

    The points are in the order of the branch, which may turn: `lambdas` need not rise.
    """

    def __init__(self, native: Any, game: ExtensiveGame, options: dict[str, Any]) -> None:
        self._native = native
        self.game = game  #: the tree that was solved; of a table, the tree of simultaneous moves
        self.options = options

    def __len__(self) -> int:
        return len(self._native)

    @cached_property
    def lambdas(self) -> np.ndarray:
        """[point] precision of choice, in 1 / payoff."""
        return self._native.lambdas

    @cached_property
    def arclength(self) -> np.ndarray:
        """[point] length of the branch up to here, in log-probabilities and lambda times the largest payoff range."""
        return self._native.arclength

    @cached_property
    def residual(self) -> np.ndarray:
        """[point] largest difference between a probability and the logit response, by the certificate."""
        return self._native.residual

    @cached_property
    def max_regret(self) -> np.ndarray:
        """[point] what errors cost at most at one information set, relative to the player's payoff range."""
        return self._native.max_regret

    @cached_property
    def log_strategy(self) -> ByLabel:
        """[information set][action] logarithm of the probability, an array over the points."""
        return _by_action(self.game, self._native.log_strategy)

    @cached_property
    def strategy(self) -> ByLabel:
        """[information set][action] probability, an array over the points."""
        return _by_action(self.game, np.exp(self._native.log_strategy))

    @property
    def turning_points(self) -> list[int]:
        """Points where lambda turns."""
        return self._native.turning_points

    @property
    def crossings(self) -> list[int]:
        """Points before which another branch crosses this one, as in games with symmetries."""
        return self._native.crossings

    @cached_property
    def limit(self) -> ExtensiveAssessment | None:
        """What the branch tends to as lambda grows, certified as sequential; None if that was not identified."""
        found = self._native.limit
        if found is None:
            return None
        native, concept, certificate = found
        return ExtensiveAssessment(native, self.game, concept=concept, certificate=certificate)

    def to_xarray(self) -> xr.Dataset:
        """The branch with dimensions `point` and `choice`; a choice is an action at an information set of a player."""
        with extra():
            import xarray as xr

        game = self.game
        choices = [
            (game.player(number), label, action)
            for number, label in enumerate(game.information_sets)
            for action in game.actions(number)
        ]
        players, sets, actions = (list(names) for names in zip(*choices, strict=True))
        turns = np.zeros(len(self), dtype=bool)
        turns[self.turning_points] = True
        data = xr.Dataset(
            {
                "probability": (("point", "choice"), np.exp(self._native.log_strategy)),
                "log_probability": (("point", "choice"), self._native.log_strategy),
                "residual": ("point", self.residual),
                "max_regret": ("point", self.max_regret),
                "turns": ("point", turns),
            },
            coords={
                "lambda": ("point", self.lambdas, {"units": "1 / payoff"}),
                "arclength": ("point", self.arclength),
                "player": ("choice", players),
                "information_set": ("choice", sets),
                "action": ("choice", actions),
            },
            attrs={
                "title": game.title,
                "method": self.method,
                "status": self.status,
                "message": self.message,
                "version": self.version,
            },
        )
        if self.limit is not None:
            limit = [p for row in self.limit.strategy.values() for p in row.values()]
            data["limit"] = ("choice", np.array(limit, dtype=float))
        return data

    def plot(
        self, information_sets: Sequence[str | int] | None = None, *, scale: str = "ratio", axes: Any = None
    ) -> Any:
        """Draw the probabilities of actions along the branch, one panel for each information set.

        Parameters
        ----------
        information_sets : names or numbers, optional
            All, unless given.
        scale : {"ratio", "log"}
            Of lambda: "ratio" shows all of the branch, lambda / (c + lambda) with c one over the largest payoff range, and
            the limit at the right end; "log" leaves out lambda = 0.
        axes : matplotlib axes, one for each panel, optional
            A new figure is made without them.

        Returns
        -------
        matplotlib axes
            What was given, or the new ones, an array where there are several.

        Raises
        ------
        InvalidArgument
            For an unknown information set or scale, and for more than 16 panels.
        """
        from .quantal_response_plot import plot_branch

        return plot_branch(self, information_sets, scale, axes)

    def __repr__(self) -> str:
        turns = len(self.turning_points)
        head = (
            f"AgentQreBranch({len(self)} points, lambda from 0 to {self.lambdas[-1]:.6g}"
            + (f", {turns} turning points" if turns else "")
            + f"; {self.status}{': ' + self.message if self.message else ''})\n{coverage_line(self)}"
        )
        return head if self.limit is None else f"{head}\nlimit: {self.limit!r}"


@dataclass(frozen=True)
class AgentQreFit:
    """A maximum of the likelihood along the branch."""

    lambda_: float  #: infinity at the limit of the branch
    log_likelihood: float
    strategy: ByLabel  #: [information set][action] probability
    residual: float
    max_regret: float

    def __repr__(self) -> str:
        return f"AgentQreFit(lambda={self.lambda_:.6g}; log-likelihood={self.log_likelihood:.6g})"


class AgentQreEstimate(SolverResult):
    """What play data say of lambda: the maximum of the likelihood along the principal branch, and how sure that is."""

    def __init__(self, native: Any, game: ExtensiveGame, options: dict[str, Any]) -> None:
        self._native = native
        self.game = game
        self.options = options

    def _fit(self, values: dict[str, Any]) -> AgentQreFit:
        strategy = _by_action(self.game, np.exp(values["log_strategy"]))
        return AgentQreFit(
            values["lambda"], values["log_likelihood"], strategy, values["residual"], values["max_regret"]
        )

    @cached_property
    def fit(self) -> AgentQreFit:
        """The global maximum along the branch."""
        return self._fit(self._native.fit)

    @property
    def lambda_(self) -> float:
        """The estimate; infinity if play is as in the limit of the branch."""
        return self.fit.lambda_

    @property
    def log_likelihood(self) -> float:
        """At the estimate, without the constants of the counts."""
        return self.fit.log_likelihood

    @property
    def standard_error(self) -> float:
        """From Fisher's information; not a number where the estimate is an end of the branch."""
        return self._native.standard_error

    @property
    def interval(self) -> tuple[float, float]:
        """The smallest and the largest lambda that the likelihood ratio does not reject at the confidence asked for."""
        return self._native.lower, self._native.upper

    @cached_property
    def local_maxima(self) -> list[AgentQreFit]:
        """All maxima along the branch, in its order."""
        return [self._fit(values) for values in self._native.local_maxima]

    @cached_property
    def branch(self) -> AgentQreBranch:
        return AgentQreBranch(self._native.branch, self.game, self.options)

    @cached_property
    def profile(self) -> np.ndarray:
        """[point] log-likelihood at the points of the branch."""
        return self._native.log_likelihood

    @property
    def log_likelihood_uniform(self) -> float:
        """Of uniform choice, lambda = 0."""
        return self._native.log_likelihood_uniform

    @property
    def log_likelihood_frequencies(self) -> float:
        """Of the observed frequencies: no model fits better."""
        return self._native.log_likelihood_frequencies

    @property
    def observations(self) -> float:
        """Choices in the data."""
        return self._native.observations

    def __repr__(self) -> str:
        low, high = self.interval
        confidence = 100 * self.options["confidence"]
        return (
            f"AgentQreEstimate(lambda={self.lambda_:.6g}, standard error {self.standard_error:.3g}, "
            f"{confidence:g} % interval [{low:.4g}, {high:.4g}]; log-likelihood {self.log_likelihood:.6g}, "
            f"of uniform choice {self.log_likelihood_uniform:.6g}, "
            f"of frequencies {self.log_likelihood_frequencies:.6g}; "
            f"{self.status}{': ' + self.message if self.message else ''})"
        )


@checked(game=(ExtensiveGame, NormalFormGame))
def solve_agent_qre(
    game: ExtensiveGame | NormalFormGame,
    *,
    lambda_max: float | None = None,
    limit: int = _core.agent_qre_limit,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> AgentQreBranch:
    """Trace the principal branch of agent logit quantal response equilibria from lambda = 0 on, and solve for its limit.

    At lambda, the agent at information set h plays action a with probability proportional to exp(lambda u_a), u_a the
    expected payoff of a given that h is reached (McKelvey and Palfrey 1998). A table is solved as simultaneous moves:
    logit quantal response equilibrium (McKelvey and Palfrey 1995). The branch is followed along its length, so that it may
    turn (Turocy 2005, 2010); its limit is returned only if it is certified as a sequential equilibrium.

    Parameters
    ----------
    game : ExtensiveGame or NormalFormGame
        Any number of players. Exact numbers are rounded to floats.
    lambda_max : float, optional
        Where to stop; the last point is exactly there. To the limit, unless given.
    limit : int
        Most points.
    time_limit : float, seconds
    progress : callable (done, total)

    Raises
    ------
    InvalidGame
        For more than 5000 actions in all information sets.
    InvalidOptions

    Examples
    --------
    >>> import schelling as sg
    >>> pennies = sg.NormalFormGame([[[9, 0], [0, 1]], [[0, 1], [1, 0]]], players=["row", "column"])
    >>> branch = sg.solve_agent_qre(pennies)
    >>> {name: round(p, 9) for name, p in branch.limit.strategy["column"].items()}
    {'1': 0.1, '2': 0.9}
    """
    tree = _as_tree(game)
    native = _core.solve_agent_qre(
        tree._native, lambda_max=lambda_max, limit=limit, time_limit=time_limit, progress=progress
    )
    return AgentQreBranch(native, tree, {"lambda_max": lambda_max, "limit": limit, "time_limit": time_limit})


@checked(game=(ExtensiveGame, NormalFormGame))
def agent_qre(
    game: ExtensiveGame | NormalFormGame,
    lambda_: float,
    *,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> AgentQre:
    """Find the agent logit quantal response equilibrium at which the principal branch first reaches lambda.

    Raises
    ------
    InvalidArgument
        Unless lambda is finite and not negative.

    Examples
    --------
    >>> import schelling as sg
    >>> pennies = sg.NormalFormGame([[[1, 0], [0, 1]], [[0, 1], [1, 0]]], players=["row", "column"])
    >>> sg.agent_qre(pennies, 2.0).strategy["row"]
    {'1': 0.5, '2': 0.5}
    """
    tree = _as_tree(game)
    native = _core.agent_qre(tree._native, lambda_, time_limit=time_limit, progress=progress)
    return AgentQre(native, tree, lambda_)


@checked(game=(ExtensiveGame, NormalFormGame), counts=ROWS)
def estimate_agent_qre(
    game: ExtensiveGame | NormalFormGame,
    counts: Mapping[Any, Any] | Sequence[float],
    *,
    confidence: float = _core.estimate_agent_qre_confidence,
    lambda_max: float | None = None,
    limit: int = _core.agent_qre_limit,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> AgentQreEstimate:
    """Estimate lambda by maximum likelihood from how often each action was chosen, along the principal branch.

    Parameters
    ----------
    game : ExtensiveGame or NormalFormGame
    counts : {information set: {action: count}} or {information set: [counts]}, or one list over all actions
        Information sets by name or number; the ones left out have no data. Those of a table are named after the players.
    confidence : float
        Level of `interval`.
    lambda_max, limit, time_limit, progress
        As in `solve_agent_qre`.

    Raises
    ------
    InvalidArgument
        For counts that are negative, not finite, all zero, or not of this game.
    InvalidOptions

    Examples
    --------
    Ochs (1995), game 2, in the units and with the frequencies of McKelvey and Palfrey (1995):

    >>> import schelling as sg
    >>> game = sg.NormalFormGame([[[1.1141, 0], [0, 0.2785]], [[0, 1.1141], [1.1141, 0]]], players=["A", "B"])
    >>> found = sg.estimate_agent_qre(game, {"A": [67.456, 60.544], "B": [46.848, 81.152]})
    >>> round(found.lambda_, 3), round(found.log_likelihood, 2)
    (1.846, -174.76)
    """
    tree = _as_tree(game)
    if isinstance(counts, Mapping):
        number_of = {label: k for k, label in enumerate(tree.information_sets)}
        rows = [[0.0] * len(tree.actions(k)) for k in range(len(number_of))]
        for key, given in counts.items():
            number = number_of.get(key) if isinstance(key, str) else key
            if not isinstance(number, int | np.integer) or not 0 <= number < len(rows):
                names = ", ".join(map(repr, tree.information_sets[:20]))
                raise InvalidArgument(f"counts: expected information sets among {names}, found {shown(key)}")
            number = int(number)
            what = f"counts at {tree.information_sets[number]!r}"
            rows[number] = floats(what, row_of(what, "action", tree.actions(number), given)).tolist()
        counts = [n for row in rows for n in row]
    refuse_masked("counts", counts)
    try:
        flat = np.asarray(counts, dtype=float).ravel()
    except (TypeError, ValueError, OverflowError):
        raise InvalidArgument(expectation("counts", "numbers of choices", counts)) from None
    native = _core.estimate_agent_qre(
        tree._native,
        flat,
        confidence=confidence,
        lambda_max=lambda_max,
        limit=limit,
        time_limit=time_limit,
        progress=progress,
    )
    options = {
        "confidence": confidence,
        "lambda_max": lambda_max,
        "limit": limit,
        "time_limit": time_limit,
    }
    return AgentQreEstimate(native, tree, options)
