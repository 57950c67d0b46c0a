"""The watchers of several processes as one."""

from __future__ import annotations

from datetime import UTC, datetime

from feedsvc.domain.scan import Reason
from feedsvc.services.watch import WatchStatus
from feedsvc.web.health.watch import join_watchers

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
STANDBY = WatchStatus()


def test_a_process_alone_is_what_it_says() -> None:
    assert join_watchers(STANDBY, ()) is STANDBY
    assert join_watchers(None, (STANDBY,)) is None


def test_any_process_says_what_the_leader_says() -> None:
    leader = WatchStatus(leader=True, scans=3, last_scan=NOON, degraded=(Reason("disk full"),))
    joined = join_watchers(STANDBY, (WatchStatus(degraded=(Reason("an old one"),)), leader))
    assert joined == leader


def test_scans_of_a_leader_that_has_ended_keep_the_service_ready() -> None:
    joined = join_watchers(WatchStatus(leader=True), (WatchStatus(scans=5),))
    assert joined is not None
    assert (joined.leader, joined.scans) == (True, 5)


def test_one_watcher_that_has_stopped_is_enough() -> None:
    joined = join_watchers(STANDBY, (WatchStatus(alive=False),))
    assert joined is not None
    assert not joined.alive
