"""Reads what a page's head says about it: its address, language, site and single article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin

from feedsvc.domain.reading.html.parse import Node
from feedsvc.domain.reading.item import Item
from feedsvc.domain.reading.outline.words import single_space
from feedsvc.domain.reading.rules import ReadingRules
from feedsvc.domain.reading.stamp import read_stamp

_MOST_META = 500
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date",
    "dc.date.issued", "dcterms.date", "dcterms.created", "parsely-pub-date", "sailthru.date",
    "pubdate", "publish-date", "citation_publication_date",
)  # fmt: skip
_AUTHORS = (
    "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author",
    "sailthru.author", "citation_author", "twitter:creator",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page says about itself; `base` is what its links are relative to."""

    base: str
    language: str
    title: str
    meta: Mapping[str, str]
    rules: ReadingRules

    @property
    def is_article(self) -> bool:
        """Whether it says that it is one article."""
        return self.meta.get("og:type", "").lower() in {"article", "news", "blog", "newsarticle"}

    def say(self, *names: str) -> str:
        """The first of these meta values that is there."""
        return next((value for name in names if (value := self.meta.get(name))), "")

    @property
    def date(self) -> datetime | None:
        """When it was published."""
        return read_stamp(self.say(*_DATES), zone=self.rules.zone, day_first=self.rules.day_first)

    @property
    def author(self) -> str:
        """Who wrote it; profiles and handles are not names."""
        names = (self.meta.get(name, "") for name in _AUTHORS)
        return next((name for name in names if name and "://" not in name and name[0] != "@"), "")

    def complete(self, item: Item) -> Item:
        """An item with whole addresses, and the page's language and site."""
        return replace(
            item,
            link=self.resolve(item.link),
            image=self.resolve(item.image),
            language=item.language or self.language,
            source=item.source or self.say("og:site_name"),
        )

    def resolve(self, address: str) -> str:
        """An address without what it leaves out because it is on this page."""
        if not address or not self.base:
            return address
        try:
            return urljoin(self.base, address)
        except ValueError:
            return address


def read_page(root: Node, *, rules: ReadingRules) -> Page:
    """What the head of a page says."""
    meta: dict[str, str] = {}
    for node in root.css("meta")[:_MOST_META]:
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        value = single_space(attributes.get("content") or "")
        if name and value:
            meta.setdefault(name.lower(), value)
    base = _attribute(root, "base[href]", "href")
    canonical = _attribute(root, "link[rel=canonical]", "href")
    addresses = (base, canonical, meta.get("og:url", ""), meta.get("twitter:url", ""))
    title = root.css_first("title")
    return Page(
        base=next((one for one in addresses if "://" in one), ""),
        language=_attribute(root, "html[lang]", "lang") or meta.get("og:locale", ""),
        title=single_space(title.text() or "") if title else "",
        meta=meta if not canonical else {**meta, "canonical": canonical},
        rules=rules,
    )


def _attribute(root: Node, selector: str, name: str) -> str:
    node = root.css_first(selector)
    return single_space(node.attributes.get(name) or "") if node else ""
