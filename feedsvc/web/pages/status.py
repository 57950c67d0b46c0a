"""What the status page shows: the seeds, which were rejected and why, and how fresh all is."""

from __future__ import annotations

from dataclasses import dataclass

from feedsvc.store.records import SeedState, SeedStatus, StoreStatus
from feedsvc.web.pages.frame import Frame, PageContext, Section

STATUS_WORDS = {
    SeedStatus.ACCEPTED: "published",
    SeedStatus.REJECTED: "rejected",
    SeedStatus.MISSING: "missing",
}
SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedLine:
    """A seed in the table; `name` is its path, or its number where paths are not shown."""

    name: str
    status: str
    troubled: bool
    note: str
    seed: SeedState


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedTable:
    """Seeds under a caption, by path; `noted` whether there is something to say of each."""

    id: str
    caption: str
    noted: bool
    lines: tuple[SeedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """The status page; `degraded` are reasons in plain words, `named` whether paths are shown.

    `flawed` counts the published seeds with problems, `unlisted` those that the tables leave out.
    """

    frame: Frame
    status: StoreStatus
    degraded: tuple[str, ...]
    named: bool
    tables: tuple[SeedTable, ...]
    flawed: int
    unlisted: int
    template: str = "status.html"


def view_status(
    status: StoreStatus,
    seeds: tuple[SeedState, ...],
    context: PageContext,
    *,
    degraded: tuple[str, ...],
    named: bool,
) -> StatusView:
    """The status page of seeds that stand by path, those that need an editor in a table before."""
    lines = [
        _line(seed, name=seed.path if named else f"Seed {number}")
        for number, seed in enumerate(seeds, start=1)
    ]
    return StatusView(
        frame=context.frame(
            path="/status",
            title="Status",
            about=f"What {context.site.title} is made from, and how fresh it is.",
            section=Section.STATUS,
        ),
        status=status,
        degraded=degraded,
        named=named,
        tables=_part(lines),
        flawed=sum(_is_flawed(seed) for seed in seeds),
        unlisted=max(len(seeds) - SHOWN, 0),
    )


def _part(lines: list[SeedLine]) -> tuple[SeedTable, ...]:
    """Up to `SHOWN` lines, what an editor has to look at in a table of its own."""
    wanting = tuple(line for line in lines if line.note)[:SHOWN]
    others = tuple(line for line in lines if not line.note)[: SHOWN - len(wanting)]
    tables = (
        SeedTable(id="wanting", caption="Seeds to look at", noted=True, lines=wanting),
        SeedTable(
            id="seeds",
            caption="Other seeds" if wanting else "Seeds",
            noted=False,
            lines=others,
        ),
    )
    return tuple(table for table in tables if table.lines)


def _is_flawed(seed: SeedState) -> bool:
    return seed.status is SeedStatus.ACCEPTED and seed.problems > 0


def _line(seed: SeedState, *, name: str) -> SeedLine:
    return SeedLine(
        name=name,
        status=STATUS_WORDS[seed.status],
        troubled=seed.status is not SeedStatus.ACCEPTED,
        note=_note(seed),
        seed=seed,
    )


def _note(seed: SeedState) -> str:
    match seed.status:
        case SeedStatus.REJECTED:
            line = f"Line {seed.line}: " if seed.line else ""
            kept = " Its last good entries stay published." if seed.entries else ""
            return f"{line}{seed.reason.rstrip('.')}.{kept}"
        case SeedStatus.MISSING:
            return "Not found in the folder; its entries stay published until that is accepted."
        case SeedStatus.ACCEPTED if seed.problems == 1:
            return "1 problem: run “feedsvc check” on it to see the line."
        case SeedStatus.ACCEPTED if seed.problems:
            return f"{seed.problems} problems: run “feedsvc check” on it to see the lines."
        case SeedStatus.ACCEPTED:
            return ""
