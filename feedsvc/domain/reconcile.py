"""Decides what became of a seed's entries, from its previous sightings and its new drafts."""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import nsmallest
from itertools import islice
from uuid import UUID

from feedsvc.domain.identity import Keys, fold, keys_of
from feedsvc.domain.model import Draft
from feedsvc.domain.story import is_respelled, is_same_story

TITLED_SHARE = 1 / 3
UNTITLED_SHARE = 1 / 2
COMMON_WORD = 64
CANDIDATES = 32
NO_WORDS = ("",)
TOP = -1  # no neighbour above


class Verdict(StrEnum):
    """What became of a draft."""

    SAME = "same"  # as before
    EDITED = "edited"  # the same sighting in other words, which its entry takes
    JOINED = "joined"  # edited into another entry's words; now that entry
    SEEN = "seen"  # an entry known from another seed or from earlier
    NEW = "new"  # words that no entry ever had


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A stored sighting: an entry (its arrival number) and its wording in this seed."""

    sighting: int
    entry: int
    draft: Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """An entry that has a key, with its present text.

    `entry` is None while the entry is new; then `id` identifies it.
    """

    entry: int | None
    id: UUID
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A draft with its verdict.

    `id` is the id of the entry if the verdict is NEW; two new drafts with one id are one entry.
    `entry` is None for NEW, `known` is the sighting that the draft continues. `claims` are the
    keys under which the entry is to be found from now on.
    """

    draft: Draft
    id: UUID
    verdict: Verdict
    entry: int | None
    known: Known | None
    claims: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """A placement for each draft, in the listing's order, and the sightings that none continues."""

    placements: tuple[Placement, ...]
    gone: tuple[Known, ...]


def reconcile(
    known: Sequence[Known],
    drafts: Sequence[Draft],
    *,
    owners: Mapping[UUID, Sequence[Owner]],
) -> Reconciliation:
    """Match a seed's drafts with its own previous sightings, one to one, then with all keys.

    `owners` maps each key of each draft to the entries that ever had it.
    """
    keys = [keys_of(draft) for draft in drafts]
    continued = _continue_sightings(known, drafts, keys=keys)
    register = _Register(owners)
    for index, before in sorted(continued.items()):
        register.claim_for_known(drafts[index], keys[index], before)
    placements = tuple(
        _place(draft, keys=key, known=continued.get(index), register=register)
        for index, (draft, key) in enumerate(zip(drafts, keys, strict=True))
    )
    kept = {before.sighting for before in continued.values()}
    return Reconciliation(
        placements=placements,
        gone=tuple(before for before in known if before.sighting not in kept),
    )


class _Register:
    """The owners of keys: those in the store and those that this listing adds."""

    def __init__(self, owners: Mapping[UUID, Sequence[Owner]]) -> None:
        self._owners = {key: list(found) for key, found in owners.items()}

    def find(self, draft: Draft, keys: Keys) -> Owner | None:
        """The entry of a draft, found by the source's id, by all words, or by the same story."""
        for key in (keys.source, keys.full):
            if key is not None and self._owners.get(key):
                return self._owners[key][0]
        text = draft.stated.text
        alike = self._owners.get(keys.base, ())[:CANDIDATES]
        exact = (one for one in alike if one.text == text)
        same = (one for one in alike if is_same_story(one.text, text))
        return next(exact, None) or next(same, None)

    def claim_for_known(self, draft: Draft, keys: Keys, known: Known) -> None:
        """Let an entry own its sighting's new words, unless another entry owns them."""
        if self.find(draft, keys) is None:
            self._add(keys, Owner(entry=known.entry, id=keys.base, text=draft.stated.text))

    def claim_for_new(self, draft: Draft, keys: Keys) -> Owner:
        """Let a new entry own its words; its id is its base key or, if taken, its full key."""
        free = not self._owners.get(keys.base)
        new = Owner(entry=None, id=keys.base if free else keys.full, text=draft.stated.text)
        self._add(keys, new)
        return new

    def _add(self, keys: Keys, owner: Owner) -> None:
        for key in (keys.source, keys.full, keys.base):
            if key is not None:
                self._owners.setdefault(key, []).append(owner)


