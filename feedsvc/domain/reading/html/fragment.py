"""Reads the pieces of HTML in other formats: feeds, wires, Markdown."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from feedsvc.domain.reading.html.blocks import read_tree
from feedsvc.domain.reading.html.lines import LineFinder
from feedsvc.domain.reading.html.nesting import drop_silent
from feedsvc.domain.reading.html.parse import NestedTooDeepError, parse_html
from feedsvc.domain.reading.outline.block import (
    Block,
    BulletList,
    Heading,
    Paragraph,
)
from feedsvc.domain.reading.outline.words import Words, single_space

MAX_FRAGMENT = 200_000
_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
_ANY_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """The paragraphs of a fragment as text, its first picture and its links."""

    paragraphs: tuple[str, ...]
    image: str = ""
    links: frozenset[str] = frozenset()

    @property
    def link(self) -> str:
        """The only address that it leads to, empty if there are several."""
        return next(iter(self.links)) if len(self.links) == 1 else ""


def read_blocks(source: str) -> list[Block]:
    """The blocks of a fragment; anything beyond 200,000 characters is left out."""
    if len(source) > MAX_FRAGMENT:
        source = source[:MAX_FRAGMENT]
    try:
        tree = parse_html(drop_silent(source))
    except NestedTooDeepError:
        text = single_space(html.unescape(_ANY_TAG.sub(" ", source)))
        return [Paragraph(1, Words.plain(text))] if text else []
    return read_tree(tree.root, lines=LineFinder("")) if tree.root else []


def read_fragment(source: str) -> Fragment:
    """What a fragment says; plain text is a fragment, too, empty lines separate its paragraphs."""
    if not _MARKUP.search(source):
        parts = re.split(r"\n\s*\n", source)
        return Fragment(paragraphs=tuple(text for part in parts if (text := single_space(part))))
    words = list(_all_words(read_blocks(source)))
    pictures = [picture.address for one in words for picture in one.pictures]
    links = frozenset(run.href for one in words for run in one.links)
    return Fragment(
        paragraphs=tuple(text for one in words if (text := one.text)),
        image=pictures[0] if pictures else "",
        links=links,
    )


def plain_text(source: str) -> str:
    """The words of a fragment on one line."""
    if not _MARKUP.search(source):
        return single_space(source)
    return " ".join(read_fragment(source).paragraphs)


def _all_words(blocks: list[Block]) -> list[Words]:
    found: list[Words] = []
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                found.append(block.words)
            case BulletList():
                for item in block.items:
                    found.extend(_all_words(list(item.blocks)))
    return found
