"""The examples in docs/formats work as the pages say."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from feedsvc.domain.reading import Listing, read_file
from tests.domain.reading.described import describe, real_rules

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "formats"
EXAMPLE = re.compile(r"```(\w+)\n(.*?)```\n\n```json\n(.*?)```", re.DOTALL)
SUFFIXES = {"markdown": "md", "html": "html", "xml": "xml", "json": "json", "csv": "csv"}
SUFFIXES |= {"tsv": "tsv", "eml": "eml", "text": "txt"}
PAGES = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
EXAMPLES = [
    pytest.param(*example, id=f"{page.stem}-{number}")
    for page in PAGES
    for number, example in enumerate(EXAMPLE.findall(page.read_text("utf-8")), 1)
]


@pytest.mark.parametrize(("language", "content", "expected"), EXAMPLES)
def test_an_example_is_read_as_the_page_says(language: str, content: str, expected: str) -> None:
    outcome = read_file(f"a.{SUFFIXES[language]}", content.encode(), rules=real_rules())
    assert isinstance(outcome, Listing)
    assert outcome.problems == ()
    assert [describe(draft) for draft in outcome.drafts] == json.loads(expected)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_page_has_examples_and_is_listed(page: Path) -> None:
    assert EXAMPLE.search(page.read_text("utf-8"))
    assert f"({page.name})" in (FOLDER / "README.md").read_text("utf-8")
