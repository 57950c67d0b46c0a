"""Plain listings: text to drafts, with the kind of every line decided over the whole file.

What is expected of a file is specified in docs/seed-format.md.
"""

from feedsvc.domain.reading.listing.parse import parse_listing

__all__ = ["parse_listing"]
