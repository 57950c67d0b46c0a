"""Keeps out of documents what would cost a reader the whole feed."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

# XML 1.0 §2.2: what is no Char; lone surrogates cannot be encoded in UTF-8 either.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def clean(text: str) -> str:
    """The text without the characters that XML 1.0 forbids.

    Seeds are cleaned when parsed; settings and vocabularies are not, and one bad character in
    them would raise in the writer and lose every entry.
    """
    return _FORBIDDEN.sub("", text)


def web_uri(link: str) -> str:
    """An http(s) link as a URI of ASCII alone (RFC 3986); empty for anything else.

    RSS and many readers know no IRIs, and one that cannot be taken apart stops some of them.
    """
    try:
        parts = urlsplit(clean(link).strip())
        has_host = bool(parts.hostname) and parts.port != 0  # reading a bad port raises
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not has_host:
        return ""
    return urlunsplit(
        (
            parts.scheme,
            _quoted(parts.netloc, also=":@[]"),
            _quoted(parts.path, also="/:@"),
            _quoted(parts.query, also="/:@?"),
            _quoted(parts.fragment, also="/:@?"),
        ),
    )


def language_tag(text: str) -> str:
    """The text if it has the form of a language tag (RFC 4287 §2), else empty."""
    return text if _LANGUAGE.fullmatch(text) else ""


def _quoted(part: str, *, also: str) -> str:
    return quote(_LONE_PERCENT.sub("%25", part), safe=f"%!$&'()*+,;=~{also}")
