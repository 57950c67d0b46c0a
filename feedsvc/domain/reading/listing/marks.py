"""Removes the marks around lines: those of quoted mail and of tickers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from feedsvc.domain.reading.lines import LINE_END
from feedsvc.domain.reading.outcome import Note, Taken

_QUOTED = re.compile(r"\s*(?:>[> ]*(?:\s|$)|>+(?=[^\W_]))")
_SHARE = 0.8
_FEWEST = 2
# +++ 08:15 Warnstreik bei der Bahn +++
_TICKER = re.compile(
    r"\s*(?:\+{2,}|\*{3,})\s*"
    r"(?P<time>\d{1,2}(?:[:.h]\d\d)(?:\s?(?:Uhr|h|AM|PM|am|pm)\b)?\s*[:|–—-]?\s+)?"
    r"(?P<text>[^\s+*](?:[^+*]*[^\s+*])?)\s*(?:\+{2,}|\*{3,})\s*"
)
# Fewer words between such marks are the heading of a section.
_FEWEST_WORDS = 4


class Unmarked(NamedTuple):
    """A text without such marks, and what was removed."""

    text: str
    notes: tuple[Note, ...]


def strip_marks(body: str, *, first: int) -> Unmarked:
    """A text with the lines that it had, without marks around them; its first has that number."""
    if ">" not in body and "++" not in body and "***" not in body:
        return Unmarked(body, ())
    lines = LINE_END.split(body)
    notes = []
    if quoted := _find_quoted(lines):
        place = quoted[0]
        reason = f"quoted text: the marks at the start of {len(quoted)} lines were left out"
        notes.append(
            Note(
                line=first + place, text=lines[place].strip(), taken=(Taken.NOTHING,), reason=reason
            )
        )
        for place in quoted:
            lines[place] = _QUOTED.sub("", lines[place], count=1)
    for place, line in enumerate(lines):
        if "++" not in line and "***" not in line:
            continue
        match = _TICKER.fullmatch(line)
        if match and (
            match["time"] or ("++" in line and len(match["text"].split()) >= _FEWEST_WORDS)
        ):
            lines[place] = match["text"]
            reason = "ticker: the marks and the time around the headline were left out"
            notes.append(
                Note(line=first + place, text=line.strip(), taken=(Taken.NOTHING,), reason=reason)
            )
    return Unmarked("\n".join(lines), tuple(notes)) if notes else Unmarked(body, ())


def _find_quoted(lines: Sequence[str]) -> list[int]:
    """The places of the lines with quote marks, if most of their block or file have."""
    filled = [place for place, line in enumerate(lines) if line.strip()]
    marked = [place for place in filled if _QUOTED.match(lines[place])]
    if _are_most(len(marked), len(filled)):
        return marked
    found: list[int] = []
    block: list[int] = []
    for place in range(len(lines) + 1):
        if place < len(lines) and lines[place].strip():
            block.append(place)
            continue
        quoted = [one for one in block if _QUOTED.match(lines[one])]
        if _are_most(len(quoted), len(block)):
            found += quoted
        block = []
    return found


def _are_most(marked: int, filled: int) -> bool:
    return marked >= _FEWEST and marked >= filled * _SHARE
