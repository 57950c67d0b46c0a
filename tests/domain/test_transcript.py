"""Drafts written as a plain listing are read from it as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsvc.domain.model import Draft, Stated
from feedsvc.domain.reading import Listing, ReadingRules, read_file
from feedsvc.domain.transcript import Transcript, transcribe
from tests.builders import TAXONOMY, draft

RULES = ReadingRules(taxonomy=TAXONOMY, zone=ZoneInfo("Asia/Almaty"))
WHO = ("Tram drivers", "Rice growers", "The ferry company", "Bakers in the old town", "Beekeepers")
WHAT = ("agree on shorter shifts", "try a salt-proof seed", "ask for quieter nights")
WHEN = ("after a long winter", "before the election", "despite the flood", "again")
TEASERS = (
    "Both sides call the plan a trial of six months.",
    "The first fields stood green after the flood tide, and nobody had expected that.",
    "Bathing is banned until the water has been tested twice […]",
    "Will the new boats be ready in spring? The yard says yes, the crews have their doubts.",
    "Visitors may see what has never been on show, from nine in the morning until the doors close.",
)


@st.composite
def stories(draw: st.DrawFn) -> Stated:
    """An entry as newsrooms write them, with anything stated about it."""
    parts = [draw(st.sampled_from(words)) for words in (WHO, WHAT, WHEN)]
    title = " ".join(parts)
    links = st.builds("https://example.org/news/{}".format, st.integers(1, 10**6))
    return Stated(
        title=title.title() if draw(st.booleans()) else title,
        text=draw(st.sampled_from(TEASERS)),
        link=draw(st.just("") | links),
        image=draw(st.sampled_from(("", "https://example.org/a.jpg"))),
        author=draw(st.sampled_from(("", "The Harbour Desk", "Ana Sánchez"))),
        source=draw(st.sampled_from(("", "Harbour Gazette"))),
        language=draw(st.sampled_from(("", "pt-BR"))),
        regions=draw(st.sampled_from((None, (), ("asia",)))),
        countries=draw(st.sampled_from((None, (), ("kz",)))),
        topics=draw(st.sampled_from((None, (), ("labour",), ("labour", "weather")))),
    )


DATES = st.none() | st.integers(0, 10**9).map(lambda s: datetime.fromtimestamp(s, UTC))


def write(*drafts: Draft, **front: str) -> Transcript:
    return transcribe(drafts, "a.txt", front=front, rules=RULES)


@settings(max_examples=60, deadline=timedelta(seconds=2))
@given(st.lists(st.tuples(stories(), DATES), min_size=1, max_size=6, unique_by=lambda it: it[0]))
def test_what_is_written_is_read_as_it_was(told: list[tuple[Stated, datetime | None]]) -> None:
    drafts = [Draft(ordinal=n, line=1, date=date, stated=one) for n, (one, date) in enumerate(told)]
    transcript = write(*drafts)
    assert transcript.deviations == ()
    read = read_file("a.txt", transcript.text.encode(), rules=RULES)
    assert isinstance(read, Listing)
    assert [one.stated for one in read.drafts] == [one.stated for one in drafts]
    assert [one.date for one in read.drafts] == [one.date for one in drafts]


def test_an_entry_is_written_as_editors_write_it() -> None:
    one = draft(
        "Rain floods the harbour",
        "Boats were lifted onto the quay.",
        date=datetime(2026, 3, 1, 3, 30, tzinfo=UTC),
        link="https://example.org/1",
        topics=("labour", "weather"),
        regions=(),
    )
    assert write(one).text == (
        "Rain floods the harbour\n"
        "link: https://example.org/1\n"
        "date: 2026-03-01 08:30 +05:00\n"
        "regions: none\n"
        "topics: labour, weather\n"
        "\n"
        "Boats were lifted onto the quay.\n"
    )


def test_kickers_captions_and_sections_are_written_above() -> None:
    words = {"kicker": "ANALYSIS", "section": "Sport"}
    one = draft("Tram drivers win the cup", "The final took three hours on Sunday.", **words)
    other = draft("Bakers lose the final", "They will try again in spring, they say.", **words)
    transcript = write(one, other)
    assert transcript.deviations == ()
    assert transcript.text.count("Sport") == 1


def test_front_matter_is_kept() -> None:
    one = draft("Rain floods the harbour", "Boats were lifted onto the quay.")
    assert write(one, rolling="true").text.startswith("---\nrolling: true\n---\n\nRain floods")


def test_words_that_recognition_would_take_away_are_written_verbatim() -> None:
    one = draft("Rain floods the harbour", "By A. Writer")
    other = draft("Boats lie on the quay", "They were lifted there by the tide overnight.")
    transcript = write(one, other)
    assert all("title" not in one.fields for one in transcript.deviations)


def test_an_entry_without_a_headline_is_not_joined_to_the_one_above() -> None:
    untitled = draft("", "Eels are back in the mill stream, says the miller of the lower mill.")
    one = draft("Rain floods the harbour", "Boats were lifted onto the quay.")
    assert write(one, untitled).deviations == ()


def test_what_no_listing_can_say_is_named() -> None:
    one = draft("Rain floods the harbour", "Boats were lifted onto the quay.")
    odd = replace(one, stated=replace(one.stated, text="link: https://example.org"))
    (deviation,) = write(odd).deviations
    assert (deviation.line, deviation.headline) == (1, "Rain floods the harbour")
    assert "link" in deviation.fields


@pytest.mark.parametrize("second", [0, 7])
def test_seconds_are_written_only_if_there_are_any(second: int) -> None:
    date = datetime(2026, 3, 1, 3, 30, second, tzinfo=UTC)
    text = write(draft("Rain floods the harbour", "It rained.", date=date)).text
    assert ("08:30:07 +05:00" in text) == bool(second)
