"""A vocabulary as plain values."""

from __future__ import annotations

from feedsvc.domain.classify import Classifier, Texts
from feedsvc.domain.classify.vocabulary.state import state_of, vocabulary_from
from feedsvc.services.vocabulary import load_vocabulary

TEXTS = (
    Texts(title="Kenya: Dockers on strike", text="In New York and Paris, unions met in Georgia."),
    Texts(title="Sino-Indian talks", text="The vaccine trial went on. Washington, D.C. agreed."),
    Texts(title="Unrest in NAIROBI", text="Shares (LSE: ABC) fell in Salem, Ore., and Cordoba."),
)


def test_a_vocabulary_built_from_its_values_says_the_same() -> None:
    read = load_vocabulary()
    built = vocabulary_from(state_of(read))
    assert built.taxonomy == read.taxonomy
    assert built.fingerprint == read.fingerprint
    assert built.gazetteer == read.gazetteer
    assert built.topics.meanings.phrases == read.topics.meanings.phrases
    assert built.topics.bits == read.topics.bits


def test_a_vocabulary_built_from_its_values_gives_the_same_labels() -> None:
    read = load_vocabulary()
    built = vocabulary_from(state_of(read))
    for texts in TEXTS:
        assert Classifier(built).classify(texts) == Classifier(read).classify(texts) != ()


def test_a_vocabulary_in_use_has_the_same_values_as_a_new_one() -> None:
    vocabulary = load_vocabulary()
    before = state_of(vocabulary)
    Classifier(vocabulary).classify(TEXTS[0])
    assert state_of(vocabulary) == before
