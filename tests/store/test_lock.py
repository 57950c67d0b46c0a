from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from feedsvc.store.database import Database, DatabaseError
from feedsvc.store.lock import Lock, hold, leader_lock, writer_lock

HOLD = """
import pathlib, sys
from feedsvc.store.lock import Lock
print(Lock(pathlib.Path(sys.argv[1])).try_hold(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "feedsvc.db.lock"


def test_a_lock_is_held_once(place: Path) -> None:
    first, second = Lock(place), Lock(place)
    assert first.try_hold()
    assert first.try_hold()
    assert not second.try_hold()
    first.let_go()
    assert not first.held
    assert second.try_hold()
    second.let_go()
    second.let_go()


def test_a_database_has_two_locks(tmp_path: Path) -> None:
    database = Database(tmp_path / "feedsvc.db")
    leader, writer = leader_lock(database), writer_lock(database)
    assert leader.try_hold()
    assert writer.try_hold()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "feedsvc.db.leader",
        "feedsvc.db.lock",
    ]
    leader.let_go()
    writer.let_go()


def test_a_lock_ends_with_its_process(place: Path) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(place)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        lock = Lock(place)
        assert not lock.try_hold()
        other.kill()
    assert lock.try_hold()
    lock.let_go()


async def test_a_held_lock_can_be_waited_for(place: Path) -> None:
    first, second = Lock(place), Lock(place)
    assert first.try_hold()
    waiting = asyncio.create_task(enter(second))
    done, _ = await asyncio.wait({waiting}, timeout=0.2)
    assert not done
    first.let_go()
    await asyncio.wait_for(waiting, 10)
    assert not second.held


async def enter(lock: Lock) -> None:
    async with hold(lock):
        assert lock.held


async def test_waiting_for_a_lock_can_be_cancelled(place: Path) -> None:
    first, second = Lock(place), Lock(place)
    assert first.try_hold()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(enter(second), 0.05)
    assert not second.held
    first.let_go()


def test_a_lock_file_that_cannot_be_created_is_reported(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    with pytest.raises(DatabaseError, match=r"state.*: .+"):
        Lock(tmp_path / "state" / "feedsvc.db.lock").try_hold()
