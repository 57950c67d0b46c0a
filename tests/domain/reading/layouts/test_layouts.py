"""Stories poured into the layouts that editors have come out as a person reads them.

`stories.txt` has a language, a headline and a teaser a line; `further.py` has the layouts.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from feedsvc.domain.model import Draft
from feedsvc.domain.reading import Listing
from tests.domain.reading.builders import parse
from tests.domain.reading.layouts.further import LAYOUTS

Pour = Callable[[str, str, int], tuple[str, dict[str, Any]]]
STORIES = [
    line.split("\t")
    for line in Path(__file__).with_name("stories.txt").read_text("utf-8").splitlines()
]
FILE = 10


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _is_right(draft: Draft, want: dict[str, Any]) -> bool:
    stated = draft.stated
    date = draft.date.isoformat() if draft.date else ""
    got = {
        "title": stated.title, "text": stated.text, "caption": stated.caption, "link": stated.link,
        "author": stated.author, "source": stated.source, "kicker": stated.kicker,
        "section": stated.section, "date": date[:10],
    }  # fmt: skip
    return all(
        _folded(got[name]) == _folded(value) for name, value in want.items() if value is not None
    )


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_is_read_as_a_person_reads_it(name: str) -> None:
    bar, pour = LAYOUTS[name]
    right = read = 0
    for start in range(0, len(STORIES), FILE):
        text, wants = "", []
        for number, (_, title, teaser) in enumerate(STORIES[start : start + FILE]):
            piece, more = pour(title, teaser, number)
            text += piece
            wants.append({"title": title, "text": teaser} | more)
        outcome = parse(text)
        assert isinstance(outcome, Listing), outcome
        right += sum(any(_is_right(draft, want) for draft in outcome.drafts) for want in wants)
        read += len(outcome.drafts)
    assert right * 100 >= len(STORIES) * bar
    assert read <= len(STORIES) * 1.03
