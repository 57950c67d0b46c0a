"""What the classifier is given: the texts of an entry and what its file states of it."""

from __future__ import annotations

from typing import NamedTuple


class Texts(NamedTuple):
    """The texts of an entry; absent ones are empty.

    `regions`, `countries` and `topics` hold slugs that replace what is inferred; None means: infer.
    """

    title: str
    text: str
    caption: str = ""
    regions: tuple[str, ...] | None = None
    countries: tuple[str, ...] | None = None
    topics: tuple[str, ...] | None = None
