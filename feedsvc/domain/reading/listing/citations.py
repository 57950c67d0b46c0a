"""Reads where a piece was printed: `Delta Post, 29 Nov 2026, p. 1`, or `(Le Quai, 30/11/2026)`."""

from __future__ import annotations

import re
from datetime import tzinfo
from typing import NamedTuple

from feedsvc.domain.reading.listing.asides import Said
from feedsvc.domain.reading.listing.names import names_source
from feedsvc.domain.reading.moments import read_moment
from feedsvc.domain.reading.words.people import PARTICLES

_LONGEST, _LONGEST_HEADLINE = 100, 300
_PAGE = re.compile(
    r"(?:^|[,;|·–—-]\s*|\s+(?=\())\(?"
    r"(?:pp?|pgs?|pages?|ss?|seiten?|págs?|pags?|páginas?|pagin[ae]|blz|sid[ae]?r?|side|str|стр|с)"
    r"\.?\s?[A-Z]?\d{1,4}(?:\s?(?:[-–]|ff?\b\.?)\s?(?:\d{1,4})?)?\)?(?=\s*(?:$|[,;|·–—)]))",
    re.IGNORECASE,
)
# Without these, a page can only be at the beginning; this is searched much faster.
_BEFORE_PAGE = re.compile(r"[,;|·–—(-]")
_BREAK = re.compile(
    r"\s*[,;|·]\s+|\s+[–—-]\s+|\s+(?=\()|\s*\)\s*|\s+(?=\d)|\s+(?:vom|of|du|del|de|från|av|van)\s+(?=\d)"
)
_BRACKETS = re.compile(r"(?P<text>\S.{9,}?)\s*[(\[](?P<inside>[^()\[\]]{6,80})[)\]]")
_MOST_WORDS = 6
# Small words inside the names of papers.
_SMALL = PARTICLES | frozenset(
    {"of", "the", "et", "du", "des", "and", "und", "&", "em", "den", "für", "for", "à", "do"}
)


class Cited(NamedTuple):
    """A text without what is in brackets at its end, the brackets, and what they say."""

    text: str
    brackets: str
    said: Said


def read_citation(text: str, *, zone: tzinfo, day_first: bool) -> Said | None:
    """The source and date of a line that gives them with a page and says nothing else."""
    if len(text) > _LONGEST or text[-1] in "?!…":
        return None
    page = _PAGE.search(text) if _BEFORE_PAGE.search(text) else _PAGE.match(text)
    if not page:
        return None
    rest = f"{text[: page.start()]}{text[page.end() :]}".strip(" ,;|·–—-")
    if not rest:
        return None
    return _read_source_and_date(rest, zone=zone, day_first=day_first) or (
        Said(source=rest) if names_source(rest.split()) and _is_source(rest) else None
    )


def read_brackets(text: str, *, zone: tzinfo, day_first: bool) -> Cited | None:
    """A headline whose source and date are in brackets at its end."""
    if text[-1] not in ")]" or len(text) > _LONGEST_HEADLINE:
        return None
    match = _BRACKETS.fullmatch(text)
    if not match:
        return None
    inside = match["inside"]
    said = read_citation(inside, zone=zone, day_first=day_first) or _read_source_and_date(
        inside, zone=zone, day_first=day_first
    )
    if not said:
        return None
    return Cited(match["text"], text[match.end("text") :].strip(), said)


def _read_source_and_date(text: str, *, zone: tzinfo, day_first: bool) -> Said | None:
    for cut in _BREAK.finditer(text):
        left, right = text[: cut.start()].strip(), text[cut.end() :].strip(" ()")
        for source, day in ((left, right), (right, left)):
            if not _is_source(source):
                continue
            if moment := read_moment(day, zone=zone, day_first=day_first):
                return Said(source=source, date=moment.when)
    return None


def _is_source(text: str) -> bool:
    """Whether a text is written as the name of a paper: a few words, capitals and small ones."""
    words = text.split()
    if (
        not 1 <= len(words) <= _MOST_WORDS
        or any(mark in text for mark in ",;|()")
        or text[-1] in ".?!"
    ):
        return False
    if any(map(str.isdigit, text)):
        return False
    return any(word[0].isupper() for word in words) and all(
        word[0].isupper() or word in _SMALL or "." in word for word in words
    )
