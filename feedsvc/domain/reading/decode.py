"""Decodes bytes to text: by byte order mark, as UTF-8, else by what the bytes look like."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from feedsvc.domain.reading.charset import detect_charset
from feedsvc.domain.reading.outcome import Problem, Rejection

# UTF-32's little-endian mark begins with UTF-16's, so it is asked first.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAVE = "Save the file as plain text in UTF-8."
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_NEWLINE = re.compile(r"\r\n|\r|\n")
_ESCAPED = re.compile(r"[\udc80-\udcff]")
_MULTIBYTE = re.compile(r"[^\x00-\x7f\udc80-\udcff]")
# A text may hold a few control characters (they are removed); a program holds many.
_CONTROLS_BORNE = 32
_CONTROLS_SHARE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A file's text, still uncleaned, and the encoding that it was read in."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes) -> Decoded | Rejection:
    """The text of a file, or why its bytes are no text."""
    decoded = _read(data)
    if isinstance(decoded, Rejection):
        return decoded
    return _refuse_binary(decoded) or decoded


def _read(data: bytes) -> Decoded | Rejection:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _read_marked(data[len(mark) :], encoding)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        # Lone surrogates come in as three bytes each and are removed with what else XML forbids.
        return Decoded(text=data.decode("utf-8", "surrogatepass"), encoding="utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in data:
            return _reject_binary(data.decode("latin-1"), encoding="")
        return _read_damaged(data) or _read_other(data, at=error.start)


def _read_marked(data: bytes, encoding: str) -> Decoded | Rejection:
    try:
        return Decoded(text=data.decode(encoding, "surrogatepass"), encoding=encoding)
    except UnicodeDecodeError as error:
        line = _line_at(data[: error.start].decode(encoding, "replace"))
        reason = f"the byte order mark says {encoding.upper()}, but the bytes are something else"
        return Rejection(problem=Problem(line, reason, _SAVE))


def _read_damaged(data: bytes) -> Decoded | None:
    """UTF-8 with a few wrong bytes (a copy cut off, a paste), told by its many right ones."""
    text = data.decode("utf-8", "surrogateescape")
    wrong = len(_ESCAPED.findall(text))
    if wrong > len(_MULTIBYTE.findall(text)):
        return None
    first = _ESCAPED.search(text)
    line = _line_at(text[: first.start()]) if first else 1
    return Decoded(
        text=_ESCAPED.sub("\ufffd", text),
        encoding="utf-8",
        problems=(Problem(line, f"{wrong} bytes are not UTF-8 and were shown as \ufffd", _SAVE),),
    )


def _read_other(data: bytes, *, at: int) -> Decoded | Rejection:
    encoding = detect_charset(data)
    if encoding:
        try:
            return Decoded(text=data.decode(encoding), encoding=encoding)
        except UnicodeDecodeError as error:
            at = error.start
    line = _line_at(data[:at].decode("latin-1"))
    return Rejection(
        problem=Problem(line, "cannot read the text: unknown encoding", _SAVE),
    )


def _refuse_binary(decoded: Decoded) -> Rejection | None:
    if "\0" in decoded.text:
        return _reject_binary(decoded.text, encoding=decoded.encoding)
    controls = len(_CONTROL.findall(decoded.text))
    if controls <= max(_CONTROLS_BORNE, len(decoded.text) // _CONTROLS_SHARE):
        return None
    reason = f"binary data, not text ({controls} control characters)"
    return Rejection(problem=Problem(1, reason, _SAVE), encoding=decoded.encoding)


def _reject_binary(text: str, *, encoding: str) -> Rejection:
    line = _line_at(text[: text.index("\0")])
    return Rejection(
        problem=Problem(line, "binary data, not text (a NUL byte)", _SAVE), encoding=encoding
    )


def _line_at(before: str) -> int:
    return len(_NEWLINE.findall(before)) + 1
