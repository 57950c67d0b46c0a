"""Guesses the encoding of bytes from a sample of bounded size."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from charset_normalizer import from_bytes

from feedsvc.domain.reading.charset.alphabets import LATIN_PAGES, OTHER_PAGES, CodePage
from feedsvc.domain.reading.charset.weigh import (
    count_words,
    take_traits,
    weigh_letters,
    weigh_words,
)

SAMPLE_BYTES = 16 * 1024
_LEAD_BYTES = 200
# Named, so that the same bytes read the same whatever codecs a Python has.
_ASIAN = ["shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "tis_620"]
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_ROW = re.compile(rb"(?<![A-Za-z\x80-\xff])[\x80-\xff]{4,}(?![A-Za-z\x80-\xff])")
_LETTER = re.compile(rb"[A-Za-z]")
_ESCAPED = re.compile(r"[\udc80-\udcff]")
# Of UTF-8: the beginning of a character whose end is missing.
_CUT = re.compile(r"[\udce0-\udcf4][\udc80-\udcbf]{1,2}|[\udcc2\udcc3\udce2]\Z")
# Logarithms: how much better than the next best a guess must be, how badly a text may read.
_SURE, _LIKELY = 3.5, 1.5
# The detector needs about this many bytes to tell the encodings of East Asia apart.
_MANY = 40
_WELL, _BORNE, _WORST = -4.6, -6.5, -100.0
# Fewer bytes above ASCII cannot make sure of any but the commonest code page.
_FEWEST = 3
# One byte above ASCII among this many letters does not make a text unreadable.
_FEW = 20


@dataclass(frozen=True, slots=True)
class Guess:
    """A codec; how sure it is (`sure`, `likely`), and the next best if it is not sure."""

    codec: str
    sure: bool = True
    likely: bool = True
    rival: str = ""


@dataclass(frozen=True, slots=True)
class _Trial:
    codec: str
    text: str
    weight: float
    mean: float


def guess_charset(data: bytes) -> Guess | None:
    """A Python codec for bytes that are not UTF-8, None if none fits; "utf-8" if it is mixed."""
    sample = _sample(data)
    high = len(_NOT_ASCII.findall(sample))
    rows = sum(len(row) for row in _ROW.findall(sample))
    # Words without Latin letters are rows of bytes above ASCII.
    if rows * 2 > high:
        return _choose(sample, OTHER_PAGES) or _guess_asian(sample) or _choose(sample, LATIN_PAGES)
    letters = len(_LETTER.findall(sample))
    if high * 2 > letters:
        return _choose(sample, LATIN_PAGES) or _guess_asian(sample)
    few = high * _FEW <= letters
    return _choose(sample, LATIN_PAGES, worst=_WORST if few else _BORNE)


def _choose(sample: bytes, pages: tuple[CodePage, ...], *, worst: float = _WELL) -> Guess | None:
    trials = sorted(_try_pages(sample, pages), key=lambda trial: -trial.weight)
    if not trials or trials[0].mean < worst:
        return None
    best = trials[0]
    rival = next((trial for trial in trials if trial.text != best.text), None)
    margin = best.weight - rival.weight if rival else _SURE
    well = best.mean >= _WELL
    enough = len(_NOT_ASCII.findall(sample)) >= _FEWEST
    return Guess(
        best.codec,
        sure=margin >= _SURE and well and (enough or best.codec == pages[0].codec),
        likely=margin >= _LIKELY and well,
        rival=rival.codec if rival else "",
    )


def _guess_asian(sample: bytes) -> Guess | None:
    best = from_bytes(sample, cp_isolation=_ASIAN).best()
    if best is None:
        return None
    many = len(_NOT_ASCII.findall(sample)) >= _MANY
    return Guess(best.encoding, sure=many, likely=many)


def repair_utf8(data: bytes) -> str:
    """The text of UTF-8 with bytes of cp1252 in it; what is cut off becomes U+FFFD."""
    text = _CUT.sub(lambda found: "\ufffd" * len(found[0]), data.decode("utf-8", "surrogateescape"))
    return _ESCAPED.sub(_read_western, text)


def _read_western(found: re.Match[str]) -> str:
    return bytes([ord(found[0]) - 0xDC00]).decode("cp1252", "replace")


def _sample(data: bytes) -> bytes:
    # All before the first byte above ASCII is ASCII, so the sample begins between characters.
    first = _NOT_ASCII.search(data)
    start = max(0, (first.start() if first else 0) - _LEAD_BYTES)
    sample = data[start : start + SAMPLE_BYTES]
    if start + SAMPLE_BYTES >= len(data):
        return sample
    # A space is never the second byte of a character: cut there, not within one.
    end = max(sample.rfind(b" "), sample.rfind(b"\n"))
    return sample[:end] if end > _LEAD_BYTES else sample


def _try_pages(sample: bytes, pages: tuple[CodePage, ...]) -> list[_Trial]:
    words = count_words(sample.decode("latin-1"))
    trials = []
    for page in pages:
        try:
            text = sample.decode(page.codec)
        except UnicodeDecodeError:
            continue
        trials.append(_try_page(page, text, words))
    repaired = repair_utf8(sample)
    if len(repaired) < len(sample):
        mixed = CodePage("utf-8", pages[0].alphabets, 0)
        trials.append(_try_page(mixed, repaired, words))
    return trials


def _try_page(page: CodePage, text: str, words: Counter[str]) -> _Trial:
    traits = take_traits(text)
    letters, weight = max(
        (
            (weighed := weigh_letters(traits, alphabet), weighed + weigh_words(words, alphabet))
            for alphabet in page.alphabets
        ),
        key=lambda pair: pair[1],
    )
    mean = (traits.signs + letters) / max(1, traits.characters)
    return _Trial(page.codec, text, weight + traits.signs + page.prior, mean)
