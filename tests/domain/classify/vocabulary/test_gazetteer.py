"""How the files about places become one table."""

from __future__ import annotations

import pytest

from feedsvc.domain.classify.lexicon import Lexicon
from feedsvc.domain.classify.matching.entry_text import read_entry_text
from feedsvc.domain.classify.matching.places import find_places
from feedsvc.domain.classify.vocabulary.file import VocabularyError, VocabularyFile
from feedsvc.domain.classify.vocabulary.gazetteer import Gazetteer, read_gazetteer
from feedsvc.domain.classify.vocabulary.place_terms import Grade
from feedsvc.domain.classify.vocabulary.taxonomy import read_taxonomy
from feedsvc.domain.model import Where

REGIONS = """
[lands]
name = "Lands"
countries = '''
KE Kenya
UG Uganda
'''
terms = '''
Lake Lands
'''
"""


def gazetteer(**texts: str) -> Gazetteer:
    """A gazetteer of files; `countries__x` stands for countries/x.toml."""
    files = [VocabularyFile(name="regions.toml", text=REGIONS)]
    for name, text in texts.items():
        suffix = "tsv" if name.startswith("generated") else "toml"
        path = name.rstrip("_").replace("__", "/")
        files.append(VocabularyFile(name=f"{path}.{suffix}", text=text))
    return read_gazetteer(files, read_taxonomy(files))


def targets(made: Gazetteer, key: str) -> list[str]:
    return [sense.target for sense in made.phrases.get(key) or ()]


def test_a_section_gives_its_terms_a_grade() -> None:
    made = gazetteer(countries__a="[KE]\nnames='Kenya'\ntowns='Lamu'\nhints='matatu'")
    grades = [made.phrases.get(key) for key in ("kenya", "lamu", "matatu")]
    assert [senses[0].grade for senses in grades if senses] == [
        Grade.FIRM,
        Grade.TOWN,
        Grade.HINT,
    ]


def test_the_terms_of_a_region_name_it() -> None:
    assert targets(gazetteer(), "lake lands") == ["lands"]


def test_several_countries_share_a_name_in_the_order_of_the_files() -> None:
    made = gazetteer(countries__a="[KE]\ncities='Busia'", countries__b="[UG]\ncities='Busia'")
    assert targets(made, "busia") == ["ke", "ug"]


def test_a_later_file_replaces_a_phrase_of_the_same_country() -> None:
    made = gazetteer(countries__a="[KE]\nnames='Masai'", countries__b="[KE]\nnames='Masai | weak'")
    senses = made.phrases.get("masai")
    assert senses
    assert [sense.weak for sense in senses] == [True]


def test_two_spellings_in_one_file_are_both_allowed() -> None:
    made = gazetteer(countries__a="[KE]\nplaces='''\nRift Valley\nRift valley\n'''")
    senses = made.phrases.get("rift valley")
    assert senses
    assert senses[0].capitals == "Aa"


def test_a_group_means_all_of_its_countries() -> None:
    made = gazetteer(groups="[both]\ncountries='KE UG'\nterms='Lake Victoria'")
    senses = made.phrases.get("lake victoria")
    assert senses
    assert [(sense.target, sense.together) for sense in senses] == [("ke", True), ("ug", True)]


def test_a_blocked_phrase_means_nothing() -> None:
    made = gazetteer(countries__a="[KE]\nnames='Kenya'", blocks="[names]\nterms='Kenya'")
    senses = made.phrases.get("kenya")
    assert senses
    assert senses[0].grade is Grade.NOTHING


def test_terms_written_by_hand_replace_generated_ones() -> None:
    made = gazetteer(
        countries__a="[KE]\ncities='Lamu'",
        generated__c="# made\nlamu\tug\tcity\nmoyale\tke ug\ttown",
    )
    assert targets(made, "lamu") == ["ke"]
    assert targets(made, "moyale") == ["ke", "ug"]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("countries__a", "[XX]\nnames='X'", r"countries/a\.toml: XX: not a country"),
        ("countries__a", "[KE]\nname='Kenya'", r"countries/a\.toml: KE: unknown section 'name'"),
        ("countries__a", "[KE]\nnames='Kenya | often'", r"KE: 'Kenya \| often'"),
        ("groups", "[g]\ncountries='KE YY'\nterms='g'", r"groups\.toml: YY: not a country"),
        (
            "groups",
            "[g]\nnames='g'",
            r"groups\.toml: g: unknown field 'names'; use one of cou",
        ),
        ("groups", "[g]\ncountries='KE'", r"groups\.toml: g: the field 'terms' is missing"),
        ("blocks", "[g]\nterm='g'", r"blocks\.toml: g: unknown field 'term'"),
        ("context", "[surnames]\nnames='ann'", r"context\.toml: surnames: unknown field 'names'"),
        ("context", "[names]\nterms='ann'", r"context\.toml: names: unknown table; use one of"),
        (
            "generated__c",
            "lamu ke city",
            r"generated/c\.tsv: lamu ke city: not name, codes and size",
        ),
    ],
)
def test_the_error_says_what_is_wrong(name: str, text: str, reason: str) -> None:
    with pytest.raises(VocabularyError, match=reason):
        gazetteer(**{name: text})


def test_context_words_are_collected() -> None:
    made = gazetteer(context="[given-names]\nterms='José Ann'\n[civic-after]\nterms='police'")
    assert made.given_names == {"jose", "ann"}
    assert made.civic_after == {"police"}


def found(made: Gazetteer, title: str) -> set[str]:
    entry = read_entry_text([(Where.TITLE, title)])
    names, _ = Lexicon(made.phrases, {}).find(entry.tokens)
    return {place.target for place in find_places(made, entry, names)}


def test_names_inside_a_phrase_without_capitals_are_found() -> None:
    made = gazetteer(
        countries__a="[KE]\nnames='Kenya'\n[UG]\nplaces='Greater Kenya'",
        blocks="[mine]\nterms='Kenya coffee'",
    )
    assert found(made, "In Greater Kenya") == {"ug"}
    assert found(made, "In greater Kenya") == {"ke"}
    assert found(made, "A Kenya coffee") == set()


def test_a_weak_sense_does_not_weaken_the_others() -> None:
    made = gazetteer(
        countries__a="[KE]\ncities='Busia'\nplaces='Elgon | weak'",
        countries__b="[UG]\ncities='Busia | weak'",
    )
    assert found(made, "From Busia to Elgon") == {"ke"}


def test_a_known_person_counts_after_any_given_name_but_a_town_does_not() -> None:
    made = gazetteer(
        countries__a="[KE]\npeople='Wanjiru'\ncities='Lamu'",
        context="[given-names]\nterms='Jane'",
    )
    assert found(made, "Jane Wanjiru sings") == {"ke"}
    assert found(made, "Jane Lamu sings") == set()
