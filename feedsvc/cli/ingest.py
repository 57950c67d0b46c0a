"""`feedsvc ingest`: reads files into the store once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from feedsvc.cli.files import place_of
from feedsvc.cli.flags import READING, setting_flags
from feedsvc.cli.output import printable, progress_bar
from feedsvc.cli.setup import CommandError, Setup
from feedsvc.cli.store import run, writing
from feedsvc.cli.vocabulary import require_vocabulary
from feedsvc.domain.scan import ScanReport
from feedsvc.logs import set_up_logs
from feedsvc.runtime.clock import utc_now
from feedsvc.runtime.provenance import provenance_from
from feedsvc.runtime.reading_processes import reading_pool
from feedsvc.runtime.rules import rules_from
from feedsvc.services.ingest.folder import Folder
from feedsvc.services.ingest.scan import Ingester
from feedsvc.services.ingest.skip import why_skipped
from feedsvc.services.relabel import mix_provenance
from feedsvc.settings import Settings


class PartialError(CommandError):
    """Some files could not be published; the others were. Exit status 1."""

    exit_code = 1


FLAGS = (
    "seeds_dir",
    "database_url",
    "base_url",
    "namespace",
    "taxonomy_dir",
    *READING,
    "settle_seconds",
    "log_level",
    "log_format",
)


@click.command()
@setting_flags(*FLAGS)
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path(exists=True))
@click.pass_obj
def command(setup: Setup, /, paths: tuple[str, ...], **flags: Any) -> None:
    """Read the files at each PATH once and publish them.

    Entries from files elsewhere are not touched.
    """
    settings = setup.load(flags).settings
    set_up_logs(level=settings.log_level, form=settings.log_format)
    root = settings.seeds_dir.absolute()
    run(_ingest(settings, [place_of(Path(path), root) for path in paths]))


async def _ingest(settings: Settings, paths: list[Path]) -> None:
    vocabulary = require_vocabulary(settings)
    rules = rules_from(settings, vocabulary.taxonomy)
    failures: list[str] = []
    rejected = 0
    async with reading_pool(rules) as pool, writing(settings, vocabulary) as writer:
        await mix_provenance(writer, provenance_from(settings, vocabulary))
        for path in paths:
            folder = Folder(root=settings.seeds_dir.absolute(), within=path)
            with progress_bar("Files") as progress:
                ingest = Ingester(
                    writer,
                    folder,
                    rules,
                    settle=settings.settle_seconds,
                    reread=False,
                    now=utc_now,
                    read_elsewhere=pool.read,
                    progress=progress,
                )
                report = await _scan_until_settled(ingest.scan, settings.settle_seconds)
            rejected += report.rejected
            failures += map(str, report.degraded)
            if path.is_file() and (reason := why_skipped(path.name)):
                failures.append(f"{path}: skipped: {reason}")
            _print_report(report, path)
    if rejected:
        failures.append(f"files rejected: {rejected}; run `feedsvc seeds` to see why")
    if failures:
        raise PartialError("\n".join(dict.fromkeys(failures)))


def _print_report(report: ScanReport, path: Path) -> None:
    """Print one line for a path; each changed file has a line in the log."""
    counts = (("published", report.accepted), ("rejected", report.rejected))
    files = [f"{count} {what}" for what, count in counts if count]
    removed = [f"entries removed: {report.withdrawn}"] if report.withdrawn else []
    click.echo(f"{printable(str(path))}: {', '.join(files + removed) or 'nothing new'}")


async def _scan_until_settled(
    scan: Callable[[], Awaitable[ScanReport]],
    settle: float,
) -> ScanReport:
    """Scan until no file is still changing; return the last report with the totals of all."""
    done = ScanReport()
    while True:
        report = await scan()
        done = replace(
            report,
            accepted=done.accepted + report.accepted,
            rejected=done.rejected + report.rejected,
            withdrawn=done.withdrawn + report.withdrawn,
        )
        if not report.unsettled:
            return done
        await asyncio.sleep(settle)
