"""Time schelling beside lrsnash and Gambit, on the same games in the same run.

    python bench/compare.py [--games 20] [--seed 1]

lrsnash is Debian's lrslib; Gambit is pygambit on PyPI; both are under the GPL, nothing of schelling needs them, and what is
not installed is left out. Payoffs are random integers up to 99, generic enough that ties are rare. Every program works in one
thread; lrsnash's time includes its start, about 2 ms. The peers return Nash equilibria, without beliefs; schelling's sets of
perfect Bayesian equilibria are complete and certified.
"""

from __future__ import annotations

import argparse
import io
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from itertools import product

import numpy as np

import schelling as sg

try:
    import pygambit
except ImportError:
    pygambit = None
LRSNASH = shutil.which("lrsnash")


def signaling_games(
    rng: np.random.Generator, shape: tuple[int, int, int], count: int
) -> list[sg.SignalingGame]:
    games = []
    for _ in range(count):
        prior = rng.integers(1, 10, shape[0])
        tables = rng.integers(-99, 100, (2, *shape)).tolist()
        games.append(sg.SignalingGame([f"{p}/{prior.sum()}" for p in prior], *tables))
    return games


def normal_form(game: sg.SignalingGame) -> sg.NormalFormGame:
    """One row for each plan of the sender, one column for each rule of the receiver."""
    types, messages, actions = game.shape
    plans = list(product(range(messages), repeat=types))
    rules = list(product(range(actions), repeat=messages))
    exact = game.exact
    payoffs = [
        [
            [sum(exact.prior[t] * u[t, m, rule[m]] for t, m in enumerate(plan)) for rule in rules]
            for plan in plans
        ]
        for u in (exact.sender, exact.receiver)
    ]
    return sg.NormalFormGame(payoffs)


def bimatrix_text(game: sg.NormalFormGame) -> str:
    """The input of lrsnash."""
    rows, columns = map(len, game.strategies.values())
    tables = ["\n".join(" ".join(map(str, row)) for row in table) for table in game.exact.payoffs.values()]
    return f"{rows} {columns}\n\n{tables[0]}\n\n{tables[1]}\n"


def lrsnash(game: sg.NormalFormGame) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(bimatrix_text(game))
        file.flush()
        return subprocess.run([LRSNASH, file.name], capture_output=True, text=True, check=True).stdout


def gambit(game: sg.NormalFormGame | sg.ExtensiveGame):
    if isinstance(game, sg.NormalFormGame):
        return pygambit.read_nfg(io.BytesIO(game.write_nfg().encode()))
    return pygambit.read_efg(io.BytesIO(game.write_efg().encode()))


def clock(solve: Callable, games: list) -> tuple[float, list]:
    """Median seconds for a game, and the answers."""
    seconds, answers = [], []
    for game in games:
        start = time.perf_counter()
        answers.append(solve(game))
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), answers


def show(what: str, rows: list[tuple[str, float, str]]) -> None:
    print(f"\n{what}")
    least = rows[0][1]
    for name, seconds, found in rows:
        print(f"  {name:<44}{1e3 * seconds:>12.3f} ms{seconds / least:>10.1f} x  {found}")


def compare_signaling(rng: np.random.Generator, shape: tuple[int, int, int], count: int) -> None:
    games = signaling_games(rng, shape, count)
    tables = [normal_form(game) for game in games]
    seconds, found = clock(sg.solve_pbe, games)
    rows = [("schelling, all perfect Bayesian, exact", seconds, f"{sum(map(len, found))} components")]
    if LRSNASH:
        seconds, _ = clock(lrsnash, tables)
        rows.append(("lrsnash, extreme Nash, exact", seconds, ""))
    if pygambit and max(map(len, tables[0].strategies.values())) <= 8:  # with more, minutes a game
        seconds, found = clock(
            lambda g: pygambit.nash.enummixed_solve(g, rational=True), list(map(gambit, tables))
        )
        rows.append(
            (
                "Gambit enummixed, extreme Nash, exact",
                seconds,
                f"{sum(len(f.equilibria) for f in found)} profiles",
            )
        )
    show(f"Signalling games {shape}, {count} of them", rows)


def compare_tables(rng: np.random.Generator, size: int, count: int) -> None:
    games = [sg.NormalFormGame(rng.integers(-99, 100, (2, size, size)).tolist()) for _ in range(count)]
    seconds, found = clock(sg.solve_nash_all, games)
    rows = [("schelling solve_nash_all, exact", seconds, f"{sum(map(len, found))} components")]
    if LRSNASH:
        rows.append(("lrsnash, exact", clock(lrsnash, games)[0], ""))
    show(f"All equilibria of tables {size} x {size}, {count} of them", rows)


def compare_trees(rng: np.random.Generator, count: int) -> None:
    trees = [sg.ExtensiveGame.from_signaling_game(g) for g in signaling_games(rng, (5, 5, 5), count)]
    seconds, found = clock(lambda g: sg.solve_nash(g, arithmetic="double"), trees)
    worst = max(f[0].certificate.max_regret for f in found)
    rows = [("schelling solve_nash, double", seconds, f"largest regret {worst:.0e}")]
    if pygambit:
        seconds, _ = clock(lambda g: pygambit.nash.lcp_solve(g, rational=False), list(map(gambit, trees)))
        rows.append(("Gambit lcp, double", seconds, ""))
    show(f"One equilibrium of signalling trees (5, 5, 5), {count} of them", rows)

    trees = [sg.ExtensiveGame.from_signaling_game(g) for g in signaling_games(rng, (4, 4, 4), count)]
    seconds, found = clock(sg.solve_agent_qre, trees)
    solved = sum(f.status == "solved" for f in found)
    rows = [("schelling solve_agent_qre, limit certified", seconds, f"{solved} solved")]
    if pygambit:
        seconds, _ = clock(lambda g: pygambit.nash.logit_solve(g, maxregret=1e-4), list(map(gambit, trees)))
        rows.append(("Gambit logit, to a regret of 1e-4", seconds, ""))
    show(f"Quantal response on signalling trees (4, 4, 4), {count} of them", rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--games", type=int, default=20, help="games of each kind")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = np.random.default_rng(arguments.seed)
    for shape in ((2, 2, 2), (3, 2, 2), (3, 3, 2)):
        compare_signaling(rng, shape, arguments.games)
    compare_tables(rng, 8, arguments.games)
    compare_tables(rng, 15, min(arguments.games, 3))
    compare_trees(rng, min(arguments.games, 10))
    print(
        f"\nlrsnash: {LRSNASH or 'not installed'}; pygambit: {pygambit.__version__ if pygambit else 'not installed'}"
    )


if __name__ == "__main__":
    main()
