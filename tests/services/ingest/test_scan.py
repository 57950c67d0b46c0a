"""Scans of real folders into real stores."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime

import pytest

from feedsvc.services.ingest.state import Checkpoint
from feedsvc.store.engine import DatabaseError
from feedsvc.store.records import SeedStatus
from tests.services.ingest.conftest import SETTLE, Bench

STRIKE = (
    "Strike in Almaty",
    "Tram drivers left their cabins at noon and asked for shorter shifts.",
)
RAIN = ("Rain at last", "The wells of the valley are full again after three dry years in a row.")
CHESS = ("Chess for all", "Every school in town gets two boards and a teacher from this autumn on.")
FROST = "A late frost has spared most of the orchards, growers in the valley said on Friday."


async def test_a_folder_of_listings_becomes_entries(bench: Bench) -> None:
    bench.write("a.txt", STRIKE, RAIN)
    bench.write("sub/b.md", CHESS, FROST)
    report = await bench.settle()
    assert (report.degraded, report.unsettled) == ((), False)
    assert await bench.titles() == sorted(
        [
            STRIKE[0],
            RAIN[0],
            CHESS[0],
            *[one.headline for one in await bench.entries() if one.derived],
        ]
    )
    assert {path: seed.entries for path, seed in (await bench.seeds()).items()} == {
        "a.txt": 2,
        "sub/b.md": 2,
    }


async def test_a_file_is_taken_once_it_stands_still(bench: Bench) -> None:
    bench.write("a.txt", STRIKE)
    first = await bench.scan()
    assert (first.accepted, first.unsettled) == (0, True)
    bench.tick += SETTLE
    second = await bench.scan()
    assert (second.accepted, second.unsettled) == (1, False)


async def test_how_late_a_file_is_counts_from_its_last_change(bench: Bench) -> None:
    bench.write("a.txt", STRIKE)
    moved_in = bench.write("b.txt", RAIN)
    os.utime(moved_in, (0, 0))  # its words are old, the file is not
    changed = moved_in.stat().st_ctime
    bench.clock.now = datetime.fromtimestamp(changed + 100, UTC)
    report = await bench.settle()
    assert report.lags == pytest.approx((100, 100), abs=10)
    assert (await bench.settle()).lags == ()


async def test_a_file_that_grows_slowly_is_taken_when_it_has_ended(bench: Bench) -> None:
    file = bench.write("a.txt", STRIKE)
    for story in (RAIN, CHESS):
        report = await bench.scan()
        assert (report.accepted, report.unsettled) == (0, True)
        bench.tick += SETTLE / 2
        with file.open("a") as more:
            more.write("\n" + "\n\n".join(story) + "\n")
    report = await bench.settle()
    assert len(await bench.entries()) == 3


async def test_scanning_again_changes_nothing(bench: Bench) -> None:
    bench.write("a.txt", STRIKE, RAIN)
    await bench.settle()
    before = (await bench.entries(), await bench.seeds(), await bench.reader.changes(0))
    for _ in range(3):
        report = await bench.settle()
        assert (report.accepted, report.withdrawn) == (0, 0)
    bench.restart()
    await bench.settle()
    assert (await bench.entries(), await bench.seeds(), await bench.reader.changes(0)) == before


async def test_a_touched_file_changes_nothing(bench: Bench) -> None:
    file = bench.write("a.txt", STRIKE)
    await bench.settle()
    before = (await bench.entries(), await bench.reader.changes(0))
    os.utime(file, (1, 1))
    report = await bench.settle()
    assert report.accepted == 0
    assert (await bench.entries(), await bench.reader.changes(0)) == before


async def test_bytes_are_compared_not_times(bench: Bench) -> None:
    file = bench.write("a.txt", STRIKE)
    times = (file.stat().st_atime_ns, file.stat().st_mtime_ns)
    await bench.settle()
    file.write_text(file.read_text().replace("noon", "dusk"))
    os.utime(file, ns=times)
    await bench.settle()
    assert "at dusk" in (await bench.entries())[0].stated.text


@pytest.mark.parametrize("way", ["in place", "by rename"])
async def test_an_edit_keeps_ids_however_it_is_saved(bench: Bench, way: str) -> None:
    file = bench.write("a.txt", STRIKE, RAIN)
    await bench.settle()
    before = {one.id for one in await bench.entries()}
    if way == "in place":
        bench.write("a.txt", ("Drivers stop work", STRIKE[1]), RAIN)
    else:
        bench.write(".a.txt.tmp", ("Drivers stop work", STRIKE[1]), RAIN).replace(file)
    await bench.settle()
    assert {one.id for one in await bench.entries()} == before
    assert await bench.titles() == ["Drivers stop work", RAIN[0]]


async def test_a_renamed_file_changes_nothing_but_its_path(bench: Bench) -> None:
    bench.write("keep.txt", CHESS)
    file = bench.write("a.txt", STRIKE, RAIN)
    await bench.settle()
    before = (await bench.entries(), await bench.reader.changes(0))
    ingested = (await bench.seeds())["a.txt"].ingested
    file.rename(bench.folder / "b.txt")
    while (report := await bench.scan()).unsettled:
        assert (report.degraded, report.withdrawn) == ((), 0)
        assert (await bench.entries(), await bench.reader.changes(0)) == before
        bench.tick += SETTLE
    assert (await bench.entries(), await bench.reader.changes(0)) == before
    assert (await bench.seeds())["b.txt"].ingested == ingested
    assert set(await bench.seeds()) == {"b.txt", "keep.txt"}


async def test_an_only_file_may_be_renamed(bench: Bench) -> None:
    file = bench.write("a.txt", STRIKE)
    await bench.settle()
    file.rename(bench.folder / "b.txt")
    report = await bench.settle()
    assert (report.degraded, set(await bench.seeds())) == ((), {"b.txt"})


async def test_a_folder_of_many_seeds_may_be_renamed(bench: Bench) -> None:
    for number in range(15):
        bench.write(f"old/{number}.txt", (f"Story {number}", f"The teaser of story {number}."))
    await bench.settle()
    before = await bench.entries()
    (bench.folder / "old").rename(bench.folder / "new")
    report = await bench.settle()
    assert (report.degraded, await bench.entries()) == ((), before)
    assert all(path.startswith("new/") for path in await bench.seeds())


async def test_two_copies_in_place_of_a_missing_file_are_two_seeds(bench: Bench) -> None:
    bench.write("keep.txt", CHESS)
    file = bench.write("a.txt", STRIKE)
    await bench.settle()
    shutil.copy(file, bench.folder / "b.txt")
    file.rename(bench.folder / "c.txt")
    await bench.settle()
    assert set(await bench.seeds()) == {"b.txt", "c.txt", "keep.txt"}
    assert {seed for seed, *_ in await bench.sightings()} == {"b.txt", "c.txt", "keep.txt"}


async def test_two_files_that_swap_names_keep_their_entries(bench: Bench) -> None:
    first, second = bench.write("a.txt", STRIKE), bench.write("b.txt", RAIN)
    await bench.settle()
    before = await bench.entries()
    first.rename(bench.folder / "c")
    second.rename(first)
    (bench.folder / "c").rename(second)
    await bench.settle()
    assert await bench.entries() == before


async def test_a_file_renamed_and_edited_at_once_keeps_what_it_kept(bench: Bench) -> None:
    bench.write("keep.txt", CHESS)
    file = bench.write("a.txt", STRIKE, RAIN)
    await bench.settle()
    before = {one.stated.title: one.id for one in await bench.entries()}
    file.unlink()
    bench.write("b.txt", RAIN)
    await bench.settle()
    assert {one.stated.title: one.id for one in await bench.entries()} == {
        title: one for title, one in before.items() if title != STRIKE[0]
    }


async def test_a_removed_file_takes_its_entries_and_brings_them_back(bench: Bench) -> None:
    bench.write("keep.txt", CHESS)
    file = bench.write("a.txt", STRIKE, RAIN)
    await bench.settle()
    before = await bench.entries()
    content = file.read_bytes()
    file.unlink()
    report = await bench.settle()
    assert await bench.titles() == [CHESS[0]]
    assert set(await bench.seeds()) == {"keep.txt"}
    file.write_bytes(content)
    report = await bench.settle()
    assert (report.accepted, await bench.entries()) == (1, before)


async def test_an_entry_that_moves_to_a_file_in_the_making_never_leaves(bench: Bench) -> None:
    bench.write("a.txt", STRIKE, RAIN)
    bench.write("b.txt", CHESS)
    await bench.settle()
    before = await bench.entries()
    bench.write("a.txt", STRIKE)
    await bench.scan()
    bench.tick += SETTLE / 2
    bench.write("b.txt", CHESS, RAIN)
    while (await bench.scan()).unsettled:
        assert await bench.entries() == before
        bench.tick += SETTLE / 2
    assert await bench.entries() == before


async def test_an_entry_that_goes_while_others_move_is_withdrawn_in_the_end(bench: Bench) -> None:
    bench.write("a.txt", STRIKE, RAIN)
    growing = bench.write("grow.txt", CHESS)
    await bench.settle()
    bench.write("a.txt", STRIKE)
    started = bench.tick
    while RAIN[0] in await bench.titles():
        growing.write_text(growing.read_text() + f"\nMore and more at {bench.tick}.\n")
        assert (await bench.scan()).unsettled
        bench.tick += SETTLE
        assert bench.tick - started < 20
    assert bench.tick - started > 10


async def test_a_file_that_goes_while_others_move_is_waited_for(bench: Bench) -> None:
    bench.write("keep.txt", CHESS)
    file = bench.write("a.txt", STRIKE)
    growing = bench.write("grow.txt", RAIN)
    await bench.settle()
    file.unlink()
    for number in range(30):
        growing.write_text(growing.read_text() + f"\nMore and more {number}.\n")
        report = await bench.scan()
        assert report.unsettled
        if report.withdrawn:
            break
        bench.tick += SETTLE
    assert 9 <= number * SETTLE <= 11
    assert STRIKE[0] not in await bench.titles()


async def test_a_rejected_file_keeps_its_last_good_entries_and_is_tried_again(bench: Bench) -> None:
    file = bench.write("a.txt", STRIKE)
    await bench.settle()
    good = file.read_bytes()
    for bad in (b"", b"\x00\x01" * 50, b"   \n\n  \n"):
        file.write_bytes(bad)
        report = await bench.settle()
        assert (report.rejected, report.withdrawn) == (1, 0)
        assert await bench.titles() == [STRIKE[0]]
        state = (await bench.seeds())["a.txt"]
        assert (state.status, state.entries, bool(state.reason)) == (SeedStatus.REJECTED, 1, True)
        assert (await bench.settle()).rejected == 0
    file.write_bytes(good)
    assert (await bench.settle()).accepted == 1
    assert (await bench.seeds())["a.txt"].status is SeedStatus.ACCEPTED


async def test_a_rejected_file_is_read_again_by_the_next_process(bench: Bench) -> None:
    bench.write("a.txt", (STRIKE[0], STRIKE[1] * 20))
    bench.max_bytes = 500
    bench.restart()
    assert (await bench.settle()).rejected == 1
    assert (await bench.seeds())["a.txt"].reason.startswith("file too large: ")
    bench.max_bytes = 100_000
    bench.restart()
    report = await bench.settle()
    assert (report.accepted, report.rejected) == (1, 0)


async def test_a_rejected_file_that_goes_is_forgotten(bench: Bench) -> None:
    file = bench.write("a.txt")
    file.write_bytes(b"\x00")
    await bench.settle()
    file.unlink()
    assert (await bench.settle()).degraded == ()
    assert await bench.seeds() == {}


async def test_one_bad_file_does_not_cost_the_others(bench: Bench) -> None:
    bench.write("b.txt").write_bytes(b"\x00" * 99)
    bench.write("a.txt", STRIKE)
    bench.write("c.txt", RAIN)
    await bench.settle()
    assert await bench.titles() == [RAIN[0], STRIKE[0]]
    assert set(await bench.seeds()) == {"a.txt", "b.txt", "c.txt"}


async def test_hundreds_of_files_at_once_are_taken_in(bench: Bench) -> None:
    for number in range(300):
        bench.write(f"{number:03}.txt", (f"Story {number}", f"The teaser of story {number}."))
    await bench.settle()
    assert (await bench.reader.status()).entries == 300
    await bench.settle()
    assert (await bench.reader.status()).seeds == 300


async def test_what_a_file_means_anew_is_read_anew(bench: Bench) -> None:
    bench.write("a.txt", STRIKE)
    await bench.settle()
    bench.restart(reread=True)
    first = await bench.settle()
    assert first.accepted + (await bench.settle()).accepted <= 1
    bench.restart()
    assert (await bench.settle()).accepted == 0


async def test_a_rolling_folder_keeps_what_drops_off(bench: Bench) -> None:
    bench.rolling = True
    bench.restart()
    bench.write("a.txt", STRIKE, RAIN)
    await bench.settle()
    bench.write("a.txt", CHESS, STRIKE)
    await bench.settle()
    assert await bench.titles() == sorted([STRIKE[0], RAIN[0], CHESS[0]])


async def test_a_seed_given_by_its_path_withdraws_nothing_else(bench: Bench) -> None:
    bench.write("a.txt", STRIKE)
    other = bench.write("sub/b.txt", RAIN)
    await bench.settle()
    (bench.folder / "a.txt").unlink()
    bench.restart(within=bench.folder / "sub")
    other.unlink()
    bench.write("sub/c.txt", CHESS)
    bench.write("sub/d.txt", RAIN)
    report = await bench.settle()
    assert STRIKE[0] in await bench.titles()
    assert set(await bench.seeds()) >= {"a.txt", "sub/c.txt", "sub/d.txt"}
    assert report.withdrawn == 0


async def test_an_interrupted_scan_is_ended_by_the_next(bench: Bench) -> None:
    """Killed after the seeds were committed and before what was gone was withdrawn."""
    file = bench.write("a.txt", STRIKE, RAIN)
    await bench.settle()
    bench.write("a.txt", STRIKE)

    def kill(checkpoint: Checkpoint) -> None:
        if checkpoint is Checkpoint.REMOVING:
            raise KeyboardInterrupt

    bench.ingest._reached = kill
    with pytest.raises(KeyboardInterrupt):
        await bench.settle()
    assert file.exists()
    assert await bench.titles() == [RAIN[0], STRIKE[0]]
    bench.restart()
    await bench.settle()
    assert await bench.titles() == [STRIKE[0]]


async def test_a_scan_that_fails_goes_on_where_it_ended(bench: Bench) -> None:
    for number in range(100):
        bench.write(f"{number:02}.txt", (f"Story {number}", f"The teaser of story {number}."))
    await bench.scan()
    bench.tick += SETTLE

    def fail(checkpoint: Checkpoint) -> None:
        if checkpoint is Checkpoint.COMMITTED:
            raise DatabaseError("the disk is full")

    bench.ingest._reached = fail
    with pytest.raises(DatabaseError):
        await bench.scan()
    assert len(await bench.entries()) == 64
    bench.ingest._reached = lambda _checkpoint: None
    await bench.settle()
    assert len(await bench.entries()) == 100
