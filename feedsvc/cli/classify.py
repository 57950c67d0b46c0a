"""`feedsvc classify`: labels JSON lines."""

from __future__ import annotations

import json
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from typing import Any

import click

from feedsvc.cli.flags import setting_flags
from feedsvc.cli.setup import CommandError, Setup
from feedsvc.cli.vocabulary import require_vocabulary
from feedsvc.domain.classify import Classifier, Vocabulary
from feedsvc.domain.classify.jsonl import read_line, write_line


@click.command()
@setting_flags("taxonomy_dir")
@click.option("--jsonl", is_flag=True, required=True, help="One JSON object per line, in and out.")
@click.pass_obj
def command(setup: Setup, /, *, jsonl: bool, **flags: Any) -> None:  # noqa: ARG001 - the one format
    """Label texts, one JSON object per line.

    Reads {id, title, text} from standard input, writes {id, countries, regions, topics, evidence}.
    The best value comes first; countries are ISO 3166-1 alpha-2 codes.
    """
    vocabulary = require_vocabulary(setup.load(flags).settings)
    write = sys.stdout.buffer.write
    for line in label_lines(_decode(sys.stdin.buffer), vocabulary):
        write(_encode(line))


def _decode(lines: Iterable[bytes]) -> Iterator[str]:
    """Decode UTF-8, whatever the locale; ignore a byte order mark (RFC 8259 §8.1)."""
    for number, line in enumerate(lines, 1):
        try:
            yield line.removeprefix(BOM_UTF8 if number == 1 else b"").decode()
        except UnicodeDecodeError as error:
            raise CommandError(f"line {number}: not UTF-8: {error}") from error


def _encode(line: str) -> bytes:
    try:
        return line.encode()
    except UnicodeEncodeError:
        # A lone surrogate can only be written as an escape.
        return json.dumps(json.loads(line)).encode() + b"\n"


def label_lines(lines: Iterable[str], vocabulary: Vocabulary) -> Iterator[str]:
    """The labels of each line that is not blank, as a line of JSON.

    Raises:
        CommandError: A line is not a JSON object with texts.
    """
    classify, taxonomy = Classifier(vocabulary).classify, vocabulary.taxonomy
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                key, texts = read_line(line)
            except ValueError as error:
                raise CommandError(f"line {number}: {error}") from error
            yield write_line(key, classify(texts), taxonomy)
