"""HTML: what a page shows or states about its entries becomes items; markup is never published."""

from feedsvc.domain.reading.html.charset import decode_page
from feedsvc.domain.reading.html.read import read_html

__all__ = ["decode_page", "read_html"]
