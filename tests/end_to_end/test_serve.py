"""A real service on a real folder: what the feeds show while editors work, and after a crash."""

from __future__ import annotations

import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import feedparser
import pytest

from tests.running import PATIENCE_SECONDS, Running, running, wait_until

LISTINGS = Path(__file__).parents[3] / "shared" / "listings"

STRIKE = (
    "Tram drivers in Kazakhstan go on strike",
    "The union in Almaty asks for shorter shifts and better pay for every driver.",
)
FROST = (
    "A late frost spares the orchards",
    "Growers in Portugal lit small fires between the rows through two cold nights.",
)
CHESS = (
    "Chess boards for every school",
    "Two boards and a teacher come to each school in Kenya from this autumn on.",
)


def write(folder: Path, name: str, *stories: tuple[str, str]) -> Path:
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n\n".join(part for story in stories for part in story) + "\n")
    return file


def entries(service: Running, channel: str = "all") -> dict[str, str]:
    """Return the IDs of a feed's entries by title, newest first."""
    feed = feedparser.parse(service.get(f"/feeds/{channel}.atom"))
    assert not feed.bozo
    return {entry.title: entry.id for entry in feed.entries}


def etag(service: Running, path: str) -> str:
    with urlopen(service.base_url + path, timeout=10) as answer:  # noqa: S310 - our own URL
        return str(answer.headers["ETag"])


def status(service: Running, path: str) -> int:
    try:
        with urlopen(service.base_url + path, timeout=10) as answer:  # noqa: S310 - our own URL
            return int(answer.status)
    except HTTPError as error:
        return error.code


