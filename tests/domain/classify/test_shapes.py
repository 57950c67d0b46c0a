from __future__ import annotations

import pytest

from feedsvc.domain.classify.shapes import SHAPES, shapes_in


@pytest.mark.parametrize(
    ("shape", "title"),
    [
        ("money", "Grant of $5m"),
        ("money", "Loan of 300 million pounds"),
        ("money", "Loan of 300 million\u00a0pounds"),
        ("money", "A levy of N80bn"),
        ("money", "Fined Sh12,000"),
        ("money", "A bridge for Rs 5 lakh crore"),
        ("percent", "Turnout up 12 per cent"),
        ("percent", "Rates at 4%"),
        ("degrees", "Town bakes at 44C"),
        ("degrees", "It was 12 degrees"),
        ("ticker", "Maker of bricks (NYSE: BRX) grows"),
        ("ticker", "Maker of bricks (BRX.N: quote)"),
        ("score", "Hosts win 89-81"),
        ("score", "Set lost 6–4"),
        ("list", "12 Ways to Fold a Map"),
        ("how-to", "How to fold_accents a map"),
        ("how-to", "What You Need for a Picnic"),
        ("how-to", "Here’s How to fold_accents a map"),
        ("question", "Where did the maps go?"),
    ],
)
def test_a_shape_is_found_in_a_title(shape: str, title: str) -> None:
    assert shape in shapes_in(title, title)
    assert shape in SHAPES


@pytest.mark.parametrize(
    ("shape", "title"),
    [
        ("score", "The season of 2004-05"),
        ("score", "A prize of $3-4"),
        ("money", "A lamb of 5 pounds"),
        ("money", "STORM 12 KILLS FOUR"),
        ("money", "JaSh 5"),
        ("money", "Route N80 closed"),
        ("list", "5 million homes lose power"),
        ("how-to", "Howling wind"),
        ("question", "Maps, at last"),
    ],
)
def test_a_text_that_only_resembles_a_shape_does_not_match(shape: str, title: str) -> None:
    assert shape not in shapes_in(title, title)


def test_the_shapes_of_titles_are_not_found_in_teasers() -> None:
    assert shapes_in("", "How to fold_accents a map for $5") == ["money"]


@pytest.mark.parametrize("run", ["1", "1,", "1-", "N1", "1 ", "1.1 ", "(1", "C", "$"])
def test_long_runs_of_signs_are_searched_in_linear_time(run: str) -> None:
    shapes_in(run * 50_000, run * 200_000 + " dollars")
