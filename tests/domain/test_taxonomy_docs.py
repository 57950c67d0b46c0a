"""The tables in docs/data-sources.md match the built-in vocabulary."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.services.vocabulary import load_vocabulary

ROOT = Path(__file__).resolve().parents[2]
SLUGS = (ROOT / "docs/data-sources.md").read_text("utf-8").partition("\n## All slugs\n")[2]
EDITORS = (ROOT / "seeds/README.md").read_text("utf-8")


@cache
def _taxonomy() -> Taxonomy:
    return load_vocabulary().taxonomy


def _rows(head: str) -> list[list[str]]:
    table = SLUGS.partition(f"\n| {head} |")[2].partition("\n\n")[0]
    lines = table.splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_region_is_listed_with_its_parents() -> None:
    assert _rows("region") == [
        [f"`{region.slug}`", region.name, region.code, ", ".join(f"`{p}`" for p in region.parents)]
        for region in _taxonomy().regions.values()
    ]


def test_every_topic_is_listed() -> None:
    assert _rows("topic") == [
        [f"`{topic.slug}`", topic.name, topic.code] for topic in _taxonomy().topics.values()
    ]


def test_the_number_of_countries_is_right() -> None:
    assert re.findall(r"There are (\d+) countries;", SLUGS) == [str(len(_taxonomy().countries))]


def test_the_editors_page_names_every_topic() -> None:
    sentence = re.search(r"[Tt]opics are ([^.]+)\.", EDITORS)
    assert sentence is not None
    assert re.findall(r"`([^`]+)`", sentence[1]) == list(_taxonomy().topics)
