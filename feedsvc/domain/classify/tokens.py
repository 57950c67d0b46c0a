"""A text as tokens: folded keys to look up, the words as written, and what stands between them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

# Han and kana are written without spaces: there each character is a token.
_WORD = re.compile(r"([぀-ヿ㐀-鿿]|[^\W_぀-ヿ㐀-鿿]+)")
_ASCII_WORD = re.compile(r"([A-Za-z0-9]+)")
_POSSESSIVE = re.compile(r"(?<=\w)'[sS](?!\w)")
_BREAKS = frozenset('!?;:,()[]{}"\n|/<>*•…')
_ABBREVIATION = 3
# Letters with strokes have no decomposition; the dotless i is a Turkish i.
_STROKES = {
    "\u00f8": "o",
    "\u00d8": "O",
    "\u0142": "l",
    "\u0141": "L",
    "\u0111": "d",
    "\u0110": "D",
    "\u0131": "i",
    "\u00f0": "d",
}
_APOSTROPHES = "\u2019\u2018\u02bc\u02bb\u2032\u00b4\uff07`"
_QUOTES = "\u201c\u201d\u201e\u00ab\u00bb\u2033"
_MINUS = "\u2212"
_WEIGHTY = 4
_ENOUGH = 3
_HEADLINE = 40


class _Folding(dict[int, str]):
    """One character for each, so that offsets stay: accents go, quotes, dashes and spaces unite."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    if code := _STROKES.get(character):
        return code
    if character in _APOSTROPHES:
        return "'"
    if character in _QUOTES:
        return '"'
    category = unicodedata.category(character)
    if category == "Pd" or character == _MINUS:
        return "-"
    if category == "Zs":
        return " "
    spread = unicodedata.normalize("NFKD", character)
    return spread[0] if all(map(unicodedata.combining, spread[1:])) else character


_FOLDING = _Folding()


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text cut into words.

    `words` are as written but without accents; `keys` are the same in lower case, to be looked up;
    `parts` alternates gaps and words (gap, word, gap, …, gap) and covers the text without a hole,
    so that token i is `parts[2 * i + 1]` and stands after the gap `parts[2 * i]`; `ends` holds the
    offset at which each part ends.
    Possessive endings (in `'s`) belong to the gap, hyphens and dashes too: `US-led` is two
    tokens, `Israel's` is one. `U.S.` is two tokens, `u` and `s`.
    """

    text: str
    words: Sequence[str]
    keys: Sequence[str]
    parts: Sequence[str]
    ends: Sequence[int]

    def span(self, first: int, past: int) -> tuple[int, int]:
        """Character offsets into the text of the tokens from `first` up to, without, `past`."""
        return self.ends[2 * first], self.ends[2 * past - 1]

    def written(self, first: int, past: int) -> str:
        """The tokens as the text has them, accents and all."""
        start, end = self.span(first, past)
        return self.text[start:end]

    def capitalised(self, index: int) -> bool:
        """Whether a token starts with a capital (or with a letter or digit that has no case)."""
        return not self.words[index][0].islower()

    def all_caps(self, index: int) -> bool:
        """Whether a token has capitals only."""
        return self.words[index].isupper()

    @property
    def shouted(self) -> bool:
        """Whether the whole text is in capitals, so that case says nothing (`OIL FALLS AGAIN`)."""
        return self.text.isupper() and (
            len(self.words) >= _ENOUGH or any(len(word) > _WEIGHTY for word in self.words)
        )

    @property
    def title_case(self) -> bool:
        """Whether all words of weight are capitalised, as in many headlines (`Ten Ways to Win`)."""
        long = [word for word in self.words[:_HEADLINE] if len(word) >= _WEIGHTY]
        return len(long) >= _ENOUGH and not any(word[0].islower() for word in long)

    @property
    def murmured(self) -> bool:
        """Whether there is no capital in it at all."""
        return self.text.islower()

    def unbroken(self, first: int, past: int) -> bool:
        """Whether no sentence, clause or list ends between the tokens from `first` to `past`."""
        return all(self._joins(index, self.parts[2 * index]) for index in range(first + 1, past))

    def _joins(self, index: int, gap: str) -> bool:
        if gap in {" ", "-", ".", "'"}:
            return True
        if not _BREAKS.isdisjoint(gap):
            return False
        before = self.words[index - 1]
        return "." not in gap or (len(before) <= _ABBREVIATION and not before[0].islower())


def fold(text: str) -> str:
    """A text without accents, with one kind of quote, dash and space, in its own case and length.

    What is not in NFC keeps its combining marks.
    """
    return text if text.isascii() else text.translate(_FOLDING)


def tokenise(text: str) -> Tokens:
    """Cut a text into tokens; an empty text has none.

    A possessive ending and an HTML ampersand (`&amp;`) are no words.
    """
    folded = fold(text)
    if "'" in folded:
        folded = _POSSESSIVE.sub("' ", folded)
    if "&amp;" in folded:
        folded = folded.replace("&amp;", "&    ")
    pattern = _ASCII_WORD if folded.isascii() else _WORD
    parts = pattern.split(folded)
    words = parts[1::2]
    keys = "\n".join(words).lower().split("\n") if words else []
    return Tokens(text, words, keys, parts, list(accumulate(map(len, parts))))


def phrase_key(phrase: str) -> str:
    """What a phrase is looked up by: its folded tokens with single spaces, `cote d ivoire`."""
    return " ".join(tokenise(phrase).keys)
