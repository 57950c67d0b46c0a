"""`feedsvc withdraw` and `feedsvc restore`: remove an entry for good, and undo that."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import click

from feedsvc.cli.flags import setting_flags
from feedsvc.cli.setup import CommandError, Setup
from feedsvc.cli.store import changing, reading, run
from feedsvc.runtime.clock import utc_now
from feedsvc.settings import Settings


class EntryId(click.ParamType[UUID]):
    """An entry's ID as feeds and pages show it, with or without `urn:uuid:`, or its page's URL."""

    name = "id"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> UUID:
        """Read the ID, from the end of a page's URL if need be."""
        try:
            return UUID(str(value).rstrip("/").rpartition("/")[2])
        except ValueError:
            reason = f"{str(value)!r} is not an entry ID; paste the URL of the entry's page"
            self.fail(reason, param, ctx)


@click.command()
@setting_flags("database_url")
@click.argument("entry_id", metavar="ID", type=EntryId())
@click.pass_obj
def withdraw(setup: Setup, /, entry_id: UUID, **flags: Any) -> None:
    """Remove an entry permanently.

    It stays removed even if a file still contains it. ID is the entry's ID as feeds show it, or
    the URL of its page.
    """
    run(_withdraw(setup.load(flags).settings, entry_id))


@click.command()
@setting_flags("database_url")
@click.argument("entry_id", metavar="ID", type=EntryId())
@click.pass_obj
def restore(setup: Setup, /, entry_id: UUID, **flags: Any) -> None:
    """Undo `feedsvc withdraw`.

    ID is the entry's ID as feeds show it, or the URL of its page.
    """
    run(_restore(setup.load(flags).settings, entry_id))


async def _withdraw(settings: Settings, entry_id: UUID) -> None:
    async with changing(settings) as writer, writer.transaction() as transaction:
        _require_entry(found=await transaction.take_down(entry_id, now=utc_now()))
    click.echo(f"{entry_id} is withdrawn. To undo this, run `feedsvc restore {entry_id}`.")


async def _restore(settings: Settings, entry_id: UUID) -> None:
    async with changing(settings) as writer:
        if await _is_published(entry_id, settings):
            click.echo(f"{entry_id} is already published: nothing to restore.")
            return
        async with writer.transaction() as transaction:
            _require_entry(found=await transaction.put_back(entry_id, now=utc_now()))
    if await _is_published(entry_id, settings):
        click.echo(f"{entry_id} is published again.")
    else:
        click.echo(f"{entry_id} is restored, but no file contains it; it reappears when one does.")


async def _is_published(entry_id: UUID, settings: Settings) -> bool:
    async with reading(settings) as reader:
        found = await reader.entry(entry_id)
    return found is not None and not found.withdrawn


def _require_entry(*, found: bool) -> None:
    if not found:
        raise CommandError("no entry with that ID; copy it from a feed or from the entry's page")
