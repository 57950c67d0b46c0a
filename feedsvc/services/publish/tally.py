"""Counts what the presses have done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feedsvc.services.publish.press import Press


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was done since the start, and what is held (bytes, seconds)."""

    hits: int
    renders: int
    render_seconds: float
    documents: int
    held_bytes: int
    evictions: int


def tally_of(*presses: Press) -> Tally:
    """The figures of several presses together."""
    return Tally(
        hits=sum(press.hits for press in presses),
        renders=sum(press.renders for press in presses),
        render_seconds=sum(press.render_seconds for press in presses),
        documents=sum(len(press.cache) for press in presses),
        held_bytes=sum(press.cache.size for press in presses),
        evictions=sum(press.cache.evictions for press in presses),
    )
