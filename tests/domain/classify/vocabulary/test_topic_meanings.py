"""What phrases mean for topics."""

from __future__ import annotations

from feedsvc.domain.classify.tokens import tokenise
from feedsvc.domain.classify.vocabulary.topic_meanings import Meanings, TopicSense


def sense(topic: str, weight: int, *, gives: int = 0, cases: str = "") -> TopicSense:
    return TopicSense(topic, weight, (), 0, gives, cases)


def test_senses_are_grouped_by_topic_with_the_weightiest_first() -> None:
    weak, strong, other = sense("sport", 1), sense("sport", 3), sense("labour", 2)
    meaning = Meanings({"strike": (weak, other, strong)})["strike"]
    assert meaning.senses == (other, strong, weak)


def test_a_phrase_passes_on_the_cues_of_its_words() -> None:
    meanings = Meanings({"fire": (sense("", 0, gives=4),), "fire crews": (sense("disaster", 2),)})
    assert meanings["fire crews"].gives == 4


def test_a_denied_phrase_borrows_the_senses_of_its_words_in_other_topics() -> None:
    health, crime = sense("health", 3), sense("crime", 3)
    denied = sense("crime", 0)
    meanings = Meanings({"vaccine": (health,), "trial": (crime,), "vaccine trial": (denied,)})
    assert meanings["vaccine trial"].weighed == (health,)


def test_capitals_decide_which_senses_are_left() -> None:
    any_case, capital = sense("food", 1), sense("sport", 3, cases="A")
    meaning = Meanings({"turkey": (any_case, capital)})["turkey"]
    assert meaning.by_case
    assert meaning.written(tokenise("a turkey"), 1, 2).senses == (any_case,)
    assert meaning.written(tokenise("a Turkey"), 1, 2).senses == (any_case, capital)
