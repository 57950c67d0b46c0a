"""`feedsvc classify`: labels for lines of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from json.encoder import encode_basestring
from typing import Any

import click

from feedsvc.cli.setup import Refusal, Setup, load_words, setting_flags
from feedsvc.domain.classify import Classifier, Texts, Vocabulary
from feedsvc.domain.classify.listed import listed_regions
from feedsvc.domain.model import Evidence, Kind, Label
from feedsvc.domain.taxonomy import Taxonomy

_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
_STRING = encode_basestring


@click.command()
@setting_flags("taxonomy_dir")
@click.option("--jsonl", is_flag=True, required=True, help="A JSON object a line, in and out.")
@click.pass_obj
def command(setup: Setup, /, *, jsonl: bool, **flags: Any) -> None:  # noqa: ARG001 - the one format
    """Read {id, title, text} lines; write {id, countries, regions, topics, evidence} lines.

    Values stand best first; countries are ISO 3166-1 alpha-2.
    """
    vocabulary = load_words(setup.load(flags).settings)
    write = sys.stdout.buffer.write
    for line in label_lines(_decode(sys.stdin.buffer), vocabulary):
        write(_encode(line))


def _decode(lines: Iterable[bytes]) -> Iterator[str]:
    """JSON is UTF-8 whatever the locale is (RFC 8259 §8.1)."""
    for number, line in enumerate(lines, 1):
        try:
            yield line.decode()
        except UnicodeDecodeError as error:
            raise Refusal(f"line {number}: expected UTF-8: {error}") from error


def _encode(line: str) -> bytes:
    try:
        return line.encode()
    except UnicodeEncodeError:
        # A lone surrogate can be written as an escape only.
        return json.dumps(json.loads(line)).encode() + b"\n"


def label_lines(lines: Iterable[str], vocabulary: Vocabulary) -> Iterator[str]:
    """The answer to each line that is not blank.

    Raises:
        Refusal: A line is not a JSON object with texts.
    """
    classifier = Classifier(vocabulary)
    for number, line in enumerate(lines, 1):
        if line.strip():
            item = _read(line, number)
            labels = classifier.classify(
                Texts(
                    title=item.get("title") or "",
                    text=item.get("text") or "",
                    caption=item.get("caption") or "",
                )
            )
            yield _answer(item.get("id"), labels, vocabulary.taxonomy)


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


def _answer(key: object, labels: Sequence[Label], taxonomy: Taxonomy) -> str:
    """A line of JSON, put together by hand: the general encoder takes as long as the labelling."""
    countries = [label.value.upper() for label in labels if label.kind is Kind.COUNTRY]
    topics = [label.value for label in labels if label.kind is Kind.TOPIC]
    words: dict[int, str] = {}
    return (
        f'{{"id":{_ENCODE(key)},"countries":{_listed(countries)},'
        f'"regions":{_listed(listed_regions(labels, taxonomy))},"topics":{_listed(topics)},'
        f'"evidence":[{",".join([_evidence(label, words) for label in labels])}]}}\n'
    )


def _listed(values: Iterable[str]) -> str:
    return f"[{','.join([_STRING(value) for value in values])}]"


def _evidence(label: Label, words: dict[int, str]) -> str:
    kind = label.kind
    value = label.value.upper() if kind is Kind.COUNTRY else label.value
    parts = ",".join([words.get(id(part)) or _words(part, words) for part in label.evidence])
    return (
        f'{{"kind":"{kind}","value":{_STRING(value)},"score":{label.score:.3g},"words":[{parts}]}}'
    )


def _words(part: Evidence, words: dict[int, str]) -> str:
    """The words of a country stand in its regions again: they are put together once."""
    words[id(part)] = text = (
        f'{{"phrase":{_STRING(part.phrase)},"where":"{part.where}",'
        f'"start":{part.start},"end":{part.end},"weight":{part.weight:.3g}}}'
    )
    return text
