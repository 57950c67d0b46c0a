"""Other ways to write names: aliases, names that look mistyped, articles."""

from __future__ import annotations

import pytest

from feedsvc.domain.classify.vocabulary.file import VocabularyError, VocabularyFile
from feedsvc.domain.classify.vocabulary.names import read_names
from feedsvc.services.vocabulary import load_vocabulary

COUNTRIES = {"gb", "nl"}
TOPICS = {"sport"}


def names_file(text: str) -> VocabularyFile:
    return VocabularyFile(name="names.toml", text=text)


def test_later_files_add_to_earlier_ones() -> None:
    files = [
        names_file("[aliases]\nNL = 'Holland'\n[with-article]\nnames = 'Gulf'"),
        names_file("[sections]\nsport = 'Fútbol'"),
        names_file("[aliases]\nGB = '''\nU.K.\nGreat Britain\n'''\n[not-mistyped]\nnames='Chiba'"),
    ]
    names = read_names(files, COUNTRIES, TOPICS)
    assert names.aliases == {"holland": "nl", "uk": "gb", "great britain": "gb"}
    assert names.sections == {"futbol": "sport"}
    assert names.not_mistyped == {"chiba"}
    assert names.with_article == {"Gulf"}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("[aliases]\nXX = 'Ruritania'", "names.toml: XX: not a country in regions.toml"),
        ("[aliases]\nGB = 1", "names.toml: aliases: GB is not text"),
        ("[sections]\ngames = 'Games'", "names.toml: games: not a country in regions.toml or a"),
        ("[names]\nnames = 'Gulf'", "names.toml: names: unknown table; use aliases, "),
        ("[with-article]\nname = 'Gulf'", "names.toml: with-article: unknown field 'name'"),
    ],
)
def test_a_mistake_names_file_entry_and_reason(text: str, error: str) -> None:
    with pytest.raises(VocabularyError) as raised:
        read_names([names_file(text)], COUNTRIES, TOPICS)
    assert str(raised.value).startswith(error)


def test_the_package_has_aliases_of_many_countries() -> None:
    assert len(set(load_vocabulary().taxonomy.aliases.values())) > 30
