"""Keeps out of documents what would cost a reader the whole feed."""

from __future__ import annotations

import re
from urllib.parse import quote

# XML 1.0 §2.2: what is no Char; lone surrogates cannot be encoded in UTF-8 either.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)
_URI_CHARACTERS = "%/:?#[]@!$&'()*+,;=~-._"  # RFC 3986 §2, beside letters and digits


def clean(text: str) -> str:
    """The text without the characters that XML 1.0 forbids.

    Seeds are cleaned when parsed; settings and vocabularies are not, and one bad character in
    them would raise in the writer and lose every entry.
    """
    return _FORBIDDEN.sub("", text)


def web_uri(link: str) -> str:
    """An http(s) link as a URI of ASCII alone (RFC 3986); empty for any other.

    RSS and many readers know no IRIs.
    """
    if not link.lower().startswith(("http://", "https://")):
        return ""
    return quote(clean(link), safe=_URI_CHARACTERS)


def language_tag(text: str) -> str:
    """The text if it has the form of a language tag (RFC 4287 §2), else empty."""
    return text if _LANGUAGE.fullmatch(text) else ""
