"""What is answered from memory, what is made anew, and what there is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feedsvc.domain.model import Channel
from feedsvc.domain.render.document import Document, make_document
from feedsvc.domain.render.format import Format
from feedsvc.services.publish import Publisher, UnknownChannelError, UnknownPageError
from tests.services.publish.conftest import T0, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.store.writer import Writer


async def test_before_the_first_look_nothing_is_known(publisher: Publisher) -> None:
    assert publisher.ledger.states() == ()
    assert publisher.ledger.changed is None
    document = await publisher.document(Channel(), Format.ATOM)
    assert document.changed == T0


async def test_unknown_channels_and_pages_are_told(writer: Writer, publisher: Publisher) -> None:
    with pytest.raises(UnknownChannelError):
        await publisher.document(Channel(region="atlantis"), Format.RSS)
    with pytest.raises(UnknownPageError):
        await publisher.obtain_archive(Channel(), 1, Format.RSS)
    await write(writer, 5)
    await publisher.ledger.refresh()
    first = await publisher.obtain_archive(Channel(), 1, Format.RSS)
    assert first.rendered
    assert not (await publisher.obtain_archive(Channel(), 1, Format.RSS)).rendered
    with pytest.raises(UnknownPageError):
        await publisher.obtain_archive(Channel(), 9, Format.RSS)


async def test_a_page_is_made_again_only_after_a_change(
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
        return (await publisher.obtain_page("index", read)).document.identity.body

    await publisher.ledger.refresh()
    assert [await body(), await body()] == [b"1", b"1"]
    await write(writer, 1)
    await publisher.ledger.refresh()
    assert [await body(), await body()] == [b"2", b"2"]
