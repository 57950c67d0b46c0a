"""Front matter: the YAML between two lines of hyphens at the top of a file, for all its entries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

import yaml

from feedsvc.domain.reading.fields import FieldLine, FieldName, named_field
from feedsvc.domain.reading.lines import LINE_END, clean_text
from feedsvc.domain.reading.outcome import Problem
from feedsvc.domain.reading.values import read_switch
from feedsvc.domain.reading.words.fields import TAG_WORDS

MAX_LINES = 500
MAX_CHARACTERS = 32 * 1024
_MAX_DEPTH = 4
_FENCE = re.compile(r"-{3,}\s*")
_KEY = re.compile(r"\w[\w -]*:(\s|$)")
_ROLLING, _VERBATIM = "rolling", "verbatim"
_FOR_ENTRIES_ONLY = frozenset({FieldName.LINK, FieldName.IMAGE})
_KEYS = "regions, countries, topics, date, author, language, source, rolling or verbatim"
_EXPECTED = "Write `name: value` lines between two lines of three hyphens."


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What applies to all entries of a file, as written."""

    fields: tuple[FieldLine, ...] = ()
    rolling: bool | None = None
    verbatim: bool | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A file's text in two: its front matter, and the rest with its first line's number."""

    front: FrontMatter
    body: str
    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fences:
    """The places, from 0, of the lines of hyphens around the front matter."""

    opening: int
    closing: int


def part_sheet(text: str) -> Sheet | Problem:
    """A clean text's front matter and body, or why the front matter cannot be read.

    Hyphens that open no `name: value` lines are a rule, and the text has no front matter.
    """
    empty = FrontMatter()
    whole = Sheet(front=empty, body=text, first=1)
    lines = _head_lines(text)
    fences = _find_fences(lines)
    if fences is None:
        return _refuse_unclosed(lines) or whole
    first = fences.opening + 2
    node = _load("\n".join(lines[fences.opening + 1 : fences.closing]), first=first)
    if isinstance(node, Problem):
        return node
    if isinstance(node, yaml.ScalarNode):
        return whole
    if isinstance(node, yaml.SequenceNode):
        return Problem(first, "the front matter is a list", _EXPECTED)
    return Sheet(
        front=_read_mapping(node, first=first) if isinstance(node, yaml.MappingNode) else empty,
        body=_after(text, line=fences.closing),
        first=fences.closing + 2,
    )


def _head_lines(text: str) -> list[str]:
    lines = LINE_END.split(text[:MAX_CHARACTERS])
    if len(text) > MAX_CHARACTERS:
        lines[-1] += "…"  # the limit may have cut it to what looks like a fence
    return lines[:MAX_LINES]


def _find_fences(lines: list[str]) -> _Fences | None:
    opening = _opening(lines)
    if opening is None:
        return None
    places = (n for n in range(opening + 1, len(lines)) if _FENCE.fullmatch(lines[n]))
    closing = next(places, None)
    return None if closing is None else _Fences(opening=opening, closing=closing)


def _opening(lines: list[str]) -> int | None:
    first = next((place for place, line in enumerate(lines) if line.strip()), None)
    return first if first is not None and _FENCE.fullmatch(lines[first]) else None


def _refuse_unclosed(lines: list[str]) -> Problem | None:
    opening = _opening(lines)
    if opening is None:
        return None
    first = next((line for line in lines[opening + 1 :] if line.strip()), "")
    if not _KEY.match(first):
        return None
    within = f"within {MAX_LINES} lines and {MAX_CHARACTERS // 1024} KiB"
    return Problem(
        opening + 1, "the front matter has no end", f"Close it with a line `---` {within}."
    )


def _after(text: str, *, line: int) -> str:
    ends = LINE_END.finditer(text)
    end = next(islice(ends, line, None), None)
    return text[end.end() :] if end else ""


def _load(front: str, *, first: int) -> yaml.Node | Problem | None:
    try:
        _refuse_bombs(front)
        # Nodes know their lines, and nothing is constructed: `no` stays a word.
        node: yaml.Node | None = yaml.compose(front, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first + (mark.line if mark else 0)
        return Problem(
            line, f"the front matter cannot be read: {error.problem or error.context}", _EXPECTED
        )
    except (yaml.YAMLError, ValueError, OverflowError):
        return Problem(first, "the front matter is not YAML", _EXPECTED)
    return node


def _refuse_bombs(front: str) -> None:
    """Stops at what grows or nests before anything is built of it.

    Raises:
        yaml.YAMLError: There is an alias or an anchor, or nesting beyond lists of names.
    """
    depth = 0
    for event in yaml.parse(front, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        reason = "an alias" if _is_alias(event) else "nested too deep"
        if depth > _MAX_DEPTH or _is_alias(event):
            raise yaml.MarkedYAMLError(problem=reason, problem_mark=event.start_mark)  # type: ignore[arg-type]


def _is_alias(event: yaml.Event) -> bool:
    return isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None


def _read_mapping(node: yaml.MappingNode, *, first: int) -> FrontMatter:
    fields: list[FieldLine] = []
    problems: list[Problem] = []
    switches: dict[str, bool | None] = {}
    for key_node, value_node in node.value:
        line = first + key_node.start_mark.line
        key, value = _flatten(key_node) or "", _flatten(value_node)
        name = named_field(key)
        if value is None:
            problems.append(
                Problem(
                    line,
                    f"`{key}` in the front matter is a mapping, ignored",
                    "Write a value or a list.",
                )
            )
        elif (switch := key.casefold()) in {_ROLLING, _VERBATIM}:
            switches[switch] = read_switch(value)
            if switches[switch] is None:
                problems.append(
                    Problem(
                        line,
                        f"{switch} `{value:.60}` not understood, ignored",
                        "Write true or false.",
                    )
                )
        elif name is None and key.casefold() in TAG_WORDS:
            fields.append(FieldLine(line, FieldName.TOPICS, value, tags=True))
        elif name is None or name in _FOR_ENTRIES_ONLY:
            problems.append(_unknown_key(line, key))
        else:
            fields.append(FieldLine(line, name, value))
    return FrontMatter(
        fields=tuple(fields),
        rolling=switches.get(_ROLLING),
        verbatim=switches.get(_VERBATIM),
        problems=tuple(problems),
    )


def _unknown_key(line: int, key: str) -> Problem:
    return Problem(line, f"unknown front-matter key `{key:.60}`, ignored", f"Use {_KEYS}.")


def _flatten(node: yaml.Node) -> str | None:
    """A scalar or a list of scalars as a field line writes it; None for anything else."""
    if isinstance(node, yaml.ScalarNode):
        # Escapes in quotes can bring back what was cleaned away.
        return " ".join(clean_text(node.value).split())
    if not isinstance(node, yaml.SequenceNode):
        return None
    items = [_flatten(item) if isinstance(item, yaml.ScalarNode) else None for item in node.value]
    return "; ".join(item for item in items if item) if None not in items else None
