"""Which previous sighting each draft continues; reconcile's own tests have the many cases."""

from __future__ import annotations

from feedsvc.domain.continuation import continue_sightings, match_same
from feedsvc.domain.identity import keys_of
from feedsvc.domain.model import Draft
from tests.builders import drafts, known

BRIDGE = ("Bridge opens", "The mayor cut a ribbon and the first trams rolled over the river again")
FERRY = ("Ferry stops", "After a hundred years the last boat was tied up on Sunday evening")


def entries(before: tuple[Draft, ...], now: tuple[Draft, ...]) -> dict[int, int]:
    keys = {index: keys_of(draft) for index, draft in enumerate(now)}
    found = continue_sightings(known(before), now, keys=keys, same={})
    return {index: one.entry for index, one in found.items()}


def test_equal_words_are_matched_before_words_that_only_begin_alike() -> None:
    cut = (BRIDGE[0], BRIDGE[1][:60])
    assert entries(drafts(BRIDGE, cut), drafts(cut, BRIDGE)) == {0: 2, 1: 1}


def test_a_new_draft_continues_nothing() -> None:
    assert entries(drafts(BRIDGE), drafts(FERRY, BRIDGE)) == {1: 1}


def test_each_sighting_is_continued_once() -> None:
    assert entries(drafts(BRIDGE), drafts(BRIDGE, BRIDGE)) == {0: 1}


def test_drafts_that_are_the_same_are_paired_in_their_order() -> None:
    assert match_same([7, None, 8, 7], [7, 9, 7, 7, 8]) == {0: 0, 2: 3, 4: 2}
