"""Listings: bytes to drafts, with roles decided over the whole file.

Each step returns a new type: bytes → `Decoded` → `Sheet` → `Line` → `Block` → `Look` → `Role` →
`Story` → `Draft`.
What is expected of a file is specified in docs/seed-format.md.
"""

from feedsvc.domain.listing.outcome import Listing, Problem, Rejection
from feedsvc.domain.listing.parse import parse_listing

__all__ = ["Listing", "Problem", "Rejection", "parse_listing"]
