"""How files are read: what the settings say about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo

from feedsvc.domain.reading.item import Selectors
from feedsvc.domain.reading.lengths import MAX_TEASER_CHARS
from feedsvc.domain.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRules:
    """What every reader may need to know.

    `zone` is the time zone of dates without one; `day_first` reads 03/04/2026 as 3 April.
    `verbatim` keeps every line as text, `teaser_only` sets paragraphs after the first aside;
    longer texts than `max_teaser_chars` are cut.
    `selectors` say where HTML pages have their entries; `columns` maps a table's own column names
    to those that are known.
    """

    taxonomy: Taxonomy
    zone: tzinfo
    day_first: bool = True
    verbatim: bool = False
    teaser_only: bool = False
    max_teaser_chars: int = MAX_TEASER_CHARS
    selectors: Selectors | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
