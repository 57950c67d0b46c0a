"""When stored entries are labelled again, and what the store remembers of that."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from feedsvc.domain.model import Channel, Kind
from feedsvc.services.relabel import (
    Provenance,
    mix_provenance,
    relabel,
    store_provenance,
    stored_provenance,
)
from feedsvc.store.database import Database
from feedsvc.store.reader import open_reader
from feedsvc.store.writer import Writer, open_writer
from tests.builders import T0, Clock, drafts, label_plainly, reading

MINE = Provenance("1:abc", "1:abc version=3 rolling=False")
OLD = Provenance("fedcba", "rolling=False")


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "feedsvc.db")


@pytest.fixture
async def writer(database: Database) -> AsyncIterator[Writer]:
    async with open_writer(database, label=label_plainly, now=T0) as writer:
        yield writer


async def add_entry(writer: Writer) -> None:
    async with writer.transaction() as transaction:
        await transaction.accept(reading("a.txt"), drafts(("Rain", "Drops")), rolling=False, now=T0)


async def test_everything_is_labelled_again(database: Database) -> None:
    stated = drafts(*((f"Rain {n}", f"Drops of number {n}") for n in range(2500)))
    async with (
        open_writer(database, label=lambda _: (), now=T0) as writer,
        writer.transaction() as transaction,
    ):
        await transaction.accept(reading("a.txt"), stated, rolling=False, now=T0)
    heard: list[tuple[int, int]] = []
    async with open_writer(database, label=label_plainly, now=T0) as writer:
        await store_provenance(writer, OLD)
        with capture_logs() as lines:
            await relabel(
                writer,
                MINE.labels,
                now=Clock(),
                progress=lambda done, whole: heard.append((done, whole)),
            )
        assert await stored_provenance(writer) == Provenance(MINE.labels, OLD.readings)
    async with open_reader(database) as reader:
        recent = await reader.recent(Channel(topic="weather"), limit=3000)
    assert len(recent.entries) == 2500
    assert recent.entries[0].values(Kind.TOPIC) == ("weather",)
    assert heard == [(0, 2500), (1000, 2500), (2000, 2500), (2500, 2500), (2500, 2500)]
    assert [(line["event"], line["entries"]) for line in lines] == [
        ("relabelling started", 2500),
        ("relabelling finished", 2500),
    ]


async def test_an_empty_store_is_relabelled_without_a_log_line(writer: Writer) -> None:
    with capture_logs() as lines:
        await relabel(writer, MINE.labels, now=Clock())
    assert lines == []
    assert (await stored_provenance(writer)).labels == MINE.labels


async def test_an_interrupted_relabelling_leaves_the_labels_unknown(writer: Writer) -> None:
    await add_entry(writer)
    await store_provenance(writer, OLD)

    def interrupt(_done: int, _whole: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await relabel(writer, MINE.labels, now=Clock(), progress=interrupt)
    assert await stored_provenance(writer) == Provenance("", OLD.readings)


async def test_the_first_load_of_an_empty_store_is_noted(writer: Writer) -> None:
    await mix_provenance(writer, MINE)
    await add_entry(writer)
    await mix_provenance(writer, MINE)
    assert await stored_provenance(writer) == MINE


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (OLD, Provenance()),
        (Provenance(MINE.labels, "other"), Provenance(MINE.labels)),
        (Provenance(), Provenance()),
    ],
)
async def test_a_load_on_top_of_other_content_is_noted_as_mixed(
    writer: Writer, before: Provenance, after: Provenance
) -> None:
    await add_entry(writer)
    await store_provenance(writer, before)
    await mix_provenance(writer, MINE)
    assert await stored_provenance(writer) == after
