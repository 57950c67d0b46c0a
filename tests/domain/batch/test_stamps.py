"""Which times and numbers the steps of a transaction get."""

from __future__ import annotations

from datetime import timedelta

from feedsvc.domain.batch.stamps import Stamp, Stamps
from feedsvc.domain.identity import NAMESPACE
from tests.builders import T0

SECONDS = int(T0.timestamp())


def stamps() -> Stamps:
    return Stamps(Stamp(time=SECONDS, ingest=3, revision=9, namespace=NAMESPACE))


def test_numbers_grow_with_every_stamp() -> None:
    following = stamps()
    found = [following.next(T0) for _ in range(2)]
    assert [(one.ingest, one.revision) for one in found] == [(4, 10), (5, 11)]
    assert {one.time for one in found} == {SECONDS}


def test_time_goes_on_by_seconds_while_the_clock_is_behind() -> None:
    following = stamps()
    behind = T0 - timedelta(days=1)
    assert [following.next(behind).time - SECONDS for _ in range(3)] == [1, 2, 3]
    assert following.next(T0 + timedelta(minutes=1)).time - SECONDS == 60
