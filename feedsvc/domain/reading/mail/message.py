"""Reads one mail: its headers and its text, whatever the charset and the transfer encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from feedsvc.domain.reading.html.fragment import read_fragment
from feedsvc.domain.reading.outline.words import single_space
from feedsvc.domain.reading.rules import ReadingRules
from feedsvc.domain.reading.stamp import read_stamp

MAX_PARTS = 200
MAX_BOUNDARIES = 50
_MAX_HEADER = 2_000
_MAX_TEXT = 200_000
_HEADS = re.compile(rb"boundary\s*=|message/rfc822", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What a mail says; `author` is a name, never an address."""

    line: int
    subject: str
    author: str
    date: datetime | None
    text: str
    source: str = ""
    language: str = ""
    link: str = ""
    key: str = ""


def read_messages(data: bytes, *, line: int, rules: ReadingRules) -> list[Mail]:
    """The mail in some bytes, or the mails that it forwards as a digest of parts."""
    if len(_HEADS.findall(data)) > MAX_BOUNDARIES:
        return []
    try:
        message = message_from_bytes(data)
        parts = _list_parts(message)
        inner = [part for part in parts if part.get_content_type() == "message/rfc822"]
        if message.get_content_type() == "multipart/digest" or len(inner) > 1:
            held = [part.get_payload(0) for part in inner if part.is_multipart()]
            mails = [_read(one, line=line, rules=rules) for one in held if isinstance(one, Message)]
            return mails or [_read(message, line=line, rules=rules)]
        return [_read(message, line=line, rules=rules)]
    except (MessageError, RecursionError, ValueError, LookupError, TypeError, AttributeError):
        return []


def _list_parts(message: Message) -> list[Message]:
    parts: list[Message] = []
    for part in message.walk():
        if len(parts) == MAX_PARTS:
            break
        parts.append(part)
    return parts


def _read(message: Message, *, line: int, rules: ReadingRules) -> Mail:
    name, address = parseaddr(say(message, "from"))
    return Mail(
        line=line,
        subject=say(message, "subject"),
        author="" if "@" in name or name == address else name,
        date=read_stamp(say(message, "date"), zone=rules.zone, day_first=rules.day_first),
        text=_find_text(message)[:_MAX_TEXT],
        source=say(message, "list-id").partition("<")[0].strip(' "'),
        language=say(message, "content-language").partition(",")[0],
        link=say(message, "archived-at").strip("<> "),
        key=say(message, "message-id").strip("<> "),
    )


def say(message: Message, name: str) -> str:
    """A header's words, decoded (RFC 2047); raw bytes, too."""
    values = (str(value) for key, value in message.raw_items() if key.lower() == name)
    raw = _decode_raw(next(values, "")[:_MAX_HEADER])
    try:
        words = str(make_header(decode_header(raw)))
    except (HeaderParseError, UnicodeError, LookupError, ValueError):
        words = raw
    return single_space(words)


def _decode_raw(value: str) -> str:
    data = value.encode("utf-8", "surrogateescape")
    return next(_try(data, ("utf-8", "cp1252")), data.decode("latin-1"))


def _find_text(message: Message) -> str:
    """The plain text of a mail, or the words of its HTML."""
    parts = [part for part in _list_parts(message) if not part.is_multipart()]
    shown = [part for part in parts if part.get_content_disposition() != "attachment"]
    for kind, read in (("text/plain", str), ("text/html", _read_html)):
        texts = (_decode(part) for part in shown if part.get_content_type() == kind)
        if text := next((text for text in texts if text.strip()), ""):
            return read(text)
    return ""


def _read_html(source: str) -> str:
    """The paragraphs of HTML, and below them its link if there is but one."""
    fragment = read_fragment(source)
    links = (fragment.link,) if fragment.link else ()
    return "\n\n".join((*fragment.paragraphs, *links))


def _decode(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charsets = (part.get_content_charset() or "utf-8", "utf-8", "cp1252")
    return next(_try(payload, charsets), payload.decode("latin-1"))


def _try(payload: bytes, charsets: tuple[str, ...]) -> Iterator[str]:
    for charset in charsets:
        try:
            yield payload.decode(charset)
        except (LookupError, UnicodeError):
            continue
