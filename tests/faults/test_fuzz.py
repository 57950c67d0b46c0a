"""Parses, labels and renders any bytes in every format, and reads the result back strictly.

`make fuzz` looks at many more of them than a plain run.
"""

from __future__ import annotations

import json
from datetime import UTC
from functools import cache
from uuid import UUID

from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from feedsvc.domain.classify import Classifier, Vocabulary
from feedsvc.domain.model import Channel, Draft, Entry
from feedsvc.domain.reading import Listing, ReadingRules, read_file
from feedsvc.domain.render import Format, Site, build_feed, render
from feedsvc.services.vocabulary import load_vocabulary
from tests.builders import T0
from tests.faults.test_content import HOSTILE

SITE = Site(
    base_url="https://feeds.example",
    title="Fuzz",
    publisher="Fuzz",
    language="en",
    rights="",
    ttl=15,
)
PIECES = st.one_of(
    st.sampled_from(
        [
            b"\n",
            b"\n\n",
            b"\r\n",
            b"\r",
            b" ",
            b"\t",
            b"---\n",
            b"***\n",
            b"# ",
            b"- ",
            b"1. ",
            b"title: ",
            b"link: http://a.example/",
            b"date: 2026-01-01\n",
            b"By ",
            b"Photo: ",
            b"[x](y)",
            b"]]>",
            b"&amp;",
            b"<b>",
            b"\xef\xbb\xbf",
            b"\xff\xfe",
            b"\x00",
            "…—“”’".encode(),
            "\u202e\u2066\ufeff\u00ad".encode(),
            b"Kenya ",
            b"strike ",
            b"Paris, ",
            b"\xed\xa0\x80",
        ]
    ),
    st.binary(max_size=12),
    st.text(max_size=24).map(lambda text: text.encode("utf-8", "surrogatepass")),
)
SEEDS = st.one_of(st.binary(max_size=400), st.lists(PIECES, max_size=60).map(b"".join))


@cache
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@cache
def classifier() -> Classifier:
    return Classifier(vocabulary())


def entry_of(draft: Draft) -> Entry:
    return Entry(
        id=UUID(int=draft.ordinal),
        stated=draft.stated,
        published=T0,
        updated=T0,
        arrival=draft.ordinal,
        labels=tuple(classifier().classify(draft.stated)),
    )


@given(SEEDS)
@example(HOSTILE["markup"])
@example(HOSTILE["entities"])
@example(HOSTILE["controls"])
@example(HOSTILE["surrogates"])
def test_any_bytes_result_in_valid_documents_or_one_reason(data: bytes) -> None:
    taxonomy = vocabulary().taxonomy
    parsed = read_file("a.txt", data, rules=ReadingRules(taxonomy=taxonomy, zone=UTC))
    if not isinstance(parsed, Listing):
        assert parsed.problem.reason
        return
    entries = tuple(entry_of(draft) for draft in parsed.drafts)
    feed = build_feed(SITE, taxonomy, Channel(), entries, changed=T0)
    strict = etree.XMLParser(resolve_entities=False)
    for form in (Format.ATOM, Format.RSS):
        etree.fromstring(render(feed, form), strict)
    assert len(json.loads(render(feed, Format.JSON))["items"]) == len(entries)
