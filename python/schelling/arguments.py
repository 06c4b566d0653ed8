"""What a caller passes, looked at once where it comes in: one sentence with the argument's name, what was expected there
and what was found."""

from __future__ import annotations

import ast
import functools
import inspect
import numbers
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from ._core import InvalidArgument, InvalidGame, InvalidOptions

Function = TypeVar("Function", bound=Callable[..., Any])

#: The longest number, in decimal digits: Python's own bound for reading and writing integers.
MOST_DIGITS = 4300


def shown(value: Any) -> str:
    """A value in a message: short, on one line, and never an error of its own."""
    try:
        text = value.__name__ if isinstance(value, type) else repr(value)
    except Exception:  # a repr may fail in any way, as that of an integer of more than 4300 digits does
        return f"a value of type {type(value).__name__}"
    text = " ".join(text.split()).encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= 80 else f"{text[:60]}... (a value of type {type(value).__name__})"


def expectation(name: str, expected: str, value: Any) -> str:
    return f"{name}: expected {expected}, found {shown(value)}"


@dataclass(frozen=True)
class Rule:
    """What an argument has to be."""

    expected: str
    accepts: Callable[[Any], bool]
    error: type[Exception] = InvalidOptions

    def check(self, name: str, value: Any) -> None:
        if not self.accepts(value):
            raise self.error(expectation(name, self.expected, value))


def _is_number(value: Any) -> bool:
    if isinstance(value, bool | np.bool_) or not isinstance(value, numbers.Real | np.number):
        return False
    try:
        float(value)
    except (OverflowError, TypeError, ValueError):
        return False
    return True


def _is_whole(value: Any) -> bool:
    whole = isinstance(value, numbers.Integral | np.integer) and not isinstance(value, bool | np.bool_)
    return whole and 0 <= int(value) < 2**63


