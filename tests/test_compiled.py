"""Which of its modules, compiled or not, the labelling is made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedsvc.compiled import code_digest, compiled_path, digest_of, folder_of


def test_what_was_compiled_of_these_sources_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PURE_PYTHON")
    assert compiled_path(within=tmp_path / "nowhere") == []
    folder_of("of other sources", within=tmp_path).mkdir()
    assert compiled_path(within=tmp_path) == []
    folder = folder_of(code_digest(), within=tmp_path)
    folder.mkdir()
    assert compiled_path(within=tmp_path) == [str(folder)]


@pytest.mark.parametrize(("value", "pure"), [("1", True), ("0", False), ("", False)])
def test_the_environment_can_ask_for_the_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str, *, pure: bool
) -> None:
    folder_of(code_digest(), within=tmp_path).mkdir()
    monkeypatch.setenv("PURE_PYTHON", value)
    assert (compiled_path(within=tmp_path) == []) is pure


def test_the_digest_moves_with_the_code(tmp_path: Path) -> None:
    (tmp_path / "places.py").write_text("WEIGHT = 1.0")
    before = digest_of(tmp_path)
    (tmp_path / "notes.txt").write_text("no code")
    assert digest_of(tmp_path) == before
    (tmp_path / "places.py").write_text("WEIGHT = 2.0")
    assert digest_of(tmp_path) != before
