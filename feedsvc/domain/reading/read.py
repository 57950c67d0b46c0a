"""Reads a file of any format that is known: its bytes become drafts, or the reason why not."""

from __future__ import annotations

from feedsvc.domain.reading.decode import decode
from feedsvc.domain.reading.drafts import make_listing
from feedsvc.domain.reading.lines import clean_text
from feedsvc.domain.reading.listing import parse_listing
from feedsvc.domain.reading.markdown import read_markdown
from feedsvc.domain.reading.outcome import Listing, Rejection
from feedsvc.domain.reading.rules import ReadingRules

_MARKDOWN = (".md", ".markdown")


def read_file(name: str, data: bytes, *, rules: ReadingRules) -> Listing | Rejection:
    """The drafts of a file; any bytes give a listing or a rejection, in linear time.

    The content decides which reader a file goes to; `name` decides only if the content does not.
    """
    if name.lower().endswith(_MARKDOWN):
        decoded = decode(data)
        if isinstance(decoded, Rejection):
            return decoded
        reading = read_markdown(clean_text(decoded.text), rules=rules)
        if reading is not None:
            return make_listing(reading, encoding=decoded.encoding, rules=rules)
    return parse_listing(data, taxonomy=rules.taxonomy, zone=rules.zone)
