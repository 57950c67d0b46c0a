"""Compares names as people write them, and finds the one that was meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

# In a name this short, one letter for another makes another word: Nice is not Niue.
SHORT = 4
# What people write for a word of a name; an empty one may be left out.
_SAME = {"&": "and", "st": "saint", "the": ""}


def comparable(name: str) -> str:
    """A name as it is compared: without case, accents and full stops, and `eastern` is `east`."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = plain.replace(".", "").replace("_", " ").replace("-", " ").split()
    return " ".join(said for word in words if (said := _SAME.get(word, _shorten(word))))


def is_typo(written: str, name: str) -> bool:
    """Whether what is written is a name with one letter added, missing or changed, or two swapped.

    The first letter has to be right, and in a short name only the order of letters may be wrong.
    """
    start = _count_same(written, name)
    if not start:
        return False
    rest, due = written[start:], name[start:]
    swapped = rest[:2] == due[1::-1] and rest[2:] == due[2:]
    if min(len(written), len(name)) <= SHORT:
        return swapped
    return swapped or rest[1:] == due[1:] or rest[1:] == due or rest == due[1:]


def closest(written: str, names: Iterable[str]) -> str | None:
    """The most similar of a few names, for errors, where a wrong guess does no harm."""
    return next(iter(get_close_matches(written, sorted(names), n=1)), None)


def _count_same(one: str, other: str) -> int:
    same = 0
    for here, there in zip(one, other, strict=False):
        if here != there:
            break
        same += 1
    return same


def _shorten(word: str) -> str:
    return word.removesuffix("ern") if word.endswith(("thern", "stern")) else word
