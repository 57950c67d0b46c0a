"""The countries and regions of texts written for these tests, with the package's vocabulary."""

from __future__ import annotations

import pytest

from feedsvc.domain.classify import Classifier, Texts
from feedsvc.domain.model import Kind, Label, Where
from feedsvc.services.vocabulary import load_vocabulary

CLASSIFIER = Classifier(load_vocabulary())


def labels(kind: Kind, title: str, text: str = "", caption: str = "") -> list[Label]:
    found = CLASSIFIER.classify(Texts(title=title, text=text, caption=caption))
    return [label for label in found if label.kind is kind]


def countries(title: str, text: str = "", caption: str = "") -> set[str]:
    return {label.value for label in labels(Kind.COUNTRY, title, text, caption)}


def regions(title: str, text: str = "") -> list[str]:
    return [label.value for label in labels(Kind.REGION, title, text)]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Georgia’s ruling party loses vote", "Crowds cheered in Tbilisi.", {"ge"}),
        ("Georgia lawmakers pass budget", "The vote in Atlanta split Republicans.", {"us"}),
        ("Jordan opens border crossing", "", {"jo"}),
        ("Jordan Spieth leads by two strokes", "", set()),
        ("Michael Jordan buys a boat", "", set()),
        ("Georgia Fisher Paints the Village Hall", "", set()),
        ("A prize for India Vane", "", set()),
        ("Chad holds referendum", "", {"td"}),
        ("Guinea bans logging", "", {"gn"}),
        ("Guinea-Bissau and Equatorial Guinea sign pact", "", {"gw", "gq"}),
        ("Papua New Guinea quake", "", {"pg"}),
        ("Children adopt a guinea pig", "", set()),
        ("Niger and Nigeria reopen border", "", {"ne", "ng"}),
        ("Oil theft in the Niger Delta", "", {"ng"}),
        ("Rebels advance in eastern Congo", "", {"cd"}),
        ("Republic of the Congo votes", "", {"cg"}),
        ("The Koreas agree to talk", "", {"kp", "kr"}),
        ("New Mexico farmers pray for rain", "", {"us"}),
        ("New South Wales floods", "", {"au"}),
        ("Northern Ireland votes", "", {"gb"}),
        ("South Sudan counts votes", "", {"ss"}),
        ("Dominica and the Dominican Republic play draw", "", {"dm", "do"}),
        ("Central African Republic cuts fuel tax", "", {"cf"}),
    ],
)
def test_places_of_the_same_name_are_distinguished(
    title: str, text: str, expected: set[str]
) -> None:
    assert countries(title, text) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Turkey lowers its interest rate", {"tr"}),
        ("how to carve a turkey", set()),
        ("Ten Turkey Recipes for a Small Oven", set()),
        ("They told us to wait in line", set()),
        ("US and China resume talks", {"us", "cn"}),
        ("HOW ONE SONG CHANGED US ALL", set()),
        ("US TROOPS LEAVE THE BASE", {"us"}),
        ("IT IS TIME TO ACT IN EARNEST", set()),
        ("FLOODS IN KENYA DISPLACE THOUSANDS", {"ke"}),
        ("floods in kenya displace thousands", {"ke"}),
    ],
)
def test_case_decides_between_names_and_words(title: str, expected: set[str]) -> None:
    assert countries(title) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Kenya's harvest",
        "Kenya’s harvest",
        "Kenya-led mission",
        "Kenya–Uganda rail link",
        "(Kenya)",
    ],
)
def test_endings_hyphens_and_dashes_do_not_hide_a_name(title: str) -> None:
    assert "ke" in countries(title)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Franco-German council meets", {"fr", "de"}),
        ("Sino-Indian trade grows", {"cn", "in"}),
        ("Franco’s tomb opened", set()),
        ("Trinidad &amp; Tobago sail race", {"tt"}),
        ("Sao Tome elects mayor", {"st"}),
        ("Allemagne: les trains en retard", {"de"}),
        ("Новости: Москва", {"ru"}),
        ("中国 announces launch", {"cn"}),
    ],
)
def test_compounds_accents_and_other_languages_are_known(title: str, expected: set[str]) -> None:
    assert countries(title) == expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Athens, Georgia, opens museum", "", {"us"}),
        ("Athens tram line extended", "", {"gr"}),
        ("Paris, Texas, hosts chess cup", "", {"us"}),
        ("London, Ontario, plants trees", "London will plant more next year.", {"ca"}),
        ("GLASGOW, Ky. - A bridge closed in Glasgow.", "", {"us"}),
        ("Torrington police find lost parrot", "", {"us"}),
        ("In Batesville a choir sings on", "", {"us"}),
        ("Batesville", "", set()),
        ("Birmingham tram derails", "", {"gb"}),
        ("Birmingham mayor resigns", "Alabama voters will choose another.", {"us"}),
    ],
)
def test_the_words_next_to_a_town_say_where_it_is(
    title: str, text: str, expected: set[str]
) -> None:
    assert countries(title, text) == expected


