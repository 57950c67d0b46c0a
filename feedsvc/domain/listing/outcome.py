"""What comes of a file: a listing with its problems, or a rejection with its one reason."""

from __future__ import annotations

from dataclasses import dataclass

from feedsvc.domain.model import Draft


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong on a 1-based line and what was expected; the caller names the file."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The drafts of a file, at least one; `rolling` is None where the file does not say."""

    drafts: tuple[Draft, ...]
    encoding: str
    rolling: bool | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """Why nothing of a file is taken; `encoding` is empty where it was not found out."""

    problem: Problem
    encoding: str
