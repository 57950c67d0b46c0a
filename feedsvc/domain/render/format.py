"""The one list of feed formats: routes, pages and the API's description follow from it."""

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
    def display_name(self) -> str:
        """Its name as people write it."""
        return _DISPLAY_NAMES[self]

    @property
    def media_type(self) -> str:
        """Its media type without parameters, as links state it: `application/atom+xml`."""
        return _MEDIA_TYPES[self]

    @property
    def content_type(self) -> str:
        """Its Content-Type; JSON is UTF-8 by definition and has no charset (RFC 8259 §8.1, §11)."""
        return self.media_type if self is Format.JSON else f"{self.media_type}; charset=utf-8"


_DISPLAY_NAMES = {Format.RSS: "RSS", Format.ATOM: "Atom", Format.JSON: "JSON"}
_MEDIA_TYPES = {
    Format.RSS: "application/rss+xml",
    Format.ATOM: "application/atom+xml",
    Format.JSON: "application/feed+json",
}
# Many readers subscribe to the first feed that a page offers.
BEST_FIRST = tuple(sorted(Format, key=lambda form: form is not Format.ATOM))
