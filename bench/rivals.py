"""Serves a feed of the rows in a database as others would.

    python bench/rivals.py feedgen|django|datasette DATABASE PORT

Run by `bench/others.py`, for two of them with a Python of their own.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

TITLE, LINK = "Listings", "http://127.0.0.1/"
KEPT_SECONDS = 600
QUERY = (
    "select 'urn:row:' || rowid as atom_id, title as atom_title, text as atom_content, "
    "strftime('%Y-%m-%dT%H:%M:%SZ', updated, 'unixepoch') as atom_updated from rows"
)


def main() -> None:
    """Serve until the process is ended."""
    name, database, port = sys.argv[1:]
    {"feedgen": serve_feedgen, "django": serve_django, "datasette": serve_datasette}[name](
        database, int(port)
    )


def rows_of(database: str) -> list[tuple[Any, ...]]:
    """Id, title, text, time of publication and of the last change of each entry."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT id, title, text, published, updated FROM rows").fetchall()


def serve_feedgen(database: str, port: int) -> None:
    """Make the feed anew for each request, with aiohttp and feedgen."""
    from aiohttp import web  # noqa: PLC0415 - the other environments do not have it
    from feedgen.feed import FeedGenerator  # noqa: PLC0415

    async def reply(_: web.Request) -> web.Response:
        feed = FeedGenerator()
        feed.id(LINK)
        feed.title(TITLE)
        feed.link(href=LINK)
        for number, (_, title, text, published, updated) in enumerate(rows_of(database)):
            entry = feed.add_entry(order="append")
            entry.id(f"urn:row:{number}")
            entry.title(title)
            entry.content(text)
            entry.published(datetime.fromtimestamp(published, UTC))
            entry.updated(datetime.fromtimestamp(updated, UTC))
        return web.Response(body=feed.atom_str(), content_type="application/atom+xml")

    application = web.Application()
    application.router.add_get("/feed", reply)
    web.run_app(application, host="127.0.0.1", port=port, print=None, access_log=None)


def serve_django(database: str, port: int) -> None:
    """Django's syndication framework behind its cache for whole pages, in memory."""
    import django  # noqa: PLC0415 - only its own environment has it
    from django.conf import settings  # noqa: PLC0415

    settings.configure(
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        SECRET_KEY="for measuring",  # noqa: S106 - signs nothing
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        USE_TZ=True,
    )
    django.setup()
    from django.contrib.syndication.views import Feed  # noqa: PLC0415
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415
    from django.urls import path  # noqa: PLC0415
    from django.utils.feedgenerator import Atom1Feed  # noqa: PLC0415
    from django.views.decorators.cache import cache_page  # noqa: PLC0415

    class Rows(Feed):  # type: ignore[misc]
        """The rows as an Atom feed."""

        feed_type = Atom1Feed
        title, link = TITLE, LINK

        def items(self) -> list[tuple[Any, ...]]:
            """The entries."""
            return rows_of(database)

        def item_title(self, item: tuple[Any, ...]) -> str:
            """An entry's title."""
            return str(item[1])

        def item_description(self, item: tuple[Any, ...]) -> str:
            """An entry's text."""
            return str(item[2])

        def item_link(self, item: tuple[Any, ...]) -> str:
            """An entry's address."""
            return f"{LINK}{item[3]}"

        def item_pubdate(self, item: tuple[Any, ...]) -> datetime:
            """When an entry was published."""
            return datetime.fromtimestamp(item[3], UTC)

    globals()["urlpatterns"] = [path("feed", cache_page(KEPT_SECONDS)(Rows()))]
    sys.modules[settings.ROOT_URLCONF] = sys.modules[__name__]
    _serve_with_gunicorn(get_wsgi_application(), port)


def _serve_with_gunicorn(application: Any, port: int) -> None:
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415

    class Server(BaseApplication):  # type: ignore[misc]
        """One process with a few threads, so that connections stay open."""

        def load_config(self) -> None:
            """Settings as they would be on the command line."""
            for name, value in {
                "bind": f"127.0.0.1:{port}",
                "workers": 1,
                "worker_class": "gthread",
                "threads": 32,
                "keepalive": 75,
            }.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            """The application."""
            return application

    Server().run()


def serve_datasette(database: str, port: int) -> None:
    """Datasette with datasette-atom, over a canned query named `feed`."""
    config = Path(database).with_name("datasette.json")
    text = '{"databases": {"rows": {"queries": {"feed": {"sql": "%s"}}}}}'
    config.write_text(text % QUERY, encoding="utf-8")
    program = Path(sys.executable).with_name("datasette")
    command = [str(program), "-i", database, "-m", str(config), "-p", str(port)]
    process = subprocess.Popen([*command, "--setting", "default_cache_ttl", "600"])
    try:
        process.wait()
    finally:
        process.kill()


if __name__ == "__main__":
    main()
