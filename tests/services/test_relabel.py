from __future__ import annotations

from pathlib import Path

from structlog.testing import capture_logs

from feedsvc.domain.model import Channel, Kind
from feedsvc.services.relabel import relabel
from feedsvc.store.reader import open_reader
from feedsvc.store.writer import open_writer
from tests.builders import T0, Clock, drafts, label_plainly, reading


async def test_everything_is_labelled_again(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/feedsvc.db"
    stated = drafts(*((f"Rain {n}", f"Drops of number {n}") for n in range(600)))
    async with (
        open_writer(url, label=lambda _: (), now=T0) as writer,
        writer.transaction() as transaction,
    ):
        await transaction.accept(reading("a.txt"), stated, rolling=False, now=T0)
    heard: list[tuple[int, int]] = []
    async with open_writer(url, label=label_plainly, now=T0) as writer:
        with capture_logs() as lines:
            await relabel(
                writer, now=Clock(), progress=lambda done, whole: heard.append((done, whole))
            )
    async with open_reader(url) as reader:
        recent = await reader.recent(Channel(topic="weather"), limit=1000)
    assert len(recent.entries) == 600
    assert recent.entries[0].values(Kind.TOPIC) == ("weather",)
    assert heard == [(0, 600), (250, 600), (500, 600), (600, 600), (600, 600)]
    assert [(line["event"], line["entries"]) for line in lines] == [
        ("relabelling starts", 600),
        ("relabelling is done", 600),
    ]


async def test_an_empty_store_needs_no_word(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/feedsvc.db"
    async with open_writer(url, label=label_plainly, now=T0) as writer:
        with capture_logs() as lines:
            await relabel(writer, now=Clock())
    assert lines == []
