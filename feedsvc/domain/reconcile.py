"""Decides what became of a seed's entries, from its previous sightings and its new drafts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from feedsvc.domain.continuation import CANDIDATES, Known, continue_sightings
from feedsvc.domain.identity import Keys, keys_of
from feedsvc.domain.model import Draft
from feedsvc.domain.story import is_same_story


class Verdict(StrEnum):
    """What became of a draft."""

    SAME = "same"  # as before
    EDITED = "edited"  # the same sighting in other words, which its entry takes
    JOINED = "joined"  # edited into another entry's words; now that entry
    SEEN = "seen"  # an entry known from another seed or from earlier
    NEW = "new"  # words that no entry ever had


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """An entry that has a key, with its present text.

    `entry` is None while the entry is new; then `key`, its first, identifies it.
    """

    entry: int | None
    key: UUID
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A draft with its verdict.

    `key` is the first key of the entry if the verdict is NEW, from which its id is made; two new
    drafts with one key are one entry. It is None if the draft is the same in every field.
    `entry` is None for NEW, `known` is the sighting that the draft continues. `claims` are the
    keys under which the entry is to be found from now on.
    """

    draft: Draft
    key: UUID | None
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
    keys: Mapping[int, Keys],
    owners: Mapping[UUID, Sequence[Owner]],
    same: Mapping[int, Known],
) -> Reconciliation:
    """Match a seed's drafts with its own previous sightings, one to one, then with all keys.

    `same` are the sightings that drafts, by their index, repeat in every field. `keys` has those of
    the other drafts. `owners` maps each of these keys, and the full key of each other sighting, to
    the entries that ever had it.
    """
    continued = continue_sightings(known, drafts, keys=keys, same=same)
    register = _Register(owners)
    # The words of a draft that stays the same matter only to a draft that could be its entry.
    owning = {owner.entry for found in owners.values() for owner in found}
    for index, before in sorted(continued.items()):
        if index in keys or before.entry in owning:
            own = keys.get(index) or keys_of(drafts[index])
            register.claim_for_known(drafts[index], own, before)
    placements = tuple(
        _place(draft, keys=keys[index], known=continued.get(index), register=register)
        if index in keys
        else _keep(draft, same[index])
        for index, draft in enumerate(drafts)
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
            self._add(keys, Owner(entry=known.entry, key=keys.base, text=draft.stated.text))

    def claim_for_new(self, draft: Draft, keys: Keys) -> Owner:
        """Let a new entry own its words; its first key is its base or, if taken, its full key."""
        free = not self._owners.get(keys.base)
        new = Owner(entry=None, key=keys.base if free else keys.full, text=draft.stated.text)
        self._add(keys, new)
        return new

    def _add(self, keys: Keys, owner: Owner) -> None:
        for key in (keys.source, keys.full, keys.base):
            if key is not None:
                self._owners.setdefault(key, []).append(owner)


def _keep(draft: Draft, known: Known) -> Placement:
    return Placement(
        draft=draft, key=None, verdict=Verdict.SAME, entry=known.entry, known=known, claims=()
    )


def _place(draft: Draft, *, keys: Keys, known: Known | None, register: _Register) -> Placement:
    def placement(
        verdict: Verdict, entry: int | None, *claims: UUID | None, key: UUID = keys.base
    ) -> Placement:
        claimed = tuple(one for one in (keys.source, *claims) if one is not None)
        return Placement(
            draft=draft, key=key, verdict=verdict, entry=entry, known=known, claims=claimed
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
    full = keys.full if owner.key != keys.base else None
    return placement(Verdict.NEW, None, keys.base, full, key=owner.key)
