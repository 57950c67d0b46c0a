from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import partial

import pytest

from feedsvc.domain.reading.decode import Decoded, decode
from tests.domain.reading.passages import (
    BALTIC,
    CENTRAL,
    CYRILLIC,
    GREEK,
    MARKED,
    SPARSE,
    TURKISH,
    TYPESET,
    WESTERN,
)
from tests.effort import count_calls

# How many of the headlines alone, and of other samples, may be read wrong if a problem says so.
SAMPLES: Mapping[str, tuple[tuple[Mapping[str, tuple[str, ...]], ...], int]] = {
    "cp1252": ((WESTERN, TYPESET, {"sparse": SPARSE}), 0),
    "mac_roman": ((WESTERN, TYPESET), 1),
    "cp850": ((WESTERN,), 2),
    "cp437": ((WESTERN,), 2),
    "cp1254": (({"turkish": TURKISH},), 0),
    "cp857": (({"turkish": TURKISH},), 1),
    "cp1250": ((CENTRAL,), 1),
    "iso8859_2": ((CENTRAL,), 2),
    "cp852": ((CENTRAL,), 2),
    "cp1257": ((BALTIC,), 2),
    "cp1251": ((CYRILLIC,), 0),
    "koi8_r": ((CYRILLIC,), 0),
    "cp866": ((CYRILLIC,), 0),
    "mac_cyrillic": ((CYRILLIC,), 1),
    "cp1253": (({"greek": GREEK},), 0),
}
_MIXED_WORD = re.compile(
    r"[A-Za-z][\u0250-\u07ff\u3040-\ud7ff]|[\u0250-\u07ff\u3040-\ud7ff][A-Za-z]"
)


def _texts(tables: tuple[Mapping[str, tuple[str, ...]], ...]) -> Iterator[str]:
    """Each headline alone, each passage, and all passages of a language, once and many times."""
    for passages in (passages for table in tables for passages in table.values()):
        for passage in passages:
            yield passage.split("\n")[0] + "\n"
            yield passage
        yield "\n".join(passages)
        yield "\n".join(passages) * 40


def _encoded(
    codec: str, tables: tuple[Mapping[str, tuple[str, ...]], ...]
) -> list[tuple[str, bytes]]:
    samples = []
    for text in _texts(tables):
        try:
            data = text.encode(codec)
        except UnicodeEncodeError:
            continue
        if not data.isascii():
            samples.append((text, data))
    return samples


@pytest.mark.parametrize("codec", SAMPLES)
def test_a_code_page_is_read_right_or_the_doubt_is_reported(codec: str) -> None:
    tables, borne = SAMPLES[codec]
    samples = _encoded(codec, tables)
    assert len(samples) >= 10
    wrong = []
    for text, data in samples:
        decoded = decode(data)
        assert isinstance(decoded, Decoded), text
        if decoded.text != text:
            assert decoded.problems, f"{text!r} was read as {decoded.text!r} without a problem"
            assert not _MIXED_WORD.search(decoded.text), decoded.text
            wrong.append(decoded.text)
    assert len(wrong) <= borne, wrong


@pytest.mark.parametrize("codec", MARKED)
def test_other_scripts_are_read_right(codec: str) -> None:
    for passage in MARKED[codec]:
        text = _part_tones(passage) if codec == "cp1258" else passage
        decoded = decode(text.encode(codec))
        assert isinstance(decoded, Decoded)
        assert decoded.text == text


def test_a_doubtful_guess_names_the_encoding_and_the_next_best() -> None:
    decoded = decode("Yangın kontrol altına alındı\n".encode("cp857"))
    assert isinstance(decoded, Decoded)
    (problem,) = decoded.problems
    assert problem.message == (
        f"not UTF-8, read as {decoded.encoding}: not certain; it may be cp857."
        " Check the letters. Save the file as plain text in UTF-8."
    )


def test_one_strange_byte_does_not_make_a_text_unreadable() -> None:
    decoded = decode(b"Port Reopens\n\nThe ships are back, said the mayor\x81s office.\n")
    assert isinstance(decoded, Decoded)
    assert decoded.text.startswith("Port Reopens\n\nThe ships are back, said the mayor")
    assert decoded.problems


def test_the_frames_of_dos_are_no_letters() -> None:
    frame = "╔══════════════╗\n║ Café Owners  ║\n╚══════════════╝\n\n"
    text = frame + "Café Owners Fight Levy\n\nThe bill came to the town hall.\n"
    decoded = decode(text.encode("cp437"))
    assert isinstance(decoded, Decoded)
    assert decoded.text == text


@pytest.mark.parametrize("codec", ["cp1252", "cp1251", "mac_roman", "gb18030"])
def test_guessing_takes_no_more_effort_for_a_longer_file(codec: str) -> None:
    text = {"cp1251": CYRILLIC["russian"][0], "gb18030": MARKED["gb18030"][0]}.get(
        codec, WESTERN["french"][0]
    )
    data = text.encode(codec)
    short, long = (count_calls(partial(decode, data * times)) for times in (2_000, 16_000))
    assert long < 2 * short


def _part_tones(text: str) -> str:
    """The text with tones as marks of their own, as cp1258 has them."""
    parted = []
    for char in text:
        base = unicodedata.normalize("NFD", char)
        tones = [mark for mark in base[1:] if mark in "\u0300\u0301\u0303\u0309\u0323"]
        rest = unicodedata.normalize("NFC", "".join(c for c in base if c not in tones))
        parted.append(char if _fits(char) else rest + "".join(tones))
    return "".join(parted)


def _fits(char: str) -> bool:
    try:
        char.encode("cp1258")
    except UnicodeEncodeError:
        return False
    return True
