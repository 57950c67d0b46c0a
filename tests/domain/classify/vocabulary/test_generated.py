"""How generated names of places are read."""

from __future__ import annotations

import pytest

from feedsvc.domain.classify.vocabulary.file import VocabularyError, VocabularyFile
from feedsvc.domain.classify.vocabulary.generated import read_generated
from feedsvc.domain.classify.vocabulary.place_terms import Grade, PlaceSense
from feedsvc.domain.taxonomy import Country, Taxonomy

COUNTRIES = {slug: Country(slug=slug, name=slug, regions=()) for slug in ("ke", "ug")}
TAXONOMY = Taxonomy(regions={}, countries=COUNTRIES, topics={})


def read(text: str) -> dict[str, tuple[PlaceSense, ...]]:
    return read_generated([VocabularyFile(name="generated/cities.tsv", text=text)], TAXONOMY)


def test_only_the_first_country_of_a_name_needs_no_cue() -> None:
    (first, second) = read("# made by a tool\nmoyale\tke ug\ttown")["moyale"]
    assert (first.target, first.weak, first.grade) == ("ke", False, Grade.TOWN)
    assert (second.target, second.weak) == ("ug", True)


def test_names_with_the_same_countries_and_size_share_their_senses() -> None:
    names = read("lamu\tke\tcity\nkisumu\tke\tcity")
    assert names["lamu"] is names["kisumu"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("lamu ke city", "not name, codes and size with tabs between"),
        ("lamu\tke\thuge", "unknown size 'huge'; use name, city, town"),
        ("lamu\tyy\tcity", "yy: not a country in regions.toml"),
    ],
)
def test_a_malformed_line_is_an_error(line: str, reason: str) -> None:
    with pytest.raises(VocabularyError) as raised:
        read(line)
    assert str(raised.value).endswith(reason)
