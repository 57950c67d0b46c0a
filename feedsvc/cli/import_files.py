"""`feedsvc import`: writes files of any format as plain listings, to edit by hand."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import click

from feedsvc.cli.files import stored_path
from feedsvc.cli.flags import READING, setting_flags
from feedsvc.cli.output import printable
from feedsvc.cli.setup import CommandError, Setup
from feedsvc.cli.vocabulary import require_vocabulary
from feedsvc.domain.transcript import ENCODING, Transcript, transcribe
from feedsvc.runtime.rules import rules_from
from feedsvc.services.ingest.folder import Folder
from feedsvc.services.ingest.read import (
    AcceptedSeed,
    RejectedSeed,
    SeedRules,
    read_bytes,
    read_seed,
)
from feedsvc.services.ingest.skip import why_skipped
from feedsvc.settings import Settings

SUFFIX = ".txt"


class ImportRefusedError(CommandError):
    """Some files were not written; the others were. Exit status 1."""

    exit_code = 1


@click.command()
@setting_flags("seeds_dir", "taxonomy_dir", *READING)
@click.option(
    "--to",
    "folder",
    metavar="FOLDER",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder to write to; no file in it is ever overwritten.",
)
@click.argument(
    "files",
    metavar="FILE…",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.pass_obj
def command(setup: Setup, /, files: tuple[Path, ...], *, folder: Path, **flags: Any) -> None:
    """Write files of any format as plain listings.

    Each FILE becomes a .txt file that can be edited by hand: each entry with its headline, what
    is stated about it, and its teaser. Entries that would be read differently from the new file are
    listed, so that you can check them.
    """
    settings = setup.load(flags).settings
    rules = rules_from(settings, require_vocabulary(settings).taxonomy)
    refused = []
    for file in files:
        try:
            _import(file, folder / f"{file.stem}{SUFFIX}", settings, rules)
        except (ImportRefusedError, OSError) as error:
            refused.append(f"{file}: {error}")
    if refused:
        raise ImportRefusedError("\n".join(refused))


def _import(file: Path, target: Path, settings: Settings, rules: SeedRules) -> None:
    """Write one file.

    Raises:
        ImportRefusedError: It cannot be read, or its listing exists already.
        OSError: It cannot be written.
    """
    if reason := why_skipped(target.name):
        raise ImportRefusedError(f"{target} would not be read: {reason}")
    seed = _read(file, settings, rules)
    path = stored_path(target, settings)
    keeps = {"rolling": str(seed.rolling).lower()} if seed.rolling != rules.rolling else {}
    transcript = transcribe(seed.drafts, path, front=keeps, rules=rules.for_file(path))
    _write(target, transcript.text)
    _report(file, target, entries=len(seed.drafts), transcript=transcript)


def _read(file: Path, settings: Settings, rules: SeedRules) -> AcceptedSeed:
    place = file.absolute()
    found = Folder(root=place.parent, within=place).find().files
    if not found:
        reason = why_skipped(file.name) or "not a regular file"
        raise ImportRefusedError(f"skipped: {reason}")
    stored = replace(found[0], path=stored_path(file, settings))
    read = read_bytes(stored, max_bytes=rules.max_bytes)
    outcome = read and read_seed(read, rules)
    if isinstance(outcome, AcceptedSeed):
        return outcome
    if isinstance(outcome, RejectedSeed):
        line = f"line {outcome.reading.line}: " if outcome.reading.line else ""
        raise ImportRefusedError(f"{line}{outcome.reading.reason}")
    raise ImportRefusedError("still being written; try again")


def _write(target: Path, text: str) -> None:
    """Write a file next to its place and move it there, unless one exists.

    Raises:
        ImportRefusedError: One exists.
    """
    # A hidden file is not read, so a watched folder does not notice it.
    with NamedTemporaryFile(
        dir=target.parent, prefix=f".{target.stem[:100]}-", suffix=".tmp"
    ) as new:
        new.write(text.encode(ENCODING))
        new.flush()
        os.fsync(new.fileno())
        os.fchmod(new.fileno(), 0o644)
        try:
            # Unlike a rename, a link never replaces a file.
            os.link(new.name, target)
        except FileExistsError:
            raise ImportRefusedError(
                f"{target} exists already: nothing was written; move it or choose another folder"
            ) from None


def _report(file: Path, target: Path, *, entries: int, transcript: Transcript) -> None:
    many = "1 entry" if entries == 1 else f"{entries} entries"
    click.echo(f"{printable(str(file))} → {printable(str(target))}: {many}")
    for one in transcript.deviations:
        what = (
            f"{printable(one.headline)}: check {', '.join(one.fields)}, which is read differently"
        )
        click.secho(f"  line {one.line}: {what}", fg="yellow")
