"""Decides what became of a seed's entries: its previous sightings and its new drafts go in."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import nsmallest
from itertools import islice
from uuid import UUID

from feedsvc.domain.identity import fold, key_of
from feedsvc.domain.model import Draft

TITLED_SHARE = 1 / 3
UNTITLED_SHARE = 1 / 2
COMMON_WORD = 64
CANDIDATES = 32
NO_WORDS = ("",)


class Verdict(StrEnum):
    """What became of a draft."""

    SAME = "same"  # stands as it stood
    EDITED = "edited"  # a known sighting with other words; its entry takes them
    JOINED = "joined"  # edited into words that another entry owns: it is that entry now
    SEEN = "seen"  # an entry known from elsewhere or from before
    NEW = "new"  # words that no entry ever had


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A sighting as it is stored: which entry (its arrival number) stands here in which words."""

    sighting: int
    entry: int
    draft: Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A draft with its verdict; `entry` is None for NEW, `known` the sighting that it continues."""

    draft: Draft
    key: UUID
    verdict: Verdict
    entry: int | None
    known: Known | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """Every draft placed, in the listing's order, and the sightings that no draft continues."""

    placements: tuple[Placement, ...]
    gone: tuple[Known, ...]


def reconcile(
    known: Sequence[Known],
    drafts: Sequence[Draft],
    *,
    owners: Mapping[UUID, int],
) -> Reconciliation:
    """Match a seed's drafts with its own previous sightings, one to one, then with all keys.

    `owners` maps each draft's key to the entry that ever had it, where one had.
    """
    keys = [key_of(draft) for draft in drafts]
    continued = _continue_sightings(known, drafts, keys=keys)
    owned = dict(owners)
    for index, before in continued.items():
        owned.setdefault(keys[index], before.entry)
    placements = tuple(
        _place(draft, key=key, known=continued.get(index), owner=owned.get(key))
        for index, (draft, key) in enumerate(zip(drafts, keys, strict=True))
    )
    kept = {before.sighting for before in continued.values()}
    return Reconciliation(
        placements=placements,
        gone=tuple(before for before in known if before.sighting not in kept),
    )


def _place(draft: Draft, *, key: UUID, known: Known | None, owner: int | None) -> Placement:
    if known is None:
        verdict = Verdict.NEW if owner is None else Verdict.SEEN
        return Placement(draft=draft, key=key, verdict=verdict, entry=owner, known=None)
    if owner is not None and owner != known.entry:
        return Placement(draft=draft, key=key, verdict=Verdict.JOINED, entry=owner, known=known)
    verdict = Verdict.SAME if draft.stated == known.draft.stated else Verdict.EDITED
    return Placement(draft=draft, key=key, verdict=verdict, entry=known.entry, known=known)


def _continue_sightings(
    known: Sequence[Known],
    drafts: Sequence[Draft],
    *,
    keys: Sequence[UUID],
) -> dict[int, Known]:
    """Which known sighting each draft (by its index) continues; the surest matches come first."""
    continued: dict[int, Known] = {}
    matcher = _Matcher(known=list(known), drafts=list(enumerate(drafts)), continued=continued)
    matcher.match_equal(lambda index, _: keys[index], lambda before: key_of(before.draft))
    matcher.match_similar(_titled, share=TITLED_SHARE)
    matcher.match_equal(lambda _, draft: _text_alone(draft), lambda k: _text_alone(k.draft))
    matcher.match_similar(_untitled, share=UNTITLED_SHARE)
    return continued


def _titled(draft: Draft) -> str | None:
    return fold(draft.stated.title) or None


def _untitled(draft: Draft) -> str | None:
    return None if draft.stated.title else ""


def _text_alone(draft: Draft) -> str | None:
    return fold(draft.stated.text) or None


@dataclass(slots=True)
class _Matcher:
    """Pairs what is still unpaired, rule after rule."""

    known: list[Known]
    drafts: list[tuple[int, Draft]]
    continued: dict[int, Known]

    def match_equal(
        self,
        of_draft: Callable[[int, Draft], Hashable | None],
        of_known: Callable[[Known], Hashable | None],
    ) -> None:
        """Pair in listing order what is equal; None matches nothing."""
        waiting: dict[Hashable, deque[Known]] = defaultdict(deque)
        for before in self.known:
            if (value := of_known(before)) is not None:
                waiting[value].append(before)
        for index, draft in self.drafts:
            if (value := of_draft(index, draft)) is not None and waiting.get(value):
                self.continued[index] = waiting[value].popleft()
        self._forget_paired()

    def match_similar(self, group: Callable[[Draft], str | None], *, share: float) -> None:
        """Pair within a group the drafts whose texts share at least this part of their words."""
        waiting: dict[str, _Waiting] = defaultdict(_Waiting)
        for before in self.known:
            if (value := group(before.draft)) is not None:
                waiting[value].add(before)
        for index, draft in self.drafts:
            value = group(draft)
            if value is not None and value in waiting:
                best = waiting[value].take_most_alike(draft, share=share)
                if best is not None:
                    self.continued[index] = best
        self._forget_paired()

    def _forget_paired(self) -> None:
        paired = {before.sighting for before in self.continued.values()}
        self.known = [before for before in self.known if before.sighting not in paired]
        self.drafts = [
            (index, draft) for index, draft in self.drafts if index not in self.continued
        ]


class _Waiting:
    """Sightings that still look for their draft, found by the words of their texts.

    A word that stands in very many of them tells none apart and is passed over, and only those
    that share most words are compared in full, so that a listing of any length is matched in time
    linear in its words.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[Known, Counter[str]]] = {}
        self._by_word: dict[str, list[int]] = defaultdict(list)

    def add(self, known: Known) -> None:
        words = _words(known.draft)
        self._known[known.sighting] = (known, words)
        for word in words or NO_WORDS:
            self._by_word[word].append(known.sighting)

    def take_most_alike(self, draft: Draft, *, share: float) -> Known | None:
        """The sighting that shares most with the draft, the first of equals, if it is enough."""
        words = _words(draft)
        best, most = None, 0.0
        for sighting in self._candidates(words):
            alike = _shared(words, self._known[sighting][1], least=share)
            if alike > most and alike >= share:
                best, most = sighting, alike
        return None if best is None else self._known.pop(best)[0]

    def _candidates(self, words: Counter[str]) -> list[int]:
        found: Counter[int] = Counter()
        for word in (*words, *NO_WORDS):
            having = self._by_word.get(word, ())
            if len(having) <= COMMON_WORD:
                found.update(having)
        if not words:
            found.update(islice(self._known, CANDIDATES))
        waiting = ((-shared, one) for one, shared in found.items() if one in self._known)
        return sorted(one for _, one in nsmallest(CANDIDATES, waiting))


def _words(draft: Draft) -> Counter[str]:
    return Counter(fold(draft.stated.text).split())


def _shared(one: Counter[str], other: Counter[str], *, least: float) -> float:
    """The part of the longer text's words that both have.

    Where one text is empty, a teaser came or went under its title: that is just enough.
    """
    longer = max(one.total(), other.total())
    if not one or not other:
        return least if longer else 1.0
    return (one & other).total() / longer
