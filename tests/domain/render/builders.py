"""Builds values for tests of the renderers: a small taxonomy, a site, entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from feedsvc.domain.model import Entry, Kind, Label, Stated
from feedsvc.domain.render import Site
from feedsvc.domain.taxonomy import Country, Region, Taxonomy, Topic

CHANGED = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)

SITE = Site(
    base_url="https://feeds.example.org/news",
    title="The Gazette & Herald",
    publisher="Gazette Press",
    language="en",
    rights="© The Gazette & Herald, CC BY 4.0",
    ttl=15,
)


def taxonomy() -> Taxonomy:
    regions = {
        slug: Region(slug=slug, name=name, code=code, parents=())
        for slug, name, code in (
            ("asia", "Asia", "142"),
            ("central-asia", "Central Asia", "143"),
            ("middle-east", "Middle East", ""),
        )
    }
    countries = {"kz": Country(slug="kz", name="Kazakhstan", regions=("central-asia", "asia"))}
    topics = {
        slug: Topic(slug=slug, name=name, code="medtop:00000000", definition="")
        for slug, name in (("labour", "Labour"), ("arts", "Arts, culture & entertainment"))
    }
    return Taxonomy(
        regions=regions,
        countries=countries,
        topics=topics,
        with_article=frozenset({"Middle East"}),
    )


def label(kind: Kind, value: str) -> Label:
    return Label(kind=kind, value=value, score=1.0, evidence=())


def entry(
    number: int = 1,
    *,
    published: datetime | None = None,
    updated: datetime | None = None,
    labels: tuple[Label, ...] = (),
    **stated: str,
) -> Entry:
    """An entry first seen `number` hours before the channels' change."""
    seen = CHANGED - timedelta(hours=number)
    plain = Stated(title=f"Headline {number}", text=f"Teaser {number}.")
    return Entry(
        id=UUID(int=number),
        stated=replace(plain, **stated),  # type: ignore[arg-type]
        published=published or seen,
        updated=updated or seen,
        arrival=1000 - number,
        labels=labels,
    )


def varied_entries() -> tuple[Entry, ...]:
    """An entry with everything, a plain one, an untitled one and one full of markup."""
    return (
        entry(
            1,
            title="Weavers of Almaty agree on wages",
            text="Three mills signed; a fourth will follow — so the union says.",
            link="https://paper.example/läufer?a=1&b=2",
            author="Aigerim & Co",
            image="https://paper.example/mill.jpg",
            language="kk",
            updated=CHANGED,
            labels=(
                label(Kind.TOPIC, "labour"),
                label(Kind.REGION, "central-asia"),
                label(Kind.REGION, "asia"),
                label(Kind.COUNTRY, "kz"),
            ),
        ),
        entry(2),
        entry(3, title="", text="A long teaser " + "that goes on and on " * 5 + "until its end."),
        entry(
            4,
            title="<script>alert('x')</script> & <b>bold</b> ]]> -->",
            text='Is 1 < 2 & "three" > 2? &amp; &lt;i&gt; stay as written.',
            labels=(label(Kind.TOPIC, "arts"), label(Kind.TOPIC, "dropped-since")),
        ),
    )
