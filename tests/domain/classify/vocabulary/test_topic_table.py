from __future__ import annotations

import pytest

from feedsvc.domain.classify.lexicon import Lexicon
from feedsvc.domain.classify.matching.entry_text import read_entry_text
from feedsvc.domain.classify.matching.topics import find_topics
from feedsvc.domain.classify.vocabulary.file import VocabularyError, VocabularyFile
from feedsvc.domain.classify.vocabulary.topic_table import TopicTable, read_topic_table
from feedsvc.domain.model import Where
from feedsvc.domain.taxonomy import Taxonomy, Topic

SLUGS = ("labour", "conflict", "sport")
TAXONOMY = Taxonomy(
    regions={},
    countries={},
    topics={slug: Topic(slug=slug, name=slug, code="", definition="") for slug in SLUGS},
)


def table(*files: tuple[str, str], laid_over: tuple[tuple[str, str], ...] = ()) -> TopicTable:
    sources = [VocabularyFile(name=name, text=text) for name, text in files]
    sources += [VocabularyFile(name=name, text=text, overlay=True) for name, text in laid_over]
    return read_topic_table(sources, TAXONOMY)


def scores(known: TopicTable, title: str, text: str = "", caption: str = "") -> dict[str, float]:
    texts = ((Where.TITLE, title), (Where.TEXT, text), (Where.CAPTION, caption))
    entry = read_entry_text(texts)
    _, terms = Lexicon({}, known.meanings).find(entry.tokens)
    labels = find_topics(known, entry, terms)
    return {label.value: label.score for label in labels}


LABOUR = "[a]\nstrong = 'strike & union'\n[cues]\nunion = 'dockers'"
CONFLICT = "[a]\nstrong = 'strike ! union'\nnone = 'lucky strike'"


def test_a_term_counts_only_with_the_cue_that_it_needs() -> None:
    known = table(("topics/labour.toml", LABOUR), ("topics/conflict.toml", CONFLICT))
    assert scores(known, "dockers on strike") == {"labour": 6.0}
    assert scores(known, "another strike") == {"conflict": 6.0}


def test_a_phrase_is_not_its_own_cue() -> None:
    known = table(("topics/labour.toml", "[a]\nstrong = 'pay & pay'\n[cues]\npay = 'pay | wages'"))
    assert scores(known, "pay and pay again") == {}
    assert scores(known, "pay and wages") == {"labour": 6.0}


def test_a_topic_is_a_cue_if_one_of_its_fair_terms_occurs() -> None:
    known = table(
        ("topics/sport.toml", "[a]\nfair = 'striker'\nfaint = 'club'\nstrong = 'goal & sport'")
    )
    assert scores(known, "striker’s goal") == {"sport": 10.0}
    assert scores(known, "the goal of a club") == {"sport": 2.0}


def test_a_denied_phrase_keeps_the_meaning_of_its_words_for_other_topics() -> None:
    known = table(
        ("topics/labour.toml", "[a]\nstrong = 'strike'\nnone = 'air strike'"),
        ("topics/conflict.toml", "[a]\nstrong = 'Air strike force | strike'"),
    )
    assert scores(known, "the air strike") == {"conflict": 6.0}
    assert scores(known, "the strike") == {"conflict": 6.0, "labour": 6.0}


def test_a_phrase_denied_to_all_topics_means_nothing() -> None:
    known = table(
        ("topics/_blocks.toml", "[a]\nnone = 'lucky strike'"),
        ("topics/conflict.toml", "[a]\nstrong = 'strike'"),
    )
    assert scores(known, "a lucky strike") == {}


@pytest.mark.parametrize(
    ("term", "title", "found"),
    [
        ("Giants", "Giants win again", True),
        ("Giants", "Gentle giants win again", False),
        ("Giants", "GENTLE GIANTS WIN AGAIN", True),
        ("ACL", "A torn acl for the keeper", False),
        ("ACL", "A torn Acl for the keeper", False),
        ("Fifa", "FIFA meets", True),
        ("Real Madrid", "real Madrid life", False),
        ("Red Sox", "red sox", True),
    ],
)
def test_a_term_with_capitals_needs_them_in_the_text(term: str, title: str, found: bool) -> None:  # noqa: FBT001
    known = table(("topics/sport.toml", f"[a]\nstrong = '{term}'"))
    assert bool(scores(known, title)) is found


