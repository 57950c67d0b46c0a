"""`feedsvc ingest`: takes seeds in once."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import click

from feedsvc.cli.progress import counting
from feedsvc.cli.setup import Refusal, Setup, load_words, now, run, setting_flags, writing
from feedsvc.domain.scan import ScanReport
from feedsvc.logs import set_up_logs
from feedsvc.services.ingest.folder import Folder
from feedsvc.services.ingest.reading import Rules
from feedsvc.settings import Settings

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
    run(_ingest(settings, [Path(path).absolute() for path in paths]))


async def _ingest(settings: Settings, paths: list[Path]) -> None:
    from feedsvc.services.ingest.scan import Ingest

    words = load_words(settings)
    rules = Rules(
        taxonomy=words.taxonomy,
        zone=settings.timezone,
        max_bytes=settings.max_seed_bytes,
        rolling=settings.rolling,
    )
    rejected = 0
    async with writing(settings, words) as writer:
        for path in paths:
            folder = Folder(root=settings.seeds_dir.absolute(), within=path)
            with counting("Seeds") as progress:
                ingest = Ingest(
                    writer,
                    folder,
                    rules,
                    settle=settings.settle_seconds,
                    stale=False,
                    now=now,
                    progress=progress,
                )
                rejected += await _scan_until_settled(ingest.scan, settings.settle_seconds)
    if rejected:
        raise Refusal(f"{rejected} seeds were rejected: `feedsvc seeds` says why")


async def _scan_until_settled(scan: Any, settle: float) -> int:
    rejected = 0
    while True:
        report: ScanReport = await scan()
        rejected += report.rejected
        for reason in report.degraded:
            raise Refusal(reason)
        if not report.unsettled:
            return rejected
        await asyncio.sleep(settle)
