"""The command line: `schelling` and `python -m schelling`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from . import __version__


def _report(arguments: argparse.Namespace) -> None:
    from .analysis.case import Case
    from .report import write_report

    report = write_report(
        Case.load(arguments.case),
        arguments.out,
        quick=arguments.quick,
        seed=arguments.seed,
        threads=arguments.threads,
        progress=sys.stderr.isatty() or arguments.progress,
    )
    print(report.summary())
    print(f"\n{report.page}\n{report.data}")


def _models(arguments: argparse.Namespace) -> None:
    from .analysis.case_reader import library_models

    found = library_models()
    if arguments.name is not None:
        print("\n".join(_described(arguments.name, found)))
        return
    for name in sorted(found):
        info = getattr(found[name], "info", None)
        title = getattr(info, "title", None) or (found[name].__doc__ or "").strip().split("\n")[0]
        print(f"{name:28} {title}")


def _described(name: str, models: Mapping[str, Any]) -> Iterator[str]:
    """A model with its parameters and outcomes, line by line."""
    by_lower_case = {known.lower(): known for known in models}
    known = by_lower_case.get(name.lower())
    if known is None:
        from . import InvalidArgument

        near = get_close_matches(name.lower(), by_lower_case, n=1)
        hint = f"; the nearest is {by_lower_case[near[0]]}" if near else ""
        raise InvalidArgument(f"model: expected one of {', '.join(sorted(models))}, found {name!r}{hint}")
    model = models[known]()
    info = model.info
    yield f"{known}: {info.title}"
    for title, key in (("source", "citation"), ("not for", "not_for")):
        if text := getattr(info, key, ""):
            yield f"{title}: {text if isinstance(text, str) else '; '.join(text)}"
    yield ""
    yield "parameters"
    for row in model.parameters:
        unit = row.unit or "no unit"
        yield f"  {row.name} = {row.default_value:.12g}    [{unit}; {row.domain}]"
        yield f"      {row.meaning}"
    yield ""
    yield "outcomes, of each equilibrium"
    if isinstance(model.outcomes, tuple):
        for row in model.outcomes:
            yield f"  {row.name}    [{row.unit or 'no unit'}]"
            yield f"      {row.meaning}"
    else:  # the outcomes of a signalling game are named by its types, messages and actions
        records = model.outcomes()["equilibria"]
        for key, value in (records[0] if records else {}).items():
            if isinstance(value, str | bool | int):
                kind = {"str": "text", "bool": "yes or no", "int": "number"}[type(value).__name__]
            else:
                kind = "expected payoff" if key.startswith("payoff ") else "probability"
            yield f"  {key}    [{kind}]"


def _cases(arguments: argparse.Namespace) -> None:
    from .analysis.case import Case, cases

    for name in cases():
        print(f"{name:28} {Case.load(name).title}")


def _catalog(arguments: argparse.Namespace) -> None:
    from .finite import PublishedGame, catalog

    names = [name for name in catalog() if name.startswith(arguments.field)]
    for name in names:
        published = PublishedGame.load(name)
        where = f", {published.where}" if published.where else ""
        print(f"{name}\n    {published.title}. {published.citation}{where}")
    if not names:
        from . import InvalidArgument

        fields = sorted({name.split("/")[0] for name in catalog()})
        raise InvalidArgument(f"field: expected one of {', '.join(fields)}, found {arguments.field!r}")


#: Of a tree with ties there may be astronomically many; this many are looked for unless more are asked for.
_LIMIT_OF_BACKWARD_INDUCTION = 100


def _solve(arguments: argparse.Namespace) -> None:
    from . import InvalidOptions
    from .finite.report import report
    from .finite.solve import has_perfect_information, read_game, solve

    game = read_game(arguments.file)
    limit = arguments.limit
    if limit is None and not (arguments.all or arguments.json):
        inducted = arguments.solver == "backward_induction" or (
            arguments.solver is None and arguments.concept != "nash" and has_perfect_information(game)
        )
        limit = _LIMIT_OF_BACKWARD_INDUCTION if inducted else None
    answer = solve(
        game,
        solver=arguments.solver,
        concept=arguments.concept,
        arithmetic=arguments.arithmetic,
        limit=limit,
        time_limit=arguments.time_limit,
    )
    if not arguments.json:
        for line in report(answer, everything=arguments.all):
            print(line)
        return
    if not hasattr(answer.result, "to_json"):
        raise InvalidOptions("json: the results of this solver have no such form")
    if answer.selection.without or answer.selection.undecided:
        raise InvalidOptions(
            f"json: expected a result all of whose equilibria are {answer.concept}, since the whole result is written, "
            f"found others; use --solver {answer.solver} instead of --concept"
        )
    print(answer.result.to_json())


def _check(arguments: argparse.Namespace) -> None:
    from .analysis.case import Case

    case = Case.load(arguments.case)
    for warning in case.warnings:
        print(f"warning: {warning}")
    print(
        f"{case.path}: no errors; {len(case.policies)} policies, {len(case.parameters)} parameters,"
        f" {len(case.claims)} claims"
    )


def _new_case(arguments: argparse.Namespace) -> None:
    from .analysis.new_case import new_case

    path = new_case(arguments.name, arguments.path)
    print(f"{path}\nedit it, then: schelling report {path.parent} --out {path.parent / 'report'} --quick")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="schelling",
        description="Equilibria of signalling and deterrence games, and what they mean for policy.",
    )
    parser.add_argument("--version", action="version", version=f"schelling {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    report = commands.add_parser("report", help="evaluate a case and write its report")
    report.add_argument("case", help="name of a case that comes with schelling, or a path")
    report.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="folder for the page and its data"
    )
    report.add_argument("--quick", action="store_true", help="a smaller sample, for a first look")
    report.add_argument("--seed", type=int, help="seed of the sample")
    report.add_argument(
        "--threads", type=int, default=0, help="threads; 0 takes every core (default: %(default)s)"
    )
    report.add_argument(
        "--progress", action="store_true", help="show progress even if the output is no terminal"
    )
    report.set_defaults(run=_report)

    check = commands.add_parser("check", help="read a case and print everything that is wrong in its file")
    check.add_argument("case", help="name of a case that comes with schelling, or a path")
    check.set_defaults(run=_check)

    models = commands.add_parser("models", help="list the models of the library, or describe one")
    models.add_argument("name", nargs="?", metavar="NAME", help="its parameters and outcomes")
    models.set_defaults(run=_models)
    cases = commands.add_parser("cases", help="list the cases that come with schelling")
    cases.set_defaults(run=_cases)
    catalog = commands.add_parser("catalog", help="list the published games that come with schelling")
    catalog.add_argument("field", nargs="?", default="", help="such as signalling or deterrence")
    catalog.set_defaults(run=_catalog)
    solve = commands.add_parser(
        "solve", help="solve a game: a file of Gambit's formats or of the signalling text format"
    )
    solve.add_argument(
        "file",
        metavar="FILE",
        help="a file .efg or .nfg, a text that begins with 'signaling game', or a name that `catalog` lists",
    )
    solve.add_argument(
        "--concept",
        help="print only equilibria that are nash, subgame_perfect, weak_pbe, sequential or quasi_perfect "
        "(default: what the solver that fits finds)",
    )
    solve.add_argument(
        "--solver", help="by name, such as backward_induction (default: the first that fits and finds)"
    )
    solve.add_argument(
        "--arithmetic",
        choices=("auto", "exact", "double"),
        default="auto",
        help="auto is that of the file, which is exact (default: %(default)s)",
    )
    solve.add_argument("--limit", type=int, help="most equilibria looked for")
    solve.add_argument("--all", action="store_true", help="print everything that was found, not only a few")
    solve.add_argument(
        "--time-limit", type=float, metavar="SECONDS", help="what was found by then is printed"
    )
    solve.add_argument("--json", action="store_true", help="print the whole result as JSON")
    solve.set_defaults(run=_solve)
    new = commands.add_parser("new-case", help="start a case of your own")
    new.add_argument("name", help="its id: lower-case letters, digits and underscores")
    new.add_argument("--path", type=Path, default=Path(), help="folder in which it is made (default: here)")
    new.set_defaults(run=_new_case)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code: 0, 2 for a mistake of the caller's, 130 after Ctrl-C."""
    from . import ParseError, SchellingError
    from .extras import MissingPackage

    chosen = _parser().parse_args(arguments)
    try:
        chosen.run(chosen)
    except ParseError as error:
        # One line for each thing that is wrong in a file.
        for line in str(error).splitlines():
            print(f"schelling: {line}", file=sys.stderr)
        return 2
    except (SchellingError, MissingPackage, OSError) as error:
        print(f"schelling: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("schelling: interrupted; nothing was written", file=sys.stderr)
        return 130
    return 0
