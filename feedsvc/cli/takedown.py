"""Takes an entry down or puts it back, by its id."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import click

from feedsvc.cli.setup import Refusal, Setup, changing, reading
from feedsvc.runtime.clock import utc_now
from feedsvc.settings import Settings


class EntryId(click.ParamType[UUID]):
    """An entry's id as feeds and pages show it, with or without `urn:uuid:`."""

    name = "id"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> UUID:
        """The id, from the end of a page's address as well."""
        try:
            return UUID(str(value).rstrip("/").rpartition("/")[2])
        except ValueError:
            self.fail(
                f"{value!r} is no entry's id: expected urn:uuid:… or its page's URL", param, ctx
            )


async def take_down(setup: Setup, flags: dict[str, Any], entry_id: UUID) -> None:
    """Take an entry out of all feeds, whatever seeds say."""
    async with (
        changing(setup.load(flags).settings) as writer,
        writer.transaction() as transaction,
    ):
        _expect(entry_id, found=await transaction.take_down(entry_id, now=utc_now()))
    click.echo(f"{entry_id} is withdrawn; `feedsvc restore {entry_id}` puts it back.")


async def put_back(setup: Setup, flags: dict[str, Any], entry_id: UUID) -> None:
    """Publish an entry again that was taken down, if it still stands in a seed."""
    settings = setup.load(flags).settings
    async with changing(settings) as writer:
        if await _is_published(entry_id, settings):
            click.echo(f"{entry_id} is published: there is nothing to restore.")
            return
        async with writer.transaction() as transaction:
            _expect(entry_id, found=await transaction.put_back(entry_id, now=utc_now()))
    if await _is_published(entry_id, settings):
        click.echo(f"{entry_id} is published again.")
    else:
        click.echo(f"{entry_id} stands in no seed: it is published again once one states it.")


async def _is_published(entry_id: UUID, settings: Settings) -> bool:
    async with reading(settings) as reader:
        found = await reader.entry(entry_id)
    return found is not None and not found.withdrawn


def _expect(entry_id: UUID, *, found: bool) -> None:
    if not found:
        raise Refusal(f"{entry_id}: no such entry: expected an id that stands in a feed or page")
