"""Small values for tests of the core: drafts, listings, clocks, and two plain labellers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from feedsvc.domain.continuation import Known
from feedsvc.domain.identity import fold, keys_of
from feedsvc.domain.model import Draft, Evidence, Kind, Label, Stated, Where
from feedsvc.domain.taxonomy import Country, Region, Taxonomy, Topic
from feedsvc.store.records import SeedReading

T0 = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)

TAXONOMY = Taxonomy(
    regions={"asia": Region(slug="asia", name="Asia", code="142", parents=())},
    countries={"kz": Country(slug="kz", name="Kazakhstan", regions=("asia",))},
    topics={
        "labour": Topic(slug="labour", name="Labour", code="medtop:09000000", definition=""),
        "weather": Topic(slug="weather", name="Weather", code="medtop:17000000", definition=""),
    },
)

# A folded word of an entry, and what it is labelled with.
WORDS = {
    "asia": (Kind.REGION, "asia"),
    "almaty": (Kind.COUNTRY, "kz"),
    "strike": (Kind.TOPIC, "labour"),
    "rain": (Kind.TOPIC, "weather"),
}


@dataclass
class Clock:
    """A clock that a test sets."""

    now: datetime = T0

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def label_plainly(stated: Stated) -> tuple[Label, ...]:
    """A label for each known word, unless labels of that kind are stated."""
    taken = {kind for kind in Kind if stated.slugs(kind) is not None}
    found = {}
    for word in fold(f"{stated.title} {stated.text}").split():
        kind, value = WORDS.get(word, (None, ""))
        if kind and kind not in taken:
            found[kind, value] = _label(kind, value, word, Where.TEXT)
    return (*found.values(), *label_as_stated(stated))


def label_as_stated(stated: Stated) -> tuple[Label, ...]:
    """A label for each name that is stated, and no other."""
    return tuple(
        _label(kind, value, "", Where.STATED) for kind in Kind for value in stated.slugs(kind) or ()
    )


def _label(kind: Kind, value: str, phrase: str, where: Where) -> Label:
    evidence = Evidence(phrase=phrase, where=where, start=0, end=len(phrase), weight=1.0)
    return Label(kind=kind, value=value, score=1.0, evidence=(evidence,))


def draft(title: str = "", text: str = "", *, ordinal: int = 1, **fields: Any) -> Draft:
    date: datetime | None = fields.pop("date", None)
    said = stated(title, text, **fields)
    return Draft(ordinal=ordinal, line=4 * ordinal - 3, date=date, stated=said)


def stated(title: str = "", text: str = "", **fields: Any) -> Stated:
    return Stated(title=title, text=text, **fields)


def restate(one: Draft, **changes: Any) -> Draft:
    """The same draft, stating something else."""
    return replace(one, stated=replace(one.stated, **changes))


def base_key(one: Draft) -> UUID:
    """The key from which the draft's entry gets its id, unless another story owns it."""
    return keys_of(one).base


def drafts(*words: tuple[str, str]) -> tuple[Draft, ...]:
    """Drafts of titles and teasers, in a listing's order."""
    return tuple(
        draft(title, text, ordinal=ordinal) for ordinal, (title, text) in enumerate(words, 1)
    )


def known(standing: Sequence[Draft], *, first: int = 1) -> tuple[Known, ...]:
    """A seed's sightings, each of an entry of its own, numbered from `first`."""
    return tuple(
        Known(sighting=100 + number, entry=number, draft=one)
        for number, one in enumerate(standing, first)
    )


def reading(path: str, *, of: object = "", **fields: Any) -> SeedReading:
    data = repr(of).encode()
    plain = {"hash": sha256(data).digest(), "size": len(data), "mtime": 1, "encoding": "utf-8"}
    return SeedReading(path=path, **(plain | fields))  # type: ignore[arg-type]
