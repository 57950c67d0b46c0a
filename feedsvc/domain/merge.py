"""Merges what several seeds state about one entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from feedsvc.domain.model import LABEL_FIELDS, TEXT_FIELDS, Stated

FALLBACK_FIELDS = (*(name for name in TEXT_FIELDS if name not in {"title", "text"}), *LABEL_FIELDS)
_every_field = attrgetter(*TEXT_FIELDS, *LABEL_FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What one seed states about an entry.

    `edited` is the number of the ingest in which an editor last changed it here, 0 if never;
    `dropped` is true after a rolling listing has let go of it.
    """

    stated: Stated
    edited: int
    dropped: bool


def merge_wordings(wordings: Sequence[Wording]) -> Stated:
    """The leading wording, with what it leaves out taken from the next one that states it.

    Wordings still in their listing come before dropped ones, then the most recently edited, then
    the longer text, then bytewise order. The order in which the seeds arrived doesn't matter.

    Raises:
        ValueError: There is no wording.
    """
    if not wordings:
        raise ValueError("an entry needs at least one wording")
    leading, *others = [wording.stated for wording in sorted(wordings, key=_precedence)]
    if not others:
        return leading
    filled: dict[str, Any] = {
        name: _first_stated([leading, *others], name) for name in FALLBACK_FIELDS
    }
    return replace(leading, **filled)


def _first_stated(candidates: Sequence[Stated], name: str) -> object:
    """The first value that is stated: an empty list of labels is, an empty text is not."""
    values = [getattr(stated, name) for stated in candidates]
    return next((value for value in values if value not in ("", None)), values[0])


def _precedence(wording: Wording) -> tuple[bool, int, int, bytes]:
    stated = wording.stated
    words = f"{stated.text}\n{stated.title}\0{_every_field(stated)!r}".encode()
    return (wording.dropped, -wording.edited, -len(stated.text), words)
