"""From content to one self-contained page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from importlib import resources

import jinja2
from markupsafe import Markup

from . import charts, formats
from .content import ClaimRow, Content, Outcome, Slope, Verdict
from .findings import READINGS, findings, fragile_designs

COLUMNS = 7  # outcomes side by side in one table
SLOPES = 8  # facts in one table of comparative statics


def claim_groups(claims: Sequence[ClaimRow]) -> list[list[ClaimRow]]:
    """Claims with their companions behind them, in the order of the case."""
    groups = {claim.id: [claim] for claim in claims if claim.companion_of is None}
    for claim in claims:
        if claim.companion_of is not None:
            groups.setdefault(claim.companion_of, []).append(claim)
    return list(groups.values())


def _can_hold(verdict: Verdict) -> float:
    return verdict.holds.value + verdict.selection.value


def _sign(sign: int) -> str:
    return {1: "(+)", -1: f"({formats.MINUS})"}.get(sign, "(±)")


def _span(values: Sequence[float], outcome: Outcome) -> str:
    texts = dict.fromkeys(formats.amount(v, outcome.unit) for v in values)
    return " or ".join(texts) if texts else "–"


def _outcome_tables(outcomes: Sequence[Outcome]) -> list[list[Outcome]]:
    """Outcomes side by side, headline ones first, at most COLUMNS a table; probabilities apart."""
    ordered = sorted(outcomes, key=lambda o: not o.headline)
    groups = (
        [o for o in ordered if o.unit == "probability"],
        [o for o in ordered if o.unit != "probability"],
    )
    return [group[k : k + COLUMNS] for group in groups for k in range(0, len(group), COLUMNS)]


def _slope_tables(content: Content) -> list[tuple[str, list[tuple[str, list[tuple[str, dict[str, Slope]]]]]]]:
    """By outcome: what options set, then the facts with the largest effects, each with its slopes by option."""
    tables: dict[str, dict[str, dict[str, Slope]]] = {}
    for slope in content.slopes:
        tables.setdefault(slope.outcome, {}).setdefault(slope.parameter, {})[slope.policy] = slope
    levers = {p.name for p in content.parameters if p.lever}

    def effect(row: tuple[str, dict[str, Slope]]) -> float:
        return max((abs(v) for s in row[1].values() for v in s.steps if math.isfinite(v)), default=0.0)

    found = []
    for name, rows in tables.items():
        ordered = [row for row in sorted(rows.items(), key=effect, reverse=True) if effect(row) > 0]
        set_by_options = [row for row in ordered if row[0] in levers]
        facts = [row for row in ordered if row[0] not in levers][:SLOPES]
        groups = [("Set by the options", set_by_options), ("Facts about the world, largest effects", facts)]
        found.append((name, [group for group in groups if group[1]]))
    return found


def _driver_scale(claim: ClaimRow) -> float:
    """The full width of a claim's bars: a round shift above the largest interval."""
    reach = max((d.upper for d in claim.shown), default=0.0)
    return next((s for s in (0.05, 0.1, 0.2, 0.3, 0.5) if s >= reach), 1.0)


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(__package__, "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in (
        "number",
        "percent",
        "points",
        "share",
        "error",
        "amount",
        "interval",
        "words",
        "upper_first",
    ):
        environment.filters[name] = getattr(formats, name)
    environment.filters["assumed"] = lambda label: label.replace(" it", " the assumption")
    environment.filters["lower_first"] = lambda text: text[:1].lower() + text[1:]
    return environment


def render(content: Content) -> str:
    """The whole report as HTML that needs nothing but itself."""
    style = resources.files(__package__).joinpath("templates/style.css").read_text(encoding="utf-8")
    groups = claim_groups(content.claims)
    titles = {o.name: o for o in content.outcomes}

    def slope_steps(slope: Slope) -> str:
        write = formats.points if titles[slope.outcome].unit == "probability" else formats.signed
        return " or ".join(dict.fromkeys("kink" if math.isnan(v) else write(v) for v in slope.steps))

    def slope_values(slope: Slope) -> str:
        return " or ".join(dict.fromkeys(formats.number(v) for v in slope.values))

    return (
        _environment()
        .get_template("report.html")
        .render(
            c=content,
            style=Markup(style),
            groups=groups,
            option_names=formats.sentence_list([p.name for p in content.policies]),
            heads={claim.id: group[0].id for group in groups for claim in group},
            findings=findings(content),
            fragile_keys=fragile_designs,
            readings=READINGS,
            verdict_bar=charts.verdict_bar,
            intervals=charts.intervals,
            shift_bar=charts.shift_bar,
            profile_line=charts.profile_line,
            count_word=formats.count_word,
            can_hold=_can_hold,
            sign=_sign,
            span=_span,
            outcome_tables=_outcome_tables,
            slope_tables=_slope_tables,
            slope_steps=slope_steps,
            slope_values=slope_values,
            driver_scale=_driver_scale,
            outcome_title=lambda name: titles[name].title,
            finite=math.isfinite,
        )
    )
