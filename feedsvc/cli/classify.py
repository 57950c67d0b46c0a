"""`feedsvc classify`: labels for lines of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import click

from feedsvc.cli.setup import Refusal, Setup, load_words, setting_flags
from feedsvc.domain.classify import Classifier, Texts, Vocabulary
from feedsvc.domain.classify.listed import listed_regions
from feedsvc.domain.model import Kind, Label
from feedsvc.domain.taxonomy import Taxonomy


@click.command()
@setting_flags("taxonomy_dir")
@click.option("--jsonl", is_flag=True, required=True, help="A JSON object a line, in and out.")
@click.pass_obj
def command(setup: Setup, /, *, jsonl: bool, **flags: Any) -> None:  # noqa: ARG001 - the one format
    """Read {id, title, text} lines; write {id, countries, regions, topics, evidence} lines.

    Values stand best first; countries are ISO 3166-1 alpha-2.
    """
    vocabulary = load_words(setup.load(flags).settings)
    write = sys.stdout.write
    for line in label_lines(sys.stdin, vocabulary):
        write(line)


def label_lines(lines: Iterable[str], vocabulary: Vocabulary) -> Iterator[str]:
    """The answer to each line that is not blank.

    Raises:
        Refusal: A line is not a JSON object with texts.
    """
    classifier = Classifier(vocabulary)
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for number, line in enumerate(lines, 1):
        if line.strip():
            item = _read(line, number)
            yield encode(_answer(item, classifier, vocabulary.taxonomy)) + "\n"


def _read(line: str, number: int) -> dict[str, Any]:
    try:
        item = json.loads(line)
    except ValueError as error:
        raise Refusal(f"line {number}: expected a JSON object: {error}") from error
    if not isinstance(item, dict):
        raise Refusal(f"line {number}: expected a JSON object, not {type(item).__name__}")
    for name in ("title", "text", "caption"):
        if not isinstance(item.get(name) or "", str):
            raise Refusal(f"line {number}: expected a string as {name!r}")
    return item


def _answer(item: dict[str, Any], classifier: Classifier, taxonomy: Taxonomy) -> dict[str, Any]:
    labels = classifier.classify(
        Texts(
            title=item.get("title") or "",
            text=item.get("text") or "",
            caption=item.get("caption") or "",
        )
    )
    return {
        "id": item.get("id"),
        "countries": [one.value.upper() for one in labels if one.kind is Kind.COUNTRY],
        "regions": listed_regions(labels, taxonomy),
        "topics": [one.value for one in labels if one.kind is Kind.TOPIC],
        "evidence": [_evidence(label) for label in labels],
    }


def _evidence(label: Label) -> dict[str, Any]:
    value = label.value.upper() if label.kind is Kind.COUNTRY else label.value
    return {
        "kind": label.kind.value,
        "value": value,
        "score": round(label.score, 3),
        "words": [
            {
                "phrase": part.phrase,
                "where": part.where.value,
                "start": part.start,
                "end": part.end,
                "weight": round(part.weight, 3),
            }
            for part in label.evidence
        ],
    }
