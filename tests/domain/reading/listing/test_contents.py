"""A list of contents above the news repeats its headlines and is no news itself."""

from __future__ import annotations

import pytest

from feedsvc.domain.reading import Listing
from tests.domain.reading.builders import parse

NEWS = """Pilots vote for a lower speed limit
The strait is narrow, and the tankers have grown.

Old cannery becomes a school
Lessons begin in September, in rooms that still smell of herring.

Storm takes the roof off the market hall
Traders moved their stalls to the church until it is mended.
"""
TITLES = [
    "Pilots vote for a lower speed limit",
    "Old cannery becomes a school",
    "Storm takes the roof off the market hall",
]
SPACED = (
    NEWS.replace("limit\n", "limit\n\n")
    .replace("school\n", "school\n\n")
    .replace("hall\nTraders", "hall\n\nTraders")
)
NUMBERED = "\n\n".join(
    f"{number}. {block}" for number, block in enumerate(NEWS.strip().split("\n\n"), 1)
)
GERMAN = """Lotsen stimmen für Tempolimit
Die Enge ist schmal, und die Tanker sind gewachsen.

Alte Fischfabrik wird Schule
Der Unterricht beginnt im September.
"""
FRENCH = """Les pilotes veulent une vitesse limitée
Le détroit est étroit et les pétroliers ont grandi.

L'ancienne conserverie devient une école
Les cours commencent en septembre.
"""


def read_titles(text: str) -> list[str]:
    outcome = parse(text)
    assert isinstance(outcome, Listing)
    return [draft.stated.title for draft in outcome.drafts]


def listed(mark: str, end: str = "") -> str:
    return "\n".join(f"{mark}{title}{end}" for title in TITLES)


CONTENTS = {
    "heading and bullets": f"IN THIS ISSUE\n{listed('- ')}\n\n{NEWS}",
    "heading and blank line": f"Contents\n\n{listed('')}\n\n{NEWS}",
    "numbers above and below": "Contents\n\n"
    + "\n".join(f"{number}. {title}" for number, title in enumerate(TITLES, 1))
    + f"\n\n{NUMBERED}",
    "numbers above only": "Inside:\n"
    + "\n".join(f"{number}) {title}" for number, title in enumerate(TITLES, 1))
    + f"\n\n{SPACED}",
    "page numbers": f"In this issue\n{listed('', ' ... 7')}\n\n{NEWS}",
    "no heading": f"{listed('')}\n\n{NEWS}",
    "no heading, blank lines": "\n\n".join(TITLES) + f"\n\n---\n\n{SPACED}",
    "bullets without a heading": f"{listed('• ')}\n\n{SPACED}",
    "capitals below": f"TODAY'S HEADLINES\n{listed('')}\n\n"
    + "\n".join(line.upper() if line in TITLES else line for line in NEWS.split("\n")),
    "a masthead above": f"The Quay Bulletin No. 12\n\nIn this issue:\n{listed('* ')}\n\n{NEWS}",
    "shorter words in the list": (
        f"In this issue\n- Pilots vote\n- Old cannery\n- Storm takes the roof off\n\n{NEWS}"
    ),
    "one item that is not there": f"In this issue\n{listed('- ')}\n- Tide tables\n\n{NEWS}",
}


@pytest.mark.parametrize("name", CONTENTS)
def test_a_list_of_contents_is_no_news(name: str) -> None:
    assert [title.casefold() for title in read_titles(CONTENTS[name])] == [
        title.casefold() for title in TITLES
    ]


@pytest.mark.parametrize(
    ("heading", "news"),
    [
        ("Inhalt", GERMAN),
        ("In dieser Ausgabe:", GERMAN),
        ("Au sommaire", FRENCH),
        ("Dans ce numéro", FRENCH),
    ],
)
def test_its_heading_is_known_in_other_languages(heading: str, news: str) -> None:
    titles = [block.split("\n")[0] for block in news.strip().split("\n\n")]
    text = f"{heading}\n– {titles[0]}\n– {titles[1]}\n\n{news}"
    assert read_titles(text) == titles


def test_its_lines_are_noted() -> None:
    outcome = parse(CONTENTS["heading and bullets"])
    assert isinstance(outcome, Listing)
    notes = [(note.line, note.reason) for note in outcome.notes]
    assert notes == [(line, "contents list, not news") for line in range(1, 5)]


@pytest.mark.parametrize(
    "text",
    [
        # Headlines alone, twice: the same news of two days.
        "Weather\n\nMarkets\n\nTides\n\nWeather\n\nMarkets\n\nTides\n",
        # Only headlines, none again.
        "\n".join(TITLES) + "\n",
        # A column that comes again with other words.
        "Tides\nHigh at noon.\n\nShips\nTwo tankers.\n\nTides\nHigh at one.\n\nShips\nNone.\n",
        # News under a heading that sounds like a list of contents.
        f"Headlines\n\n{NEWS}",
        f"In this issue\n\n{NEWS}",
    ],
)
def test_news_that_only_looks_like_a_list_of_contents_stays(text: str) -> None:
    said = [line for line in text.split("\n") if line and line[0].isupper() and line[-1] != "."]
    kept = {title.casefold() for title in read_titles(text)}
    assert kept >= {line.casefold() for line in said if line in TITLES}
    assert kept
