"""Nothing is withdrawn when a folder disappears, across restarts."""

from __future__ import annotations

import shutil

import pytest

from feedsvc.store.records import SeedStatus
from tests.services.ingest.harness import IngestHarness


def story(number: int) -> tuple[str, str]:
    return f"Story {number}", f"The teaser of story {number} in a few words."


def fill(harness: IngestHarness, count: int) -> None:
    for number in range(count):
        harness.write(f"{number:02}.txt", story(number))


async def assert_held(harness: IngestHarness) -> None:
    """Nothing is withdrawn, and the reason is reported, now and in the next process."""
    before = await harness.entries()
    for _ in range(2):
        for _ in range(3):
            report = await harness.settle()
            assert report.withdrawn == 0
            assert await harness.entries() == before
        assert any("`feedsvc accept-removals`" in str(reason) for reason in report.degraded)
        assert (await harness.reader.status()).braked
        harness.restart()


async def assert_released(harness: IngestHarness) -> None:
    report = await harness.settle()
    assert report.degraded == ()
    status = await harness.reader.status()
    assert (status.braked, status.missing) == (False, 0)


async def test_a_lost_folder_withdraws_nothing_until_it_returns(harness: IngestHarness) -> None:
    fill(harness, 3)
    await harness.settle()
    before = (await harness.entries(), await harness.reader.changes(0))
    away = harness.folder.with_name("away")
    harness.folder.rename(away)
    await assert_held(harness)
    assert str((await harness.settle()).degraded[0]) == (
        f"the seeds folder cannot be read: {harness.folder}: No such file or directory; "
        "make it readable, or set seeds_dir to another folder"
    )
    away.rename(harness.folder)
    await assert_released(harness)
    assert (await harness.entries(), await harness.reader.changes(0)) == before


async def test_an_empty_folder_in_place_of_a_full_one_withdraws_nothing(
    harness: IngestHarness,
) -> None:
    fill(harness, 3)
    await harness.settle()
    away = harness.folder.with_name("away")
    harness.folder.rename(away)
    harness.folder.mkdir()
    await assert_held(harness)
    assert {seed.status for seed in (await harness.seeds()).values()} == {SeedStatus.MISSING}
    harness.folder.rmdir()
    away.rename(harness.folder)
    await assert_released(harness)


@pytest.mark.parametrize("count", [1, 3, 12])
async def test_an_unknown_file_in_an_empty_folder_does_not_release_the_brake(
    harness: IngestHarness, count: int
) -> None:
    fill(harness, count)
    await harness.settle()
    shutil.rmtree(harness.folder)
    harness.write("leftover.txt", ("Leftover", "It was in the folder below the mount all along."))
    await harness.settle()
    await assert_held(harness)


async def test_one_remaining_file_of_many_does_not_release_the_brake(
    harness: IngestHarness,
) -> None:
    fill(harness, 12)
    await harness.settle()
    for number in range(1, 12):
        (harness.folder / f"{number:02}.txt").unlink()
    await assert_held(harness)


async def test_new_files_do_not_release_the_brake(harness: IngestHarness) -> None:
    fill(harness, 2)
    await harness.settle()
    shutil.rmtree(harness.folder)
    harness.folder.mkdir()
    await assert_held(harness)
    for number in range(20, 40):
        harness.write(f"{number:02}.txt", story(number))
    await harness.settle()
    await assert_held(harness)


async def test_the_brake_is_released_when_the_last_file_is_back(harness: IngestHarness) -> None:
    fill(harness, 12)
    await harness.settle()
    before = await harness.entries()
    shutil.rmtree(harness.folder)
    harness.folder.mkdir()
    await assert_held(harness)
    for number in range(12):
        assert (await harness.settle()).degraded != ()
        harness.write(f"{number:02}.txt", story(number))
    await assert_released(harness)
    assert await harness.entries() == before


async def test_a_confirmed_removal_withdraws_the_entries(harness: IngestHarness) -> None:
    fill(harness, 3)
    await harness.settle()
    shutil.rmtree(harness.folder)
    harness.folder.mkdir()
    await assert_held(harness)
    assert await harness.writer.accept_removals() == 3
    assert (await harness.settle()).withdrawn == 3
    await assert_released(harness)
    assert (await harness.entries(), await harness.seeds()) == ((), {})


async def test_a_confirmation_ends_when_the_files_come_back(harness: IngestHarness) -> None:
    fill(harness, 3)
    await harness.settle()
    shutil.rmtree(harness.folder)
    harness.folder.mkdir()
    await assert_held(harness)
    await harness.writer.accept_removals()
    fill(harness, 3)
    await assert_released(harness)
    assert len(await harness.entries()) == 3
    shutil.rmtree(harness.folder)
    harness.folder.mkdir()
    await assert_held(harness)


async def test_some_files_of_many_are_removed_without_confirmation(harness: IngestHarness) -> None:
    fill(harness, 12)
    await harness.settle()
    for number in range(6):
        (harness.folder / f"{number:02}.txt").unlink()
    await assert_released(harness)
    assert len(await harness.entries()) == 6


async def test_all_but_one_of_a_few_files_are_removed_without_confirmation(
    harness: IngestHarness,
) -> None:
    fill(harness, 3)
    await harness.settle()
    (harness.folder / "00.txt").unlink()
    (harness.folder / "01.txt").unlink()
    await assert_released(harness)
    assert len(await harness.entries()) == 1


async def test_the_brake_holds_a_rejected_file_which_is_still_rejected_when_it_returns(
    harness: IngestHarness,
) -> None:
    harness.write("a.txt", story(1))
    await harness.settle()
    file = harness.write("a.txt")
    file.write_bytes(b"\x00" * 9)
    await harness.settle()
    file.unlink()
    await assert_held(harness)
    file.write_bytes(b"\x00" * 9)
    await assert_released(harness)
    assert (await harness.seeds())["a.txt"].status is SeedStatus.REJECTED
    assert len(await harness.entries()) == 1


async def test_a_missing_file_that_returns_with_other_content_is_ingested(
    harness: IngestHarness,
) -> None:
    harness.write("a.txt", story(1))
    await harness.settle()
    (harness.folder / "a.txt").unlink()
    await assert_held(harness)
    harness.write("a.txt", ("Another title", story(1)[1]))
    await assert_released(harness)
    assert await harness.titles() == ["Another title"]


async def test_the_brake_holds_a_folder_that_is_emptied_slowly(harness: IngestHarness) -> None:
    fill(harness, 20)
    await harness.settle()
    for number in range(20):
        (harness.folder / f"{number:02}.txt").unlink()
        report = await harness.scan()
        assert report.withdrawn == 0
        harness.tick += 0.2
    await assert_held(harness)
    assert len(await harness.entries()) == 20
