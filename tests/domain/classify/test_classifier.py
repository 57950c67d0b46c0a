"""What the classifier guarantees for any text, and how stated values replace inferred ones."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from feedsvc.domain.classify import Classifier, Texts
from feedsvc.domain.classify.jsonl import listed_regions
from feedsvc.domain.model import Kind, Stated, Where
from feedsvc.services.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
CLASSIFIER = Classifier(VOCABULARY)
WORDS = st.sampled_from(
    [
        "Georgia",
        "Athens",
        ",",
        ", ",
        "US",
        "us",
        "’s",
        "-",
        "In",
        "police",
        "Jordan",
        "Michael",
        "PARIS",
        "TEXAS",
        "turkey",
        "Turkey",
        "Korea",
        "North",
        "the",
        ".",
        "strike",
        "中国",
        "São",
    ]
)
TEXTS = st.text() | st.lists(WORDS, max_size=12).map(" ".join)


def values(texts: Texts | Stated, kind: Kind) -> list[str]:
    return [label.value for label in CLASSIFIER.classify(texts) if label.kind is kind]


@settings(deadline=None)
@given(title=TEXTS, text=TEXTS, caption=TEXTS)
def test_any_text_gets_labels_with_evidence_at_the_right_place(
    title: str, text: str, caption: str
) -> None:
    texts = Texts(title=title, text=text, caption=caption)
    labels = CLASSIFIER.classify(texts)
    by_place = {Where.TITLE: title, Where.TEXT: text, Where.CAPTION: caption}
    for label in labels:
        assert VOCABULARY.taxonomy.has(label.kind, label.value)
        assert label.evidence
        for evidence in label.evidence:
            words = by_place[evidence.where][evidence.start : evidence.end]
            assert words == evidence.phrase != ""
    assert CLASSIFIER.classify(texts) == labels


@settings(deadline=None)
@given(title=TEXTS, text=TEXTS)
def test_labels_are_unique_and_the_best_of_each_kind_comes_first(title: str, text: str) -> None:
    labels = CLASSIFIER.classify(Texts(title=title, text=text))
    kinds = [label.kind for label in labels]
    assert kinds == sorted(kinds, key=[Kind.REGION, Kind.COUNTRY, Kind.TOPIC].index)
    for kind in Kind:
        scores = [label.score for label in labels if label.kind is kind]
        names = [label.value for label in labels if label.kind is kind]
        assert scores == sorted(scores, reverse=True)
        assert len(names) == len(set(names))


def test_stated_countries_replace_inferred_ones_and_bring_their_regions() -> None:
    texts = Texts(title="Kenya votes", text="", countries=("FR",))
    assert values(texts, Kind.COUNTRY) == ["fr"]
    assert values(texts, Kind.REGION) == ["western-europe", "europe"]
    label = CLASSIFIER.classify(texts)[0]
    assert [(item.where, item.phrase) for item in label.evidence] == [(Where.STATED, "fr")]


def test_stated_regions_add_no_others() -> None:
    texts = Texts(title="Kenya votes", text="", regions=("caribbean",))
    assert values(texts, Kind.REGION) == ["caribbean"]
    assert values(texts, Kind.COUNTRY) == ["ke"]


def test_an_empty_statement_means_none() -> None:
    texts = Texts(title="Kenyan voters strike", text="", regions=(), countries=(), topics=())
    assert CLASSIFIER.classify(texts) == ()


def test_stated_topics_replace_inferred_ones() -> None:
    texts = Texts(title="Striker scores twice", text="", topics=("labour", "labour"))
    assert values(texts, Kind.TOPIC) == ["labour"]


def test_an_unknown_stated_slug_is_ignored() -> None:
    assert values(Texts(title="", text="", topics=("gardens", "sport")), Kind.TOPIC) == ["sport"]


def test_a_draft_gets_the_same_labels_as_its_texts() -> None:
    assert CLASSIFIER.classify(Stated(title="Kenya votes")) == CLASSIFIER.classify(
        Texts(title="Kenya votes", text="")
    )


def listed(title: str) -> tuple[str, ...]:
    labels = CLASSIFIER.classify(Texts(title=title, text=""))
    return listed_regions(labels, VOCABULARY.taxonomy)


def test_a_region_between_two_others_is_listed_only_if_named() -> None:
    assert listed("Brazil plants trees") == ("south-america", "americas")
    assert listed("Central America plants trees") == ("central-america", "americas")
    assert "latin-america-caribbean" in listed("Latin America follows Brazil")
    assert listed("Latin America plants trees") == ("latin-america-caribbean", "americas")
    assert listed("Kenya plants trees") == ("eastern-africa", "africa")


def test_hindi_words_that_differ_in_a_vowel_sign_are_not_places() -> None:
    assert values(Texts(title="भारत में चुनाव", text="मतदान मई में होगा।"), Kind.COUNTRY) == ["in"]
    for title in ("सूर्यास्त के बाद मेला खुला", "राम और श्याम मिले", "सब्जी का नया दाम"):
        assert values(Texts(title=title, text=""), Kind.COUNTRY) == []


def test_hindi_names_of_countries_are_known() -> None:
    for title, country in (("सीरिया में शांति", "sy"), ("चीन में बाढ़", "cn"), ("केन्या में सूखा", "ke")):
        assert values(Texts(title=title, text=""), Kind.COUNTRY) == [country]
