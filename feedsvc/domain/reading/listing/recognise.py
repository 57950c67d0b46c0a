"""Recognises lines that are not text: bylines, dates, addresses, links to read on, furniture.

Most lines are text, so anything else is recognised by its first word and a few marks.
"""

from __future__ import annotations

import re
from datetime import tzinfo
from functools import cache
from typing import NamedTuple

from feedsvc.domain.reading.listing.asides import Kind, Said
from feedsvc.domain.reading.listing.citations import Cited, read_brackets, read_citation
from feedsvc.domain.reading.listing.names import is_name, names_source, read_byline
from feedsvc.domain.reading.listing.roles import Likeness
from feedsvc.domain.reading.moments import read_clock, read_moment
from feedsvc.domain.reading.values import read_address, spell_address
from feedsvc.domain.reading.words.calendar import FILLERS, MONTHS, WEEKDAYS, WEEKS, ZONES
from feedsvc.domain.reading.words.headings import KICKERS, SECTIONS
from feedsvc.domain.reading.words.page import (
    FURNITURE,
    FURNITURE_PATTERNS,
    FURNITURE_WORDS,
    LINKS_BELOW,
    READ_MORE,
    READ_MORE_SMALL,
    READ_MORE_STARTS,
    SIGN_OFFS,
)
from feedsvc.domain.reading.words.people import (
    AGENCIES,
    BYLINE_LEADS,
    READING_TIMES,
    RELATIVE_TIMES,
)

_SHORT, _MIDDLE, _LONG = 60, 140, 420
_URL = r"(?:https?://|www\.)[^\s<>\"“”]+|(?:[a-z0-9-]+\.)+[a-z]{2,12}/[^\s<>\"“”]*"
_ADDRESS_LINE = re.compile(
    rf"(?:\S{{0,12}}[^\W\d_]*[^:.]{{0,30}}[:→»>-]\s*|[\[(<→»>\s]*(?:\d{{1,2}}\]\s*)?)?[<(\[]?({_URL})[>)\]]?\.?",
    re.IGNORECASE,
)
_MAIL_LINE = re.compile(r".{0,30}?\b[\w.+-]+@[\w-]+\.[\w.-]+\W*")
_PARTING = re.compile(r"[|·•∙‧–—/-]")
_PARTS = re.compile(
    r"\s*[|·•∙‧]\s*|\s+[–—/-]+\s+|\s{3,}|\s*(?<=[^\W\d_]),\s+(?=\d)"
    r"|,\s+(?=(?:pages?|pp?|seiten?|s|páginas?|págs?|pagina|sida|side|str)\.? ?\d)",
    re.IGNORECASE,
)
_BY = re.compile(
    r",?\s+(?=(?:by|von|par|por) [^\W\d_])|,?\s+(?:on|am|le|el)\s+(?=\d|[^\W\d_]{3,9} \d)"
)
_BRACKETED = re.compile(r"\s*[\[(][^\])]{1,80}[\])]\s*$")
_RELATIVE = re.compile("|".join((*RELATIVE_TIMES, *READING_TIMES)))
_READING = re.compile("|".join(READING_TIMES))
_SIGN_OFF = re.compile("|".join(SIGN_OFFS))
# Wrapped text that goes on with a word and a colon.
_CLAUSE = re.compile(r"[a-z]+: [a-zà-öø-ÿ]")
_RESERVED = (
    "rights reserved",
    "vorbehalten",
    "réservés",
    "reservados",
    "riservati",
    "voorbehouden",
)
_DIGIT = re.compile(r"[0-9]")
# Cheap tests for the patterns above: without these, they match nothing.
_MAY_PART = re.compile(r"[|·•∙‧–—/,-]|\s{3}")
_MAY_BE_BY = re.compile(r"\s(?:by|von|par|por|on|am|le|el)\s")
_OF_THE_PAGE = ("the article ", "the story ")
# Where somebody found a story.
_VIA = re.compile(
    r"(?i:[([]?via):? ((?:@\w+|[^\W\d_a-z][\w.'’&-]*)(?: [^\W_a-z][\w.'’&-]*){0,4})[)\]]?"
)
_HASHTAGS = re.compile(r"#\w+(?:[ ,]+#\w+)*")
_HEADINGS = KICKERS | SECTIONS.keys()
_PLAIN_FURNITURE = FURNITURE - _HEADINGS
_PLAIN_READ_MORE = READ_MORE - _HEADINGS
_FIRST_WORDS = frozenset(MONTHS) | WEEKDAYS | FILLERS
# Nothing that begins with another word states a date or a time.
_OF_DATES = _FIRST_WORDS | ZONES.keys()
_NAME_PARTS, _SOURCE_WORDS_MOST = 5, 6


