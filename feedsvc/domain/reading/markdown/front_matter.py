"""Reads the front matter of site generators and note programs: YAML, TOML or JSON."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import yaml

from feedsvc.domain.reading.outline.words import single_space

MAX_CHARACTERS = 32 * 1024
MAX_NODES = 5_000
_YAML = re.compile(r"\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_JSON = re.compile(r"\s*(\{\n.*?^\})[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"([A-Za-z_][\w -]{0,40}):(?:\s+(.*))?")
_BARE = re.compile(r"(?:[A-Za-z][\w -]{0,30}:[ \t]+\S.*\n){2,20}[ \t]*\n")
_TITLED = re.compile(r"^title:", re.IGNORECASE | re.MULTILINE)
_WIKI = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")

Value = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What is at the top of a file: values by key in small letters, and where the text begins.

    A mapping's keys are joined to its own (`cover.image`). `broken` says that it had to be read
    line by line, `bare` that no marks enclose it, as in MultiMarkdown and Pelican.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    body: str
    first: int = 1
    broken: bool = False
    bare: bool = False

    def first_of(self, *keys: str) -> str:
        """The first value of the first key that has one."""
        return next((value for key in keys for value in self.values.get(key, ()) if value), "")

    def all_of(self, *keys: str) -> tuple[str, ...]:
        """All values of these keys."""
        return tuple(value for key in keys for value in self.values.get(key, ()) if value)


def read_front_matter(text: str) -> FrontMatter:
    """A text's front matter and the rest; a text without any is all body."""
    head = text[:MAX_CHARACTERS]
    for pattern, load in ((_YAML, _load_yaml), (_TOML, _load_toml), (_JSON, _load_json)):
        match = pattern.match(head)
        if not match:
            continue
        loaded = load(match[1])
        values, broken = (_read_lines(match[1]), True) if loaded is None else (loaded, False)
        if values and not (broken and len(values) * 2 < match[1].strip().count("\n")):
            first = text.count("\n", 0, match.end()) + 1
            body = text[match.end() :]
            return FrontMatter(values=values, body=body, first=first, broken=broken)
    return _read_bare(text, head) or FrontMatter(body=text)


def _read_bare(text: str, head: str) -> FrontMatter | None:
    """Metadata in the first lines up to an empty one, if no such lines come again below."""
    match = _BARE.match(head)
    if not match or not _TITLED.search(match[0]) or _TITLED.search(text, match.end()):
        return None
    first = text.count("\n", 0, match.end()) + 1
    values = _read_lines(match[0])
    return FrontMatter(values=values, body=text[match.end() :], first=first, bare=True)


def _load_yaml(source: str) -> dict[str, Value] | None:
    """The values of a mapping as words, never as YAML's types; None if it cannot be read."""
    try:
        for number, event in enumerate(yaml.parse(source, Loader=yaml.SafeLoader)):
            if number > MAX_NODES or getattr(event, "anchor", None) is not None:
                return None
        node = yaml.compose(source, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return dict(_flatten("", _plain(node))) if isinstance(node, yaml.MappingNode) else None


def _plain(node: yaml.Node) -> object:
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return {str(getattr(key, "value", "")): _plain(value) for key, value in node.value}


def _load_toml(source: str) -> dict[str, Value] | None:
    try:
        return dict(_flatten("", tomllib.loads(source)))
    except (ValueError, RecursionError):
        return None


def _load_json(source: str) -> dict[str, Value] | None:
    try:
        return dict(_flatten("", json.loads(source)))
    except (ValueError, RecursionError):
        return None


def _flatten(name: str, value: object) -> Iterator[tuple[str, Value]]:
    match value:
        case dict():
            for key, inner in value.items():
                below = key.strip().lower().replace("-", "_") if isinstance(key, str) else ""
                yield from _flatten(f"{name}.{below}" if name else below, inner)
        case list():
            yield name, tuple(word for item in value if (word := _word(item)))
        case _:
            yield name, (_word(value),)


def _word(value: object) -> str:
    match value:
        case dict():
            names = (value.get(key) for key in ("name", "title", "src", "url"))
            return next((_word(name) for name in names if name), "")
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case str() | int() | float():
            return single_space(_WIKI.sub(r"\1", str(value)))
        case _:
            return ""


def _read_lines(source: str) -> dict[str, Value]:
    """What lines `key: value` say where YAML stumbles, mostly over a colon in a title."""
    values: dict[str, Value] = {}
    key = ""
    for line in source.split("\n"):
        if match := _LINE.fullmatch(line.rstrip()):
            key = match[1].strip().lower().replace("-", "_")
            value = (match[2] or "").strip()
            listed = value.startswith("[") and value.endswith("]") and not value.startswith("[[")
            parts = value[1:-1].split(",") if listed else [value]
            values[key] = tuple(word for part in parts if (word := _word(part.strip(" \"'"))))
        elif key and line.lstrip().startswith("- "):
            values[key] = (*values[key], _word(line.lstrip()[2:].strip(" \"'")))
    return values
