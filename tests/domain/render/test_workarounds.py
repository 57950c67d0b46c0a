"""What feedgen does by itself, and what it does with our workarounds.

A test that fails here after an update of feedgen says which workaround is no longer needed.
"""

from __future__ import annotations

import locale
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from feedgen.feed import FeedGenerator
from lxml import etree

from feedsvc.domain.render.characters import clean
from feedsvc.domain.render.feed import Extent
from feedsvc.domain.render.workarounds import (
    ATOM,
    HISTORY,
    FeedLink,
    append_entry,
    credit,
    start,
    start_dublin_core,
    write_document,
)
from tests.domain.render.builders import CHANGED

PAGE = "https://news.example/1"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DC = "{http://purl.org/dc/elements/1.1/}creator"
LINKS = (
    FeedLink(rel="self", href="https://news.example/feeds/all.rss", type="application/rss+xml"),
    FeedLink(rel="next", href="https://news.example/feeds/all/2.rss"),
)


def filled(generator: Any) -> Any:
    """The generator with what feedgen insists on."""
    generator.id("urn:x:feed")
    generator.title("News")
    generator.subtitle("All news")
    generator.link(href="https://news.example/", rel="alternate")
    return generator


def ours() -> Any:
    return filled(start(updated=CHANGED))


def bare() -> Any:
    return filled(FeedGenerator())


def add_bare(generator: Any) -> Any:
    item = generator.add_entry()
    item.id("urn:x:1")
    item.title("Rain")
    item.link(href=PAGE)
    return item


def add_ours(generator: Any) -> Any:
    item = append_entry(generator, updated=CHANGED, link=PAGE)
    item.id("urn:x:1")
    item.title("Rain")
    return item


def atom(generator: Any) -> Any:
    return etree.fromstring(write_document(generator.atom_str))


def rss(generator: Any) -> Any:
    return etree.fromstring(write_document(generator.rss_str))[0]


def test_dates_are_now_unless_they_are_stated() -> None:
    generator = bare()
    item = add_bare(generator)
    assert datetime.now(UTC) - generator.updated() < timedelta(minutes=1)
    assert datetime.now(UTC) - item.updated() < timedelta(minutes=1)
    generator = ours()
    assert add_ours(generator).updated() == generator.updated() == CHANGED


def test_entries_are_prepended_unless_the_order_is_stated() -> None:
    generator = bare()
    one, other = add_bare(generator), add_bare(generator)
    assert generator.entry() == [other, one]
    generator = ours()
    one, other = add_ours(generator), add_ours(generator)
    assert generator.entry() == [one, other]


def test_links_of_an_atom_entry_keep_their_relation_and_type() -> None:
    link = {"href": PAGE, "rel": "related", "type": "text/html"}
    generator = bare()
    add_bare(generator).link(link)
    found = [
        dict(one.attrib) for one in atom(generator).iterfind(f"{{{ATOM}}}entry/{{{ATOM}}}link")
    ]
    assert link not in found
    generator = ours()
    add_ours(generator).feedsvc.links = (FeedLink(**link),)
    found = [
        dict(one.attrib) for one in atom(generator).iterfind(f"{{{ATOM}}}entry/{{{ATOM}}}link")
    ]
    assert found == [link]


def test_a_channel_in_rss_has_all_of_its_links() -> None:
    generator = bare()
    for one in LINKS:
        generator.link(href=one.href, rel=one.rel)
    assert len(rss(generator).findall(f"{{{ATOM}}}link")) == 1
    generator = ours()
    generator.feedsvc.links = LINKS
    written = rss(generator).findall(f"{{{ATOM}}}link")
    assert [one.get("rel") for one in written] == ["self", "next"]
    assert [one.get("type") for one in written] == ["application/rss+xml", None]


@pytest.mark.parametrize("read", [atom, rss])
def test_a_feed_is_marked_as_an_archive(read: Any) -> None:
    assert read(bare()).find(f"{{{HISTORY}}}archive") is None
    generator = ours()
    generator.feedsvc.extent = Extent.ARCHIVE
    assert read(generator).find(f"{{{HISTORY}}}archive") is not None


def test_an_entry_states_its_language_and_in_rss_its_last_change() -> None:
    generator = ours()
    item = add_ours(generator)
    item.feedsvc.language = "pt"
    item.feedsvc.updated = CHANGED.isoformat()
    assert atom(generator).find(f"{{{ATOM}}}entry").get(LANG) == "pt"
    assert rss(generator).findtext(f"item/{{{ATOM}}}updated") == CHANGED.isoformat()


def test_an_author_in_rss_needs_no_mail_address() -> None:
    generator = bare()
    add_bare(generator).author(name="Ana Example")
    assert b"Ana Example" not in generator.rss_str()
    generator = ours()
    start_dublin_core(generator)
    credit(generator, "Harbour Press")
    credit(add_ours(generator), "Ana Example")
    assert rss(generator).findtext(DC) == "Harbour Press"
    assert rss(generator).findtext(f"item/{DC}") == "Ana Example"


def test_writing_sets_the_locale_so_documents_are_written_in_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_to: list[object] = []
    monkeypatch.setattr(locale, "setlocale", lambda *given: set_to.append(given))
    bare().rss_str()
    assert set_to
    inside: list[int] = []
    most: list[int] = []

    def write(*, pretty: bool) -> bytes:
        inside.append(1)
        most.append(len(inside))
        threading.Event().wait(0.01)
        inside.pop()
        return b"pretty" if pretty else b""

    threads = [threading.Thread(target=write_document, args=(write,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1, 1, 1, 1]


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\ufffe", "\ud800"])
def test_a_forbidden_character_loses_the_document_unless_it_is_cleaned(character: str) -> None:
    generator = bare()
    generator.title(f"Ne{character}ws")
    with pytest.raises(ValueError, match=r"XML|surrogates"):
        generator.atom_str()
    generator = ours()
    generator.title(clean(f"Ne{character}ws"))
    assert atom(generator).findtext(f"{{{ATOM}}}title") == "News"
