"""Turns the blocks of a marked-up document into items: under headings, in lists, in paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from feedsvc.domain.identity import fold
from feedsvc.domain.reading.columns import find_columns, is_head
from feedsvc.domain.reading.item import Item
from feedsvc.domain.reading.listing.prose import sentence_points
from feedsvc.domain.reading.outcome import Note, Taken
from feedsvc.domain.reading.outline.block import (
    Block,
    BulletList,
    Heading,
    ListItem,
    Paragraph,
    Rule,
    Table,
)
from feedsvc.domain.reading.outline.gather import Gatherer
from feedsvc.domain.reading.outline.lead import split_lead
from feedsvc.domain.reading.outline.roles import Role, decide_roles
from feedsvc.domain.reading.outline.section import (
    Section,
    divide,
    heads_itself,
    is_marked,
    lead_of,
)
from feedsvc.domain.reading.outline.words import Words
from feedsvc.domain.reading.rows import Row, read_rows
from feedsvc.domain.reading.rules import ReadingRules

_NUMBER = re.compile(r"^(?:#?\d{1,3}[.):]|\(\d{1,3}\)|[-•*])\s+")
_ANCHOR = re.compile(r"\s*[#¶§]$")
_KICKER = re.compile(r"^(?P<kicker>[A-Z][A-Z ]{2,20}):\s+(?=[A-Z])")
_NO_SECTION = re.compile(
    r"(?:table of )?contents|in this issue|related(?: \w+)?|further reading|links|references"
    r"|footnotes|about(?: us)?"
    r"|subscribe|comments?|share|footer|inhalt(?:sverzeichnis)?|sommaire|índice|indice|impressum",
    re.IGNORECASE,
)
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Outline:
    """The items of a document, what was set aside, and the file's title if it has one."""

    items: tuple[Item, ...]
    notes: tuple[Note, ...]
    title: str


def compose(blocks: Sequence[Block], *, rules: ReadingRules, title: str = "") -> Outline:
    """The items of a document; `title` is what it is called outside of its text."""
    sections = divide(blocks, rules=rules)
    composer = _Composer(rules=rules, title=title)
    composer.compose(
        sections, _find_title(sections, decide_roles(sections, titled=bool(title)), title)
    )
    notes = sorted(composer.notes, key=lambda note: note.line)
    return Outline(tuple(composer.items), tuple(notes), composer.title)


def _find_title(sections: Sequence[Section], roles: list[Role], title: str) -> list[Role]:
    """The roles, with a first heading that says the file's title again as the title."""
    places = [place for place, section in enumerate(sections) if section.heading]
    if not title or len(places) < _FEWEST or roles[places[0]] is not Role.ENTRY:
        return roles
    words, again = (set(fold(text).split()) for text in (title, sections[places[0]].title))
    if len(words & again) * 3 >= len(words) * 2:
        roles[places[0]] = Role.TITLE
    return roles


