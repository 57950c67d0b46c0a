"""How phrases are found in a text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.classify.matcher import PhraseTable
from feedsvc.domain.classify.tokens import phrase_key, tokenise


def found(table: PhraseTable[str], text: str) -> list[str]:
    return [match.payload for match in table.find(tokenise(text))]


def table_of(*phrases: str) -> PhraseTable[str]:
    return PhraseTable({phrase_key(phrase): phrase for phrase in phrases})


def test_the_longest_phrase_wins_and_blocks_those_inside() -> None:
    table = table_of("Mexico", "New Mexico", "New Mexico State University", "State")
    assert found(table, "New Mexico votes") == ["New Mexico"]
    assert found(table, "a New Mexico State University study") == ["New Mexico State University"]
    assert found(table, "Mexico and the State of New Mexico") == ["Mexico", "State", "New Mexico"]


def test_a_shorter_phrase_is_found_where_the_longer_one_breaks_off() -> None:
    table = table_of("south", "South Africa", "South Africa Airways")
    assert found(table, "in South Africa") == ["South Africa"]
    assert found(table, "further south. Africa waits") == ["south"]
    assert found(table, "going South") == ["south"]


def test_phrases_of_several_lengths_share_their_beginning() -> None:
    table = table_of("bank of", "bank of england", "bank of england governor speaks")
    assert found(table, "bank of england governor") == ["bank of england"]
    assert found(table, "bank of scotland") == ["bank of"]
    assert found(table, "bank") == []


def test_an_empty_key_is_never_found() -> None:
    assert found(PhraseTable({"": "nothing"}), "any text") == []


def test_a_table_tells_its_size_and_its_phrases() -> None:
    table = table_of("Chad", "Lake Chad")
    assert len(table) == 2
    assert table.get("lake chad") == "Lake Chad"
    assert table.get("lake") is None


WORDS = st.lists(st.sampled_from(["new", "york", "south", "africa", "of", "bank"]), max_size=8)


@given(st.sets(WORDS.filter(bool).map(" ".join), max_size=12), WORDS)
def test_what_is_found_stands_there_and_never_overlaps(phrases: set[str], words: list[str]) -> None:
    table = PhraseTable({phrase: phrase for phrase in phrases})
    matches = table.find(tokenise(" ".join(words)))
    for match in matches:
        assert " ".join(words[match.first : match.past]) == match.payload
    assert all(one.past <= two.first for one, two in pairwise(matches))
