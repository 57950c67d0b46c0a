"""The documentation lists every address, metric and log event of the web."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from feedsvc.services.watch import WatchStatus
from tests.web.conftest import ServiceHarness  # type: ignore[import-not-found]

DOCS = Path(__file__).parents[2] / "docs"
FIRST_CELL = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)


def first_cells(name: str) -> list[str]:
    return FIRST_CELL.findall((DOCS / name).read_text(encoding="utf-8"))


def test_every_address_is_documented(harness: ServiceHarness) -> None:
    routed = {resource.canonical for resource in harness.app.router.resources()}
    documented = [cell for cell in first_cells("http.md") if cell.startswith("/")]
    assert sorted(documented) == sorted(routed)


async def test_every_metric_is_documented(harness: ServiceHarness) -> None:
    harness.watch.append(WatchStatus())
    await harness.get("/feeds/all.rss", User_Agent="Feedly/1 (1 subscribers)")
    text = (await harness.get("/metrics")).text
    given = {
        f"{family.name}_total" if family.type == "counter" else family.name
        for family in text_string_to_metric_families(text)
        if family.name.startswith("feedsvc")
    }
    documented = [cell for cell in first_cells("metrics.md") if cell.startswith("feedsvc_")]
    assert sorted(documented) == sorted(given)


async def test_alerts_use_existing_metrics_and_labels(harness: ServiceHarness) -> None:
    harness.watch.append(WatchStatus(leader=True, last_scan=datetime(2026, 3, 1, tzinfo=UTC)))
    await harness.get("/feeds/all.rss")
    text = (await harness.get("/metrics")).text
    given = {
        sample.name: set(sample.labels)
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    alerts = (DOCS.parent / "deploy" / "alerts.yaml").read_text(encoding="utf-8")
    asked = re.findall(r"\b(feedsvc_[a-z_]+)(?:\{([^}]*)\})?", alerts)
    assert len(asked) > 5
    for name, selector in asked:
        assert name in given
        assert set(re.findall(r"(\w+)(?==)", selector)) <= given[name]


def test_every_log_event_of_the_web_is_documented() -> None:
    events = {
        event
        for module in (DOCS.parent / "feedsvc" / "web").rglob("*.py")
        for event in re.findall(
            r"\blog\.\w+\(\s*\"([a-z: ]+)\"|\bwrite\(\s*\"([a-z: ]+)\"",
            module.read_text(encoding="utf-8"),
        )
        for event in event
        if event
    }
    assert events == {cell for cell in first_cells("metrics.md") if " " in cell}
