"""The service's condition follows from its parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from feedsvc.domain.scan import Reason
from feedsvc.services.watch import WatchStatus
from feedsvc.store.database import SCARCE, DiskUsage
from feedsvc.store.records import StoreStatus
from feedsvc.web.health.readiness import Condition, Readiness, judge

STORE = StoreStatus(
    created=datetime(2026, 3, 1, tzinfo=UTC),
    clock=datetime(2026, 3, 1, tzinfo=UTC),
    last_ingest=None,
    last_scan=None,
    entries=1,
    seeds=1,
    rejected=0,
    missing=0,
    braked=False,
)
WATCH = WatchStatus(leader=True, scans=1)


def judged(**changes: Any) -> Readiness:
    parts: dict[str, Any] = {
        "store": STORE,
        "loss": None,
        "watch": WATCH,
        "disk": DiskUsage(database=0, free=SCARCE),
        "trouble": "",
        "following": True,
        "named": False,
        "now": datetime(2026, 3, 1, 12, tzinfo=UTC),
    }
    return judge(**parts | changes)


def test_without_problems_the_service_is_ready() -> None:
    assert judged() == Readiness(condition=Condition.READY, reasons=())


@pytest.mark.parametrize(
    ("changes", "condition", "words"),
    [
        ({"store": None}, Condition.NOT_READY, "does not answer"),
        ({"watch": replace(WATCH, alive=False)}, Condition.NOT_READY, "watcher has stopped"),
        ({"following": False}, Condition.NOT_READY, "has stopped checking"),
        ({"watch": replace(WATCH, scans=0)}, Condition.STARTING, "first scan"),
        ({"watch": replace(WATCH, degraded=(Reason("x"),))}, Condition.DEGRADED, "x"),
        ({"store": replace(STORE, rejected=2)}, Condition.DEGRADED, "rejected files: 2"),
        (
            {"store": replace(STORE, braked=True), "watch": replace(WATCH, leader=False)},
            Condition.DEGRADED,
            "missing",
        ),
        ({"disk": DiskUsage(database=0, free=3 * 1024**2)}, Condition.DEGRADED, "3 MiB free"),
        (
            {"store": replace(STORE, clock=datetime(2027, 3, 1, tzinfo=UTC))},
            Condition.DEGRADED,
            "feedsvc settle-clock",
        ),
        ({"trouble": "locked"}, Condition.DEGRADED, "could not read"),
    ],
)
def test_each_problem_is_a_reason(
    changes: dict[str, Any],
    condition: Condition,
    words: str,
) -> None:
    found = judged(**changes)
    assert found.condition is condition
    assert len(found.reasons) == 1
    assert words in found.reasons[0]


def test_reasons_name_files_only_if_set() -> None:
    shut = replace(WATCH, degraded=(Reason("the folder is shut", "/a"), Reason("it is shut", "/b")))
    assert judged(watch=shut).reasons == ("the folder is shut", "it is shut")
    assert judged(watch=shut, named=True).reasons == ("the folder is shut: /a", "it is shut: /b")


def test_held_removals_are_reported_once() -> None:
    held = ("9 of 9 seeds are missing: nothing is withdrawn until they return",)
    found = judged(
        store=replace(STORE, braked=True), watch=replace(WATCH, degraded=(Reason(*held),))
    )
    assert found.reasons == held


def test_a_fault_outweighs_warnings() -> None:
    found = judged(store=None, trouble="locked", disk=DiskUsage(database=0, free=0))
    assert found.condition is Condition.NOT_READY


def test_only_a_service_that_cannot_serve_answers_503() -> None:
    assert {one: one.status for one in Condition} == {
        Condition.STARTING: 503,
        Condition.NOT_READY: 503,
        Condition.DEGRADED: 200,
        Condition.READY: 200,
    }
