"""The vocabulary kept between two runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from feedsvc.domain.classify import VocabularyFile, read_vocabulary
from feedsvc.services.vocabulary.cache import find_cached, keep

REGIONS = "[africa]\nname = 'Africa'\ncode = '002'\nterms = 'Africa'\n"
VOCABULARY = read_vocabulary([VocabularyFile(name="regions.toml", text=REGIONS)], rules=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "taxonomy"
    made.mkdir()
    (made / "regions.toml").write_text(REGIONS, encoding="utf-8")
    return made


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "__pycache__" / "cache.vocabulary"


def test_what_was_kept_is_found(folder: Path, place: Path) -> None:
    assert find_cached(folder, place) is None
    keep(VOCABULARY, folder, place)
    found = find_cached(folder, place)
    assert found is not None
    assert found.fingerprint == VOCABULARY.fingerprint
    assert found.gazetteer == VOCABULARY.gazetteer
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_a_changed_file_is_read_again(folder: Path, place: Path) -> None:
    keep(VOCABULARY, folder, place)
    (folder / "regions.toml").write_text(REGIONS + "# more\n", encoding="utf-8")
    assert find_cached(folder, place) is None


def test_a_file_of_the_same_size_but_another_time_is_read_again(folder: Path, place: Path) -> None:
    keep(VOCABULARY, folder, place)
    os.utime(folder / "regions.toml", (1, 1))
    assert find_cached(folder, place) is None


def test_a_new_file_is_read(folder: Path, place: Path) -> None:
    keep(VOCABULARY, folder, place)
    (folder / "topics").mkdir()
    (folder / "topics" / "labour.toml").write_text("", encoding="utf-8")
    assert find_cached(folder, place) is None


@pytest.mark.parametrize("damage", [b"", b"short", None], ids=["empty", "short", "one byte"])
def test_a_damaged_cache_counts_as_none(folder: Path, place: Path, damage: bytes | None) -> None:
    keep(VOCABULARY, folder, place)
    whole = place.read_bytes()
    place.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]) if damage is None else damage)
    assert find_cached(folder, place) is None


def test_nothing_is_kept_where_nothing_can_be_written(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    keep(VOCABULARY, folder, tmp_path / "file" / "cache.vocabulary")
    assert (tmp_path / "file").read_bytes() == b""


def test_nothing_is_kept_if_python_may_not_keep_compiled_code(
    folder: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    keep(VOCABULARY, folder, place)
    assert not place.exists()
