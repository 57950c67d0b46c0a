"""Decides which countries an entry is about: what each mention means and how much it counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from feedsvc.domain.classify.lexicon import Match
from feedsvc.domain.classify.matching.entry_text import EntryText
from feedsvc.domain.classify.matching.mentions import Mention, find_mentions
from feedsvc.domain.classify.vocabulary.gazetteer import Gazetteer
from feedsvc.domain.classify.vocabulary.place_terms import Grade, PlaceSense
from feedsvc.domain.model import Evidence, Kind, Where

WEIGHTS = {Grade.FIRM: 1.0, Grade.TOWN: 0.7, Grade.HINT: 0.5, Grade.TRACE: 0.3}
REPEATED = 0.5
# Looking a member up in its enum takes as long as everything else done with it here.
_TOWN, _HINT, _CAPTION = Grade.TOWN, Grade.HINT, Where.CAPTION
NAMING = frozenset({Grade.FIRM, Grade.TOWN})
# A very long entry should not carry just as much evidence.
MOST_EVIDENCE = 12
LONE_HINT = 0.5
HINT_BESIDE_OTHERS = 2.0


class PlaceScore:
    """The score of a place, its evidence and phrases, and how strong the best of them is."""

    __slots__ = ("captioned", "evidence", "hinted", "kind", "named", "phrases", "target", "total")

    def __init__(self, kind: Kind, target: str) -> None:
        """Start at zero."""
        self.kind = kind
        self.target = target
        self.total = 0.0
        self.named = False
        self.hinted = False
        self.captioned = True
        self.phrases: set[str] = set()
        self.evidence: list[Evidence] = []


def find_places(
    gazetteer: Gazetteer, entry: EntryText, names: Sequence[Match[tuple[PlaceSense, ...]]]
) -> list[PlaceScore]:
    """The countries and regions that an entry is about, judging by the names in it, best first."""
    mentions = find_mentions(gazetteer, entry, names)
    if not mentions:
        return []
    kept = _keep(_weigh(mentions, _Context(mentions, entry.tokens.keys)).values())
    if len(kept) > 1:
        kept.sort(key=lambda score: -score.total)
    return kept


class _Context:
    """What else is in the entry: its words, and the places that other phrases refer to.

    Most entries simply name a country, so each is worked out only when it is needed.
    """

    def __init__(self, mentions: Sequence[Mention], keys: Sequence[str]) -> None:
        self._mentions = mentions
        self._keys = keys
        self._words: frozenset[str] = frozenset()
        self._text = ""
        self._answers: dict[int, bool] = {}
        self._gathered: tuple[Mapping[str, set[str]], set[str]] | None = None

    def _references(self) -> tuple[Mapping[str, set[str]], set[str]]:
        """The phrases that refer to each place, and the places whose daily life is mentioned."""
        if self._gathered is None:
            support: dict[str, set[str]] = {}
            local: set[str] = set()
            for mention in self._mentions:
                if not mention.doubtful and _is_sure(mention.senses):
                    for sense in mention.senses:
                        if sense.plain or self._holds(sense, mention):
                            support.setdefault(sense.target, set()).add(mention.key)
                            if sense.local:
                                local.add(sense.target)
            self._gathered = support, local
        return self._gathered

    def _holds(self, sense: PlaceSense, mention: Mention) -> bool:
        if sense.weak or (sense.grade is _TOWN and not mention.civic):
            return False
        return (not sense.needs or self.has_any(sense.needs)) and not self.has_any(sense.excludes)

    def has_any(self, cues: tuple[str, ...]) -> bool:
        """Whether one of these words or phrases occurs in the entry."""
        # The same cues are needed at each mention of a phrase, and a text may be long. They are the
        # vocabulary's own tuples, which outlive this object, so their id is enough.
        answer = self._answers.get(id(cues))
        if answer is None:
            answer = self._answers[id(cues)] = any(map(self._has, cues))
        return answer

    def _has(self, cue: str) -> bool:
        if not self._words:
            self._words = frozenset(self._keys)
            self._text = f" {' '.join(self._keys)} "
        return cue in self._words if " " not in cue else f" {cue} " in self._text

    def shows_life_in(self, target: str) -> bool:
        """Whether words of local news refer to a country: its sheriffs, its boroughs."""
        return target in self._references()[1]

    def supports(self, target: str, key: str) -> bool:
        """Whether a phrase other than `key` refers to the same place."""
        phrases = self._references()[0].get(target)
        return phrases is not None and (len(phrases) > 1 or key not in phrases)


def _is_sure(senses: Sequence[PlaceSense]) -> bool:
    """Whether a phrase means one place, not counting senses that need another cue."""
    if len(senses) == 1 or senses[0].together:
        return True
    return {sense.target for sense in senses if not sense.weak} == {senses[0].target}


def _weigh(mentions: Sequence[Mention], cues: _Context) -> Mapping[str, PlaceScore]:
    scores: dict[str, PlaceScore] = {}
    containers = _containers(mentions) if len(mentions) > 1 else {}
    for mention in mentions:
        key, part = mention.key, mention.part
        for sense in _meaning(mention, containers.get(key, ""), cues):
            score = scores.get(sense.target)
            if score is None:
                score = scores[sense.target] = PlaceScore(sense.kind, sense.target)
            grade = sense.grade
            weight = WEIGHTS[grade] * part.factor
            if key in score.phrases:
                weight *= REPEATED
            score.phrases.add(key)
            score.total += weight
            if grade in NAMING:
                score.named = True
            elif grade is _HINT:
                score.hinted = True
            if part.where is not _CAPTION:
                score.captioned = False
            if len(score.evidence) < MOST_EVIDENCE:
                score.evidence.append(part.evidence(mention.first, mention.past, weight))
    return scores


def _containers(mentions: Sequence[Mention]) -> Mapping[str, str]:
    """The countries that names belong to because of what follows: `Athens, Georgia`, `Perth, Ont.`.

    Two names separated by a comma both mean the country that they share; otherwise a town is in the
    state after the comma. This applies to every mention of the name in the entry.
    """
    containers: dict[str, str] = {}
    for mention, after in pairwise(mentions):
        if after.first != mention.past or after.part is not mention.part:
            continue
        if not mention.part.tokens.parts[2 * after.first].startswith(","):
            continue
        targets = [sense.target for sense in after.senses]
        shared = [sense.target for sense in mention.senses if sense.target in targets]
        if shared:
            containers[mention.key] = containers[after.key] = shared[0]
        elif mention.senses[0].surname and after.senses[0].wide and after.senses[0].surname:
            containers[mention.key] = targets[0]
    return containers


def _meaning(mention: Mention, container: str, cues: _Context) -> Sequence[PlaceSense]:
    """The senses that are meant: all of a group's; else the best supported or first plain one."""
    senses = mention.senses
    lead = senses[0]
    if lead.together:
        return senses
    if container:
        return [sense for sense in senses if sense.target == container][:1]
    if len(senses) == 1:
        plain = lead.plain and not mention.doubtful
        return senses if plain or _rank(lead, mention, cues) else ()
    ranks = [_rank(sense, mention, cues) for sense in senses]
    if _BARE in ranks:
        # The default Paris does not give way to one in Texas just because Americans are mentioned.
        ranks = [
            0
            if rank == _SUPPORTED and sense.needs and not cues.shows_life_in(sense.target)
            else rank
            for rank, sense in zip(ranks, senses, strict=True)
        ]
    best = max(ranks)
    return (senses[ranks.index(best)],) if best else ()


