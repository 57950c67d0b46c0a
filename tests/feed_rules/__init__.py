"""The rules of the feed formats: each check raises AssertionError with every violation it found."""

from tests.feed_rules.atom import check_atom
from tests.feed_rules.jsonfeed import check_json_feed
from tests.feed_rules.opml import check_opml
from tests.feed_rules.rss import check_rss

__all__ = ["check_atom", "check_json_feed", "check_opml", "check_rss"]
