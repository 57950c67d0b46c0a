"""Counters survive a reload (SIGHUP)."""

from __future__ import annotations

import signal
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from tests.running import Running, running, wait_until

STORY = "A late frost spares the orchards\n\nGrowers in Portugal lit small fires at night.\n"


def figures(service: Running) -> dict[str, float]:
    text = service.get("/metrics").decode()
    return {
        f"{sample.name}{sorted(sample.labels.values())}": sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_counters_grow_over_a_reload_and_it_stays_ready(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(STORY)
    with running(tmp_path, rescan_seconds="0.2") as service:
        service.get("/feeds/all.rss")
        service.get("/feeds/all.rss")
        before = figures(service)
        for _ in range(2):
            reloads = len(service.lines("reloaded"))
            service.process.send_signal(signal.SIGHUP)
            while len(service.lines("reloaded")) == reloads:
                assert b'"ready"' in service.get("/readyz")
        service.get("/feeds/all.rss")
        after = figures(service)
        counters = {name for name in before if "_total[" in name or "_count[" in name}
        assert len(counters) > 15
        assert [name for name in sorted(counters) if after[name] < before[name]] == []
        assert after["feedsvc_renders_total[]"] == before["feedsvc_renders_total[]"] + 1
        assert after["feedsvc_document_cache_documents[]"] == 1
        assert before["feedsvc_ingest_lag_seconds_count[]"] == 1
        assert after["feedsvc_ingest_lag_seconds_count[]"] == 1
        assert after["feedsvc_database_busy_seconds_total['write']"] > 0
        scans = after["feedsvc_scans_total[]"]
        wait_until(lambda: figures(service)["feedsvc_scans_total[]"] > scans, what="it scans on")


def test_an_idle_folder_still_reports_its_last_scan(tmp_path: Path) -> None:
    name = "feedsvc_last_scan_timestamp_seconds[]"
    with running(tmp_path, rescan_seconds="0.2") as service:
        first = figures(service)[name]
        wait_until(lambda: figures(service)[name] > first, what="another scan is reported")
        assert figures(service)["feedsvc_watcher_rescans_total[]"] > 0
