"""The view of an entry's page: the entry, why it has its labels, and the files it is in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from feedsvc.domain.model import Entry, Evidence, Kind, Label, Where
from feedsvc.domain.render import add_article, channel_name
from feedsvc.domain.render.characters import web_uri
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.store.records import EntryDetail, Sighting
from feedsvc.web.pages.cards import LabelLink, SourceLink, find_source, link_labels
from feedsvc.web.pages.frame import Frame, PageContext
from feedsvc.web.pages.highlights import TextRun, highlight_evidence
from feedsvc.web.pages.labels import ORDER, find_wider_regions, get_channel
from feedsvc.web.pages.language import text_direction, text_language

KIND_NAMES = {Kind.REGION: "region", Kind.COUNTRY: "country", Kind.TOPIC: "topic"}
PLACES = {
    Where.TITLE: "in the headline",
    Where.TEXT: "in the teaser",
    Where.CAPTION: "in the caption",
    Where.STATED: "set by the editor",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """Words that count for a label or, with a negative weight, against it."""

    words: str
    place: str
    weight: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A label with its evidence, the strongest first.

    `implied_by` names the narrower label behind a label without evidence of its own.
    """

    name: str
    kind: str
    path: str
    evidence: tuple[EvidenceLine, ...]
    implied_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """An entry's page; `places` is None if file names are hidden.

    `caption` is empty without the picture that it describes.
    """

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
        """Whether any label comes from words, rather than from an editor."""
        return any(line.words for label in self.explanations for line in label.evidence)


def view_entry(
    detail: EntryDetail,
    context: PageContext,
    *,
    places: tuple[Sighting, ...] | None,
) -> EntryView:
    """Return an entry's page; `places` are the sightings to name, None to only count them."""
    entry = detail.entry
    image = web_uri(entry.stated.image)
    return EntryView(
        frame=context.frame(
            path=f"/entries/{entry.id}", title=entry.headline, about=entry.stated.text
        ),
        entry=entry,
        language=text_language(entry.stated.language, context.site.language),
        direction=text_direction(entry.stated.language),
        headline=_headline(entry),
        text=highlight_evidence(entry, Where.TEXT),
        caption=highlight_evidence(entry, Where.CAPTION) if image else (),
        labels=link_labels(entry, context),
        source=find_source(entry),
        image=image,
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
            yield _explain(label, entry, context)


def _explain(label: Label, entry: Entry, context: PageContext) -> Explanation:
    strongest = sorted(label.evidence, key=lambda it: -abs(it.weight))
    return Explanation(
        name=channel_name(context.taxonomy, get_channel(label)),
        kind=KIND_NAMES[label.kind],
        path=context.links.page(get_channel(label)),
        evidence=tuple(_describe_evidence(evidence) for evidence in strongest),
        implied_by=_find_narrower(label, entry, context.taxonomy),
    )


def _find_narrower(label: Label, entry: Entry, taxonomy: Taxonomy) -> str:
    """Say which narrower label of the entry implies a region: `because Kenya is in Africa`."""
    narrower = (
        taxonomy.name(other.kind, other.value)
        for other in entry.labels
        if other.evidence
        and taxonomy.has(other.kind, other.value)
        and label.value in find_wider_regions(other, taxonomy)
    )
    place = add_article(taxonomy, taxonomy.name(label.kind, label.value))
    return f"because {found} is in {place}" if (found := next(narrower, "")) else ""


def _describe_evidence(evidence: Evidence) -> EvidenceLine:
    return EvidenceLine(
        words="" if evidence.where is Where.STATED else evidence.phrase,
        place=PLACES[evidence.where],
        weight="" if evidence.where is Where.STATED else _format_weight(evidence.weight),
    )


def _format_weight(weight: float) -> str:
    sign = "\N{MINUS SIGN}" if weight < 0 else "+"
    return f"{sign}{abs(weight):.1f}"
