"""What holds for any bytes under any name: drafts, or one rejection."""

from __future__ import annotations

import re
import time
from datetime import UTC
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.reading import Listing, ReadingRules, Rejection, read_file
from tests.domain.reading.builders import TAXONOMY
from tests.domain.reading.described import describe

SUFFIXES = ("md", "html", "xml", "json", "csv", "xlsx", "ods", "eml", "mbox", "docx")
FORBIDDEN = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PIECES = [
    "# ", "## Ferry runs again", "\n", "\n\n", "- ", "1. ", "**", "*", "[a](https://example.org/)",
    "![", "](", "[x]: /u", "> ", "---\n", "+++\n", "title: x\n", "| a | b |\n|--|--|\n", "`",
    "```\n",
    "By Ana Example | 3 March 2026", "Read more", "https://example.org/7", "The boat is back.",
    "<h2>Ferry runs", "</h2>", "<p>", "<a href='/7'>", "</a>", "<b>", "<ul><li>", "</li>",
    "<article>", "</article>", "<time datetime='2026-03-01'>", "<img src=x>", "<table><tr><td>",
    "<div class='nav'>", "<script type='application/ld+json'>",
    '{"@type": "NewsArticle", "headline": "Ferry"}', "</script>",
    "<meta property='og:type' content='article'>", "<div class=h-entry>", "<br>", "<hr>", "&amp;",
    "<!--",
    # Mail
    "From: Ana Example <ana@example.org>\n", "Subject: Ferry runs\n", "Date: 3 Mar 2026 8:00\n",
    "From ana Mon Mar 2\n", "Message: 1\n", "-" * 30 + "\n", "-- \n", "> quoted\n", "wrote:\n",
    "Content-Type: multipart/mixed; boundary=b\n", "--b\n", "--b--\n", "=?utf-8?q?=C3?=",
    "Content-Transfer-Encoding: base64\n", "Content-Type: message/rfc822\n",
    # Feeds, wires, tables, JSON
    "<rss><channel>", "<item>", "</item>", "<title>Ferry runs</title>", "<link>/7</link>",
    "<pubDate>3 Mar 2026</pubDate>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>",
    "</entry>", "<![CDATA[", "]]>", "<newsItem>", "<headline>Ferry runs</headline>", "<nitf>",
    "<body>", "<hl1>Ferry</hl1>", "</nitf>", "</newsItem>", "title,text,date\n",
    "Ferry,runs,1.2.2026\n",
    '"', ";", '{"items": [', '{"title": "Ferry", "url": 7}', "]}", ",",
    '{"uri": "a", "headline": "b"}',
    "\x00", "\ufeff", "\u2028", "\udc80", "é", "漢字", "    ", "\t",
]  # fmt: skip
BOMBS = {
    "brackets": "[" * 50_000,
    "pictures": "![" * 50_000,
    "links": "[a](https://example.org/) " * 10_000,
    "quotes": ">" * 50_000,
    "bullets": "- " * 50_000,
    "headings": "# a\n\nb.\n\n" * 10_000,
    "lists": "\n".join(f"{'  ' * (n % 60)}- a" for n in range(20_000)),
    "references": "[a]: /u\n\n" + "[a] " * 50_000,
    "stars": "*a **b " * 30_000,
    "elements": "<div>" * 100_000,
    "formatting": "".join(f"<b id={n}>" for n in range(20_000)) + "<p>" * 20_000,
    "crossed": "<span><div></span></div>" * 50_000,
    "attributes": "<a " + " ".join(f"a{n}=1" for n in range(100_000)) + ">",
    "scripts": "<script " * 100_000,
    "quotes in tags": "<a x='" * 100_000,
    "comments": "<!--" * 100_000,
    "items": "<ul><li><a href='/7'>Ferry runs</a> today</li></ul>" * 5_000,
    "boundaries": "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3_000)
    ),
    "messages": "From a\nFrom: a <a@example.org>\nSubject: b\n\nc\n\n" * 2_000,
    "header": "Subject: " + "=?utf-8?q?a?= " * 30_000,
    "digest": "From: a <a@example.org>\nSubject: b\n\nc\n\n" * 5_000,
    "at signs": "Subject: a\n\n" + "a@" * 100_000,
    "spaces": "Subject: a\n\nOn " + " " * 100_000 + "wrote",
    "xml depth": "<rss><channel><item>" + "<a>" * 100_000,
    "namespaces": "<rss>" + "".join(f"<a{n}:b xmlns:a{n}='x{n}'>" for n in range(20_000)),
    "laughs": "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1 or str()};' * 10}'>" for n in range(1, 10))
    + "]><rss><channel><item><title>Ferry &a9;</title></item></channel></rss>",
    "feed": "<rss><channel>" + "<item><title>Ferry</title></item>" * 3_000,
    "rows": "title,text\n" + "Ferry,runs\n" * 20_000,
    "quoted": "title,text\n" + '"a' * 100_000,
    "columns": "title" + ",a" * 100_000 + "\n",
    "records": '[{"title": "Ferry"}' + ', {"title": "Ferry"}' * 5_000 + "]",
    "deep json": "[" * 100_000,
    "described": "<script type='application/ld+json'>" + "[" * 100_000,
    "cells": "|a" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|b\n" * 500,
}


def _read(name: str, data: bytes) -> Listing | Rejection:
    return read_file(name, data, rules=ReadingRules(taxonomy=TAXONOMY, zone=UTC))


def _check(outcome: Listing | Rejection) -> None:
    if isinstance(outcome, Rejection):
        assert outcome.problem.line >= 1
        assert outcome.problem.reason
        return
    drafts = outcome.drafts
    assert [draft.ordinal for draft in drafts] == list(range(1, len(drafts) + 1))
    assert all(above.line <= below.line for above, below in pairwise(drafts))
    for draft in drafts:
        assert draft.stated.title or draft.stated.text
        texts = [value for value in describe(draft).values() if isinstance(value, str)]
        assert not FORBIDDEN.search("".join(texts))
        assert all(text == text.strip() for text in texts)


@given(st.binary(max_size=300), st.sampled_from(SUFFIXES))
def test_any_bytes_give_drafts_or_a_rejection(data: bytes, suffix: str) -> None:
    _check(_read(f"a.{suffix}", data))


@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).map("".join),
    st.sampled_from(SUFFIXES),
)
def test_any_pieces_of_markup_give_drafts_or_a_rejection(text: str, suffix: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    _check(_read(f"a.{suffix}", data))
    assert _read(f"a.{suffix}", data) == _read(f"a.{suffix}", data)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_read_to_its_end(name: str, suffix: str) -> None:
    started = time.process_time()
    _check(_read(f"a.{suffix}", BOMBS[name].encode()))
    # Tens of milliseconds; a pattern that tries everything again and again would take hours.
    assert time.process_time() - started < 60
