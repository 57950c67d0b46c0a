"""The topics of texts written for these tests, with the package's vocabulary."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsvc.domain.classify import Classifier
from feedsvc.domain.classify.classifier import Texts
from feedsvc.domain.classify.matching.topics import MOST
from feedsvc.domain.classify.vocabulary.file import VocabularyFile
from feedsvc.domain.classify.vocabulary.topic_terms import read_topic_terms
from feedsvc.domain.model import Kind, Label, Where
from feedsvc.services.vocabulary import load_vocabulary

CLASSIFIER = Classifier(load_vocabulary())


def labels_of(title: str, text: str = "", caption: str = "") -> list[Label]:
    labels = CLASSIFIER.classify(Texts(title=title, text=text, caption=caption))
    return [label for label in labels if label.kind is Kind.TOPIC]


def topics_of(title: str, text: str = "", caption: str = "") -> list[str]:
    return [label.value for label in labels_of(title, text, caption)]


@pytest.mark.parametrize(
    ("topic", "title", "text"),
    [
        ("arts", "Debut novel wins literary prize", "The author wrote it on night trains."),
        ("conflict", "Shelling resumes as truce breaks", "Troops fired on rebel positions."),
        ("crime", "Two jailed for bank robbery", "A judge sentenced the pair on Friday."),
        ("disaster", "Ferry sinks off the coast", "Rescuers pulled survivors from the water."),
        ("economy", "Central bank cuts interest rates", "Inflation has slowed since spring."),
        ("education", "University raises tuition fees", "Students will pay a tenth more."),
        ("environment", "Deforestation slows in river basin", "Habitats recover, the study says."),
        ("health", "Measles outbreak closes nursery", "Doctors urge parents to vaccinate."),
        ("human-interest", "Puppy found alive after a week", "The family was reunited with it."),
        ("labour", "Bus drivers vote to strike", "The union wants higher wages."),
        ("lifestyle", "Five soup recipes for autumn", "Each needs one pot and little time."),
        ("politics", "Parliament rejects budget bill", "The prime minister faces a vote."),
        ("religion", "Bishop opens restored cathedral", "Worshippers filled every pew."),
        ("science-tech", "Telescope finds new exoplanet", "Astronomers measured its orbit."),
        ("society", "Refugees wait for housing", "Charities warn of growing racism."),
        ("sport", "Late goal sends hosts into semi-final", "The coach praised the squad."),
        ("weather", "Heatwave to last all week", "Forecasters expect record temperatures."),
    ],
)
def test_every_topic_is_found_in_a_plain_story_of_its_kind(
    topic: str, title: str, text: str
) -> None:
    assert topics_of(title, text)[0] == topic


@pytest.mark.parametrize(
    ("title", "present", "absent"),
    [
        ("Nurses begin indefinite strike over pay", {"labour"}, {"conflict"}),
        ("Air strikes hit depot near the capital", {"conflict"}, {"labour"}),
        ("Carmaker strikes deal with lender", {"economy"}, {"labour", "conflict"}),
        ("Supermarkets start a price war", {"economy"}, {"conflict"}),
        ("A fashion disaster on the red carpet", set(), {"disaster"}),
        ("Election brings a political earthquake", {"politics"}, {"disaster"}),
        ("Minister faces storm of protest", set(), {"weather"}),
        ("Picnic on the river bank", set(), {"economy"}),
        ("Striker scores twice as hosts win cup match", {"sport"}, {"labour", "conflict"}),
        ("The killer whale and the ocean", {"environment"}, {"crime"}),
        ("Vaccine trial begins", {"health"}, {"crime"}),
        ("Children’s birthday party gets out of hand", set(), {"politics"}),
        ("Rescue package for airline agreed", {"economy"}, {"disaster"}),
        ("Think tank publishes report", set(), {"conflict"}),
    ],
)
def test_an_ambiguous_word_counts_only_in_the_right_company(
    title: str, present: set[str], absent: set[str]
) -> None:
    found = set(topics_of(title))
    assert present <= found
    assert not absent & found


def test_no_topic_is_guessed() -> None:
    assert topics_of("A quiet afternoon", "Nothing much was said.") == []


def test_what_is_stated_replaces_what_is_found() -> None:
    item = Texts(title="Bus drivers vote to strike", text="", topics=("sport",))
    labels = [label for label in CLASSIFIER.classify(item) if label.kind is Kind.TOPIC]
    assert [label.value for label in labels] == ["sport"]
    assert labels[0].evidence[0].where is Where.STATED


def test_the_title_weighs_more_than_the_teaser() -> None:
    labels = labels_of("Parliament votes", "The parliament sat late.")
    weights = {evidence.where: evidence.weight for evidence in labels[0].evidence}
    assert weights[Where.TITLE] > weights[Where.TEXT]


def test_a_title_in_capitals_is_read_like_any_other() -> None:
    assert topics_of("EARTHQUAKE SHAKES ISLAND, HUNDREDS TRAPPED")[0] == "disaster"


WORDS = """
strike union court police goal match NATO nurses' hospital – fire “storm” bank’s of the price war
U.S. Bundesliga STRIKE Ärzte film 3-1 $5 40% best-selling 中国 vaccine trial how to
"""
texts = st.text(max_size=80) | st.lists(st.sampled_from(WORDS.split()), max_size=25).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(title=texts, text=texts, caption=texts)
def test_any_text_gets_at_most_three_topics_with_evidence_at_the_right_place(
    title: str, text: str, caption: str
) -> None:
    labels = labels_of(title, text, caption)
    assert len(labels) <= MOST
    assert labels == labels_of(title, text, caption)
    assert [label.score for label in labels] == sorted(
        (label.score for label in labels), reverse=True
    )
    source = {Where.TITLE: title, Where.TEXT: text, Where.CAPTION: caption}
    for label in labels:
        assert label.evidence
        assert label.score == pytest.approx(sum(evidence.weight for evidence in label.evidence))
        for evidence in label.evidence:
            assert source[evidence.where][evidence.start : evidence.end] == evidence.phrase


def test_an_operator_adds_a_topic_and_removes_a_word(tmp_path: Path) -> None:
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics.toml").write_text(
        "[gardening]\nname = 'Gardening'\ncode = ''\ndefinition = 'Beds, borders and lawns.'\n"
    )
    (tmp_path / "topics/gardening.toml").write_text("[tools]\nstrong = 'trowel & soil-word'\n")
    (tmp_path / "topics/gardening.more.toml").write_text("[cues]\nsoil-word = 'compost heap'\n")
    (tmp_path / "topics/labour.toml").write_text("[mine]\nnone = 'picket line'\n")
    classifier = Classifier(load_vocabulary(tmp_path))

    def found(title: str) -> list[str]:
        labels = classifier.classify(Texts(title=title, text=""))
        return [label.value for label in labels if label.kind is Kind.TOPIC]

    assert found("A trowel for the compost heap")[0] == "gardening"
    assert topics_of("They stood on the picket line") == ["labour"]
    assert found("They stood on the picket line") == []


def test_the_example_in_the_docs_can_be_read() -> None:
    docs = Path(__file__).parents[4] / "docs" / "labelling-topics.md"
    example = docs.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    assert read_topic_terms(VocabularyFile(name="topics/labour.toml", text=example))
