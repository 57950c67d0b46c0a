"""Three writers that change files all the time, and eight clients that poll what stands in them."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from tests.faults.service_state import status_of
from tests.running import Running, wait_until

WRITERS = 3
POLLERS = 8
CHANGES_A_SECOND = 20
FILES = 12  # of each writer
FEED = "/feeds/all.json"


@dataclass
class Polling:
    """How much was changed and polled, and which entries were missing that stand in the folder.

    If the feed of all entries is large enough for them, they are looked for in it as well.
    """

    changes: int = 0
    polls: int = 0
    vanished: list[str] = field(default_factory=list)


def listing(writer: int, number: int, turn: int) -> str:
    """A file with an entry that stays, one that is edited and one that is replaced."""
    name = f"{writer}.{number}"
    return (
        f"Lasting {name} of the harbour\n\nThe pilots of station {name} kept their old boat.\n\n"
        f"Edited {name} of the market\n\nThe stalls of row {name} sold fish and pears today, and "
        f"nobody counted more than {turn}.\n\n"
        f"Passing {name} ship {turn}\n\nIt called at quay {name} for the night number {turn}.\n"
    )


@contextmanager
def writing(service: Running, *, seconds: float) -> Iterator[Polling]:
    """Write and poll in threads during the block, for at most so many seconds."""
    found = Polling()
    stop = threading.Event()
    for writer in range(WRITERS):
        for number in range(FILES):
            _file(service, writer, number).write_text(listing(writer, number, 0))
    standing = {**_find(service, "Lasting"), **_find(service, "Edited")}
    threads = [
        threading.Thread(target=_write, args=(service, writer, stop, found, seconds))
        for writer in range(WRITERS)
    ]
    threads += [
        threading.Thread(target=_poll, args=(service, standing, poller, stop, found))
        for poller in range(POLLERS)
    ]
    for thread in threads:
        thread.start()
    try:
        yield found
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _file(service: Running, writer: int, number: int) -> Path:
    return service.seeds / f"writer-{writer}-{number}.txt"


def _find(service: Running, word: str) -> dict[str, str]:
    """Wait until all entries whose titles begin with a word are published; return them by ID."""

    def find() -> dict[str, str]:
        answer = json.loads(service.get(f"/api/v1/entries?limit=200&q={word}"))
        found = {entry["id"]: entry["title"] for entry in answer["entries"]}
        return found if len(found) == WRITERS * FILES else {}

    published: dict[str, str] = wait_until(find, what="all are published")
    return published


def _write(
    service: Running, writer: int, stop: threading.Event, found: Polling, seconds: float
) -> None:
    pause = WRITERS / CHANGES_A_SECOND
    for turn in range(1, int(seconds / pause) + 1):
        number = turn % FILES
        _file(service, writer, number).write_text(listing(writer, number, turn))
        found.changes += 1
        if stop.wait(pause):
            return


def _poll(
    service: Running, standing: dict[str, str], poller: int, stop: threading.Event, found: Polling
) -> None:
    ids = sorted(standing)
    whole = standing.keys() <= _ids(service)
    turn = poller * len(ids) // POLLERS
    while not stop.wait(0.05):
        turn += 1
        one = ids[turn % len(ids)]
        if status_of(service, f"/api/v1/entries/{one}") != HTTPStatus.OK:
            found.vanished.append(f"{time.strftime('%X')} {standing[one]}")
        if missing := standing.keys() - _ids(service) if whole else None:
            found.vanished.append(f"{time.strftime('%X')} of the feed: {sorted(missing)}")
        found.polls += 1


def _ids(service: Running) -> set[str]:
    return {item["id"] for item in json.loads(service.get(FEED))["items"]}
