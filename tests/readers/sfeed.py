"""sfeed, which writes feeds as tab-separated values."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.readers.subscriber import Subscriber
from tests.readers.wire import Read

# sfeed leaves fetching to the user; this revalidates with curl.
CONFIG = """
sfeedpath="$HOME/feeds"
fetch() {{
    curl -sSf --etag-compare "$HOME/etag" --etag-save "$HOME/etag" "$2"
}}
feeds() {{
    feed wire {url}
}}
"""


class Sfeed(Subscriber):
    """A set of small programs that identify entries by ID, title and link together."""

    program = "sfeed_update"
    shows_retitled_twice = True

    def subscribe(self) -> None:
        (self.home / "sfeedrc").write_text(CONFIG.format(url=self.url))

    def poll(self) -> None:
        self.call("sfeed_update", str(self.home / "sfeedrc"))

    def entries(self) -> list[Read]:
        lines = (self.home / "feeds" / "wire").read_text(encoding="utf-8").splitlines()
        rows = [line.split("\t") for line in lines]
        return [
            Read(
                id=row[5],
                title=row[1],
                link=row[2],
                published=datetime.fromtimestamp(int(row[0]), UTC),
            )
            for row in rows
        ]
