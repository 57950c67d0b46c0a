"""What all measurements share: rows with bars, a corpus, programs and servers, and ratios."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import product
from pathlib import Path
from random import Random  # noqa: TID251 - one that is the same each time
from typing import Protocol
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
FEEDSVC = (sys.executable, "-m", "feedsvc")
PYTHON_PASS = (sys.executable, "-c", "pass")

HEADS = ("what", "against", "measured", "bar", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measured row: a figure, its bar if it has one, and what is behind it.

    `at_most` or `at_least` is the bar; `figure` is None if it could not be measured, and `note`
    says why.
    """

    what: str
    against: str = "–"
    figure: float | None
    unit: str = "×"
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """Whether the bar is met; empty if there is none, or nothing was measured."""
        if self.figure is None or (self.at_most is None and self.at_least is None):
            return ""
        low = self.at_least is None or self.figure >= self.at_least
        high = self.at_most is None or self.figure <= self.at_most
        return "yes" if low and high else "NO"

    def cells(self) -> tuple[str, ...]:
        """The row as it is printed."""
        shown = "not measured" if self.figure is None else show(self.figure, self.unit)
        bars = [
            f"{sign} {show(bar, self.unit)}"
            for sign, bar in (("≤", self.at_most), ("≥", self.at_least))
            if bar is not None
        ]
        what = f"{self.what} ({self.note})" if self.note else self.what
        return what, self.against, shown, ", ".join(bars) or "–", self.verdict


class Measurement(Protocol):
    """What a module measures; quick is with fewer and shorter rounds, for trying."""

    def __call__(self, *, quick: bool) -> Iterable[Row]:
        """The rows, as they are measured."""
        ...


def show(figure: float, unit: str) -> str:
    """A figure with its unit, with as many digits as mean something."""
    digits = 0 if abs(figure) >= 100 else 1 if abs(figure) >= 10 else 2  # noqa: PLR2004
    text = f"{figure:,.{digits}f}"
    return f"{text}{unit}" if unit in {"×", "%"} else f"{text} {unit}".rstrip()


def run(measurement: Measurement, about: str | None) -> None:
    """Run the measurements of one module from the command line and print their rows."""
    parser = argparse.ArgumentParser(description=(about or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    arguments = parser.parse_args()
    print(head())
    for row in measurement(quick=arguments.quick):
        print(line(row.cells()), flush=True)


def head() -> str:
    """The head of the table, in Markdown."""
    return f"{line(HEADS)}\n|{'---|' * len(HEADS)}"


def line(cells: Sequence[str]) -> str:
    """A row of the table, in Markdown."""
    return f"| {' | '.join(cells)} |"


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for one measurement."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        yield Path(name)


def plain_environment(**settings: str) -> dict[str, str]:
    """The environment of a program as somebody would start it, with these settings."""
    own = os.environ  # noqa: TID251 - programs are started here
    kept = {name: own[name] for name in ("PATH", "HOME", "LANG") if name in own}
    return kept | {f"FEEDSVC_{name.upper()}": value for name, value in settings.items()}


def timed(command: Sequence[str], **settings: str) -> float:
    """Seconds that a program takes; it has to succeed."""
    started = time.perf_counter()
    subprocess.run(
        command,
        env=plain_environment(**settings),
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - started


def interleaved(rounds: int, *takes: Callable[[], float]) -> list[list[float]]:
    """The figures of several measurements, taken in turn; a list of rounds for each."""
    figures: list[list[float]] = [[] for _ in takes]
    for _ in range(rounds):
        for found, take in zip(figures, takes, strict=True):
            found.append(take())
    return figures


def ratio(over: Sequence[float], under: Sequence[float]) -> float:
    """The median of the ratios of each round."""
    return statistics.median(one / other for one, other in zip(over, under, strict=True))


PLACES = """Kenya Nigeria Egypt Ethiopia Brazil Argentina Mexico Chile India Vietnam Kazakhstan
France Germany Ukraine Poland Lebanon Iraq Yemen Australia Fiji"""
EVENTS = (
    "dockers walk out over pay",
    "parliament passes the budget",
    "troops cross the border",
    "the central bank raises rates",
    "hospitals vaccinate against measles",
    "teachers return to the schools",
    "floods reach the delta",
    "astronomers measure a galaxy",
)
WORDS = """after months of quiet talks residents near the old harbour said that the new road and
water works would open before winter while smaller towns along the river still wait for light"""


def write_corpus(folder: Path, entries: int, *, per_file: int = 12) -> int:
    """Write listings with so many entries in all; return the bytes of their texts."""
    folder.mkdir(parents=True, exist_ok=True)
    random = Random(entries)  # noqa: S311 - the same each time
    pairs = list(product(PLACES.split(), EVENTS))
    words = WORDS.split()
    total = 0
    for file, start in enumerate(range(0, entries, per_file)):
        parts = []
        for number in range(start, min(start + per_file, entries)):
            place, event = pairs[random.randrange(len(pairs))]
            tail = " ".join(random.choices(words, k=4))
            title = f"{place}: {event.capitalize()} {tail} {number}"
            text = f"In {place}, {event} {' '.join(random.choices(words, k=24))}."
            total += len(title.encode()) + len(text.encode())
            parts.append(f"{title}\n\n{text}\n")
        (folder / f"{file:06}.txt").write_text("\n".join(parts), encoding="utf-8")
    return total


def fetch(url: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
    """The status, the headers and the body of an answer."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    connection.request("GET", path, headers=headers or {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), body


@contextmanager
def started(
    command: Sequence[str], *, url: str, cwd: Path = ROOT, seconds: float = 60, **settings: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A server that answers at a URL, ended with the block."""
    process = subprocess.Popen(
        command,
        env=plain_environment(**settings),
        cwd=cwd,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(url, process, seconds=seconds)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=60)


def wait_for(url: str, process: subprocess.Popen[bytes], *, seconds: float) -> None:
    """Wait until a server answers 200."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server for {url} ended with status {process.returncode}")
        try:
            if fetch(url)[0] == 200:  # noqa: PLR2004
                return
        except OSError:
            pass
        time.sleep(0.02)
    raise RuntimeError(f"no answer from {url} in {seconds:.0f} s")


def resident(pid: int) -> int:
    """The memory of a process, in bytes."""
    for text in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if text.startswith("VmRSS:"):
            return int(text.split()[1]) * 1024
    return 0
