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
    "degrees": re.compile(r"\d\s?°?[CF]\b|\d degrees\b|°"),
    "score": re.compile(r"(?<![\d$£€.,-])\d{1,3}\s?[-–]\s?\d{1,3}(?![\d-])"),
}
_IN_TITLE = {
    "list": re.compile(r"(?:The )?(?:Top )?\d{1,3} (?![Mm]illion|[Bb]illion|[Pp]ercent)[A-Za-z'’]"),
    "how-to": re.compile(
        r"(?:How (?:To|to|I|You|Much|Often)|What (?:To|to|You|Happens)|Where [Tt]o|When To|Why You|"
        r"Here['’]s How|Here Are|The Best|Best |Should You|These Are The|This Is (?:How|Why))\b",
    ),
    "question": re.compile(r".*\?$"),
}

SHAPES = (*_IN_ANY, *_IN_TITLE)
_ANY_SIGN = re.compile(r"\d|[.(][A-Z]")
# Signs of which each shape has one: they are looked for first, for most texts have none.
_SIGNS = {
    "money": ("$", "£", "€", "¥", "₹", " dollar", " euro", " pound", " yen", " yuan", " rupee"),
    "percent": ("%", "cent", "pct"),
    "ticker": (".N", ".O", ".L", ".P", ".D", ".T", ".A", ".H", "(N", "(L"),
    "degrees": ("C", "F", "degrees", "°"),
    "score": ("-", "–"),
}


def shapes_in(title: str, text: str) -> list[str]:
    """The names of the shapes that a title and a text show, out of SHAPES."""
    found = []
    both = f"{title}\n{text}"
    if _ANY_SIGN.search(both):
        for name, shape in _IN_ANY.items():
            for sign in _SIGNS[name]:
                if sign in both:
                    if shape.search(both):
                        found.append(name)
                    break
    found += [name for name, shape in _IN_TITLE.items() if shape.match(title)]
    return found
