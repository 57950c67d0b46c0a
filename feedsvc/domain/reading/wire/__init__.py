"""Wire formats of the IPTC: ninjs, NewsML-G2 and NITF become items with their subject codes."""

from feedsvc.domain.reading.wire.newsml import read_newsml
from feedsvc.domain.reading.wire.ninjs import is_ninjs, read_ninjs
from feedsvc.domain.reading.wire.nitf import read_nitf

__all__ = ["is_ninjs", "read_newsml", "read_ninjs", "read_nitf"]
