"""Reads Markdown: headings, lists, bold leads and front matter become items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from feedsvc.domain.reading.item import FormatRejection, Item, ItemReading
from feedsvc.domain.reading.markdown.blocks import read_blocks
from feedsvc.domain.reading.markdown.evidence import is_structured
from feedsvc.domain.reading.markdown.front_matter import FrontMatter, read_front_matter
from feedsvc.domain.reading.outcome import Note, Problem, Taken
from feedsvc.domain.reading.outline import Outline, compose
from feedsvc.domain.reading.rules import ReadingRules
from feedsvc.domain.reading.stamp import read_stamp
from feedsvc.domain.reading.values import read_switch

_TITLE = ("title", "headline", "titel", "titre", "título", "titulo", "titolo")
_TEXT = (
    "description", "summary", "excerpt", "subtitle", "teaser", "abstract", "lead", "intro", "dek",
    "standfirst", "beschreibung", "zusammenfassung",
)  # fmt: skip
_DATE = (
    "date", "publishdate", "pubdate", "date_published", "published", "published_at", "publish_date",
    "created", "datum", "fecha",
)  # fmt: skip
_AUTHOR = ("author", "authors", "author.name", "byline", "writer", "autor", "auteur", "by")
_CATEGORIES = (
    "categories", "category", "tags", "tag", "keywords", "taxonomies.categories", "taxonomies.tags",
    "kategorie", "kategorien", "schlagworte",
)  # fmt: skip
_IMAGE = (
    "image", "cover", "thumbnail", "featured_image", "featuredimage", "hero", "banner", "images",
    "og_image", "image.src", "image.url", "image.path", "cover.image", "cover.src", "cover.url",
    "header.image", "header.teaser", "hero.image", "bild",
)  # fmt: skip
_LINK = (
    "link", "external_url", "externalurl", "external_link", "canonical", "canonical_url",
    "canonicalurl", "source_url", "original_url", "permalink", "url", "source",
)  # fmt: skip
_SOURCE = ("source", "publication", "publisher", "site", "quelle")
_LANGUAGE = ("language", "lang", "locale", "sprache")
_KEY = ("guid", "uuid", "uid", "id")
_LABELS = ("regions", "region", "countries", "country", "topics", "topic")
_SWITCHES = ("rolling", "verbatim", "draft", "section")
_KNOWN = frozenset().union(
    _TITLE, _TEXT, _DATE, _AUTHOR, _CATEGORIES, _IMAGE, _LINK, _SOURCE, _LANGUAGE, _KEY, _LABELS,
    _SWITCHES,
)  # fmt: skip
_ONLY_PROGRAMS = frozenset(
    {"title", "tags", "categories", "layout", "draft", "slug", "description"}
)


def read_markdown(text: str, *, rules: ReadingRules) -> ItemReading | FormatRejection | None:
    """The items of a clean text; None if no markup structures it, so that it is a plain listing."""
    matter = read_front_matter(text)
    blocks = read_blocks(matter.body, first=matter.first)
    programs = not matter.bare and bool(_ONLY_PROGRAMS & matter.values.keys())
    if not programs and not is_structured(blocks):
        return None
    if read_switch(matter.first_of("draft")) or read_switch(matter.first_of("published")) is False:
        advice = "Remove `draft: true` to publish it."
        return FormatRejection("the front matter says that this is a draft", advice)
    outline = compose(blocks, rules=rules, title=matter.first_of(*_TITLE))
    items = _complete(outline, matter, rules=rules)
    if not items:
        return FormatRejection("no headline and no text found", "Write a headline and a teaser.")
    return ItemReading(
        items=items,
        notes=(*_note_unused(matter), *outline.notes),
        problems=tuple(_find_problems(matter)),
        rolling=read_switch(matter.first_of("rolling")),
    )


def _complete(outline: Outline, matter: FrontMatter, *, rules: ReadingRules) -> tuple[Item, ...]:
    """Items with what the front matter states: of an article everything, else what all share."""
    shared = [_share(item, matter, rules=rules) for item in outline.items]
    title = matter.first_of(*_TITLE)
    teaser = matter.first_of(*_TEXT)
    if not shared and title:
        shared = [_share(Item(line=matter.first, title=title), matter, rules=rules)]
    if len(shared) != 1 or (title and shared[0].title != title):
        return tuple(shared)
    item = shared[0]
    link = next((one for one in matter.all_of(*_LINK) if "://" in one), "")
    return (
        replace(
            item,
            line=1 if title else item.line,
            text=teaser or item.text,
            link=link or item.link,
            image=matter.first_of(*_IMAGE) or item.image,
            key=matter.first_of(*_KEY),
        ),
    )


def _share(item: Item, matter: FrontMatter, *, rules: ReadingRules) -> Item:
    stated = matter.first_of(*_DATE)
    stamp = read_stamp(stated, zone=rules.zone, day_first=rules.day_first)
    sources = [one for one in matter.all_of(*_SOURCE) if "://" not in one]
    labels = {name: "; ".join(matter.all_of(name)) for name in _LABELS if matter.all_of(name)}
    return replace(
        item,
        date=item.date or stamp,
        author=item.author or ", ".join(matter.all_of(*_AUTHOR)),
        source=item.source or next(iter(sources), ""),
        language=item.language or matter.first_of(*_LANGUAGE),
        section=item.section or matter.first_of("section"),
        categories=(*item.categories, *matter.all_of(*_CATEGORIES)),
        labels={**labels, **item.labels},
    )


def _note_unused(matter: FrontMatter) -> Sequence[Note]:
    unused = [key for key in matter.values if key not in _KNOWN]
    if not unused:
        return ()
    reason = "keys of the front matter that mean nothing here"
    return (Note(line=1, text=", ".join(unused[:10]), taken=(Taken.NOTHING,), reason=reason),)


def _find_problems(matter: FrontMatter) -> Sequence[Problem]:
    if not matter.broken:
        return ()
    reason = "the front matter is not valid YAML; it was read line by line"
    return (Problem(1, reason, "Put values with a colon in quotation marks."),)
