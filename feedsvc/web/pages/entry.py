"""What an entry's page shows: the entry, why it was labelled, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from feedsvc.domain.model import Entry, Evidence, Kind, Label, Where
from feedsvc.domain.render import channel_name
from feedsvc.domain.render.characters import web_uri
from feedsvc.store.records import EntryDetail, Sighting
from feedsvc.web.pages.cards import LabelLink, SourceLink, find_source, link_labels
from feedsvc.web.pages.frame import Frame, PageContext
from feedsvc.web.pages.highlights import TextRun, highlight_evidence
from feedsvc.web.pages.labels import ORDER, get_channel
from feedsvc.web.pages.language import text_direction, text_language

KIND_NAMES = {Kind.REGION: "region", Kind.COUNTRY: "country", Kind.TOPIC: "topic"}
PLACES = {
    Where.TITLE: "in the headline",
    Where.TEXT: "in the text",
    Where.CAPTION: "in the caption",
    Where.STATED: "stated by the editor",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """Words that spoke for a label (or, with a negative weight, against it)."""

    words: str
    place: str
    weight: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A label with its reasons, the strongest first."""

    name: str
    kind: str
    path: str
    evidence: tuple[EvidenceLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """An entry's page; `places` is None where the site does not show its files' names."""

    frame: Frame
    entry: Entry
    language: str
    direction: str
    headline: tuple[TextRun, ...]
    text: tuple[TextRun, ...]
    caption: tuple[TextRun, ...]
    labels: tuple[LabelLink, ...]
    source: SourceLink | None
    image: str
    explanations: tuple[Explanation, ...]
    sightings: int
    places: tuple[Sighting, ...] | None
    updated: datetime | None
    template: str = "entry.html"

    @property
    def worded(self) -> bool:
        """Whether any label comes from words, rather than from what an editor stated."""
        return any(reason.words for label in self.explanations for reason in label.evidence)


def view_entry(
    detail: EntryDetail,
    context: PageContext,
    *,
    places: tuple[Sighting, ...] | None,
) -> EntryView:
    """The page of an entry; `places` are the sightings to be named, None to count them only."""
    entry = detail.entry
    return EntryView(
        frame=context.frame(
            path=f"/entries/{entry.id}", title=entry.headline, about=entry.stated.text
        ),
        entry=entry,
        language=text_language(entry.stated.language, context.site.language),
        direction=text_direction(entry.stated.language),
        headline=_headline(entry),
        text=highlight_evidence(entry, Where.TEXT),
        caption=highlight_evidence(entry, Where.CAPTION),
        labels=link_labels(entry, context),
        source=find_source(entry),
        image=web_uri(entry.stated.image),
        explanations=tuple(_explanations(entry, context)),
        sightings=len(detail.sightings),
        places=places,
        updated=entry.updated if entry.updated > entry.published else None,
    )


def _headline(entry: Entry) -> tuple[TextRun, ...]:
    if entry.derived:
        return (TextRun(text=entry.headline, place=False, topic=False),)
    return highlight_evidence(entry, Where.TITLE)


def _explanations(entry: Entry, context: PageContext) -> Iterator[Explanation]:
    for label in sorted(entry.labels, key=lambda it: ORDER.index(it.kind)):
        if context.taxonomy.has(label.kind, label.value):
            yield _explain(label, context)


def _explain(label: Label, context: PageContext) -> Explanation:
    strongest = sorted(label.evidence, key=lambda it: -abs(it.weight))
    return Explanation(
        name=channel_name(context.taxonomy, get_channel(label)),
        kind=KIND_NAMES[label.kind],
        path=context.links.page(get_channel(label)),
        evidence=tuple(_describe_evidence(evidence) for evidence in strongest),
    )


def _describe_evidence(evidence: Evidence) -> EvidenceLine:
    return EvidenceLine(
        words="" if evidence.where is Where.STATED else evidence.phrase,
        place=PLACES[evidence.where],
        weight="" if evidence.where is Where.STATED else _write_weight(evidence.weight),
    )


def _write_weight(weight: float) -> str:
    sign = "\N{MINUS SIGN}" if weight < 0 else "+"
    return f"{sign}{abs(weight):.1f}"
