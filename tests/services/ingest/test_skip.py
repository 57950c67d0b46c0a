"""Copies, backups and other formats are not read, and editors are told why."""

from __future__ import annotations

import pytest

from feedsvc.services.ingest.skip import why_reported, why_skipped


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.txt",
        "#emacs.txt#",
        "#other.txt",
        "word~.txt~",
        "backup.txt~",
        "~$office.txt",
        ".~lock.a.txt#",
        ".a.txt.swp",
        ".a.txt.Xb12f",
        "a.txt.part",
        "a.txt.crdownload",
        "4913",
        "README.md",
        "readme.txt",
        "ReadMe.en.md",
        "README-lima.txt",
        "README (1).txt",
        "readme_old.txt",
        "Readme.TXT",
        "~lock.a.txt",
        ".txt",
    ],
)
def test_temporary_hidden_and_other_files_are_skipped(name: str) -> None:
    assert why_skipped(name)


@pytest.mark.parametrize(
    "name", ["a.txt", "a b.md", "ünï.TXT", "read-me.txt", "a~b.txt", "2026.md"]
)
def test_text_files_are_not_skipped(name: str) -> None:
    assert not why_skipped(name)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".a.txt", "hidden file: rename it"),
        ("readme.txt", "README files are never published"),
        ("a.pdf", "files of this type are not read"),
        ("README", "files of this type are not read"),
        ("~$a.txt", "editor's temporary file"),
        ("a.txt~", "editor's temporary file"),
    ],
)
def test_the_reason_for_skipping_a_file_is_given(name: str, reason: str) -> None:
    assert reason in why_skipped(name)


@pytest.mark.parametrize(
    "name",
    [
        "desk.sync-conflict-20260303-101500-ABCDEFG.txt",
        "desk (conflicted copy 2026-03-03 101500).txt",
        "desk (Ana Example's conflicted copy 2026-03-03).md",
        "desk (Ana Example’s conflicted copy).txt",
        "desk_conflict-20260303-101500.txt",
        "desk (In Konflikt stehende Kopie von Ana 2026-03-03).txt",
        "desk (Copie en conflit de Ana 2026-03-03).txt",
        "desk (Case Conflict).txt",
        "Copy of desk.txt",
        "Copy (2) of desk.txt",
        "Kopie von desk.txt",
        "Copie de desk.txt",
        "Cópia de desk.txt",
        "desk - Copy.txt",
        "desk - Copy (3).txt",
        "desk - Kopie.txt",
        "desk (copy).txt",
        "desk (another copy).txt",
        "desk.bak.txt",
        "desk.orig.txt",
        "desk.tmp.txt",
        "desk.txt.bak",
        "desk.txt.part",
    ],
)
def test_copies_and_backups_are_reported_as_skipped(name: str) -> None:
    assert why_reported(name)


@pytest.mark.parametrize(
    "name",
    [
        "conflict.txt",
        "armed conflict in the valley.txt",
        "conflict-of-interest.md",
        "copy desk.txt",
        "press copy.txt",
        "copy.txt",
        "kopierecht.txt",
        "bak.txt",
        "desk (2).txt",
        "old.txt",
        "the old man.txt",
        "temp-workers.txt",
        "desk (conflicting reports).txt",
    ],
)
def test_names_that_only_speak_of_copies_and_conflicts_are_read(name: str) -> None:
    assert not why_skipped(name)


@pytest.mark.parametrize("name", [".DS_Store", "#desk.txt#", "~$desk.docx", "README.txt"])
def test_files_that_nobody_expects_in_a_feed_are_not_reported(name: str) -> None:
    assert why_skipped(name)
    assert not why_reported(name)
