"""Caches finished documents up to a number of bytes, evicting the least recently used first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from feedsvc.domain.render.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedDocument:
    """A document and the revision of its channel that it shows."""

    revision: int
    document: Document


class DocumentCache:
    """At most `limit` bytes of documents; a single document above the limit is not kept."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self.evictions = 0
        self._documents: OrderedDict[Hashable, CachedDocument] = OrderedDict()

    def __len__(self) -> int:
        return len(self._documents)

    def get(self, key: Hashable) -> CachedDocument | None:
        """The document under a key, which becomes the most recently used; None if there is none."""
        cached = self._documents.get(key)
        if cached is not None:
            self._documents.move_to_end(key)
        return cached

    def put(self, key: Hashable, cached: CachedDocument) -> None:
        """Replace the document under a key, and evict others until all fit."""
        self._drop(key)
        self._documents[key] = cached
        self.size += cached.document.size
        while self.size > self.limit:
            self._drop(next(iter(self._documents)))
            self.evictions += 1

    def _drop(self, key: Hashable) -> None:
        cached = self._documents.pop(key, None)
        if cached is not None:
            self.size -= cached.document.size
