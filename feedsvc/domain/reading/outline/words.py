"""The words of a paragraph with what marks them: links, bold type, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

_SPACE = re.compile(r"\s+")
_SPACES = re.compile(r"[^\S\n]+")
_BREAK = re.compile(r"[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one style; `href` is empty outside links, a line break is kept."""

    text: str
    href: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's address and the words that replace it."""

    address: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What a heading, a paragraph or a cell says; neighbouring runs differ in style."""

    runs: tuple[Run, ...] = ()
    pictures: tuple[Picture, ...] = ()

    @classmethod
    def plain(cls, text: str) -> Words:
        """Words of one style."""
        return cls((Run(text),) if text else ())

    @property
    def text(self) -> str:
        """All of it, single-spaced."""
        return single_space("".join(run.text for run in self.runs))

    @property
    def links(self) -> tuple[Run, ...]:
        """The runs that are links to somewhere else."""
        return tuple(run for run in self.runs if leads_away(run.href))


def single_space(text: str) -> str:
    """A text with each run of white space as one space, trimmed."""
    return _SPACE.sub(" ", text).strip()


def leads_away(href: str) -> bool:
    """Whether a link leads to another page, not to a place in this one or to a mail program."""
    return bool(href) and not href.lower().startswith(("#", "mailto:", "javascript:", "tel:"))


def gather_words(runs: Iterable[Run], pictures: Iterable[Picture] = ()) -> Words:
    """Words of runs, those of one style joined, white space moved out of marked ones."""
    return Words(tuple(_join_runs(_single_spaced(runs))), tuple(pictures))


def _single_spaced(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs with single spaces, none doubled between two of them."""
    spaced = True
    for run in runs:
        text = _SPACES.sub(" ", _BREAK.sub("\n", run.text))
        if spaced:
            text = text.removeprefix(" ")
        if text:
            spaced = text.endswith((" ", "\n"))
            yield replace(run, text=text)


def _join_runs(runs: Iterable[Run]) -> Iterator[Run]:
    held: list[Run] = []
    for run in runs:
        if held and (held[0].href, held[0].bold) == (run.href, run.bold):
            held.append(run)
            continue
        yield from _joined(held)
        held = [run]
    yield from _joined(held)


def _joined(runs: list[Run]) -> Iterator[Run]:
    if runs:
        yield replace(runs[0], text="".join(run.text for run in runs))