def _place(draft: Draft, *, keys: Keys, known: Known | None, register: _Register) -> Placement:
    def placement(
        verdict: Verdict, entry: int | None, *claims: UUID | None, id_: UUID = keys.base
    ) -> Placement:
        claimed = tuple(key for key in (keys.source, *claims) if key is not None)
        return Placement(
            draft=draft, id=id_, verdict=verdict, entry=entry, known=known, claims=claimed
        )

    if known is not None and draft.stated == known.draft.stated:
        return placement(Verdict.SAME, known.entry)
    owner = register.find(draft, keys)
    if known is not None:
        if owner is not None and owner.entry not in (known.entry, None):
            return placement(Verdict.JOINED, owner.entry)
        # The entry keeps its earlier words, in case a copy of them turns up.
        return placement(Verdict.EDITED, known.entry, keys.base, keys_of(known.draft).full)
    if owner is None:
        owner = register.claim_for_new(draft, keys)
    if owner.entry is not None:
        return placement(Verdict.SEEN, owner.entry)
    full = keys.full if owner.id != keys.base else None
    return placement(Verdict.NEW, None, keys.base, full, id_=owner.id)


def _continue_sightings(
    known: Sequence[Known],
    drafts: Sequence[Draft],
    *,
    keys: Sequence[Keys],
) -> dict[int, Known]:
    """Which known sighting each draft (by its index) continues; the surest matches come first."""
    continued: dict[int, Known] = {}
    matcher = _Matcher(known=list(known), drafts=list(enumerate(drafts)), continued=continued)
    former = {before.sighting: keys_of(before.draft) for before in known}
    matcher.match_equal(lambda index, _: keys[index].source, lambda k: former[k.sighting].source)
    matcher.match_equal(lambda index, _: keys[index].full, lambda k: former[k.sighting].full)
    matcher.match_equal(
        lambda index, _: keys[index].base,
        lambda k: former[k.sighting].base,
        fits=lambda draft, k: is_same_story(draft.stated.text, k.draft.stated.text),
    )
    matcher.match_similar(_titled, share=TITLED_SHARE)
    matcher.match_equal(lambda _, draft: _text_alone(draft), lambda k: _text_alone(k.draft))
    matcher.match_similar(_untitled, share=UNTITLED_SHARE)
    matcher.match_respelled(known)
    return continued


def _titled(draft: Draft) -> str | None:
    return fold(draft.stated.title) or None


def _untitled(draft: Draft) -> str | None:
    return None if draft.stated.title else ""


def _all_words(draft: Draft) -> str:
    return f"{draft.stated.title}\n{draft.stated.text}"


def _text_alone(draft: Draft) -> str | None:
    return fold(draft.stated.text) or None


@dataclass(slots=True)
class _Matcher:
    """Pairs sightings with drafts, one rule after another."""

    known: list[Known]
    drafts: list[tuple[int, Draft]]
    continued: dict[int, Known]

    def match_equal(
        self,
        of_draft: Callable[[int, Draft], Hashable | None],
        of_known: Callable[[Known], Hashable | None],
        *,
        fits: Callable[[Draft, Known], bool] = lambda _draft, _known: True,
    ) -> None:
        """Pair in listing order what has an equal value and fits; None matches nothing."""
        waiting: dict[Hashable, list[Known]] = defaultdict(list)
        for before in reversed(self.known):
            if (value := of_known(before)) is not None:
                waiting[value].append(before)
        for index, draft in self.drafts:
            value = of_draft(index, draft)
            candidates = waiting.get(value, [])
            for place in range(len(candidates) - 1, max(-1, len(candidates) - 1 - CANDIDATES), -1):
                if fits(draft, candidates[place]):
                    self.continued[index] = candidates.pop(place)
                    break
        self._forget_paired()

    def match_respelled(self, known: Sequence[Known]) -> None:
        """Pair what comes after the same neighbour in nearly the same words."""
        place_of = {before.sighting: place for place, before in enumerate(known)}
        matched = {index: place_of[one.sighting] for index, one in self.continued.items()}
        taken = sorted(matched.values())
        following: dict[int, list[Known]] = defaultdict(list)
        for before in self.known:
            above = bisect(taken, place_of[before.sighting])
            following[taken[above - 1] if above else TOP].append(before)
        indexes = sorted(matched)
        for index, draft in self.drafts:
            above = bisect(indexes, index)
            candidates = following[matched[indexes[above - 1]] if above else TOP]
            for before in candidates[:CANDIDATES]:
                if is_respelled(_all_words(draft), _all_words(before.draft)):
                    self.continued[index] = before
                    candidates.remove(before)
                    break
        self._forget_paired()

    def match_similar(self, group: Callable[[Draft], str | None], *, share: float) -> None:
        """Pair within a group the drafts whose texts have this share of words in common."""
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
    """Sightings without a draft yet, found by the words of their texts.

    A word that very many of them share is skipped, and only those with most words in common are
    compared in full, so that the time is linear in the number of words.
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
        """The sighting with most words in common, if they are enough; the first of equals."""
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
    """The share of the longer text's words that both have.

    If one text is empty, a teaser was added or removed below its title: just enough.
    """
    longer = max(one.total(), other.total())
    if not one or not other:
        return least if longer else 1.0
    return (one & other).total() / longer
