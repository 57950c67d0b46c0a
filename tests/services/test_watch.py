from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from feedsvc.domain.scan import Reason, ScanReport
from feedsvc.services.watch import Watch
from feedsvc.store.engine import DatabaseError
from feedsvc.store.lock import Lock
from tests.builders import T0, Clock
from tests.waiting import until

# Longer than any test waits: what happens, happens for another reason.
NEVER = 3600.0
NO_FOLDER = (Reason("no folder"),)


@dataclass
class Scanner:
    """A scan that notes what it saw and answers as the test wants."""

    folder: Path
    answer: Callable[[], ScanReport] = ScanReport
    scans: int = 0
    seen: set[str] = field(default_factory=set)

    async def scan(self) -> ScanReport:
        self.seen = (
            {path.name for path in self.folder.rglob("*")} if self.folder.exists() else set()
        )
        self.scans += 1
        return self.answer()


@pytest.fixture
def scanner(tmp_path: Path) -> Scanner:
    folder = tmp_path / "seeds"
    folder.mkdir()
    return Scanner(folder)


def watch(scanner: Scanner, **changes: Any) -> Watch:
    usual: dict[str, Any] = {
        "lead": lambda: True,
        "settle": 0.02,
        "rescan": NEVER,
        "polling": False,
        "now": Clock(),
    }
    return Watch(scanner.folder, scanner.scan, **(usual | changes))


@asynccontextmanager
async def running(watcher: Watch) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(watcher.run())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait({task})
        assert not watcher.status.alive


async def is_listening(scanner: Scanner) -> None:
    """The scan at the start, and the one for what changed before the listening began."""
    await until(lambda: scanner.scans >= 2, what="events are heard")


async def test_the_folder_is_scanned_at_the_start(scanner: Scanner) -> None:
    watcher = watch(scanner)
    async with running(watcher):
        await until(lambda: watcher.status.scans, what="the first scan ends")
    assert (watcher.status.leader, watcher.status.last_scan) == (True, T0)


async def test_looks_that_nothing_asked_for_are_counted(scanner: Scanner) -> None:
    watcher = watch(scanner, rescan=0.05)
    async with running(watcher):
        await until(lambda: watcher.status.rescans > 1, what="it looks unasked")
    assert watcher.status.wakeups == 0


@pytest.mark.parametrize(
    ("name", "polling"),
    [
        ("a.txt", False),
        ("sub/a.txt", False),
        ("node_modules/b.txt", False),
        ("sub/a.txt", True),
    ],
)
async def test_a_new_file_wakes(scanner: Scanner, name: str, *, polling: bool) -> None:
    place = scanner.folder / name
    place.parent.mkdir(exist_ok=True)
    watcher = watch(scanner, polling=polling)
    async with running(watcher):
        await is_listening(scanner)
        place.write_text("words")
        await until(lambda: place.name in scanner.seen, what="the file is seen")
        assert watcher.status.wakeups > 0


async def test_a_change_a_rename_and_a_removal_wake(scanner: Scanner) -> None:
    file = scanner.folder / "a.txt"
    file.write_text("words")
    watcher = watch(scanner)
    async with running(watcher):
        await is_listening(scanner)
        for change in (
            lambda: file.write_text("other words"),
            lambda: file.rename(scanner.folder / "b.txt"),
            (scanner.folder / "b.txt").unlink,
        ):
            before = watcher.status.wakeups
            scans = scanner.scans
            change()
            await until(
                lambda before=before, scans=scans: (  # type: ignore[misc]
                    watcher.status.wakeups > before and scanner.scans > scans
                ),
                what="the change is heard",
            )


async def test_what_moves_is_looked_at_again_soon(scanner: Scanner) -> None:
    scanner.answer = lambda: ScanReport(unsettled=scanner.scans < 5)
    async with running(watch(scanner)):
        await until(lambda: scanner.scans >= 5, what="the folder has settled")


async def test_the_folder_is_scanned_every_so_often(scanner: Scanner) -> None:
    async with running(watch(scanner, rescan=0.05)):
        await until(lambda: scanner.scans >= 5, what="it was scanned again and again")


async def test_it_can_be_woken(scanner: Scanner) -> None:
    watcher = watch(scanner)
    async with running(watcher):
        await is_listening(scanner)
        before = scanner.scans
        watcher.wake()
        await until(lambda: scanner.scans > before, what="it woke")


async def test_a_folder_that_is_replaced_is_listened_to(scanner: Scanner) -> None:
    watcher = watch(scanner, rescan=0.1)
    async with running(watcher):
        await is_listening(scanner)
        shutil.rmtree(scanner.folder)
        await until(lambda: watcher._watched is None, what="the folder is missed")
        scanner.folder.mkdir()
        await until(lambda: watcher._watched, what="the folder is back")
        heard = watcher.status.wakeups
        await until(
            lambda: (
                (scanner.folder / f"{scanner.scans}.txt").write_text("words")
                and watcher.status.wakeups > heard
            ),
            what="events of the new folder are heard",
        )


