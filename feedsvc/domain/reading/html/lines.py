"""Finds the lines of a page's source on which its words are; the parser does not keep them."""

from __future__ import annotations

from dataclasses import dataclass

_NEEDLE = 24
_WORD = 4
# What is looked for in vain costs reading to the end, so that may happen a few times only.
_MOST_IN_VAIN = 20


@dataclass(slots=True)
class LineFinder:
    """Walks through a source with the words that are met in it; `here` is the line reached."""

    source: str
    here: int = 1
    _place: int = 0
    _in_vain: int = 0

    def find(self, words: str) -> int:
        """The line on which words begin, or the last one found if they are broken by markup."""
        place = self._look_for(words[:_NEEDLE].partition("\n")[0])
        if place < 0:
            first = next((word for word in words[:80].split() if len(word) >= _WORD), "")
            place = self._look_for(first)
        if place >= 0:
            self.here += self.source.count("\n", self._place, place)
            self._place = place
        return self.here

    def _look_for(self, needle: str) -> int:
        if not needle or self._in_vain >= _MOST_IN_VAIN:
            return -1
        place = self.source.find(needle, self._place)
        self._in_vain += place < 0
        return place
