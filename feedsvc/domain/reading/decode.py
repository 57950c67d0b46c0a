"""Decodes bytes to text: by byte order mark, as UTF-8, else by what the bytes look like."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedsvc.domain.reading.outcome import Problem, Rejection

if TYPE_CHECKING:
    from feedsvc.domain.reading.charset import Guess

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
# Another script's letter within a Latin word: these bytes are a character of UTF-8 by chance.
_ALIEN = re.compile(r"[A-Za-z][\u0250-\u07ff][A-Za-z\udc80-\udcff]")
# A text may contain a few control characters (they are removed); a program contains many.
_CONTROLS_BORNE = 32
_CONTROLS_SHARE = 10
_LINES_NAMED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A file's text, still uncleaned, and the encoding that it was read in."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes) -> Decoded | Rejection:
    """The text of a file, or why its bytes are not text."""
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
        return _read_mixed(data) or _read_other(data, at=error.start)


def _read_marked(data: bytes, encoding: str) -> Decoded | Rejection:
    try:
        return Decoded(text=data.decode(encoding, "surrogatepass"), encoding=encoding)
    except UnicodeDecodeError as error:
        line = _line_at(data[: error.start].decode(encoding, "replace"))
        reason = f"the byte order mark says {encoding.upper()}, but the bytes are something else"
        return Rejection(problem=Problem(line, reason, _SAVE))


def _read_mixed(data: bytes) -> Decoded | None:
    """UTF-8 with a few wrong bytes (a copy cut off, a paste), recognised by its many right ones."""
    text = data.decode("utf-8", "surrogateescape")
    wrong = len(_ESCAPED.findall(text))
    if wrong > len(_MULTIBYTE.findall(text)) or _ALIEN.search(text):
        return None
    return _mend(data)


def _mend(data: bytes) -> Decoded:
    from feedsvc.domain.reading.charset import repair_utf8  # noqa: PLC0415 - few files need it

    text = data.decode("utf-8", "surrogateescape")
    repaired = repair_utf8(data)
    lines = [n for n, line in enumerate(_NEWLINE.split(text), 1) if _ESCAPED.search(line)]
    wrong, lost = len(_ESCAPED.findall(text)), repaired.count("\ufffd") - text.count("\ufffd")
    count = f"{wrong} bytes are" if wrong > 1 else "1 byte is"
    read = "read as cp1252" if lost < wrong else "shown as \ufffd"
    if 0 < lost < wrong:
        read += f", except {lost} shown as \ufffd"
    reason = f"{count} not UTF-8 and {read} ({_name_lines(lines)})"
    return Decoded(text=repaired, encoding="utf-8", problems=(Problem(lines[0], reason, _SAVE),))


def _name_lines(lines: list[int]) -> str:
    if len(lines) == 1:
        return f"line {lines[0]}"
    if len(lines) > _LINES_NAMED:
        named = ", ".join(map(str, lines[:_LINES_NAMED]))
        return f"lines {named} and {len(lines) - _LINES_NAMED} more"
    return f"lines {', '.join(map(str, lines[:-1]))} and {lines[-1]}"


def _read_other(data: bytes, *, at: int) -> Decoded | Rejection:
    from feedsvc.domain.reading.charset import guess_charset  # noqa: PLC0415 - few files need it

    guess = guess_charset(data)
    if guess and guess.codec == "utf-8":
        return _mend(data)
    line = _line_at(data[:at].decode("latin-1"))
    if guess:
        try:
            text = data.decode(guess.codec)
            return Decoded(text=text, encoding=guess.codec, problems=_doubt(guess, line))
        except UnicodeDecodeError as error:
            line = _line_at(data[: error.start].decode("latin-1"))
    return Rejection(
        problem=Problem(line, "cannot read the text: unknown encoding", _SAVE),
        encoding="",
    )


def _doubt(guess: Guess, line: int) -> tuple[Problem, ...]:
    if guess.sure:
        return ()
    surety = "probably right, but not certain" if guess.likely else "not certain"
    rival = f"; it may be {guess.rival}" if guess.rival else ""
    reason = f"not UTF-8, read as {guess.codec}: {surety}{rival}"
    return (Problem(line, reason, f"Check the letters. {_SAVE}"),)


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
