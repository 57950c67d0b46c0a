"""Items and their labels as JSON lines, as `feedsvc classify` reads and writes them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from feedsvc.domain.classify.classifier import Texts
from feedsvc.domain.model import Evidence, Kind, Label, Where
from feedsvc.domain.taxonomy import Taxonomy

_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_STRING = encode_basestring
_COUNTRY, _TOPIC = Kind.COUNTRY, Kind.TOPIC
# Reading the value of an enum member is slow.
_KINDS = {kind: kind.value for kind in Kind}
_PLACES = {where: where.value for where in Where}


def read_line(line: str) -> tuple[str, Texts]:
    """The id of an item, as JSON, and its texts.

    Raises:
        ValueError: The line is not a JSON object with texts.
    """
    try:
        item = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not a JSON object: {error.msg}: column {error.colno}") from error
    except RecursionError as error:
        raise ValueError("not a JSON object: nested too deeply") from error
    except ValueError as error:
        raise ValueError(f"not a JSON object: {error}") from error
    if not isinstance(item, dict):
        raise ValueError(f"not a JSON object but a {type(item).__name__}")  # noqa: TRY004
    try:
        key = _ENCODE(item.get("id"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"the id cannot be written as JSON: {error}") from error
    return key, Texts(_text(item, "title"), _text(item, "text"), _text(item, "caption"))


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{name!r} is not a string")  # noqa: TRY004 -- the input is wrong, not the code
    return value


def write_line(key: str, labels: Sequence[Label], taxonomy: Taxonomy) -> str:
    """A JSON line, put together by hand: the general encoder takes half as long again.

    `key` is the id of the item, as JSON.
    """
    slugs: dict[Kind, list[str]] = {kind: [] for kind in _KINDS}
    evidence: list[str] = []
    # The words that led to a country lead to its regions, too: they are encoded once.
    words: dict[int, str] = {}
    for kind, value, score, found in labels:
        slug = _STRING(value.upper() if kind is _COUNTRY else value)
        slugs[kind].append(slug)
        said: list[str] = []
        for part in found:
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


def listed_regions(labels: Sequence[Label], taxonomy: Taxonomy) -> tuple[str, ...]:
    """The regions that an editor would list, best first: those named, not all that contain them.

    M49 puts one region between a sub-region and its continent, Latin America and the Caribbean. A
    story about Brazil is in its channel, but nobody lists it as a region of that story, unless the
    words name it.
    """
    regions = [label for label in labels if label.kind is Kind.REGION]
    known = taxonomy.regions
    around = {parent for label in regions for parent in known[label.value].parents}
    between = {slug for slug in around if known[slug].parents}
    if not between:
        return tuple([label.value for label in regions])
    said = {
        evidence
        for label in labels
        if label.kind is not Kind.TOPIC and label.value not in around
        for evidence in label.evidence
    }
    return tuple(
        label.value
        for label in regions
        if label.value not in between or not said.issuperset(label.evidence)
    )


def _words(part: Evidence) -> str:
    phrase, where, start, end, weight = part
    return (
        f'{{"phrase":{_STRING(phrase)},"where":"{_PLACES[where]}",'
        f'"start":{start},"end":{end},"weight":{_number(weight)}}}'
    )


@lru_cache(maxsize=4096)
def _number(value: float) -> str:
    """Format a weight or score; there are few of them."""
    return f"{value:.3g}"
