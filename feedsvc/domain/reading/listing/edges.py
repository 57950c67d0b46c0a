"""Cuts off what is written before or after a text on its line: dates, sources, addresses, “more”.

Only what says something about the entry, or nothing at all, is cut off; a time of day or a day
without a year may be the news itself and stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from feedsvc.domain.reading.lines import Line
from feedsvc.domain.reading.listing.asides import Kind, Said
from feedsvc.domain.reading.listing.names import is_name, names_source
from feedsvc.domain.reading.listing.recognise import Recogniser
from feedsvc.domain.reading.words.people import AGENCIES, PARTICLES

_FEWEST, _FEWEST_SOURCES = 2, 3
_SHORTEST, _LONGEST_TAIL = 12, 200
_SOURCE_WORDS_MOST = 5
_DATED = re.compile(
    r"[\[(](?P<bracketed>[^\[\]()]{6,40})[\])](?:\s*[:–—|-])?\s+(?=\S)"
    r"|(?P<numeric>\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4})(?:\s*[:–—|-])?\s+(?=[^\W\d])"
    r"|(?P<worded>[^\W_][^:–—|]{7,38}\d{4})(?:\s+[–—|-]|:)\s+(?=\S)"
)
_AFTER_STOP = re.compile(r".*[.!?…][\"'”’»)\]]*\s+(?=\S)")
_SOURCED = re.compile(r"(?P<text>.{12,160}[^\s.,:;–—|-])\s+[–—|-]\s+(?P<source>[^–—|]{2,40})")
_BRACKETED = re.compile(r"(?P<text>.{12,160}[^\s.,:;])\s+[(\[](?P<source>[^()\[\]]{2,60})[)\]]")
_SOURCE_FIRST = re.compile(r"(?P<source>[^\W\d_][^:–—|]{1,38})(?::| [–—|])\s+(?=\S)")
_LINKED = re.compile(r"(?P<text>.{12,200}[^\s.,:;])\s+[(<\[]?(?:https?://|www\.)\S+[)>\]]?")
_DASHES = (" – ", " — ", " - ", " | ")
# Words after which an address is part of the sentence.
_LEADING = re.compile(r"\b(?:at|on|see|via|to|from|visit|is|unter|auf|siehe|sur|en|voir|su|op|på)$")


class Edge(NamedTuple):
    """A part that was cut off, and what it says."""

    text: str
    kind: Kind
    said: Said


class Trimmed(NamedTuple):
    """A text without the parts before and after it."""

    text: str
    before: Edge | None = None
    after: Edge | None = None


class _Cut(NamedTuple):
    """A part that may be cut off: where the rest begins or ends, and whether it surely is one."""

    at: int
    edge: Edge
    sure: bool


def trim_edges(
    lines: Sequence[Line], starts: Mapping[int, int], recogniser: Recogniser
) -> dict[int, Trimmed]:
    """The lines that lose something, by their places; `starts` has the lengths of list markers.

    What may be part of a headline is cut off only where several lines have it.
    """
    texts: dict[int, str] = {}
    before: dict[str, dict[int, _Cut]] = {"date": {}, "source": {}}
    after: dict[str, dict[int, _Cut]] = {
        "link": {},
        "date": {},
        "source": {},
        "author": {},
        "end": {},
    }
    for place, line in enumerate(lines):
        text = line.text[starts.get(place, 0) :]
        if len(text) <= _SHORTEST:
            continue
        below = lines[place + 1].text if place + 1 < len(lines) else ""
        front = _find_before(text, recogniser)
        end = None if below[:1].islower() else _find_after(text, recogniser)
        # A line that is no text is recognised as a whole.
        if not (front or end) or recogniser.recognise(text):
            continue
        texts[place] = text
        if front:
            before[front[0]][place] = front[1]
        if end:
            after[end[0]][place] = end[1]
    fronts, ends = _keep_habits(before), _keep_habits(after)
    return {
        place: _trim(texts[place], fronts.get(place), ends.get(place))
        for place in sorted(fronts.keys() | ends.keys())
    }


def _trim(text: str, before: _Cut | None, after: _Cut | None) -> Trimmed:
    start, end = before.at if before else 0, after.at if after else len(text)
    if end - start < _SHORTEST:
        start, before = 0, None
    return Trimmed(text[start:end].strip(), before and before.edge, after and after.edge)


def _keep_habits(cuts: Mapping[str, Mapping[int, _Cut]]) -> dict[int, _Cut]:
    """The cuts that are sure by themselves or by being frequent."""
    kept: dict[int, _Cut] = {}
    for name, found in cuts.items():
        sure = sum(cut.sure for cut in found.values())
        if name == "source":
            often = sure >= _FEWEST_SOURCES and sure * 2 >= len(found)
            kept |= found if often else {}
        else:
            often = len(found) >= _FEWEST
            kept |= {place: cut for place, cut in found.items() if often or cut.sure}
    return kept


def _find_before(text: str, recogniser: Recogniser) -> tuple[str, _Cut] | None:
    if dated := _cut_date(text, recogniser):
        return "date", dated
    match = None if text[-1] == "." else _SOURCE_FIRST.match(text)
    if match and _may_be_source(match["source"]):
        source = match["source"]
        return "source", _Cut(match.end(), _name_source(source), _is_source(source))
    return None


def _find_after(text: str, recogniser: Recogniser) -> tuple[str, _Cut] | None:
    if text[-1] in ".!?…":
        return None
    stop = _AFTER_STOP.match(text)
    if stop and (ended := _cut_end(text, stop.end(), recogniser)):
        return ended
    if "://" in text or "www." in text:
        linked = _LINKED.fullmatch(text)
        if not linked or _LEADING.search(linked["text"]):
            return None
        edge = _read_address(text[linked.end("text") :].strip(), recogniser)
        return ("link", _Cut(linked.end("text"), edge, sure=False)) if edge else None
    match = None
    if text[-1] in ")]":
        match = _BRACKETED.fullmatch(text)
        found = recogniser.recognise(match["source"]) if match else None
        if match and found and found[0] in {Kind.DATE, Kind.CREDIT}:
            name = "date" if found[1].date else "source"
            return name, _Cut(match.end("text"), Edge(match["source"], *found), sure=True)
    elif any(dash in text for dash in _DASHES):
        match = _SOURCED.fullmatch(text)
    else:
        return None
    if match and _may_be_source(match["source"]):
        source = match["source"]
        cut = _Cut(match.end("text"), _name_source(source), _is_source(source))
        return "source", cut
    return None


def _cut_date(text: str, recogniser: Recogniser) -> _Cut | None:
    """Cut off a date in front, if it is on a certain day."""
    match = _DATED.match(text) if text[0] in "[(" or "20" in text[:40] else None
    if not match or len(text) - match.end() < _SHORTEST:
        return None
    words = match["bracketed"] or match["numeric"] or match["worded"]
    found = recogniser.recognise(words)
    if not found or found[0] is not Kind.DATE:
        return None
    return _Cut(match.end(), Edge(words, *found), sure=text[0] in "[(")


def _cut_end(text: str, start: int, recogniser: Recogniser) -> tuple[str, _Cut] | None:
    """Cut off what follows the last sentence: an address, a link to read on, who wrote it."""
    tail = text[start:]
    if len(tail) > _LONGEST_TAIL:
        return None
    bare = tail.strip("()[]–— -")
    if tail[0] in "([–—-":
        if bare.casefold() in AGENCIES or _is_source(bare):
            return "end", _Cut(start, _name_source(bare, tail), sure=True)
        if is_name(bare.split()):
            said = Said(author=bare)
            return "author", _Cut(start, Edge(tail, Kind.BYLINE, said), sure=False)
    found = recogniser.recognise(tail)
    if not found:
        return None
    if found[0] in {Kind.ADDRESS, Kind.READ_MORE} or (
        found[0] in {Kind.FURNITURE, Kind.PRIVATE} and (tail[0] in "([©" or ":" in tail[:16])
    ):
        return "end", _Cut(start, Edge(tail, *found), sure=True)
    return None


def _read_address(words: str, recogniser: Recogniser) -> Edge | None:
    found = recogniser.recognise(words)
    return Edge(words, *found) if found and found[0] is Kind.ADDRESS else None


def _may_be_source(words: str) -> bool:
    """Whether words are written as a name, or are the name of an agency."""
    if words.casefold() in AGENCIES:
        return True
    parts = words.split()
    return len(parts) <= _SOURCE_WORDS_MOST and all(
        part[0].isupper() or part in PARTICLES or part in {"&", "of", "the"} for part in parts
    )


def _is_source(words: str) -> bool:
    if words.casefold() in AGENCIES:
        return True
    return _may_be_source(words) and names_source(words.split())


def _name_source(source: str, text: str = "") -> Edge:
    return Edge(text or source, Kind.CREDIT, Said(source=source))
