"""How numbers are printed in a report: one place, so that the page, the charts and the terminal agree."""

from __future__ import annotations

import math

from .content import Share

MINUS = "\N{MINUS SIGN}"
NARROW = "\N{NARROW NO-BREAK SPACE}"


def number(value: float | None, digits: int = 3) -> str:
    """Three significant digits, no exponent between 1e-4 and 1e6."""
    if value is None or math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    if value == 0:
        return "0"
    size = math.floor(math.log10(abs(value)))
    if -4 <= size < 6:
        text = f"{value:.{max(0, digits - 1 - size)}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        text = f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
    return text.replace("-", MINUS)


def percent(value: float, digits: int | None = None) -> str:
    """A fraction as a percentage: whole where that says enough, finer near zero."""
    if math.isnan(value):
        return "–"
    scaled = 100 * value
    if digits is None:
        size = abs(scaled)
        digits = 0 if size >= 9.95 or size == 0 else 1 if size >= 0.995 else 2
        if 0 < size < 0.005:
            return f"<{NARROW}0.01{NARROW}%"
    return f"{scaled:.{digits}f}{NARROW}%".replace("-", MINUS)


def points(value: float) -> str:
    """A difference of fractions in percentage points, with its sign."""
    scaled = 100 * value
    if abs(scaled) < 0.095 or math.isnan(scaled):
        return signed(scaled)
    return f"{scaled:+.1f}".replace("-", MINUS)


def signed(value: float) -> str:
    """A change, with its sign."""
    text = number(value, 2)
    return f"+{text}" if value > 0 else text


def share(value: Share) -> str:
    """A share with its numerical error, both in per cent."""
    if math.isnan(value.error):
        return percent(value.value, 1)
    return f"{100 * value.value:.1f}{NARROW}±{NARROW}{100 * value.error:.1f}{NARROW}%"


def error(value: Share) -> str:
    """The numerical error of a share, in percentage points."""
    return "" if math.isnan(value.error) else f"±{NARROW}{100 * value.error:.1f}"


def amount(value: float, unit: str) -> str:
    """A value in its unit: probabilities as per cent, the rest as numbers."""
    return percent(value) if unit == "probability" else number(value)


def interval(low: float, high: float, unit: str = "1") -> str:
    """A range; in words where a dash could be taken for a sign."""
    joint = " to " if low < 0 or high < 0 else " – "
    return amount(low, unit) + joint + amount(high, unit)


def tick(value: float, step: float, unit: str) -> str:
    """A tick of an axis, with the digits that its step needs."""
    scaled = 100 * step if unit == "probability" else step
    digits = max(0, math.ceil(-math.log10(scaled) - 1e-9)) if scaled > 0 else 0
    digits += round(scaled * 10**digits, 6) % 1 > 0
    if unit == "probability":
        return percent(value, digits)
    return f"{value:.{digits}f}".replace("-", MINUS)


def words(name: str) -> str:
    """An identifier as words."""
    return name.replace("_", " ")


def upper_first(text: str) -> str:
    """The text with a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


WORDS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


def count_word(count: int) -> str:
    """Small counts as words."""
    return WORDS[count] if count < len(WORDS) else str(count)


def sentence_list(items: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"
