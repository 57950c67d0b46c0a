"""Shows that parsing takes linear time, with hostile files of one, two and four times a size.

Exits with 1 if four times the size takes more than eight times the processor time.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC

from feedsvc.domain.reading import Listing, ReadingRules, read_file
from feedsvc.services.vocabulary import load_vocabulary

TAXONOMY = load_vocabulary().taxonomy
SCALES = (1, 2, 4)
LIMIT = 8.0
# Shorter runs cannot be measured reliably.
FLOOR_SECONDS = 0.05

FILES: dict[str, Callable[[int], str]] = {
    "25,000 entries": lambda n: "".join(
        f"Title {i} of a Long File\n\nThe teaser of number {i} is a sentence.\n\n"
        for i in range(25_000 * n)
    ),
    "a line of 250 kB": lambda n: "Title\n\n" + "word " * (50_000 * n),
    "250,000 blank lines": lambda n: "\n" * (250_000 * n) + "Title\n",
    "one block of 25,000 lines": lambda n: "Word and so\n" * (25_000 * n),
    "one wrapped block": lambda n: "word and so\n" * (25_000 * n),
    "50,000 combining marks": lambda n: "a" + "\u0301\u0316" * (25_000 * n),
    "spaces within a line": lambda n: "Title" + " " * (250_000 * n) + "x\n",
    "hyphens": lambda n: "-" * (250_000 * n) + "x\n",
    "full stops": lambda n: "." * (250_000 * n) + " x\n",
    "line separators": lambda n: "a\u2028" * (25_000 * n),
    "10,000 field lines": lambda n: "Title\n" + "topics: a, b, c\n" * (10_000 * n),
    "15,000 unknown names": lambda n: "".join(
        f"T{i}\ntopics: u{i}, v{i}, w{i}\n\n" for i in range(5_000 * n)
    ),
    "YAML brackets": lambda n: "---\na: " + "[" * (5_000 * n) + "\n---\nTitle\n",
    "YAML keys": lambda n: "---\n" + "a: b\n" * (100 * n) + "---\nTitle\n",
    "another encoding": lambda n: "Café\n\nLe café est ouvert.\n\n" * (10_000 * n),
}


def measure(data: bytes) -> tuple[float, int]:
    """Return the processor seconds of one parse, and the number of entries."""
    start = time.process_time()
    outcome = read_file("a.txt", data, rules=ReadingRules(taxonomy=TAXONOMY, zone=UTC))
    spent = time.process_time() - start
    return spent, len(outcome.drafts) if isinstance(outcome, Listing) else 0


def main() -> int:
    bad = 0
    print(f"{'file':28}{'size':>10}{'entries':>9}{'x1':>8}{'x2':>8}{'x4':>8}{'x4/x1':>8}")
    for name, write in FILES.items():
        codec = "cp1252" if name == "another encoding" else "utf-8"
        files = [write(scale).encode(codec) for scale in SCALES]
        runs = [measure(data) for data in files]
        spent = [seconds for seconds, _ in runs]
        ratio = max(spent[-1], FLOOR_SECONDS) / max(spent[0], FLOOR_SECONDS)
        bad += ratio > LIMIT
        times = "".join(f"{seconds:8.2f}" for seconds in spent)
        print(f"{name:28}{len(files[-1]):>10,}{runs[-1][1]:>9,}{times}{ratio:8.1f}")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
