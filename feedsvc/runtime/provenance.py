"""States what the store's content is made with, by the settings and the vocabulary."""

from __future__ import annotations

from feedsvc.domain.classify import Vocabulary
from feedsvc.services.relabel import Provenance, provenance_of
from feedsvc.settings import Settings

REREAD_AFTER = (
    "rolling",
    "day_first",
    "verbatim",
    "teaser_only",
    "max_teaser_chars",
    "table_columns",
    "html_selectors",
)


def provenance_from(settings: Settings, vocabulary: Vocabulary) -> Provenance:
    """What the store's content is made with; if it changes, every file is read again.

    A file's dates count only when its entries are first seen, so `timezone` is not part of it.
    """
    reading = " ".join(f"{name}={getattr(settings, name)}" for name in REREAD_AFTER)
    return provenance_of(vocabulary, reading=reading)
