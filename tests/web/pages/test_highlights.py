from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.model import Evidence, Kind, Where
from feedsvc.web.pages.highlights import TextRun, highlight_evidence
from tests.web.pages.entries import a_label, an_entry, words_at

TEXT = "Dockers in Genoa strike again."


def plain(text: str) -> TextRun:
    return TextRun(text=text, place=False, topic=False)


def test_a_text_without_evidence_is_one_plain_run() -> None:
    assert highlight_evidence(an_entry(text=TEXT), Where.TEXT) == (plain(TEXT),)


def test_words_are_highlighted_by_kind_of_label() -> None:
    labels = (
        a_label(Kind.TOPIC, "labour", words_at(TEXT, "strike")),
        a_label(Kind.COUNTRY, "it", words_at(TEXT, "Genoa")),
    )
    assert highlight_evidence(an_entry(text=TEXT, labels=labels), Where.TEXT) == (
        plain("Dockers in "),
        TextRun(text="Genoa", place=True, topic=False),
        plain(" "),
        TextRun(text="strike", place=False, topic=True),
        plain(" again."),
    )


def test_overlapping_words_are_highlighted_as_both() -> None:
    labels = (
        a_label(Kind.TOPIC, "labour", words_at(TEXT, "Dockers in Genoa")),
        a_label(Kind.REGION, "europe", words_at(TEXT, "Genoa")),
    )
    passages = highlight_evidence(an_entry(text=TEXT, labels=labels), Where.TEXT)
    assert passages[1] == TextRun(text="Genoa", place=True, topic=True)


def test_words_against_a_label_are_not_highlighted() -> None:
    against = a_label(Kind.TOPIC, "sport", words_at(TEXT, "strike", weight=-1.0))
    assert highlight_evidence(an_entry(text=TEXT, labels=(against,)), Where.TEXT) == (plain(TEXT),)


def test_evidence_in_the_headline_highlights_only_the_headline() -> None:
    title = "Genoa"
    label = a_label(Kind.COUNTRY, "it", words_at(title, "Genoa", where=Where.TITLE))
    entry = an_entry(title=title, text=TEXT, labels=(label,))
    assert highlight_evidence(entry, Where.TEXT) == (plain(TEXT),)
    assert highlight_evidence(entry, Where.TITLE) == (
        TextRun(text="Genoa", place=True, topic=False),
    )


def test_labels_set_by_an_editor_highlight_nothing() -> None:
    assert highlight_evidence(an_entry(), Where.STATED) == ()


def test_an_absent_caption_has_no_runs() -> None:
    assert highlight_evidence(an_entry(caption=""), Where.CAPTION) == ()


@given(
    text=st.text(max_size=40),
    edges=st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=5),
)
def test_runs_always_join_to_the_text(text: str, edges: list[tuple[int, int]]) -> None:
    evidence = [
        Evidence(phrase="", where=Where.TEXT, start=start, end=end, weight=1.0)
        for start, end in edges
    ]
    label = a_label(Kind.TOPIC, "labour", *evidence)
    passages = highlight_evidence(an_entry(text=text, labels=(label,)), Where.TEXT)
    assert "".join(passage.text for passage in passages) == text
