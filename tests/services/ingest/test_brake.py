"""A folder that vanishes withdraws nothing, decided from store and disk."""

from __future__ import annotations

import shutil

import pytest

from feedsvc.store.records import SeedStatus
from tests.services.ingest.conftest import Bench


def story(number: int) -> tuple[str, str]:
    return f"Story {number}", f"The teaser of story {number} in a few words."


def fill(bench: Bench, count: int) -> None:
    for number in range(count):
        bench.write(f"{number:02}.txt", story(number))


async def held(bench: Bench) -> None:
    """Nothing is withdrawn and everybody is told, now and in the next process."""
    before = await bench.entries()
    for _ in range(2):
        for _ in range(3):
            report = await bench.settle()
            assert report.withdrawn == 0
            assert await bench.entries() == before
        assert any("`feedsvc accept-removals`" in str(reason) for reason in report.degraded)
        assert (await bench.reader.status()).braked
        bench.restart()


async def released(bench: Bench) -> None:
    report = await bench.settle()
    assert report.degraded == ()
    status = await bench.reader.status()
    assert (status.braked, status.missing) == (False, 0)


async def test_a_lost_folder_withdraws_nothing_until_it_returns(bench: Bench) -> None:
    fill(bench, 3)
    await bench.settle()
    before = (await bench.entries(), await bench.reader.changes(0))
    away = bench.folder.with_name("away")
    bench.folder.rename(away)
    await held(bench)
    assert str((await bench.settle()).degraded[0]) == (
        f"the seeds folder cannot be read: {bench.folder}: No such file or directory"
    )
    away.rename(bench.folder)
    await released(bench)
    assert (await bench.entries(), await bench.reader.changes(0)) == before


async def test_an_empty_folder_in_its_place_withdraws_nothing(bench: Bench) -> None:
    fill(bench, 3)
    await bench.settle()
    away = bench.folder.with_name("away")
    bench.folder.rename(away)
    bench.folder.mkdir()
    await held(bench)
    assert {seed.status for seed in (await bench.seeds()).values()} == {SeedStatus.MISSING}
    bench.folder.rmdir()
    away.rename(bench.folder)
    await released(bench)


@pytest.mark.parametrize("count", [1, 3, 12])
async def test_a_leftover_file_in_an_empty_folder_does_not_release(
    bench: Bench, count: int
) -> None:
    fill(bench, count)
    await bench.settle()
    shutil.rmtree(bench.folder)
    bench.write("leftover.txt", ("Leftover", "It was in the folder below the mount all along."))
    await bench.settle()
    await held(bench)


async def test_one_known_leftover_of_many_does_not_release(bench: Bench) -> None:
    fill(bench, 12)
    await bench.settle()
    for number in range(1, 12):
        (bench.folder / f"{number:02}.txt").unlink()
    await held(bench)


async def test_new_seeds_do_not_release_what_is_held(bench: Bench) -> None:
    fill(bench, 2)
    await bench.settle()
    shutil.rmtree(bench.folder)
    bench.folder.mkdir()
    await held(bench)
    for number in range(20, 40):
        bench.write(f"{number:02}.txt", story(number))
    await bench.settle()
    await held(bench)


async def test_seeds_that_return_one_by_one_release_with_the_last(bench: Bench) -> None:
    fill(bench, 12)
    await bench.settle()
    before = await bench.entries()
    shutil.rmtree(bench.folder)
    bench.folder.mkdir()
    await held(bench)
    for number in range(12):
        assert (await bench.settle()).degraded != ()
        bench.write(f"{number:02}.txt", story(number))
    await released(bench)
    assert await bench.entries() == before


async def test_an_accepted_removal_withdraws(bench: Bench) -> None:
    fill(bench, 3)
    await bench.settle()
    shutil.rmtree(bench.folder)
    bench.folder.mkdir()
    await held(bench)
    assert await bench.writer.accept_removals() == 3
    assert (await bench.settle()).withdrawn == 3
    await released(bench)
    assert (await bench.entries(), await bench.seeds()) == ((), {})


async def test_an_accepted_removal_is_off_when_the_seed_returns_first(bench: Bench) -> None:
    fill(bench, 3)
    await bench.settle()
    shutil.rmtree(bench.folder)
    bench.folder.mkdir()
    await held(bench)
    await bench.writer.accept_removals()
    fill(bench, 3)
    await released(bench)
    assert len(await bench.entries()) == 3
    shutil.rmtree(bench.folder)
    bench.folder.mkdir()
    await held(bench)


async def test_some_of_many_are_removed_without_a_word(bench: Bench) -> None:
    fill(bench, 12)
    await bench.settle()
    for number in range(6):
        (bench.folder / f"{number:02}.txt").unlink()
    await released(bench)
    assert len(await bench.entries()) == 6


async def test_all_but_one_of_a_few_are_removed_without_a_word(bench: Bench) -> None:
    fill(bench, 3)
    await bench.settle()
    (bench.folder / "00.txt").unlink()
    (bench.folder / "01.txt").unlink()
    await released(bench)
    assert len(await bench.entries()) == 1


async def test_a_rejected_seed_with_entries_is_held_and_returns_rejected(bench: Bench) -> None:
    bench.write("a.txt", story(1))
    await bench.settle()
    file = bench.write("a.txt")
    file.write_bytes(b"\x00" * 9)
    await bench.settle()
    file.unlink()
    await held(bench)
    file.write_bytes(b"\x00" * 9)
    await released(bench)
    assert (await bench.seeds())["a.txt"].status is SeedStatus.REJECTED
    assert len(await bench.entries()) == 1


async def test_a_held_seed_that_returns_with_other_words_is_taken_in(bench: Bench) -> None:
    bench.write("a.txt", story(1))
    await bench.settle()
    (bench.folder / "a.txt").unlink()
    await held(bench)
    bench.write("a.txt", ("Another title", story(1)[1]))
    await released(bench)
    assert await bench.titles() == ["Another title"]


async def test_a_folder_that_is_emptied_slowly_is_held(bench: Bench) -> None:
    fill(bench, 20)
    await bench.settle()
    for number in range(20):
        (bench.folder / f"{number:02}.txt").unlink()
        report = await bench.scan()
        assert report.withdrawn == 0
        bench.tick += 0.2
    await held(bench)
    assert len(await bench.entries()) == 20
