"""From text to tree: the grammar of the claim language and its limits.

The parser is table-driven and bottom-up, so a hostile text costs no recursion; the depth is counted while
nodes are built. Nothing of a claim is ever handed to Python's own evaluator.
"""

from __future__ import annotations

import math
from functools import lru_cache

from ...extras import extra
from .tree import (
    Call,
    Chain,
    ClaimError,
    Comparison,
    Group,
    Key,
    Logical,
    Name,
    Negative,
    Node,
    Not,
    Number,
    Quantifier,
)

with extra():
    from lark import Lark, Token, Transformer
    from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedToken

MAX_LENGTH = 4096
MAX_DEPTH = 64

# A quantifier's body is an expression and the quantifier an atom: the parser prefers to shift, hence the body
# reaches as far right as it can.
GRAMMAR = r"""
start: disjunction
?disjunction: conjunction ("or" conjunction)*
?conjunction: negation ("and" negation)*
?negation: NOT comparison                                   -> negated
         | comparison
?comparison: sum [COMPARE sum]
?sum: product ((PLUS | MINUS) product)*
?product: factor (TIMES_DIVIDE factor)*
?factor: MINUS factor                                       -> signed
       | atom
?atom: NUMBER                                               -> number
     | NAME ("." NAME)* index?                              -> name
     | FUNCTION "(" disjunction ("," disjunction)* ")"        -> call
     | OPEN disjunction ")"                                  -> group
     | quantifier
quantifier: QUANTIFY NAME "in" NAME ":" disjunction
index: "[" key ("," key)* "]"
key: STRING | NAME

NOT: "not"
QUANTIFY.2: /(all|any|sum|min_over|max_over)\b/
FUNCTION.2: /(min|max|abs|exp|log|lowest|highest)\b/
COMPARE: "<=" | ">=" | "==" | "!=" | "<" | ">"
PLUS: "+"
MINUS: "-"
TIMES_DIVIDE: "*" | "/"
OPEN: "("
STRING: /'[^'\n]*'|"[^"\n]*"/
NAME: /[A-Za-z_][A-Za-z0-9_]*/
NUMBER: /(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?/
%ignore /[ \t\r\n]+/
"""

ARGUMENTS = {
    "min": (1, None),
    "max": (1, None),
    "abs": (1, 1),
    "exp": (1, 1),
    "log": (1, 1),
    "lowest": (1, 1),
    "highest": (1, 1),
}

# What the parser calls its terminals, in the words of an error message.
_WORDS = {
    "$END": "the end",
    "NUMBER": "a number",
    "NAME": "a name",
    "FUNCTION": "a function",
    "QUANTIFY": "a quantifier",
    "COMPARE": "a comparison",
    "PLUS": "'+'",
    "MINUS": "'-'",
    "TIMES_DIVIDE": "'*' or '/'",
    "OPEN": "'('",
    "LPAR": "'('",
    "RPAR": "')'",
    "LSQB": "'['",
    "RSQB": "']'",
    "COMMA": "','",
    "COLON": "':'",
    "DOT": "'.'",
    "IN": "'in'",
    "AND": "'and'",
    "OR": "'or'",
    "NOT": "'not'",
    "STRING": "a quoted member",
}


class _Builder(Transformer):
    """Makes nodes bottom-up; every callback gets finished children."""

    def _node(self, kind, position: int, children: list[Node], *fields):
        depth = 1 + max((child.depth for child in children), default=0)
        if depth > MAX_DEPTH:
            raise ClaimError(
                f"found more than {MAX_DEPTH} levels of nesting, expected at most {MAX_DEPTH}", position
            )
        return kind(position, depth, *fields)

    def start(self, children):
        return children[0]

    def disjunction(self, children):
        return self._node(Logical, children[0].position, children, "or", tuple(children))

    def conjunction(self, children):
        return self._node(Logical, children[0].position, children, "and", tuple(children))

    def negated(self, children):
        return self._node(Not, children[0].start_pos + 1, children[1:], children[1])

    def comparison(self, children):
        left, operator, right = children
        return self._node(Comparison, operator.start_pos + 1, [left, right], str(operator), left, right)

    def sum(self, children):
        return self._chain("+", children)

    def product(self, children):
        return self._chain("*", children)

    def _chain(self, first, children):
        terms = children[::2]
        operators = (first, *(str(token) for token in children[1::2]))
        return self._node(Chain, terms[0].position, terms, operators, tuple(terms))

    def signed(self, children):
        sign, body = children
        return self._node(Negative, sign.start_pos + 1, [body], body)

    def number(self, children):
        value = float(children[0])
        if not math.isfinite(value):
            raise ClaimError(f"found {children[0]}, expected a finite number", children[0].start_pos + 1)
        return self._node(Number, children[0].start_pos + 1, [], value)

    def name(self, children):
        keys = children.pop() if not isinstance(children[-1], Token) else ()
        return self._node(Name, children[0].start_pos + 1, [], tuple(map(str, children)), keys)

    def index(self, children):
        return tuple(children)

    def key(self, children):
        token = children[0]
        quoted = token.type == "STRING"
        return Key(token.start_pos + 1, str(token)[1:-1] if quoted else str(token), quoted)

    def call(self, children):
        function, *arguments = children
        least, most = ARGUMENTS[function]
        if len(arguments) < least or (most is not None and len(arguments) > most):
            raise ClaimError(
                f"found {len(arguments)} arguments of {function}, expected {most}", function.start_pos + 1
            )
        return self._node(Call, function.start_pos + 1, arguments, str(function), tuple(arguments))

    def group(self, children):
        return self._node(Group, children[0].start_pos + 1, children[1:], children[1])

    def quantifier(self, children):
        kind, variable, set_name, body = children
        return self._node(
            Quantifier,
            kind.start_pos + 1,
            [body],
            str(kind),
            str(variable),
            str(set_name),
            set_name.start_pos + 1,
            body,
        )


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", lexer="basic", transformer=_Builder(), maybe_placeholders=False)


def _expected(names) -> str:
    words = sorted({_WORDS.get(name, f"'{name.lower()}'") for name in names})
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]


def parse(text: str) -> Node:
    """The tree of one expression of the claim language.

    Raises ClaimError, with the position, for a text that is too long, too deep or not of the grammar.
    """
    if len(text) > MAX_LENGTH:
        raise ClaimError(f"found {len(text)} characters, expected at most {MAX_LENGTH}", MAX_LENGTH)
    try:
        return _parser().parse(text)  # type: ignore[return-value]  # the parser transforms its tree
    except UnexpectedToken as error:
        at_end = error.token.type == "$END"
        found = "the end" if at_end else repr(str(error.token))
        position = len(text) + 1 if at_end else error.token.start_pos + 1
        if error.token.type == "COMPARE" and {"$END", "AND", "RPAR"} & error.accepts:
            raise ClaimError(
                f"found a second comparison {found} in a chain, expected 'and' between two comparisons",
                position,
            ) from None
        raise ClaimError(
            f"found {found}, expected {_expected(error.accepts or error.expected)}", position
        ) from None
    except UnexpectedEOF:
        raise ClaimError("found the end, expected more of the claim", len(text) + 1) from None
    except UnexpectedCharacters as error:
        position = (error.pos_in_stream or 0) + 1
        raise ClaimError(
            f"found {text[position - 1]!r}, expected a character of the claim language", position
        ) from None
