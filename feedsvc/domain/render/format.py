"""The formats that a feed can be read in."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """A feed format; its value is the suffix of its URLs."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"

    @property
    def suffix(self) -> str:
        """What its URLs end in, without the dot."""
        return self.value

    @property
    def media_type(self) -> str:
        """Its media type alone, as links state it: `application/atom+xml`."""
        return _MEDIA_TYPES[self]

    @property
    def content_type(self) -> str:
        """Its Content-Type; JSON is UTF-8 by definition and has no charset (RFC 8259 §8.1, §11)."""
        return self.media_type if self is Format.JSON else f"{self.media_type}; charset=utf-8"


_MEDIA_TYPES = {
    Format.RSS: "application/rss+xml",
    Format.ATOM: "application/atom+xml",
    Format.JSON: "application/feed+json",
}
