from __future__ import annotations

import pytest

from feedsvc.domain.classify.vocabulary.file import VocabularyError, VocabularyFile
from feedsvc.domain.classify.vocabulary.topic_terms import Strength, TopicTerm, read_topic_terms


def read(text: str, name: str = "topics/labour.toml") -> tuple[TopicTerm, ...]:
    return read_topic_terms(VocabularyFile(name=name, text=text))


def test_a_list_gives_its_terms_topic_and_strength() -> None:
    walkout, picket = read("[strikes]\nstrong = '''\nwalkout= | picket=\n'''")
    assert walkout.phrases == ("walkout",)
    assert picket.phrases == ("picket",)
    assert picket.group.topic == "labour"
    assert picket.group.strength is Strength.STRONG
    assert picket.group.entry == "strikes.strong"


def test_lines_and_bars_separate_terms_and_comments_are_ignored() -> None:
    terms = read("[strikes]\nfair = '''\n# who strikes\nmine= | dock=\n\nport=\n'''")
    assert [term.phrases[0] for term in terms] == ["mine", "dock", "port"]


def test_a_term_names_the_cues_that_it_needs_and_excludes() -> None:
    (term,) = read("[strikes]\nstrong = '''\nstrike & union, pay & talks ! fighter\n'''")
    assert term.needs == (("union", "pay"), ("talks",))
    assert term.excludes == ("fighter",)


def test_an_ampersand_within_a_word_is_not_a_condition() -> None:
    (term,) = read("[firms]\nfair = '''\nAT&T\n'''")
    assert term.phrases == ("AT&T",)
    assert term.needs == ()


def test_a_set_of_cues_has_no_topic() -> None:
    (term,) = read("[cues]\nunion = '''\ndockers\n'''")
    assert (term.group.cue, term.group.topic, term.group.strength) == ("union", "", Strength.NONE)


def test_a_set_of_cues_may_have_a_weight() -> None:
    (term,) = read("[cues-faint]\nunion = '''\ndockers\n'''")
    assert (term.group.cue, term.group.topic) == ("union", "labour")
    assert term.group.strength is Strength.FAINT


@pytest.mark.parametrize(
    ("name", "topic"),
    [
        ("topics/labour.toml", "labour"),
        ("topics/labour.local.toml", "labour"),
        ("topics/labour/unions.toml", "labour"),
        ("topics/science-tech/a.b.toml", "science-tech"),
        ("topics/labour/_shared.toml", "labour"),
    ],
)
def test_a_file_or_its_folder_is_named_for_the_topic(name: str, topic: str) -> None:
    (term,) = read("[more]\nfair = '''\nflying pickets\n'''", name)
    assert term.group.topic == topic


def test_a_file_without_a_topic_has_cues_and_blocks() -> None:
    block, cue = read(
        "[blocks]\nnone = '''\nlaw of the jungle=\n'''\n[cues]\nsky = '''\ncloud=\n'''",
        "topics/_more.toml",
    )
    assert (block.group.topic, block.group.strength) == ("", Strength.NONE)
    assert cue.group.cue == "sky"


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("[strikes", "topics/labour.toml", "not TOML"),
        ("strikes = 'a'", "strikes", "not a table"),
        ("[strikes]\nfair = 3", "strikes.fair", "not text"),
        ("[strikes]\nfairly = 'a'", "strikes.fairly", "decisive, strong, fair, faint, none"),
        ("[strikes]\nfair = '(a|b'", "strikes.fair", "parentheses do not match"),
        ("[strikes]\nfair = 'a |  | b'", "strikes.fair", "missing between two bars"),
        (
            "[strikes]\nfair = 'a & '",
            "strikes.fair",
            "'a &': a condition is not a list",
        ),
        ("[strikes]\nfair = 'a ! B'", "strikes.fair", "a condition is not a list of cue names"),
        ("[cues]\nunion = 'a & b'", "cues.union", "a cue cannot have conditions"),
        ("[cues]\nUnion = 'a'", "cues.Union", "lower-case letters"),
        ("[cues-odd]\nunion = 'a'", "cues-odd.union", "unknown list; use one of"),
    ],
)
def test_an_error_names_file_entry_and_reason(text: str, place: str, reason: str) -> None:
    with pytest.raises(VocabularyError) as caught:
        read(text)
    message = str(caught.value)
    assert message.startswith("topics/labour.toml: ")
    assert place in message
    assert reason in message


def test_a_file_without_a_topic_cannot_have_weights() -> None:
    with pytest.raises(VocabularyError, match="can only have cues and `none`"):
        read("[more]\nfair = 'a'", "topics/_more.toml")
