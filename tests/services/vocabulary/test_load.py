"""The package's vocabulary, and an operator's laid over it."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from feedsvc.domain.classify import Classifier, Texts, VocabularyError
from feedsvc.domain.model import Kind
from feedsvc.services.vocabulary import load_vocabulary


def values(folder: Path | None, kind: Kind, title: str) -> list[str]:
    labels = Classifier(load_vocabulary(folder)).classify(Texts(title=title, text=""))
    return [label.value for label in labels if label.kind is kind]


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_an_operator_adds_a_group_of_countries(tmp_path: Path) -> None:
    codes = "BR\nRU\nIN\nCN\nZA"
    write(
        tmp_path, "regions.toml", f"[brics]\nname='BRICS'\ncountries='''{codes}'''\nterms='BRICS'"
    )
    assert "brics" in values(tmp_path, Kind.REGION, "Brazil plants trees")
    assert values(tmp_path, Kind.REGION, "BRICS leaders plant trees") == ["brics"]


def test_an_operator_adds_a_topic_and_its_terms(tmp_path: Path) -> None:
    write(tmp_path, "topics.toml", "[chess]\nname='Chess'\ndefinition='Games of chess.'")
    write(tmp_path, "topics/chess.toml", "[games]\ndecisive='''\nchess opening\n'''")
    assert values(tmp_path, Kind.TOPIC, "A chess opening returns") == ["chess"]


@pytest.mark.parametrize(
    "name",
    [
        "topics/labour.toml",
        "topics/labour.local.toml",
        "topics/labour/local.toml",
        "topics/labour/terms.toml",
    ],
)
def test_an_operators_file_is_laid_over_all_of_the_topic(tmp_path: Path, name: str) -> None:
    write(tmp_path, name, "[mine]\nnone = 'picket line'\nstrong = 'slate roofers'")
    assert values(None, Kind.TOPIC, "They stood on the picket line") == ["labour"]
    assert values(tmp_path, Kind.TOPIC, "They stood on the picket line") == []
    assert values(tmp_path, Kind.TOPIC, "The slate roofers meet") == ["labour"]


def test_an_operator_adds_replaces_and_blocks_words(tmp_path: Path) -> None:
    write(tmp_path, "countries/mine.toml", "[KE]\nnames='''\nTeam Amani\nMaasai | weak\n'''")
    write(tmp_path, "blocks.toml", "[mine]\nterms='Nairobi Fly'")
    assert values(None, Kind.COUNTRY, "Maasai herders") == ["ke"]
    assert values(tmp_path, Kind.COUNTRY, "Maasai herders") == []
    assert values(tmp_path, Kind.COUNTRY, "Team Amani rides") == ["ke"]
    assert values(tmp_path, Kind.COUNTRY, "The Nairobi Fly beetle") == []


def test_the_fingerprint_changes_with_the_vocabulary(tmp_path: Path) -> None:
    assert load_vocabulary().fingerprint == load_vocabulary().fingerprint
    write(tmp_path, "blocks.toml", "[mine]\nterms='Nairobi Fly'")
    assert load_vocabulary().fingerprint != load_vocabulary(tmp_path).fingerprint


def test_only_the_first_vocabulary_is_frozen_for_garbage_collection() -> None:
    load_vocabulary()
    frozen = gc.get_freeze_count()
    again = load_vocabulary()
    assert 0 < gc.get_freeze_count() <= frozen
    assert gc.isenabled()
    assert again.fingerprint


def test_hidden_and_other_files_are_ignored(tmp_path: Path) -> None:
    write(tmp_path, ".git/config.toml", "no toml")
    write(tmp_path, "README.md", "notes")
    write(tmp_path, "countries/mine.toml", "[KE]\nnames='Team Amani'")
    before = load_vocabulary(tmp_path).fingerprint
    write(tmp_path, ".git/config.toml", "no toml either")
    write(tmp_path, "README.md", "more notes")
    assert load_vocabulary(tmp_path).fingerprint == before


@pytest.mark.parametrize(
    "name",
    [
        "block.toml",
        "countries.toml",
        "country/mine.toml",
        "countries/mine.tsv",
        "countries/asia/mine.toml",
        "topics/labour/unions/mine.toml",
    ],
)
def test_a_file_that_nothing_reads_is_an_error(tmp_path: Path, name: str) -> None:
    write(tmp_path, name, "[mine]\nterms='Nairobi Fly'")
    with pytest.raises(VocabularyError, match=rf"{name}: not a vocabulary file; use reg"):
        load_vocabulary(tmp_path)


def test_a_folder_without_vocabulary_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "countries/mine.tml", "[KE]\nnames='Team Amani'")
    with pytest.raises(VocabularyError, match="no vocabulary file in this folder"):
        load_vocabulary(tmp_path)


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="not a folder"):
        load_vocabulary(tmp_path / "absent")


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "blocks.toml").write_bytes(b"[mine]\nterms='Bogot\xe1'")
    with pytest.raises(VocabularyError, match=r"blocks\.toml: not UTF-8"):
        load_vocabulary(tmp_path)


def test_a_mistake_names_file_entry_and_reason(tmp_path: Path) -> None:
    write(tmp_path, "countries/mine.toml", "[KE]\nname='Kenya'")
    with pytest.raises(VocabularyError, match=r"countries/mine\.toml: KE: unknown section 'name'"):
        load_vocabulary(tmp_path)
