"""How files are read: what the settings say about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from feedsvc.domain.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRules:
    """What every reader may need to know.

    `zone` is the time zone of dates without one; `day_first` reads 03/04/2026 as 3 April.
    `verbatim` keeps every line as text, `teaser_only` sets paragraphs after the first aside.
    """

    taxonomy: Taxonomy
    zone: tzinfo
    day_first: bool = True
    verbatim: bool = False
    teaser_only: bool = False
