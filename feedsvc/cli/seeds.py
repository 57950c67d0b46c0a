"""`feedsvc seeds`: lists every file with its state, or shows all about some of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from feedsvc.cli.draft import print_note
from feedsvc.cli.files import place_of, stored_path
from feedsvc.cli.flags import READING, setting_flags
from feedsvc.cli.output import print_table, printable
from feedsvc.cli.setup import CommandError, Setup
from feedsvc.cli.store import reading, run
from feedsvc.cli.vocabulary import require_vocabulary
from feedsvc.domain.reading import Problem
from feedsvc.runtime.rules import rules_from
from feedsvc.services.ingest.folder import Folder
from feedsvc.services.ingest.read import AcceptedSeed, read_bytes, read_seed
from feedsvc.services.ingest.skip import why_skipped
from feedsvc.settings import Settings
from feedsvc.store.records import SeedState, SeedStatus, SkippedFile


@click.command()
@setting_flags("seeds_dir", "database_url", "taxonomy_dir", *READING)
@click.option("--notes", is_flag=True, help="Read each FILE again, and show what was set aside.")
@click.argument("files", metavar="[FILE…]", nargs=-1)
@click.pass_obj
def command(setup: Setup, /, files: tuple[str, ...], *, notes: bool, **flags: Any) -> None:
    """List every file with its status.

    Says why a file was rejected or skipped. With a FILE, show each of its problems: the line,
    what happened and what to do.
    """
    settings = setup.load(flags).settings
    if notes and not files:
        raise click.UsageError("--notes needs a FILE")
    seeds, skipped = run(_read_states(settings))
    if not files:
        _print_all(seeds, skipped)
        return
    for file in files:
        found = _find(file, seeds, settings)
        for seed in found:
            _print_one(seed)
            if notes:
                _print_notes(seed, settings)


async def _read_states(
    settings: Settings,
) -> tuple[tuple[SeedState, ...], tuple[SkippedFile, ...]]:
    async with reading(settings) as reader:
        return await reader.seeds(), await reader.skipped_files()


def _print_all(seeds: Sequence[SeedState], skipped: Sequence[SkippedFile]) -> None:
    heads = ("file", "status", "entries", "problems", "encoding", "read")
    print_table(heads, [_row(seed) for seed in seeds])
    for seed in seeds:
        if seed.status is SeedStatus.REJECTED:
            click.secho(f"{printable(seed.path)}{_line(seed)}: {printable(seed.reason)}", fg="red")
    for file in skipped:
        click.secho(f"{printable(file.path)}: skipped: {printable(file.reason)}", fg="yellow")


def _find(file: str, seeds: Sequence[SeedState], settings: Settings) -> list[SeedState]:
    """The seeds that a file or folder named on the command line means.

    Raises:
        CommandError: There is none.
    """
    path = stored_path(Path(file), settings)
    everything = (
        place_of(Path(file), settings.seeds_dir.absolute()) == settings.seeds_dir.absolute()
    )
    found = [
        seed
        for seed in seeds
        if seed.path == path or seed.path.startswith(f"{path}/") or everything
    ]
    if not found:
        reason = why_skipped(Path(file).name)
        why = f"skipped: {reason}" if reason else "not in the database; `feedsvc check` reads it"
        raise CommandError(f"{file}: {why}")
    return found


def _print_one(seed: SeedState) -> None:
    """Print a file's state, then each problem with its line, what happened and what to do."""
    read = "never read" if seed.ingested is None else f"read {seed.ingested:%Y-%m-%d %H:%M:%S}"
    entries = "1 entry" if seed.entries == 1 else f"{seed.entries} entries"
    parts = (seed.status.value, entries, seed.encoding, read)
    click.secho(f"{printable(seed.path)}: {', '.join(filter(None, parts))}", bold=True)
    rejected = seed.status is SeedStatus.REJECTED
    # The version before, and a file that cannot be opened, have the reason alone.
    alone = (Problem(seed.line, seed.reason),) if rejected else ()
    for problem in seed.problems or alone:
        _print_problem(problem, colour="red" if rejected else "yellow")


def _print_problem(problem: Problem, *, colour: str) -> None:
    line = f"line {problem.line}: " if problem.line else ""
    click.secho(f"  {line}{printable(problem.reason)}", fg=colour)
    for part in (problem.text and f"| {problem.text}", problem.advice):
        if part:
            click.echo(f"      {printable(part)}")


def _print_notes(seed: SeedState, settings: Settings) -> None:
    """Read a file again and print what was set aside; notes are not stored."""
    root = settings.seeds_dir.absolute()
    rules = rules_from(settings, require_vocabulary(settings).taxonomy)
    for file in Folder(root=root, within=root / seed.path).find().files:
        read = read_bytes(file, max_bytes=rules.max_bytes)
        outcome = read and read_seed(read, rules)
        if isinstance(outcome, AcceptedSeed):
            for note in outcome.notes:
                print_note(note)
            return
    click.echo("  no notes: the file cannot be read now")


def _row(seed: SeedState) -> tuple[str, ...]:
    read = "never" if seed.ingested is None else f"{seed.ingested:%Y-%m-%d %H:%M:%S}"
    return (
        seed.path,
        seed.status.value,
        str(seed.entries),
        str(len(seed.problems) or ""),
        seed.encoding,
        read,
    )


def _line(seed: SeedState) -> str:
    return f", line {seed.line}" if seed.line else ""
