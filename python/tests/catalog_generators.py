"""The catalogue's larger games, built from their rules; the files must say the same."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations, product

import schelling as sg

Number = int | str | Fraction


def kuhn_poker() -> sg.ExtensiveGame:
    """Kuhn (1950): three cards, an ante of one, one bet of one."""
    b = sg.ExtensiveGameBuilder(["1", "2"], title="Kuhn poker")
    deals = ["".join(pair) for pair in permutations("JQK", 2)]
    dealt = b.chance(b.root, {deal: "1/6" for deal in deals}, label="deal")

    def showdown(place: int, deal: str, stake: int) -> None:
        won = stake if "JQK".index(deal[0]) > "JQK".index(deal[1]) else -stake
        b.terminal(place, [won, -won])

    for deal in deals:
        mine, theirs = deal
        first = b.decision(dealt[deal], "1", ["check", "bet"], information_set=f"1: {mine}")
        after_bet = b.decision(first["bet"], "2", ["fold", "call"], information_set=f"2: {theirs}, bet")
        b.terminal(after_bet["fold"], [1, -1])
        showdown(after_bet["call"], deal, 2)
        after_check = b.decision(first["check"], "2", ["check", "bet"], information_set=f"2: {theirs}, check")
        showdown(after_check["check"], deal, 1)
        last = b.decision(after_check["bet"], "1", ["fold", "call"], information_set=f"1: {mine}, check, bet")
        b.terminal(last["fold"], [-1, 1])
        showdown(last["call"], deal, 2)
    return b.build()


def chain_store(entrants: int) -> sg.ExtensiveGame:
    """Selten (1978): the incumbent meets one potential entrant after the other, everything is observed."""
    names = [f"Entrant {k}" for k in range(1, entrants + 1)]
    b = sg.ExtensiveGameBuilder(["Chain store", *names], title=f"Chain store, {entrants} entrants")

    def stage(place: int, k: int, payoffs: list[int]) -> None:
        if k > entrants:
            b.terminal(place, payoffs)
            return

        def on(store: int, entrant: int) -> list[int]:
            after = list(payoffs)
            after[0] += store
            after[k] = entrant
            return after

        entry = b.decision(place, f"Entrant {k}", ["out", "in"])
        stage(entry["out"], k + 1, on(5, 1))
        reply = b.decision(entry["in"], "Chain store", ["cooperate", "fight"])
        stage(reply["cooperate"], k + 1, on(2, 2))
        stage(reply["fight"], k + 1, on(0, 0))

    stage(b.root, 1, [0] * (entrants + 1))
    return b.build()


def chain_store_reputation(entrants: int, tough: Number, b_: Number, a: Number) -> sg.ExtensiveGame:
    """Kreps and Wilson (1982): with probability `tough` the monopolist would rather fight.

    Per stage an entrant gets 0 outside, b if the monopolist acquiesces and b - 1 if it fights; the weak monopolist a, 0
    and -1; the tough one a, -1 and 0. Entrants are numbered by how many are left.
    """
    tough, b_, a = map(Fraction, (tough, b_, a))
    names = [f"Entrant {n}" for n in range(entrants, 0, -1)]
    b = sg.ExtensiveGameBuilder(
        ["Monopolist", *names], title=f"Chain store with reputation, {entrants} entrants"
    )
    kinds = b.chance(b.root, {"weak": 1 - tough, "tough": tough}, label="monopolist")

    def stage(place: int, kind: str, n: int, history: tuple[str, ...], payoffs: list[Fraction]) -> None:
        if n == 0:
            b.terminal(place, payoffs)
            return
        k = entrants - n + 1
        where = f" | {', '.join(history)}" if history else ""

        def on(monopolist: Fraction | int, entrant: Fraction | int) -> list[Fraction]:
            after = list(payoffs)
            after[0] += monopolist
            after[k] = Fraction(entrant)
            return after

        entry = b.decision(place, f"Entrant {n}", ["out", "in"], information_set=f"Entrant {n}{where}")
        stage(entry["out"], kind, n - 1, (*history, "out"), on(a, 0))
        reply = b.decision(
            entry["in"], "Monopolist", ["acquiesce", "fight"], information_set=f"{kind} at {n}{where}"
        )
        weak = kind == "weak"
        stage(reply["acquiesce"], kind, n - 1, (*history, "acquiesce"), on(0 if weak else -1, b_))
        stage(reply["fight"], kind, n - 1, (*history, "fight"), on(-1 if weak else 0, b_ - 1))

    for kind, place in kinds.items():
        stage(place, kind, entrants, (), [Fraction(0)] * (entrants + 1))
    return b.build()


def brinkmanship_ladder(
    resolve_1: Number, resolve_2: Number, step: Number, rungs: int, status_quo: Number
) -> sg.ExtensiveGame:
    """Powell (1987): states take turns to submit or to run a risk that grows by one step; both know all.

    Prevailing pays 1, submitting 1 - R, disaster 0. Whoever runs the last risk prevails if it ends well.
    """
    r1, r2, f, q = map(Fraction, (resolve_1, resolve_2, step, status_quo))
    b = sg.ExtensiveGameBuilder(["I", "II"], title="Brinkmanship under complete information")
    start = b.decision(b.root, "I", ["status quo", "exploit"])
    b.terminal(start["status quo"], [q, q], label="status quo")
    place = start["exploit"]
    for n in range(1, rungs + 1):
        mover = n % 2  # 1 is II
        move = b.decision(place, "II" if mover else "I", ["submit", "escalate"], information_set=f"risk {n}")
        b.terminal(
            move["submit"],
            [1, 1 - r2] if mover else [1 - r1, 1],
            label=f"{'II' if mover else 'I'} submits at {n}",
        )
        luck = b.chance(move["escalate"], {"disaster": n * f, "none": 1 - n * f})
        b.terminal(luck["disaster"], [0, 0], label=f"disaster at {n}")
        place = luck["none"]
    b.terminal(place, [0, 1] if rungs % 2 else [1, 0], label="the last to escalate prevails")
    return b.build()


def brinkmanship(
    resolve_1: Number,
    irresolute_2: Number,
    resolute_2: Number,
    step: Number,
    probability_irresolute: Number,
    status_quo: Number,
) -> sg.ExtensiveGame:
    """Powell (1987): the same with II's resolve unknown to I, up to I's escalation at the fourth step."""
    r1, weak, strong, f, p, q = map(
        Fraction, (resolve_1, irresolute_2, resolute_2, step, probability_irresolute, status_quo)
    )
    b = sg.ExtensiveGameBuilder(["I", "II"], title="Brinkmanship, resolve of II unknown")
    kinds = b.chance(b.root, {"irresolute": p, "resolute": 1 - p}, label="resolve of II")
    for kind, r2 in (("irresolute", weak), ("resolute", strong)):
        start = b.decision(kinds[kind], "I", ["status quo", "exploit"], information_set="I")
        b.terminal(start["status quo"], [q, q])
        place = start["exploit"]
        for n in range(1, 5):
            mover = n % 2
            move = b.decision(
                place,
                "II" if mover else "I",
                ["submit", "escalate"],
                information_set=f"{kind} at {n}" if mover else f"I at {n}",
            )
            b.terminal(move["submit"], [1, 1 - r2] if mover else [1 - r1, 1])
            luck = b.chance(move["escalate"], {"disaster": n * f, "none": 1 - n * f})
            b.terminal(luck["disaster"], [0, 0])
            place = luck["none"]
        b.terminal(place, [1, 0])
    return b.build()


def unilateral_deterrence(hard_challenger: Number, hard_defender: Number) -> sg.ExtensiveGame:
    """Zagare and Kilgour (2000, ch. 5): cooperate or defect, each side's readiness to fight known to itself alone."""
    pc, pd = Fraction(hard_challenger), Fraction(hard_defender)
    b = sg.ExtensiveGameBuilder(["Challenger", "Defender"], title="Unilateral deterrence")
    fight = {"hard": ("0.4", "0.5"), "soft": (0, 0)}
    kinds = {
        (c, d): (pc if c == "hard" else 1 - pc) * (pd if d == "hard" else 1 - pd)
        for c, d in product(("hard", "soft"), repeat=2)
    }
    drawn = b.chance(b.root, {f"{c} C, {d} D": p for (c, d), p in kinds.items()}, label="types")
    for c, d in kinds:
        start = b.decision(
            drawn[f"{c} C, {d} D"], "Challenger", ["cooperate", "defect"], information_set=f"{c} Challenger"
        )
        b.terminal(start["cooperate"], ["0.6", 1])
        reply = b.decision(start["defect"], "Defender", ["concede", "defy"], information_set=f"{d} Defender")
        b.terminal(reply["concede"], [1, "0.3"])
        last = b.decision(
            reply["defy"], "Challenger", ["concede", "fight"], information_set=f"{c} Challenger, defied"
        )
        b.terminal(last["concede"], ["0.2", "0.8"])
        b.terminal(last["fight"], [fight[c][0], fight[d][1]])
    return b.build()


