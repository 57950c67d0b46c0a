"""Hostile files in a real service: every document stays valid, and good files stay published."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

import pytest
from lxml import etree

from feedsvc.domain.reading import Listing, ReadingRules, Rejection, read_file
from tests.builders import TAXONOMY
from tests.effort import count_calls
from tests.faults.service_state import readiness
from tests.running import Running, running, wait_until

GOOD = "A quiet day at the quay\nNothing of note came in.\n"
BOMB = (
    "---\n"
    "a: &a [x]\n"
    + "".join(
        f"{new}: &{new} [{', '.join(['*' + old] * 9)}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "---\n"
)

HOSTILE: dict[str, bytes] = {
    "every-byte": bytes(range(256)) * 20,
    "controls": "".join(
        f"Story {n} {chr(n)} of it\nText {chr(n)}.\n\n" for n in range(32)
    ).encode(),
    "noncharacters": "Ends \ufffe\uffff\U0001fffe here\nSo \ufdd0 does this.\n".encode(),
    "surrogates": b"Half \xed\xa0\x80 a pair\nAnd \xed\xb0\x80 the other.\n",
    "bidi": "Good \u202enews\u202c for \u2066all\u2069\nIt \u200fsays\u200e so.\n".encode(),
    "long-line": b"x" * 1_000_000 + b"\nIts teaser is short.\n",
    "long-words": b"word " * 200_000 + b"\n",
    "blank": b"\n" * 1_000_000 + GOOD.encode(),
    "front-matter": (
        "---\n" + "a:\n" + "".join(" " * n + "b:\n" for n in range(1, 500)) + "---\n" + GOOD
    ).encode(),
    "yaml-bomb": (BOMB + GOOD).encode(),
    "yaml-object": b"---\nx: !!python/object/apply:os.system [id]\n---\nTitle\nText of it.\n",
    "open-matter": b"---\ntitle: never closed\n" * 1000,
    "markup": b"]]> <script>alert(1)</script>\n<img src=x onerror=alert(1)> &amp;lt; ]]>.\n",
    "entities": b"&lol; &#0; &#xD800; <!DOCTYPE x [<!ENTITY a 'b'>]>\n&a; <?php ?> <!-- -- >.\n",
    "formulas": b"=cmd|' /C calc'!A0\n@SUM(1+1)*cmd|' /C calc'!A0.\n\n+1 -1\n-2+3 it is.\n",
    "links": b"---\nlink: javascript:alert(1)\n---\nTitle of it\nText of it is here.\n",
    "utf-16": "Wide words\nThey are two bytes each.\n".encode("utf-16"),
    "utf-16-cut": "Wide words\nThey are cut.\n".encode("utf-16")[:-1],
    "nothing": b"",
    "null": b"\0" * 10_000,
}


def test_hostile_files_break_no_document_and_hide_no_good_file(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "good.txt").write_text(GOOD)
    for name, data in HOSTILE.items():
        (seeds / f"{name}.txt").write_bytes(data)
    with running(tmp_path, feed_size="1000") as service:
        wait_until(lambda: readiness(service)["store"]["seeds"] >= len(HOSTILE), what="all are in")
        assert_documents_are_valid(service)
        assert b"A quiet day at the quay" in service.get("/feeds/all.atom")
        page = service.get("/")
        assert b"<script>alert" not in page
        assert b"onerror=alert(1)>" not in page
        assert b"javascript:alert" not in service.get("/feeds/all.atom")
        assert not service.lines("request failed")


def assert_documents_are_valid(service: Running) -> None:
    strict = etree.XMLParser(resolve_entities=False, huge_tree=True)
    assert len(etree.fromstring(service.get("/feeds/all.atom"), strict)) > 10
    assert len(etree.fromstring(service.get("/feeds/all.rss"), strict)) == 1
    assert json.loads(service.get("/feeds/all.json"))["items"]
    etree.fromstring(service.get("/feeds.opml"), strict)


SHAPES: dict[str, Callable[[int], bytes]] = {
    "entries": lambda n: b"".join(b"Story %d of it\nIts teaser is here.\n\n" % i for i in range(n)),
    "blank lines": lambda n: b"\n" * 30 * n,
    "one line": lambda n: b"word and " * 4 * n,
    "no spaces": lambda n: b"x" * 30 * n,
    "short lines": lambda n: b"x\n" * 15 * n,
    "dashes": lambda n: b"---\n" * 8 * n,
    "colons": lambda n: b"a: b\n" * 6 * n,
    "bytes": lambda n: bytes(range(256)) * (n // 8),
    "quotes": lambda n: "“‘".encode() * 5 * n,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_effort_of_reading_grows_linearly(shape: str) -> None:
    small, large = (count_calls(reading_of(SHAPES[shape](n))) for n in (250, 2_000))
    # Eight times the size; quadratic effort would be sixty-four times as much.
    assert large < 12 * small


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_the_time_of_reading_grows_linearly(shape: str) -> None:
    small, large = (
        min(seconds_of(reading_of(SHAPES[shape](n))) for _ in range(3)) for n in (1_500, 24_000)
    )
    # Sixteen times the size; quadratic time, say in a pattern, would be 256 times as much.
    assert large < 80 * max(small, 0.002)


def reading_of(data: bytes) -> Callable[[], None]:
    def read() -> None:
        parsed = read_file("a.txt", data, rules=ReadingRules(taxonomy=TAXONOMY, zone=UTC))
        assert isinstance(parsed, Listing | Rejection)

    return read


def seconds_of(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
