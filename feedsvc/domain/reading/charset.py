"""Finds out the encoding of bytes that are not UTF-8, from a sample of bounded size."""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

# The detector's time grows with what it is given; this much is plenty to tell a language.
SAMPLE_BYTES = 16 * 1024
_LEAD_BYTES = 200
_WESTERN = "cp1252"
# Named, so that the same bytes read the same whatever codecs a Python has.
_CANDIDATES = [
    "cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "cp1258", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "tis_620",
]  # fmt: skip
_LATIN = frozenset({"cp1250", "cp1252", "cp1254", "cp1257", "cp1258"})
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_HIGH_LETTER = re.compile(rb"[a-z][\x8a-\x8f\x9a-\x9f\xa1-\xff]|[\x8a-\x8f\x9a-\x9f\xa1-\xff][a-z]")
# Inside a word these are letters of Central Europe in cp1250, but signs or š and ž in cp1252.
_CENTRAL_LETTER = re.compile(rb"[a-z][\x9a\x9d-\x9f\xb3\xb9\xba\xbe\xbf]")
_CENTRAL_SHARE = 20
_LENIENT = 0.5  # of the detector: how much mess is borne


def detect_charset(data: bytes) -> str:
    """The name of a Python codec for bytes that are not all ASCII, empty if none fits."""
    sample = _sample(data)
    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    if best is None:
        return ""
    if best.encoding in _LATIN and _reads_western(sample, coherence=best.coherence):
        return _WESTERN
    return best.encoding


def _sample(data: bytes) -> bytes:
    # All before the first byte above ASCII is ASCII, so the sample begins between characters.
    first = _NOT_ASCII.search(data)
    start = max(0, (first.start() if first else 0) - _LEAD_BYTES)
    sample = data[start : start + SAMPLE_BYTES]
    if start + SAMPLE_BYTES >= len(data):
        return sample
    # A blank never is the second byte of a character: cut there, not within one.
    end = max(sample.rfind(b" "), sample.rfind(b"\n"))
    return sample[:end] if end > _LEAD_BYTES else sample


def _reads_western(sample: bytes, *, coherence: float) -> bool:
    """Whether cp1252, by far the most used, reads no worse than the other Latin alphabets."""
    western = from_bytes(sample, cp_isolation=[_WESTERN], threshold=_LENIENT).best()
    central = len(_CENTRAL_LETTER.findall(sample))
    if western is None or central * _CENTRAL_SHARE > len(_HIGH_LETTER.findall(sample)):
        return False
    return western.coherence >= coherence