def mutual_deterrence(hard: Number) -> sg.ExtensiveGame:
    """Zagare and Kilgour (2000): both may defect; whoever is defected against alone concedes or resists."""
    p = Fraction(hard)
    b = sg.ExtensiveGameBuilder(["A", "B"], title="Generalized mutual deterrence")
    fight = {"hard": Fraction("0.4"), "soft": Fraction(0)}
    kinds = {
        (x, y): (p if x == "hard" else 1 - p) * (p if y == "hard" else 1 - p)
        for x, y in product(("hard", "soft"), repeat=2)
    }
    drawn = b.chance(b.root, {f"{x} A, {y} B": q for (x, y), q in kinds.items()}, label="types")
    for x, y in kinds:
        first = b.decision(drawn[f"{x} A, {y} B"], "A", ["cooperate", "defect"], information_set=f"{x} A")
        second = {
            mine: b.decision(first[mine], "B", ["cooperate", "defect"], information_set=f"{y} B")
            for mine in ("cooperate", "defect")
        }
        b.terminal(second["cooperate"]["cooperate"], ["0.7", "0.7"])
        b.terminal(second["defect"]["defect"], [fight[x], fight[y]])
        reply = b.decision(
            second["cooperate"]["defect"], "A", ["concede", "resist"], information_set=f"{x} A, attacked"
        )
        b.terminal(reply["concede"], ["0.25", 1])
        b.terminal(reply["resist"], [fight[x], fight[y]])
        reply = b.decision(
            second["defect"]["cooperate"], "B", ["concede", "resist"], information_set=f"{y} B, attacked"
        )
        b.terminal(reply["concede"], [1, "0.25"])
        b.terminal(reply["resist"], [fight[x], fight[y]])
    return b.build()


