"""The five listings that the parser was made for, against the entries read off by hand."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from tests.domain.reading.builders import accepted

SHARED = Path(__file__).resolve().parents[5] / "shared"
pytestmark = pytest.mark.skipif(
    not (SHARED / "listings").is_dir() or not (SHARED / "eval" / "listings.jsonl").is_file(),
    reason="the real listings are not beside this checkout",
)


def _gold() -> dict[str, list[tuple[int, str, str, str]]]:
    entries = defaultdict(list)
    for line in (SHARED / "eval" / "listings.jsonl").read_text("utf-8").splitlines():
        item = json.loads(line)
        words = (item["ordinal"], item["caption"], item["title"], item["text"])
        entries[item["file"]].append(words)
    return entries


def _parsed(name: str) -> list[tuple[int, str, str, str]]:
    drafts = accepted((SHARED / "listings" / name).read_bytes()).drafts
    return [
        (draft.ordinal, draft.stated.caption, draft.stated.title, draft.stated.text)
        for draft in drafts
    ]


def test_the_real_listings_give_12_12_12_14_and_12_drafts() -> None:
    counts = [len(_parsed(path.name)) for path in sorted((SHARED / "listings").iterdir())]
    assert counts == [12, 12, 12, 14, 12]


def test_every_draft_has_the_words_that_were_read_off_by_hand() -> None:
    gold = _gold()
    assert {name: _parsed(name) for name in gold} == gold
