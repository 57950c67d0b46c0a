"""Turns entries into feed documents: pure, and equal values always give equal bytes."""

from feedsvc.domain.render.build import (
    FeedHeading,
    add_article,
    assemble_feed,
    build_feed,
    channel_name,
    head_channel,
)
from feedsvc.domain.render.feed import (
    Extent,
    Feed,
    FeedCategory,
    FeedEntry,
    Location,
    Paging,
    Site,
)
from feedsvc.domain.render.format import BEST_FIRST, Format
from feedsvc.domain.render.opml import ListedChannel, render_opml
from feedsvc.domain.render.write import render

__all__ = [
    "BEST_FIRST",
    "Extent",
    "Feed",
    "FeedCategory",
    "FeedEntry",
    "FeedHeading",
    "Format",
    "ListedChannel",
    "Location",
    "Paging",
    "Site",
    "add_article",
    "assemble_feed",
    "build_feed",
    "channel_name",
    "head_channel",
    "render",
    "render_opml",
]