_CUED, _SUPPORTED, _BARE = 3, 2, 1


def _rank(sense: PlaceSense, mention: Mention, cues: _Context) -> int:
    if sense.excludes and cues.has_any(sense.excludes):
        return 0
    if sense.needs and cues.has_any(sense.needs):
        return _CUED
    if cues.supports(sense.target, mention.key):
        return _SUPPORTED
    if sense.needs and (mention.doubtful or not sense.common):
        return 0
    if sense.weak or mention.doubtful or (sense.grade is _TOWN and not mention.civic):
        return 0
    return _BARE


def _keep(scores: Collection[PlaceScore]) -> list[PlaceScore]:
    """Keep what is named, and what is hinted at if the hints are many or nothing is named."""
    uncaptioned = [found for found in scores if not found.captioned]
    named = [found for found in uncaptioned if found.named]
    enough = HINT_BESIDE_OTHERS if named else LONE_HINT
    if len(named) < len(uncaptioned):
        named += [found for found in uncaptioned if not found.named and _is_ample(found, enough)]
    return named or [found for found in scores if _is_ample(found, LONE_HINT)]


def _is_ample(found: PlaceScore, enough: float) -> bool:
    if found.named:
        return found.total >= enough
    traces_alone = not found.hinted and len(found.phrases) == 1
    return found.total >= enough and not traces_alone