def test_a_term_may_exclude_headlines_in_title_case() -> None:
    known = table(("topics/sport.toml", "[a]\nstrong = 'Heat ! headline'"))
    assert scores(known, "The Heat won by a point") == {"sport": 6.0}
    assert scores(known, "Summer Heat Grips Southern Coast") == {}


def test_a_term_counts_one_and_a_half_times_at_most() -> None:
    known = table(("topics/labour.toml", "[a]\nstrong = 'picket'"))
    assert scores(known, "picket, picket, picket") == {"labour": 9.0}


def test_the_weightier_of_two_senses_in_a_topic_counts() -> None:
    known = table(("topics/labour.toml", "[a]\nfaint = 'picket'\nstrong = 'picket'"))
    assert scores(known, "picket") == {"labour": 6.0}


@pytest.mark.parametrize("name", ["topics/labour.toml", "topics/labour.mine.toml"])
def test_an_operators_file_replaces_what_a_topic_says_about_a_phrase(name: str) -> None:
    base = (
        "topics/labour.ports.toml",
        "[a]\nstrong = 'picket= | strike='\n[cues]\nunion = 'picket'",
    )
    known = table(base, laid_over=((name, "[a]\nnone = 'picket='\nfaint = 'strike='"),))
    assert scores(known, "picket") == {}
    assert scores(known, "strike") == {"labour": 2.0}


def test_an_operators_files_do_not_replace_one_another() -> None:
    own = (
        ("topics/labour.a.toml", "[a]\nstrong = 'strike & union'"),
        ("topics/labour.b.toml", "[a]\nfaint = 'strike'\n[cues]\nunion = 'dockers'"),
    )
    known = table(laid_over=own)
    assert scores(known, "strike") == {"labour": 2.0}
    assert scores(known, "dockers strike") == {"labour": 6.0}


def test_an_operators_cues_are_added() -> None:
    name = "topics/labour.toml"
    known = table((name, LABOUR), laid_over=((name, "[cues]\nunion = 'porters'"),))
    assert scores(known, "porters strike") == {"labour": 6.0}
    assert scores(known, "dockers strike") == {"labour": 6.0}


def test_other_folders_are_not_read() -> None:
    assert len(table(("countries/labour.toml", "[a"), ("topics/notes.tsv", "a")).meanings) == 0


def test_a_file_for_an_unknown_topic_is_an_error() -> None:
    with pytest.raises(VocabularyError, match=r"topics/gardening.toml: there is no topic"):
        table(("topics/gardening.toml", "[a]\nfair = 'spade'"))


def test_an_unknown_cue_is_an_error_that_names_the_term() -> None:
    with pytest.raises(VocabularyError, match=r"labour.toml: a.fair: 'spade': there is no cue"):
        table(("topics/labour.toml", "[a]\nfair = 'spade & soil'"))


def test_a_phrase_passes_on_the_cues_of_its_words() -> None:
    words = "[a]\nfair = 'spray'\nstrong = 'hose & fire'\n[cues]\nfire = 'flames'"
    known = table(
        ("topics/labour.toml", words + "\n[b]\nstrong = 'flames spread'"),
        ("topics/_blocks.toml", "[a]\nnone = 'old flames'"),
    )
    assert scores(known, "a hose as flames spread")["labour"] == 12.0
    assert scores(known, "a hose for old flames") == {}


def test_of_two_topics_with_equal_scores_the_one_mentioned_first_wins() -> None:
    known = table(
        ("topics/labour.toml", "[a]\nstrong = 'picket'"),
        ("topics/sport.toml", "[a]\nstrong = 'striker'"),
    )
    assert list(scores(known, "striker at a picket")) == ["sport", "labour"]
    assert list(scores(known, "picket of a striker")) == ["labour", "sport"]


def test_a_term_may_need_a_headline() -> None:
    known = table(("topics/sport.toml", "[a]\nstrong = 'Heat & headline'"))
    assert scores(known, "Heat Edge Bulls After Thriller") == {"sport": 6.0}
    assert scores(known, "The Heat won by a point") == {}


def test_shapes_are_found_in_every_text_but_those_of_titles_only_in_titles() -> None:
    known = table(("topics/labour.toml", "[a]\nstrong = 'pay & money | rest & question'"))
    assert scores(known, "pay", text="more of it") == {}
    assert scores(known, "pay", text="by $5m more") == {"labour": 6.0}
    assert scores(known, "pay", caption="A cheque of $5m") == {"labour": 6.0}
    assert scores(known, "Any rest?") == {"labour": 6.0}
    assert scores(known, "", text="Any rest?") == {}
