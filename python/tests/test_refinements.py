"""Refinements as a reader of results meets them: verdicts, witnesses, parts, refined sets."""

import numpy as np
import pytest

import schelling as sg


@pytest.fixture
def beer_quiche():
    """Cho and Kreps (1987): breakfast is worth 1, no duel 2; nine in ten are surly."""
    return sg.SignalingGame(
        ["1/10", "9/10"],
        [[[0, 2], [1, 3]], [[1, 3], [0, 2]]],
        [[[1, 0], [1, 0]], [[0, 1], [0, 1]]],
        ["weak", "surly"],
        ["beer", "quiche"],
        ["duel", "not"],
    )


def test_the_intuitive_criterion_leaves_beer(beer_quiche):
    equilibria = sg.solve_pbe(beer_quiche)
    refined = equilibria.refine("intuitive")
    assert len(equilibria) == 2 and len(refined) == 1
    assert refined[0].representative.sender[:, 0].tolist() == [1, 1]
    assert "intuitive leaves 1 of 2 components" in refined.message
    assert equilibria.complete and not refined.complete


def test_the_witness_of_a_failure(beer_quiche):
    quiche = next(c for c in sg.solve_pbe(beer_quiche) if c.representative.sender[0, 1] == 1)
    verdict = quiche.survives("intuitive")
    assert verdict.status == "none" and not verdict
    (witness,) = verdict.witness
    assert (witness.message, witness.types, witness.passes) == ("beer", ["surly"], False)
    assert [e.type for e in witness.excluded] == ["weak"]
    np.testing.assert_array_equal(witness.belief, [0, 1])
    np.testing.assert_array_equal(witness.reply, [0, 1])
    assert witness.exact.belief.tolist() == [0, 1]
    assert str(verdict) == (
        "intuitive: none; after beer, where weak is excluded, surly gains whatever the reply: even from not, "
        "best against the belief surly"
    )


def test_one_assessment(beer_quiche):
    equilibria = sg.solve_pbe(beer_quiche)
    for component in equilibria:
        for assessment in component.vertices():
            for name in ("d1", "divinity", "undefeated"):
                one = sg.survives(beer_quiche, assessment, name, equilibria=equilibria)
                assert one.status == component.survives(name).status
    with pytest.raises(sg.InvalidArgument, match="undecided: all equilibria are needed"):
        bool(sg.survives(beer_quiche, equilibria[0].representative, "undefeated"))


def test_the_same_in_double(beer_quiche):
    double = sg.SignalingGame(beer_quiche.prior, beer_quiche.sender, beer_quiche.receiver)
    exact = {tuple(c.outcomes[0].sender_payoff): c.survives("d1").status for c in sg.solve_pbe(beer_quiche)}
    found = {tuple(c.outcomes[0].sender_payoff): c.survives("d1").status for c in sg.solve_pbe(double)}
    assert found == exact
    assert all(w.exact is None for c in sg.solve_pbe(double) for w in c.survives("d1").witness)


def test_part_of_a_component_survives(beer_quiche):
    """At even odds the receiver is indifferent after quiche, and may duel there with any probability q up to 1/2,
    where surly, who gets 2 - 2q, would turn to beer and its duel. Weak gets 3 - 2q, more than the 2 that beer gives
    at best, unless q = 1/2: only there may the belief after beer rest on weak."""
    game = sg.SignalingGame(
        ["1/2", "1/2"],
        beer_quiche.exact.sender,
        beer_quiche.exact.receiver,
        beer_quiche.types,
        beer_quiche.messages,
        beer_quiche.actions,
    )
    equilibria = sg.solve_pbe(game)
    quiche = next(c for c in equilibria if c.representative.sender[0, 1] == 1)
    verdict = quiche.survives("intuitive")
    assert verdict.status == "part"
    with pytest.raises(sg.InvalidArgument, match="expected all or none, found part"):
        bool(verdict)
    ((condition,),) = verdict.part[0].cells
    assert str(condition) == "weak == 2"
    assert condition.exact.constant == -2
    for outcome in quiche.outcomes:
        survives = sg.survives(game, outcome, "intuitive")
        assert bool(survives) == (outcome.sender_payoff[0] == 2)
    # Surly is tempted by any reply to beer but a sure duel, weak by none: D1 excludes weak at q = 1/2 too.
    assert quiche.survives("d1").status == "none"
    assert len(equilibria.refine("intuitive")) == 1
    assert len(equilibria.refine("intuitive", keep="part")) == 2


def test_mistakes_are_named(beer_quiche):
    equilibria = sg.solve_pbe(beer_quiche)
    with pytest.raises(sg.InvalidArgument, match=r'refinement: expected one of intuitive, .*found "d3"'):
        equilibria[0].survives("d3")
    with pytest.raises(sg.InvalidArgument, match="keep: expected 'all' or 'part', found 'some'"):
        equilibria.refine("d1", keep="some")
    with pytest.raises(sg.InvalidOptions, match="work_limit: expected a positive number, found 0"):
        equilibria.refine("d1", work_limit=0)
    other = sg.SignalingGame(["1/2", "1/2"], beer_quiche.exact.sender, beer_quiche.exact.receiver)
    with pytest.raises(sg.InvalidArgument, match="found those of another one"):
        sg.survives(other, sg.solve_pbe(other)[0].representative, "undefeated", equilibria=equilibria)
    with pytest.raises(sg.InvalidArgument, match="outcome: expected one of an equilibrium of the game"):
        quiche = next(c for c in equilibria if c.representative.sender[0, 1] == 1)
        sg.survives(
            sg.SignalingGame(["9/10", "1/10"], other.exact.sender, other.exact.receiver),
            quiche.representative,
            "d1",
        )
    with pytest.raises(sg.InvalidArgument, match="assessment: expected a SignalingAssessment"):
        sg.survives(beer_quiche, "pooling", "d1")


def test_progress_is_told(beer_quiche):
    calls = []
    sg.solve_pbe(beer_quiche).refine("divinity", progress=lambda done, total: calls.append((done, total)))
    assert calls[-1] == (2, 2)