def test_hints_lead_to_a_country_only_if_no_other_is_named() -> None:
    assert countries("Sheriff's deputies rescue goat from roof") == {"us"}
    assert countries("Ghana trains police", "A grand jury was mentioned once.") == {"gh"}
    assert countries("Neighbors share a tornado shelter") == set()


def test_a_weak_word_needs_another_cue() -> None:
    assert countries("Cologne sold out before holidays") == {"de"}
    assert countries("Brussels sets new rules for phones") == set()
    assert countries("Brussels trams on strike", "Belgian unions called it.") == {"be"}
    assert countries("Wagner staged in a barn") == set()
    assert countries("Wagner mercenaries leave", "Russia said nothing.") == {"ru"}


def test_a_caption_counts_only_if_nothing_else_does() -> None:
    assert countries("Workers gather", "They sang.", "A march in Lagos") == {"ng"}
    assert countries("Workers gather in Peru", "They sang.", "A march in Lagos") == {"pe"}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Carbide firm <UK> buys rival", {"us"}),
        ("Shipyard <ABCD.T> wins order", {"jp"}),
        ("Shipyard <ABCD.QQ> wins order", set()),
        ("Shipyard <b>wins</b> order", set()),
        ("Shipyard <ABC wins order", set()),
    ],
)
def test_a_ticker_symbol_names_the_country_of_its_exchange(title: str, expected: set[str]) -> None:
    assert countries(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Riigikogu debates the budget", {"ee"}),
        ("Duma Boko tours a mine", {"bw"}),
        ("Sejm sits through the night", {"pl"}),
        ("Mariehamn paints its ferries", {"ax"}),
        ("Tuvaluans learn to weld", {"tv"}),
        ("Rain floods Hadramout", {"ye"}),
        ("Talks over southern Lebanon resume", {"lb"}),
        ("Festival opens in the Canary islands", {"es"}),
        ("TURKEY BANK CHIEF LEAVES AS INFLATION BITES", {"tr"}),
        ("Farmland sinks in Niger state", {"ng"}),
    ],
)
def test_bodies_leaders_and_provinces_name_their_country(title: str, expected: set[str]) -> None:
    assert countries(title) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Siamese cat learns to swim",
        "Swedish meatballs for twelve",
        "Cuban heels and other shoes",
        "A Labrador puppy finds a bone",
        "Java developers meet for lunch",
        "Bengal cats need room",
        "Sofia Brandt sings again",
    ],
)
def test_animals_dishes_and_things_named_after_places_are_not_places(title: str) -> None:
    assert countries(title) == set()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Drought in southern Africa", ["southern-africa", "africa"]),
        ("Middle East ministers meet", ["middle-east"]),
        ("Western values debated", []),
        ("Latin America trade grows", ["latin-america-caribbean", "americas"]),
        ("Kazakhstan plants forest", ["central-asia", "asia"]),
        ("Egypt digs canal", ["northern-africa", "middle-east", "africa"]),
    ],
)
def test_regions_are_named_or_contain_a_country(title: str, expected: list[str]) -> None:
    assert regions(title) == expected


def test_the_title_weighs_more_and_the_best_comes_first() -> None:
    found = labels(Kind.COUNTRY, "Nepal opens a dam", "India and Nepal share its power.")
    assert [label.value for label in found] == ["np", "in"]
    assert found[0].score > found[1].score


def test_each_label_shows_its_words_and_their_place() -> None:
    title = "Rain in São Tomé"
    (label,) = labels(Kind.COUNTRY, title)
    (evidence,) = label.evidence
    assert evidence.phrase == "São Tomé"
    assert evidence.where is Where.TITLE
    assert title[evidence.start : evidence.end] == "São Tomé"
    assert evidence.weight == label.score


def test_only_the_first_words_of_a_long_text_are_evidence() -> None:
    (label,) = labels(Kind.COUNTRY, "", "Kenya sings. " * 500)
    assert len(label.evidence) == 12
    assert label.score > 200
