"""Gathers what blocks say about one entry: its teaser, link, picture, author, date and source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from feedsvc.domain.reading.fields import FieldName, read_field
from feedsvc.domain.reading.item import Item
from feedsvc.domain.reading.lines import Line
from feedsvc.domain.reading.listing.prose import ends_in_mark
from feedsvc.domain.reading.listing.recognise import Recogniser
from feedsvc.domain.reading.outcome import Note, Taken
from feedsvc.domain.reading.outline.block import (
    Aside,
    Block,
    BulletList,
    Heading,
    ListItem,
    Paragraph,
    Table,
)
from feedsvc.domain.reading.outline.read_more import is_read_more
from feedsvc.domain.reading.outline.words import Run, Words, gather_words, single_space
from feedsvc.domain.reading.rules import ReadingRules
from feedsvc.domain.reading.stamp import read_stamp

TEXT_LENGTH = 2_000
_ADDRESS = re.compile(
    r"(?:(?:link|url|source|read more|more|quelle|via)\s*:\s*)?<?(https?://\S+?)>?", re.IGNORECASE
)
_NAME_PART = r"(?:[A-ZÀ-Þ][\w.&’'-]{0,30}|of|de|der|des)"
_SOURCE_AT_END = re.compile(rf"[.!?”\"] [(\[]({_NAME_PART}(?: {_NAME_PART}){{0,3}})[)\]]\s*$")
_SOURCED = re.compile(
    r"(?:source|via|quelle|fuente|fonte|bron|källa|kilde|lähde|źródło|zdroj|источник|джерело)\s?:\s*"
    r"([^\s:/][^:/]{1,60})",
    re.IGNORECASE,
)
_BRACKETS = re.compile(rf"[(\[]({_NAME_PART}(?: {_NAME_PART}){{0,3}})[)\]]")
_SOURCE_WORDS = 5
_SHOWN = 80


@dataclass(slots=True, kw_only=True)
class Gatherer:
    """Collects the facts of one entry; the first of each kind counts."""

    rules: ReadingRules
    line: int
    title: str = ""
    kicker: str = ""
    section: str = ""
    link: str = ""
    image: str = ""
    author: str = ""
    source: str = ""
    language: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    date: datetime | None = None
    _inner: dict[str, str] = field(default_factory=dict)
    _left_out: int = 0

    def add_blocks(self, blocks: Iterable[Block]) -> None:
        """Take in what is below a headline."""
        for block in blocks:
            match block:
                case Paragraph():
                    self.add_words(block.words, line=block.line)
                case BulletList():
                    self._add_list(block)
                case Heading():
                    self.add_words(block.words, line=block.line)
                case Table():
                    first = " | ".join(cell.text for cell in block.rows[0]) if block.rows else ""
                    self.set_aside(first, line=block.line, reason="a table")
                case Aside():
                    self.set_aside(block.text, line=block.line, reason=block.kind)

    def add_words(self, words: Words, *, line: int) -> None:
        """Take in a paragraph, line by line: what is not text is used for what it is."""
        for picture in words.pictures:
            self.add_picture(picture.address, line=line)
        kept: list[Run] = []
        for below, part in enumerate(_split_lines(words)):
            if not self._use(part, line=line + below):
                kept.extend((*part.runs, Run("\n")))
        text = gather_words(kept)
        if text.text:
            self._add_text(self._without_tail(text, line=line))

    def add_picture(self, address: str, *, line: int) -> None:
        """Take the first picture."""
        if not self.image:
            self.image = address
            self.note(address, Taken.IMAGE, line=line, reason="a picture")

    def note(self, text: str, *taken: Taken, line: int, reason: str) -> None:
        """Remember a line that is not part of the text."""
        shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        self.notes.append(Note(line=line, text=shown, taken=taken, reason=reason))

    def set_aside(self, text: str, *, line: int, reason: str) -> None:
        """Remember a line that is used for nothing."""
        self.note(text, Taken.NOTHING, line=line, reason=reason)

    def finish(self, *, first_link: bool = False) -> Item:
        """The entry; a link within its text counts if it is the only one, or the first counts."""
        if not self.link and self._inner and (first_link or len(self._inner) == 1):
            self.link = next(iter(self._inner))
            words = self._inner[self.link]
            self.note(words, Taken.LINK, line=self.line, reason="a link in the text")
        if self._left_out:
            self.set_aside("", line=self.line, reason=f"{self._left_out} further paragraphs")
        return Item(
            line=self.line,
            title=self.title,
            text=" ".join(self.texts),
            kicker=self.kicker,
            link=self.link,
            image=self.image,
            author=self.author,
            source=self.source,
            date=self.date,
            language=self.language,
            section=self.section,
            labels=self.labels,
        )

    def _use(self, words: Words, *, line: int) -> bool:
        """Whether a line is used for something other than text."""
        text = words.text
        return (
            not text
            or self._use_link(words, text, line=line)
            or self._use_field(text, line=line)
            or self._use_source(text, line=line)
            or self._use_aside(words, text, line=line)
        )

    def _use_link(self, words: Words, text: str, *, line: int) -> bool:
        """Take a line that is an address, or only leads to one."""
        links = words.links
        address = _ADDRESS.fullmatch(text)
        if links and (is_read_more(text) or (address and links[0].text.strip() == text)):
            return self._take_link(links[0].href, text, line=line)
        if address:
            return self._take_link(address[1], text, line=line)
        if self.texts and not links and is_read_more(text):
            self.set_aside(text, line=line, reason="link to read on")
            return True
        return False

    def _use_field(self, text: str, *, line: int) -> bool:
        """Take a field line, such as `countries: Kenya`."""
        stated = read_field(Line(line, text), leads=True)
        if stated is None or not stated.value:
            return False
        match stated.name:
            case FieldName.LINK:
                self.link = stated.value
            case FieldName.IMAGE:
                self.image = stated.value
            case FieldName.AUTHOR:
                self.author = stated.value
            case FieldName.SOURCE:
                self.source = stated.value
            case FieldName.LANGUAGE:
                self.language = stated.value
            case FieldName.DATE:
                self.date = read_stamp(
                    stated.value, zone=self.rules.zone, day_first=self.rules.day_first
                )
                return self.date is not None
            case _:
                self.labels[stated.name] = stated.value
        return True

    def _use_source(self, text: str, *, line: int) -> bool:
        """Take a source's name: in brackets behind a headline, or after the word."""
        named = _SOURCED.fullmatch(text)
        if named is None and self.title and not self.texts:
            named = _BRACKETS.fullmatch(text)
        if named is None or not _is_name(named[1]):
            return False
        self.source = self.source or named[1]
        self.note(text, Taken.SOURCE, line=line, reason="source")
        return True

    def _use_aside(self, words: Words, text: str, *, line: int) -> bool:
        """Take a line that says who wrote it, when or for whom, or is around the text."""
        recogniser = Recogniser(zone=self.rules.zone, day_first=self.rules.day_first)
        found = recogniser.recognise(text)
        if found is None:
            return False
        kind, said = found
        self.author = self.author or said.author
        self.source = self.source or said.source
        self.date = self.date or said.date
        self.link = self.link or said.link
        if said.source and words.links and not self.link:
            self.link = words.links[0].href
        self.note(text, *said.taken, line=line, reason=kind.value)
        return True

    def _take_link(self, address: str, text: str, *, line: int) -> bool:
        self.link = self.link or address
        self.note(text, Taken.LINK, line=line, reason="link to read on")
        return True

    def _without_tail(self, words: Words, *, line: int) -> Words:
        """Words without the link at their end that only leads on, or names the source."""
        runs = list(words.runs)
        while runs and not any(character.isalnum() for character in runs[-1].text):
            runs.pop()
        if len(runs) < 2 or not runs[-1].href:  # noqa: PLR2004 - text and link
            return self._without_source(words, line=line)
        last, before = runs[-1], runs[-2]
        label = single_space(last.text)
        opened = before.text.rstrip()
        if is_read_more(label):
            self._take_link(last.href, label, line=line)
        elif opened.endswith(("(", "[", "—", "–", "via", "- ", "|")) and _is_name(label):
            self.source = self.source or label
            self.link = self.link or last.href
            self.note(label, Taken.SOURCE, Taken.LINK, line=line, reason="source")
        else:
            return words
        cut = Run(opened.rstrip("([—–-|•→» ").removesuffix(" via"), before.href, before.bold)
        return gather_words((*runs[:-2], cut))

    def _without_source(self, words: Words, *, line: int) -> Words:
        """Words without the name in brackets at their end: `… on Friday. (Delta Post)`."""
        last = words.runs[-1] if words.runs else Run("")
        named = _SOURCE_AT_END.search(last.text)
        if named is None or last.href or self.source:
            return words
        self.source = named[1]
        self.note(named[1], Taken.SOURCE, line=line, reason="source")
        cut = Run(last.text[: named.start() + 1], "", last.bold)
        return gather_words((*words.runs[:-1], cut))

    def _add_text(self, words: Words) -> None:
        for run in words.links:
            self._inner.setdefault(run.href, single_space(run.text))
        text = words.text
        full = self.texts and sum(map(len, self.texts)) + len(text) > TEXT_LENGTH
        if self.texts and (full or self._left_out or self.rules.teaser_only):
            self._left_out += 1
        elif text:
            self.texts.append(text)

    def _add_list(self, block: BulletList) -> None:
        points = [point for item in block.items if (point := self._point(item))]
        if points:
            joined = " ".join(
                point if ends_in_mark(point) or point == points[-1] else f"{point};"
                for point in points
            )
            self._add_text(Words.plain(joined))

    def _point(self, item: ListItem) -> str:
        """What one point of a list says; a point that is used for something else says nothing."""
        said = []
        for block in item.blocks:
            if isinstance(block, Paragraph | Heading):
                if not self._use(block.words, line=block.line):
                    said.append(block.words.text)
                    for run in block.words.links:
                        self._inner.setdefault(run.href, single_space(run.text))
            else:
                self.add_blocks([block])
        return " ".join(said)


def _split_lines(words: Words) -> list[Words]:
    """The lines of a paragraph as it is broken in the source."""
    lines: list[list[Run]] = [[]]
    for run in words.runs:
        first, *others = run.text.split("\n")
        lines[-1].append(Run(first, run.href, run.bold))
        lines.extend([Run(other, run.href, run.bold)] for other in others)
    return [gather_words(line) for line in lines]


def _is_name(label: str) -> bool:
    return 0 < len(label.split()) <= _SOURCE_WORDS
