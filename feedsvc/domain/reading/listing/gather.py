"""Gathers the lines of a file: texts to be read, lines set aside and field lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from feedsvc.domain.reading.fields import FieldLine, UnknownField, read_field
from feedsvc.domain.reading.lines import Line
from feedsvc.domain.reading.listing.asides import Aside, Kind, Said
from feedsvc.domain.reading.listing.bare_names import settle_names
from feedsvc.domain.reading.listing.blocks import Block, part_block
from feedsvc.domain.reading.listing.columns import part_lines
from feedsvc.domain.reading.listing.contents import find_contents
from feedsvc.domain.reading.listing.edges import Edge, Trimmed, trim_edges
from feedsvc.domain.reading.listing.footnotes import take_footnotes
from feedsvc.domain.reading.listing.headers import Header, find_header
from feedsvc.domain.reading.listing.headings import NO_HEADING, read_heading
from feedsvc.domain.reading.listing.looks import End, look_at, look_like_prose
from feedsvc.domain.reading.listing.markers import strip_markers
from feedsvc.domain.reading.listing.masthead import read_masthead
from feedsvc.domain.reading.listing.names import is_name
from feedsvc.domain.reading.listing.recognise import Recogniser, begins_appendix
from feedsvc.domain.reading.listing.roles import Gap, Likeness, Text
from feedsvc.domain.reading.listing.runs import join_runs, mark_speeches
from feedsvc.domain.reading.listing.unknown_fields import find_unknown, is_clause, name_of
from feedsvc.domain.reading.outcome import Problem

# A hundred thousand entries of title and teaser, and some; more would only fill the memory.
MAX_BLOCKS = 250_000
_WORD = re.compile(r"[^\W_]")
_FIELD_LIKE = re.compile(r"[^\W\d_][^\W\d_ -]{1,14} ?:(?: |$)")
# A page number is alone; among other lines a number ends a headline.
_NUMBER = re.compile(r"\W?\d{1,4}\W?")
_UNDERLINES = frozenset("=-~_*^#–—")
_NAME_WORDS = 4
# Above a text, these show that an entry begins.
_BEGIN = frozenset({Kind.DATE, Kind.CREDIT, Kind.TIME})
_FEWEST_APPENDIX, _LONGEST_LINK = 2, 90


class FieldAt(NamedTuple):
    """A field line. `place` is that of the next text; `leads`: no text of its block is above it."""

    field: FieldLine | UnknownField
    block: int
    place: int
    leads: bool


class _BlockLine(NamedTuple):
    """A line of a block: whether it lost a list marker, and what was cut off at its edges."""

    line: Line
    marked: bool
    edges: Trimmed | None


class Gathered(NamedTuple):
    """The contents of a file, in its order; `marked` are the lines that lost a list marker."""

    texts: list[Text]
    asides: list[Aside]
    fields: list[FieldAt]
    blocks: list[Block]
    marked: list[Line]
    header: Header | None = None


def gather(lines: Iterable[Line], recogniser: Recogniser | None) -> Gathered | Problem:
    """The texts of a file, and what was set aside; without a recogniser every line is text."""
    sheet = list(lines)
    markers: dict[int, int] = {}
    trimmed: dict[int, Trimmed] = {}
    header = None
    footnotes: list[Line] = []
    gatherer = _Gatherer(recogniser)
    if recogniser:
        header = find_header(sheet, zone=recogniser.zone, day_first=recogniser.day_first)
        sheet = part_lines(_leave_out(sheet, header))
        if not header:
            gatherer.take_masthead(sheet)
        gatherer.take_contents(sheet)
        footnotes = take_footnotes(sheet)
        mark_speeches(sheet)
        markers = strip_markers(sheet)
        marked = [sheet[n] for n in markers]
        join_runs(sheet, markers)
        trimmed = trim_edges(sheet, markers, recogniser)
        gatherer.gathered.marked.extend(marked)
    start = 0
    for place in range(len(sheet) + 1):
        if place < len(sheet) and sheet[place].text:
            continue
        if place > start:
            if gatherer.block == MAX_BLOCKS:
                reason = f"too long: more than {MAX_BLOCKS:,} blocks"
                return Problem(sheet[start].number, reason, "Split the file into smaller ones.")
            gatherer.add(list(_take_block(sheet, range(start, place), markers, trimmed)))
        if place < len(sheet) and sheet[place].rule:
            gatherer.rule(sheet[place].rule, near=place > start)
        start = place + 1
    gatherer.add_footnotes(footnotes)
    gathered = gatherer.gathered
    settle_names(gathered.texts, gathered.asides)
    return gathered._replace(header=header)


def _take_block(
    sheet: Sequence[Line],
    places: range,
    markers: Mapping[int, int],
    trimmed: Mapping[int, Trimmed],
) -> Iterator[_BlockLine]:
    """The lines of a block, without list markers and without what was cut off at their edges."""
    for n in places:
        line = sheet[n]
        if marker := markers.get(n, 0):
            line = line._replace(text=line.text[marker:], indent=line.indent + marker)
        edges = trimmed.get(n)
        if edges:
            line = line._replace(text=edges.text)
        if line.text:
            yield _BlockLine(line, n in markers, edges)


def _leave_out(lines: list[Line], header: Header | None) -> list[Line]:
    """The lines of a file, those of its header empty."""
    if not header:
        return lines
    numbers = {line.number for line in header.lines}
    return [line._replace(text="") if line.number in numbers else line for line in lines]


class _Gatherer:
    """Gathers block by block."""

    def __init__(self, recogniser: Recogniser | None) -> None:
        self.recogniser = recogniser
        self.gathered = Gathered([], [], [], [], [])
        self.block = 0
        self._ruled = False

    def take_masthead(self, sheet: list[Line]) -> None:
        """Set aside the name of the publication, if the file begins with it."""
        found = read_masthead(sheet, self.recogniser) if self.recogniser else []
        for place, said in found:
            line = sheet[place]
            kind = Kind.DATE if said.date else Kind.MASTHEAD
            self.gathered.asides.append(Aside(line.number, line.text, 0, 0, kind, said))
            sheet[place] = line._replace(text="")

    def take_contents(self, sheet: list[Line]) -> None:
        """Set aside a list of contents, if the file begins with one."""
        for place in find_contents(sheet):
            line = sheet[place]
            self.gathered.asides.append(Aside(line.number, line.text, 0, 0, Kind.CONTENTS))
            sheet[place] = line._replace(text="")

    def add_footnotes(self, lines: Sequence[Line]) -> None:
        """Set aside the footnotes, which are below everything else."""
        self.block += 1
        for line in lines:
            self._set_aside(line, Edge(line.text, Kind.FOOTNOTE, Said()))

    def rule(self, mark: str, *, near: bool) -> None:
        """Note a rule, which underlines a line right above it and parts other texts."""
        texts = self.gathered.texts
        last = texts[-1] if texts else None
        if (
            near
            and last
            and last.block == self.block
            and mark in _UNDERLINES
            and self._may_underline(last)
        ):
            texts[-1] = last._replace(underlined="=" if mark == "=" else "-")
            return
        self._ruled = True

    def _may_underline(self, last: Text) -> bool:
        alone = not [
            aside for aside in self.gathered.asides[-3:] if aside.place == len(self.gathered.texts)
        ]
        return (
            alone
            and last.look.end.name in {"OPEN", "ASKED", "COLON", "ELLIPSIS"}
            and last.look.length <= 130
        )

    def add(self, block: Sequence[_BlockLine]) -> None:
        """Add the lines of a block."""
        self.block += 1
        lines = [one.line for one in block]
        known = {id(one.line): one for one in block}
        parts = self._read_fields(self._take_appendix(lines))
        started = False
        for part in parts:
            if isinstance(part, Line):
                started = self._add_line(known[id(part)], among=len(lines) > 1) or started
            else:
                place = len(self.gathered.texts)
                self.gathered.fields.append(FieldAt(part, self.block, place, not started))
        if parts:
            self._ruled = False

    def _take_appendix(self, lines: Sequence[Line]) -> Sequence[Line]:
        """Set aside the links below `Related stories`, and the name below `Kind regards`."""
        if not self.recogniser or not self.gathered.texts or len(lines) < _FEWEST_APPENDIX:
            return lines
        if not begins_appendix(lines[0].text):
            return lines
        if any(
            len(line.text) > _LONGEST_LINK or look_at(line.text).end is not End.OPEN
            for line in lines[1:]
        ):
            return lines
        for line in lines:
            self._set_aside(line, Edge(line.text, Kind.FURNITURE, Said()))
        return ()

    def _read_fields(self, lines: Sequence[Line]) -> Sequence[Line | FieldLine | UnknownField]:
        """The lines of a block, its field lines read; nothing of lines without any word."""
        if not any(":" in line.text for line in lines):
            return lines if any(_WORD.search(line.text) for line in lines) else ()
        parts: Sequence[Line | FieldLine | UnknownField] = lines
        if any(_FIELD_LIKE.match(line.text) for line in lines):
            read = [
                (not is_clause(lines, place) and read_field(line, leads=place == 0)) or line
                for place, line in enumerate(lines)
            ]
            stated = any(isinstance(part, FieldLine) for part in read)
            parts = find_unknown(read) if stated else lines
        if not any(isinstance(part, Line) and _WORD.search(part.text) for part in parts):
            parts = [part for part in parts if not isinstance(part, Line)]
        if any(not isinstance(part, Line) or name_of(part.text) for part in parts):
            self.gathered.blocks.append(part_block(list(parts)))
        return parts

    def _add_line(self, one: _BlockLine, *, among: bool) -> bool:
        """Whether the line is text."""
        line, marked, edges = one
        texts, asides = self.gathered.texts, self.gathered.asides
        found = self.recogniser.recognise(line.text) if self.recogniser else None
        if found and not (among and _NUMBER.fullmatch(line.text)):
            kind, said = found
            asides.append(Aside(line.number, line.text, self.block, len(texts), kind, said))
            return False
        if edges and edges.before:
            self._set_aside(line, edges.before)
        cited = self.recogniser.cut_brackets(line.text) if self.recogniser else None
        self._add_text(line._replace(text=cited.text) if cited else line, marked=marked)
        if cited:
            self._set_aside(line, Edge(cited.brackets, Kind.CREDIT, cited.said))
        if edges and edges.after:
            self._set_aside(line, edges.after)
        return True

    def _set_aside(self, line: Line, edge: Edge) -> None:
        asides, place = self.gathered.asides, len(self.gathered.texts)
        asides.append(Aside(line.number, edge.text, self.block, place, edge.kind, edge.said))

    def _add_text(self, line: Line, *, marked: bool) -> None:
        texts, asides, fields = self.gathered.texts, self.gathered.asides, self.gathered.fields
        last = texts[-1] if texts else None
        look = look_at(line.text)
        if line.prose:
            look = look_like_prose(look)
        between = _between(asides, len(texts))
        near = [aside for aside in between if aside.block == self.block] if between else []
        stated = bool(fields) and fields[-1].place == len(texts) and fields[-1].block == self.block
        same = last is not None and last.block == self.block
        gap = Gap.NEXT if same else Gap.RULE if self._ruled else Gap.BLANK
        if line.is_split is False and same and last is not None and last.is_split:
            gap = Gap.BLANK
        heading = read_heading(line.text, look) if self.recogniser else NO_HEADING
        texts.append(
            Text(
                number=line.number,
                text=line.text,
                look=look,
                block=self.block,
                gap=gap,
                indent=line.indent,
                begins=marked
                or (bool(near) and not same and any(aside.kind in _BEGIN for aside in near)),
                ended=bool(between) and any(aside.kind.ends for aside in between),
                broken=bool(near) or stated,
                is_split=line.is_split,
                section=heading.section,
                kicker=heading.kicker,
                byline=self._like_name(line.text, same=same, near=near),
            )
        )

    def _like_name(self, text: str, *, same: bool, near: Sequence[Aside]) -> Likeness:
        if not self.recogniser or len(text) > 50 or not text[0].isupper():
            return Likeness.NONE
        words = text.split()
        if len(words) > _NAME_WORDS or not is_name(words):
            return Likeness.NONE
        return Likeness.FAIR if same and not near else Likeness.NONE


def _between(asides: Sequence[Aside], place: int) -> list[Aside]:
    found = []
    for aside in reversed(asides):
        if aside.place != place:
            break
        found.append(aside)
    return found
