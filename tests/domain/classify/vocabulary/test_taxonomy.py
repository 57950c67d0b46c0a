"""How regions, countries and topics are read from their files."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from feedsvc.domain.classify.vocabulary.file import VocabularyError, VocabularyFile
from feedsvc.domain.classify.vocabulary.taxonomy import read_taxonomy

REGIONS = """
[asia]
name = "Asia"
code = "142"
[central-asia]
name = "Central Asia"
code = "143"
parents = ["asia"]
countries = '''
KZ Kazakhstan
'''
"""
TOPICS = """
[sport]
name = "Sport"
code = "medtop:15000000"
definition = "Games."
"""


def regions(text: str) -> VocabularyFile:
    return VocabularyFile(name="regions.toml", text=text)


def topics(text: str) -> VocabularyFile:
    return VocabularyFile(name="topics.toml", text=text)


def test_a_country_is_in_its_region_and_in_all_parents() -> None:
    taxonomy = read_taxonomy([regions(REGIONS)])
    assert taxonomy.countries["kz"].regions == ("central-asia", "asia")
    assert taxonomy.regions["central-asia"].code == "143"


def test_an_operator_adds_a_group_of_countries() -> None:
    mine = "[steppe]\nname = 'Steppe'\ncountries = 'KZ'"
    taxonomy = read_taxonomy([regions(REGIONS), regions(mine)])
    assert taxonomy.countries["kz"].regions == ("central-asia", "steppe", "asia")
    assert taxonomy.countries["kz"].name == "Kazakhstan"


def test_an_operator_renames_a_region_and_the_rest_stays() -> None:
    sources = [regions(REGIONS), topics(TOPICS), regions("[asia]\nname = 'ASIA'")]
    taxonomy = read_taxonomy([*sources, topics("[sport]\nname = 'Sports'\n[chess]")])
    assert (taxonomy.regions["asia"].name, taxonomy.regions["asia"].code) == ("ASIA", "142")
    assert taxonomy.topics["sport"].name == "Sports"
    assert taxonomy.topics["sport"].code == "medtop:15000000"
    assert taxonomy.topics["chess"].name == "chess"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[asia]\ncolour = 'red'", "asia: unknown field 'colour'"),
        ("[asia]\nparents = 'world'", "asia: parents is not a list"),
        ("[asia]\nparents = ['world']", "asia: parents: there is no region 'world'"),
        ("[asia]\ncountries = 'Kazakhstan'", "does not start with a code"),
        ("[asia]\ncountries = 'KZ'", "is a new country and needs a name"),
        ("[asia]\ncountries = 'ÉÉ Elsewhere'", "does not start with a code"),
    ],
)
def test_the_error_says_what_is_wrong(text: str, reason: str) -> None:
    with pytest.raises(VocabularyError, match=reason):
        read_taxonomy([regions(text)])


@pytest.mark.parametrize(
    "slug",
    ['br"ics', "BRICS", "br ics", "br_ics", "br--ics", "-brics", "brics-", "brics\n", "é", ""],
)
@pytest.mark.parametrize("read", [regions, topics])
def test_a_name_that_cannot_be_used_in_a_url_is_not_a_slug(
    read: Callable[[str], VocabularyFile], slug: str
) -> None:
    source = read(f"[{json.dumps(slug)}]")
    with pytest.raises(VocabularyError) as raised:
        read_taxonomy([source])
    assert str(raised.value).startswith(f"{source.name}: {slug!r}: not a slug; use lower-case")


@pytest.mark.parametrize("slug", ["brics", "g20", "5-eyes"])
def test_a_slug_is_letters_and_digits_with_single_hyphens(slug: str) -> None:
    taxonomy = read_taxonomy([regions(f"[{slug}]"), topics(f"[{slug}]")])
    assert (list(taxonomy.regions), list(taxonomy.topics)) == ([slug], [slug])


def test_a_parent_may_come_later_in_the_file() -> None:
    text = "[east]\nparents = ['all']\ncountries = 'KZ Kazakhstan'\n[all]\n"
    assert read_taxonomy([regions(text)]).countries["kz"].regions == ("east", "all")
