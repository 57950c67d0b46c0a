from __future__ import annotations

import pytest

from tests.domain.reading.builders import complaints, words

ITEMS = ("Ferry Links Island Towns", "Night Trains Return", "Museum Opens Its Attic")


def _bulleted(seed: str) -> list[int]:
    return [line for line, reason in complaints(seed) if reason.startswith("a bulleted list")]


@pytest.mark.parametrize("bullet", ["-", "*", "+", "•", "–"])
def test_a_bulleted_list_is_a_problem_at_its_first_line(bullet: str) -> None:
    items = "\n".join(f"{bullet} {item}" for item in ITEMS)
    assert _bulleted(f"Harbour\n\n{items}\n") == [3]
    assert _bulleted(f"Harbour\n{items}\n\n{items}\n") == [2, 6]


def test_a_numbered_list_is_one() -> None:
    assert _bulleted("1. Ferry Links Island Towns\n2. Night Trains Return\n") == [1]
    assert _bulleted("1) Ferry Links Island Towns\n2) Night Trains Return\n") == [1]


def test_no_word_of_it_is_lost() -> None:
    told = words("Harbour\n\n- Ferry Links Island Towns\n- Night Trains Return\n")
    assert "- Night Trains Return" in " ".join(text for entry in told for text in entry)


@pytest.mark.parametrize(
    "seed",
    [
        "- Ferry Links Island Towns\n\n- Night Trains Return\n",
        "Harbour\n- Ferry Links Island Towns\n\nIt runs.\n",
        "-5 Degrees in the North\n-7 in the East\n",
        "2026 Begins Well\n2027 Will Not\n",
        "Ferry Links Island Towns -\n- and Trains Return\n",
        "–\n—\nFerry Links Island Towns\n",
    ],
)
def test_what_is_no_list_is_none(seed: str) -> None:
    assert _bulleted(seed) == []
