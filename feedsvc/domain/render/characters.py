"""Removes characters and links that would make a whole feed unreadable."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

# Anything but a Char of XML 1.0 §2.2. Lone surrogates cannot be encoded as UTF-8 either.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def clean(text: str) -> str:
    """Return the text without the characters that XML 1.0 forbids.

    Seeds are cleaned when they are parsed, but settings and vocabularies are not, and one bad
    character in them would make the writer fail and lose every entry.
    """
    return _FORBIDDEN.sub("", text)


def web_uri(link: str) -> str:
    """Return an http(s) link as an ASCII URI (RFC 3986), or an empty string for anything else.

    RSS and many readers do not support IRIs, and some stop at a link that they cannot parse.
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
    """Return the text if it has the form of a language tag (RFC 4287 §2), else an empty string."""
    return text if _LANGUAGE.fullmatch(text) else ""


def _quoted(part: str, *, also: str) -> str:
    return quote(_LONE_PERCENT.sub("%25", part), safe=f"%!$&'()*+,;=~{also}")
