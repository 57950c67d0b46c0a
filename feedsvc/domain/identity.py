"""What makes an entry the same entry: its key, folded from its words."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from uuid import UUID, uuid5

from feedsvc.domain.model import Draft

NAMESPACE = UUID("6f1c1f0e-3f6b-5b0e-9a35-0d5f7c6a4e21")
TITLED_WORDS = 8
UNTITLED_WORDS = 12


def key_of(draft: Draft) -> UUID:
    """The UUIDv5 (RFC 9562 §5.5) of a draft's key; an entry's first one is its id for good.

    The key is the folded title and the first eight folded words of the text; without a title,
    the first twelve words of the text.
    """
    title, words = fold(draft.stated.title), fold(draft.stated.text).split()
    if title:
        return uuid5(NAMESPACE, f"titled\n{title}\n{' '.join(words[:TITLED_WORDS])}")
    return uuid5(NAMESPACE, f"untitled\n{' '.join(words[:UNTITLED_WORDS])}")


def fold(text: str) -> str:
    """A text without what typists vary: case, width, quotes, dashes, punctuation, spaces.

    Text that is nothing but punctuation keeps it, so that it is not mistaken for no text.
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    folded = " ".join("".join(map(_fold_character, plain)).split())
    return folded or " ".join(plain.split())


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """An apostrophe joins (`don't`, `dont`), every other mark parts, formatting goes."""
    if character in "'’‘ʼ`´′＇":
        return ""
    match unicodedata.category(character):
        case "Cf" | "Sk":
            return ""
        case category if category[0] in "PZC":
            return " "
        case _:
            return character
