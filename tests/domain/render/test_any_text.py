"""Any text in any field results in valid documents with the same text."""

from __future__ import annotations

from datetime import UTC, datetime
from html import unescape

import feedparser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedsvc.domain.model import Channel, Entry, Kind
from feedsvc.domain.render import (
    Feed,
    FeedEntry,
    Format,
    ListedChannel,
    Site,
    build_feed,
    render,
    render_opml,
)
from tests.domain.render.builders import CHANGED, SITE, entry, label, taxonomy
from tests.domain.render.reading import CHECKS, Seen, read
from tests.feed_rules import check_opml

# Lone surrogates included; the letters make markup and its ends likely.
TEXT = st.text(st.characters(exclude_categories=()), max_size=40) | st.text(
    "<>&;'\"-]![?/ab \t\r\n\x00\x0b\ud800\ufffe",
    max_size=40,
)
# feedparser mends what it takes for Latin-1 that was UTF-8, so for it that block is left out.
BEYOND_LATIN_1 = st.characters(min_codepoint=0x100, exclude_categories=["Cc", "Cs"])
ASCII = st.characters(min_codepoint=0x20, max_codepoint=0x7E)
PLAIN = st.text(ASCII | BEYOND_LATIN_1, max_size=40)
LINKS = TEXT | TEXT.map(lambda text: f"https://example.org/{text}") | TEXT.map("http://{}".format)
DATES = st.datetimes(datetime(1000, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
LABELS = st.builds(label, st.sampled_from(Kind), TEXT.filter(bool)).map(lambda it: (it,))
ENTRIES = st.builds(
    entry,
    st.just(1),
    title=TEXT,
    text=TEXT,
    caption=TEXT,
    link=LINKS,
    author=TEXT,
    image=LINKS,
    language=TEXT | st.sampled_from(["en", "fr-CA", "zh-Hant"]),
    source=TEXT,
    published=DATES,
    updated=DATES,
    labels=LABELS,
)
SITES = st.builds(
    Site,
    base_url=st.sampled_from(["https://example.org", "http://xn--a.example:8080/b--c"]),
    title=TEXT,
    publisher=TEXT,
    language=TEXT | st.just("en"),
    rights=TEXT,
    ttl=st.integers(0, 10_000),
)
MANY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def feed_of(site: Site, one: Entry) -> Feed:
    return build_feed(site, taxonomy(), Channel(), [one], changed=CHANGED)


def seen(shown: FeedEntry) -> Seen:
    return Seen(
        id=shown.id,
        title=shown.title,
        summary=shown.summary,
        link=shown.link,
        author=shown.author,
        image=shown.image,
        language=shown.language,
        labels=tuple(it.label for it in shown.categories),
    )


@MANY
@given(SITES, ENTRIES, st.sampled_from(Format))
def test_any_text_results_in_a_valid_document_with_the_same_text(
    site: Site, one: Entry, form: Format
) -> None:
    feed = feed_of(site, one)
    document = render(feed, form)
    CHECKS[form](document)
    assert read(document, form) == (seen(feed.entries[0]),)


@MANY
@given(PLAIN, PLAIN, LINKS, st.sampled_from([Format.RSS, Format.ATOM]))
def test_feedparser_reads_the_original_texts(
    title: str, text: str, link: str, form: Format
) -> None:
    feed = feed_of(SITE, entry(title=title, text=text, link=link))
    parsed = feedparser.parse(render(feed, form))
    assert not parsed.bozo
    (found,) = parsed.entries
    (shown,) = feed.entries
    assert (found.id, found.link) == (shown.id, shown.link)
    assert same(found.title, shown.title)
    assert same(found.get("summary", ""), shown.summary)


def same(found: str, shown: str) -> bool:
    return unescape(found).split() == unescape(shown).split()


@MANY
@given(SITES, st.integers(0, 10**9))
def test_any_site_results_in_a_valid_list_of_channels(site: Site, entries: int) -> None:
    listed = [ListedChannel(channel=Channel(topic="labour"), entries=entries)]
    check_opml(render_opml(site, taxonomy(), listed, changed=CHANGED))
