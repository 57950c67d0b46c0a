"""A section's heading labels the entries below it that have no label of that kind."""

from __future__ import annotations

import pytest

from feedsvc.domain.classify import Classifier
from feedsvc.domain.model import Kind, Stated
from feedsvc.services.vocabulary import load_vocabulary

CLASSIFIER = Classifier(load_vocabulary())


def labels(kind: Kind, **stated: object) -> list[str]:
    found = CLASSIFIER.classify(Stated(**stated))  # type: ignore[arg-type]
    return [label.value for label in found if label.kind is kind]


@pytest.mark.parametrize(
    ("section", "topic"),
    [
        ("Sport", "sport"),
        ("SPORTS", "sport"),
        ("Wirtschaft", "economy"),
        ("Économie", "economy"),
        ("Deportes", "sport"),
        ("Science & Tech", "science-tech"),
        ("Politik", "politics"),
        ("Medio ambiente", "environment"),
        ("Climate crisis", "environment"),
    ],
)
def test_the_name_of_a_section_is_a_topic(section: str, topic: str) -> None:
    assert labels(Kind.TOPIC, title="The long wait is over", section=section) == [topic]


def test_a_section_may_name_two_topics() -> None:
    assert labels(Kind.TOPIC, title="The long wait is over", section="Kultur und Sport") == [
        "arts",
        "sport",
    ]


@pytest.mark.parametrize(
    ("section", "countries", "regions"),
    [
        ("ASIA", [], ["asia"]),
        ("Kenya", ["ke"], ["eastern-africa", "africa"]),
        ("UK", ["gb"], ["northern-europe", "europe"]),
        ("Asia & Pacific", [], ["asia"]),
    ],
)
def test_the_name_of_a_section_is_a_place(
    section: str, countries: list[str], regions: list[str]
) -> None:
    assert labels(Kind.COUNTRY, title="The long wait is over", section=section) == countries
    found = labels(Kind.REGION, title="The long wait is over", section=section)
    assert set(regions) <= set(found)


@pytest.mark.parametrize("section", ["In brief", "It", "Top stories", "World", "Latest", "In"])
def test_other_headings_label_nothing(section: str) -> None:
    assert not CLASSIFIER.classify(Stated(title="The long wait is over", section=section))


def test_the_words_of_an_entry_outrank_its_section() -> None:
    words = {"title": "Football in Peru", "text": "The league begins on Sunday in Lima."}
    assert labels(Kind.TOPIC, **words, section="Business") == ["sport"]
    assert labels(Kind.COUNTRY, **words, section="Kenya") == ["pe"]


def test_what_an_editor_states_outranks_the_section() -> None:
    assert labels(Kind.TOPIC, title="The long wait is over", topics=(), section="Sport") == []
    found = labels(Kind.COUNTRY, title="The long wait is over", regions=("asia",), section="Kenya")
    assert found == []
