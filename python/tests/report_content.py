"""A made-up report: every feature of the page, no solver behind it."""

from __future__ import annotations

import numpy as np

from schelling.report.content import (
    Attribute,
    Cell,
    Certificates,
    ClaimRow,
    Content,
    Design,
    Driver,
    EvidenceRow,
    Figure,
    ModelRow,
    Outcome,
    ParameterRow,
    PolicyRow,
    Share,
    Slope,
    Verdict,
)

POLICIES = ("open_border", "patrols", "fence_after_talks", "fence", "wall")
DRIVERS = ("cost_of_raiding", "strength_of_the_fence", "patience_of_the_herders", "distance_to_water")


def verdict(holds: float, selection: float = 0.0, undefined: float = 0.0) -> Verdict:
    """A verdict whose shares add up to one."""
    return Verdict(
        holds=Share(holds, 0.006),
        selection=Share(selection, 0.002),
        fails=Share(max(0.0, 1 - holds - selection - undefined), 0.006),
        undefined=Share(undefined, 0.001),
        ties=Share(0.0, 0.0),
        points=4096,
    )


def drivers() -> list[Driver]:
    shifts, signs = (0.21, 0.09, 0.03, 0.01), (1, -1, 0, 0)
    return [
        Driver(
            parameter=name,
            shift=shift,
            lower=max(0.0, shift - 0.015),
            upper=shift + 0.015,
            first_order=shift,
            sign=sign,
            profile=tuple(np.clip(0.6 + sign * shift * np.linspace(-1, 1, 10), 0, 1)),
        )
        for name, shift, sign in zip(DRIVERS, shifts, signs, strict=True)
    ]


def claim(
    identifier: str, says: str, shares: tuple[float, float, float, float], **changes: object
) -> ClaimRow:
    names = ("examined", "half", "double", "filtered")
    fields = {
        "id": identifier,
        "says": says,
        "source": "herding council, second day",
        "expression": "all k in policies: raids.attack['fence'] <= raids.attack[k]",
        "verdicts": {
            name: verdict(s, selection=0.03 * (1 - s)) for name, s in zip(names, shares, strict=True)
        },
        "baseline": "holds",
        "label": "contingent",
        "assumption": "",
        "assumption_detail": "",
        "drivers": drivers(),
        "noise": 0.02,
        "evidence": ("E2",),
    }
    return ClaimRow(**{**fields, **changes})


