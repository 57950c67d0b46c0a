"""`feedsvc ingest`: takes seeds in once."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from feedsvc.cli.progress import counting
from feedsvc.cli.setup import Refusal, Setup, load_words, run, setting_flags, writing
from feedsvc.cli.table import printable
from feedsvc.domain.scan import ScanReport
from feedsvc.logs import set_up_logs
from feedsvc.runtime.clock import utc_now
from feedsvc.services.ingest.folder import Folder, why_skipped
from feedsvc.services.ingest.read import SeedRules
from feedsvc.services.relabel import mix_provenance, provenance_of
from feedsvc.settings import Settings


class Unfinished(Refusal):
    """Some of it could not be taken in; the rest was. Exit status 1."""

    exit_code = 1


FLAGS = (
    "seeds_dir",
    "database_url",
    "taxonomy_dir",
    "timezone",
    "max_seed_bytes",
    "rolling",
    "settle_seconds",
    "log_level",
    "log_format",
)


@click.command()
@setting_flags(*FLAGS)
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path(exists=True))
@click.pass_obj
def command(setup: Setup, /, paths: tuple[str, ...], **flags: Any) -> None:
    """Take in the seeds at each PATH once; nothing outside of PATH is withdrawn."""
    settings = setup.load(flags).settings
    set_up_logs(level=settings.log_level, form=settings.log_format)
    root = settings.seeds_dir.absolute()
    run(_ingest(settings, [place_of(Path(path), root) for path in paths]))


def place_of(path: Path, root: Path) -> Path:
    """A path as the folder's own scan would come to it, however it was written."""
    place = Path(os.path.abspath(path))  # noqa: PTH100 - pathlib's keeps `..`
    # The last step is kept: a link in the folder is a seed of its own.
    real = place if place.is_relative_to(root) else place.parent.resolve() / place.name
    home = root if place.is_relative_to(root) else root.resolve()
    if place.resolve() == home:
        return root
    return root / real.relative_to(home) if real.is_relative_to(home) else place


async def _ingest(settings: Settings, paths: list[Path]) -> None:
    from feedsvc.services.ingest.scan import Ingester

    words = load_words(settings)
    rules = SeedRules(
        taxonomy=words.taxonomy,
        zone=settings.timezone,
        max_bytes=settings.max_seed_bytes,
        rolling=settings.rolling,
    )
    troubles: list[str] = []
    rejected = 0
    async with writing(settings, words) as writer:
        await mix_provenance(writer, provenance_of(words, rolling=settings.rolling))
        for path in paths:
            folder = Folder(root=settings.seeds_dir.absolute(), within=path)
            with counting("Seeds") as progress:
                ingest = Ingester(
                    writer,
                    folder,
                    rules,
                    settle=settings.settle_seconds,
                    reread=False,
                    now=utc_now,
                    progress=progress,
                )
                report = await _scan_until_settled(ingest.scan, settings.settle_seconds)
            rejected += report.rejected
            troubles += map(str, report.degraded)
            if path.is_file() and (reason := why_skipped(path.name)):
                troubles.append(f"{path}: skipped: {reason}")
            _tell(report, path)
    if rejected:
        troubles.append(f"seeds rejected: {rejected}: `feedsvc seeds` says why")
    if troubles:
        raise Unfinished("\n".join(dict.fromkeys(troubles)))


def _tell(report: ScanReport, path: Path) -> None:
    """Say in one line what became of a path; each seed that changed has a line in the log."""
    counts = (("taken in", report.accepted), ("rejected", report.rejected))
    told = [f"{count} {what}" for what, count in counts if count]
    gone = [f"entries removed: {report.withdrawn}"] if report.withdrawn else []
    click.echo(f"{printable(str(path))}: {', '.join(told + gone) or 'nothing new'}")


async def _scan_until_settled(
    scan: Callable[[], Awaitable[ScanReport]],
    settle: float,
) -> ScanReport:
    """The last scan's report, with all that was done on the way."""
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