@dataclass(slots=True, kw_only=True)
class _Composer:
    """Goes through a document's sections; remembers the section heading above."""

    rules: ReadingRules
    title: str
    items: list[Item] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    section: str = ""
    _open: Gatherer | None = None
    _section_level: int = 0

    def compose(self, sections: Sequence[Section], roles: Sequence[Role]) -> None:
        for section, role in zip(sections, roles, strict=True):
            match role:
                case Role.TITLE:
                    self.title = section.title
                    self._note(section.title, Taken.NOTHING, section.line, "the file's title")
                    self._read_below(section)
                case Role.SECTION:
                    self._name_section(section)
                    self._read_below(section)
                case Role.ENTRY:
                    self._start_headed(section, part=True)
                case Role.ARTICLE:
                    self._start_headed(section, part=False)
                case Role.SUBHEAD:
                    self._add_subhead(section)
        self._close()

    def _name_section(self, section: Section) -> None:
        if section.heading is None:
            return
        self._close()
        self._section_level = section.level
        self.section = section.title
        self._note(section.title, Taken.SECTION, section.line, "section heading")

    def _start_headed(self, section: Section, *, part: bool) -> None:
        """Start an entry at a heading; lists of entries below it are entries of their own."""
        if section.level and section.level <= self._section_level:
            self.section, self._section_level = "", 0
        self._close()
        gatherer = self._start(section.line)
        if section.heading:
            links = section.heading.words.links
            gatherer.link = links[0].href if links else ""
            for picture in section.heading.words.pictures:
                gatherer.add_picture(picture.address, line=section.line)
            gatherer.title = _clean_title(section.title)
        if not part and (self.title or not section.heading):
            if section.heading and section.title != self.title:
                self._note(section.title, Taken.NOTHING, section.line, "a heading of the article")
            gatherer.title, self.title = self.title, ""
        apart = part and section.points >= _FEWEST
        marked = {id(bullets) for bullets in section.marked} if apart else set()
        leads = {id(paragraph) for paragraph in section.leads}
        for block in section.blocks:
            if isinstance(block, BulletList) and id(block) in marked:
                self._close()
                self._read_list(block)
            elif isinstance(block, Rule) and part:
                self._close()
            elif self._open is None:
                self._read_loose(block, leads=leads)
            else:
                self._open.add_blocks([block])

    def _add_subhead(self, section: Section) -> None:
        if self._open is None:
            self._start_headed(section, part=False)
            return
        if section.title == self._open.title:
            self._note(section.title, Taken.NOTHING, section.line, "the headline again")
        elif section.title:
            self._note(section.title, Taken.NOTHING, section.line, "a heading in the article")
        self._open.add_blocks(section.blocks)

    def _read_below(self, section: Section) -> None:
        """Read what is under the heading of a section: lists, paragraphs with headlines."""
        if _NO_SECTION.fullmatch(section.title):
            self._close()
            for block in section.blocks:
                self._set_aside(block, f"under “{section.title}”")
            return
        leads = {id(paragraph) for paragraph in section.leads}
        for block in section.blocks:
            if isinstance(block, BulletList):
                self._close()
                self._read_list(block)
            elif not (isinstance(block, Table) and self._read_table(block)):
                self._read_loose(block, leads=leads)
        self._close()

    def _read_loose(self, block: Block, *, leads: AbstractSet[int]) -> None:
        if isinstance(block, BulletList):
            self._read_list(block)
        elif isinstance(block, Paragraph) and (id(block) in leads or _is_bold(block.words)):
            self._start_marked(block)
        elif isinstance(block, Rule):
            self._close()
        elif self._open is not None:
            self._open.add_blocks([block])
        elif not isinstance(block, Paragraph) or block.words.text:
            self._set_aside(block, "outside all entries")

    def _start_marked(self, paragraph: Paragraph) -> None:
        self._close()
        lead = split_lead(paragraph.words)
        gatherer = self._start(paragraph.line)
        gatherer.title, gatherer.link = _clean_title(lead.title), lead.link
        gatherer.add_words(lead.rest, line=paragraph.line)

    def _read_table(self, table: Table) -> bool:
        """Whether a table has a headline in each row."""
        head = [cell.text for cell in table.rows[0]] if table.rows else []
        columns = find_columns(head, named=self.rules.columns)
        if not is_head(columns):
            return False
        self._close()
        rows = (
            Row(
                line=table.line + 1 + number,
                cells=[cell.text for cell in cells],
                links=[run.href for cell in cells for run in cell.links],
            )
            for number, cells in enumerate(table.rows[1:], 1)
        )
        self.items.extend(read_rows(rows, columns, rules=self.rules))
        return True

    def _read_list(self, bullets: BulletList) -> None:
        for item in bullets.items:
            self._read_item(item)

    def _read_item(self, item: ListItem) -> None:
        """An entry of a list item; one that only names what its own list contains is a section."""
        inner = [block for block in item.blocks[1:] if isinstance(block, BulletList)]
        first = item.blocks[0] if item.blocks else None
        if isinstance(first, Paragraph | Heading) and _names_section(first, inner, item):
            self.section = first.words.text.rstrip(":")
            self._note(self.section, Taken.SECTION, item.line, "section heading")
            for bullets in inner:
                self._read_list(bullets)
            return
        gatherer = self._start(item.line)
        others = item.blocks
        if isinstance(first, Paragraph | Heading):
            others = item.blocks[1:]
            self._read_first(gatherer, first)
        gatherer.add_blocks(others)
        self._close(first_link=True)

    def _read_first(self, gatherer: Gatherer, first: Paragraph | Heading) -> None:
        lead = split_lead(first.words)
        if lead.marked:
            gatherer.title, gatherer.link = _clean_title(lead.title), lead.link
            gatherer.add_words(lead.rest, line=first.line)
            return
        gatherer.add_words(first.words, line=first.line)
        text = " ".join(gatherer.texts)
        if text and sentence_points(text) <= 0:
            gatherer.title, gatherer.texts = _clean_title(text), []

    def _start(self, line: int) -> Gatherer:
        self._open = Gatherer(rules=self.rules, line=line, section=self.section)
        return self._open

    def _close(self, *, first_link: bool = False) -> None:
        """End the open entry; one without a word is none."""
        if self._open is None:
            return
        item = self._open.finish(first_link=first_link)
        if item.title or item.text:
            self.items.append(item)
        self.notes.extend(self._open.notes)
        self._open = None

    def _set_aside(self, block: Block, reason: str) -> None:
        text = block.words.text if isinstance(block, Paragraph | Heading) else ""
        self._note(text, Taken.NOTHING, block.line, reason)

    def _note(self, text: str, taken: Taken, line: int, reason: str) -> None:
        shown = text if len(text) <= 80 else text[:80] + "…"  # noqa: PLR2004 - a line's width
        self.notes.append(Note(line=line, text=shown, taken=(taken,), reason=reason))


def _is_bold(words: Words) -> bool:
    """Whether a paragraph is nothing but bold type that may be a headline."""
    runs = [run for run in words.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs) and heads_itself(words)


def _names_section(
    first: Paragraph | Heading,
    inner: Sequence[BulletList],
    item: ListItem,
) -> bool:
    """Whether an item says no more than what the entries in its own list have in common."""
    if not inner or len(item.blocks) != len(inner) + 1 or first.words.links:
        return False
    return all(map(_holds_entries, inner))


def _holds_entries(bullets: BulletList) -> bool:
    return is_marked(bullets) or all(
        (lead := lead_of(item)) is not None and sentence_points(lead.rest.text) <= 0
        for item in bullets.items
    )


def _clean_title(text: str) -> str:
    """A headline without a list number before it or an anchor's mark behind it."""
    return _ANCHOR.sub("", _NUMBER.sub("", text)).strip()