def content() -> Content:
    """The report of an invented pasture dispute."""
    generator = np.random.default_rng(7)
    outcomes = [
        Outcome(
            "raid", "Probability of a raid", "probability", "The neighbour raids, whatever follows.", True
        ),
        Outcome(
            "feud", "Probability of a feud", "probability", "A raid that ends in a feud nobody wanted.", True
        ),
        Outcome("loss_herders", "Expected loss of the herders", "herd", "In units of one herd.", True),
        Outcome(
            "resist_given_raid", "Probability that a raid is resisted", "probability", "Given a raid.", False
        ),
    ]

    def cell(scale: float) -> Cell:
        a, b, c = np.sort(generator.random(3)) * scale
        return Cell(
            (b,) if scale < 1 else (b, c * 1.02), a, b, b * 1.05, c * 1.1, Share(0.2, 0.01), Share(0.2, 0.01)
        )

    policies = [
        PolicyRow(
            id=name,
            name=name.replace("_", " "),
            says="what the council calls it when nobody from the valley listens",
            attributes={"height": "1.5", "tied_hands": "0.3"},
            window={"height": "0.2", "tied_hands": "0.1"} if name == "fence_after_talks" else {},
            cells={o.name: cell(0.02 if o.name == "feud" else 1.0) for o in outcomes},
            several=Share(0.04, 0.003),
        )
        for name in POLICIES
    ]
    claims = [
        claim("C01", "raids are likelier on an open border than behind a fence", (0.982, 0.99, 0.95, 0.97)),
        claim("C01r", "the same, by five points", (0.89, 0.93, 0.8, 0.9), companion_of="C01"),
        claim("C04", "patrols deter as well as a wall", (0.55, 0.62, 0.48, 0.44), baseline="fails"),
        claim(
            "C12",
            "the same patrol is more credible when it was promised",
            (0.76, 0.8, 0.7, 0.77),
            assumption="encoded",
            assumption_detail="holds in 76.0 % with the declared assumption and in 3.9 % without it",
        ),
        claim("C20", "water alone decides", (0.04, 0.0, 0.1, 0.03), baseline="fails"),
        claim(
            "C21",
            "a raid costs something",
            (1.0, 1.0, 1.0, 1.0),
            label="invariant in range",
            drivers=(),
            noise=0.0,
        ),
    ]
    parameters = [
        ParameterRow(
            name,
            f"x_{k}",
            0.5 * (k + 1),
            0.1 * (k + 1),
            2.5 * (k + 1),
            "log" if k % 2 else "uniform",
            "stake of the raider" if k else "1",
            "how much it takes before anyone gives up",
            ("analyst",) if k else ("E1", "E2"),
            bool(k),
            k == 1,
        )
        for k, name in enumerate(DRIVERS)
    ]
    parameters.append(
        ParameterRow("number_of_goats", "n", 40, None, None, "uniform", "goats", "held fixed", ("E1",), False)
    )
    square = (
        '<svg class="drawn" viewBox="0 0 400 200" role="img" aria-label="{0}"><title>{0}</title>'
        '<rect width="400" height="200" fill="#e8eef4"/>'
        '<text x="200" y="100" text-anchor="middle">{0}</text></svg>'
    )
    return Content(
        case_id="pasture",
        title="Fences and neighbours on the upper pasture",
        question="Which arrangement keeps the upper pasture quiet, and what would have to be true for that?",
        as_of="1 May 1911",
        source="minutes of the herding council",
        actors={"H": "the herders", "R": "the neighbours, who may raid"},
        attributes=[Attribute("height", "metres"), Attribute("tied_hands", "1")],
        policies=policies,
        outcomes=outcomes,
        claims=claims,
        parameters=parameters,
        evidence=[
            EvidenceRow(
                "E1", "two raids in three were resisted", "Parish register 1850-1910", "read", DRIVERS[:1]
            ),
            EvidenceRow(
                "E2",
                "fences above a metre were never climbed",
                "Notebook of the schoolmaster",
                "verify",
                DRIVERS[:1],
            ),
            EvidenceRow("E3", "wolves prefer the lower pasture", "Hearsay", "read", ()),
        ],
        models=[
            ModelRow(
                name="raids",
                title="Raids with private costs",
                citation="",
                summary="A neighbour who knows his own cost decides whether to raid; the herders answer.",
                refinements=(
                    "After an unexpected raid, criterion D1: the raider is the type with most to gain.",
                ),
                assumptions=("one raid at most", "costs are lognormal and independent"),
                not_for=("predicting raids", "wolves"),
                engine="by hand; coverage some",
                options={"timing": "spring"},
                defaults=(("recovery_probability", 0.6, "land retaken"),),
            )
        ],
        slopes=[
            Slope(p, d, "raid", (value,), (value * 0.24,))
            for p in POLICIES
            for d, value in zip(DRIVERS[:3], (-0.21, 0.034, 1e-5), strict=True)
        ],
        phase_diagrams=[
            Figure("phase-1", "Raids by fence and cost", "Invented.", square.format("phase diagram"))
        ],
        trees=[
            Figure(
                "tree-1",
                "A raid, as played",
                "Invented.",
                square.format("tree"),
                ("the neighbour stays at home",),
                ("End", "Probability"),
                (("Peace", "90 %"),),
            )
        ],
        certificates=Certificates(23456, 3.1e-13, 1e-16, 0, 20480),
        design=Design(
            16, 256, 4, 1, 2023, 0.61, "0.2 <= raids.resist_given_raid['fence']", "raids were resisted"
        ),
        versions={"schelling": "0.0.0", "numpy": np.__version__},
        quick=True,
        data_file="pasture.nc",
    )
