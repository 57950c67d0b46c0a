"""Parses XML without entities, without network, within limits (lxml)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from feedsvc.domain.reading.item import FormatRejection
from feedsvc.domain.reading.outline.words import single_space

Element = etree._Element  # noqa: SLF001 - the only name there is
_HEAD = 100_000
_DOCTYPE = re.compile(
    rb"<!DOCTYPE[^>\[]{0,1000}(?:\[.{0,60000}?\])?\s{0,100}>", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?([A-Za-z][\w.-]{0,60})")
_NO_ROOT = re.compile(r"<!--.*?(?:-->|\Z)|<[?!][^>]*+(?:>|\Z)", re.DOTALL)


def drop_doctype(data: bytes) -> bytes:
    """XML without its document type, and so without entities of its own."""
    return _DOCTYPE.sub(b"", data[:_HEAD]) + data[_HEAD:]


def find_root(text: str) -> str:
    """The local name of a document's root element in small letters; empty if there is none."""
    match = _ROOT.search(_NO_ROOT.sub("", text[:_HEAD]))
    return match[1].lower() if match else ""


def parse_xml(data: bytes) -> Element | FormatRejection:
    """The root of a well-formed document, or why there is none."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(drop_doctype(data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", 1) or 1
        return FormatRejection(f"broken XML ({error})", "Save or export it again.", line)


def local_name(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def line_of(element: Element) -> int:
    """The line on which an element starts."""
    return int(getattr(element, "sourceline", None) or 1)


def find_all(element: Element, name: str) -> Iterator[Element]:
    """The elements of a local name anywhere below one, in any namespace."""
    return element.iter(f"{{*}}{name}")


def find_text(element: Element, *path: str) -> str:
    """The words of the first element that a path of local names leads to."""
    found = find_first(element, *path)
    return all_text(found) if found is not None else ""


def find_first(element: Element, *path: str) -> Element | None:
    """The first element that a path of local names leads to."""
    return element.find("/".join(f"{{*}}{name}" for name in path))


def all_text(element: Element) -> str:
    """All words in an element, on one line."""
    return single_space("".join(str(text) for text in element.itertext()))
