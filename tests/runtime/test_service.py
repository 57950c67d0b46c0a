"""A running service told to reload, by its signal and its settings file."""

from __future__ import annotations

import signal
from pathlib import Path

from tests.running import Running, running, wait_until

SEED = "A late frost spares the orchards\nGrowers lit small fires between the rows.\n"


def start_with_a_seed(folder: Path) -> None:
    (folder / "seeds").mkdir()
    (folder / "seeds/a.txt").write_text(SEED)


def shows(service: Running, text: str) -> bool:
    return text.encode() in service.get("/feeds/all.atom")


def test_sighup_applies_new_settings_and_keeps_the_old_ones_if_the_new_are_wrong(
    tmp_path: Path,
) -> None:
    start_with_a_seed(tmp_path)
    file = tmp_path / "feedsvc.toml"
    file.write_text('title = "Old"\n')
    with running(tmp_path) as service:
        assert shows(service, "<title>Old</title>")
        file.write_text('title = "New"\n')
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda: shows(service, "<title>New</title>"), what="the new title shows")
        file.write_text("titel = 1\n")
        service.process.send_signal(signal.SIGHUP)
        failed = "reload failed: keeping the current settings"
        (line,) = wait_until(lambda: service.lines(failed), what="the reload fails")
        assert "titel" in line["reason"]
        assert shows(service, "<title>New</title>")
        (tmp_path / "seeds/b.txt").write_text("Ferries return\nThe first left at dawn.\n")
        wait_until(lambda: shows(service, "Ferries return"), what="the folder is still watched")


def test_signals_during_a_scan_lose_nothing(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    with running(tmp_path) as service:
        for number in range(300):
            text = f"Log of pier {number}\nIts watch wrote of a calm night {number}.\n"
            (tmp_path / "seeds" / f"{number}.txt").write_text(text)
        wait_until(lambda: service.lines("file published"), what="some are in")
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda: service.lines("reloaded"), what="it is reloaded")
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(30) == 0
        assert "Traceback" not in service.log.read_text()
    with running(tmp_path, feed_size="1000") as service:
        said = b'"entries": 300,'
        wait_until(lambda: said in service.get("/readyz"), what="all are in")
