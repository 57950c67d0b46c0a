"""The `reader` library."""

from __future__ import annotations

from contextlib import closing

from reader import make_reader

from tests.readers.subscriber import Subscriber
from tests.readers.wire import Read


class ReaderLibrary(Subscriber):
    """A library that several readers are built on."""

    def subscribe(self) -> None:
        with closing(make_reader(str(self.home / "reader.db"))) as library:
            library.add_feed(self.url)

    def poll(self) -> None:
        with closing(make_reader(str(self.home / "reader.db"))) as library:
            library.update_feed(self.url)

    def entries(self) -> list[Read]:
        with closing(make_reader(str(self.home / "reader.db"))) as library:
            return [
                Read(
                    id=entry.id,
                    title=entry.title or "",
                    link=entry.link or "",
                    published=entry.published,
                )
                for entry in library.get_entries()
                if entry.published
            ]
