"""Lines are written in order and in the background, and none is lost."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from feedsvc.logs.writer import LineWriter
from tests.waiting import until

LOG_MUCH = """
import os, signal, sys
import structlog
from feedsvc.logs import set_up_logs
set_up_logs(level="info", form="json")
log = structlog.get_logger("test")
for number in range(3000):
    log.info("a fact", number=number)
"""
ENDINGS = {
    "the end of the program": "",
    "sys.exit": "sys.exit(3)",
    "an exception": "raise ValueError('the reason')",
    "SIGINT": "os.kill(os.getpid(), signal.SIGINT)",
    "SIGTERM with a handler": (
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit()); os.kill(os.getpid(), signal.SIGTERM)"
    ),
}


def numbers(text: bytes) -> list[int]:
    marks = (line.partition(b'"number":')[2] for line in text.splitlines())
    return [int(mark.partition(b",")[0]) for mark in marks if mark]


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS.keys())
def test_no_line_is_lost_when_the_process_ends(ending: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", LOG_MUCH + ending], capture_output=True, timeout=60, check=False
    )
    assert numbers(ended.stderr) == list(range(3000))


def test_a_forked_process_writes_its_own_lines_and_not_its_parents() -> None:
    code = LOG_MUCH + (
        "child = os.fork()\n"
        "log.info('forked', number=-1 if child else -2)\n"
        "if child: os.waitpid(child, 0)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, timeout=60, check=True
    )
    assert sorted(numbers(ended.stderr)) == [-2, -1, *range(3000)]


class SlowStream(io.StringIO):
    """A stream that takes nothing until it is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = threading.Event()

    def write(self, text: str) -> int:
        self.opened.wait()
        return super().write(text)


def test_a_stream_that_blocks_delays_nobody_who_logs() -> None:
    stream = SlowStream()
    writer = LineWriter(stream)
    for number in range(100):
        writer.write(b"%d\n" % number)
    assert stream.getvalue() == ""
    stream.opened.set()
    writer.flush()
    assert stream.getvalue().split() == [str(number) for number in range(100)]


def test_who_logs_more_than_may_wait_waits_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedsvc.logs.writer._MOST_WAITING", 10)
    stream = SlowStream()
    writer = LineWriter(stream)
    logged: list[int] = []

    def log_much() -> None:
        for number in range(50):
            writer.write(b"%d\n" % number)
            logged.append(number)

    thread = threading.Thread(target=log_much)
    thread.start()
    thread.join(0.2)
    assert thread.is_alive()
    assert len(logged) <= 20  # of which some may be on their way to the stream
    stream.opened.set()
    thread.join()
    writer.flush()
    assert stream.getvalue().split() == [str(number) for number in range(50)]


def test_a_closed_stream_stops_nobody_who_logs() -> None:
    stream = io.StringIO()
    stream.close()
    writer = LineWriter(stream)
    writer.write(b"a line\n")
    writer.flush()


async def test_a_line_is_written_without_waiting_for_more(tmp_path: Path) -> None:
    path = tmp_path / "log"
    with path.open("w") as stream:
        LineWriter(stream).write(b"a line\n")
        await until(lambda: path.read_bytes() == b"a line\n", what="the line is written")


def test_lines_of_several_processes_are_not_mixed_up() -> None:
    shared = LOG_MUCH.replace('form="json"', 'form="json", process=1')
    wait = "while True:\n    try: os.wait()\n    except OSError: break"
    code = f"import os\nos.fork()\nos.fork()\n{shared}\n{wait}"
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, timeout=60, check=True
    )
    lines = [json.loads(line) for line in ended.stderr.splitlines()]
    assert sorted(line["number"] for line in lines) == sorted([*range(3000)] * 4)
