"""Parses a listing: the text of a file becomes drafts, notes and problems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from feedsvc.domain.model import Draft
from feedsvc.domain.reading.decode import Decoded
from feedsvc.domain.reading.facts import FactReader, Facts, refuse_address
from feedsvc.domain.reading.front_matter import Sheet, part_sheet
from feedsvc.domain.reading.lines import decode_entities, split_lines
from feedsvc.domain.reading.listing.asides import Aside, Kind, Said
from feedsvc.domain.reading.listing.chain import decide_roles
from feedsvc.domain.reading.listing.columns import mark_cells
from feedsvc.domain.reading.listing.corrections import correct_roles
from feedsvc.domain.reading.listing.doubts import find_doubts
from feedsvc.domain.reading.listing.gather import FieldAt, gather
from feedsvc.domain.reading.listing.headers import Header
from feedsvc.domain.reading.listing.headings import read_heading
from feedsvc.domain.reading.listing.marks import Unmarked, strip_marks
from feedsvc.domain.reading.listing.names import read_byline
from feedsvc.domain.reading.listing.recognise import Recogniser
from feedsvc.domain.reading.listing.roles import Text
from feedsvc.domain.reading.listing.stories import Story, give_asides, give_fields, list_stories
from feedsvc.domain.reading.listing.unknown_fields import find_strays
from feedsvc.domain.reading.outcome import Listing, Note, Problem, Rejection, Taken
from feedsvc.domain.reading.rules import ReadingRules

_NO_ENTRY = "the file has no entry"
_ADD_ONE = "Add a headline and a teaser."


def parse_listing(decoded: Decoded, *, rules: ReadingRules) -> Listing | Rejection:
    """The drafts of a clean plain listing in its order, with what was set aside and what is wrong.

    Takes time linear in the text's length. The layouts are described in docs/seed-format.md.
    """
    sheet = part_sheet(decoded.text)
    if isinstance(sheet, Problem):
        return Rejection(problem=sheet, encoding=decoded.encoding)
    verbatim = rules.verbatim if sheet.front.verbatim is None else sheet.front.verbatim
    body = sheet.body if verbatim else mark_cells(decode_entities(sheet.body))
    recogniser = None if verbatim else Recogniser(rules.zone, rules.day_first)
    unmarked = Unmarked(body, ()) if verbatim else strip_marks(body, first=sheet.first)
    gathered = gather(split_lines(unmarked.text, first=sheet.first), recogniser)
    if isinstance(gathered, Problem):
        return Rejection(problem=gathered, encoding=decoded.encoding)
    if not gathered.texts:
        return Rejection(
            problem=Problem(sheet.first, _NO_ENTRY, _ADD_ONE), encoding=decoded.encoding
        )
    read = decide_roles(gathered.texts)
    read = read._replace(roles=correct_roles(gathered.texts, read.roles, gathered.asides))
    listed = list_stories(gathered.texts, read.roles)
    if not listed.stories:
        return Rejection(
            problem=Problem(sheet.first, _NO_ENTRY, _ADD_ONE), encoding=decoded.encoding
        )
    loose = give_asides(listed, gathered.texts, gathered.asides)
    orphans = give_fields(listed, gathered.texts, gathered.fields)
    drafter = _Drafter(sheet, rules, gathered.header)
    drafts = tuple(drafter.draft(story, ordinal) for ordinal, story in enumerate(listed.stories, 1))
    problems = [
        *decoded.problems,
        *_find_orphans(orphans),
        *_find_private(gathered.asides),
        *find_strays(gathered.blocks),
        *drafter.problems,
        *find_doubts(drafts, read),
    ]
    notes = [*unmarked.notes, *drafter.notes, *_note_sections(listed.sections), *_note_loose(loose)]
    return Listing(
        drafts=drafts,
        encoding=decoded.encoding,
        rolling=sheet.front.rolling,
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
        notes=tuple(sorted(notes, key=lambda note: note.line)),
    )


class _Drafter:
    """Makes drafts of the stories of a file; collects what to say about them."""

    def __init__(self, sheet: Sheet, rules: ReadingRules, header: Header | None) -> None:
        self.rules = rules
        self.reader = FactReader(
            taxonomy=rules.taxonomy, zone=rules.zone, day_first=rules.day_first
        )
        defaults = self.reader.read(sheet.front.fields, defaults=Facts())
        self.defaults = defaults.facts
        if header and header.date and not self.defaults.date:
            self.defaults = replace(self.defaults, date=header.date)
        self.problems = [*sheet.front.problems, *defaults.problems]
        self.notes: list[Note] = []
        for line in header.lines if header else ():
            self._note(line.number, line.text, (Taken.NOTHING,), Kind.MASTHEAD.value)

    def draft(self, story: Story, ordinal: int) -> Draft:
        """The draft of a story: its words, and what its field lines and other lines state."""
        facts = self.defaults
        if story.asides or story.bylines:
            facts = self._use(story, facts)
        if story.fields:
            reading = self.reader.read(story.fields, defaults=facts)
            facts = reading.facts
            self.problems.extend(reading.problems)
        texts = story.texts
        if self.rules.teaser_only and len(texts) > 1:
            for lines in story.paragraphs[1:]:
                self._note(
                    lines[0].number,
                    lines[0].text,
                    (Taken.NOTHING,),
                    "paragraph after the teaser, left out",
                )
            texts = texts[:1]
        for text in story.kickers:
            self._note(text.number, text.text, (Taken.KICKER,), "kicker")
        stated = replace(
            facts.stated,
            title=story.title,
            text="\n\n".join(texts),
            caption=story.caption,
            kicker=story.kicker,
            section=_name_section(story),
        )
        return Draft(
            ordinal=ordinal,
            line=story.line,
            # The heading of a day is closer than the front matter.
            date=facts.date if facts.date != self.defaults.date else story.day or facts.date,
            stated=stated,
        )

    def _use(self, story: Story, facts: Facts) -> Facts:
        """The facts that lines set aside state; the first of each kind counts."""
        found = Said()
        for text in story.bylines:
            byline = read_byline(text.text)
            author = byline.author if byline else text.text
            found = found if found.author else found._replace(author=author)
            self._note(text.number, text.text, (Taken.AUTHOR,), Kind.BYLINE.value)
        for aside in story.asides:
            used = aside.said.beyond(found)
            self._note(aside.number, aside.text, used.taken, aside.kind.value)
            found = found.over(aside.said)
        given = {name: value for name, value in found._asdict().items() if value and name != "date"}
        stated = replace(facts.stated, **given) if given else facts.stated
        return Facts(date=found.date or facts.date, stated=stated)

    def _note(self, line: int, text: str, taken: tuple[Taken, ...], reason: str) -> None:
        self.notes.append(Note(line=line, text=text, taken=taken, reason=reason))


def _name_section(story: Story) -> str:
    text = story.section
    if text is None:
        return ""
    return read_heading(text.text, text.look).name or text.text


def _note_sections(sections: list[Text]) -> Iterator[Note]:
    for text in sections:
        yield Note(
            line=text.number, text=text.text, taken=(Taken.SECTION,), reason="section heading"
        )


def _note_loose(asides: list[Aside]) -> Iterator[Note]:
    for aside in asides:
        yield Note(
            line=aside.number, text=aside.text, taken=(Taken.NOTHING,), reason=aside.kind.value
        )


def _find_private(asides: list[Aside]) -> Iterator[Problem]:
    for aside in asides:
        if aside.kind is Kind.PRIVATE:
            yield refuse_address(aside.number, aside.text)


def _find_orphans(orphans: list[FieldAt]) -> Iterator[Problem]:
    for one in orphans:
        yield Problem(
            one.field.number,
            f"`{one.field.name}` comes before the first headline and was ignored",
            "Move it below a headline or into the front matter.",
        )
