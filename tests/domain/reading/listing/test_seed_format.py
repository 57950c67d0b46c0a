"""The examples in docs/seed-format.md work as the page says."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from feedsvc.domain.model import Draft
from feedsvc.domain.reading import Listing, ReadingRules, read_file
from feedsvc.domain.reading.facts import MAX_NAMES
from feedsvc.domain.reading.fields import FieldName
from feedsvc.domain.reading.front_matter import MAX_CHARACTERS, MAX_LINES
from feedsvc.domain.reading.listing.gather import MAX_BLOCKS
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.services.vocabulary import load_vocabulary

PAGE = (Path(__file__).resolve().parents[4] / "docs" / "seed-format.md").read_text("utf-8")
EXAMPLES = re.findall(r"```text\n(.*?)```\n\n```json\n(.*?)```", PAGE, re.DOTALL)


@cache
def _taxonomy() -> Taxonomy:
    return load_vocabulary().taxonomy


def _stated(draft: Draft) -> dict[str, object]:
    said = {field.name: getattr(draft.stated, field.name) for field in fields(draft.stated)}
    said |= {"line": draft.line, "date": draft.date}
    shown = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in said.items()
        if value
    }
    return {name: list(v) if isinstance(v, tuple) else v for name, v in shown.items()}


@pytest.mark.parametrize(("seed", "expected"), EXAMPLES)
def test_an_example_is_read_as_the_page_says(seed: str, expected: str) -> None:
    outcome = read_file("a.txt", seed.encode(), rules=ReadingRules(taxonomy=_taxonomy(), zone=UTC))
    assert isinstance(outcome, Listing)
    assert outcome.problems == ()
    assert [_stated(draft) for draft in outcome.drafts] == json.loads(expected)


def test_every_example_has_its_drafts() -> None:
    assert len(EXAMPLES) == PAGE.count("```text") == 5


def test_every_field_is_specified() -> None:
    assert all(f"| `{name}` |" in PAGE for name in FieldName)


def test_every_limit_on_the_page_is_right() -> None:
    words = " ".join(PAGE.split())
    assert f"up to {MAX_NAMES} names with commas" in words
    assert f"within {MAX_LINES} lines and {MAX_CHARACTERS // 1024} Ki characters" in words
    assert f"more than {MAX_BLOCKS:,} blocks" in words