def _is_text(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate
        return False
    return True


def _is_table(value: Any) -> bool:
    sized = hasattr(value, "__len__") and hasattr(value, "__iter__") and getattr(value, "ndim", 1) > 0
    return sized and not isinstance(value, str | bytes)


def array(name: str, values: Any) -> np.ndarray:
    """An array of floats.

    Raises
    ------
    InvalidArgument
        For what is no number, too large for a float, ragged or masked.
    """
    refuse_masked(name, values)
    try:
        return np.asarray(values, float)
    except (TypeError, ValueError, OverflowError):
        raise InvalidArgument(expectation(name, "numbers", values)) from None


def one_of(*names: str) -> Rule:
    listed = ", ".join(names[:-1]) + f" or {names[-1]}"
    return Rule(listed, lambda value: isinstance(value, str) and value in names)


def instance_of(*kinds: type, error: type[Exception] = InvalidArgument) -> Rule:
    listed = " or ".join(("an " if kind.__name__[0] in "AEIOU" else "a ") + kind.__name__ for kind in kinds)
    return Rule(listed, lambda value: isinstance(value, kinds), error)


def optional(rule: Rule) -> Rule:
    return Rule(f"{rule.expected}, or None", lambda value: value is None or rule.accepts(value), rule.error)


NUMBER = Rule("a number", _is_number)
WHOLE = Rule("a whole number that is not negative", _is_whole)
FLAG = Rule("True or False", lambda value: isinstance(value, bool | np.bool_))
TEXT = Rule("a text", _is_text)
CALLABLE = Rule("a function", lambda value: callable(value) and not isinstance(value, type), InvalidArgument)
ROWS = Rule("a mapping, a list or an array", _is_table, InvalidArgument)
PATH = Rule(
    "a path or a text", lambda value: _is_text(value) or hasattr(value, "__fspath__"), InvalidArgument
)
MAPPING = Rule(
    "a mapping", lambda value: hasattr(value, "keys") and hasattr(value, "__getitem__"), InvalidArgument
)

#: Options that have one name and one meaning throughout the library.
OPTIONS: dict[str, Rule] = {
    "arithmetic": one_of("auto", "exact", "double"),
    "block": WHOLE,
    "certify": FLAG,
    "concept": TEXT,
    "confidence": NUMBER,
    "dominance": TEXT,
    "instructions": TEXT,
    "lambda_": NUMBER,
    "lambda_max": optional(NUMBER),
    "limit": WHOLE,
    "method": TEXT,
    "outputs": TEXT,
    "progress": optional(Rule("a function of (done, total)", CALLABLE.accepts)),
    "refinement": TEXT,
    "start": WHOLE,
    "support_limit": WHOLE,
    "threads": WHOLE,
    "time_limit": optional(Rule("a number of seconds", _is_number)),
    "title": TEXT,
    "vertex": optional(WHOLE),
    "work_limit": NUMBER,
}


def checked(**rules: Rule | type | tuple[type, ...]) -> Callable[[Function], Function]:
    """Look at the arguments of a function before it runs: by the rules given here, a class standing for its instances, and
    by `OPTIONS` for every parameter that is named there."""
    given = {
        name: rule if isinstance(rule, Rule) else instance_of(*(rule if isinstance(rule, tuple) else (rule,)))
        for name, rule in rules.items()
    }

    def decorate(function: Function) -> Function:
        names = list(inspect.signature(function).parameters)
        active = {
            name: given.get(name) or OPTIONS[name] for name in names if name in given or name in OPTIONS
        }

        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            for name, value in zip(names, args, strict=False):
                if name in active:
                    active[name].check(name, value)
            for name, value in kwargs.items():
                if name in active:
                    active[name].check(name, value)
            return function(*args, **kwargs)

        return call  # type: ignore[return-value]

    return decorate


def label(name: str, value: Any) -> str:
    """One label as a text that can be written to a file."""
    try:
        text = str(value)
    except ValueError:  # an integer of more than MOST_DIGITS digits
        raise InvalidGame(expectation(name, "a text", value)) from None
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise InvalidGame(
            expectation(name, "a text of Unicode characters, without lone surrogates", text)
        ) from None
    return text


def labels(name: str, given: Any, noun: str = "labels") -> list[str]:
    """A list of labels.

    Raises
    ------
    InvalidGame
        For a text in place of the list, what is no list, and a label that no file can hold.
    """
    if isinstance(given, str | bytes):
        raise InvalidGame(f"{name}: expected a list of {noun}, found the text {shown(given)}")
    if not isinstance(given, Iterable) or getattr(given, "ndim", 1) == 0:
        raise InvalidGame(expectation(name, f"a list of {noun}", given))
    return [label(name, each) for each in given]


def refuse_masked(name: str, value: Any) -> None:
    """Masked arrays hide that entries are missing; a game has no missing numbers."""
    if isinstance(value, np.ma.MaskedArray):
        raise InvalidGame(
            f"{name}: expected numbers, found a masked array; fill or remove its masked entries"
        )


def guarded(function: Function, name: str | None = None) -> Function:
    """A function of the compiled core whose refusal of a type names the argument, and whose help begins with what it
    does."""
    name = name or function.__name__
    signature, text = _documented(function)
    parameters = [(each, kind) for each, kind in signature if each != "self"]

    @functools.wraps(function, assigned=("__name__", "__qualname__"), updated=())
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except (TypeError, RuntimeError, KeyError) as error:
            if _from_caller(error) or (type(error) is RuntimeError and "Unable to cast" not in str(error)):
                raise
            own = args[1:] if signature and signature[0][0] == "self" else args
            if isinstance(error, KeyError):
                raise InvalidArgument(_without_key(parameters, own, kwargs, error.args[0])) from None
            raise InvalidArgument(_refusal(name, parameters, own, kwargs)) from None

    call.__doc__ = text
    if signature:
        call.__signature__ = _signature(function)  # type: ignore[attr-defined]
    call.__module__ = "schelling"
    return call  # type: ignore[return-value]


def _documented(function: Any) -> tuple[list[tuple[str, str]], str]:
    """Parameters with their types, and what a docstring of pybind11 says after its first line."""
    first, _, rest = (function.__doc__ or "").partition("\n")
    inside = re.search(r"\((.*)\)\s*(?:->|$)", first)
    parameters = []
    for part in re.split(r",\s*(?![^\[\(]*[\]\)])", inside.group(1)) if inside else []:
        each, _, kind = part.partition(":")
        if each.strip() not in ("", "*", "/"):
            parameters.append((each.strip(), kind.partition("=")[0].strip()))
    return parameters, inspect.cleandoc(rest.strip("\n")) or function.__name__.replace("_", " ")


def _signature(function: Any) -> inspect.Signature:
    """The signature that the first line of a docstring of pybind11 states, without its types."""
    parameters, _ = _documented(function)
    first = (function.__doc__ or "").partition("\n")[0]
    split = first.find("*, ")
    made = []
    for each, _kind in parameters:
        place = first.find(f"{each}: ")
        keyword_only = 0 <= split < place
        default = re.match(rf"{each}: [^=]*? = (\([^)]*\)|\{{[^}}]*\}}|'[^']*'|[^,)]+)", first[place:])
        value: Any = inspect.Parameter.empty
        if default:
            try:
                value = ast.literal_eval(default.group(1))
            except (SyntaxError, ValueError):
                value = ...
        kind = inspect.Parameter.KEYWORD_ONLY if keyword_only else inspect.Parameter.POSITIONAL_OR_KEYWORD
        made.append(inspect.Parameter(each, kind, default=value))
    return inspect.Signature(made)


def _words(kind: str) -> str:
    """A type of a signature of pybind11 in words."""
    if "ArrayLike" in kind:
        return "numbers"
    kind = re.sub(r"typing\.|collections\.abc\.|schelling\._core\.(?:\w+\.)*|_core\.", "", kind)
    return re.sub(
        r"SupportsFloat \| SupportsIndex",
        "number",
        re.sub(r"SupportsInt \| SupportsIndex", "whole number", kind),
    )


def _are_numbers(value: Any) -> bool:
    try:
        np.asarray(value, float)
    except (TypeError, ValueError, OverflowError):
        return False
    return True


def _fits(kind: str, value: Any) -> bool:
    """Whether a value may be what a signature asks for; True where that cannot be told."""
    words = _words(kind)
    if "None" in words and value is None:
        return True
    if words == "numbers":
        return _are_numbers(value)
    if words.startswith("number") or words.startswith("float"):
        return _is_number(value)
    if words.startswith("whole number") or words.startswith("int"):
        return _is_whole(value)
    if words.startswith("str"):
        return isinstance(value, str) and value.isprintable()
    if words.startswith("Sequence") or words.startswith("list"):
        return isinstance(value, list | tuple | np.ndarray)
    if words.startswith("dict") or words.startswith("Mapping"):
        return isinstance(value, dict)
    if re.fullmatch(r"[A-Z]\w*", words):
        return type(value).__name__ == words
    return words in ("object", "Any") or not words


def _from_caller(error: BaseException) -> bool:
    """Whether an error comes from Python code that the core called, such as `progress`."""
    trace = error.__traceback__
    return trace is not None and trace.tb_next is not None


def _without_key(parameters: list[tuple[str, str]], args: tuple, kwargs: dict[str, Any], key: Any) -> str:
    for each, value in [*zip((each for each, _ in parameters), args, strict=False), *kwargs.items()]:
        if hasattr(value, "keys") and key not in value:
            return f"{each}: expected an entry for {shown(key)}, found {shown(list(value))}"
    return f"expected an entry for {shown(key)}, found none"


def _refusal(name: str, parameters: list[tuple[str, str]], args: tuple, kwargs: dict[str, Any]) -> str:
    known = dict(parameters)
    given = list(zip((each for each, _ in parameters), args, strict=False)) + list(kwargs.items())
    if len(args) > len(parameters):
        return f"{name}: expected at most {len(parameters)} arguments, found {len(args)}"
    for each in kwargs:
        if each not in known:
            return f"{each}: {name} has no such argument; it has {', '.join(known) or 'none'}"
    for each, value in given:
        if not _fits(known[each], value):
            return expectation(each, _words(known[each]), value)
    missing = [each for each in known if each not in dict(given)]
    if missing:
        return f"{name}: expected the arguments {', '.join(known)}, found none for {missing[0]}"
    wanted = "; ".join(f"{each}: {_words(kind)}" for each, kind in parameters)
    return f"{name}: expected {wanted}, found {', '.join(f'{each}={shown(value)}' for each, value in given)}"


def guard_class(kind: type) -> type:
    """Guard the constructor and the public methods of a class of the compiled core, in place."""
    for each, member in list(vars(kind).items()):
        if each == "__init__" or (not each.startswith("_") and inspect.isroutine(member)):
            native = member.__func__ if isinstance(member, staticmethod | classmethod) else member
            if not getattr(native, "__doc__", None) or not hasattr(native, "__name__"):
                continue
            call = guarded(native, kind.__name__ if each == "__init__" else each)
            setattr(kind, each, staticmethod(call) if isinstance(member, staticmethod) else call)
    return kind
