from __future__ import annotations

import pytest

from tests.domain.reading.builders import words

ITEMS = ["Ferry Links Island Towns", "Night Trains Return", "Museum Opens Its Attic"]


def _titles(seed: str) -> list[str]:
    return [title for _, title, _ in words(seed)]


@pytest.mark.parametrize("bullet", ["-", "*", "+", "•", "–", "→", "►", "🔹"])
def test_bullets_are_no_part_of_headlines(bullet: str) -> None:
    lines = [f"{bullet} {item}" for item in ITEMS]
    assert _titles("\n".join(lines)) == ITEMS
    assert _titles("\n\n".join(lines)) == ITEMS


@pytest.mark.parametrize("number", ["{}.", "{})", "({})", "[{}]", "#{}", "{}:", "0{}"])
def test_numbers_are_no_part_of_headlines(number: str) -> None:
    lines = [f"{number.format(n)} {item}" for n, item in enumerate(ITEMS, 1)]
    assert _titles("\n".join(lines)) == ITEMS
    assert _titles("\n\n".join(lines)) == ITEMS


@pytest.mark.parametrize("letter", ["{})", "{}.", "({})"])
def test_letters_are_no_part_of_headlines(letter: str) -> None:
    lines = [f"{letter.format(a)} {item}" for a, item in zip("abc", ITEMS, strict=True)]
    assert _titles("\n\n".join(lines)) == ITEMS


def test_a_bulleted_headline_may_have_its_teaser_below() -> None:
    seed = "".join(f"- {item}\n\n  It was a long way to get there.\n\n" for item in ITEMS)
    assert words(seed) == [("", item, "It was a long way to get there.") for item in ITEMS]


@pytest.mark.parametrize(
    "title",
    [
        "-5 Degrees in the North",
        "1. FC Köln Wins at Last",
        "J. Example Leaves the Board",
        "2026 Begins Well for Bakers",
        "12 Boats Are Missing",
        "3. Liga Begins on Friday",
    ],
)
def test_what_is_part_of_a_headline_stays(title: str) -> None:
    assert _titles(f"{title}\n\nIt was a long way to get there.\n") == [title]
