"""Turns Markdown into blocks (CommonMark 0.31, with GitHub's tables and strikethrough)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from feedsvc.domain.reading.html import fragment
from feedsvc.domain.reading.listing.prose import ends_in_mark
from feedsvc.domain.reading.outline.block import (
    Aside,
    Block,
    BulletList,
    Heading,
    ListItem,
    Paragraph,
    Rule,
    Table,
)
from feedsvc.domain.reading.outline.words import Picture, Run, Words, gather_words

# Marks within a paragraph are read in a time that grows faster than its length.
MAX_INLINE = 10_000
_LONGEST_HEADING = 140
_WIKI_LINK = re.compile(r"(!?)\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]\n]{1,200}))?\]\]")
_TASK = re.compile(r"^\[[ xX]\]\s+")


def read_blocks(text: str, *, first: int = 1) -> list[Block]:
    """The blocks of a clean Markdown text whose first line is number `first`."""
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    reader.core.ruler.disable(["inline"])
    references: dict[str, Any] = {}
    tokens = reader.parse(_WIKI_LINK.sub(_plain_wiki_link, text), references)
    walk = _Walk(reader=reader, references=references, first=first, tokens=iter(tokens))
    return list(walk.read_until(""))


def _plain_wiki_link(match: re.Match[str]) -> str:
    """Obsidian's links lead to notes, not to addresses: their words stay."""
    return "" if match[1] else (match[3] or match[2])


@dataclass(slots=True, kw_only=True)
class _Walk:
    """Reads a document's tokens once, from front to back."""

    reader: MarkdownIt
    references: dict[str, Any]
    first: int
    tokens: Iterator[Token]

    def read_until(self, end: str) -> Iterator[Block]:
        """The blocks before the token that ends what is open."""
        for token in self.tokens:
            if token.type == end:
                return
            yield from self._read(token)

    def _read(self, token: Token) -> Iterator[Block]:
        line = self.first + (token.map[0] if token.map else 0)
        match token.type:
            case "heading_open":
                yield from self._read_heading(token, line)
            case "paragraph_open":
                yield Paragraph(line, self._read_words(next(self.tokens)))
            case "bullet_list_open" | "ordered_list_open":
                end = token.type.replace("open", "close")
                yield BulletList(line, tuple(self._read_items(end)))
            case "blockquote_open":
                yield from self.read_until("blockquote_close")
            case "table_open":
                yield Table(line, tuple(self._read_rows()))
            case "html_block":
                yield from (replace(one, line=line) for one in fragment.read_blocks(token.content))
            case "hr":
                yield Rule(line)
            case "fence" | "code_block":
                yield Aside(line, token.content.strip().partition("\n")[0], "code")

    def _read_heading(self, token: Token, line: int) -> Iterator[Block]:
        """A heading; a sentence over a row of hyphens is a paragraph over a rule."""
        inline = next(self.tokens)
        words = self._read_words(inline)
        underlined = token.markup in {"-", "="}
        text = words.text
        if underlined and (
            len(text) > _LONGEST_HEADING or "\n" in inline.content or ends_in_mark(text)
        ):
            yield Paragraph(line, words)
        else:
            yield Heading(line, int(token.tag[1:]), words)

    def _read_items(self, end: str) -> Iterator[ListItem]:
        for token in self.tokens:
            if token.type == end:
                return
            if token.type == "list_item_open":
                line = self.first + (token.map[0] if token.map else 0)
                yield ListItem(line, tuple(self.read_until("list_item_close")))

    def _read_rows(self) -> Iterator[tuple[Words, ...]]:
        row: list[Words] = []
        for token in self.tokens:
            match token.type:
                case "table_close":
                    return
                case "inline":
                    row.append(self._read_words(token))
                case "tr_close":
                    yield tuple(row)
                    row = []

    def _read_words(self, inline: Token) -> Words:
        content = _TASK.sub("", inline.content)
        if len(content) > MAX_INLINE:
            return Words.plain(content)
        tokens: list[Token] = []
        self.reader.inline.parse(content, self.reader, self.references, tokens)
        return _style(tokens)


def _style(tokens: Sequence[Token]) -> Words:
    runs: list[Run] = []
    pictures: list[Picture] = []
    href, bold = "", 0
    for token in tokens:
        match token.type:
            case "text" | "code_inline" | "text_special":
                runs.append(Run(token.content, href, bold > 0))
            case "softbreak" | "hardbreak":
                runs.append(Run("\n", href, bold > 0))
            case "link_open":
                href = str(token.attrGet("href") or "")
            case "link_close":
                href = ""
            case "strong_open":
                bold += 1
            case "strong_close":
                bold -= 1
            case "image":
                pictures.append(Picture(str(token.attrGet("src") or ""), token.content))
            case "html_inline" if token.content.lower().startswith("<br"):
                runs.append(Run("\n"))
    return gather_words(runs, pictures)
