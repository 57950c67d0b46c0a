"""Keeps every channel's document ready: rendered once a revision, held in memory, never guessed.

`ledger` knows channels and their revisions, `publisher` answers with documents, `press` renders
once however many ask, `cache` holds what was rendered within a limit of bytes.
"""

from feedsvc.services.publish.cache import DocumentCache
from feedsvc.services.publish.compose import Findings, UnknownPageError
from feedsvc.services.publish.ledger import Ledger
from feedsvc.services.publish.press import Obtained, Press, Proof
from feedsvc.services.publish.publisher import Publisher, UnknownChannelError
from feedsvc.services.publish.tally import Tally

__all__ = [
    "DocumentCache",
    "Findings",
    "Ledger",
    "Obtained",
    "Press",
    "Proof",
    "Publisher",
    "Tally",
    "UnknownChannelError",
    "UnknownPageError",
]
