"""Makes HTML safe to parse: a parser's time grows with what is open and with attributes."""

from __future__ import annotations

import re

MAX_DEPTH = 400
MAX_ATTRIBUTES = 100
# A tag as browsers read it: a quote counts only right after an equals sign that follows a name
# (HTML Standard §13.2.5). It always matches, so the whole is read once.
_TAG = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9-]*+)"
    r"((?:[\s/]++=?+|=\s*+(?:\"[^\"]*+\"?+=?+|'[^']*+'?+=?+|[^\s>]*+)|[^\s/>=]++)*+)(?:>|\Z)",
)
_ATTRIBUTE = re.compile(r"[\s/]+[^\s/>=]")
# Elements that the parser opens again in each paragraph until they are closed: unclosed ones, each
# with attributes of its own, would multiply. The first kind says nothing to us.
_USELESS = frozenset({"font", "big", "tt", "nobr", "strike", "small", "code", "u", "s"})
_STYLES = frozenset({"b", "i", "em", "strong"})
# They have no content, or end where the next one begins.
_UNCOUNTED = frozenset(
    """
    area base br col embed hr img input link meta source track wbr p li dt dd option
    optgroup tr td th thead tbody tfoot colgroup caption a b i em strong html head body
    """.split(),  # noqa: SIM905 - a list of words reads better
)
# An end tag of another element does not look beyond one of these (HTML Standard §13.2.6.4.7).
_SPECIAL = frozenset(
    """
    address article aside blockquote button center details dialog dir div dl fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup iframe main marquee menu
    nav noscript object ol pre section select summary table template ul
    """.split(),  # noqa: SIM905 - a list of words reads better
)
_SILENT = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(script|style|template|noscript|svg|math|textarea|iframe|xmp)\b[^>]*+"
    r"(?:(?<!/)>.*?(?:</\1\s*>|\Z)|>|\Z)",
    re.DOTALL | re.IGNORECASE,
)


def drop_silent(html: str) -> str:
    """HTML without comments, scripts, styles and drawings."""
    return _SILENT.sub(" ", html)


def simplify(html: str) -> str | None:
    """HTML that says the same and parses in linear time; None if it is nested too deep."""
    parts: list[str] = []
    opened: list[str] = []
    end = 0
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        parts.extend((html[end : tag.start()], _simplify_tag(tag, name)))
        end = tag.end()
        if name in _UNCOUNTED or name in _USELESS:
            continue
        if tag[1]:
            _close(opened, name)
        else:
            opened.append(name)
            if len(opened) > MAX_DEPTH:
                return None
    parts.append(html[end:])
    return "".join(parts)


def _simplify_tag(tag: re.Match[str], name: str) -> str:
    if name in _USELESS:
        return ""
    attributes = tag[3]
    if name in _STYLES or (
        len(attributes) > MAX_ATTRIBUTES * 2
        and len(_ATTRIBUTE.findall(attributes)) > MAX_ATTRIBUTES
    ):
        return f"<{tag[1]}{tag[2]}>"
    return tag[0]


def _close(opened: list[str], name: str) -> None:
    """Close an element as the parser does; never more than it does."""
    for place in range(len(opened) - 1, -1, -1):
        if opened[place] == name:
            del opened[place:]
            return
        if (name not in _SPECIAL and opened[place] in _SPECIAL) or opened[place] == "table":
            return
