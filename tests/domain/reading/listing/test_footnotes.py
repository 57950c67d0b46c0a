"""Footnotes at the end of a file are no news, and their marks no part of a headline."""

from __future__ import annotations

import pytest

from feedsvc.domain.reading import Listing
from tests.domain.reading.builders import parse

TITLES = ["Glass works lights its last furnace", "Two villages share one doctor"]

FOOTNOTES = {
    "brackets": """Glass works lights its last furnace [1]

The other nine went out in spring.

Two villages share one doctor

She drives forty miles between her patients.[2]

[1] First told by the Valley Courier.
[2] In winter she skis.
""",
    "stars": """Glass works lights its last furnace*
The other nine went out in spring.

Two villages share one doctor**
She drives forty miles between her patients.

* First told by the Valley Courier.
** In winter she skis.
""",
    "daggers": """Glass works lights its last furnace†
The other nine went out in spring.

Two villages share one doctor
She drives forty miles between her patients.‡

† First told by the Valley Courier.
‡ In winter she skis.
""",
    "small digits": """Glass works lights its last furnace¹
The other nine went out in spring.

Two villages share one doctor
She drives forty miles between her patients.²

¹ First told by the Valley Courier.
² In winter she skis.
""",
    "a rule above": """Glass works lights its last furnace [1]

The other nine went out in spring.

Two villages share one doctor

She drives forty miles between her patients.[2]

--------

[1] First told by the Valley Courier.

[2] In winter she skis.
""",
    "one alone": """Glass works lights its last furnace

The other nine went out in spring.*

Two villages share one doctor

She drives forty miles between her patients.

*This story was first told by the Valley Courier.
""",
    "a heading above": """Glass works lights its last furnace [1]

The other nine went out in spring.

Two villages share one doctor

She drives forty miles between her patients.[2]

Notes

[1] First told by the Valley Courier.
[2] In winter she skis.
""",
    "two lines": """Glass works lights its last furnace[1]
The other nine went out in spring.

Two villages share one doctor
She drives forty miles between her patients.

[1] First told by the Valley Courier, which sent a photographer and a painter to the works for
three days in the week before it closed.
""",
}


@pytest.mark.parametrize("name", FOOTNOTES)
def test_footnotes_are_no_news(name: str) -> None:
    outcome = parse(FOOTNOTES[name])
    assert isinstance(outcome, Listing)
    assert [draft.stated.title for draft in outcome.drafts] == TITLES
    assert [draft.stated.text for draft in outcome.drafts] == [
        "The other nine went out in spring.",
        "She drives forty miles between her patients.",
    ]
    assert "footnote" in {note.reason for note in outcome.notes}


@pytest.mark.parametrize(
    "text",
    [
        "* Glass works lights its last furnace\n* Two villages share one doctor\n",
        "[1] Glass works lights its last furnace\n[2] Two villages share one doctor\n",
        "Glass works lights its last furnace\n\n* Two villages share one doctor\n",
    ],
)
def test_list_markers_are_no_footnotes(text: str) -> None:
    outcome = parse(text)
    assert isinstance(outcome, Listing)
    assert [draft.stated.title for draft in outcome.drafts] == TITLES
