"""How phrases are found in a text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.classify.lexicon import Lexicon
from feedsvc.domain.classify.tokens import phrase_key, tokenise


def found(lexicon: Lexicon[str, str], text: str) -> list[str]:
    names, _ = lexicon.find(tokenise(text))
    return [payload for _, _, _, payload in names]


def lexicon_of(*names: str, terms: tuple[str, ...] = ()) -> Lexicon[str, str]:
    return Lexicon(
        {phrase_key(phrase): phrase for phrase in names},
        {phrase_key(phrase): phrase for phrase in terms},
    )


def test_the_longest_phrase_wins_and_blocks_those_inside() -> None:
    lexicon = lexicon_of("Mexico", "New Mexico", "New Mexico State University", "State")
    assert found(lexicon, "New Mexico votes") == ["New Mexico"]
    assert found(lexicon, "a New Mexico State University study") == ["New Mexico State University"]
    assert found(lexicon, "Mexico and the State of New Mexico") == ["Mexico", "State", "New Mexico"]


def test_a_shorter_phrase_is_found_if_the_longer_one_breaks_off() -> None:
    lexicon = lexicon_of("south", "South Africa", "South Africa Airways")
    assert found(lexicon, "in South Africa") == ["South Africa"]
    assert found(lexicon, "further south. Africa waits") == ["south"]
    assert found(lexicon, "going South") == ["south"]


def test_phrases_of_several_lengths_share_their_beginning() -> None:
    lexicon = lexicon_of("bank of", "bank of england", "bank of england governor speaks")
    assert found(lexicon, "bank of england governor") == ["bank of england"]
    assert found(lexicon, "bank of scotland") == ["bank of"]
    assert found(lexicon, "bank") == []


def test_an_empty_key_is_never_found() -> None:
    assert found(Lexicon({"": "nothing"}, {}), "any text") == []


def test_names_block_only_names_and_terms_only_terms() -> None:
    lexicon = lexicon_of("Bank", "New York", terms=("york", "bank of new york", "new"))
    names, terms = lexicon.find(tokenise("the Bank of New York, a new bank"))
    assert [match[3] for match in names] == ["Bank", "New York", "Bank"]
    assert [match[3] for match in terms] == ["bank of new york", "new"]


def test_a_match_has_its_tokens_and_its_key() -> None:
    names, _ = lexicon_of("Côte d'Ivoire").find(tokenise("in Côte d\u2019Ivoire"))
    assert names == [(1, 4, "cote d ivoire", "Côte d'Ivoire")]


WORDS = st.lists(st.sampled_from(["new", "york", "south", "africa", "of", "bank"]), max_size=8)


@given(st.sets(WORDS.filter(bool).map(" ".join), max_size=12), WORDS)
def test_matches_are_in_the_text_and_never_overlap(phrases: set[str], words: list[str]) -> None:
    known = {phrase: phrase for phrase in phrases}
    names, terms = Lexicon(known, known).find(tokenise(" ".join(words)))
    assert names == terms
    for first, past, key, payload in names:
        assert " ".join(words[first:past]) == key == payload
    assert all(one[1] <= two[0] for one, two in pairwise(names))


@given(st.sets(WORDS.filter(bool).map(" ".join), max_size=12), WORDS)
def test_no_phrase_is_missed(phrases: set[str], words: list[str]) -> None:
    names, _ = Lexicon({phrase: phrase for phrase in phrases}, {}).find(tokenise(" ".join(words)))
    expected, first = [], 0
    while first < len(words):
        there = [
            past
            for past in range(first + 1, len(words) + 1)
            if " ".join(words[first:past]) in phrases
        ]
        if there:
            expected.append((first, there[-1]))
        first = there[-1] if there else first + 1
    assert [(first, past) for first, past, _, _ in names] == expected
