"""A link or bold type at the beginning of a paragraph is its headline, if it is one."""

from __future__ import annotations

import pytest

from feedsvc.domain.reading.markdown.blocks import read_blocks
from feedsvc.domain.reading.outline.block import Paragraph
from feedsvc.domain.reading.outline.lead import Lead, split_lead


def _split(markdown: str) -> Lead:
    (block,) = read_blocks(markdown)
    assert isinstance(block, Paragraph)
    return split_lead(block.words)


@pytest.mark.parametrize(
    ("markdown", "title", "rest"),
    [
        ("[Ferry runs](https://a.example/)", "Ferry runs", ""),
        ("[Ferry runs](https://a.example/) – It is back.", "Ferry runs", "It is back."),
        ("**Ferry runs.** It is back.", "Ferry runs", "It is back."),
        ("**Ferry runs again**\nIt is back.", "Ferry runs again", "It is back."),
        ("🚢 [Ferry runs](https://a.example/): It is back.", "Ferry runs", "It is back."),
        ("**Nepal:** roads open early", "Nepal: roads open early", ""),
        ("**Nepal:** [Roads open](https://a.example/)", "Nepal: Roads open", ""),
        ("[Ferry](https://a.example/) runs in spring", "", "Ferry runs in spring"),
        ("**Kenya:** The state will pay, it said.", "", "Kenya: The state will pay, it said."),
        ("[Ferry runs](https://a.example/).", "Ferry runs", ""),
        ("[Ferry runs](https://a.example/)!", "Ferry runs!", ""),
        ("[Who rows](https://a.example/)?", "Who rows?", ""),
        ("[video] [Ferry runs](https://a.example/). Back.", "[video] Ferry runs", "Back."),
        ("(map) [Where it runs](https://a.example/).", "(map) Where it runs", ""),
        ("[Read more](https://a.example/)", "", "Read more"),
        ("[Read more](https://a.example/).", "", "Read more."),
        ("The [minister](https://a.example/) resigns.", "", "The minister resigns."),
        ("[top](#top)", "", "top"),
    ],
)  # fmt: skip
def test_what_a_paragraph_opens_with(markdown: str, title: str, rest: str) -> None:
    lead = _split(markdown)
    assert (lead.title, lead.rest.text) == (title, rest)
    assert lead.marked is bool(title)
