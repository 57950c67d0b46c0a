"""A text as tokens: folded keys to look up, the words as written, and what is between them."""

from __future__ import annotations

import re
import unicodedata

# Han and kana are written without spaces, so each character is a token.
# Vowel signs of the Indic scripts are letters, though Unicode counts them as marks; a danda is not.
_WORD = re.compile(
    r"([぀-ヿ㐀-鿿]|[^\W_぀-ヿ㐀-鿿](?:[^\W_぀-ヿ㐀-鿿]|[\u0300-\u036f\u0900-\u0963\u0966-\u0dff])*)"
)
# The nukta is left out in print as often as not.
_MARKS = re.compile(r"[\u0300-\u036f\u093c]+")
_ASCII_WORD = re.compile(r"([a-z0-9]+)")
# A pattern that begins with a fixed sign searches a text ten times as fast as any other.
_POSSESSIVE = re.compile(r"'(?<=\w')[sS](?!\w)")
_PLAIN = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
_JOINTS = frozenset({" ", "-", ".", "'"})
_BREAKS = frozenset('!?;:,()[]{}"\n|/<>*•…')
_ABBREVIATION = 3
_ACRONYM = 3
# Unicode does not decompose letters with strokes, nor the Turkish dotless i.
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


class _Folding(dict[int, str]):
    """Maps each character to one, so that offsets stay the same."""

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


class Tokens:
    """A text split into words.

    `folded` is the text as `fold_accents` leaves it; `keys` are its words in lower case, to look
    up; `parts` alternates gaps and keys (gap, key, gap, …, gap) and covers the whole
    text, so that token i is `parts[2 * i + 1]` and follows the gap `parts[2 * i]`;
    `ends` holds the offset at which each part ends.
    Possessive endings (in `'s`) belong to the gap, hyphens and dashes too: `US-led` is two
    tokens, `Israel's` is one. `U.S.` is two tokens, `u` and `s`.
    """

    __slots__ = ("ends", "folded", "keys", "parts", "text")

    def __init__(self, text: str, folded: str, keys: list[str], parts: list[str]) -> None:
        """Take a text that has been folded and split."""
        self.text = text
        self.folded = folded
        self.keys = keys
        self.parts = parts
        end = 0
        self.ends = [end := end + len(part) for part in parts]

    def word(self, index: int) -> str:
        """A token as written, but without accents."""
        return self.folded[self.ends[2 * index] : self.ends[2 * index + 1]]

    @property
    def words(self) -> list[str]:
        """All tokens as written, but without accents."""
        return list(map(self.word, range(len(self.keys))))

    def capitalised(self, index: int) -> bool:
        """Whether a token starts with a capital (or with a character that has no case)."""
        return not self.folded[self.ends[2 * index]].islower()

    def all_caps(self, index: int) -> bool:
        """Whether a token is all capitals."""
        return self.word(index).isupper()

    def joins(self, index: int) -> bool:
        """Whether no sentence, clause or list ends between a token and the one before it."""
        gap = self.parts[2 * index]
        if gap in _JOINTS:
            return True
        if not _BREAKS.isdisjoint(gap):
            return False
        return "." not in gap or (
            len(self.keys[index - 1]) <= _ABBREVIATION and self.capitalised(index - 1)
        )


def fold_accents(text: str) -> str:
    """A text without accents and with one kind of quote, dash and space; case and length stay.

    Text that is not in NFC keeps its combining marks, but the keys of its tokens do not.
    """
    return text if text.isascii() else text.translate(_FOLDING)


def tokenise(text: str) -> Tokens:
    """Split a text into tokens; an empty text has none.

    A possessive ending and an HTML ampersand (`&amp;`) are not words.
    """
    folded = fold_accents(text)
    if "'" in folded:
        folded = _POSSESSIVE.sub("' ", folded)
    if "&amp;" in folded:
        folded = folded.replace("&amp;", "&    ")
    lowered = folded.lower()
    if lowered.isascii():
        parts = _ASCII_WORD.split(lowered)
        keys = parts[1::2]
    else:
        # The lexicon writes a final sigma as any other.
        parts = _WORD.split(lowered.replace("\u03c2", "\u03c3"))
        keys = [_MARKS.sub("", key) for key in parts[1::2]]
    return Tokens(text, folded, keys, parts)


def phrase_key(phrase: str) -> str:
    """The key of a phrase: its folded tokens separated by single spaces, `cote d ivoire`."""
    return phrase.lower() if is_plain(phrase) else " ".join(tokenise(phrase).keys)


def is_plain(phrase: str) -> bool:
    """Whether a phrase is nothing but words of plain letters and digits, with single spaces."""
    return _PLAIN.fullmatch(phrase) is not None


def key_and_capitals(phrase: str) -> tuple[str, str]:
    """The key of a phrase, and how each of its words has to be written.

    `a` is any case, `A` a capital, `C` all capitals. Acronyms of up to three letters need their
    capitals; longer ones are often written like names: Nato, Asean, Unicef.
    """
    if phrase.isalnum() and phrase.isascii():
        return phrase.lower(), _capital_of(phrase)
    if is_plain(phrase):
        return phrase.lower(), "".join(map(_capital_of, phrase.split(" ")))
    tokens = tokenise(phrase)
    return " ".join(tokens.keys), "".join(map(_capital_of, tokens.words))


def _capital_of(word: str) -> str:
    if word[0].islower():
        return "a"
    return "C" if word.isupper() and 1 < len(word) <= _ACRONYM else "A"
