"""Decides what an entry says when several seeds state it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from feedsvc.domain.model import Draft
from feedsvc.domain.reconcile import says


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighted:
    """One seed's wording of an entry.

    `edited` numbers the ingest in which an editor last changed it here, 0 if never; `dropped` is
    true where a rolling listing has since let it go.
    """

    draft: Draft
    edited: int
    dropped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What an entry says: the words that are shown and what is stated about them."""

    title: str
    text: str
    caption: str
    link: str
    author: str
    image: str
    language: str
    source: str
    regions: tuple[str, ...] | None
    countries: tuple[str, ...] | None
    topics: tuple[str, ...] | None


SHARED_WORDS = ("title", "text")
FALLBACKS = tuple(field.name for field in fields(Statement) if field.name not in SHARED_WORDS)


def settle_statement(sightings: Sequence[Sighted]) -> Statement:
    """The words of the leading sighting; what it leaves out is taken from those that follow.

    Standing ones lead dropped ones, then the latest edited, the longer text, the bytewise smaller:
    the order in which seeds arrived does not count.

    Raises:
        ValueError: There is no sighting.
    """
    if not sightings:
        raise ValueError("an entry's statement needs at least one sighting")
    drafts = [sighted.draft for sighted in sorted(sightings, key=_precedence)]
    stated = {name: _first_stated(drafts, name) for name in FALLBACKS}
    return Statement(title=drafts[0].title, text=drafts[0].text, **stated)  # type: ignore[arg-type]


def _first_stated(drafts: Sequence[Draft], name: str) -> object:
    """The first value that is stated; an empty list of labels is, an empty text is not."""
    values = [getattr(draft, name) for draft in drafts]
    return next((value for value in values if value not in ("", None)), values[0])


def _precedence(sighted: Sighted) -> tuple[bool, int, int, bytes]:
    draft = sighted.draft
    written = repr(says(draft)).encode()
    words = f"{draft.text}\n{draft.title}".encode()
    return (sighted.dropped, -sighted.edited, -len(draft.text), words + b"\0" + written)
