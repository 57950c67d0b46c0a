"""Reads saved mail, mailboxes and digests: subjects are headlines, first words are teasers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedsvc.domain.reading.decode import decode
from feedsvc.domain.reading.item import FormatRejection, Item, ItemReading
from feedsvc.domain.reading.mail.body import hide_addresses, take_body
from feedsvc.domain.reading.mail.digest import split_digest
from feedsvc.domain.reading.mail.message import Mail, read_messages
from feedsvc.domain.reading.outcome import Rejection
from feedsvc.domain.reading.rules import ReadingRules

MAX_MESSAGES = 10_000
_MBOX = re.compile(rb"(?:\A|\n\r?\n)From [^\r\n]{1,300}\r?\n(?=[\w-]{1,60}:)")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_HEADERS = re.compile(r"(?:[\w-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.ASCII)
_KNOWN = re.compile(
    r"^(from|subject|date|to|message-id|received|newsgroups):", re.IGNORECASE | re.MULTILINE
)
_PREFIX = re.compile(
    r"^\s*(?:(?:re|fwd?|aw|wg|antw|sv|vs|rif|r|rv|res|enc|tr|ynt|odp|vb)(?:\[\d{1,3}\])?\s?:\s*"
    r"|\[[^\[\]]{1,60}\]\s*)+",
    re.IGNORECASE,
)
_FEWEST_HEADERS = 2


def read_mail(data: bytes, *, rules: ReadingRules) -> ItemReading | FormatRejection:
    """The items of a mail, of a mailbox (mbox), or of a digest; addresses are never published."""
    mails = list(_find_mails(data, rules=rules))[:MAX_MESSAGES]
    items = tuple(item for mail in mails if (item := _make(mail, rules=rules)))
    if not items:
        return FormatRejection("mail without a subject and a text")
    return ItemReading(items=items)


def is_mail(text: str) -> bool:
    """Whether a text begins with the headers of a mail, or lists those of several."""
    if text.startswith("From ") and _KNOWN.search(text[:2000]):
        return True
    head = _HEADERS.match(text.lstrip("\n"))
    names = {name.lower() for name in _KNOWN.findall(head[0] if head else "")}
    if "from" in names and len(names) >= _FEWEST_HEADERS:
        return True
    marks = re.findall(
        r"^(?:Message: \d+|Today's Topics:|.{1,60} Digest, Vol \d+)", text[:20000], re.MULTILINE
    )
    return len(marks) >= _FEWEST_HEADERS


def _find_mails(data: bytes, *, rules: ReadingRules) -> Iterator[Mail]:
    starts = list(_MBOX.finditer(data))
    if not starts:
        yield from _read_one(data, line=1, rules=rules)
        return
    ends = [match.start() for match in starts[1:]] + [len(data)]
    line, place = 1, 0
    for match, end in zip(starts, ends, strict=True):
        line += data.count(b"\n", place, match.end())
        place = match.end()
        yield from _read_one(data[match.end() : end], line=line, rules=rules)


def _read_one(data: bytes, *, line: int, rules: ReadingRules) -> Iterator[Mail]:
    """A mail, or those of the digest that its text is, or that is there without a mail."""
    head = _HEAD_END.search(data)
    below = line + (data.count(b"\n", 0, head.end()) if head else 0)
    for mail in read_messages(data, line=line, rules=rules):
        inner = split_digest(mail.text, first=below, rules=rules) if mail.subject else []
        if len(inner) >= _FEWEST_HEADERS or (inner and "digest" in mail.subject.lower()):
            yield from inner
        elif mail.subject:
            yield mail
        else:
            decoded = decode(data)
            if not isinstance(decoded, Rejection):
                yield from split_digest(decoded.text, first=line, rules=rules)


def _make(mail: Mail, *, rules: ReadingRules) -> Item | None:
    body = take_body(mail.text, rules=rules)
    title = hide_addresses(_PREFIX.sub("", mail.subject))
    if not title and not body.text:
        return None
    return Item(
        line=mail.line,
        title=title,
        text=body.text,
        link=mail.link or body.link,
        author=mail.author,
        source=mail.source,
        date=mail.date,
        language=mail.language,
        key=f"mid:{mail.key}" if mail.key else "",
    )
