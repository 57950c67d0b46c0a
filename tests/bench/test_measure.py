"""Rows of measurements, and what they are made of."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC
from pathlib import Path

import pytest

from bench.ingest import insert_again
from bench.measure import Row, interleaved, ratio, show, write_corpus
from feedsvc.domain.reading import Listing, ReadingRules, read_file
from feedsvc.services.vocabulary import load_vocabulary

RULES = ReadingRules(taxonomy=load_vocabulary().taxonomy, zone=UTC)


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (Row(what="a", figure=1.2, at_most=1.3), "yes"),
        (Row(what="a", figure=1.4, at_most=1.3), "NO"),
        (Row(what="a", figure=0.9, at_least=0.9), "yes"),
        (Row(what="a", figure=0.8, at_least=0.9), "NO"),
        (Row(what="a", figure=0.8), ""),
        (Row(what="a", figure=None, at_least=0.9, note="no nginx here"), ""),
    ],
)
def test_a_row_says_whether_its_bar_is_met(row: Row, verdict: str) -> None:
    assert row.verdict == verdict


def test_what_was_not_measured_says_so_with_the_reason() -> None:
    cells = Row(what="through nginx", figure=None, at_least=0.9, note="no nginx here").cells()
    assert cells[0] == "through nginx (no nginx here)"
    assert cells[2] == "not measured"


@pytest.mark.parametrize(
    ("figure", "unit", "shown"),
    [(1.234, "×", "1.23×"), (25.66, "×", "25.7×"), (20324.4, "/s", "20,324 /s")],
)
def test_figures_have_as_many_digits_as_mean_something(
    figure: float, unit: str, shown: str
) -> None:
    assert show(figure, unit) == shown


def test_measurements_are_taken_in_turn_and_compared_round_by_round() -> None:
    taken: list[str] = []

    def take(name: str, figure: float) -> float:
        taken.append(name)
        return figure

    ours, theirs = interleaved(3, lambda: take("a", 4.0), lambda: take("b", 2.0))
    assert taken == ["a", "b"] * 3
    assert ratio(ours, theirs) == 2.0


def test_the_corpus_is_read_as_it_was_meant(tmp_path: Path) -> None:
    size = write_corpus(tmp_path, 30, per_file=12)
    read = [read_file(path.name, path.read_bytes(), rules=RULES) for path in tmp_path.iterdir()]
    listings = [one for one in read if isinstance(one, Listing)]
    assert len(listings) == len(read) == 3
    stated = [draft.stated for one in listings for draft in one.drafts]
    assert len(stated) == 30
    assert sum(len((one.title or "").encode()) + len(one.text.encode()) for one in stated) == size


def test_rows_are_inserted_again_as_they_are(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")) as database:
        database.execute("CREATE TABLE entries (arrival INTEGER PRIMARY KEY, title TEXT)")
        database.execute("CREATE INDEX by_title ON entries (title)")
        database.executemany("INSERT INTO entries VALUES (?, ?)", [(1, "a"), (2, "b")])
        database.commit()
    assert insert_again(tmp_path / "a.db", tmp_path / "b.db") > 0
    with closing(sqlite3.connect(tmp_path / "b.db")) as database:
        assert database.execute("SELECT * FROM entries").fetchall() == [(1, "a"), (2, "b")]
