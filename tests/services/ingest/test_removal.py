"""Which missing seeds are removed, which wait, and which the brake holds."""

from __future__ import annotations

import pytest

from feedsvc.domain.scan import Reason
from feedsvc.services.ingest.folder import FolderContents, UnreadableFolder
from feedsvc.services.ingest.removal import (
    ADVICE,
    PATIENCE_SECONDS,
    MissingSeed,
    Removal,
    decide_removal,
)
from feedsvc.store.records import KnownSeed, SeedStatus

SETTLE = 0.5
READABLE = FolderContents(files=())
UNREADABLE = FolderContents(
    files=(),
    unreadable=(UnreadableFolder(place="/srv/seeds", reason="Permission denied"),),
    readable=False,
)


def missing(
    path: str,
    *,
    missing_for: float = SETTLE,
    held: bool = False,
    accepted: bool = False,
    entries: int = 3,
) -> MissingSeed:
    seed = KnownSeed(
        id=1,
        path=path,
        status=SeedStatus.MISSING if held else SeedStatus.ACCEPTED,
        hash=b"",
        size=1,
        mtime=1,
        entries=entries,
        removal_accepted=accepted,
    )
    return MissingSeed(seed=seed, missing_for=missing_for)


def decide(
    *gone: MissingSeed,
    known: int = 20,
    contents: FolderContents = READABLE,
    unsettled: bool = False,
) -> Removal:
    return decide_removal(gone, known=known, contents=contents, settle=SETTLE, unsettled=unsettled)


def paths(seeds: tuple[KnownSeed, ...]) -> list[str]:
    return [seed.path for seed in seeds]


def test_if_nothing_is_missing_nothing_is_removed() -> None:
    assert decide() == Removal()


def test_a_seed_that_stays_away_is_removed() -> None:
    removal = decide(missing("a"))
    assert (paths(removal.removed), removal.held, removal.waiting) == (["a"], (), False)


def test_a_seed_that_has_just_gone_waits() -> None:
    removal = decide(missing("a", missing_for=0.4), missing("b"))
    assert (removal.removed, removal.waiting, removal.degraded) == ((), True, ())


def test_removals_wait_while_other_files_change_but_not_for_ever() -> None:
    removal = decide(missing("a"), missing("b", missing_for=PATIENCE_SECONDS), unsettled=True)
    assert (paths(removal.removed), removal.waiting) == (["b"], True)


def test_seeds_that_go_one_by_one_are_judged_together() -> None:
    """While a large folder is being emptied, each scan finds more of them missing."""
    going = [missing(str(n), missing_for=n / 10) for n in range(11)]
    assert decide(*going[:2], known=20).waiting
    assert decide(*going, known=20).waiting
    gone = [missing(str(n)) for n in range(11)]
    assert len(decide(*gone, known=20).held) == 11


@pytest.mark.parametrize(("known", "count"), [(1, 1), (3, 3), (10, 6), (20, 11)])
def test_the_brake_holds_the_removal_of_too_many_seeds(known: int, count: int) -> None:
    removal = decide(*(missing(str(n)) for n in range(count)), known=known)
    assert (removal.removed, len(removal.held)) == ((), count)
    (reason,) = removal.degraded
    assert reason.fact.startswith(f"{count} of {known} files have disappeared: their entries stay")
    assert "`feedsvc accept-removals`" in reason.fact


def test_the_brake_stays_on_whatever_else_happens() -> None:
    removal = decide(missing("a", held=True), missing("b", missing_for=0), known=100)
    assert paths(removal.held) == ["a", "b"]


def test_a_confirmed_removal_happens_at_once() -> None:
    removal = decide(missing("a", held=True, accepted=True, missing_for=0), known=1)
    assert (paths(removal.removed), removal.degraded) == (["a"], ())


def test_later_removals_need_a_new_confirmation() -> None:
    accepted = [missing(str(n), held=True, accepted=True) for n in range(5)]
    removal = decide(*accepted, missing("late"), known=6)
    assert (len(removal.removed), paths(removal.held)) == (5, ["late"])


def test_a_seed_without_entries_is_removed_without_confirmation() -> None:
    removal = decide(missing("a", entries=0, missing_for=0), known=0)
    assert paths(removal.removed) == ["a"]


def test_nothing_is_removed_from_an_unreadable_folder() -> None:
    removal = decide(missing("a"), contents=UNREADABLE)
    assert (removal.removed, paths(removal.held)) == ((), ["a"])
    assert str(removal.degraded[0]) == (
        "the seeds folder cannot be read: /srv/seeds: Permission denied; "
        "make it readable, or set seeds_dir to another folder"
    )


def test_an_unreadable_folder_is_reported_even_if_no_seed_is_known() -> None:
    assert decide(contents=UNREADABLE, known=0).degraded == (
        Reason("the seeds folder cannot be read", f"/srv/seeds: Permission denied{ADVICE}"),
    )


def test_an_unreadable_subfolder_is_reported() -> None:
    shut = UnreadableFolder(place="/srv/seeds/shut", reason="Permission denied")
    part = FolderContents(files=(), unreadable=(shut,), hidden=("shut/",))
    removal = decide(missing("a"), contents=part)
    assert paths(removal.removed) == ["a"]
    assert removal.degraded == (
        Reason("part of the seeds folder cannot be read", "/srv/seeds/shut: Permission denied"),
    )
