"""Reads pages and fragments of HTML: the surest of several ways to find their entries counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from feedsvc.domain.reading.html.blocks import read_tree
from feedsvc.domain.reading.html.cards import Read, read_articles, read_h_entries, read_selected
from feedsvc.domain.reading.html.json_ld import read_json_ld
from feedsvc.domain.reading.html.lines import LineFinder
from feedsvc.domain.reading.html.nesting import MAX_DEPTH, drop_silent
from feedsvc.domain.reading.html.page import Page, read_page
from feedsvc.domain.reading.html.parse import NestedTooDeepError, Node, parse_html
from feedsvc.domain.reading.item import FormatRejection, Item, ItemReading
from feedsvc.domain.reading.outline import compose
from feedsvc.domain.reading.rules import ReadingRules

_FEWEST = 2


def read_html(source: str, *, rules: ReadingRules) -> ItemReading | FormatRejection:
    """The items of a page, a saved article or a fragment; nothing is fetched, no script runs."""
    described = read_json_ld(source, rules=rules)
    try:
        root = parse_html(drop_silent(source)).root
    except NestedTooDeepError:
        reason = f"HTML with more than {MAX_DEPTH} elements inside one another"
        return FormatRejection(reason, "Save the page again as text or Markdown.")
    if root is None:
        return FormatRejection("HTML without content", "Save the page again.")
    page = read_page(root, rules=rules)
    items, notes = _find_entries(root, page, described, source=source, rules=rules)
    if not items:
        return FormatRejection("HTML without a headline", "Save it as text or Markdown.")
    return ItemReading(items=tuple(map(page.complete, items)), notes=tuple(notes))


def _find_entries(
    root: Node,
    page: Page,
    described: Sequence[Item],
    *,
    source: str,
    rules: ReadingRules,
) -> Read:
    """By selectors, as one article, as a described list, as marked elements, by its outline."""
    if rules.selectors:
        return read_selected(root, rules.selectors, lines=LineFinder(source), rules=rules)
    if len(described) == 1 or (page.is_article and not described):
        return _read_article(root, page, described, source=source, rules=rules)
    if len(described) >= _FEWEST:
        return list(described), []
    marked = read_h_entries(root, lines=LineFinder(source), rules=rules)
    if marked[0]:
        return marked
    articles = read_articles(root, lines=LineFinder(source), rules=rules)
    if sum(bool(item.title) for item in articles[0]) >= _FEWEST:
        return articles
    return _read_outline(root, source=source, rules=rules)


def _read_article(
    root: Node,
    page: Page,
    described: Sequence[Item],
    *,
    source: str,
    rules: ReadingRules,
) -> Read:
    """The one article that a page says it is: what it states, else what its head and body say."""
    items, notes = _read_outline(root, source=source, rules=rules)
    shown = items[0] if len(items) == 1 else Item(line=1)
    stated = described[0] if described else Item(line=1)
    article = replace(
        stated,
        line=shown.line,
        title=stated.title or page.say("og:title", "twitter:title") or shown.title or page.title,
        text=stated.text
        or page.say("og:description", "description", "twitter:description")
        or shown.text,
        link=stated.link or page.say("canonical", "og:url") or shown.link,
        image=stated.image or page.say("og:image", "og:image:url", "twitter:image") or shown.image,
        author=stated.author or page.author or shown.author,
        date=stated.date or page.date or shown.date,
        section=stated.section or page.say("article:section"),
        categories=stated.categories or tuple(filter(None, (page.say("article:section"),))),
    )
    return [article], notes if len(items) == 1 else []


def _read_outline(root: Node, *, source: str, rules: ReadingRules) -> Read:
    body = root.css_first("main,[role=main]") or root.css_first("body") or root
    outline = compose(read_tree(body, lines=LineFinder(source)), rules=rules)
    return list(outline.items), list(outline.notes)
