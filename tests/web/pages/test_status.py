from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import pytest

from feedsvc.domain.model import Draft, Stated
from feedsvc.domain.reading import Problem
from feedsvc.domain.scan import Reason
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.services.watch import WatchStatus
from feedsvc.store.records import (
    NumberedSeed,
    SeedOverview,
    SeedReading,
    SeedState,
    SeedStatus,
    SkippedFile,
    StoreStatus,
)
from feedsvc.web.pages.status import MAX_LISTED, MAX_PROBLEMS, Contents, view_status
from tests.builders import T0
from tests.web.conftest import ServiceHarness
from tests.web.pages.entries import SEEN, a_page_context
from tests.web.pages.html import read

Open = Callable[..., Awaitable[ServiceHarness]]

UNREADABLE = tuple(
    Reason("the folder cannot be read", f"/srv/{name}: Permission denied") for name in "ab"
)


async def reject(harness: ServiceHarness, *, seed: str, reason: str, line: int) -> None:
    reading = SeedReading(
        path=seed,
        hash=b"\1" * 32,
        size=9,
        mtime=1,
        encoding="",
        reason=reason,
        line=line,
    )
    async with harness.writer.transaction() as transaction:
        await transaction.write([reading], now=T0)


async def test_without_problems_the_page_says_all_good(harness: ServiceHarness) -> None:
    page = await read(harness, "/status")
    assert page.texts("//p[@class='lead']") == ["All good."]
    assert page.texts("//dl[@class='facts']/dd") == ["2", "1", "1 March 2026, 12:00 UTC"]
    assert page.texts("//tbody/tr/td[1]") == ["published"]


async def test_a_rejected_file_is_listed_first_with_its_reason(harness: ServiceHarness) -> None:
    await reject(harness, seed="b.txt", reason="expected text, found a picture", line=3)
    page = await read(harness, "/status")
    assert page.texts("//caption") == ["Files that need attention", "Other files"]
    assert page.texts("//p[@class='lead']") == ["Running. 1 file was rejected (see below)."]
    assert page.texts("//tbody/tr/th") == ["File 2", "File 1"]
    assert page.texts("//table[1]//td[last()]") == ["Line 3: expected text, found a picture."]


async def test_files_without_names_have_numbers(harness: ServiceHarness) -> None:
    for number in range(12):
        await reject(harness, seed=f"b{number:02}.txt", reason="expected text", line=1)
    page = await read(harness, "/status")
    assert page.texts("//table[1]//tbody/tr/th") == [f"File {n}" for n in range(2, 14)]
    assert page.texts("//table[2]//tbody/tr/th") == ["File 1"]


async def test_entries_of_a_file_that_became_unreadable_stay_online(
    harness: ServiceHarness,
) -> None:
    await reject(harness, seed="a.txt", reason="expected text, found a picture", line=0)
    page = await read(harness, "/status")
    assert page.texts("//tbody/tr/td[last()]") == [
        "expected text, found a picture. Entries from its last good version stay online.",
    ]


async def test_reasons_for_degradation_are_shown(harness: ServiceHarness) -> None:
    harness.watch.append(WatchStatus(degraded=UNREADABLE))
    page = await read(harness, "/status")
    assert page.texts("//div[@class='notice']") == ["The folder cannot be read."]
    assert "needs attention" in page.texts("//p[@class='lead']")[0]


async def test_while_the_first_scan_runs_the_page_says_so(harness: ServiceHarness) -> None:
    harness.watch.append(WatchStatus(leader=True, scans=0))
    page = await read(harness, "/status")
    assert page.texts("//p[@class='lead']") == ["Starting: the first scan is still running."]
    assert page.texts("//div[@class='notice']") == []


async def test_a_clock_that_is_ahead_is_reported_with_the_way_out(harness: ServiceHarness) -> None:
    harness.clock.now -= timedelta(days=365)
    page = await read(harness, "/status")
    (notice,) = page.texts("//div[@class='notice']")
    assert "clock is ahead, at 2026-03-01 12:00 UTC" in notice
    assert "run `feedsvc settle-clock`" in notice


