"""A file that is still being uploaded brings no entry that the finished file does not have."""

from __future__ import annotations

import pytest

from tests.services.ingest.harness import SETTLE, IngestHarness

WHOLE = """Bridge opens

The mayor cut a ribbon and the first trams rolled over the river again.

Ferry stops

After a hundred years the last boat was tied up on Sunday evening.
"""
HOLD = 30.0


@pytest.fixture
def patient(harness: IngestHarness) -> IngestHarness:
    harness.hold = HOLD
    harness.restart()
    return harness


async def scan_for(harness: IngestHarness, seconds: float) -> None:
    end = harness.tick + seconds
    while harness.tick < end:
        await harness.scan()
        harness.tick += SETTLE
    await harness.scan()


async def test_a_headline_cut_by_a_stalled_upload_is_never_published(
    patient: IngestHarness,
) -> None:
    file = patient.folder / "a.txt"
    file.write_text(WHOLE[: WHOLE.index("stops")])
    await scan_for(patient, 10)
    assert await patient.titles() == ["Bridge opens"]
    file.write_text(WHOLE)
    await scan_for(patient, 1)
    assert await patient.titles() == ["Bridge opens", "Ferry stops"]


async def test_an_entry_without_a_line_end_is_published_once_the_file_is_quiet(
    patient: IngestHarness,
) -> None:
    (patient.folder / "a.txt").write_text(WHOLE.rstrip("\n"))
    await scan_for(patient, 5)
    assert await patient.titles() == ["Bridge opens"]
    await scan_for(patient, HOLD)
    assert await patient.titles() == ["Bridge opens", "Ferry stops"]


async def test_a_held_entry_is_published_after_a_restart(patient: IngestHarness) -> None:
    (patient.folder / "a.txt").write_text(WHOLE.rstrip("\n"))
    await scan_for(patient, 5)
    patient.restart()
    await scan_for(patient, HOLD + 5)
    assert await patient.titles() == ["Bridge opens", "Ferry stops"]


async def test_a_known_last_entry_is_not_held(patient: IngestHarness) -> None:
    file = patient.folder / "a.txt"
    file.write_text(WHOLE)
    await scan_for(patient, 1)
    file.write_text(WHOLE.rstrip("\n").replace("last boat", "last ferry"))
    await scan_for(patient, 1)
    assert (
        "last ferry"
        in (await patient.entries())[1].stated.text + (await patient.entries())[0].stated.text
    )


async def test_an_entry_appended_to_a_finished_file_is_published_at_once(
    patient: IngestHarness,
) -> None:
    file = patient.folder / "a.txt"
    file.write_text(WHOLE)
    await scan_for(patient, 1)
    file.write_text(WHOLE + "\nTrams are back\n\nEvery ten minutes, from five in the morning.\n")
    await scan_for(patient, 1)
    assert "Trams are back" in await patient.titles()


async def test_skipped_files_are_known_to_the_store_as_long_as_they_are_there(
    harness: IngestHarness,
) -> None:
    copy = harness.folder / "a.sync-conflict-20260303-101500-ABCDEFG.txt"
    copy.write_text(WHOLE)
    await harness.settle()
    assert [file.path for file in await harness.reader.skipped_files()] == [copy.name]
    assert await harness.titles() == []
    copy.unlink()
    await harness.settle()
    assert await harness.reader.skipped_files() == ()
