"""A real store with entries, served on a free loopback port."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from multidict import CIMultiDict, CIMultiDictProxy

from feedsvc.domain.model import Draft, Stated
from feedsvc.domain.render.feed import Site
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.services.publish import RUNNING, Publisher
from feedsvc.services.vocabulary import load_vocabulary
from feedsvc.settings import Settings
from feedsvc.store.reader import Reader, open_reader
from feedsvc.store.records import SeedReading
from feedsvc.store.writer import Writer, open_writer
from feedsvc.web.app import build_app
from feedsvc.web.server.serve import serving
from tests.builders import label_as_stated
from tests.waiting import PATIENCE_SECONDS

T0 = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)

DRAFTS = (
    Draft(
        ordinal=1,
        line=1,
        stated=Stated(
            title="Tram drivers agree on a shorter week",
            text="The union and the operator signed after a month of talks in the capital.",
            regions=("asia", "central-asia"),
            countries=("kz",),
            topics=("labour",),
        ),
    ),
    Draft(
        ordinal=2,
        line=4,
        stated=Stated(
            title="A late frost spares the orchards",
            text="Growers had lit small fires between the rows through two cold nights.",
            regions=("europe",),
            topics=("weather",),
        ),
    ),
)


@dataclass
class Clock:
    now: datetime = T0 + timedelta(hours=1)

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Reply:
    """A response as it came over the wire."""

    status: int
    headers: CIMultiDictProxy[str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class ServiceHarness:
    """A running service, with short ways to ask it and to change its store."""

    settings: Settings
    writer: Writer
    reader: Reader
    publisher: Publisher
    taxonomy: Taxonomy
    app: aiohttp.web.Application
    address: str
    clock: Clock
    session: aiohttp.ClientSession
    watch: list[Any] = field(default_factory=list)

    async def get(self, path: str, **headers: str) -> Reply:
        return await self.ask("GET", path, **headers)

    async def ask(self, method: str, path: str, **headers: str) -> Reply:
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.session.request(
            method,
            self.address + path,
            headers=fields,
            allow_redirects=False,
            skip_auto_headers=("Accept-Encoding",),
        ) as response:
            body = await response.read()
            return Reply(status=response.status, headers=response.headers, body=body)

    async def publish(self, *drafts: Draft, seed: str = "a.txt", now: datetime = T0) -> None:
        await accept(self.writer, drafts, seed=seed, now=now)
        await self.publisher.channels.refresh()

    async def write(self, *drafts: Draft, seed: str = "a.txt", now: datetime = T0) -> None:
        await accept(self.writer, drafts, seed=seed, now=now)

    def corrupt_database(self) -> None:
        path = self.settings.database.path
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        path.write_bytes(b"no database at all" * 1000)

    async def send(self, data: bytes) -> bytes:
        """Everything that comes back for these bytes until the service closes."""
        host, port = self.address.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(data)
        await writer.drain()
        try:
            return await asyncio.wait_for(reader.read(), 10)
        finally:
            writer.close()

    async def exchange(self, data: bytes) -> Reply:
        """The one response to these bytes."""
        head, _, body = (await self.send(data)).partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        fields = CIMultiDict(line.split(": ", 1) for line in lines)
        return Reply(status=int(first.split()[1]), headers=CIMultiDictProxy(fields), body=body)


async def accept(writer: Writer, drafts: tuple[Draft, ...], *, seed: str, now: datetime) -> None:
    reading = SeedReading(
        path=seed,
        hash=sha256(repr(drafts).encode()).digest(),
        size=1,
        mtime=1,
        encoding="utf-8",
    )
    async with writer.transaction() as transaction:
        await transaction.accept(reading, drafts, rolling=False, now=now)
    async with writer.transaction() as transaction:
        await transaction.withdraw_unseen(now=now)


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return load_vocabulary().taxonomy


@pytest.fixture
async def open_harness(
    tmp_path: Path,
    taxonomy: Taxonomy,
) -> AsyncIterator[Callable[..., Awaitable[ServiceHarness]]]:
    """Starts a service over the drafts with settings of choice."""
    async with AsyncExitStack() as stack:

        async def start(
            *drafts: Draft, seconds: float = PATIENCE_SECONDS, **changes: Any
        ) -> ServiceHarness:
            url = f"sqlite+aiosqlite:///{tmp_path}/feedsvc.db"
            settings = Settings(
                **{"port": 0, "database_url": url, "base_url": "https://news.example/p"} | changes,
            )
            clock = Clock()
            writer = await stack.enter_async_context(
                open_writer(
                    settings.database, label=label_as_stated, now=T0, page_size=settings.feed_size
                ),
            )
            if drafts:
                await accept(writer, drafts, seed="a.txt", now=T0)
            reader = await stack.enter_async_context(open_reader(settings.database))
            custom_reader = await stack.enter_async_context(
                open_reader(settings.database, connections=RUNNING, seconds=seconds)
            )
            publisher = Publisher(
                reader=reader,
                custom_reader=custom_reader,
                site=Site(
                    base_url=settings.base_url,
                    title=settings.title,
                    publisher=settings.publisher,
                ),
                taxonomy=taxonomy,
                feed_size=settings.feed_size,
                cache_bytes=settings.cache_bytes,
            )
            watch: list[Any] = []
            app = build_app(
                settings,
                reader=reader,
                publisher=publisher,
                taxonomy=taxonomy,
                watch_status=lambda: watch[-1] if watch else None,
                clock=clock,
            )
            addresses = await stack.enter_async_context(serving(app, settings))
            session = await stack.enter_async_context(
                aiohttp.ClientSession(auto_decompress=False),
            )
            return ServiceHarness(
                settings=settings,
                writer=writer,
                reader=reader,
                publisher=publisher,
                taxonomy=taxonomy,
                app=app,
                address=addresses[0],
                clock=clock,
                session=session,
                watch=watch,
            )

        yield start


@pytest.fixture
async def harness(open_harness: Callable[..., Awaitable[ServiceHarness]]) -> ServiceHarness:
    """A service with two entries."""
    return await open_harness(*DRAFTS)
