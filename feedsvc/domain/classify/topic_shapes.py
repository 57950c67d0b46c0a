"""Cues that are no words but shapes: sums of money, percentages, degrees, scores, how-to titles."""

from __future__ import annotations

import re

_IN_ANY = {
    "money": re.compile(
        r"[$£€¥₹]\s?\d|\d[\d.,]*\s?(?:m|bn|tn|million|billion|trillion)\b"
        r"(?=\s(?:dollars?|euros?|pounds?|yen|yuan|rupees?)\b)",
    ),
    "percent": re.compile(r"\d\s?(?:%|per ?cent\b|pct\b|percentage points?\b)"),
    # A pattern that starts with one sign is passed over a text ten times as fast as one of letters.
    "ticker": re.compile(
        r"[.(](?:(?<=[A-Z]\.)(?:N|O|L|PA|DE|T|TO|AX|HK)|(?<=\()(?:NYSE|Nasdaq|NASDAQ|LSE))\b"
    ),
    # These start at one sign and look back: any digit as a start is passed over far more slowly.
    "degrees": re.compile(r"[CF°d](?:(?<=°)|(?<=\d[CF])\b|(?<=\d d)egrees\b)"),
    "score": re.compile(
        r"[-–](?:(?<=\d.)|(?<=\d .))(?<!\d{4}.)(?<![$£€]\d.) ?\d{1,3}(?![\d-])",
    ),
}
_IN_TITLE = {
    "list": re.compile(r"(?:The )?(?:Top )?\d{1,3} (?![Mm]illion|[Bb]illion|[Pp]ercent)[A-Za-z'’]"),
    "how-to": re.compile(
        r"(?:How (?:To|to|I|You|Much|Often)|What (?:To|to|You|Happens)|Where [Tt]o|When To|Why You|"
        r"Here['’]s How|Here Are|The Best|Best |Should You|These Are The|This Is (?:How|Why))\b",
    ),
    "question": re.compile(r"(?s:.*)\?$"),
}

SHAPES = (*_IN_ANY, *_IN_TITLE)
_DIGIT = re.compile(r"\d")
# Signs of which each shape has one: they are looked for first, for most texts have none.
_SIGNS = {
    "money": ("$", "£", "€", "¥", "₹", " dollar", " euro", " pound", " yen", " yuan", " rupee"),
    "percent": ("%", "cent", "pct"),
    "degrees": ("C", "F", "°", " degrees"),
    "score": ("-", "–"),
}


def shapes_in(title: str, text: str) -> list[str]:
    """The names of the shapes that a title and a text show, out of SHAPES."""
    both = f"{title}\n{text}"
    found = ["ticker"] if _IN_ANY["ticker"].search(both) else []
    if _DIGIT.search(both):
        for name, signs in _SIGNS.items():
            for sign in signs:
                if sign in both:
                    found += [name] if _IN_ANY[name].search(both) else []
                    break
    found += [name for name, shape in _IN_TITLE.items() if shape.match(title)]
    return found
