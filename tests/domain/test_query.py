"""A query string has one canonical form, or an error that says what to do."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.query import MOST_CHARACTERS, Query, QueryError, Term, parse_query, parse_words
from feedsvc.domain.taxonomy import Region, Taxonomy, Topic

TAXONOMY = Taxonomy(
    regions={
        slug: Region(slug=slug, name=slug.title(), code="", parents=())
        for slug in ("africa", "asia", "europe")
    },
    countries={},
    topics={
        slug: Topic(slug=slug, name=slug.title(), code="", definition="")
        for slug in ("arts", "labour")
    },
)


def ask(query: str) -> Query:
    return parse_query(parse_qsl(query, keep_blank_values=True), taxonomy=TAXONOMY)


@pytest.mark.parametrize(
    ("given_query", "canonical"),
    [
        ("", ""),
        ("region=", ""),
        ("topic=labour&region=europe&region=asia", "region=asia&region=europe&topic=labour"),
        ("region=ASIA&region=asia", "region=asia"),
        ("q=++two+words++&not-topic=arts", "not-topic=arts&q=two%20words"),
        ("q=one&q=two", "q=one%20two"),
    ],
)
def test_every_question_has_one_form(given_query: str, canonical: str) -> None:
    assert ask(given_query).encode() == canonical
    assert ask(canonical) == ask(given_query)


@pytest.mark.parametrize(
    "query",
    [
        "colour=red",
        "region=atlantis",
        "topic=asia",
        'q="open',
        "q=-only",
        "q=*",
        "q=a+-",
        'q=""',
        "q=" + "a" * (MOST_CHARACTERS + 1),
        "q=" + "+".join("abcdefghijklm"),
        "q=%00a",
        'q=a"b',
    ],
)
def test_an_invalid_query_is_rejected_with_advice(query: str) -> None:
    with pytest.raises(QueryError, match=r"; |at least one word"):
        ask(query)


def test_too_many_values_are_refused() -> None:
    regions = {
        f"r{number}": Region(slug=f"r{number}", name="", code="", parents=())
        for number in range(21)
    }
    taxonomy = Taxonomy(regions=regions, countries={}, topics={})
    pairs = [("region", slug) for slug in regions]
    with pytest.raises(QueryError, match="at most 20"):
        parse_query(pairs, taxonomy=taxonomy)
    assert len(parse_query(pairs[:20], taxonomy=taxonomy).regions) == 20


def test_each_name_may_have_as_many_values_as_any_other() -> None:
    regions = {
        f"r{number}": Region(slug=f"r{number}", name="", code="", parents=())
        for number in range(40)
    }
    taxonomy = Taxonomy(regions=regions, countries={}, topics={})
    pairs = [("region" if n < 20 else "not-region", f"r{n}") for n in range(40)]
    query = parse_query(pairs, taxonomy=taxonomy)
    assert (len(query.regions), len(query.not_regions)) == (20, 20)


def test_words_phrases_beginnings_and_exclusions_are_distinguished() -> None:
    assert parse_words('rail "strike in spring" min* -tram') == (
        Term(words="rail", wanted=True, prefix=False),
        Term(words="strike in spring", wanted=True, prefix=False),
        Term(words="min", wanted=True, prefix=True),
        Term(words="tram", wanted=False, prefix=False),
    )


@given(st.text(max_size=80))
def test_any_words_are_read_or_refused(words: str) -> None:
    with suppress(QueryError):
        query = parse_query([("q", words)], taxonomy=TAXONOMY)
        assert ask(query.encode()) == query
