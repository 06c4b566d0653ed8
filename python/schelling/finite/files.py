"""Reading and writing game files, with the file's name in every message."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from .._core import InvalidGame, ParseError

T = TypeVar("T")


def read_text_or_path(source: str | Path, first_word: str, read: Callable[[str], T]) -> T:
    """Apply `read` to a text that begins with `first_word`, or to the content of a file.

    Raises
    ------
    ParseError
        Naming the file, the line and what was expected there.
    OSError
        If the file cannot be read.
    """
    if isinstance(source, str) and (
        "\n" in source or source.lstrip("\ufeff").split(maxsplit=1)[:1] == [first_word]
    ):
        return read(source)
    path = Path(source)
    content = path.read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ParseError(f"{path}: line {line}: expected UTF-8, found another encoding") from None
    try:
        return read(text)
    except ParseError as error:
        raise ParseError(f"{path}: {error}") from None
    except InvalidGame as error:
        raise InvalidGame(f"{path}: {error}") from None


def write_text(text: str, path: str | Path | None) -> str:
    """Return the text, and save it if there is a path."""
    if path is not None:
        Path(path).write_text(text, encoding="utf-8")
    return text