async def test_a_namespace_that_has_no_effect_is_reported(open_harness: Open) -> None:
    harness = await open_harness(namespace=UUID(int=5))
    page = await read(harness, "/status")
    (notice,) = page.texts("//div[@class='notice']")
    assert f"Namespace is {UUID(int=5)} but the database was created with" in notice


async def test_folders_are_named_only_if_files_are(open_harness: Open) -> None:
    harness = await open_harness(show_file_names=True)
    harness.watch.append(WatchStatus(degraded=UNREADABLE))
    page = await read(harness, "/status")
    assert page.texts("//div[@class='notice']") == [
        "The folder cannot be read: /srv/a: Permission denied.",
        "The folder cannot be read: /srv/b: Permission denied.",
    ]


async def test_without_files_the_page_says_what_to_do(open_harness: Open) -> None:
    page = await read(await open_harness(), "/status")
    assert "Save a .txt file in the seeds folder" in page.texts("//div[@class='empty']")[0]
    assert page.texts("//dl[@class='facts']/dd")[-1] == "never"


async def test_the_number_of_listed_files_is_limited(harness: ServiceHarness) -> None:
    for number in range(MAX_LISTED + 2):
        await reject(harness, seed=f"b{number}.txt", reason="expected text", line=1)
    page = await read(harness, "/status")
    assert len(page.texts("//tbody/tr")) == MAX_LISTED
    assert "3 more files are not listed here" in page.texts("//main/p[@class='soft']")[-1]


async def test_hidden_file_names_come_with_a_hint(harness: ServiceHarness) -> None:
    page = await read(harness, "/status")
    (said,) = page.texts("//main/p[@class='soft']")
    assert "Run feedsvc seeds to see them in the same order" in said


async def test_shown_file_names_need_no_hint(open_harness: Open) -> None:
    harness = await open_harness(show_file_names=True)
    await reject(harness, seed="b.txt", reason="expected text", line=1)
    page = await read(harness, "/status")
    assert page.texts("//tbody/tr/th") == ["b.txt"]
    assert page.texts("//main/p[@class='soft']") == []


@pytest.mark.parametrize(
    ("status", "problems", "note"),
    [
        (SeedStatus.ACCEPTED, 0, ""),
        (
            SeedStatus.ACCEPTED,
            1,
            "1 warning.",
        ),
        (
            SeedStatus.ACCEPTED,
            2,
            "2 warnings.",
        ),
        (
            SeedStatus.MISSING,
            0,
            (
                "File is gone. Its entries stay online until you run “feedsvc accept-removals” "
                "or put the file back."
            ),
        ),
    ],
)
def test_the_note_on_a_file_says_what_to_do(
    taxonomy: Taxonomy,
    status: SeedStatus,
    problems: int,
    note: str,
) -> None:
    seed = SeedState(
        path="a.txt",
        status=status,
        reason="",
        line=0,
        encoding="utf-8",
        size=9,
        entries=1,
        problems=(Problem(1, "no date"),) * problems,
        ingested=SEEN,
    )
    store = StoreStatus(
        created=SEEN,
        clock=SEEN,
        last_ingest=SEEN,
        last_scan=SEEN,
        entries=1,
        seeds=1,
        rejected=0,
        missing=0,
        braked=False,
    )
    context = a_page_context(taxonomy)
    line = (NumberedSeed(1, seed),)
    overview = SeedOverview(
        troubled=line if note else (),
        others=() if note else line,
        flawed=int(problems > 0),
    )
    contents = Contents(status=store, seeds=overview, skipped=())
    view = view_status(contents, context, notices=(), named=True)
    (table,) = view.tables
    assert table.heading == ("Files that need attention" if note else "Files")
    assert [(line.name, line.note) for line in table.lines] == [("a.txt", note)]
    assert view.flawed == (problems > 0)


