"""Reading: the bytes of a file become drafts, notes and problems, or one rejection.

Each format has its reader in a package of its own; what all of them need is here. Pure: no reader
opens a file, asks a clock or the network. What is expected of a listing: docs/seed-format.md.
"""

from feedsvc.domain.reading.outcome import Listing, Note, Problem, Rejection, Taken
from feedsvc.domain.reading.read import read_file
from feedsvc.domain.reading.rules import ReadingRules

__all__ = [
    "Listing", "Note", "Problem", "ReadingRules", "Rejection", "Taken", "read_file",
]  # fmt: skip
