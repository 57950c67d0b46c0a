"""What is answered from the cache, what is rendered again, and what does not exist."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedsvc.domain.model import Channel
from feedsvc.domain.render.document import Document, make_document
from feedsvc.domain.render.format import Format
from feedsvc.services.publish import Publisher, UnknownChannelError, UnknownPageError
from feedsvc.store.writer import Writer
from tests.services.publish.conftest import T0, write


async def test_before_the_first_refresh_no_channel_is_known(publisher: Publisher) -> None:
    assert publisher.channels.states() == ()
    assert publisher.channels.changed is None
    answer = await publisher.get_feed(Channel(), Format.ATOM)
    assert answer.document.changed == T0


async def test_unknown_channels_and_pages_raise(writer: Writer, publisher: Publisher) -> None:
    with pytest.raises(UnknownChannelError):
        await publisher.get_feed(Channel(region="atlantis"), Format.RSS)
    with pytest.raises(UnknownPageError):
        await publisher.get_archive(Channel(), 1, Format.RSS)
    await write(writer, 5)
    await publisher.channels.refresh()
    first = await publisher.get_archive(Channel(), 1, Format.RSS)
    assert first.rendered
    assert not (await publisher.get_archive(Channel(), 1, Format.RSS)).rendered
    with pytest.raises(UnknownPageError):
        await publisher.get_archive(Channel(), 9, Format.RSS)


async def test_a_page_is_rendered_again_only_after_a_change(
    writer: Writer,
    publisher: Publisher,
) -> None:
    reads = 0

    async def read() -> Callable[[], Document]:
        nonlocal reads
        reads += 1
        body = str(reads).encode()
        return lambda: make_document(body, content_type="text/html", changed=T0)

    async def body() -> bytes:
        return (await publisher.get_page("index", read)).document.identity.body

    await publisher.channels.refresh()
    assert [await body(), await body()] == [b"1", b"1"]
    await write(writer, 1)
    await publisher.channels.refresh()
    assert [await body(), await body()] == [b"2", b"2"]
