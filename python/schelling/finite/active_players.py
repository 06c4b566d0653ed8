"""Players who never have a choice: the two-player solvers leave them out, and state what they find for everybody."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from .extensive_game import ExtensiveGame
from .normal_form_game import NormalFormGame

Game = ExtensiveGame | NormalFormGame


@dataclass(frozen=True)
class Reduction:
    """A game of two players that has the equilibria of `original`, whose other players have one action wherever they move,
    or none at all."""

    original: Game
    game: Game
    sets: tuple[int, ...]  #: of a tree: which information sets of the original the reduced one has, in order
    left_out: tuple[str, ...]

    def equilibrium(self, found: Any) -> Any:
        """A profile or an assessment of the reduced game as one of the original."""
        numbers = found if found.exact is None else found.exact
        if isinstance(self.original, NormalFormGame):
            stated = {player: list(row.values()) for player, row in numbers.strategies.items()}
            return self.original.profile([stated.get(player, [1]) for player in self.original.players])
        game = self.original
        known = dict(zip(self.sets, numbers.strategy.values(), strict=True))
        return game.assessment(
            {
                number: list(known[number].values()) if number in known else [1]
                for number in range(len(game.information_sets))
            }
        )

    def result(self, found: Any) -> Any:
        """A result of the reduced game, a sequence of Nash equilibria, as one of the original."""
        exactly = self.original.arithmetic == "exact"
        entry = str if exactly else float
        document = json.loads(found.to_json())
        document["game"] = json.loads(self.original.to_json())["game"]
        note = (
            f"{', '.join(self.left_out)}: without a choice, left out by the solver" if self.left_out else ""
        )
        document["message"] = "; ".join(filter(None, (document["message"], note)))
        for stated, equilibrium in zip(document["equilibria"], found, strict=True):
            whole = self.equilibrium(equilibrium)
            payoff = (whole.exact if exactly else whole).payoff
            stated["payoff"] = [entry(x) for x in payoff.values()]
            values = whole._native.values(exactly)
            if isinstance(self.original, NormalFormGame):
                stated["strategies"] = [[entry(p) for p in row] for row in values["strategies"]]
            else:
                stated["strategy"] = [entry(p) for p in values["strategy"]]
                known = whole._native.has_beliefs
                stated["beliefs"] = [
                    [entry(values["beliefs"][node]) for node in nodes] if known[number] else None
                    for number, nodes in enumerate(self.original._structure.nodes)
                ]
        native, game = type(found)._read(json.dumps(document))
        return type(found)(native, game, found.options)


def reduce_players(game: Game) -> Reduction | None:
    """The game without the players who have no choice, if that leaves at most two; None for a game of two players, which
    needs no reduction, and for one of more who choose."""
    if len(game.players) == 2:
        return None
    return _reduce_table(game) if isinstance(game, NormalFormGame) else _reduce_tree(game)


def _kept(players: int, active: set[int]) -> list[int] | None:
    """Two players, those who choose among them; one of a game of one."""
    if len(active) > 2:
        return None
    others = [k for k in range(players) if k not in active]
    return sorted([*active, *others[: 2 - len(active)]])


def _nobody(players: tuple[str, ...]) -> str:
    name = "nobody"
    while name in players:
        name += "'"
    return name


def _reduce_table(game: NormalFormGame) -> Reduction | None:
    kept = _kept(len(game.players), {k for k, count in enumerate(game.shape) if count > 1})
    if kept is None:
        return None
    tables = list(game._tables(game.arithmetic == "exact").values())
    shape = [game.shape[k] for k in kept]
    names = [game.players[k] for k in kept]
    strategies = [list(game.strategies[k]) for k in kept]
    payoffs = [tables[k].reshape(shape) for k in kept]
    if len(kept) == 1:
        names, strategies = [*names, _nobody(game.players)], [*strategies, ["nothing"]]
        payoffs = [payoffs[0].reshape(*shape, 1), 0 * payoffs[0].reshape(*shape, 1)]
    reduced = NormalFormGame(payoffs, players=names, strategies=strategies, title=game.title)
    left_out = tuple(p for k, p in enumerate(game.players) if k not in kept)
    return Reduction(game, reduced, (), left_out)


def _reduce_tree(game: ExtensiveGame) -> Reduction | None:
    owner = [game.players.index(game.player(number)) for number in range(len(game.information_sets))]
    choosing = {owner[n] for n in range(len(owner)) if len(game.actions(n)) > 1}
    kept = _kept(len(game.players), choosing)
    if kept is None:
        return None
    document = json.loads(game.to_json())
    stated = document["game"]
    names = [game.players[k] for k in kept]
    tree, count = stated["tree"], len(game.players)
    # Nodes stand in preorder: a node with one action is followed by its only child, which takes its place.
    tree["nodes"] = [node for node in tree["nodes"] if "player" not in node or node["player"] in names]
    payoffs = stated["payoffs"]
    rows = [payoffs[k : k + count] for k in range(0, len(payoffs), count)]
    zero = "0" if game.arithmetic == "exact" else 0.0
    extra = [zero] if len(kept) == 1 else []
    stated["payoffs"] = [x for row in rows for x in [*(row[k] for k in kept), *extra]]
    tree["players"] = [*names, *([_nobody(game.players)] if extra else [])]
    sets = tuple(n for n, player in enumerate(owner) if player in kept)
    left_out = tuple(p for k, p in enumerate(game.players) if k not in kept)
    return Reduction(game, ExtensiveGame.from_json(json.dumps(document)), sets, left_out)
