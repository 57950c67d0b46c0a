"""`feedsvc classify`: labels for lines of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

import click

from feedsvc.cli.setup import Refusal, Setup, load_words, setting_flags
from feedsvc.domain.classify import Classifier, Texts, Vocabulary
from feedsvc.domain.classify.listed import listed_regions
from feedsvc.domain.model import Evidence, Kind, Label, Where
from feedsvc.domain.taxonomy import Taxonomy

_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_STRING = encode_basestring
_COUNTRY, _TOPIC = Kind.COUNTRY, Kind.TOPIC
_TEXTS = ("title", "text", "caption")
# A member of an enum says its value slowly.
_KINDS = {kind: kind.value for kind in Kind}
_PLACES = {where: where.value for where in Where}


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


def _read(line: str, number: int) -> tuple[str, Texts]:
    """The id of an item, as JSON, and its texts."""
    try:
        item = json.loads(line)
        key = _ENCODE(item.get("id")) if isinstance(item, dict) else ""
    except (ValueError, RecursionError) as error:
        raise Refusal(f"line {number}: expected a JSON object: {error}") from error
    if not key:
        raise Refusal(f"line {number}: expected a JSON object, not {type(item).__name__}")
    title, text, caption = ("" if (value := item.get(name)) is None else value for name in _TEXTS)
    for name, value in zip(_TEXTS, (title, text, caption), strict=True):
        if not isinstance(value, str):
            raise Refusal(f"line {number}: expected a string as {name!r}")
    return key, Texts(title=title, text=text, caption=caption)


def _answer(key: str, labels: Sequence[Label], taxonomy: Taxonomy) -> str:
    """A line of JSON, put together by hand: the general encoder takes half again as long."""
    slugs: dict[Kind, list[str]] = {kind: [] for kind in _KINDS}
    evidence: list[str] = []
    # The words of a country stand in its regions again: they are written once.
    words: dict[int, str] = {}
    for kind, value, score, proof in labels:
        slug = _STRING(value.upper() if kind is _COUNTRY else value)
        slugs[kind].append(slug)
        said: list[str] = []
        for part in proof:
            written = words.get(id(part))
            if written is None:
                written = words[id(part)] = _words(part)
            said.append(written)
        evidence.append(
            f'{{"kind":"{_KINDS[kind]}","value":{slug},"score":{_number(score)},'
            f'"words":[{",".join(said)}]}}'
        )
    regions = map(_STRING, listed_regions(labels, taxonomy))
    return (
        f'{{"id":{key},"countries":[{",".join(slugs[_COUNTRY])}],'
        f'"regions":[{",".join(regions)}],"topics":[{",".join(slugs[_TOPIC])}],'
        f'"evidence":[{",".join(evidence)}]}}\n'
    )


def _words(part: Evidence) -> str:
    phrase, where, start, end, weight = part
    return (
        f'{{"phrase":{_STRING(phrase)},"where":"{_PLACES[where]}",'
        f'"start":{start},"end":{end},"weight":{_number(weight)}}}'
    )


@lru_cache(maxsize=4096)
def _number(value: float) -> str:
    """There are few weights, and not many more sums of them."""
    return f"{value:.3g}"
