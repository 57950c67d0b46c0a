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
from feedsvc.web.pages.frame import Frame, Surroundings
from feedsvc.web.pages.highlights import Passage, mark_passages
from feedsvc.web.pages.labels import ORDER, channel_of
from feedsvc.web.pages.language import text_direction, text_language

KIND_NAMES = {Kind.REGION: "region", Kind.COUNTRY: "country", Kind.TOPIC: "topic"}
PLACES = {
    Where.TITLE: "in the headline",
    Where.TEXT: "in the text",
    Where.CAPTION: "in the caption",
    Where.STATED: "stated by the editor",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
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
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """An entry's page; `places` is None where the site does not show its files' names."""

    frame: Frame
    entry: Entry
    language: str
    direction: str
    headline: tuple[Passage, ...]
    text: tuple[Passage, ...]
    caption: tuple[Passage, ...]
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
        return any(reason.words for label in self.explanations for reason in label.reasons)


def view_entry(
    detail: EntryDetail,
    around: Surroundings,
    *,
    places: tuple[Sighting, ...] | None,
) -> EntryView:
    """The page of an entry; `places` are the sightings to be named, None to count them only."""
    entry = detail.entry
    return EntryView(
        frame=around.frame(
            path=f"/entries/{entry.id}", title=entry.headline, about=entry.stated.text
        ),
        entry=entry,
        language=text_language(entry.stated.language, around.site.language),
        direction=text_direction(entry.stated.language),
        headline=_headline(entry),
        text=mark_passages(entry, Where.TEXT),
        caption=mark_passages(entry, Where.CAPTION),
        labels=link_labels(entry, around),
        source=find_source(entry),
        image=web_uri(entry.stated.image),
        explanations=tuple(_explanations(entry, around)),
        sightings=len(detail.sightings),
        places=places,
        updated=entry.updated if entry.updated > entry.published else None,
    )


def _headline(entry: Entry) -> tuple[Passage, ...]:
    if entry.derived:
        return (Passage(text=entry.headline, place=False, topic=False),)
    return mark_passages(entry, Where.TITLE)


def _explanations(entry: Entry, around: Surroundings) -> Iterator[Explanation]:
    for label in sorted(entry.labels, key=lambda it: ORDER.index(it.kind)):
        if around.taxonomy.has(label.kind, label.value):
            yield _explain(label, around)


def _explain(label: Label, around: Surroundings) -> Explanation:
    strongest = sorted(label.evidence, key=lambda it: -abs(it.weight))
    return Explanation(
        name=channel_name(around.taxonomy, channel_of(label)),
        kind=KIND_NAMES[label.kind],
        path=around.links.page(channel_of(label)),
        reasons=tuple(_reason(evidence) for evidence in strongest),
    )


def _reason(evidence: Evidence) -> Reason:
    return Reason(
        words="" if evidence.where is Where.STATED else evidence.phrase,
        place=PLACES[evidence.where],
        weight="" if evidence.where is Where.STATED else _write_weight(evidence.weight),
    )


def _write_weight(weight: float) -> str:
    sign = "\N{MINUS SIGN}" if weight < 0 else "+"
    return f"{sign}{abs(weight):.1f}"