async def test_a_file_with_warnings_is_mentioned_and_listed_first(
    harness: ServiceHarness,
) -> None:
    reading = SeedReading(
        path="b.txt",
        hash=b"\2" * 32,
        size=9,
        mtime=1,
        encoding="utf-8",
        problems=(Problem(3, "expected a date"),),
    )
    draft = Draft(ordinal=1, line=1, stated=Stated(title="Rain", text="It rained."))
    async with harness.writer.transaction() as transaction:
        await transaction.accept(reading, (draft,), rolling=False, now=harness.clock.now)
    page = await read(harness, "/status")
    assert page.texts("//p[@class='lead']") == ["1 file has warnings (see below)."]
    assert page.texts("//tbody/tr/th") == ["File 2", "File 1"]


async def accept(harness: ServiceHarness, *problems: Problem) -> None:
    """Publish a file with problems."""
    reading = SeedReading(
        path="b.txt", hash=b"\2" * 32, size=9, mtime=1, encoding="utf-8", problems=problems
    )
    draft = Draft(ordinal=1, line=1, stated=Stated(title="Rain", text="It rained."))
    async with harness.writer.transaction() as transaction:
        await transaction.accept(reading, (draft,), rolling=False, now=harness.clock.now)


@pytest.mark.parametrize(("named", "quoted"), [(True, " <b>colour</b>: red"), (False, "")])
async def test_each_problem_says_where_it_is_what_happened_and_what_to_do(
    open_harness: Open,
    named: bool,  # noqa: FBT001
    quoted: str,
) -> None:
    harness = await open_harness(show_file_names=named)
    text = "<b>colour</b>: red"
    await accept(harness, Problem(3, "unknown field, read as text", "Use link.", text))
    page = await read(harness, "/status")
    assert page.texts("//ul[@class='problems']/li") == [
        f"Line 3: Unknown field, read as text. Use link.{quoted}"
    ]


async def test_of_very_many_problems_the_first_are_shown(harness: ServiceHarness) -> None:
    await accept(harness, *[Problem(n, "no date") for n in range(1, MAX_PROBLEMS + 3)])
    shown = (await read(harness, "/status")).texts("//ul[@class='problems']/li")
    assert len(shown) == MAX_PROBLEMS + 1
    assert shown[-1] == "2 more warnings: run feedsvc seeds on this file to see all."


@pytest.mark.parametrize(
    ("named", "expected"),
    [(True, ["a.pdf", "b.pdf", "c.bak.txt"]), (False, ["2 files", "1 file"])],
)
async def test_files_that_are_not_read_are_listed_with_the_reason(
    open_harness: Open,
    named: bool,  # noqa: FBT001
    expected: list[str],
) -> None:
    harness = await open_harness(show_file_names=named)
    skipped = [SkippedFile(path=path, reason="not a type") for path in ("a.pdf", "b.pdf")]
    async with harness.writer.transaction() as transaction:
        await transaction.set_skipped([*skipped, SkippedFile(path="c.bak.txt", reason="a copy")])
    page = await read(harness, "/status")
    table = "//table[caption[@id='skipped']]//tbody/tr"
    assert page.texts(f"{table}/th") == expected
    assert page.texts(f"{table}/td")[-1] == "A copy."


async def test_a_rejected_file_shows_its_line_and_what_stays_online(open_harness: Open) -> None:
    harness = await open_harness(show_file_names=True)
    problem = Problem(3, "not YAML", "Write name: value.", "countries: [no")
    reading = SeedReading(
        path="b.txt",
        hash=b"\1" * 32,
        size=9,
        mtime=1,
        encoding="utf-8",
        reason=problem.message,
        line=3,
        problems=(problem,),
    )
    async with harness.writer.transaction() as transaction:
        await transaction.write([reading], now=T0)
    page = await read(harness, "/status")
    assert page.texts("//table[1]//td[last()]") == [
        "Nothing of it is published. Line 3: Not YAML. Write name: value. countries: [no"
    ]
