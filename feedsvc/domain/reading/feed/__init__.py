"""Feeds: RSS, Atom, RDF, WordPress exports and JSON Feed become items under their own ids."""

from feedsvc.domain.reading.feed.json_feed import is_json_feed, read_json_feed
from feedsvc.domain.reading.feed.xml_feed import read_xml_feed

__all__ = ["is_json_feed", "read_json_feed", "read_xml_feed"]
