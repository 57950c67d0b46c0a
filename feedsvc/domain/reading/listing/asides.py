"""Lines that are not text of an entry but say something about it, or nothing at all."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import NamedTuple

from feedsvc.domain.reading.outcome import Taken


class Kind(Enum):
    """What such a line is; the value says so in a note."""

    BYLINE = "byline"
    DATE = "date"
    CREDIT = "source and time"
    TIME = "time without a date, not used"
    READING_TIME = "reading time"
    ADDRESS = "address of the story"
    PRIVATE = "address that not everyone can open"
    READ_MORE = "link to read on"
    MASTHEAD = "name of the publication, not an entry"
    CONTENTS = "contents list, not news"
    FOOTNOTE = "footnote"
    FURNITURE = "part of a web page, not of the news"

    @property
    def ends(self) -> bool:
        """Whether it usually is below the entry that it belongs to."""
        return self in {Kind.READ_MORE, Kind.FURNITURE, Kind.ADDRESS, Kind.PRIVATE}


class Said(NamedTuple):
    """What a line says about its entry; empty if it says nothing."""

    author: str = ""
    source: str = ""
    link: str = ""
    date: datetime | None = None

    def over(self, other: Said) -> Said:
        """What it says, and where it says nothing, what the other does."""
        return Said(
            self.author or other.author,
            self.source or other.source,
            self.link or other.link,
            self.date or other.date,
        )

    def beyond(self, other: Said) -> Said:
        """What it says that the other does not."""
        return Said(
            "" if other.author else self.author,
            "" if other.source else self.source,
            "" if other.link else self.link,
            None if other.date else self.date,
        )

    @property
    def taken(self) -> tuple[Taken, ...]:
        """What the line is used as."""
        named = (
            (Taken.AUTHOR, self.author),
            (Taken.SOURCE, self.source),
            (Taken.LINK, self.link),
            (Taken.DATE, self.date),
        )
        return tuple(taken for taken, value in named if value) or (Taken.NOTHING,)


class Aside(NamedTuple):
    """A line that was set aside. `place` is the place of the next text in the file."""

    number: int
    text: str
    block: int
    place: int
    kind: Kind
    said: Said = Said()
