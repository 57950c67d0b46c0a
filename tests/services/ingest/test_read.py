"""A file is read whole or not at all, and says why it is rejected."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from feedsvc.domain.reading import Problem
from feedsvc.domain.reading.item import Selectors
from feedsvc.services.ingest.folder import Folder, SeedFile
from feedsvc.services.ingest.read import (
    MAX_PROBLEMS,
    AcceptedSeed,
    RejectedSeed,
    SeedBytes,
    SeedRules,
    _quote_lines,
    read_bytes,
    read_seed,
)
from tests.builders import TAXONOMY

LISTING = b"Bridge opens\n\nThe mayor cut a ribbon and the first trams rolled over the river.\n"


def rules(*, rolling: bool = False) -> SeedRules:
    return SeedRules(taxonomy=TAXONOMY, zone=UTC, max_bytes=1000, rolling=rolling)


def seed_of(file: Path) -> SeedFile:
    (seed,) = Folder(root=file.parent, within=file).find().files
    return seed


def read(file: Path) -> SeedBytes | None:
    return read_bytes(seed_of(file), max_bytes=1000)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    place = tmp_path / "a.txt"
    place.write_bytes(LISTING)
    return place


def test_a_file_is_read_with_its_hash(file: Path) -> None:
    first, again = read(file), read(file)
    assert first is not None
    assert (first.data, first.reason) == (LISTING, "")
    assert first == again


def test_a_file_that_grows_after_it_was_found_is_not_read(file: Path) -> None:
    seed = seed_of(file)
    with file.open("ab") as more:
        more.write(b"More")
    assert read_bytes(seed, max_bytes=1000) is None


def test_a_file_that_shrinks_after_it_was_found_is_not_read(file: Path) -> None:
    seed = seed_of(file)
    os.truncate(file, 3)
    assert read_bytes(seed, max_bytes=1000) is None


def test_a_file_that_is_replaced_after_it_was_found_is_not_read(file: Path) -> None:
    seed = seed_of(file)
    other = file.with_suffix(".new")
    other.write_bytes(LISTING)
    other.replace(file)
    assert read_bytes(seed, max_bytes=1000) is None


def test_a_file_that_is_deleted_after_it_was_found_is_not_read(file: Path) -> None:
    seed = seed_of(file)
    file.unlink()
    assert read_bytes(seed, max_bytes=1000) is None


def test_a_pipe_in_place_of_a_file_does_not_block(file: Path) -> None:
    seed = seed_of(file)
    file.unlink()
    os.mkfifo(file)
    assert read_bytes(seed, max_bytes=1000) is None


def test_a_folder_in_place_of_a_file_is_not_read(file: Path) -> None:
    seed = seed_of(file)
    file.unlink()
    file.mkdir()
    outcome = read_bytes(seed, max_bytes=1000)
    assert outcome is None or outcome.data is None


def test_a_file_above_the_limit_is_rejected(file: Path) -> None:
    os.truncate(file, 200 * 1024 * 1024)
    outcome = read(file)
    assert outcome is not None
    assert outcome.data is None
    bad = read_seed(outcome, rules())
    assert isinstance(bad, RejectedSeed)
    assert bad.reading.reason == "file too large: 200.0 MiB (limit 0.0 MiB)"


def test_a_file_that_cannot_be_opened_is_rejected(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    seed = seed_of(file)
    monkeypatch.setattr(os, "open", refuse)
    outcome = read_bytes(seed, max_bytes=1000)
    assert outcome is not None
    assert (outcome.data, outcome.reason) == (None, "cannot be read: Permission denied")


def test_a_listing_is_accepted_with_its_drafts(file: Path) -> None:
    outcome = read(file)
    assert outcome is not None
    good = read_seed(outcome, rules())
    assert isinstance(good, AcceptedSeed)
    assert [draft.stated.title for draft in good.drafts] == ["Bridge opens"]
    assert (good.reading.path, good.reading.size) == ("a.txt", len(LISTING))
    assert good.reading.hash == outcome.hash


@pytest.mark.parametrize(
    ("front", "setting", "rolling"),
    [
        (b"", False, False),
        (b"", True, True),
        (b"---\nrolling: true\n---\n", False, True),
        (b"---\nrolling: false\n---\n", True, False),
    ],
)
def test_front_matter_overrides_the_rolling_setting(
    file: Path, front: bytes, *, setting: bool, rolling: bool
) -> None:
    file.write_bytes(front + LISTING)
    outcome = read(file)
    assert outcome is not None
    good = read_seed(outcome, rules(rolling=setting))
    assert isinstance(good, AcceptedSeed)
    assert good.rolling is rolling


def test_bytes_that_are_no_text_are_rejected_with_a_reason(file: Path) -> None:
    file.write_bytes(b"\x00\x01\x02" * 99)
    outcome = read(file)
    assert outcome is not None
    bad = read_seed(outcome, rules())
    assert isinstance(bad, RejectedSeed)
    assert bad.reading.reason
    assert bad.reading.path == "a.txt"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("sport/results.html", "table"),
        ("sport/news.html", "li"),
        ("sport/cups/news.html", "li"),
        ("sports.html", None),
        ("wire/a/page.html", "article"),
        ("/srv/other/page.html", None),
    ],
)
def test_the_first_selectors_that_fit_a_file_count(path: str, expected: str | None) -> None:
    places = {"sport/results.html": "table", "sport/": "li", "wire/*.html": "article"}
    selectors = {place: Selectors(entry=entry) for place, entry in places.items()}
    found = replace(rules(), selectors=selectors).for_file(path).selectors
    assert (found and found.entry) == expected


@pytest.mark.parametrize(("name", "text"), [("a.txt", "country: Atlantis"), ("a.html", "")])
def test_a_problem_has_the_text_of_its_line_where_an_editor_sees_lines(
    tmp_path: Path, name: str, text: str
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Bridge opens\ncountry: Atlantis\n\nThe mayor cut a ribbon.\n")
    bytes_read = read(file)
    assert bytes_read is not None
    quoted = replace(bytes_read, seed=replace(bytes_read.seed, path=name))
    problem = Problem(2, "no such country")
    assert _quote_lines(quoted, (problem,)) == (replace(problem, text=text),)
    accepted = read_seed(bytes_read, rules())
    assert isinstance(accepted, AcceptedSeed)
    assert [one.text for one in accepted.reading.problems] == ["country: Atlantis"]


def test_of_very_many_problems_the_first_are_stored(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Bridge opens\n" + "country: Atlantis\n" * (MAX_PROBLEMS + 9) + "\nIt did.\n")
    seed = seed_of(file)
    bytes_read = read_bytes(seed, max_bytes=10**6)
    assert bytes_read is not None
    accepted = read_seed(bytes_read, rules())
    assert isinstance(accepted, AcceptedSeed)
    assert len(accepted.problems) > MAX_PROBLEMS + 1
    stored = accepted.reading.problems
    assert len(stored) == MAX_PROBLEMS + 1
    assert stored[-1].reason == f"{len(accepted.problems) - MAX_PROBLEMS} more problems"
