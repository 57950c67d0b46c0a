"""Cues that are no words but shapes: sums of money, percentages, degrees, scores, how-to titles."""

from __future__ import annotations

import re

_SCALE = "(?:m|bn|tn|million|billion|trillion|lakh|crore)"
_IN_ANY = {
    "money": re.compile(
        rf"[$£€¥₹₦₱]\s?\d|\b(?:Rs|Sh|Ksh|KSh|SFr|RM|Rp|Tk)\.?\s?\d|\d\s?{_SCALE}\spounds?\b"
    ),
    "percent": re.compile(r"\d\s?(?:%|per ?cent\b|pct\b|percentage points?\b)"),
    # These start at one sign and look back: any digit as a start is passed over far more slowly.
    "degrees": re.compile(r"[CF°d](?:(?<=°)|(?<=\d[CF])\b|(?<=\d d)egrees\b)"),
    "score": re.compile(
        r"[-–](?:(?<=\d.)|(?<=\d .))(?<!\d{4}.)(?<![$£€]\d.) ?\d{1,3}(?![\d-])",
    ),
}
# A pattern that starts with one sign is passed over a text ten times as fast as one of letters.
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

SHAPES = (*_IN_ANY, "ticker", *_IN_TITLE, "question")
_DIGITS = "0123456789"
# A sum in naira, rand, pesos or shillings is often written with one letter: N80bn.
_LETTERED = re.compile(rf"[KNPR]\d(?<!\w..)[\d.,]*\s?{_SCALE}\b")
# Signs of which each shape has one: they are looked for first, for most texts have none.
_SIGNS = {
    "money": (*"$£€¥₹₦₱", "Rs", "Sh", "Ksh", "SFr", "RM", "Rp", "Tk", " pound"),
    "percent": ("%", "cent", "pct"),
    "degrees": ("C", "F", "°", " degrees"),
    "score": ("-", "–"),
}
_WITH_DIGITS = tuple((name, signs, _IN_ANY[name]) for name, signs in _SIGNS.items())


def shapes_in(title: str, texts: str) -> list[str]:
    """The names of the shapes, of SHAPES, that the texts of an entry show, its title among them."""
    found = _shapes_of_numbers(texts) if any(map(texts.__contains__, _DIGITS)) else []
    code, listed = _TICKERS
    if code.search(texts) or listed.search(texts):
        found.append("ticker")
    for name, shape in _IN_TITLE.items():
        if shape.match(title):
            found.append(name)
    if title.endswith("?"):
        found.append("question")
    return found


def _shapes_of_numbers(texts: str) -> list[str]:
    found = []
    for name, signs, shape in _WITH_DIGITS:
        for sign in signs:
            if sign in texts:
                if shape.search(texts):
                    found.append(name)
                break
    if "money" not in found and _LETTERED.search(texts):
        found.append("money")
    return found
