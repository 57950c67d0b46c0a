"""List markers: bullets, arrows, numbers and letters that are not part of a headline."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence

from feedsvc.domain.reading.lines import Line
from feedsvc.domain.reading.words.calendar import MONTHS

_BULLETS = "-*+•‣◦▪▫●○·–—→➤►▶▸»›❯✓✔■□◆◇★☆✦➜➔⇒❖✱※‧∙⁃🔹🔸📌👉📰🗞"
_SURE = frozenset("•‣◦▪▫●○→➤►▶▸❯✓✔■□◆◇★☆✦➜➔⇒❖✱※⁃🔹🔸📌👉📰🗞")
_BULLET = re.compile(rf"([{re.escape(_BULLETS)}])\ufe0f?\s+(?=\S)")
_NUMBER = re.compile(
    r"(?:(\()?(\d{1,3})(\)|\.\)|[.:]|\s?[-–—](?=\s))|\[(\d{1,3})\]|(?:#|№|No\.|Nr\.)\s?(\d{1,3})[.:)]?)\s+(?=[^\W\d]|[\"'“‘«(\[„¿¡#]|\d)",
)
_LETTER = re.compile(r"\(?([A-Za-z])[.)]\s+(?=\S)")
# 1.1, 1.2, 2.1: an outline.
_OUTLINE = re.compile(r"(\d{1,2})\.(\d{1,2})[.)]?\s+(?=[^\W\d])")
_ROMAN = re.compile(r"\(?([ivxIVX]{1,5})[.)]\s+(?=\S)")
_PADDED = re.compile(r"(\d\d)\s+(?=[^\W\d])")
# Ordinals that German names begin with: 1. FC Köln, 2. Bundesliga, 3. Liga.
_ORDINAL = re.compile(
    r"\d\. (?:FC|FSV|SC|SV|TSV|VfL|FFC|Liga|Bundesliga|Weltkrieg|Mai|Advent|Platz|Klasse)\b"
)
# 3. März 2026, 4. mai
_DATE = re.compile(r"\d{1,2}\. ([^\W\d]+)\.?(?: \d{4})?\W*")
_FEWEST = 2
_PADDED_FIRST = 9
_OUTLINE_STEP = 100


def strip_markers(lines: Sequence[Line]) -> dict[int, int]:
    """How many characters of which lines, by their places, are list markers.

    A dash, a letter or a number may be meant otherwise, so it has to occur in a row of its kind.
    """
    styles: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for place, line in enumerate(lines):
        if line.text and not line.is_split and (found := _read_marker(line.text)):
            style, value, length = found
            styles[style].append((place, value, length))
    markers: dict[int, int] = {}
    for style, rows in styles.items():
        for place, value, length in _keep(style, rows):
            _ = value
            markers[place] = length
    return markers


def _read_marker(text: str) -> tuple[str, int, int] | None:
    first = text[0]
    if first.isalpha() and text[1:2] not in ".)" and first not in "NixvIXV":
        return None
    if match := _BULLET.match(text):
        return f"bullet {match[1]}", 0, match.end()
    if (date := _DATE.fullmatch(text)) and date[1].casefold() in MONTHS:
        return None
    if match := _OUTLINE.match(text):
        return "outline 1.1", int(match[1]) * _OUTLINE_STEP + int(match[2]), match.end()
    if match := _NUMBER.match(text):
        digits = match[2] or match[4] or match[5]
        if _ORDINAL.match(text):
            return "ordinal", int(digits), match.end()
        style = text[: match.end()].replace(digits, "1", 1).strip()
        return f"number {style}", int(digits), match.end()
    if match := _PADDED.match(text):
        return "padded 01", int(match[1]), match.end()
    if match := _LETTER.match(text):
        style = text[match.start(1) + 1]
        case = "a" if match[1].islower() else "A"
        return f"letter {case}{style}", ord(match[1].lower()) - ord("a"), match.end()
    return None


def _keep(style: str, rows: Sequence[tuple[int, int, int]]) -> Sequence[tuple[int, int, int]]:
    kind, _, mark = style.partition(" ")
    if kind == "bullet":
        return rows if mark in _SURE or len(rows) >= _FEWEST or mark in "*-" else ()
    if kind == "ordinal" or (kind == "padded" and rows[0][1] > _PADDED_FIRST):
        return ()
    values = [value for _, value, _ in rows]
    if kind == "outline":
        return rows if len(rows) >= _FEWEST and _is_outline(values) else ()
    steps = sum(below in (above + 1, 1, 0) for above, below in itertools.pairwise(values))
    if len(rows) >= _FEWEST:
        # Most go up by one, or begin again.
        return rows if steps * 2 >= len(values) - 1 else ()
    return rows if kind == "number" and values[0] == 1 else ()


def _is_outline(values: Sequence[int]) -> bool:
    """Whether numbers such as 1.1 go up by one, or begin again below the next chapter."""
    return values[0] % _OUTLINE_STEP <= 1 and all(
        below == above + 1
        or (below % _OUTLINE_STEP <= 1 and below // _OUTLINE_STEP == above // _OUTLINE_STEP + 1)
        for above, below in itertools.pairwise(values)
    )
