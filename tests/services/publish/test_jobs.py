"""A job reads what its document will show when it is built, and only writes it later."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from feedsvc.domain.model import Channel
from feedsvc.domain.query import Query
from feedsvc.domain.render.document import Document, make_document
from feedsvc.domain.render.feed import Site
from feedsvc.domain.render.format import Format
from feedsvc.services.publish.jobs import JobBuilder, QueryResult, UnknownPageError
from feedsvc.store.database import Database
from feedsvc.store.reader import open_reader
from feedsvc.store.writer import Writer
from tests.services.publish.conftest import T0, TAXONOMY, write


@pytest.fixture
async def jobs(writer: Writer, tmp_path: Path) -> AsyncIterator[JobBuilder]:  # noqa: ARG001
    async with open_reader(Database(tmp_path / "feedsvc.db")) as reader:
        yield JobBuilder(
            reader=reader,
            custom_reader=reader,
            site=Site(base_url="https://news.example", title="News", publisher="Press"),
            taxonomy=TAXONOMY,
            feed_size=2,
        )


def titles(document: Document) -> list[str]:
    return [item["title"] for item in json.loads(document.identity.body)["items"]]


async def test_a_job_shows_the_entries_there_were_when_it_was_built(
    writer: Writer,
    jobs: JobBuilder,
) -> None:
    await write(writer, 1)
    job = await jobs.build_current(Channel(), Format.JSON)
    await write(writer, 2)
    later = await jobs.build_current(Channel(), Format.JSON)
    assert (len(titles(job.write())), len(titles(later.write()))) == (1, 2)
    assert 0 < job.revision < later.revision


async def test_a_channel_without_entries_is_dated_when_the_store_was_created(
    jobs: JobBuilder,
) -> None:
    job = await jobs.build_current(Channel(region="asia"), Format.ATOM)
    assert (job.revision, job.write().changed) == (0, T0)


async def test_there_is_no_job_for_a_missing_archive_page(jobs: JobBuilder) -> None:
    with pytest.raises(UnknownPageError):
        await jobs.build_archive(Channel(), 1, Format.ATOM, revision=0)


async def test_a_query_result_says_where_older_entries_begin(
    writer: Writer,
    jobs: JobBuilder,
) -> None:
    await write(writer, 3)
    results: list[QueryResult] = []

    def remember(result: QueryResult) -> Document:
        results.append(result)
        return make_document(b"", content_type="text/plain", changed=result.changed)

    before: int | None = None
    for _ in range(2):
        job = await jobs.build_query(Query(), limit=2, before=before, write=remember)
        job.write()
        before = results[-1].older
    assert [len(result.entries) for result in results] == [2, 1]
    assert results[0].older == results[0].entries[-1].arrival
    assert results[1].older is None
