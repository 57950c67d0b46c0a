"""Finished documents by what they show, the least recently used given up first."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

    from feedsvc.domain.render.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A document and the revision of its channel that it shows."""

    revision: int
    document: Document


class DocumentCache:
    """At most `limit` bytes of documents; one that alone is larger is not held."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self.evictions = 0
        self._held: OrderedDict[Hashable, Held] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: Hashable) -> Held | None:
        """What is held under a key, from now on the most recently used; None if nothing is."""
        held = self._held.get(key)
        if held is not None:
            self._held.move_to_end(key)
        return held

    def put(self, key: Hashable, held: Held) -> None:
        """Holds a document in place of the key's last one, and gives up others if it must."""
        self._drop(key)
        self._held[key] = held
        self.size += held.document.size
        while self.size > self.limit:
            self._drop(next(iter(self._held)))
            self.evictions += 1

    def _drop(self, key: Hashable) -> None:
        held = self._held.pop(key, None)
        if held is not None:
            self.size -= held.document.size
