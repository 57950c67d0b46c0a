"""The handbook explains every log event and alert, and the alerts use existing metrics."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
HANDBOOK = (ROOT / "docs/operations.md").read_text()
EVENT = re.compile(r'\blog\.(?:info|warning|error|exception|critical)\(\s*"([^"]+)"')


def rules() -> list[dict[str, object]]:
    groups = yaml.safe_load((ROOT / "deploy/alerts.yaml").read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def test_every_logged_event_is_explained() -> None:
    sources = [path.read_text() for path in (ROOT / "feedsvc").rglob("*.py")]
    events = {event for source in sources for event in EVENT.findall(source)}
    assert len(events) > 15
    assert [event for event in sorted(events) if f"`{event}`" not in HANDBOOK] == []


def test_every_alert_has_a_summary_and_a_section_in_the_handbook() -> None:
    assert len(rules()) >= 8
    for rule in rules():
        assert rule.keys() == {"alert", "expr", "for", "labels", "annotations"}
        assert f"\n### {rule['alert']}\n" in HANDBOOK


def test_alerts_use_documented_metrics() -> None:
    known = (ROOT / "docs/metrics.md").read_text()
    watched = {name for rule in rules() for name in re.findall(r"feedsvc_\w+", str(rule["expr"]))}
    families = {re.sub(r"_bucket$", "", name) for name in watched}
    assert [name for name in sorted(families) if f"`{name}`" not in known] == []
