"""`feedsvc classify`: labels for lines of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

import click

from feedsvc.cli.setup import Refusal, Setup, load_words, setting_flags
from feedsvc.domain.classify import Classifier, Texts, Vocabulary
from feedsvc.domain.classify.listed import listed_regions
from feedsvc.domain.model import Kind, Label, Where
from feedsvc.domain.taxonomy import Taxonomy

_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
_STRING = encode_basestring
_TEXTS = ("title", "text", "caption")
_WHERE = {where: where.value for where in Where}
_COUNTRY, _TOPIC = Kind.COUNTRY, Kind.TOPIC


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
    classify, taxonomy = Classifier(vocabulary).classify, vocabulary.taxonomy
    for number, line in enumerate(lines, 1):
        if line.strip():
            key, texts = _read(line, number)
            yield _answer(key, classify(texts), taxonomy)


def _read(line: str, number: int) -> tuple[object, Texts]:
    try:
        item = json.loads(line)
    except ValueError as error:
        raise Refusal(f"line {number}: expected a JSON object: {error}") from error
    if not isinstance(item, dict):
        raise Refusal(f"line {number}: expected a JSON object, not {type(item).__name__}")
    title, text, caption = (item.get(name) or "" for name in _TEXTS)
    for name, value in zip(_TEXTS, (title, text, caption), strict=True):
        if not isinstance(value, str):
            raise Refusal(f"line {number}: expected a string as {name!r}")
    return item.get("id"), Texts(title=title, text=text, caption=caption)


def _answer(key: object, labels: Sequence[Label], taxonomy: Taxonomy) -> str:
    """A line of JSON, put together by hand: the general encoder takes as long as the labelling."""
    countries, topics, evidence = [], [], []
    words: dict[int, str] = {}
    for label in labels:
        kind, value, _, _ = label
        if kind is _COUNTRY:
            value = value.upper()
            countries.append(value)
        elif kind is _TOPIC:
            topics.append(value)
        evidence.append(_evidence(label, value, words))
    return (
        f'{{"id":{_ENCODE(key)},"countries":{_listed(countries)},'
        f'"regions":{_listed(listed_regions(labels, taxonomy))},"topics":{_listed(topics)},'
        f'"evidence":[{",".join(evidence)}]}}\n'
    )


def _listed(values: Collection[str]) -> str:
    return f"[{','.join(map(_STRING, values))}]" if values else "[]"


def _evidence(label: Label, value: str, words: dict[int, str]) -> str:
    """A label with its words; those of a country stand in its regions again: made once."""
    kind, _, score, evidence = label
    parts = []
    for part in evidence:
        known = words.get(id(part))
        if known is None:
            phrase, where, start, end, weight = part
            known = words[id(part)] = (
                f'{{"phrase":{_STRING(phrase)},"where":"{_WHERE[where]}",'
                f'"start":{start},"end":{end},"weight":{_number(weight)}}}'
            )
        parts.append(known)
    return (
        f'{{"kind":"{kind}","value":{_STRING(value)},"score":{_number(score)},'
        f'"words":[{",".join(parts)}]}}'
    )


@lru_cache(maxsize=4096)
def _number(value: float) -> str:
    """There are few weights, and not many more sums of them."""
    return f"{value:.3g}"