async def test_a_folder_that_comes_late_is_found(scanner: Scanner) -> None:
    scanner.folder.rmdir()
    watcher = watch(scanner, rescan=0.1)
    async with running(watcher):
        await until(lambda: scanner.scans >= 2, what="it looked for the folder")
        scanner.folder.mkdir()
        (scanner.folder / "a.txt").write_text("words")
        await until(lambda: "a.txt" in scanner.seen, what="the file is seen")


async def test_reasons_are_told_once_and_taken_back(scanner: Scanner) -> None:
    scanner.answer = lambda: ScanReport(degraded=NO_FOLDER if scanner.scans < 4 else ())
    watcher = watch(scanner, rescan=0.02)
    with capture_logs() as lines:
        async with running(watcher):
            await until(lambda: watcher.status.degraded == NO_FOLDER, what="it is degraded")
            await until(lambda: watcher.status.degraded == (), what="it is well again")
    assert [line["event"] for line in lines] == [
        "publishing is degraded",
        "recovered: publishing normally",
    ]


async def test_a_database_that_fails_degrades_until_it_works(scanner: Scanner) -> None:
    def answer() -> ScanReport:
        if scanner.scans < 3:
            raise DatabaseError("feedsvc.db: database or disk is full")
        return ScanReport()

    scanner.answer = answer
    watcher = watch(scanner, rescan=0.02)
    async with running(watcher):
        await until(lambda: watcher.status.degraded, what="it is degraded")
        assert watcher.status.degraded == (
            Reason("the database cannot be written", "feedsvc.db: database or disk is full"),
        )
        await until(lambda: watcher.status.scans, what="a scan ends well")
        assert watcher.status.degraded == ()


async def test_a_bug_ends_the_watching(scanner: Scanner) -> None:
    def answer() -> ScanReport:
        raise ZeroDivisionError

    scanner.answer = answer
    watcher = watch(scanner)
    with pytest.raises(ExceptionGroup) as failed:
        await watcher.run()
    assert failed.group_contains(ZeroDivisionError)
    assert not watcher.status.alive


async def test_cancelling_ends_it_cleanly_in_the_midst_of_a_scan(scanner: Scanner) -> None:
    inside = asyncio.Event()

    async def scan() -> ScanReport:
        inside.set()
        await asyncio.Event().wait()
        raise AssertionError

    watcher = watch(scanner)
    watcher._scan = scan
    task = asyncio.create_task(watcher.run())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not watcher.status.alive
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_cancelling_in_the_moment_of_a_wake_up_ends_it(scanner: Scanner) -> None:
    watcher = watch(scanner, settle=0)
    task = asyncio.create_task(watcher.run())
    await is_listening(scanner)
    before = scanner.scans
    await until(lambda: scanner.scans >= before, what="it rests")
    for _ in range(20):
        await asyncio.sleep(0)
    watcher.wake()
    await asyncio.sleep(0)
    task.cancel()
    done, _ = await asyncio.wait({task}, timeout=10)
    assert done == {task}
    assert task.cancelled()


async def test_only_the_leader_scans_and_another_takes_over(
    scanner: Scanner, tmp_path: Path
) -> None:
    first, second = Lock(tmp_path / "leader"), Lock(tmp_path / "leader")
    asked = 0

    def lead() -> bool:
        nonlocal asked
        asked += 1
        return second.try_hold()

    assert first.try_hold()
    watcher = watch(scanner, lead=lead, rescan=0.02)
    with capture_logs() as lines:
        async with running(watcher):
            await until(lambda: asked >= 5, what="it has asked for the lead")
            assert (scanner.scans, watcher.status.leader) == (0, False)
            assert [line["event"] for line in lines] == ["standby: another process is the leader"]
            first.let_go()
            await until(lambda: scanner.scans, what="it takes over")
            assert watcher.status.leader
    second.let_go()
    assert lines[1]["event"] == "now the leader"
    assert {line["log_level"] for line in lines[:2]} == {"info"}


async def test_a_burst_of_changes_costs_few_scans(scanner: Scanner) -> None:
    """Each scan is followed by a rest, however often it is woken."""
    watcher = watch(scanner, settle=0.2)
    async with running(watcher):
        await is_listening(scanner)
        before = scanner.scans
        for number in range(50):
            watcher.wake()
            (scanner.folder / f"{number}.txt").write_text("words")
            await asyncio.sleep(0)
        await until(lambda: "49.txt" in scanner.seen, what="the last file is seen")
        assert scanner.scans - before < 10
