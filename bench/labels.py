"""Measures the quality and the speed of labelling.

    python bench/labels.py            # quality, as a table
    python bench/labels.py --speed    # items per second, and the cost of loading the vocabulary

The labelled texts and their scorer are not part of the repository: they are read from
`../shared/eval`, and without that folder the benchmark stops.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EVAL = ROOT.parent / "shared" / "eval"
FILES = (
    "listings",
    "news_labelled",
    "countries_wire",
    "countries_mentioned",
    "topics_one_desk",
    "traps",
)
HEAD = "| file | countries F1 | regions F1 | topics F1 | primary | cases |"
ROUNDS = 3


def main() -> None:
    """Print the table of quality, or the figures of speed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--speed", action="store_true", help="measure time and memory instead")
    arguments = parser.parse_args()
    if not EVAL.is_dir():
        sys.exit("bench/labels.py: the folder ../shared/eval with labelled texts does not exist")
    if arguments.speed:
        print_speed()
    else:
        print_table()


def print_table() -> None:
    """Print a row for each file; figures are lenient micro F1 unless the column says otherwise."""
    print(HEAD)
    print("|" + "---|" * (HEAD.count("|") - 1))
    with tempfile.TemporaryDirectory() as folder:
        for name in FILES:
            gold, answer = EVAL / f"{name}.jsonl", Path(folder) / f"{name}.jsonl"
            classify(gold, answer)
            print(f"| {name} | {' | '.join(cells(score(gold, answer)))} |", flush=True)


def classify(gold: Path, answer: Path) -> None:
    """Label a file with the command line."""
    command = [sys.executable, "-m", "feedsvc", "classify", "--jsonl"]
    with gold.open("rb") as given, answer.open("wb") as taken:
        subprocess.run(command, cwd=ROOT, stdin=given, stdout=taken, check=True)


def score(gold: Path, answer: Path) -> str:
    """Run the scorer and return what it prints."""
    command = [sys.executable, str(EVAL / "score.py"), str(gold), str(answer)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def cells(report: str) -> Iterator[str]:
    """Return the figures of a report in the order of the table's columns."""
    for kind in ("countries", "regions", "topics"):
        found = re.search(rf"^{kind}: .* F1 (\S+) macro", report, re.MULTILINE)
        yield found[1] if found else ""
    primary = re.search(r"primary (\S+)", report)
    yield primary[1] if primary else ""
    exact = re.search(r"^countries: n (\d+) .* exact (\S+)", report, re.MULTILINE)
    cases = re.search(r"topic cases: (\S+)", report)
    passed = f"{round(int(exact[1]) * float(exact[2]))}/{exact[1]} countries" if exact else ""
    yield f"{passed}, {cases[1]} topics" if cases else ""


def print_speed() -> None:
    """Print items per second on one core, best of a few rounds, and the cost of the vocabulary.

    Machines differ, so the rate is compared with loops that do not label anything.
    """
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started_at = time.process_time()
    from feedsvc.services.vocabulary import load_vocabulary  # noqa: PLC0415 -- timed

    imported = time.process_time()
    vocabulary = load_vocabulary()
    loaded = time.process_time()
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    from feedsvc.cli.classify import label_lines  # noqa: PLC0415 -- after what is timed
    from feedsvc.domain.classify import classifier  # noqa: PLC0415
    from feedsvc.domain.classify.tokens import tokenise  # noqa: PLC0415

    lines = [line for name in FILES for line in texts_of(EVAL / f"{name}.jsonl")]

    def label() -> None:
        for _ in label_lines(lines, vocabulary):
            pass

    def only_tokenise(words_of: Callable[[str], object]) -> None:
        for line in lines:
            item = json.loads(line)
            words = [words_of(item["title"]), words_of(item["text"])]
            json.dumps({"id": item["id"], "words": words}, ensure_ascii=False)

    def our_spans(text: str) -> list[tuple[str, int, int]]:
        tokens = tokenise(text)
        return list(zip(tokens.keys, tokens.ends[::2], tokens.ends[1::2], strict=False))

    started = time.process_time()
    label()
    first = time.process_time() - started
    labelled = best_rate(label, len(lines))
    print(f"loading: {(loaded - imported) * 1000:.0f} ms, {(after - before) / 1024:.0f} MB")
    print(f"importing: {(imported - started_at) * 1000:.0f} ms")
    state = "from sources" if classifier.__file__.endswith(".py") else "compiled"
    print(f"classify, {state}: {labelled:,.0f} items/s")
    print(f"  the first {len(lines):,}, when every word is new: {len(lines) / first:,.0f}")
    print("only reading JSON, folding, tokenising and writing JSON:")
    for name, words_of in (
        ("words and offsets, by unicodedata and re", plain_spans),
        ("words, by unicodedata and re", plain_words),
        ("words and offsets, by our own tokeniser", our_spans),
        ("words, by our own tokeniser", lambda text: tokenise(text).keys),
    ):
        rate = best_rate(lambda words_of=words_of: only_tokenise(words_of), len(lines))
        print(f"  {name}: {rate:,.0f}, of which {labelled / rate:.0%}")


def fold(text: str) -> str:
    """Remove accents and case, using only the standard library."""
    spread = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in spread if not unicodedata.combining(sign)).casefold()


def plain_spans(text: str) -> list[tuple[str, int, int]]:
    """Return the words of a text with their offsets."""
    return [(found[0], found.start(), found.end()) for found in re.finditer(r"\w+", fold(text))]


def plain_words(text: str) -> list[str]:
    """Return the words of a text."""
    return re.findall(r"\w+", fold(text))


def texts_of(path: Path) -> Iterator[str]:
    """Return the lines of a file, reduced to id, title and text."""
    with path.open(encoding="utf-8") as lines:
        for item in map(json.loads, lines):
            texts = {"id": item["id"], "title": item.get("title", ""), "text": item.get("text", "")}
            yield json.dumps(texts, ensure_ascii=False)


def best_rate(work: Callable[[], None], items: int) -> float:
    """Return items per second of processor time, best of a few rounds."""
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return items / min(times)


if __name__ == "__main__":
    main()
