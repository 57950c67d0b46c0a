"""newsboat, read through its cache on disk."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

from tests.readers.subscriber import Subscriber
from tests.readers.wire import Read


class Newsboat(Subscriber):
    """A feed reader for the terminal."""

    program = "newsboat"
    # It stores validators only for feeds already in its cache, so from the second fetch on.
    unconditional_polls = 2

    def subscribe(self) -> None:
        (self.home / "urls").write_text(self.url + "\n")
        (self.home / "config").write_text("")

    def poll(self) -> None:
        self.call("newsboat", "-u", "urls", "-C", "config", "-c", "cache.db", "-x", "reload")

    def entries(self) -> list[Read]:
        query = "SELECT guid, title, url, pubDate FROM rss_item WHERE deleted = 0"
        with closing(sqlite3.connect(self.home / "cache.db")) as cache:
            rows = cache.execute(query).fetchall()
        return [
            Read(id=guid, title=title, link=url, published=datetime.fromtimestamp(date, UTC))
            for guid, title, url, date in rows
        ]
