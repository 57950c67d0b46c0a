"""A publisher over a real store that labels every entry as Asia."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedsvc.domain.model import Draft, Evidence, Kind, Label, Stated, Where
from feedsvc.domain.render.feed import Site
from feedsvc.domain.taxonomy import Region, Taxonomy
from feedsvc.services.publish import Publisher
from feedsvc.store.database import Database
from feedsvc.store.reader import open_reader
from feedsvc.store.records import SeedReading
from feedsvc.store.writer import Writer, open_writer

T0 = datetime(2026, 3, 1, tzinfo=UTC)
ASIA = Region(slug="asia", name="Asia", code="142", parents=())
TAXONOMY = Taxonomy(regions={"asia": ASIA}, countries={}, topics={})


def label(_stated: Stated) -> tuple[Label, ...]:
    said = Evidence(phrase="", where=Where.STATED, start=0, end=0, weight=1)
    return (Label(kind=Kind.REGION, value="asia", score=1, evidence=(said,)),)


@pytest.fixture
async def writer(tmp_path: Path) -> AsyncIterator[Writer]:
    database = Database(tmp_path / "feedsvc.db")
    async with open_writer(database, label=label, now=T0, page_size=2) as opened:
        yield opened


@pytest.fixture
async def publisher(writer: Writer, tmp_path: Path) -> AsyncIterator[Publisher]:  # noqa: ARG001
    database = Database(tmp_path / "feedsvc.db")
    async with open_reader(database) as reader:
        made = Publisher(
            reader=reader,
            custom_reader=reader,
            site=Site(base_url="https://news.example", title="News", publisher="Press"),
            taxonomy=TAXONOMY,
            feed_size=2,
            cache_bytes=10**6,
        )
        yield made
        await made.close()


async def write(writer: Writer, count: int) -> None:
    drafts = [
        Draft(
            ordinal=n,
            line=n,
            stated=Stated(title=f"Note {n}", text=f"Seen at pier {n}."),
        )
        for n in range(1, count + 1)
    ]
    reading = SeedReading(path="a.txt", hash=b"%032d" % count, size=1, mtime=1, encoding="utf-8")
    async with writer.transaction() as transaction:
        await transaction.accept(reading, drafts, rolling=False, now=T0)
