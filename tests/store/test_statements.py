"""The number of statements depends on tables, not on seeds, entries or channels."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from feedsvc.store.records import Acceptance
from tests.builders import T0, draft, reading
from tests.store.harness import StoreHarness

PLACES = ("strike", "rain", "almaty", "asia")


@contextmanager
def counting(store: StoreHarness) -> Iterator[list[str]]:
    """Every statement that the block executes."""
    heard: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        heard.append(statement)

    event.listen(store.writer._engine, "before_cursor_execute", hear)
    yield heard
    event.remove(store.writer._engine, "before_cursor_execute", hear)


def file(number: int, *, version: int = 0) -> Acceptance:
    """A file of twelve entries, of which an edit changes two and drops one."""
    stated = tuple(
        draft(
            f"Of {PLACES[place % 4]} in {number} and {place}" + " again" * version * (place < 2),
            f"Words of the story {place} in the file {number} that is told here",
            ordinal=place + 1,
        )
        for place in range(12 - version)
    )
    return Acceptance(reading=reading(f"{number}.txt", of=stated), drafts=stated, rolling=False)


async def count(store: StoreHarness, files: list[Acceptance]) -> int:
    with counting(store) as heard:
        async with store.writer.transaction() as transaction:
            done = await transaction.write(files, now=T0)
            await transaction.withdraw_unseen(now=T0)
    assert all(one is not None and one.changed for one in done)
    return len(heard)


async def test_many_files_take_hardly_more_statements_than_one(store: StoreHarness) -> None:
    await count(store, [file(0)])
    one_new = await count(store, [file(1)])
    one_edited = await count(store, [file(1, version=1)])
    many_new = await count(store, [file(number) for number in range(100, 164)])
    many_edited = await count(store, [file(number, version=1) for number in range(100, 164)])
    assert many_new <= one_new + 2
    assert many_edited <= one_edited + 2
    assert one_edited < 60


async def test_many_removed_files_take_as_many_statements_as_one(store: StoreHarness) -> None:
    await count(store, [file(number) for number in range(65)])
    with counting(store) as heard:
        assert await store.remove("0.txt") == 12
    one = len(heard)
    with counting(store) as heard:
        assert await store.remove(*(f"{number}.txt" for number in range(1, 65))) == 64 * 12
    assert len(heard) <= one + 2
