from __future__ import annotations

from dataclasses import FrozenInstanceError
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.model import (
    HEADLINE_LENGTH,
    Channel,
    Entry,
    Kind,
    Label,
    Stated,
    channels_of,
    derived_title,
)
from tests.builders import T0


def label(kind: Kind, value: str) -> Label:
    return Label(kind=kind, value=value, score=1.0, evidence=())


def entry(title: str, text: str, *labels: Label) -> Entry:
    return Entry(
        id=UUID(int=1),
        stated=Stated(title=title, text=text),
        published=T0,
        updated=T0,
        arrival=1,
        labels=labels,
    )


LABELS = (
    label(Kind.TOPIC, "labour"),
    label(Kind.REGION, "central-asia"),
    label(Kind.REGION, "asia"),
    label(Kind.COUNTRY, "kz"),
)

CHANNELS = (
    Channel(),
    Channel(region="asia"),
    Channel(country="kz"),
    Channel(topic="labour"),
    Channel(region="asia", topic="labour"),
)


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.path)
def test_a_channel_is_found_by_its_path(channel: Channel) -> None:
    assert Channel.parse(channel.path) == channel


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "All",
        "all/",
        "regions",
        "regions/",
        "regions/asia/",
        "regions//topics/labour",
        "regions/asia/topics/",
        "topics/labour/regions/asia",
        "countries/kz/topics/labour",
        "entries/1",
    ],
)
def test_other_paths_are_refused(path: str) -> None:
    with pytest.raises(ValueError, match="not a channel's path"):
        Channel.parse(path)


def test_an_entry_is_in_all_and_in_every_channel_of_its_labels() -> None:
    assert {channel.path for channel in channels_of(LABELS)} == {
        "all",
        "regions/central-asia",
        "regions/asia",
        "countries/kz",
        "topics/labour",
        "regions/central-asia/topics/labour",
        "regions/asia/topics/labour",
    }
    assert channels_of(()) == {Channel()}


def test_an_entry_gives_its_labels_by_kind_in_their_order() -> None:
    assert entry("Title", "Text", *LABELS).values(Kind.REGION) == ("central-asia", "asia")


def test_an_untitled_entry_is_shown_with_its_first_words() -> None:
    untitled = entry("", "A short text.")
    assert (untitled.headline, untitled.derived) == ("A short text.", True)
    titled = entry("Title", "A short text.")
    assert (titled.headline, titled.derived) == ("Title", False)


def test_values_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        entry("a", "b").stated.title = "c"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Short.", "Short."),
        ("word " * 30, "word " * 15 + "word…"),
        ("x" * 200, "x" * (HEADLINE_LENGTH - 1) + "…"),
        ("so many words, " * 8, "so many words, " * 5 + "so…"),
    ],
)
def test_a_derived_title_ends_with_a_whole_word(text: str, title: str) -> None:
    assert derived_title(text) == title


@given(st.text().filter(str.strip))
def test_any_text_gives_a_title(text: str) -> None:
    title = derived_title(text)
    assert title
    assert len(title) <= HEADLINE_LENGTH + 1
    assert "\n" not in title
