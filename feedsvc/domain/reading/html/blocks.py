"""Turns a tree of HTML into blocks: what a page shows, without what is around its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from feedsvc.domain.reading.html.lines import LineFinder
from feedsvc.domain.reading.html.parse import Node
from feedsvc.domain.reading.outline.block import (
    Aside,
    Block,
    BulletList,
    Heading,
    ListItem,
    Paragraph,
    Rule,
)
from feedsvc.domain.reading.outline.words import Picture, Run, gather_words

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SKIPPED = frozenset(
    """
    head script style template noscript nav aside footer form button select svg iframe
    object math dialog menu canvas audio video input label datalist
    """.split(),  # noqa: SIM905 - a list of words reads better
)
_BREAKING = frozenset(
    """
    address article blockquote center details dd div dl dt figure fieldset header hgroup hr
    li main ol p pre section summary table tbody td tfoot th thead tr ul body html
    """.split(),  # noqa: SIM905 - a list of words reads better
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|share|sharing|social|cookies?|consent|sidebar|related"
    r"|recommended|comments?|newsletter-?signup|subscribe|promo|advert(?:isement)?|ads?|footer|pagination|pager"
    r"|skip-?links?|sr-only|visually-hidden|toolbar|popup|modal|banner|masthead|tag-?list)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_YEAR = re.compile(r"\d{4}")
_SPACE = re.compile(r"\s+")
_MAX_LISTS = 6
_BLOCK_IN_LINK = "h1,h2,h3,h4,h5,h6,p,div,article,section,ul,figure"


def read_tree(root: Node, *, lines: LineFinder) -> list[Block]:
    """The blocks below a node, in the order of the page."""
    builder = _Builder(lines=lines)
    node: Node | None = root
    while node is not None:
        inner = node.first_child if builder.enter(node) else None
        if inner is not None:
            node = inner
            continue
        node = _leave(node, root, builder)
    return builder.finish()


def _leave(node: Node, root: Node, builder: _Builder) -> Node | None:
    """The node that comes after one and all below it."""
    current: Node | None = node
    while current is not None:
        builder.leave(current)
        if current.mem_id == root.mem_id:
            return None
        if current.next is not None:
            return current.next
        current = current.parent
    return None


@dataclass(slots=True)
class _OpenList:
    line: int
    items: list[ListItem] = field(default_factory=list)
    above: list[Block] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class _Builder:
    """Collects runs into paragraphs and paragraphs into lists, as elements open and close."""

    lines: LineFinder
    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    lists: list[_OpenList] = field(default_factory=list)
    href: str = ""
    bold: int = 0
    heading: int = 0
    caption: bool = False
    _link_of_block: bool = False

    def enter(self, node: Node) -> bool:
        """Take in the start of a node; whether to go on into it."""
        tag = node.tag or ""
        if tag == "-text":
            self.runs.append(self._run(_SPACE.sub(" ", node.text_content or "")))
            return False
        if tag == "time" and self._enter_time(node):
            return False
        if tag.startswith(("-", "_", "!")) or tag in _SKIPPED or _is_furniture(node):
            return tag in {"-document", "-undef"}
        if tag in _HEADINGS:
            self._flush()
            self.heading = self.heading or _HEADINGS[tag]
        elif tag in _BREAKING:
            self._enter_breaking(tag)
        else:
            self._enter_inline(node, tag)
        return True

    def leave(self, node: Node) -> None:
        """Take in the end of a node."""
        tag = node.tag or ""
        if tag.startswith("-") or tag in _SKIPPED:
            return
        if tag in _HEADINGS:
            self._flush()
            self.heading = 0
        elif tag in _BREAKING:
            self._flush()
            self._leave_breaking(tag)
        elif tag in {"b", "strong"}:
            self.bold = max(0, self.bold - 1)
        elif tag == "a":
            self.href, self._link_of_block = "", False
        elif tag == "figcaption":
            self._flush()
            self.caption = False

    def finish(self) -> list[Block]:
        """All blocks; lists still open are closed."""
        self._flush()
        while self.lists:
            self._leave_breaking("ul")
        return self.blocks

    def _run(self, text: str) -> Run:
        linked = self.href if not self._link_of_block or self.heading else ""
        return Run(text, linked, self.bold > 0 and not self.heading)

    def _enter_time(self, node: Node) -> bool:
        """Take a time as its attribute has it, if its words have no year: `2 hours ago`."""
        stated = node.attributes.get("datetime") or ""
        if not _ISO.match(stated) or _YEAR.search(node.text() or ""):
            return False
        self.runs.append(self._run(stated))
        return True

    def _enter_inline(self, node: Node, tag: str) -> None:
        match tag:
            case "a":
                self.href = node.attributes.get("href") or ""
                self._link_of_block = node.css_first(_BLOCK_IN_LINK) is not None
            case "b" | "strong":
                self.bold += 1
            case "br":
                self.runs.append(Run("\n"))
            case "img":
                source = node.attributes.get("src") or ""
                if source and not source.startswith("data:") and not _is_tiny(node):
                    self.pictures.append(Picture(source, node.attributes.get("alt") or ""))
            case "figcaption":
                self._flush()
                self.caption = True

    def _enter_breaking(self, tag: str) -> None:
        self._flush()
        if tag == "hr":
            self.blocks.append(Rule(self.lines.here))
        if tag in {"ul", "ol"} and len(self.lists) < _MAX_LISTS:
            self.lists.append(_OpenList(self.lines.here, above=self.blocks))
            self.blocks = []

    def _leave_breaking(self, tag: str) -> None:
        if tag == "li" and self.lists:
            if self.blocks:
                self.lists[-1].items.append(ListItem(self.blocks[0].line, tuple(self.blocks)))
            self.blocks = []
        elif tag in {"ul", "ol"} and self.lists:
            ended = self.lists.pop()
            stray, self.blocks = self.blocks, ended.above
            if ended.items:
                self.blocks.append(BulletList(ended.items[0].line, tuple(ended.items)))
            self.blocks.extend(stray)

    def _flush(self) -> None:
        """End the paragraph, the heading or the caption that is open."""
        words = gather_words(self.runs, self.pictures)
        self.runs, self.pictures = [], []
        text = words.text
        if not text and not words.pictures:
            return
        line = self.lines.find(text)
        if self.caption:
            self.blocks.append(Aside(line, text, "a picture's caption"))
        elif self.heading and text:
            self.blocks.append(Heading(line, self.heading, words))
        else:
            self.blocks.append(Paragraph(line, words))


def _is_furniture(node: Node) -> bool:
    attributes = node.attributes
    if "hidden" in attributes or _HIDDEN.search(attributes.get("style") or ""):
        return True
    role = attributes.get("role") or ""
    if role in {"navigation", "banner", "contentinfo", "search", "complementary"}:
        return True
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return bool(named.strip()) and _FURNITURE.search(named) is not None and _is_small(node)


def _is_small(node: Node) -> bool:
    """Whether a node is not the body of the page that only happens to be named so."""
    return node.tag not in {"body", "html", "main", "article"}


def _is_tiny(node: Node) -> bool:
    """Whether a picture only counts readers or fills space."""
    width = node.attributes.get("width") or ""
    height = node.attributes.get("height") or ""
    return width in {"0", "1"} or height in {"0", "1"}
