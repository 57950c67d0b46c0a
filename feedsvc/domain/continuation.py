"""Finds which of a seed's previous sightings each of its drafts continues, one to one."""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice

from feedsvc.domain.identity import Keys, fold, keys_of
from feedsvc.domain.model import Draft
from feedsvc.domain.story import is_respelled, is_same_story

TITLED_SHARE = 1 / 3
UNTITLED_SHARE = 1 / 2
COMMON_WORD = 64
CANDIDATES = 32
NO_WORDS = ("",)
TOP = -1  # no neighbour above


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A stored sighting: an entry (its arrival number) and its wording in this seed."""

    sighting: int
    entry: int
    draft: Draft


def match_same(known: Sequence[int | None], drafts: Sequence[int]) -> dict[int, int]:
    """Which sighting (by its place) each draft (by its index) repeats, judging by their digests.

    Equal ones are paired in their order; a sighting without a digest is not compared.
    """
    waiting: dict[int | None, list[int]] = defaultdict(list)
    for place in range(len(known) - 1, -1, -1):
        waiting[known[place]].append(place)
    return {
        index: waiting[digest].pop() for index, digest in enumerate(drafts) if waiting.get(digest)
    }


def continue_sightings(
    known: Sequence[Known],
    drafts: Sequence[Draft],
    *,
    keys: Mapping[int, Keys],
    same: Mapping[int, Known],
) -> dict[int, Known]:
    """Which known sighting each draft (by its index) continues; the surest matches come first.

    `same` are the drafts that state the same as a sighting in every field; `keys` has those of the
    other drafts.
    """
    continued = dict(same)
    matcher = _Matcher(known=list(known), drafts=list(enumerate(drafts)), continued=continued)
    matcher.forget_paired()
    if not matcher.known or not matcher.drafts:
        return continued
    former = {before.sighting: keys_of(before.draft) for before in matcher.known}
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

    def forget_paired(self) -> None:
        """Leave out what is paired."""
        paired = {before.sighting for before in self.continued.values()}
        self.known = [before for before in self.known if before.sighting not in paired]
        self.drafts = [
            (index, draft) for index, draft in self.drafts if index not in self.continued
        ]

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
        self.forget_paired()

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
        self.forget_paired()

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
        self.forget_paired()


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
