from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.domain.reading.builders import accepted, complaints, only, rejected, words

BODY = "Port Reopens After Storm\n\nShips are back at the quay.\n"
WORDS = [("", "Port Reopens After Storm", "Ships are back at the quay.")]


def test_front_matter_holds_for_all_entries() -> None:
    listing = accepted(
        "---\nregions: [Asia, south-america]\ncountries: Kenya\ntopics:\n  - labour\n  - weather\n"
        "date: 2026-03-01\nauthor: The Desk\nlanguage: pt-br\nsource: Gazette\nrolling: true\n---\n"
        f"{BODY}\nBread Gets Dearer\n\nWheat is short.\n"
    )
    assert [
        (
            d.stated.regions,
            d.stated.countries,
            d.stated.topics,
            d.date,
            d.stated.author,
            d.stated.language,
            d.stated.source,
        )
        for d in listing.drafts
    ] == [
        (
            ("asia", "south-america"),
            ("ke",),
            ("labour", "weather"),
            datetime(2026, 3, 1, 12, tzinfo=UTC),
            "The Desk",
            "pt-BR",
            "Gazette",
        )
    ] * 2
    assert listing.rolling is True
    assert listing.problems == ()


def test_field_lines_override_front_matter() -> None:
    seed = (
        "---\ntopics: labour\nauthor: Desk\n---\nPort Reopens\ntopics: weather\n\nShips are back.\n"
    )
    assert (only(seed).stated.topics, only(seed).stated.author) == (("weather",), "Desk")


def test_a_bad_field_line_leaves_front_matter_standing() -> None:
    seed = "---\ndate: 2026-03-01\n---\nPort Reopens\ndate: soon\n\nShips are back.\n"
    assert only(seed).date == datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_yaml_reads_no_words_into_norway() -> None:
    assert only(f"---\ncountries: [no]\n---\n{BODY}").stated.countries == ("no",)


@pytest.mark.parametrize(
    ("word", "rolling"),
    [("true", True), ("Yes", True), ("on", True), ("false", False), ("NO", False), ("off", False)],
)
def test_rolling_is_a_switch(*, word: str, rolling: bool) -> None:
    assert accepted(f"---\nrolling: {word}\n---\n{BODY}").rolling is rolling


def test_without_rolling_the_file_does_not_say() -> None:
    assert accepted(BODY).rolling is None


def test_lines_are_counted_from_the_head_of_the_file() -> None:
    seed = f"\n---\r\ntopics: labour\r\n-----\r\n{BODY}"
    assert only(seed).line == 5
    assert only(seed).stated.topics == ("labour",)


@pytest.mark.parametrize("front", ["---\n---\n", "---\n# a note\n---\n", "\ufeff---\n\n---\n"])
def test_empty_front_matter_states_nothing(front: str) -> None:
    assert words(front + BODY) == WORDS


def test_a_file_may_end_with_its_front_matter() -> None:
    assert rejected("---\nauthor: Desk\n---").problem.line == 4


def test_unknown_keys_are_problems() -> None:
    seed = f"---\ncolour: a\nlink: https://example.org/\n? [a, b]\n: c\n---\n{BODY}"
    advice = "Use regions, countries, topics, date, author, language, source, rolling or verbatim."
    assert complaints(seed) == [
        (2, f"unknown front-matter key `colour`, ignored. {advice}"),
        (3, f"unknown front-matter key `link`, ignored. {advice}"),
        (4, f"unknown front-matter key `a; b`, ignored. {advice}"),
    ]
    assert words(seed) == WORDS


def test_bad_values_are_problems_on_their_lines() -> None:
    seed = (
        f"---\ndate: 2026-02-30\nregions: {{a: b}}\nrolling: maybe\ntopics: [[labour]]\n---\n{BODY}"
    )
    assert [(line, message.split("`")[0]) for line, message in complaints(seed)] == [
        (2, "date "),
        (3, ""),
        (4, "rolling "),
        (5, ""),
    ]


def test_escapes_bring_back_nothing_forbidden() -> None:
    assert (
        only(f'---\nauthor: "De\\0sk\\uFFFE \\ud800of\\n1"\n---\n{BODY}').stated.author
        == "Desk of 1"
    )


@pytest.mark.parametrize(
    ("front", "line", "reason"),
    [
        ("regions: [asia\n", 2, "expected ',' or ']'"),
        ("date: 2026\n  bad: x: y\n", 3, "mapping values are not allowed"),
        ("a: &b [c]\nd: *b\n", 2, "an alias"),
        ("a: b\nd: *b\n", 3, "an alias"),
        ("a: " + "[" * 9000 + "\n", 2, "nested too deep"),
        ("- asia\n- africa\n", 2, "a list"),
        ("a: \x0bb\n", 2, "not YAML"),
        ('a: "\\U99999999"\n', 2, "not YAML"),
        ("a: b\n...\nc: d\n", 4, "expected '<document start>'"),
    ],
)
def test_front_matter_that_cannot_be_read_rejects_the_file(
    front: str, line: int, reason: str
) -> None:
    problem = rejected(f"---\n{front}---\n{BODY}").problem
    assert reason in problem.reason
    assert problem.advice.startswith("Write `name: value` lines")
    assert problem.line == line


def test_nothing_is_built_of_yaml_tags() -> None:
    seed = f"---\nauthor: !!python/object/apply:sys.exit [1]\nsource: !!int x\n---\n{BODY}"
    assert (only(seed).stated.author, only(seed).stated.source) == ("1", "x")


def test_front_matter_without_an_end_rejects_the_file() -> None:
    problem = rejected(f"---\nauthor: Desk\n\n{BODY}").problem
    assert (problem.line, problem.reason) == (
        1,
        "the front matter has no end",
    )


def test_front_matter_is_bounded() -> None:
    for front in ("a: b\n" * 500, "a: " + "b" * 40_000 + "\n"):
        assert "has no end" in rejected(f"---\n{front}---\n{BODY}").problem.reason


def test_rules_at_the_head_are_no_front_matter() -> None:
    assert words(f"---\n\n{BODY}") == WORDS
    assert words(f"---\n\n{BODY}\n---\n\nBread Gets Dearer\n")[0] == WORDS[0]
    assert words(f"{BODY}\n---\nauthor: Desk\n---\n") == WORDS
