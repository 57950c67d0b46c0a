"""Looks for words in the newest entries, without an index."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from feedsvc.domain.model import Channel, Entry
from feedsvc.store.reader import Reader
from feedsvc.web.page_search import Found

SEARCHED = 500
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class NewestFinder:
    """Finds among the `SEARCHED` newest entries; a bound, since each search reads them all."""

    reader: Reader

    async def find(self, query: str, *, limit: int) -> Found:
        """The entries in which every word of the query begins some word, newest first."""
        wanted = fold_words(query)
        if not wanted:
            return Found(entries=(), total=0)
        recent = await self.reader.recent(Channel(), limit=SEARCHED)
        matches = tuple(entry for entry in recent.entries if _has_all(entry, wanted))
        return Found(entries=matches[:limit], total=len(matches))


def fold_words(text: str) -> frozenset[str]:
    """Its words without case and accents: `Åland` and `aland` are one."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return frozenset(WORD.findall("".join(it for it in plain if not unicodedata.combining(it))))


def _has_all(entry: Entry, wanted: Iterable[str]) -> bool:
    words = fold_words(f"{entry.title} {entry.text} {entry.caption}")
    return all(any(word.startswith(start) for word in words) for start in wanted)
