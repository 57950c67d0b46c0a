"""A statement is interrupted in time, and its connection can be used again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from feedsvc.store.deadline import QueryTooBroadError, run_within
from tests.waiting import PATIENCE_SECONDS, until

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
# Twelve times all words of every row, within one step of SQLite's machine.
BOMB = " AND ".join(f"{letter}*" for letter in "etaionshrdlu")

Interrupt = Callable[[], Awaitable[None]]


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[AsyncConnection]:
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 'any.db'}")
    async with engine.begin() as connection:
        yield connection
    await engine.dispose()


@pytest.fixture
async def interrupt(connection: AsyncConnection) -> Interrupt:
    driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None
    interrupt: Interrupt = driver.interrupt
    return interrupt


async def count(connection: AsyncConnection, statement: str = "SELECT 1") -> int:
    return int(await connection.scalar(text(statement)) or 0)


async def test_what_is_done_in_time_is_returned(
    connection: AsyncConnection, interrupt: Interrupt
) -> None:
    assert await run_within(PATIENCE_SECONDS, count(connection), interrupt=interrupt) == 1


async def test_what_takes_too_long_is_interrupted(
    connection: AsyncConnection, interrupt: Interrupt
) -> None:
    with pytest.raises(QueryTooBroadError):
        await run_within(0.05, count(connection, ENDLESS), interrupt=interrupt)
    assert await count(connection) == 1


async def test_full_text_is_interrupted_within_a_step(
    connection: AsyncConnection, interrupt: Interrupt
) -> None:
    await connection.execute(text("CREATE VIRTUAL TABLE words USING fts5(line)"))
    fill = text(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) "
        "INSERT INTO words SELECT 'east tide air inn oak north sun hill rain dry low up' FROM n"
    )
    await connection.execute(fill)
    search = text("SELECT count(*) FROM words JOIN words AS others WHERE words.words MATCH :bomb")
    work = connection.scalar(search, {"bomb": BOMB})
    with pytest.raises(QueryTooBroadError):
        await run_within(0.01, work, interrupt=interrupt)
    assert await count(connection) == 1


async def test_cancelling_interrupts_and_waits_for_the_end(
    connection: AsyncConnection, interrupt: Interrupt
) -> None:
    interrupts = 0

    async def counted() -> None:
        nonlocal interrupts
        interrupts += 1
        await interrupt()

    work = run_within(PATIENCE_SECONDS, count(connection, ENDLESS), interrupt=counted)
    task = asyncio.create_task(work)
    await asyncio.sleep(0.05)
    task.cancel()
    await until(task.done, what="it ends")
    assert task.cancelled()
    assert interrupts > 0
    assert await count(connection) == 1


async def test_an_error_of_its_own_is_raised(
    connection: AsyncConnection, interrupt: Interrupt
) -> None:
    for seconds in (0, PATIENCE_SECONDS):
        with pytest.raises(OperationalError):
            await run_within(seconds, count(connection, "SELECT x"), interrupt=interrupt)