def asymmetric_escalation(hard_challenger: Number) -> sg.ExtensiveGame:
    """Zagare and Kilgour (2000): the defender may answer in kind or escalate, either side may escalate further.

    The challenger is hard or soft about the highest level of conflict, the defender about the lower (first letter) and the
    highest (second); the defender's four types are equally likely.
    """
    pc = Fraction(hard_challenger)
    b = sg.ExtensiveGameBuilder(["Challenger", "Defender"], title="Asymmetric escalation")
    defenders: Sequence[str] = ("HH", "HS", "SH", "SS")
    kinds = {(c, d): (pc if c == "hard" else 1 - pc) / 4 for c, d in product(("hard", "soft"), defenders)}
    drawn = b.chance(b.root, {f"{c}, {d}": p for (c, d), p in kinds.items()}, label="types")
    for c, d in kinds:
        all_out = [25 if c == "hard" else 0, 30 if d[1] == "H" else 0]
        start = b.decision(drawn[f"{c}, {d}"], "Challenger", ["cooperate", "defect"], information_set=c)
        b.terminal(start["cooperate"], [60, 100])
        reply = b.decision(start["defect"], "Defender", ["concede", "defy", "escalate"], information_set=d)
        b.terminal(reply["concede"], [100, 50])
        defied = b.decision(reply["defy"], "Challenger", ["stay", "escalate"], information_set=f"{c}, defied")
        b.terminal(defied["stay"], [40, 60 if d[0] == "H" else 40])
        last = b.decision(
            defied["escalate"], "Defender", ["stay", "escalate"], information_set=f"{d}, outbid"
        )
        b.terminal(last["stay"], [45, 20])
        b.terminal(last["escalate"], all_out)
        outbid = b.decision(
            reply["escalate"], "Challenger", ["stay", "escalate"], information_set=f"{c}, outbid"
        )
        b.terminal(outbid["stay"], [20, 90])
        b.terminal(outbid["escalate"], all_out)
    return b.build()


#: The file of each generated game, by its name in the catalogue.
GENERATED = {
    "classics/kuhn-1950-poker": kuhn_poker,
    "reputation/selten-1978-chain-store": lambda: chain_store(3),
    "reputation/kreps-wilson-1982-chain-store": lambda: chain_store_reputation(3, "1/5", "1/2", 2),
    "deterrence/powell-1987-ladder-first-state-prevails": lambda: brinkmanship_ladder(
        "0.33", "0.25", "0.08", 6, "0.75"
    ),
    "deterrence/powell-1987-ladder-second-state-prevails": lambda: brinkmanship_ladder(
        "0.3", "0.45", "0.08", 6, "0.75"
    ),
    "deterrence/powell-1987-brinkmanship": lambda: brinkmanship("0.3", "0.2", "0.3", "0.08", "0.85", "0.75"),
    "deterrence/powell-1987-brinkmanship-larger-steps": lambda: brinkmanship(
        "0.35", "0.15", "0.4", "0.1", "0.9", "0.8"
    ),
    "deterrence/zagare-kilgour-2000-unilateral-bluff": lambda: unilateral_deterrence("0.3", "0.3"),
    "deterrence/zagare-kilgour-2000-unilateral-attack": lambda: unilateral_deterrence("0.8", "0.3"),
    "deterrence/zagare-kilgour-2000-unilateral-separating": lambda: unilateral_deterrence("0.3", "0.55"),
    "deterrence/zagare-kilgour-2000-unilateral-certain": lambda: unilateral_deterrence("0.8", "0.9"),
    "deterrence/zagare-kilgour-2000-mutual": lambda: mutual_deterrence("0.6"),
    "deterrence/zagare-kilgour-2000-mutual-low-credibility": lambda: mutual_deterrence("0.2"),
    "deterrence/zagare-kilgour-2000-asymmetric-escalation": lambda: asymmetric_escalation("0.7"),
}