class Recogniser(NamedTuple):
    """Recognises lines by the rules of a file: the zone and the order of its dates."""

    zone: tzinfo
    day_first: bool

    def recognise(self, text: str) -> tuple[Kind, Said] | None:
        """What a line is and says if it is not text; None if it may be text."""
        length = len(text)
        if length > _LONG:
            return None
        if ("://" in text or "www." in text or "/" in text) and (found := self._address(text)):
            return found
        if length > _MIDDLE:
            return self._furniture(text)
        if length <= _SHORT and (found := _read_on(text)):
            return found
        if found := self._furniture(text):
            return found
        if text[-1] == "." and text[-2:] != "m.":
            # The end of a sentence: no byline or date ends in a full stop.
            return None
        if found := self._date(text):
            return found
        if _has_digit(text) and (
            said := read_citation(text, zone=self.zone, day_first=self.day_first)
        ):
            return Kind.CREDIT, said
        return self._credit(text) or self._byline(text)

    def cut_brackets(self, text: str) -> Cited | None:
        """A headline without the source and date in brackets at its end, if there are such."""
        if text[-1] not in ")]" or not _has_digit(text):
            return None
        return read_brackets(text, zone=self.zone, day_first=self.day_first)

    def _address(self, text: str) -> tuple[Kind, Said] | None:
        match = _ADDRESS_LINE.fullmatch(text)
        if not match:
            return None
        words = match[1].rstrip(".,;)")
        words = words if "://" in words else f"https://{words}"
        if address := read_address(words):
            return Kind.ADDRESS, Said(link=address)
        return (Kind.PRIVATE, Said()) if spell_address(words) else None

    def _furniture(self, text: str) -> tuple[Kind, Said] | None:
        folded = text.casefold()
        if _CLAUSE.match(text) or _trim(folded) in _HEADINGS:
            return None
        if folded[0] == "#" and _HASHTAGS.fullmatch(folded):
            return Kind.FURNITURE, Said()
        first = _trim(folded.split(" ", 1)[0])
        may_be = (
            (first in FURNITURE_WORDS and (first != "the" or folded.startswith(_OF_THE_PAGE)))
            or not folded[0].isalpha()
            or "rights" in folded
            or folded.endswith(_RESERVED)
            or "/" in folded[-30:]
        )
        if may_be and first not in BYLINE_LEADS and _furniture_pattern().fullmatch(folded):
            return Kind.FURNITURE, Said()
        if "@" in text and _MAIL_LINE.fullmatch(text) and not read_byline(text):
            return Kind.FURNITURE, Said()
        return None

    def _byline(self, text: str) -> tuple[Kind, Said] | None:
        bare = _trim(text)
        if bare.casefold() in AGENCIES:
            return Kind.CREDIT, Said(source=bare)
        first = text.split(" ", 1)[0].casefold().strip("([*_:")
        if first == "via" and (source := _VIA.fullmatch(text)):
            return Kind.CREDIT, Said(source=source[1])
        if not (first in BYLINE_LEADS or "," in text or "|" in text):
            return None
        byline = read_byline(text)
        if byline and (byline.likeness is Likeness.STRONG or len(text.split()) == 2):
            return Kind.BYLINE, Said(author=byline.author)
        return None

    def _date(self, text: str) -> tuple[Kind, Said] | None:
        if len(text) > 90:
            return None
        folded = text.casefold().strip("[](){}*_•·–—-| \t")
        if not folded:
            return None
        first = folded.split(" ", 1)[0].rstrip(".,:")
        if not (folded[0].isdigit() or first in _FIRST_WORDS) and not folded[-1].isdigit():
            return (
                (Kind.TIME, Said())
                if len(folded) <= _SHORT and _RELATIVE.fullmatch(folded)
                else None
            )
        if _has_digit(folded) and not (first.isalpha() and first not in _OF_DATES):
            if moment := read_moment(folded, zone=self.zone, day_first=self.day_first):
                if not moment.when or first in WEEKS:
                    return Kind.TIME, Said()
                return Kind.DATE, Said(date=moment.when)
            if read_clock(folded):
                return Kind.TIME, Said()
        if len(folded) <= _SHORT and _RELATIVE.fullmatch(folded):
            return (Kind.READING_TIME if _READING.fullmatch(folded) else Kind.TIME), Said()
        return None

    def _credit(self, text: str) -> tuple[Kind, Said] | None:
        """A line of several short facts: who, where published, when, how long to read."""
        if not (_PARTING.search(text) or text[-1] in ")]" or _has_digit(text)):
            return None
        bare = _BRACKETED.sub("", text) if text[-1] in ")]" else text
        parts = [part for part in _PARTS.split(bare) if part] if _MAY_PART.search(bare) else [bare]
        if len(parts) == 1 and _MAY_BE_BY.search(bare) and _has_digit(bare):
            parts = _BY.split(bare)
        if len(parts) < 2 and bare == text:
            return None
        facts = [self._part(part.strip(" ,;:*_")) for part in parts]
        if None in facts or not any(fact[0] for fact in facts if fact):
            return None
        said: dict[str, object] = {}
        for fact in facts:
            if fact:
                for name, value in fact[1]._asdict().items():
                    if value and name not in said:
                        said[name] = value
        if not said:
            return Kind.FURNITURE, Said()
        kind = Kind.BYLINE if said.get("author") and not said.get("date") else Kind.CREDIT
        return kind, Said(**said)  # type: ignore[arg-type]

    def _part(self, part: str) -> tuple[bool, Said] | None:
        """Whether a part of a credit is surely that, and what it says; None if it may be text."""
        if not part:
            return False, Said()
        if found := self._date(part) or _read_on(part) or self._furniture(part):
            return True, found[1]
        words = part.split()
        if all(word.casefold().strip(".,:") in FILLERS for word in words):
            return False, Said()
        if byline := read_byline(part):
            return byline.likeness is Likeness.STRONG, Said(author=byline.author)
        if len(words) > _SOURCE_WORDS_MOST or part[-1] in ".?!…":
            return None
        if names_source(words):
            return False, Said(source=part)
        if is_name(words):
            return False, Said(author=part)
        folded = part.casefold()
        if folded in SECTIONS or folded in KICKERS:
            return False, Said()
        if len(words) <= 3 and all(word[0].isupper() or not word[0].isalpha() for word in words):
            return False, Said(source=part)
        return None


