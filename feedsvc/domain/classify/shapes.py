"""Cues that are patterns, not words: sums of money, percentages, degrees, scores, how-to titles."""

from __future__ import annotations

import re

_SCALE = "(?:m|bn|tn|million|billion|trillion|lakh|crore)"
_PERCENT = re.compile(r"\d\s?(?:%|per ?cent\b|pct\b|percentage points?\b)")
_SCORE = r"(?:(?<=\d.)|(?<=\d .))(?<!\d{4}.)(?<![$£€]\d.) ?\d{1,3}(?![\d-])"
# For each shape, signs of which it has at least one, with its pattern; most texts have none.
# A pattern that begins with a fixed sign searches a text ten times as fast as any other.
_WITH_DIGITS = {
    "money": (
        *((sign, re.compile(rf"{re.escape(sign)}\s?\d")) for sign in "$£€¥₹₦₱"),
        *(
            (word, re.compile(rf"{word}(?<!\w{word})\.?\s?\d"))
            for word in ("Rs", "Sh", "Ksh", "KSh", "SFr", "RM", "Rp", "Tk")
        ),
        ("pound", re.compile(rf"\d\s?{_SCALE}\spounds?\b")),
        # A sum in naira, rand, pesos or shillings is often written with one letter: N80bn.
        *((sign, re.compile(rf"{sign}\d(?<!\w..)[\d.,]*\s?{_SCALE}\b")) for sign in "KNPR"),
    ),
    "percent": (("%", _PERCENT), ("cent", _PERCENT), ("pct", _PERCENT)),
    "degrees": (
        ("°", re.compile("°")),
        ("C", re.compile(r"C(?<=\dC)\b")),
        ("F", re.compile(r"F(?<=\dF)\b")),
        (" degrees", re.compile(r" degrees(?<=\d degrees)\b")),
    ),
    "score": (("-", re.compile(f"-{_SCORE}")), ("–", re.compile(f"–{_SCORE}"))),
}
_TICKERS = (
    re.compile(r"\.(?<=[A-Z]\.)(?:N|O|L|PA|DE|T|TO|AX|HK)\b"),
    re.compile(r"\((?:NYSE|Nasdaq|NASDAQ|LSE)\b"),
)
_IN_TITLE = {
    "list": re.compile(r"(?:The )?(?:Top )?\d{1,3} (?![Mm]illion|[Bb]illion|[Pp]ercent)[A-Za-z'’]"),
    "how-to": re.compile(
        r"(?:How (?:To|to|I|You|Much|Often)|What (?:To|to|You|Happens)|Where [Tt]o|When To|Why You|"
        r"Here['’]s How|Here Are|The Best|Best |Should You|These Are The|This Is (?:How|Why))\b",
    ),
}

SHAPES = (*_WITH_DIGITS, "ticker", *_IN_TITLE, "question")
_DIGITS = "0123456789"


def shapes_in(title: str, texts: str) -> list[str]:
    """The names of those SHAPES that occur in the texts of an entry, which include its title."""
    found: list[str] = []
    if _has_digit(texts):
        for name, looks in _WITH_DIGITS.items():
            for sign, shape in looks:
                if sign in texts and shape.search(texts):
                    found.append(name)
                    break
    code, listed = _TICKERS
    if code.search(texts) or listed.search(texts):
        found.append("ticker")
    for name, shape in _IN_TITLE.items():
        if shape.match(title):
            found.append(name)
    if title.endswith("?"):
        found.append("question")
    return found


def _has_digit(texts: str) -> bool:
    for digit in _DIGITS:  # noqa: SIM110 -- twice as fast as any() over a generator
        if digit in texts:
            return True
    return False
