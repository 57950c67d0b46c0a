"""Shows that reading takes linear time, with files of one, two and four times a size.

The first table has an ordinary file of every format, with the processor time an entry; the second
has hostile files. Exits with 1 if four times the size takes more than eight times as long.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC

from feedsvc.domain.reading import Listing, ReadingRules, read_file
from feedsvc.services.vocabulary import load_vocabulary

TAXONOMY = load_vocabulary().taxonomy
SCALES = (1, 2, 4)
LIMIT = 8.0
# Shorter runs cannot be measured reliably.
FLOOR_SECONDS = 0.05

TITLE = "Growers of the Valley Agree on a New Price for Pears"
TEASER = "The first boxes leave on Monday, said the head of the market, and the last in autumn."


def many(template: str, count: int) -> str:
    """A template once for each entry; `{n}` is its number."""
    return "".join(
        template.replace("{n}", str(n)).replace("TITLE", f"{TITLE} {n}").replace("TEASER", TEASER)
        for n in range(count)
    )


def rss(count: int) -> str:
    item = (
        "<item><title>TITLE</title><link>https://news.example/{n}</link>"
        "<description>TEASER</description><pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate></item>"
    )
    return f'<rss version="2.0"><channel><title>News</title>{many(item, count)}</channel></rss>'


def json_feed(count: int) -> str:
    version = "https://jsonfeed.org/version/1.1"
    items = [{"id": str(n), "title": f"{TITLE} {n}", "content_text": TEASER} for n in range(count)]
    return json.dumps({"version": version, "title": "News", "items": items})


MAIL = "From a@example Mon Mar  2 08:00:00 2026\nFrom: A\nSubject: TITLE\n\nTEASER\n\n"
# The suffix, and how a file with so many entries is written.
FORMATS: dict[str, Callable[[int], str]] = {
    "txt": lambda count: many("TITLE\n\nTEASER\n\n", count),
    "md": lambda count: many("## [TITLE](https://news.example/{n})\n\nTEASER\n\n", count),
    "html": lambda count: many(
        "<article><h2><a href='/news/{n}'>TITLE</a></h2><p>TEASER</p></article>", count
    ),
    "rss": rss,
    "json": json_feed,
    "csv": lambda count: "title,teaser\n" + many('TITLE,"TEASER"\n', count),
    "mbox": lambda count: many(MAIL, count),
}
ENTRIES = 500

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


def measure(data: bytes, suffix: str = "txt") -> tuple[float, int]:
    """Return the processor seconds of one reading, and the number of entries."""
    start = time.process_time()
    outcome = read_file(f"a.{suffix}", data, rules=ReadingRules(taxonomy=TAXONOMY, zone=UTC))
    spent = time.process_time() - start
    return spent, len(outcome.drafts) if isinstance(outcome, Listing) else 0


def main() -> int:
    bad = 0
    print(
        f"{'format':28}{'size':>10}{'entries':>9}{'x1':>8}{'x2':>8}{'x4':>8}{'x4/x1':>8}{'µs':>8}"
    )
    for suffix, make in FORMATS.items():
        files = [make(ENTRIES * scale).encode() for scale in SCALES]
        bad += report(f".{suffix}", files, suffix)
    print()
    for name, write in FILES.items():
        codec = "cp1252" if name == "another encoding" else "utf-8"
        bad += report(name, [write(scale).encode(codec) for scale in SCALES], "txt")
    return int(bad > 0)


def report(name: str, files: Sequence[bytes], suffix: str) -> bool:
    """Print one line; return whether the largest file took too long compared with the first."""
    runs = [measure(data, suffix) for data in files]
    spent = [seconds for seconds, _ in runs]
    entries = runs[-1][1]
    ratio = max(spent[-1], FLOOR_SECONDS) / max(spent[0], FLOOR_SECONDS)
    times = "".join(f"{seconds:8.2f}" for seconds in spent)
    each = spent[-1] * 1e6 / entries if entries else 0.0
    print(f"{name:28}{len(files[-1]):>10,}{entries:>9,}{times}{ratio:8.1f}{each:8.0f}")
    return ratio > LIMIT


if __name__ == "__main__":
    sys.exit(main())
