"""Where an entry of a TOML text stands: the parser of the standard library gives no lines."""

from __future__ import annotations

import re

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")


def line_of(text: str, where: str) -> int | None:
    """The line, from 1, of what errors call "[parameters.x] range", "[[claims]] C1 expr" or "schema".

    That of the key if it has one of its own, else that of the table around it; None for what is not found.
    """
    lines = text.split("\n")
    named = re.match(r"(\[\[?)([^\[\]]+)\]\]?\s*", where)
    if not named:
        return _key(lines, 0, _end(lines, 0), where.split())
    words = where[named.end() :].split()
    if named[1] == "[[":
        start = _entry(lines, named[2], words)
        words = words[2:] if words[:1] == ["number"] else words[1:]
        return start and (_key(lines, start, _end(lines, start), words) or start)
    path = named[2].split(".")
    # [a.b] as a header, or b as a key under [a].
    for cut in range(len(path), 0, -1):
        start = _header(lines, ".".join(path[:cut]))
        if start is not None:
            return _key(lines, start, _end(lines, start), path[cut:] + words) or start
    return _key(lines, 0, _end(lines, 0), path + words)


def _header(lines: list[str], name: str) -> int | None:
    for i, line in enumerate(lines):
        found = _HEADER.match(line)
        if found and found[1] == "[" and found[2].replace('"', "").replace(" ", "") == name:
            return i + 1
    return None


def _entry(lines: list[str], name: str, words: list[str]) -> int | None:
    """The header of one entry of an array of tables: by its number or by its id."""
    starts = [
        i + 1
        for i, line in enumerate(lines)
        if (found := _HEADER.match(line)) and (found[1], found[2]) == ("[[", name)
    ]
    if words[:1] == ["number"]:
        number = int(words[1])
        return starts[number - 1] if number <= len(starts) else None
    for start in starts:
        block = lines[start : _end(lines, start)]
        if any(re.match(rf"\s*id\s*=\s*[\"']{re.escape(words[0])}[\"']", line) for line in block):
            return start
    return None


def _end(lines: list[str], start: int) -> int:
    return next((i for i in range(start, len(lines)) if _HEADER.match(lines[i])), len(lines))


def _key(lines: list[str], start: int, end: int, words: list[str]) -> int | None:
    """The line of the innermost of nested keys that can be found, each within the lines from the one before."""
    found = None
    for word in words:
        key = re.compile(rf"(^|[\s{{,])[\"']?{re.escape(word)}[\"']?\s*=")
        at = next((i for i in range(start, end) if key.search(lines[i].split(" #")[0])), None)
        if at is not None:
            found, start = at + 1, at
    return found
