"""A running service follows files of every suffix while they come, change and go."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import feedparser
import pytest

from feedsvc.domain.reading.suffixes import SUFFIXES
from tests.end_to_end.files import MAKERS, Story, make_file
from tests.running import Running, running

CROPS = """
barley beans cabbage carrots cassava cotton garlic ginger leeks lentils maize millet oats onions
peanuts peas peppers potatoes pumpkins quinoa rice rye sorghum spinach sugar
"""
CROP = dict(zip(SUFFIXES, CROPS.split(), strict=False))
HALF = len(SUFFIXES) // 2
PATIENCE_SECONDS = 60.0

Feeds = dict[str, dict[str, str]]


@dataclass(frozen=True)
class History:
    """The IDs of entries by title, in the feeds of all and of countries, after each step."""

    dropped: Feeds
    edited: Feeds
    renamed: Feeds
    removed: Feeds


def stories(suffix: str, *, country: str) -> tuple[Story, ...]:
    """Two stories, of which the first is about a country; a saved mail has the first alone."""
    crop = CROP[suffix]
    first = Story(
        1,
        f"Farmers in {country} plant {crop}",
        f"The seed of the {crop} was handed out in every village before the long rains began.",
    )
    second = Story(
        2,
        f"Growers in Portugal store {crop}",
        f"A dry cellar below the market hall has room for the {crop} of the whole valley.",
    )
    return (first,) if suffix == ".eml" else (first, second)


def titles(*suffixes: str, country: str) -> set[str]:
    return {one.title for suffix in suffixes for one in stories(suffix, country=country)}


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    """One service for all suffixes. What one of them spoils is seen in the tests below."""
    place = tmp_path_factory.mktemp("every-suffix")
    folder = place / "seeds"
    kenya, norway = titles(*SUFFIXES, country="Kenya"), titles(*SUFFIXES, country="Norway")
    left = titles(*SUFFIXES[HALF:], country="Norway")
    with running(place, feed_size="100") as service:
        write_all(folder, country="Kenya")
        dropped = show(service, once=lambda: set(entries(service)) == kenya)
        write_all(folder, country="Norway")
        edited = show(service, once=lambda: set(entries(service)) == norway)
        for suffix in SUFFIXES:
            (folder / f"file{suffix}").rename(folder / f"renamed{suffix}")
        renamed = show(service, once=lambda: b"file." not in list_files(service))
        for suffix in SUFFIXES[:HALF]:
            (folder / f"renamed{suffix}").unlink()
        removed = show(service, once=lambda: set(entries(service)) == left)
    return History(dropped=dropped, edited=edited, renamed=renamed, removed=removed)


def write_all(folder: Path, *, country: str) -> None:
    for suffix in SUFFIXES:
        data = make_file(suffix, stories(suffix, country=country))
        (folder / f"file{suffix}").write_bytes(data)


def show(service: Running, *, once: Callable[[], bool]) -> Feeds:
    """The feeds as soon as something is so, or when patience ends."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not once() and time.monotonic() < end:
        time.sleep(0.2)
    channels = {"all": "all", "ke": "countries/ke", "no": "countries/no", "pt": "countries/pt"}
    return {name: entries(service, channel) for name, channel in channels.items()}


def entries(service: Running, channel: str = "all") -> dict[str, str]:
    feed = feedparser.parse(service.get(f"/feeds/{channel}.atom"))
    return {entry.title: entry.id for entry in feed.entries}


def list_files(service: Running) -> bytes:
    ended = subprocess.run(
        [sys.executable, "-m", "feedsvc", "seeds"],
        env=service.environment,
        capture_output=True,
        check=True,
    )
    return ended.stdout


def test_there_is_a_file_of_every_suffix() -> None:
    assert tuple(MAKERS) == SUFFIXES


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_dropped_file_is_in_the_feeds_of_its_countries(suffix: str, history: History) -> None:
    first, *others = [one.title for one in stories(suffix, country="Kenya")]
    assert {first, *others} <= set(history.dropped["all"])
    assert first in history.dropped["ke"]
    assert set(others) <= set(history.dropped["pt"])
    assert first not in history.dropped["pt"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_edited_entry_keeps_its_id_and_changes_feeds(suffix: str, history: History) -> None:
    before, *others = [one.title for one in stories(suffix, country="Kenya")]
    after = stories(suffix, country="Norway")[0].title
    assert history.edited["no"][after] == history.dropped["all"][before]
    assert before not in history.edited["all"]
    assert history.edited["ke"] == {}
    for title in others:
        assert history.edited["pt"][title] == history.dropped["pt"][title]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_renamed_file_keeps_its_ids(suffix: str, history: History) -> None:
    for title in titles(suffix, country="Norway"):
        assert history.renamed["all"][title] == history.edited["all"][title]


@pytest.mark.parametrize("suffix", SUFFIXES[:HALF])
def test_a_removed_file_leaves_all_feeds(suffix: str, history: History) -> None:
    gone = titles(suffix, country="Norway")
    assert not gone & {title for feed in history.removed.values() for title in feed}


@pytest.mark.parametrize("suffix", SUFFIXES[HALF:])
def test_a_file_stays_when_others_are_removed(suffix: str, history: History) -> None:
    for title in titles(suffix, country="Norway"):
        assert history.removed["all"][title] == history.renamed["all"][title]
