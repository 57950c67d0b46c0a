"""Weighs how well a decoded text reads: each character beyond ASCII by its neighbours."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from math import log

from feedsvc.domain.reading.charset.alphabets import Alphabet
from feedsvc.domain.reading.charset.signs import weigh_sign

# A few hundred characters tell a language; more would only take time.
MOST_CHARACTERS = 400
_HIGH = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"(?<![^\x00-\x7f])[a-z]+(?![^\x00-\x7f])")
_MOST_WORDS = 12

_FOREIGN, _UNKNOWN = log(0.003), log(0.0005)
_CAPITAL = log(0.25)
_BY_DIGIT, _CASE_BROKEN, _SCRIPT_BROKEN = -2.5, -5.0, -9.0
_NOT_LETTERS = "ªºµƒ"
_COMMON_FOREIGN = frozenset("éüöáíñóèçäãêåøâëïôæàúîßšžłćčğşıőřńýśđā")


@dataclass(frozen=True, slots=True)
class Traits:
    """What a text's characters beyond ASCII weigh, before a language is assumed."""

    signs: float
    letters: Counter[str]
    characters: int


def take_traits(text: str) -> Traits:
    """The letters beyond ASCII of a text, and the weight of everything else about them."""
    places = [found.start() for found in _HIGH.finditer(text)]
    places = places[:: len(places) // MOST_CHARACTERS + 1]
    signs = 0.0
    letters: Counter[str] = Counter()
    padded = f"\n{text}\n"
    for place in places:
        before, char, after = padded[place], padded[place + 1], padded[place + 2]
        if _is_letter(char):
            letters[char.lower()[:1]] += 1
            signs += _weigh_case(before, char, after)
        else:
            signs += weigh_sign(before, char, after)
    return Traits(signs, letters, len(places))


def weigh_letters(traits: Traits, alphabet: Alphabet) -> float:
    """The logarithm of how probable the letters are in a language."""
    weights = _weights(alphabet.letters)
    latin = alphabet.letters[0] < "\u0250"
    return sum(
        count * weights.get(letter, _FOREIGN if latin and letter in _COMMON_FOREIGN else _UNKNOWN)
        for letter, count in traits.letters.items()
    )


def count_words(text: str) -> Counter[str]:
    """The words of a text that are all ASCII."""
    return Counter(_WORD.findall(text.lower()))


def weigh_words(words: Counter[str], alphabet: Alphabet) -> float:
    """How much a text's ASCII words speak for a language."""
    return min(_MOST_WORDS, sum(words[word] for word in alphabet.words))


@cache
def _weights(letters: str) -> dict[str, float]:
    ranks = {letter.lower()[:1]: 1 / (rank + 3) for rank, letter in enumerate(letters)}
    whole = sum(ranks.values())
    return {letter: log(rank / whole) for letter, rank in ranks.items()}


def _is_letter(char: str) -> bool:
    return char.isalpha() and char not in _NOT_LETTERS


def _is_latin(char: str) -> bool:
    return char < "\u0250"


def _weigh_case(before: str, char: str, after: str) -> float:
    weight = 0.0
    for other in (before, after):
        if _is_letter(other) and _is_latin(other) != _is_latin(char):
            weight += _SCRIPT_BROKEN
    if before == char == after:
        weight += _CASE_BROKEN
    if before.isdigit() or after.isdigit():
        weight += _BY_DIGIT
    if char.isupper():
        weight += _CAPITAL
        if before.islower() or before in ",.!?" or (before == after == " "):
            weight += _CASE_BROKEN
    elif after.isupper():
        weight += _CASE_BROKEN
    return weight
