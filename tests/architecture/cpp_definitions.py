"""The classes and functions that a C++ file defines at namespace scope: a light reader, no compiler.

It reads what this project writes, not all of C++: no trigraphs, no macros that open or close braces.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

TOKEN = re.compile(r"[A-Za-z_]\w*|\d[\w.']*|::|->|<=>|[<>]=|==|!=|&&|\|\||<<=?|[^\s]")
SKIPPED = re.compile(
    r"""//[^\n]*|/\*.*?\*/|R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|(?<!\w)'(?:\\.|[^'\\\n])+'""",
    re.DOTALL,
)
CLOSING = {"(": ")", "{": "}", "[": "]"}
CLASS_KEYS = {"class", "struct", "union", "enum"}
# Before a class or a function's name; none of them distinguishes one definition from another.
SPECIFIERS = {"inline", "constexpr", "consteval", "constinit", "extern", "friend", "typedef"}
# Words whose parentheses hold no parameters.
NO_FUNCTION = {"decltype", "noexcept", "alignas", "requires", "explicit", "__attribute__", "sizeof"}


@dataclass(frozen=True)
class Definition:
    """`name` tells overloads apart by the types of their parameters; `local` names are seen by one file only."""

    name: str
    local: bool


def tokens_of(text: str) -> list[str]:
    """Without comments, directives and the contents of literals; of #if, the first branch."""
    text = SKIPPED.sub(lambda match: ' "" ' if match.group()[0] in "\"'R" else " ", text)
    kept: list[str] = []
    dropping: list[bool] = []  # per open #if: whether its first branch is over
    for line in text.replace("\\\n", " ").split("\n"):
        if directive := re.match(r"\s*#\s*(\w+)", line):
            word = directive.group(1)
            if word.startswith("if"):
                dropping.append(False)
            elif word.startswith("el"):
                dropping[-1] = True
            elif word == "endif":
                dropping.pop()
        elif not any(dropping):
            kept += TOKEN.findall(line)
    return kept


def closing(tokens: list[str], start: int) -> int:
    """The place of the bracket that closes the one at `start`."""
    depth = 0
    for place in range(start, len(tokens)):
        if tokens[place] in CLOSING:
            depth += 1
        elif tokens[place] in CLOSING.values():
            depth -= 1
            if depth == 0:
                return place
    raise ValueError(f"'{' '.join(tokens[start : start + 8])} ...' is not closed")


def closing_angle(tokens: list[str], start: int) -> int:
    """The place of the > that closes the < at `start`, taken as one of a list of template arguments."""
    depth, place = 0, start
    while place < len(tokens):
        if tokens[place] in CLOSING:
            place = closing(tokens, place)
        elif tokens[place] in "<>":
            depth += 1 if tokens[place] == "<" else -1
            if depth == 0:
                return place
        place += 1
    raise ValueError(f"'{' '.join(tokens[start : start + 8])} ...' is not closed")


def parts_of(tokens: list[str]) -> list[list[str]]:
    """A list of parameters or arguments, at its commas."""
    parts: list[list[str]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token in "([{<") - (token in ")]}>")
        if token == "," and depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def without_default(part: list[str]) -> list[str]:
    return part[: part.index("=")] if "=" in part else part


def parameter_type(part: list[str]) -> list[str]:
    part = [token for token in without_default(part) if token != "maybe_unused"]
    named = len(part) > 1 and re.match(r"[A-Za-z_]", part[-1]) and part[-2] not in {"::", "const"}
    return part[:-1] if named else part


