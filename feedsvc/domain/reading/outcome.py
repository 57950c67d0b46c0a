"""What comes of a file: a listing with its notes and problems, or a rejection with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from feedsvc.domain.model import Draft


class Taken(StrEnum):
    """What a line became that is not part of a headline, a teaser or a caption."""

    AUTHOR = "author"
    DATE = "date"
    SOURCE = "source"
    LINK = "link"
    IMAGE = "image"
    SECTION = "section"
    KICKER = "kicker"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A line that was taken for something other than text.

    `line` is 1-based, `text` is the line as written, `reason` says what kind of line it is.
    """

    line: int
    text: str
    taken: tuple[Taken, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What an editor should look at; the caller names the file.

    `reason` says what is wrong on the 1-based line and what happened because of it, `advice` what
    to do about it. `text` is the line as written, empty if the whole file is meant.
    """

    line: int
    reason: str
    advice: str = ""
    text: str = ""

    @property
    def message(self) -> str:
        """Reason and advice in one line."""
        return f"{self.reason}. {self.advice}" if self.advice else self.reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The drafts of a file, at least one; `rolling` is None if the file does not say."""

    drafts: tuple[Draft, ...]
    encoding: str
    rolling: bool | None
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """Why a file gives no entries; `encoding` is empty if it is unknown."""

    problem: Problem
    encoding: str = ""
