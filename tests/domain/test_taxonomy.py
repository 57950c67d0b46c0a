"""What the taxonomy answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feedsvc.domain.model import Kind
from feedsvc.services.vocabulary import load_vocabulary

TAXONOMY = load_vocabulary().taxonomy


def test_there_are_seventeen_topics_with_their_iptc_codes() -> None:
    codes = {topic.code for topic in TAXONOMY.topics.values()}
    assert codes == {f"medtop:{number:02}000000" for number in range(1, 18)}
    assert all(topic.definition for topic in TAXONOMY.topics.values())


def test_all_countries_of_iso_3166_and_kosovo_are_there() -> None:
    assert len(TAXONOMY.countries) == 250
    assert TAXONOMY.countries["xk"].name == "Kosovo"
    assert all(country.regions for country in TAXONOMY.countries.values())


@pytest.mark.parametrize(
    ("code", "regions"),
    [
        ("kz", ("central-asia", "asia")),
        ("br", ("south-america", "latin-america-caribbean", "americas")),
        ("ir", ("southern-asia", "middle-east", "asia")),
        ("cy", ("western-asia", "middle-east", "asia")),
        ("us", ("northern-america", "americas")),
    ],
)
def test_a_country_is_in_all_its_regions(code: str, regions: tuple[str, ...]) -> None:
    assert TAXONOMY.countries[code].regions == regions


@pytest.mark.parametrize(
    ("kind", "words", "slug"),
    [
        (Kind.REGION, "Central  Asia", "central-asia"),
        (Kind.REGION, "143", "central-asia"),
        (Kind.REGION, "south_eastern_asia", "south-eastern-asia"),
        (Kind.COUNTRY, "KZ", "kz"),
        (Kind.COUNTRY, "kazakhstan", "kz"),
        (Kind.TOPIC, "medtop:09000000", "labour"),
        (Kind.TOPIC, "gardening", None),
        (Kind.REGION, "", None),
        (Kind.COUNTRY, " _ ", None),
    ],
)
def test_slugs_codes_and_names_are_understood(kind: Kind, words: str, slug: str | None) -> None:
    assert TAXONOMY.resolve(kind, words) == slug


@pytest.mark.parametrize(
    ("kind", "words", "slug"),
    [
        (Kind.REGION, "asai", "asia"),
        (Kind.REGION, "East Asia", "eastern-asia"),
        (Kind.REGION, "southeast asia", "south-eastern-asia"),
        (Kind.REGION, "latin_america", "latin-america-caribbean"),
        (Kind.COUNTRY, "Kazakstan", "kz"),
        (Kind.COUNTRY, "Libia", "ly"),
        (Kind.COUNTRY, "the Gambia", "gm"),
        (Kind.COUNTRY, "St. Lucia", "lc"),
        (Kind.COUNTRY, "Sao Tome", "st"),
        (Kind.COUNTRY, "Bosnia", "ba"),
        (Kind.COUNTRY, "Trinidad & Tobago", "tt"),
        (Kind.TOPIC, "labor", "labour"),
        (Kind.TOPIC, "Science", "science-tech"),
    ],
)
def test_a_mistyped_or_shortened_name_has_a_nearest_slug(kind: Kind, words: str, slug: str) -> None:
    assert TAXONOMY.nearest(kind, words) == slug


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("UK", "gb"),
        ("U.S.A.", "us"),
        ("England", "gb"),
        ("Scotland", "gb"),
        ("Wales", "gb"),
        ("Northern Ireland", "gb"),
        ("Holland", "nl"),
        ("Korea", "kr"),
        ("Burma", "mm"),
        ("Côte d'Ivoire", "ci"),
        ("Czech Republic", "cz"),
        ("Macedonia", "mk"),
        ("Micronesia", "fm"),
        ("Türkiye", "tr"),
    ],
)
def test_an_alias_means_its_country(words: str, slug: str) -> None:
    assert TAXONOMY.nearest(Kind.COUNTRY, words) == slug


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.REGION, "atlantis"),
        (Kind.REGION, "Middle-earth"),
        (Kind.REGION, "South Africa"),
        (Kind.COUNTRY, "kx"),
        (Kind.COUNTRY, "united"),
        (Kind.COUNTRY, "American"),
        (Kind.COUNTRY, "Western"),
        (Kind.COUNTRY, "Virgin Islands"),
        (Kind.COUNTRY, "Island"),
        (Kind.COUNTRY, "Slavonia"),
        (Kind.COUNTRY, "Syberia"),
        (Kind.COUNTRY, "Tasmania"),
        (Kind.COUNTRY, "Burgundy"),
        (Kind.COUNTRY, "Styria"),
        (Kind.COUNTRY, "Chiba"),
        (Kind.COUNTRY, "Nice"),
        (Kind.TOPIC, "crimea"),
        (Kind.TOPIC, "gardening"),
        (Kind.TOPIC, ""),
        (Kind.TOPIC, "--"),
    ],
)
def test_a_name_that_may_mean_something_else_has_no_nearest_slug(kind: Kind, words: str) -> None:
    assert TAXONOMY.nearest(kind, words) is None


def test_an_alias_of_a_country_that_is_not_there_means_nothing() -> None:
    few = replace(TAXONOMY, countries={"kz": TAXONOMY.countries["kz"]})
    assert few.nearest(Kind.COUNTRY, "England") is None


def test_names_are_looked_up_by_slug() -> None:
    assert TAXONOMY.name(Kind.REGION, "middle-east") == "Middle East"
    assert TAXONOMY.has(Kind.COUNTRY, "ke")
    assert not TAXONOMY.has(Kind.COUNTRY, "zz")
    with pytest.raises(KeyError):
        TAXONOMY.name(Kind.TOPIC, "gardening")