def template_head(declaration: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Names of the parameters, the head without them, and the rest of the declaration."""
    names: list[str] = []
    head: list[str] = []
    while declaration[:2] == ["template", "<"]:
        end = closing_angle(declaration, 1)
        for part in parts_of(declaration[2:end]):
            part = without_default(part)
            if part[-1].isidentifier() and part[-1] not in {"class", "typename"}:
                names.append(part[-1])
            head += [*part, ","]
        declaration = declaration[end + 1 :]
    return names, head, declaration


def name_of_class(declaration: list[str]) -> list[str] | None:
    """None if the declaration is none of a class or an enumeration."""
    words = [token for token in declaration if token not in SPECIFIERS]
    if not words or words[0] not in CLASS_KEYS:
        return None
    words = words[1:]
    if words and words[0] in CLASS_KEYS:  # enum class
        words = words[1:]
    while words and (words[0] in {"[", "alignas", "__attribute__"}):
        start = words.index("(") if words[0] != "[" else 0
        words = words[closing(words, start) + 1 :]
    end = next((i for i, word in enumerate(words) if word in {":", "final"}), len(words))
    return words[:end]


def name_of_function(declaration: list[str]) -> tuple[int, int] | None:
    """Where the name of a function begins, and where its list of parameters does; None if it is no function."""
    place = 0
    while place < len(declaration):
        token = declaration[place]
        if token == "operator":
            opening = place + 1 + declaration[place + 1 :].index("(")
            if opening == place + 1:  # operator()
                opening += 2
            begin = place
        elif token == "=":
            return None
        elif token == "(":
            before = declaration[place - 1] if place else ""
            if before in NO_FUNCTION or not (before.isidentifier() or before == ">"):
                place = closing(declaration, place) + 1
                continue
            opening, begin = place, place - 1
            if before == ">":  # arguments of a template
                depth = 0
                while True:
                    depth += (declaration[begin] == ">") - (declaration[begin] == "<")
                    begin -= 1
                    if depth == 0:
                        break
        else:
            place += 1
            continue
        while begin >= 2 and declaration[begin - 1] == "::":  # members: the class, with its arguments
            begin -= 2
            if declaration[begin] == ">":
                depth = 1
                while depth:
                    begin -= 1
                    depth += (declaration[begin] == ">") - (declaration[begin] == "<")
                begin -= 1
        return begin, opening
    return None


def definition(scope: list[str], declaration: list[str]) -> Definition | None:
    """What a declaration that ends in a body defines."""
    names, head, rest = template_head(declaration)
    local = "" in scope or "static" in rest
    rest = [token for token in rest if token != "static"]
    prefix = "::".join(filter(None, scope))

    def text(tokens: list[str]) -> str:
        return " ".join(f"${names.index(token)}" if token in names else token for token in tokens)

    name = name_of_class(rest)
    if name is not None:
        return Definition(f"{prefix}::{text(name)}", local) if name else None
    place = name_of_function(rest)
    if place is None:
        return None
    begin, opening = place
    end = closing(rest, opening)
    parameters = ", ".join(text(parameter_type(part)) for part in parts_of(rest[opening + 1 : end]))
    after = rest[end + 1 :]
    if ":" in after:  # initialisers of a constructor
        after = after[: after.index(":")]
    qualifiers = [token for token in after if token in {"const", "&", "&&"}] if "->" not in after else []
    # Templates are told apart by their parameters, constraints and result as well.
    constraint = text(rest[:begin] + after) if names else ""
    kind = f"template <{text(head)}> {constraint} " if head else ""
    written = f"{kind}{prefix}::{text(rest[begin:opening])}({parameters}) {text(qualifiers)}"
    return Definition(re.sub(r"\s+", " ", written).strip(), local)


def is_expression(declaration: list[str]) -> bool:
    """Whether a brace that follows belongs to the declaration: of requires, an initialiser, or a value."""
    if not declaration:
        return False
    last = declaration[-1]
    if last == "requires":
        return True
    if last == ")":
        depth = 0
        for place in range(len(declaration) - 1, -1, -1):
            depth += (declaration[place] == ")") - (declaration[place] == "(")
            if depth == 0:
                return place > 0 and declaration[place - 1] == "requires"
    place = name_of_function(template_head(declaration)[2])
    if place is None:
        return name_of_class(template_head(declaration)[2]) is None
    rest = template_head(declaration)[2]
    after = rest[closing(rest, place[1]) + 1 :]
    return ":" in after and last != "}" and (last.isidentifier() or last == ">")


def definitions(text: str) -> Iterator[Definition]:
    """Each definition of a class, an enumeration or a function at namespace scope. @raises ValueError if brackets do
    not match."""
    tokens = tokens_of(text)
    scopes: list[list[str]] = []  # the names that each open brace adds; "" is an unnamed namespace
    declaration: list[str] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token == ";":
            declaration = []
        elif token in {"(", "["}:
            end = closing(tokens, place)
            declaration += tokens[place : end + 1]
            place = end
        elif token == "}":
            if not scopes:
                raise ValueError("a closing brace too many")
            scopes.pop()
        elif token != "{":
            declaration.append(token)
        elif "namespace" in declaration[:2] or (declaration[:1] == ["extern"] and len(declaration) < 4):
            after = declaration[declaration.index("namespace") + 1 :] if "namespace" in declaration else None
            inner = [word for word in after or [] if word not in {"::", "inline"}]
            scopes.append(inner if inner or after is None else [""])
            declaration = []
        else:
            end = closing(tokens, place)
            if is_expression(declaration):
                declaration += ["{", "}"]
            else:
                found = definition([name for scope in scopes for name in scope], declaration)
                if found is not None:
                    yield found
                # What follows a class up to its semicolon, if anything, declares a variable.
                declaration = []
            place = end
        place += 1
    if scopes:
        raise ValueError("a namespace is not closed")
