"""Items of any format become drafts with checked values."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from feedsvc.domain.model import Draft
from feedsvc.domain.reading import Listing, Rejection
from feedsvc.domain.reading.drafts import make_listing
from feedsvc.domain.reading.item import FormatRejection, Item, ItemReading
from tests.domain.reading.described import real_rules


def _listing(*items: Item) -> Listing:
    outcome = make_listing(ItemReading(items=items), encoding="utf-8", rules=real_rules())
    assert isinstance(outcome, Listing)
    return outcome


def _draft(**values: Any) -> Draft:
    return _listing(Item(line=1, **({"title": "Ferry runs again"} | values))).drafts[0]


def test_categories_state_the_labels_that_they_name() -> None:
    stated = _draft(categories=("Politics", "Kenya", "Asia", "no", "Ferries")).stated
    assert stated.topics == ("politics",)
    assert stated.countries == ("ke",)
    assert stated.regions == ("asia",)


def test_codes_outrank_categories() -> None:
    stated = _draft(categories=("Politics",), codes=("medtop:20000533", "x:1")).stated
    assert stated.topics == ("labour",)


def test_what_an_editor_states_outranks_both() -> None:
    stated = _draft(codes=("medtop:20000533",), labels={"topics": "weather"}).stated
    assert stated.topics == ("weather",)


def test_mail_addresses_are_taken_out_of_names() -> None:
    assert _draft(author="Ana Example <ana@example.org>").stated.author == "Ana Example"
    assert _draft(author="ana@example.org (Ana Example)").stated.author == "Ana Example"
    assert _draft(author="ana@example.org").stated.author == ""


def test_an_address_without_a_host_is_left_out_with_a_note() -> None:
    listing = _listing(Item(line=3, title="Ferry runs", link="/ferry"))
    assert listing.drafts[0].stated.link == ""
    assert [(note.line, note.text) for note in listing.notes] == [(3, "/ferry")]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.org/", "data:text/html,a"])
def test_an_address_that_is_not_of_the_web_is_a_problem(link: str) -> None:
    listing = _listing(Item(line=3, title="Ferry runs", link=link))
    assert listing.drafts[0].stated.link == ""
    assert [problem.line for problem in listing.problems] == [3]


@pytest.mark.parametrize(
    ("key", "source_id"),
    [
        ("https://example.org/?p=5", "https://example.org/?p=5"),
        ("tag:example.org,2026:1", "tag:example.org,2026:1"),
        ("6f1c1f0e-3f6b-5b0e-9a35-0d5f7c6a4e21", "6f1c1f0e-3f6b-5b0e-9a35-0d5f7c6a4e21"),
        ("17", ""),
        ("", ""),
    ],
)
def test_only_an_id_that_is_one_in_the_whole_world_is_used(key: str, source_id: str) -> None:
    assert _draft(key=key).source_id == source_id


def test_items_without_a_letter_are_none() -> None:
    listing = _listing(Item(line=1, title="…"), Item(line=2, title="Ferry runs"))
    assert [draft.stated.title for draft in listing.drafts] == ["Ferry runs"]


def test_a_rejection_keeps_its_reason_and_advice() -> None:
    rejection = FormatRejection("no table", "Name the columns.", 4)
    outcome = make_listing(rejection, encoding="utf-8", rules=real_rules())
    assert isinstance(outcome, Rejection)
    assert outcome.problem.message == "no table. Name the columns."
    assert outcome.problem.line == 4


@pytest.mark.parametrize("year", [1001, 2999])
def test_an_implausible_date_is_a_problem_and_not_published(year: int) -> None:
    stated = datetime(year, 3, 1, tzinfo=UTC)
    listing = _listing(Item(line=3, title="Ferry runs", date=stated))
    assert listing.drafts[0].date is None
    (problem,) = listing.problems
    assert problem.line == 3
    assert problem.reason == f"date {year}-03-01 is implausible, ignored"


@pytest.mark.parametrize("name", ["link", "image"])
def test_a_private_address_is_a_problem_whatever_the_format(name: str) -> None:
    listing = _listing(Item(line=3, title="Ferry runs", **{name: "http://169.254.169.254/"}))
    assert getattr(listing.drafts[0].stated, name) == ""
    assert "is not a public address" in listing.problems[0].reason


def test_directions_are_not_overridden() -> None:
    assert (
        _draft(title="Ferry \u202esnur\u202c \u2067again\u2069").stated.title == "Ferry snur again"
    )
