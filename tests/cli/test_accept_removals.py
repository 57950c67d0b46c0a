"""`feedsvc accept-removals`."""

from __future__ import annotations

from tests.cli.conftest import Cli


def test_removals_are_accepted(filled: Cli) -> None:
    assert "nothing to accept" in filled.run("accept-removals").stdout
    (filled.seeds / "a.txt").unlink()
    assert filled.start("ingest", filled.seeds).returncode == 1
    assert filled.run("accept-removals", rescan_seconds="20").stdout == (
        "Missing files to be removed at the next scan: 1. "
        "A running server scans every 20 seconds (rescan_seconds).\n"
    )
    assert filled.start("ingest", filled.seeds).returncode == 0
    assert "a.txt" not in filled.run("seeds").stdout
