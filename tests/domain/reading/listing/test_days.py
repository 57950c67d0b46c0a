"""A date that stands alone above several entries is the date of all of them."""

from __future__ import annotations

from tests.domain.reading.builders import accepted

BRIDGE = (
    "Bridge opens to trams\n\nThe mayor cut a ribbon and the first trams rolled over again.\n\n"
)
FERRY = "Ferry stops after a century\n\nThe last boat was tied up on Sunday evening at dusk.\n\n"
CHESS = "Chess for every school in town\n\nEvery school gets two boards and a teacher.\n\n"
ROWERS = "Rowers win the river race\n\nThey came home four lengths ahead of the other bank.\n\n"


def days(text: str) -> list[str]:
    drafts = accepted(text).drafts
    return [f"{draft.date:%Y-%m-%d}" if draft.date else "" for draft in drafts]


def test_each_entry_has_the_date_of_the_heading_above_it() -> None:
    text = f"Monday 3 March 2026\n\n{BRIDGE}{FERRY}Tuesday 4 March 2026\n\n{CHESS}{ROWERS}"
    assert days(text) == ["2026-03-03", "2026-03-03", "2026-03-04", "2026-03-04"]


def test_a_section_heading_may_follow_the_date() -> None:
    text = f"3. März 2026\n\n{BRIDGE}{FERRY}4. März 2026\n\nSPORT\n\n{CHESS}{ROWERS}"
    assert days(text) == ["2026-03-03", "2026-03-03", "2026-03-04", "2026-03-04"]


def test_an_entry_keeps_a_date_of_its_own() -> None:
    dated = CHESS.replace("\n\n", "\ndate: 2026-02-28\n\n", 1)
    assert days(f"Monday 3 March 2026\n\n{BRIDGE}{dated}{FERRY}") == [
        "2026-03-03",
        "2026-02-28",
        "2026-03-03",
    ]


def test_dates_below_headlines_are_of_one_entry_each() -> None:
    first = BRIDGE.replace("\n\n", "\n\n3 March 2026\n\n", 1)
    second = FERRY.replace("\n\n", "\n\n4 March 2026\n\n", 1)
    assert days(f"{first}{second}{CHESS}") == ["2026-03-03", "2026-03-04", ""]


def test_a_problem_quotes_its_line() -> None:
    (problem,) = accepted(f"{BRIDGE.rstrip()}\nlink: nowhere\n").problems
    assert (problem.line, problem.text) == (4, "link: nowhere")
