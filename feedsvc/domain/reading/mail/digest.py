"""Divides plain text into the mails that it lists: a mailing list's digest, or saved articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.utils import parseaddr

from feedsvc.domain.reading.mail.message import Mail
from feedsvc.domain.reading.rules import ReadingRules
from feedsvc.domain.reading.stamp import read_stamp

MAX_MESSAGES = 10_000
_HEADER = re.compile(
    r"(message|date|from|subject|to|cc|message-id|reply-to|newsgroups|organization|content-type|sender"
    r"|keywords|summary|lines|references|in-reply-to|mime-version|content-transfer-encoding|path"
    r"|x-[\w-]{1,40}|list-id|approved|distribution|followup-to)\s?:(?: |\t|$)(.*)",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*[-=_*]{10,}\s*")
_NEEDED = {"from", "subject"}


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of headers: its first line and the one after it, and what it says."""

    start: int
    end: int
    headers: dict[str, str]


def split_digest(text: str, *, first: int, rules: ReadingRules) -> list[Mail]:
    """The mails whose headers are in a text, none if it has no such headers."""
    lines = text.splitlines()
    blocks = list(_find_blocks(lines))[:MAX_MESSAGES]
    if not blocks:
        return []
    ends = [block.start for block in blocks[1:]] + [len(lines)]
    return [
        _make(block, lines[block.end : end], first=first, rules=rules)
        for block, end in zip(blocks, ends, strict=True)
    ]


def _find_blocks(lines: Sequence[str]) -> Iterator[_Block]:
    place = 0
    above = ""
    while place < len(lines):
        if not _HEADER.match(lines[place]) or (above.strip() and not _RULE.fullmatch(above)):
            above = lines[place]
            place += 1
            continue
        block = _read_block(lines, place)
        if block.headers.keys() >= _NEEDED:
            yield block
        place, above = block.end, "x"


def _read_block(lines: Sequence[str], start: int) -> _Block:
    headers: dict[str, str] = {}
    name = ""
    place = start
    while place < len(lines):
        line = lines[place]
        match = _HEADER.match(line)
        if match:
            name = match[1].lower()
            headers.setdefault(name, match[2].strip())
        elif line[:1] in {" ", "\t"} and line.strip() and name:
            headers[name] = f"{headers[name]} {line.strip()}"[:2000]
        else:
            break
        place += 1
    return _Block(start, max(place, start + 1), headers)


def _make(block: _Block, lines: Sequence[str], *, first: int, rules: ReadingRules) -> Mail:
    name, address = parseaddr(block.headers.get("from", "").replace(" at ", "@"))
    body = _until_rule(lines)
    return Mail(
        line=first + block.start,
        subject=block.headers.get("subject", ""),
        author="" if "@" in name or name == address else name,
        date=read_stamp(block.headers.get("date", ""), zone=rules.zone, day_first=rules.day_first),
        text="\n".join(body),
        key=block.headers.get("message-id", "").strip("<> "),
    )


def _until_rule(lines: Sequence[str]) -> Sequence[str]:
    """A mail's lines as far as the rule that ends it, if there is anything above that."""
    wrote = False
    for place, line in enumerate(lines):
        if wrote and _RULE.fullmatch(line):
            return lines[:place]
        wrote = wrote or any(map(str.isalnum, line))
    return lines
