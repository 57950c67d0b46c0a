"""Real folders are scanned into real stores."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime

import pytest

from feedsvc.services.ingest.state import Checkpoint
from feedsvc.store.database import DatabaseError
from feedsvc.store.records import SeedStatus
from tests.services.ingest.harness import SETTLE, IngestHarness

STRIKE = (
    "Strike in Almaty",
    "Tram drivers left their cabins at noon and asked for shorter shifts.",
)
RAIN = ("Rain at last", "The wells of the valley are full again after three dry years in a row.")
CHESS = ("Chess for all", "Every school in town gets two boards and a teacher from this autumn on.")
FROST = "A late frost has spared most of the orchards, growers in the valley said on Friday."


async def test_a_folder_of_listings_becomes_entries(harness: IngestHarness) -> None:
    harness.write("a.txt", STRIKE, RAIN)
    harness.write("sub/b.md", FROST, CHESS)
    report = await harness.settle()
    assert (report.degraded, report.unsettled) == ((), False)
    assert await harness.titles() == sorted(
        [
            STRIKE[0],
            RAIN[0],
            CHESS[0],
            *[one.headline for one in await harness.entries() if one.derived],
        ]
    )
    assert {path: seed.entries for path, seed in (await harness.seeds()).items()} == {
        "a.txt": 2,
        "sub/b.md": 2,
    }


async def test_files_of_one_scan_are_neither_mixed_by_date_nor_share_a_second(
    harness: IngestHarness,
) -> None:
    harness.write("a.txt", STRIKE, RAIN)
    harness.write("b.txt", FROST, CHESS)
    await harness.settle()
    by_date = sorted(await harness.entries(), key=lambda one: one.updated, reverse=True)
    assert [one.headline for one in by_date[:2]] == [STRIKE[0], RAIN[0]]
    assert by_date[3].headline == CHESS[0]
    assert len({one.updated for one in by_date}) == 4


async def test_entries_edited_in_one_scan_do_not_share_a_second(harness: IngestHarness) -> None:
    harness.write("a.txt", STRIKE, RAIN)
    harness.write("b.txt", CHESS)
    await harness.settle()
    before = {one.id: one.updated for one in await harness.entries()}
    harness.clock.forward(60)
    harness.write("a.txt", *((title, f"{text} Again.") for title, text in (STRIKE, RAIN)))
    harness.write("b.txt", (CHESS[0], f"{CHESS[1]} Again."))
    await harness.settle()
    after = {one.id: one.updated for one in await harness.entries()}
    assert all(after[one] > before[one] for one in before)
    assert len(set(after.values())) == 3


async def test_a_file_is_ingested_once_it_has_stopped_changing(harness: IngestHarness) -> None:
    harness.write("a.txt", STRIKE)
    first = await harness.scan()
    assert (first.accepted, first.unsettled) == (0, True)
    harness.tick += SETTLE
    second = await harness.scan()
    assert (second.accepted, second.unsettled) == (1, False)


async def test_the_lag_of_a_file_counts_from_its_last_change(harness: IngestHarness) -> None:
    harness.write("a.txt", STRIKE)
    moved_in = harness.write("b.txt", RAIN)
    os.utime(moved_in, (0, 0))  # its content is old, but it has only just arrived
    changed = moved_in.stat().st_ctime
    harness.clock.now = datetime.fromtimestamp(changed + 100, UTC)
    report = await harness.settle()
    assert report.lags == pytest.approx((100, 100), abs=10)
    assert (await harness.settle()).lags == ()


async def test_a_file_that_is_written_slowly_is_ingested_when_it_is_complete(
    harness: IngestHarness,
) -> None:
    file = harness.write("a.txt", STRIKE)
    for story in (RAIN, CHESS):
        report = await harness.scan()
        assert (report.accepted, report.unsettled) == (0, True)
        harness.tick += SETTLE / 2
        with file.open("a") as more:
            more.write("\n" + "\n\n".join(story) + "\n")
    report = await harness.settle()
    assert len(await harness.entries()) == 3


async def test_scanning_again_changes_nothing(harness: IngestHarness) -> None:
    harness.write("a.txt", STRIKE, RAIN)
    await harness.settle()
    before = (await harness.entries(), await harness.seeds(), await harness.reader.changes(0))
    for _ in range(3):
        report = await harness.settle()
        assert (report.accepted, report.withdrawn) == (0, 0)
    harness.restart()
    await harness.settle()
    assert (
        await harness.entries(),
        await harness.seeds(),
        await harness.reader.changes(0),
    ) == before


async def test_a_touched_file_changes_nothing(harness: IngestHarness) -> None:
    file = harness.write("a.txt", STRIKE)
    await harness.settle()
    before = (await harness.entries(), await harness.reader.changes(0))
    os.utime(file, (1, 1))
    report = await harness.settle()
    assert report.accepted == 0
    assert (await harness.entries(), await harness.reader.changes(0)) == before


async def test_an_edit_is_found_even_if_the_file_keeps_its_times(harness: IngestHarness) -> None:
    file = harness.write("a.txt", STRIKE)
    times = (file.stat().st_atime_ns, file.stat().st_mtime_ns)
    await harness.settle()
    file.write_text(file.read_text().replace("noon", "dusk"))
    os.utime(file, ns=times)
    await harness.settle()
    assert "at dusk" in (await harness.entries())[0].stated.text


@pytest.mark.parametrize("way", ["in place", "by rename"])
async def test_an_edit_keeps_ids_however_it_is_saved(harness: IngestHarness, way: str) -> None:
    file = harness.write("a.txt", STRIKE, RAIN)
    await harness.settle()
    before = {one.id for one in await harness.entries()}
    if way == "in place":
        harness.write("a.txt", ("Drivers stop work", STRIKE[1]), RAIN)
    else:
        harness.write(".a.txt.tmp", ("Drivers stop work", STRIKE[1]), RAIN).replace(file)
    await harness.settle()
    assert {one.id for one in await harness.entries()} == before
    assert await harness.titles() == ["Drivers stop work", RAIN[0]]


async def test_a_renamed_file_changes_nothing_but_its_path(harness: IngestHarness) -> None:
    harness.write("keep.txt", CHESS)
    file = harness.write("a.txt", STRIKE, RAIN)
    await harness.settle()
    before = (await harness.entries(), await harness.reader.changes(0))
    ingested = (await harness.seeds())["a.txt"].ingested
    file.rename(harness.folder / "b.txt")
    while (report := await harness.scan()).unsettled:
        assert (report.degraded, report.withdrawn) == ((), 0)
        assert (await harness.entries(), await harness.reader.changes(0)) == before
        harness.tick += SETTLE
    assert (await harness.entries(), await harness.reader.changes(0)) == before
    assert (await harness.seeds())["b.txt"].ingested == ingested
    assert set(await harness.seeds()) == {"b.txt", "keep.txt"}


async def test_the_only_file_can_be_renamed(harness: IngestHarness) -> None:
    file = harness.write("a.txt", STRIKE)
    await harness.settle()
    file.rename(harness.folder / "b.txt")
    report = await harness.settle()
    assert (report.degraded, set(await harness.seeds())) == ((), {"b.txt"})


async def test_a_folder_of_many_files_can_be_renamed(harness: IngestHarness) -> None:
    for number in range(15):
        harness.write(f"old/{number}.txt", (f"Story {number}", f"The teaser of story {number}."))
    await harness.settle()
    before = await harness.entries()
    (harness.folder / "old").rename(harness.folder / "new")
    report = await harness.settle()
    assert (report.degraded, await harness.entries()) == ((), before)
    assert all(path.startswith("new/") for path in await harness.seeds())


async def test_two_copies_in_place_of_a_missing_file_are_two_seeds(harness: IngestHarness) -> None:
    harness.write("keep.txt", CHESS)
    file = harness.write("a.txt", STRIKE)
    await harness.settle()
    shutil.copy(file, harness.folder / "b.txt")
    file.rename(harness.folder / "c.txt")
    await harness.settle()
    assert set(await harness.seeds()) == {"b.txt", "c.txt", "keep.txt"}
    assert {seed for seed, *_ in await harness.sightings()} == {"b.txt", "c.txt", "keep.txt"}


async def test_two_files_that_swap_names_keep_their_entries(harness: IngestHarness) -> None:
    first, second = harness.write("a.txt", STRIKE), harness.write("b.txt", RAIN)
    await harness.settle()
    before = await harness.entries()
    first.rename(harness.folder / "c")
    second.rename(first)
    (harness.folder / "c").rename(second)
    await harness.settle()
    assert await harness.entries() == before


async def test_a_file_renamed_and_edited_at_once_keeps_the_ids_of_its_entries(
    harness: IngestHarness,
) -> None:
    harness.write("keep.txt", CHESS)
    file = harness.write("a.txt", STRIKE, RAIN)
    await harness.settle()
    before = {one.stated.title: one.id for one in await harness.entries()}
    file.unlink()
    harness.write("b.txt", RAIN)
    await harness.settle()
    assert {one.stated.title: one.id for one in await harness.entries()} == {
        title: one for title, one in before.items() if title != STRIKE[0]
    }


async def test_a_removed_file_takes_its_entries_along_and_brings_them_back(
    harness: IngestHarness,
) -> None:
    harness.write("keep.txt", CHESS)
    file = harness.write("a.txt", STRIKE, RAIN)
    await harness.settle()
    before = await harness.entries()
    content = file.read_bytes()
    file.unlink()
    report = await harness.settle()
    assert await harness.titles() == [CHESS[0]]
    assert set(await harness.seeds()) == {"keep.txt"}
    file.write_bytes(content)
    report = await harness.settle()
    assert (report.accepted, await harness.entries()) == (1, before)


async def test_an_entry_that_moves_to_a_file_being_written_is_always_published(
    harness: IngestHarness,
) -> None:
    harness.write("a.txt", STRIKE, RAIN)
    harness.write("b.txt", CHESS)
    await harness.settle()
    before = await harness.entries()
    harness.write("a.txt", STRIKE)
    await harness.scan()
    harness.tick += SETTLE / 2
    harness.write("b.txt", CHESS, RAIN)
    while (await harness.scan()).unsettled:
        assert await harness.entries() == before
        harness.tick += SETTLE / 2
    assert await harness.entries() == before


async def test_an_entry_that_goes_while_files_keep_changing_is_withdrawn_in_the_end(
    harness: IngestHarness,
) -> None:
    harness.write("a.txt", STRIKE, RAIN)
    growing = harness.write("grow.txt", CHESS)
    await harness.settle()
    harness.write("a.txt", STRIKE)
    started = harness.tick
    while RAIN[0] in await harness.titles():
        growing.write_text(growing.read_text() + f"\nMore and more at {harness.tick}.\n")
        assert (await harness.scan()).unsettled
        harness.tick += SETTLE
        assert harness.tick - started < 20
    assert harness.tick - started > 10


async def test_a_file_that_goes_while_files_keep_changing_is_removed_in_the_end(
    harness: IngestHarness,
) -> None:
    harness.write("keep.txt", CHESS)
    file = harness.write("a.txt", STRIKE)
    growing = harness.write("grow.txt", RAIN)
    await harness.settle()
    file.unlink()
    for number in range(30):
        growing.write_text(growing.read_text() + f"\nMore and more {number}.\n")
        report = await harness.scan()
        assert report.unsettled
        if report.withdrawn:
            break
        harness.tick += SETTLE
    assert 9 <= number * SETTLE <= 11
    assert STRIKE[0] not in await harness.titles()


async def test_a_rejected_file_keeps_its_last_good_entries_until_it_is_accepted_again(
    harness: IngestHarness,
) -> None:
    file = harness.write("a.txt", STRIKE)
    await harness.settle()
    good = file.read_bytes()
    for bad in (b"", b"\x00\x01" * 50, b"   \n\n  \n"):
        file.write_bytes(bad)
        report = await harness.settle()
        assert (report.rejected, report.withdrawn) == (1, 0)
        assert await harness.titles() == [STRIKE[0]]
        state = (await harness.seeds())["a.txt"]
        assert (state.status, state.entries, bool(state.reason)) == (SeedStatus.REJECTED, 1, True)
        assert (await harness.settle()).rejected == 0
    file.write_bytes(good)
    assert (await harness.settle()).accepted == 1
    assert (await harness.seeds())["a.txt"].status is SeedStatus.ACCEPTED


async def test_a_rejected_file_is_read_again_by_the_next_process(harness: IngestHarness) -> None:
    harness.write("a.txt", (STRIKE[0], STRIKE[1] * 20))
    harness.max_bytes = 500
    harness.restart()
    assert (await harness.settle()).rejected == 1
    assert (await harness.seeds())["a.txt"].reason.startswith("file too large: ")
    harness.max_bytes = 100_000
    harness.restart()
    report = await harness.settle()
    assert (report.accepted, report.rejected) == (1, 0)


async def test_a_rejected_file_that_goes_is_forgotten(harness: IngestHarness) -> None:
    file = harness.write("a.txt")
    file.write_bytes(b"\x00")
    await harness.settle()
    file.unlink()
    assert (await harness.settle()).degraded == ()
    assert await harness.seeds() == {}


async def test_a_rejected_file_does_not_affect_the_others(harness: IngestHarness) -> None:
    harness.write("b.txt").write_bytes(b"\x00" * 99)
    harness.write("a.txt", STRIKE)
    harness.write("c.txt", RAIN)
    await harness.settle()
    assert await harness.titles() == [RAIN[0], STRIKE[0]]
    assert set(await harness.seeds()) == {"a.txt", "b.txt", "c.txt"}


async def test_hundreds_of_files_at_once_are_ingested(harness: IngestHarness) -> None:
    for number in range(300):
        harness.write(f"{number:03}.txt", (f"Story {number}", f"The teaser of story {number}."))
    await harness.settle()
    assert (await harness.reader.status()).entries == 300
    await harness.settle()
    assert (await harness.reader.status()).seeds == 300


async def test_unchanged_files_are_read_again_if_their_meaning_changed(
    harness: IngestHarness,
) -> None:
    harness.write("a.txt", STRIKE)
    await harness.settle()
    harness.restart(reread=True)
    first = await harness.settle()
    assert first.accepted + (await harness.settle()).accepted <= 1
    harness.restart()
    assert (await harness.settle()).accepted == 0


async def test_a_rolling_folder_keeps_entries_that_were_deleted_from_a_file(
    harness: IngestHarness,
) -> None:
    harness.rolling = True
    harness.restart()
    harness.write("a.txt", STRIKE, RAIN)
    await harness.settle()
    harness.write("a.txt", CHESS, STRIKE)
    await harness.settle()
    assert await harness.titles() == sorted([STRIKE[0], RAIN[0], CHESS[0]])


async def test_scanning_a_subfolder_withdraws_nothing_outside_it(harness: IngestHarness) -> None:
    harness.write("a.txt", STRIKE)
    other = harness.write("sub/b.txt", RAIN)
    await harness.settle()
    (harness.folder / "a.txt").unlink()
    harness.restart(within=harness.folder / "sub")
    other.unlink()
    harness.write("sub/c.txt", CHESS)
    harness.write("sub/d.txt", RAIN)
    report = await harness.settle()
    assert STRIKE[0] in await harness.titles()
    assert set(await harness.seeds()) >= {"a.txt", "sub/c.txt", "sub/d.txt"}
    assert report.withdrawn == 0


async def test_an_interrupted_scan_is_completed_by_the_next(harness: IngestHarness) -> None:
    """It was killed after it had committed the files and before it withdrew entries."""
    file = harness.write("a.txt", STRIKE, RAIN)
    await harness.settle()
    harness.write("a.txt", STRIKE)

    def kill(checkpoint: Checkpoint) -> None:
        if checkpoint is Checkpoint.REMOVING:
            raise KeyboardInterrupt

    harness.ingester._reached = kill
    with pytest.raises(KeyboardInterrupt):
        await harness.settle()
    assert file.exists()
    assert await harness.titles() == [RAIN[0], STRIKE[0]]
    harness.restart()
    await harness.settle()
    assert await harness.titles() == [STRIKE[0]]


async def test_the_next_scan_resumes_where_a_failed_one_ended(harness: IngestHarness) -> None:
    for number in range(100):
        harness.write(f"{number:02}.txt", (f"Story {number}", f"The teaser of story {number}."))
    await harness.scan()
    harness.tick += SETTLE

    def fail(checkpoint: Checkpoint) -> None:
        if checkpoint is Checkpoint.COMMITTED:
            raise DatabaseError("the disk is full")

    harness.ingester._reached = fail
    with pytest.raises(DatabaseError):
        await harness.scan()
    assert len(await harness.entries()) == 64
    harness.ingester._reached = lambda _checkpoint: None
    await harness.settle()
    assert len(await harness.entries()) == 100


async def test_entries_keep_their_ids_when_their_teasers_are_cut(harness: IngestHarness) -> None:
    harness.max_teaser_chars = 50_000
    harness.restart()
    sentence = "The mayor cut a ribbon and the first trams rolled over the river. "
    stories = [(f"Bridge {n} opens", sentence * 200 + f"It is number {n}.") for n in range(3)]
    # Two stories that begin alike.
    harness.write("a.txt", *stories, ("Bridge 0 opens", sentence * 20 + "It closed on 3 May."))
    await harness.settle()
    before = {entry.id: len(entry.stated.text) for entry in await harness.entries()}
    harness.max_teaser_chars = 5_000
    harness.restart(reread=True)
    await harness.settle()
    after = {entry.id: len(entry.stated.text) for entry in await harness.entries()}
    assert after.keys() == before.keys()
    assert len(after) == 4
    assert max(after.values()) <= 5_000 < max(before.values())
