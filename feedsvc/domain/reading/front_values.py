"""The values in a file's front matter, read as YAML."""

from __future__ import annotations

import yaml

from feedsvc.domain.reading.fields import FieldLine, FieldName, FrontMatter, named_field
from feedsvc.domain.reading.lines import clean_text
from feedsvc.domain.reading.outcome import Problem
from feedsvc.domain.reading.values import read_switch
from feedsvc.domain.reading.words.fields import TAG_WORDS

_MAX_DEPTH = 4
_ROLLING, _VERBATIM = "rolling", "verbatim"
_FOR_ENTRIES_ONLY = frozenset({FieldName.LINK, FieldName.IMAGE})
_KEYS = "regions, countries, topics, date, author, language, source, rolling or verbatim"
_EXPECTED = "Write `name: value` lines between two lines of three hyphens."


def read_values(front: str, *, first: int) -> FrontMatter | Problem | None:
    """The front matter in these lines, whose first line has this number.

    None if it is prose between two rules; a problem if it cannot be read.
    """
    node = _load(front, first=first)
    if isinstance(node, Problem):
        return node
    if isinstance(node, yaml.ScalarNode):
        return None
    if isinstance(node, yaml.SequenceNode):
        return Problem(first, "the front matter is a list", _EXPECTED)
    return _read_mapping(node, first=first) if isinstance(node, yaml.MappingNode) else FrontMatter()


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
