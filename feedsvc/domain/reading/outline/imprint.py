"""Reads lines that say who wrote a piece, when, and for whom: `By Ana Example | 3 March 2026`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from feedsvc.domain.reading.outcome import Taken
from feedsvc.domain.reading.rules import ReadingRules
from feedsvc.domain.reading.stamp import read_stamp

_LONGEST = 160
_NAME_WORDS = 6
_SOURCE_WORDS = 5
_PARTS = re.compile(r"\s*[|·•–—]\s*|\s+[-/]\s+|\s*\t\s*|(?<=\d{4}),? (?=by |von |par |por )")
_BYLINE = re.compile(
    r"(?:(?:written |posted |published |reported )?by:?|author:?|authors:|von|autor(?:in)?:?"
    r"|text:|par|auteur:?"
    r"|por|autor:|di|autore:|door|av|af|skriven av|przez|автор:?|by-line:)\s+(?P<name>.+)",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?:date|published|posted|updated|on|published on|posted on|datum|veröffentlicht(?: am)?"
    r"|vom|stand"
    r"|publié le|le|date de publication|fecha|publicado(?: el| em)?|data|pubblicato il"
    r"|gepubliceerd op"
    r"|publicerad|publisert|опубликовано|дата)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
_SOURCED = re.compile(
    r"(?:source|via|from|quelle|fuente|fonte|bron|källa|kilde|источник)\s*:\s*(?P<name>.+)"
    r"|via (?P<via>.+)",
    re.IGNORECASE,
)
_READING_TIME = re.compile(
    r"\(?(?:(?:about|ca\.?"
    r"|etwa) )?\d{1,3}(?:[-–]\d{1,3})?[ -]?(?:min(?:ute)?n?s?\.?)(?:[ -](?:read|lesezeit|de lecture"
    r"|de lectura|de leitura|di lettura|leestijd|läsning))?\)?|(?:reading time|lesezeit"
    r"|temps de lecture)\b.{0,20}",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?:\d{1,3}|an?|one) (?:sec|second|min|minute|hour|hr|day|week|month)s? ago|yesterday"
    r"|today|just now"
    r"|vor \d{1,3} \w+|il y a \d{1,3} \w+|hace \d{1,3} \w+|há \d{1,3} \w+",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_].*")
_AND_DESK = re.compile(r",\s+.*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What such a line states; absent texts are empty."""

    author: str = ""
    date: datetime | None = None
    source: str = ""

    @property
    def taken(self) -> tuple[Taken, ...]:
        """What it was taken for."""
        stated = (
            (Taken.AUTHOR, self.author),
            (Taken.DATE, self.date),
            (Taken.SOURCE, self.source),
        )
        return tuple(taken for taken, value in stated if value) or (Taken.NOTHING,)


def read_imprint(text: str, *, rules: ReadingRules) -> Imprint | None:
    """What a line states, or None if it is text: each of its parts has to be known.

    Beside a byline or a date, one short part more is the source.
    """
    if not text or len(text) > _LONGEST:
        return None
    author, source, date, known, strange = "", "", None, False, []
    for part in filter(None, _PARTS.split(text.strip(" ()[]"))):
        if byline := _BYLINE.fullmatch(part):
            name, _, on = _split_date(byline["name"], rules=rules)
            if not _is_name(name):
                return None
            author, date, known = name, date or on, True
        elif named := _SOURCED.fullmatch(part):
            source, known = named["name"] or named["via"], True
        elif stamp := _read_date(part, rules=rules):
            date, known = date or stamp, True
        elif _READING_TIME.fullmatch(part) or _RELATIVE.fullmatch(part):
            known = True
        else:
            strange.append(part)
    if not known or len(strange) > 1 or any(not _is_short(part) for part in strange):
        return None
    return Imprint(author=author, date=date, source=source or "".join(strange))


def _split_date(name: str, *, rules: ReadingRules) -> tuple[str, str, datetime | None]:
    """A name and the date after it: `Ana Example, 3 March 2026`, `Ana Example on 3 March 2026`."""
    for mark in (", ", " on ", " am ", " le ", " ("):
        before, found, after = name.partition(mark)
        if found and (stamp := _read_date(after.rstrip(")"), rules=rules)):
            return before, mark, stamp
    return _AND_DESK.sub("", name), "", None


def _read_date(part: str, *, rules: ReadingRules) -> datetime | None:
    words = _DATED.sub("", part, count=1) if _DATED.match(part) else part
    return read_stamp(words, zone=rules.zone, day_first=rules.day_first)


def _is_name(text: str) -> bool:
    words = text.split()
    if not 0 < len(words) <= _NAME_WORDS * 2 or not _NAME.match(text):
        return False
    return (words[0][:1].isupper() and not text.endswith((".", "?", "!"))) or not text.isascii()


def _is_short(text: str) -> bool:
    return len(text.split()) <= _SOURCE_WORDS and not text.endswith((".", "?", "!", ":"))
