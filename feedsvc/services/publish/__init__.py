"""Keeps every channel's documents ready: rendered once a revision and cached in memory.

A request asks the `publisher`. It looks up the channel's revision in the `channel_index`; the
`renderer` then answers from the `cache`, or has `jobs` read from the store what the document shows
and renders that once, however many requests wait for it. What clients think up waits in a `queue`.
"""

from feedsvc.services.publish.cache import DocumentCache
from feedsvc.services.publish.channel_index import ChannelIndex
from feedsvc.services.publish.jobs import QueryResult, UnknownPageError
from feedsvc.services.publish.publisher import Publisher, UnknownChannelError
from feedsvc.services.publish.queue import RUNNING, BoundedQueue, BusyError
from feedsvc.services.publish.renderer import Answer, CacheStats, Renderer, RenderJob

__all__ = [
    "RUNNING",
    "Answer",
    "BoundedQueue",
    "BusyError",
    "CacheStats",
    "ChannelIndex",
    "DocumentCache",
    "Publisher",
    "QueryResult",
    "RenderJob",
    "Renderer",
    "UnknownChannelError",
    "UnknownPageError",
]