def begins_appendix(text: str) -> bool:
    """Whether only links to other stories, or the name of the writer, can be below a line."""
    if len(text) > _SHORT:
        return False
    folded = text.casefold()
    return _trim(folded) in LINKS_BELOW or _SIGN_OFF.fullmatch(folded) is not None


@cache
def _furniture_pattern() -> re.Pattern[str]:
    """Compiled for the first line that may be furniture; that takes longer than a short file."""
    return re.compile("|".join(FURNITURE_PATTERNS))


def _has_digit(text: str) -> bool:
    return _DIGIT.search(text) is not None or (not text.isascii() and any(map(str.isdigit, text)))


def _trim(text: str) -> str:
    """A text without the marks at its ends."""
    if text and text[0].isalnum() and text[-1].isalnum():
        return text
    start, end = 0, len(text)
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return text[start:end]


def _read_on(text: str) -> tuple[Kind, Said] | None:
    folded = _trim(text.casefold())
    if folded in _PLAIN_READ_MORE or folded in _PLAIN_FURNITURE:
        more = folded in _PLAIN_READ_MORE
        return (Kind.READ_MORE if more else Kind.FURNITURE), Said()
    if folded.startswith(READ_MORE_STARTS):
        start = next(start for start in READ_MORE_STARTS if folded.startswith(start))
        rest = folded[len(start) :].split()
        marked = text[-1] in "»→>›…:]" or text[0] in "»→>›["
        if (
            not rest
            or marked
            or rest[0] in READ_MORE_SMALL
            or rest[-1] in READ_MORE_SMALL
            or text[len(start) : len(start) + 1] == ":"
        ):
            return Kind.READ_MORE, Said()
    return None
