"""The watcher scans at the start, after changes and regularly, and reports what goes wrong."""

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
from feedsvc.services.watch import Watcher
from feedsvc.store.database import DatabaseError
from feedsvc.store.lock import Lock
from tests.builders import T0, Clock
from tests.waiting import until

# Longer than any test waits: a scan has another cause than the interval.
NEVER = 3600.0
NO_FOLDER = (Reason("no folder"),)


@dataclass
class FakeScanner:
    """Records which files each scan saw, and returns the report that the test wants."""

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
def scanner(tmp_path: Path) -> FakeScanner:
    folder = tmp_path / "seeds"
    folder.mkdir()
    return FakeScanner(folder)


def watch(scanner: FakeScanner, **changes: Any) -> Watcher:
    usual: dict[str, Any] = {
        "lead": lambda: True,
        "settle": 0.02,
        "rescan": NEVER,
        "polling": False,
        "now": Clock(),
    }
    return Watcher(scanner.folder, scanner.scan, **(usual | changes))


@asynccontextmanager
async def running(watcher: Watcher) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(watcher.run())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait({task})
        assert not watcher.status.alive


async def wait_until_listening(scanner: FakeScanner) -> None:
    """Wait for the scan at the start, and for the one after the watcher began to listen."""
    await until(lambda: scanner.scans >= 2, what="the watcher listens")


async def test_the_folder_is_scanned_at_the_start(scanner: FakeScanner) -> None:
    watcher = watch(scanner)
    async with running(watcher):
        await until(lambda: watcher.status.scans, what="the first scan ends")
    assert (watcher.status.leader, watcher.status.last_scan) == (True, T0)


async def test_regular_scans_are_counted(scanner: FakeScanner) -> None:
    watcher = watch(scanner, rescan=0.05)
    async with running(watcher):
        await until(lambda: watcher.status.rescans > 1, what="the folder is scanned regularly")
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
async def test_a_new_file_causes_a_scan(scanner: FakeScanner, name: str, *, polling: bool) -> None:
    place = scanner.folder / name
    place.parent.mkdir(exist_ok=True)
    watcher = watch(scanner, polling=polling)
    async with running(watcher):
        await wait_until_listening(scanner)
        place.write_text("words")
        await until(lambda: place.name in scanner.seen, what="the file is seen")
        assert watcher.status.wakeups > 0


async def test_an_edit_a_rename_and_a_removal_each_cause_a_scan(scanner: FakeScanner) -> None:
    file = scanner.folder / "a.txt"
    file.write_text("words")
    watcher = watch(scanner)
    async with running(watcher):
        await wait_until_listening(scanner)
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
                what="the change is noticed",
            )


async def test_a_scan_that_found_changing_files_is_soon_repeated(scanner: FakeScanner) -> None:
    scanner.answer = lambda: ScanReport(unsettled=scanner.scans < 5)
    async with running(watch(scanner)):
        await until(lambda: scanner.scans >= 5, what="the folder has settled")


async def test_the_folder_is_scanned_regularly(scanner: FakeScanner) -> None:
    async with running(watch(scanner, rescan=0.05)):
        await until(lambda: scanner.scans >= 5, what="it has been scanned five times")


async def test_waking_the_watcher_causes_a_scan(scanner: FakeScanner) -> None:
    watcher = watch(scanner)
    async with running(watcher):
        await wait_until_listening(scanner)
        before = scanner.scans
        watcher.wake()
        await until(lambda: scanner.scans > before, what="the folder is scanned")


async def test_a_folder_that_was_replaced_is_watched(scanner: FakeScanner) -> None:
    watcher = watch(scanner, rescan=0.1)
    async with running(watcher):
        await wait_until_listening(scanner)
        shutil.rmtree(scanner.folder)
        await until(lambda: watcher._watched is None, what="the watcher misses the folder")
        scanner.folder.mkdir()
        await until(lambda: watcher._watched, what="the folder is back")
        before = watcher.status.wakeups
        await until(
            lambda: (
                (scanner.folder / f"{scanner.scans}.txt").write_text("words")
                and watcher.status.wakeups > before
            ),
            what="a change in the new folder is noticed",
        )


async def test_a_folder_that_is_created_later_is_found(scanner: FakeScanner) -> None:
    scanner.folder.rmdir()
    watcher = watch(scanner, rescan=0.1)
    async with running(watcher):
        await until(lambda: scanner.scans >= 2, what="it looked for the folder")
        scanner.folder.mkdir()
        (scanner.folder / "a.txt").write_text("words")
        await until(lambda: "a.txt" in scanner.seen, what="the file is seen")


