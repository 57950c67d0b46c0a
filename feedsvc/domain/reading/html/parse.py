"""Parses HTML into a tree, within limits."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feedsvc.domain.reading.html.nesting import simplify

Node = LexborNode


class NestedTooDeepError(ValueError):
    """HTML has so many elements within elements that it is not a page."""


def parse_html(html: str) -> LexborHTMLParser:
    """The tree of a page or a fragment; nothing is fetched, no script runs.

    Raises:
        NestedTooDeepError: It is nested too deep.
    """
    simple = simplify(html)
    if simple is None:
        raise NestedTooDeepError
    return LexborHTMLParser(simple)
