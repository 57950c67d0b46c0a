"""Reads elements that are an entry each: `article`, h-entry, or what a selector finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from feedsvc.domain.reading.html.blocks import read_tree
from feedsvc.domain.reading.html.lines import LineFinder
from feedsvc.domain.reading.html.parse import Node
from feedsvc.domain.reading.item import Item, Selectors
from feedsvc.domain.reading.outcome import Note
from feedsvc.domain.reading.outline.block import Block, Heading, Paragraph
from feedsvc.domain.reading.outline.gather import Gatherer
from feedsvc.domain.reading.outline.lead import split_lead
from feedsvc.domain.reading.outline.words import single_space
from feedsvc.domain.reading.rules import ReadingRules
from feedsvc.domain.reading.stamp import read_stamp

MAX_CARDS = 20_000
_KICKER_WORDS = 4

_H_ENTRY = Selectors(
    entry=".h-entry",
    title=".p-name",
    text=".p-summary,.e-summary,.e-content,.p-content",
    link=".u-url",
    image=".u-photo,.u-featured",
    date=".dt-published",
    author=".p-author",
)


def read_articles(root: Node, *, lines: LineFinder, rules: ReadingRules) -> Read:
    """The `article` elements of a page that have none inside them."""
    found = [node for node in root.css("article")[:MAX_CARDS] if len(node.css("article")) <= 1]
    return _read_all(read_card(node, lines=lines, rules=rules) for node in found)


def read_h_entries(root: Node, *, lines: LineFinder, rules: ReadingRules) -> Read:
    """The entries that microformats2 marks; replies without a name have their text alone."""
    return read_selected(root, _H_ENTRY, lines=lines, rules=rules)


def read_selected(
    root: Node,
    selectors: Selectors,
    *,
    lines: LineFinder,
    rules: ReadingRules,
) -> Read:
    """The entries that selectors find; a value without a selector of its own is found out.

    Raises:
        ValueError: A selector is not valid CSS.
    """
    cards = []
    for node in root.css(selectors.entry)[:MAX_CARDS]:
        item, notes = read_card(node, lines=lines, rules=rules)
        cards.append((_select(node, item, selectors, rules=rules), notes))
    return _read_all(cards)


Read = tuple[list[Item], list[Note]]


def _read_all(cards: Iterable[tuple[Item, Sequence[Note]]]) -> Read:
    items: list[Item] = []
    notes: list[Note] = []
    for item, more in cards:
        if item.title or item.text:
            items.append(item)
            notes.extend(more)
    return items, notes


def read_card(node: Node, *, lines: LineFinder, rules: ReadingRules) -> tuple[Item, list[Note]]:
    """The entry in an element: its first heading, what is below it, its link and time."""
    blocks = read_tree(node, lines=lines)
    place = next((n for n, block in enumerate(blocks) if isinstance(block, Heading)), None)
    line = blocks[0].line if blocks else lines.here
    gatherer = Gatherer(rules=rules, line=line)
    if place is None:
        blocks = _take_lead(gatherer, blocks)
    else:
        heading = blocks[place]
        _take_heading(gatherer, heading)  # type: ignore[arg-type]
        gatherer.kicker = _find_kicker(blocks[:place])
        blocks = [*_pictures_of(blocks[:place]), *blocks[place + 1 :]]
    stated = node.css_first("time[datetime]")
    if stated is not None:
        words = stated.attributes.get("datetime") or ""
        gatherer.date = read_stamp(words, zone=rules.zone, day_first=rules.day_first)
    gatherer.add_blocks(blocks)
    item = gatherer.finish()
    return (item if item.link else replace(item, link=_first_link(node))), gatherer.notes


def _take_heading(gatherer: Gatherer, heading: Heading) -> None:
    gatherer.title, gatherer.line = heading.words.text, heading.line
    links = heading.words.links
    gatherer.link = links[0].href if links else ""


def _take_lead(gatherer: Gatherer, blocks: list[Block]) -> list[Block]:
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph):
        return blocks
    lead = split_lead(first.words)
    if not lead.marked:
        return blocks
    gatherer.title, gatherer.link = lead.title, lead.link
    return [replace(first, words=lead.rest), *blocks[1:]]


def _find_kicker(blocks: Sequence[Block]) -> str:
    """A few words above a headline."""
    texts = [block.words.text for block in blocks if isinstance(block, Paragraph)]
    short = (text for text in texts if 0 < len(text.split()) <= _KICKER_WORDS)
    return next((text for text in short if not any(map(str.isdigit, text))), "")


def _pictures_of(blocks: Sequence[Block]) -> list[Block]:
    return [
        replace(block, words=replace(block.words, runs=()))
        for block in blocks
        if isinstance(block, Paragraph) and block.words.pictures
    ]


def _first_link(node: Node) -> str:
    link = node.css_first("a[href]")
    above = node.parent
    if link is None and above is not None and above.tag == "a":
        link = above
    return (link.attributes.get("href") or "") if link else ""


def _select(node: Node, item: Item, selectors: Selectors, *, rules: ReadingRules) -> Item:
    """An item with the values that selectors find in place of those found out."""
    title = _value(node, selectors.title) or item.title
    text = _value(node, selectors.text) or item.text
    date = _value(node, selectors.date, "datetime", "content", "title")
    return replace(
        item,
        title=title,
        text="" if text == title else text,
        link=_value(node, selectors.link, "href", "content") or item.link,
        image=_value(node, selectors.image, "src", "data-src", "content", "href") or item.image,
        author=_value(node, selectors.author) or item.author,
        date=read_stamp(date, zone=rules.zone, day_first=rules.day_first) or item.date,
    )


def _value(node: Node, selector: str, *attributes: str) -> str:
    """What the first element that a selector finds says, in an attribute or in words."""
    found = node.css_first(selector) if selector else None
    if found is None:
        return ""
    values = (found.attributes.get(name) for name in attributes)
    return next((value for value in values if value), "") or _words(found)


def _words(node: Node) -> str:
    blocks = read_tree(node, lines=LineFinder(""))
    texts = [block.words.text for block in blocks if isinstance(block, Heading | Paragraph)]
    return single_space(" ".join(texts))
