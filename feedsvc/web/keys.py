"""What handlers find in the application: `request.app[PUBLISHER]`, never a global.

A handler turns what it read into a `Document` (`feedsvc.domain.render.document`) and returns
`respond(request, document)` from `feedsvc.web.responses`, which handles codings, validators and
HEAD. For what is missing it raises `web.HTTPNotFound` or `web.HTTPGone`; a middleware words it.
"""

from __future__ import annotations

from asyncio import Task
from collections.abc import Callable, Sequence
from datetime import datetime

from aiohttp import web

from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.services.publish import BoundedQueue, Publisher
from feedsvc.services.watch import WatchStatus
from feedsvc.settings import Settings
from feedsvc.store.reader import Reader
from feedsvc.web.metrics.meters import Meters
from feedsvc.web.rate import RateLimit
from feedsvc.web.ready import ReadyAnswers

SETTINGS: web.AppKey[Settings] = web.AppKey("settings")
READER: web.AppKey[Reader] = web.AppKey("reader")
PUBLISHER: web.AppKey[Publisher] = web.AppKey("publisher")
TAXONOMY: web.AppKey[Taxonomy] = web.AppKey("taxonomy")
WATCH_STATUS: web.AppKey[Callable[[], WatchStatus | None]] = web.AppKey("watch_status")
OTHER_WATCHERS: web.AppKey[Callable[[], Sequence[WatchStatus]]] = web.AppKey("other_watchers")
# What is made anew for each request, and is not for searches to delay: lists of files, entries.
FILES_QUEUE: web.AppKey[BoundedQueue] = web.AppKey("files_queue")
ENTRIES_QUEUE: web.AppKey[BoundedQueue] = web.AppKey("entries_queue")
CLOCK: web.AppKey[Callable[[], datetime]] = web.AppKey("clock")
METERS: web.AppKey[Meters] = web.AppKey("meters")
RATE_LIMIT: web.AppKey[RateLimit | None] = web.AppKey("rate_limit")
READY: web.AppKey[ReadyAnswers] = web.AppKey("ready")
FOLLOWER: web.AppKey[Task[None]] = web.AppKey("follower")