async def test_degradation_and_recovery_are_each_logged_once(scanner: FakeScanner) -> None:
    scanner.answer = lambda: ScanReport(degraded=NO_FOLDER if scanner.scans < 4 else ())
    watcher = watch(scanner, rescan=0.02)
    with capture_logs() as lines:
        async with running(watcher):
            await until(lambda: watcher.status.degraded == NO_FOLDER, what="it is degraded")
            await until(lambda: watcher.status.degraded == (), what="it has recovered")
    assert [line["event"] for line in lines] == [
        "publishing is degraded",
        "recovered: publishing normally",
    ]


async def test_without_file_events_the_regular_scans_remain(
    scanner: FakeScanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("the limit of inotify watches has been reached")

    monkeypatch.setattr("feedsvc.services.watch.awatch", fail)
    watcher = watch(scanner, rescan=0.05)
    with capture_logs() as lines:
        async with running(watcher):
            await until(lambda: lines, what="it is logged")
            before = scanner.scans
            await until(lambda: scanner.scans > before + 2, what="the folder is still scanned")
    assert lines[0]["event"] == "no file events: relying on regular scans"
    assert "limit of inotify" in lines[0]["reason"]


async def test_the_watcher_is_degraded_until_the_database_works_again(scanner: FakeScanner) -> None:
    def answer() -> ScanReport:
        if scanner.scans < 3:
            raise DatabaseError("feedsvc.db: database or disk is full")
        return ScanReport()

    scanner.answer = answer
    watcher = watch(scanner, rescan=0.02)
    async with running(watcher):
        await until(lambda: watcher.status.degraded, what="it is degraded")
        assert watcher.status.degraded == (
            Reason("cannot write to the database", "feedsvc.db: database or disk is full"),
        )
        await until(lambda: watcher.status.scans, what="a scan ends well")
        assert watcher.status.degraded == ()


async def test_a_bug_ends_the_watcher(scanner: FakeScanner) -> None:
    def answer() -> ScanReport:
        raise ZeroDivisionError

    scanner.answer = answer
    watcher = watch(scanner)
    with pytest.raises(ExceptionGroup) as failed:
        await watcher.run()
    assert failed.group_contains(ZeroDivisionError)
    assert not watcher.status.alive


async def test_the_watcher_can_be_cancelled_during_a_scan(scanner: FakeScanner) -> None:
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


async def test_the_watcher_can_be_cancelled_while_it_wakes_up(scanner: FakeScanner) -> None:
    watcher = watch(scanner, settle=0)
    task = asyncio.create_task(watcher.run())
    await wait_until_listening(scanner)
    before = scanner.scans
    await until(lambda: scanner.scans >= before, what="it pauses")
    for _ in range(20):
        await asyncio.sleep(0)
    watcher.wake()
    await asyncio.sleep(0)
    task.cancel()
    done, _ = await asyncio.wait({task}, timeout=10)
    assert done == {task}
    assert task.cancelled()


async def test_only_the_leader_scans_until_another_takes_over(
    scanner: FakeScanner, tmp_path: Path
) -> None:
    first, second = Lock(tmp_path / "leader"), Lock(tmp_path / "leader")
    tries = 0

    def lead() -> bool:
        nonlocal tries
        tries += 1
        return second.try_hold()

    assert first.try_hold()
    watcher = watch(scanner, lead=lead, rescan=0.02)
    with capture_logs() as lines:
        async with running(watcher):
            await until(lambda: tries >= 5, what="it has tried to lead")
            assert (scanner.scans, watcher.status.leader) == (0, False)
            assert [line["event"] for line in lines] == ["standby: another process is the leader"]
            first.let_go()
            await until(lambda: scanner.scans, what="it takes over")
            assert watcher.status.leader
    second.let_go()
    assert lines[1]["event"] == "now the leader"
    assert {line["log_level"] for line in lines[:2]} == {"info"}


async def test_a_burst_of_changes_causes_few_scans(scanner: FakeScanner) -> None:
    """There is a pause after each scan, however often the watcher is woken."""
    watcher = watch(scanner, settle=0.2)
    async with running(watcher):
        await wait_until_listening(scanner)
        before = scanner.scans
        for number in range(50):
            watcher.wake()
            (scanner.folder / f"{number}.txt").write_text("words")
            await asyncio.sleep(0)
        await until(lambda: "49.txt" in scanner.seen, what="the last file is seen")
        assert scanner.scans - before < 10


async def test_the_next_scan_is_when_the_first_changing_file_may_have_settled(
    scanner: FakeScanner,
) -> None:
    rests: list[float] = []
    reports = iter([ScanReport(unsettled=True, settles_in=0.015), ScanReport(unsettled=True)])
    scanner.answer = lambda: next(reports, ScanReport())
    async with running(watch(scanner, rest=rests.append)):
        await until(lambda: scanner.scans >= 3, what="the folder has settled")
    assert [rest for rest in rests if rest][:2] == [0.015, 0.02]
