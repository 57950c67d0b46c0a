"""Prints what files would change, for `feedsvc check --diff`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

import click

from feedsvc.cli.draft import show_paragraphs
from feedsvc.cli.output import printable
from feedsvc.domain.difference import Change, Difference
from feedsvc.services.ingest.read import AcceptedSeed

Compare = Callable[[AcceptedSeed], tuple[Difference, ...]]

_LOOKS = {
    Change.NEW: ("+", "green"),
    Change.EDITED: ("~", "yellow"),
    Change.SHARED: ("=", None),
    Change.RETURNING: ("+", "green"),
    Change.TAKEN_DOWN: ("!", "red"),
    Change.LEAVING: ("-", "red"),
    Change.SAME: (" ", None),
}
_MEANINGS = {
    Change.SHARED: "published already, from another file",
    Change.RETURNING: "was withdrawn, will return",
    Change.TAKEN_DOWN: "was taken down, stays out of the feeds",
    Change.LEAVING: "in no file any more",
}
_SHOWN_LENGTH = 80


def print_differences(name: str, differences: Sequence[Difference]) -> None:
    """Print for people what a file would change."""
    counts = [
        f"{number} {change.value}"
        for change in Change
        if change is not Change.SAME
        and (number := sum(one.change is change for one in differences))
    ]
    click.secho(f"{printable(name)}: {', '.join(counts) or 'nothing changes'}", bold=True)
    for one in differences:
        sign, colour = _LOOKS[one.change]
        meaning = f" ({_MEANINGS[one.change]})" if one.change in _MEANINGS else ""
        headline = printable(one.draft.stated.headline)
        click.secho(f"{one.draft.line:6}  {sign} {headline}{meaning}", fg=colour)
        for line in _list_details(one):
            click.echo(f"          {printable(line)}")


def diff_line(file: str, one: Difference) -> str:
    """One difference as a JSON object."""
    stored = one.stored
    return json.dumps(
        {
            "kind": "diff",
            "file": file,
            "line": one.draft.line,
            "change": one.change.value,
            "title": one.draft.stated.headline,
            "id": stored.id.urn if stored else None,
            "edited": list(one.edited),
            "before": {name: getattr(one.before, name) for name in one.edited},
            "published": stored.published.isoformat() if stored else None,
            "ignored_date": one.ignored_date.isoformat() if one.ignored_date else None,
        }
    )


def _list_details(one: Difference) -> Iterator[str]:
    for name in one.edited:
        before, after = getattr(one.before, name), getattr(one.draft.stated, name)
        yield f"{name}: {_show(before)} → {_show(after)}"
    if one.ignored_date and one.stored:
        yield (
            f"date {one.ignored_date:%Y-%m-%d %H:%M} is ignored: the entry was published "
            f"{one.stored.published:%Y-%m-%d %H:%M}, and a date only counts the first time"
        )


def _show(value: str | tuple[str, ...] | None) -> str:
    if value is None or value == "":
        return "nothing"
    text = value if isinstance(value, str) else ", ".join(value) or "none"
    text = show_paragraphs(text)
    return text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1].rstrip() + "…"
