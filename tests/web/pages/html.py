"""Reads pages as a browser would."""

from __future__ import annotations

from lxml import html

from feedsvc.domain.model import Channel
from tests.web.conftest import ServiceHarness


class Page:
    """A page that has been read."""

    def __init__(self, text: str) -> None:
        self.root = html.document_fromstring(text)

    def texts(self, path: str) -> list[str]:
        """The text of each element, spaces collapsed."""
        return [" ".join(it.text_content().split()) for it in self.root.xpath(path)]

    def values(self, path: str) -> list[str]:
        """The attribute values that a path ends in."""
        return [str(value) for value in self.root.xpath(path)]

    def links(self, path: str = "//main") -> dict[str, str]:
        """Where each link within an element leads, by its words."""
        return {
            " ".join(it.text_content().split()): it.get("href")
            for it in self.root.xpath(f"{path}//a[@href]")
        }


async def read(harness: ServiceHarness, path: str) -> Page:
    """The page at a path, which has to be there."""
    reply = await harness.get(path)
    assert reply.status == 200, reply.text
    return Page(reply.text)


async def path_of_first(harness: ServiceHarness) -> str:
    """The path of the newest entry's page."""
    recent = await harness.reader.recent(Channel(), limit=1)
    return f"/entries/{recent.entries[0].id}"
