from __future__ import annotations

import pytest

from feedsvc.domain.scan import must_brake


@pytest.mark.parametrize(
    ("known", "missing"),
    [(1, 1), (2, 2), (9, 9), (10, 6), (10, 10), (11, 6), (1000, 501)],
)
def test_too_many_missing_seeds_are_held_back(known: int, missing: int) -> None:
    assert must_brake(known=known, missing=missing)


@pytest.mark.parametrize(
    ("known", "missing"),
    [(0, 0), (1, 0), (2, 1), (9, 8), (10, 5), (11, 5), (1000, 500)],
)
def test_a_few_missing_seeds_are_removed(known: int, missing: int) -> None:
    assert not must_brake(known=known, missing=missing)


def test_seeds_held_back_stay_so_when_others_are_added() -> None:
    assert must_brake(known=4, missing=3, held=3)
    assert must_brake(known=40, missing=1, held=1)


def test_seeds_that_have_returned_are_not_held_back() -> None:
    assert not must_brake(known=3, missing=0)
