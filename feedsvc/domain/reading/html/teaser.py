"""Takes a teaser from text that may be HTML: its paragraphs, without what only leads on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from feedsvc.domain.reading.html.fragment import read_fragment
from feedsvc.domain.reading.outline.gather import TEXT_LENGTH
from feedsvc.domain.reading.outline.read_more import is_read_more
from feedsvc.domain.reading.rules import ReadingRules

_TAIL = re.compile(
    r"\s*(?:\[(?:…|\.{3})\])?\s*(?:read more|continue reading|weiterlesen|lire la suite|leer más"
    r"|leia mais)\b[^.!?]{0,80}$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(?:the post .{1,300} (?:appeared first|first appeared) on .{1,100}"
    r"|der beitrag .{1,300} erschien zuerst auf .{1,100}"
    r"|l[’']article .{1,300} est apparu en premier sur .{1,100}"
    r"|la entrada .{1,300} (?:aparece primero en|se publicó primero en) .{1,100}"
    r"|o post .{1,300} apareceu primeiro em .{1,100})\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaser:
    """A text's beginning, and the first picture and link in it."""

    text: str
    image: str = ""
    link: str = ""


def drop_call(text: str) -> str:
    """A paragraph without a call to read on at its end; empty if it is nothing else."""
    bare = _TAIL.sub("", text)
    return "" if is_read_more(bare) or _SIGNATURE.fullmatch(bare) else bare


def take_teaser(source: str, *, rules: ReadingRules) -> Teaser:
    """The first paragraphs of a text, up to about 2,000 characters."""
    fragment = read_fragment(source)
    kept: list[str] = []
    length = 0
    for paragraph in fragment.paragraphs:
        text = drop_call(paragraph)
        if not text:
            continue
        length += len(text)
        if kept and (rules.teaser_only or length > TEXT_LENGTH):
            break
        kept.append(text)
    return Teaser(text=" ".join(kept), image=fragment.image, link=fragment.link)
