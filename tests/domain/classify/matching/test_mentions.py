"""How the writing and the neighbours of a name decide what it can be."""

from __future__ import annotations

import pytest

from feedsvc.domain.classify.matching.entry_text import read_entry_text
from feedsvc.domain.classify.matching.mentions import Mention, find_mentions
from feedsvc.domain.model import Where
from feedsvc.services.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()


def mentions(title: str) -> list[Mention]:
    entry = read_entry_text([(Where.TITLE, title)])
    names, _ = VOCABULARY.lexicon.find(entry.tokens)
    return find_mentions(VOCABULARY.gazetteer, entry, names)


@pytest.mark.parametrize(
    ("title", "keys"),
    [
        ("Kenya and Peru", ["kenya", "peru"]),
        ("A turkey for dinner", []),
        ("Michael Jordan sings", []),
        ("southern Kenya", ["kenya"]),
        ("Shares of <GM> and <NIPN.T> fall", ["gm", "nipn t"]),
        ("<b>Kenya</b>", ["kenya"]),
    ],
)
def test_mentions_are_found_from_left_to_right(title: str, keys: list[str]) -> None:
    assert [mention.key for mention in mentions(title)] == keys


@pytest.mark.parametrize(
    ("title", "civic"),
    [
        ("Torrington police", True),
        ("in Torrington", True),
        ("TORRINGTON - the library", True),
        ("Mr Torrington", False),
    ],
)
def test_a_town_next_to_words_of_civic_life_is_civic(title: str, *, civic: bool) -> None:
    (mention,) = mentions(title)
    assert mention.civic is civic


def test_a_given_name_before_a_surname_is_doubtful() -> None:
    assert [mention.doubtful for mention in mentions("Georgia Harrison smiles")] == [True]
    assert [mention.doubtful for mention in mentions("Georgia votes")] == [False]
