"""Decides which countries an entry is about: what each mention means, and what it weighs."""

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
# To look a member up in its enum takes as long as all else that is done with it here.
_TOWN, _HINT, _CAPTION = Grade.TOWN, Grade.HINT, Where.CAPTION
NAMING = frozenset({Grade.FIRM, Grade.TOWN})
# A book of an entry shall not carry a book of evidence.
MOST_EVIDENCE = 12
LONE_HINT = 0.5
HINT_BESIDE_OTHERS = 2.0


class PlaceScore:
    """What speaks for a place: its score and evidence, its phrases and how much the best says."""

    __slots__ = ("captioned", "evidence", "hinted", "kind", "named", "phrases", "score", "target")

    def __init__(self, kind: Kind, target: str) -> None:
        """Nothing speaks for it as yet."""
        self.kind = kind
        self.target = target
        self.score = 0.0
        self.named = False
        self.hinted = False
        self.captioned = True
        self.phrases: set[str] = set()
        self.evidence: list[Evidence] = []


def find_places(
    gazetteer: Gazetteer, passage: EntryText, names: Sequence[Match[tuple[PlaceSense, ...]]]
) -> list[PlaceScore]:
    """The countries and regions that an entry is about, by the names in it, best first."""
    mentions = find_mentions(gazetteer, passage, names)
    if not mentions:
        return []
    kept = _keep(_weigh(mentions, _Context(mentions, passage.tokens.keys)).values())
    if len(kept) > 1:
        kept.sort(key=lambda finding: -finding.score)
    return kept


class _Context:
    """What else stands in the entry: its words, and the places that other phrases speak of.

    Most entries name a country and no more is asked, so each is gathered when it is.
    """

    def __init__(self, mentions: Sequence[Mention], keys: Sequence[str]) -> None:
        self._mentions = mentions
        self._keys = keys
        self._words: frozenset[str] = frozenset()
        self._text = ""
        self._answers: dict[int, bool] = {}
        self._gathered: tuple[Mapping[str, set[str]], set[str]] | None = None

    def _spoken_of(self) -> tuple[Mapping[str, set[str]], set[str]]:
        """The phrases that speak of each place, and the places whose daily life is spoken of."""
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
        return (not sense.needs or self.has_any(sense.needs)) and not self.has_any(sense.shuns)

    def has_any(self, cues: tuple[str, ...]) -> bool:
        """Whether one of these words or phrases stands in the entry."""
        # The cues of a phrase are asked for at each of its mentions, and a text may be long. They
        # are the vocabulary's own tuples, which outlive this: the id will do.
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
        """Whether words of local news speak of a country: its sheriffs, its boroughs."""
        return target in self._spoken_of()[1]

    def supports(self, target: str, key: str) -> bool:
        """Whether another phrase than `key` speaks of the same place."""
        phrases = self._spoken_of()[0].get(target)
        return phrases is not None and (len(phrases) > 1 or key not in phrases)


def _is_sure(senses: Sequence[PlaceSense]) -> bool:
    """Whether a phrase means one place: what it means only beside other cues takes nothing away."""
    if len(senses) == 1 or senses[0].together:
        return True
    return {sense.target for sense in senses if not sense.weak} == {senses[0].target}


def _weigh(mentions: Sequence[Mention], cues: _Context) -> Mapping[str, PlaceScore]:
    findings: dict[str, PlaceScore] = {}
    containers = _containers(mentions) if len(mentions) > 1 else {}
    for mention in mentions:
        key, part = mention.key, mention.part
        for sense in _meaning(mention, containers.get(key, ""), cues):
            finding = findings.get(sense.target)
            if finding is None:
                finding = findings[sense.target] = PlaceScore(sense.kind, sense.target)
            grade = sense.grade
            weight = WEIGHTS[grade] * part.factor
            if key in finding.phrases:
                weight *= REPEATED
            finding.phrases.add(key)
            finding.score += weight
            if grade in NAMING:
                finding.named = True
            elif grade is _HINT:
                finding.hinted = True
            if part.where is not _CAPTION:
                finding.captioned = False
            if len(finding.evidence) < MOST_EVIDENCE:
                finding.evidence.append(part.evidence(mention.first, mention.past, weight))
    return findings


def _containers(mentions: Sequence[Mention]) -> Mapping[str, str]:
    """The countries that names belong to by their neighbours: `Athens, Georgia`, `Perth, Ont.`.

    What two names with a comma between them have in common is meant by both; else a town lies in
    the state after the comma. It holds for each mention of the name in the entry.
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
    """The senses that hold: all of a group's; else the best supported, then the first plain one."""
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
        # The Paris of a default is not left for one in Texas only because Americans are spoken of.
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
    if sense.shuns and cues.has_any(sense.shuns):
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


def _keep(findings: Collection[PlaceScore]) -> list[PlaceScore]:
    """What is named stays; what is only hinted at stays when amply, or alone."""
    spoken = [found for found in findings if not found.captioned]
    named = [found for found in spoken if found.named]
    enough = HINT_BESIDE_OTHERS if named else LONE_HINT
    if len(named) < len(spoken):
        named += [found for found in spoken if not found.named and _is_ample(found, enough)]
    return named or [found for found in findings if _is_ample(found, LONE_HINT)]


def _is_ample(found: PlaceScore, enough: float) -> bool:
    if found.named:
        return found.score >= enough
    traces_alone = not found.hinted and len(found.phrases) == 1
    return found.score >= enough and not traces_alone
