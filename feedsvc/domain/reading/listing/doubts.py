"""Finds files that look wrong as a whole although they were read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedsvc.domain.model import Draft
from feedsvc.domain.reading.listing.chain import Read
from feedsvc.domain.reading.listing.gather import Gathered
from feedsvc.domain.reading.outcome import Problem


def find_doubts(drafts: Sequence[Draft], read: Read, gathered: Gathered) -> Iterator[Problem]:
    """What an editor should look at because the file may be laid out in an unknown way."""
    _ = drafts, read, gathered
    yield from ()
