"""The view of the status page: the files, which of them need attention, and how fresh it all is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from feedsvc.domain.reading import Problem
from feedsvc.store.records import (
    NumberedSeed,
    SeedOverview,
    SeedState,
    SeedStatus,
    SkippedFile,
    StoreStatus,
)
from feedsvc.web.pages.formatting import format_count
from feedsvc.web.pages.frame import Frame, NavItem, PageContext

STATUS_WORDS = {
    SeedStatus.ACCEPTED: "published",
    SeedStatus.REJECTED: "rejected",
    SeedStatus.MISSING: "missing",
}
MAX_LISTED = 200
MAX_PROBLEMS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What the database says of the files."""

    status: StoreStatus
    seeds: SeedOverview
    skipped: tuple[SkippedFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedLine:
    """A file in a table; `name` is its path, or its number if paths are hidden.

    `unshown` counts the problems that `problems` leaves out.
    """

    name: str
    status: str
    troubled: bool
    note: str
    problems: tuple[Problem, ...]
    unshown: int
    seed: SeedState


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedTable:
    """Files under a heading; `noted` if there is a note on each."""

    id: str
    heading: str
    noted: bool
    lines: tuple[SeedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedLine:
    """A file that is not read, or as many as share a reason if paths are hidden."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """The status page.

    `status` is None if the database cannot be read, `starting` is whether the first scan is still
    running. `notices` say what else is wrong and what to do. `named` is whether paths are shown,
    `flawed` the number of published files with problems, `unlisted` how many files the tables leave
    out. Of the texts of lines, only those of files with names are shown.
    """

    frame: Frame
    status: StoreStatus | None
    starting: bool
    notices: tuple[str, ...]
    named: bool
    tables: tuple[SeedTable, ...]
    skipped: tuple[SkippedLine, ...]
    flawed: int
    unlisted: int
    template: str = "status.html"


def view_status(
    contents: Contents | None,
    context: PageContext,
    *,
    notices: tuple[str, ...],
    named: bool,
    starting: bool = False,
) -> StatusView:
    """Return the status page; files that need attention are in a table of their own.

    Without `contents`, as the database cannot be read, it says only what is wrong.
    """
    seeds = contents.seeds if contents else SeedOverview(troubled=(), others=(), flawed=0)
    skipped = contents.skipped if contents else ()
    unlisted = max(contents.status.seeds - MAX_LISTED, 0) if contents else 0
    return StatusView(
        frame=context.frame(
            path="/status",
            title="Status",
            about=f"The files behind {context.site.title}, and when they were last read.",
            section=NavItem.STATUS,
        ),
        status=contents.status if contents else None,
        starting=starting,
        notices=notices,
        named=named,
        tables=_make_tables(seeds, named=named),
        skipped=tuple(_list_skipped(skipped, named=named)[:MAX_LISTED]),
        flawed=seeds.flawed,
        unlisted=unlisted + (max(len(skipped) - MAX_LISTED, 0) if named else 0),
    )


def _make_tables(overview: SeedOverview, *, named: bool) -> tuple[SeedTable, ...]:
    noted = tuple(_make_line(one, named=named) for one in overview.troubled)
    others = tuple(_make_line(one, named=named) for one in overview.others)
    tables = (
        SeedTable(id="attention", heading="Files that need attention", noted=True, lines=noted),
        SeedTable(
            id="files",
            heading="Other files" if noted else "Files",
            noted=False,
            lines=others,
        ),
    )
    return tuple(table for table in tables if table.lines)


def _list_skipped(skipped: tuple[SkippedFile, ...], *, named: bool) -> list[SkippedLine]:
    if named:
        return [SkippedLine(name=file.path, reason=file.reason) for file in skipped]
    reasons = Counter(file.reason for file in skipped)
    return [
        SkippedLine(name=format_count(number, "file", "files"), reason=reason)
        for reason, number in reasons.items()
    ]


def _make_line(numbered: NumberedSeed, *, named: bool) -> SeedLine:
    seed = numbered.seed
    return SeedLine(
        name=seed.path if named else f"File {numbered.number}",
        status=STATUS_WORDS[seed.status],
        troubled=seed.status is not SeedStatus.ACCEPTED,
        note=_describe_trouble(seed),
        problems=seed.problems[:MAX_PROBLEMS],
        unshown=max(len(seed.problems) - MAX_PROBLEMS, 0),
        seed=seed,
    )


def _describe_trouble(seed: SeedState) -> str:
    match seed.status:
        case SeedStatus.REJECTED if seed.problems:
            if seed.entries:
                return "Entries from its last good version stay online."
            return "Nothing of it is published."
        case SeedStatus.REJECTED:
            line = f"Line {seed.line}: " if seed.line else ""
            kept = " Entries from its last good version stay online." if seed.entries else ""
            return f"{line}{seed.reason.rstrip('.')}.{kept}"
        case SeedStatus.MISSING:
            return (
                "File is gone. Its entries stay online until you run “feedsvc accept-removals” "
                "or put the file back."
            )
        case SeedStatus.ACCEPTED if seed.problems:
            return f"{format_count(len(seed.problems), 'warning', 'warnings')}."
        case SeedStatus.ACCEPTED:
            return ""
