"""What the taxonomy answers."""

from __future__ import annotations

import pytest

from feedsvc.domain.model import Kind
from feedsvc.services.vocabulary import load_vocabulary

TAXONOMY = load_vocabulary().taxonomy


def test_there_are_seventeen_topics_under_their_iptc_codes() -> None:
    codes = {topic.code for topic in TAXONOMY.topics.values()}
    assert codes == {f"medtop:{number:02}000000" for number in range(1, 18)}
    assert all(topic.definition for topic in TAXONOMY.topics.values())


def test_there_are_all_countries_of_iso_3166_and_kosovo() -> None:
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
def test_a_country_lies_in_all_its_regions(code: str, regions: tuple[str, ...]) -> None:
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
        (Kind.REGION, "latin_america", "latin-america-caribbean"),
        (Kind.REGION, "atlantis", None),
        (Kind.COUNTRY, "Kazakstan", "kz"),
        (Kind.COUNTRY, "kx", None),
        (Kind.COUNTRY, "united", None),
        (Kind.TOPIC, "labor", "labour"),
        (Kind.TOPIC, "Science", "science-tech"),
        (Kind.TOPIC, "gardening", None),
        (Kind.TOPIC, "", None),
        (Kind.TOPIC, "--", None),
    ],
)
def test_what_is_mistyped_has_a_nearest_slug(kind: Kind, words: str, slug: str | None) -> None:
    assert TAXONOMY.nearest(kind, words) == slug


def test_names_are_looked_up_by_slug() -> None:
    assert TAXONOMY.name(Kind.REGION, "middle-east") == "Middle East"
    assert TAXONOMY.has(Kind.COUNTRY, "ke")
    assert not TAXONOMY.has(Kind.COUNTRY, "zz")
    with pytest.raises(KeyError):
        TAXONOMY.name(Kind.TOPIC, "gardening")
