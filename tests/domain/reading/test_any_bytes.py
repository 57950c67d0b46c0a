"""What holds for any file whatever."""

from __future__ import annotations

import re
from datetime import UTC
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from feedsvc.domain.reading import Listing, ReadingRules, Rejection, read_file
from feedsvc.domain.reading.lengths import MAX_TEASER_CHARS
from feedsvc.domain.reading.listing.gather import MAX_BLOCKS
from tests.domain.reading.builders import TAXONOMY, accepted, parse, rejected, words

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PIECES = [
    "Title", "A teaser stands here.", "lower case", "\n", "\n\n", "\r\n", "\r", "---\n", "--- ",
    "regions: asia\n", "link: https://example.org/\n", "date: 2026-01-01\n", "topics: [a, b\n",
    "[…]", "…",
    "\u2028", "\u2029", "\x0b", "\ufeff", "\ufffe", "\x00", "\x01", "\u202e", "&a ",
    "*a ", "[" * 50, "{", "? ", ": ", "'", '"', "- ", "\t", "é", "e\u0301", "。", "漢字",
    "\U0001f600",
]  # fmt: skip
SEEDS = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40).map("".join)
TITLES = st.lists(st.sampled_from("Port Bread Snow Market Bridge Storm".split()), min_size=5,
                  max_size=7).map(" ".join)  # fmt: skip
TEASERS = st.lists(
    st.sampled_from("the ships came back at dawn and all was well".split()), min_size=4, max_size=40
).map(lambda chosen: f"They said {' '.join(chosen)}.")


def _check(outcome: Listing | Rejection) -> None:
    if isinstance(outcome, Rejection):
        assert outcome.problem.line >= 1
        assert outcome.problem.reason
        return
    drafts = outcome.drafts
    assert [draft.ordinal for draft in drafts] == list(range(1, len(drafts) + 1))
    assert all(above.line <= below.line for above, below in pairwise(drafts))
    assert all(draft.stated.title or draft.stated.text for draft in drafts)
    assert all(problem.line >= 1 for problem in outcome.problems)
    for draft in drafts:
        shown = (
            draft.stated.title,
            draft.stated.text,
            draft.stated.caption,
            draft.stated.author,
            draft.stated.source,
            draft.stated.link,
        )
        assert not FORBIDDEN.search("".join(shown))
        assert all(text == text.strip() for text in shown)
        paragraphs = draft.stated.text.split("\n\n")
        assert all("\n" not in text for text in (*paragraphs, *shown) if text != draft.stated.text)


@given(st.binary(max_size=400))
@example(bytes(range(256)))
@example(bytes(range(1, 256)))
def test_any_bytes_give_a_listing_or_a_rejection(data: bytes) -> None:
    _check(parse(data))


@given(SEEDS, st.sampled_from(["utf-8", "utf-16", "utf-32", "cp1252", "shift_jis"]))
def test_any_pieces_of_listings_give_a_listing_or_a_rejection(seed: str, codec: str) -> None:
    errors = "surrogatepass" if codec.startswith("utf") else "ignore"
    data = seed.encode(codec, errors)
    _check(parse(data))
    assert parse(data) == parse(data)


@given(st.lists(st.tuples(TITLES, TEASERS), min_size=1, max_size=12))
def test_a_plain_listing_gives_its_entries_back(entries: list[tuple[str, str]]) -> None:
    seed = "\n\n".join(f"{title}\n\n{teaser}" for title, teaser in entries)
    assert words(seed) == [("", title, teaser) for title, teaser in entries]


@given(st.lists(st.tuples(TITLES | st.just(""), TEASERS | st.just("")), min_size=1, max_size=12))
def test_stray_titles_and_teasers_shift_nothing(entries: list[tuple[str, str]]) -> None:
    blocks = [block for entry in entries for block in entry if block]
    read = words("\n\n".join(blocks)) if blocks else []
    # Which story a stray teaser goes with may be open, but nothing is lost, moved or mistaken.
    assert [title for _, title, _ in read if title] == [title for title, _ in entries if title]
    told = [block for _, title, text in read for block in (title, *text.split("\n\n")) if block]
    assert told == blocks


@given(SEEDS)
def test_more_blank_lines_and_other_line_ends_change_nothing(seed: str) -> None:
    plain = re.sub("[\r\n\u2028\u2029\x0b\x0c\x85]+", "\n\n", seed.replace("---", "")).strip("\n")
    outcome = parse(plain)
    if isinstance(outcome, Rejection):
        return
    said = words(plain)
    assert words(plain.replace("\n\n", "\n\n\n\n")) == said
    assert words(plain.replace("\n", "\r\n")) == said


def test_a_million_blank_lines_and_a_line_of_a_megabyte_are_borne() -> None:
    seed = "Title Of One\n" + "\n" * 1_000_000 + "word " * 200_000 + "\n"
    (draft,) = accepted(seed).drafts
    assert len(draft.stated.text) <= MAX_TEASER_CHARS


def test_a_hundred_thousand_entries_are_borne() -> None:
    seed = "Port Reopens\n\nThe ships are back.\n\n" * 100_000
    assert len(accepted(seed).drafts) == 100_000


def test_more_blocks_than_memory_should_hold_are_refused() -> None:
    problem = rejected("a\n\n" * (MAX_BLOCKS + 1)).problem
    assert problem.reason == f"too long: more than {MAX_BLOCKS:,} blocks"
    assert problem.line == 2 * MAX_BLOCKS + 1


def test_parsing_looks_at_nothing_but_its_arguments() -> None:
    seed = "Port Reopens\ndate: 2026-01-01 08:00\n\nThe ships are back.\n"
    data = bytes(seed, "utf-8")
    first = read_file("a.txt", data, rules=ReadingRules(taxonomy=TAXONOMY, zone=UTC))
    assert first == read_file("a.txt", data, rules=ReadingRules(taxonomy=TAXONOMY, zone=UTC))
