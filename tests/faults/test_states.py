"""Each state of a file is logged as the handbook says."""

from __future__ import annotations

from pathlib import Path

from tests.faults.service_state import wait_for_entries, write_seeds
from tests.running import Running, running, wait_until

FLAWED = "A late boat\ntopics: nonsensical\n\nIt came in after all.\n"


def wait_for_line(service: Running, event: str) -> dict[str, object]:
    lines = wait_until(lambda: service.lines(event), what=f"“{event}” is logged")
    found: dict[str, object] = lines[0]
    return found


def test_each_state_of_a_file_is_logged(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    write_seeds(seeds)
    with running(tmp_path, rescan_seconds="0.3") as service:
        wait_for_entries(service, 3)
        assert wait_for_line(service, "file published")["entries"] == 1
        (seeds / "a.exe").write_bytes(b"MZ")
        assert wait_for_line(service, "file skipped")["seed"] == "a.exe"
        (seeds / "flawed.txt").write_text(FLAWED)
        assert wait_for_line(service, "file has a problem")["line"] == 2
        (seeds / "binary.txt").write_bytes(b"\x00\x01\x02")
        assert wait_for_line(service, "file rejected")["seed"] == "binary.txt"
        (seeds / "0.txt").unlink()
        assert wait_for_line(service, "file removed")["seed"] == "0.txt"
        assert wait_for_line(service, "entries removed")["entries"] == 1