def test_feeds_follow_the_changes_of_editors(tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    folder.mkdir()
    file = write(folder, "a.txt", STRIKE)
    other = write(folder, "sub/b.txt", FROST)
    with running(tmp_path) as service:
        first = entries(service)
        assert set(first) == {STRIKE[0], FROST[0]}
        assert list(entries(service, "countries/kz")) == [STRIKE[0]]

        write(folder, "a.txt", STRIKE, CHESS)
        wait_until(lambda: CHESS[0] in entries(service), what="the appended entry is shown")
        second = entries(service)
        assert {title: second[title] for title in first} == first
        assert next(iter(second)) == CHESS[0]
        assert list(entries(service, "countries/ke")) == [CHESS[0]]

        edited = ("Drivers of trams stop work", STRIKE[1])
        write(folder, "a.txt", edited, CHESS)
        wait_until(lambda: edited[0] in entries(service), what="the edited title is shown")
        third = entries(service)
        assert set(third) == {edited[0], CHESS[0], FROST[0]}
        assert third[edited[0]] == first[STRIKE[0]]

        content = other.read_bytes()
        other.unlink()
        wait_until(lambda: FROST[0] not in entries(service), what="the deleted entry is gone")
        gone = "/entries/" + first[FROST[0]].removeprefix("urn:uuid:")
        assert status(service, gone) == 410
        assert entries(service, "countries/pt") == {}

        other.write_bytes(content)
        wait_until(lambda: FROST[0] in entries(service), what="the restored entry is back")
        assert entries(service) == third
        assert status(service, gone) == 200

        file.rename(folder / "renamed.txt")
        wait_until(lambda: b"renamed.txt" in seeds_of(service), what="the new name is known")
        assert entries(service) == third


def seeds_of(service: Running) -> bytes:
    finished = subprocess.run(
        [sys.executable, "-m", "feedsvc", "seeds"],
        env=service.environment,
        capture_output=True,
        check=True,
    )
    return finished.stdout


def test_a_killed_service_restarts_with_identical_documents(tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    folder.mkdir()
    write(folder, "a.txt", STRIKE, FROST)
    paths = ["/feeds/all.atom", "/feeds/all.rss", "/feeds/countries/kz.json", "/feeds.opml"]
    with running(tmp_path, port="0", base_url="https://news.example") as service:
        wait_until(lambda: b"countries/kz" in service.get("/feeds.opml"), what="feeds are listed")
        before = [(service.get(path), etag(service, path)) for path in paths]
        service.process.send_signal(signal.SIGKILL)
        assert service.process.wait(PATIENCE_SECONDS) == -signal.SIGKILL
    with running(tmp_path, port="0", base_url="https://news.example") as service:
        assert [(service.get(path), etag(service, path)) for path in paths] == before
        write(folder, "b.txt", CHESS)
        wait_until(lambda: CHESS[0] in entries(service), what="it goes on")


def test_a_missing_folder_is_waited_for(tmp_path: Path) -> None:
    with running(tmp_path) as service:
        assert entries(service) == {}
        assert service.lines("relabelling started") == []
        write(service.seeds, "a.txt", STRIKE)
        wait_until(lambda: STRIKE[0] in entries(service), what="the first entry is shown")


def test_a_lost_folder_is_reported_and_its_entries_stay(tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    folder.mkdir()
    write(folder, "a.txt", STRIKE)
    with running(tmp_path, rescan_seconds="0.5") as service:
        before = entries(service)
        folder.rename(tmp_path / "away")
        wait_until(lambda: b"degraded" in service.get("/readyz"), what="it is degraded")
        assert entries(service) == before
        (tmp_path / "away").rename(folder)
        wait_until(lambda: b"degraded" not in service.get("/readyz"), what="it is well again")
        assert entries(service) == before


def test_removals_can_be_accepted_while_it_runs(tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    folder.mkdir()
    file = write(folder, "a.txt", STRIKE)
    with running(tmp_path, rescan_seconds="0.5") as service:
        file.unlink()
        wait_until(lambda: b"degraded" in service.get("/readyz"), what="the brake holds")
        assert set(entries(service)) == {STRIKE[0]}
        finished = subprocess.run(
            [sys.executable, "-m", "feedsvc", "accept-removals"],
            env=service.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert finished.stdout.startswith("Missing files to be removed at the next scan: 1. ")
        wait_until(lambda: entries(service) == {}, what="the entry is withdrawn")
        wait_until(lambda: b"degraded" not in service.get("/readyz"), what="it is well again")


def test_a_second_process_serves_and_takes_over(tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    folder.mkdir()
    write(folder, "a.txt", STRIKE)
    second_place = tmp_path / "second"
    second_place.mkdir()
    url = f"sqlite+aiosqlite:///{tmp_path / 'feedsvc.db'}"
    with (
        running(tmp_path) as first,
        running(second_place, seeds=folder, database_url=url, rescan_seconds="0.5") as second,
    ):
        assert set(entries(second)) == {STRIKE[0]}
        write(folder, "b.txt", FROST)
        wait_until(lambda: FROST[0] in entries(second), what="the second shows it, too")
        assert second.lines("file published") == []
        first.process.send_signal(signal.SIGKILL)
        first.process.wait(PATIENCE_SECONDS)
        write(folder, "c.txt", CHESS)
        wait_until(lambda: CHESS[0] in entries(second), what="the second has taken over")
        assert [line["seed"] for line in second.lines("file published")] == ["c.txt"]


def test_a_crashed_watcher_ends_the_process(tmp_path: Path) -> None:
    """A bug in a scan must not go unnoticed; here, the database contains unreadable rows."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    write(folder, "a.txt", STRIKE)
    with running(tmp_path, rescan_seconds="0.5") as service:
        connection = sqlite3.connect(tmp_path / "feedsvc.db")
        with connection:
            connection.execute("UPDATE seeds SET status = 'enchanted'")
        connection.close()
        assert service.process.wait(PATIENCE_SECONDS) == 1
        assert service.lines("fatal: background task crashed")


def test_a_stopped_service_exits_cleanly(tmp_path: Path) -> None:
    with running(tmp_path) as service:
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(PATIENCE_SECONDS) == 0
        assert "Traceback" not in service.log.read_text()


@pytest.mark.skipif(not LISTINGS.is_dir(), reason="the real listings are not here")
def test_the_entries_of_real_listings_are_published(tmp_path: Path) -> None:
    shutil.copytree(LISTINGS, tmp_path / "seeds")
    with running(tmp_path, feed_size="100") as service:
        # They have no line end, so the last entry of each waits until its file is quiet.
        wait_until(lambda: len(entries(service)) == 58, what="all entries are published")
        assert len(seeds_of(service).splitlines()) == 6
        found = service.get("/feeds/all.atom").decode()
        assert len(set(re.findall(r"<id>(urn:uuid:[^<]+)</id>", found))) >= 58
        assert entries(service, "regions/central-asia")
        assert entries(service, "countries/kz")
        assert entries(service, "topics/labour")
