from __future__ import annotations

import pytest

from feedsvc.domain.scan import Reason
from feedsvc.services.ingest.folder import Found, Unreadable
from feedsvc.services.ingest.removal import PATIENCE_SECONDS, Missing, Removal, decide_removal
from feedsvc.store.records import KnownSeed, SeedStatus

SETTLE = 0.5
WHOLE = Found(files=())
LOST = Found(
    files=(),
    unreadable=(Unreadable(place="/srv/seeds", reason="Permission denied"),),
    whole=False,
)


def missing(
    path: str,
    *,
    gone_for: float = SETTLE,
    held: bool = False,
    accepted: bool = False,
    entries: int = 3,
) -> Missing:
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
    return Missing(seed=seed, gone_for=gone_for)


def decide(
    *gone: Missing,
    known: int = 20,
    found: Found = WHOLE,
    unsettled: bool = False,
) -> Removal:
    return decide_removal(gone, known=known, found=found, settle=SETTLE, unsettled=unsettled)


def paths(seeds: tuple[KnownSeed, ...]) -> list[str]:
    return [seed.path for seed in seeds]


def test_nothing_missing_is_nothing_to_do() -> None:
    assert decide() == Removal()


def test_a_seed_that_stays_away_is_removed() -> None:
    removal = decide(missing("a"))
    assert (paths(removal.gone), removal.held, removal.waiting) == (["a"], (), False)


def test_a_seed_that_has_just_gone_is_waited_for() -> None:
    removal = decide(missing("a", gone_for=0.4), missing("b"))
    assert (removal.gone, removal.waiting, removal.degraded) == ((), True, ())


def test_removals_wait_while_other_files_move_but_not_for_ever() -> None:
    removal = decide(missing("a"), missing("b", gone_for=PATIENCE_SECONDS), unsettled=True)
    assert (paths(removal.gone), removal.waiting) == (["b"], True)


def test_seeds_that_go_one_after_the_other_are_judged_together() -> None:
    """As when a large folder is emptied: each scan sees some more missing."""
    going = [missing(str(n), gone_for=n / 10) for n in range(11)]
    assert decide(*going[:2], known=20).waiting
    assert decide(*going, known=20).waiting
    gone = [missing(str(n)) for n in range(11)]
    assert len(decide(*gone, known=20).held) == 11


@pytest.mark.parametrize(("known", "count"), [(1, 1), (3, 3), (10, 6), (20, 11)])
def test_too_many_are_held(known: int, count: int) -> None:
    removal = decide(*(missing(str(n)) for n in range(count)), known=known)
    assert (removal.gone, len(removal.held)) == ((), count)
    (reason,) = removal.degraded
    assert reason.fact.startswith(f"{count} of {known} seeds are missing: nothing is withdrawn")
    assert "`feedsvc accept-removals`" in reason.fact


def test_what_was_held_is_held_whatever_else_comes() -> None:
    removal = decide(missing("a", held=True), missing("b", gone_for=0), known=100)
    assert paths(removal.held) == ["a", "b"]


def test_what_is_accepted_goes_at_once() -> None:
    removal = decide(missing("a", held=True, accepted=True, gone_for=0), known=1)
    assert (paths(removal.gone), removal.degraded) == (["a"], ())


def test_what_is_missing_after_the_word_needs_another_word() -> None:
    accepted = [missing(str(n), held=True, accepted=True) for n in range(5)]
    removal = decide(*accepted, missing("late"), known=6)
    assert (len(removal.gone), paths(removal.held)) == (5, ["late"])


def test_a_seed_that_never_had_entries_goes_without_a_word() -> None:
    removal = decide(missing("a", entries=0, gone_for=0), known=0)
    assert paths(removal.gone) == ["a"]


def test_nothing_is_removed_from_a_folder_that_cannot_be_read() -> None:
    removal = decide(missing("a"), found=LOST)
    assert (removal.gone, paths(removal.held)) == ((), ["a"])
    assert str(removal.degraded[0]) == (
        "the seeds folder cannot be read: /srv/seeds: Permission denied"
    )


def test_a_folder_that_cannot_be_read_is_told_though_nothing_is_known() -> None:
    assert decide(found=LOST, known=0).degraded == (
        Reason("the seeds folder cannot be read", "/srv/seeds: Permission denied"),
    )


def test_a_subfolder_that_cannot_be_read_is_told() -> None:
    shut = Unreadable(place="/srv/seeds/shut", reason="Permission denied")
    part = Found(files=(), unreadable=(shut,), blind=("shut/",))
    removal = decide(missing("a"), found=part)
    assert paths(removal.gone) == ["a"]
    assert removal.degraded == (
        Reason("part of the seeds folder cannot be read", "/srv/seeds/shut: Permission denied"),
    )
