"""What publishing a file would change, from its reconciliation and the stored entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from feedsvc.domain.difference import Change, Difference, StoredEntry, list_differences
from feedsvc.domain.identity import keys_of
from feedsvc.domain.model import Draft
from feedsvc.domain.reconcile import Owner, reconcile
from tests.builders import T0, draft, drafts, known, restate

RAIN = ("Rain floods the harbour", "Boats were lifted onto the quay by the tide overnight.")
STRIKE = ("Tram drivers on strike", "The union asks for shorter shifts and better pay.")
STORED = StoredEntry(
    id=UUID(int=1), published=T0, withdrawn=False, taken_down=False, elsewhere=False
)


def differences(
    before: Sequence[Draft],
    now: Sequence[Draft],
    *,
    stored: StoredEntry = STORED,
    rolling: bool = False,
    owned: Sequence[Draft] = (),
) -> tuple[Difference, ...]:
    """Compare two readings of a file; another file has the entries that are `owned`."""
    owners = {
        keys_of(one).full: [Owner(entry=n, key=keys_of(one).base, text=one.stated.text)]
        for n, one in enumerate(owned, 90)
    }
    keys = {index: keys_of(one) for index, one in enumerate(now)}
    outcome = reconcile(known(before), now, keys=keys, owners=owners, same={})
    every = dict.fromkeys((*range(1, 10), *range(90, 100)), stored)
    return list_differences(outcome, every, rolling=rolling)


def test_a_new_entry_is_new() -> None:
    (one,) = differences((), drafts(RAIN))
    assert (one.change, one.stored) == (Change.NEW, None)


def test_an_entry_that_stays_as_it_is_is_left_out() -> None:
    assert differences(drafts(RAIN), drafts(RAIN)) == ()


def test_an_edited_entry_names_its_fields() -> None:
    before = draft(*RAIN, link="https://a.example/1")
    now = restate(before, link="https://a.example/2", author="A. Writer")
    (one,) = differences([before], [now])
    assert (one.change, one.edited) == (Change.EDITED, ("link", "author"))
    assert one.before == before.stated


def test_an_entry_that_no_file_has_any_more_is_leaving() -> None:
    (one,) = differences(drafts(RAIN, STRIKE), drafts(RAIN))
    assert (one.change, one.draft.stated.title) == (Change.LEAVING, STRIKE[0])


def test_an_entry_that_another_file_has_stays() -> None:
    shared = replace(STORED, elsewhere=True)
    assert differences(drafts(RAIN, STRIKE), drafts(RAIN), stored=shared) == ()


def test_what_drops_off_a_rolling_file_stays() -> None:
    assert differences(drafts(RAIN, STRIKE), drafts(RAIN), rolling=True) == ()


def test_an_entry_of_another_file_is_shared() -> None:
    (one,) = differences((), drafts(RAIN), owned=drafts(RAIN))
    assert one.change is Change.SHARED


def test_the_words_of_another_entry_take_its_place_and_the_old_one_leaves() -> None:
    now = [draft(RAIN[0], RAIN[1], link="https://a.example/1")]
    before = [draft("Rain floods a harbour", RAIN[1])]
    first, second = differences(before, now, owned=now)
    assert (first.change, second.change) == (Change.SHARED, Change.LEAVING)
    assert second.draft == before[0]


def test_a_withdrawn_entry_returns_and_one_taken_down_does_not() -> None:
    withdrawn = replace(STORED, withdrawn=True)
    (one,) = differences((), drafts(RAIN), owned=drafts(RAIN), stored=withdrawn)
    assert one.change is Change.RETURNING
    down = replace(STORED, taken_down=True)
    (one,) = differences((), drafts(RAIN), owned=drafts(RAIN), stored=down)
    assert one.change is Change.TAKEN_DOWN


@pytest.mark.parametrize("seconds", [-86_400, -1, 3600])
def test_a_date_that_comes_too_late_is_ignored(seconds: int) -> None:
    late = T0 + timedelta(seconds=seconds)
    (one,) = differences(drafts(RAIN), [draft(*RAIN, date=late)])
    assert (one.change, one.ignored_date) == (Change.SAME, late)


@pytest.mark.parametrize("seconds", [0, 0.5, 1, 3599])
def test_the_seconds_that_keep_the_order_of_a_scan_are_no_other_date(seconds: float) -> None:
    date = T0 + timedelta(seconds=seconds)
    assert differences(drafts(RAIN), [draft(*RAIN, date=date)]) == ()
