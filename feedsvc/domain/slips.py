"""Tells a slip of the pen: whether one name is another that was mistyped."""

from __future__ import annotations

import unicodedata

# In a name this short, one letter for another makes another word: Nice is not Niue.
SHORT = 4
# What people write for a word of a name; an empty one may be left out.
_SAME = {"&": "and", "st": "saint", "the": ""}
# Places of their own that are a slip away from a known name.
_NO_SLIPS = frozenset({"chiba", "crimea", "samos", "styria"})


def part_words(name: str) -> str:
    """A name as it is compared: no case, accents, points, and `eastern` is `east`."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = plain.replace(".", "").replace("_", " ").replace("-", " ").split()
    return " ".join(said for word in words if (said := _SAME.get(word, _shorten(word))))


def is_slip(written: str, name: str) -> bool:
    """Whether what is written is a name with a letter more, less or other, or with two swapped.

    The first letter is right, and in a short name all are but their order.
    """
    if written in _NO_SLIPS:
        return False
    start = _count_same(written, name)
    if not start:
        return False
    rest, due = written[start:], name[start:]
    swapped = rest[:2] == due[1::-1] and rest[2:] == due[2:]
    if min(len(written), len(name)) <= SHORT:
        return swapped
    return swapped or rest[1:] == due[1:] or rest[1:] == due or rest == due[1:]


def _count_same(one: str, other: str) -> int:
    same = 0
    for here, there in zip(one, other, strict=False):
        if here != there:
            break
        same += 1
    return same


def _shorten(word: str) -> str:
    return word.removesuffix("ern") if word.endswith(("thern", "stern")) else word
