"""Decides which countries an entry is about: what each mention means, and what it weighs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from feedsvc.domain.classify.gazetteer import Gazetteer
from feedsvc.domain.classify.mentions import Mention, Part, find_mentions
from feedsvc.domain.classify.sense import Grade, Sense
from feedsvc.domain.model import Evidence, Kind, Where

WEIGHTS = {Grade.FIRM: 1.0, Grade.TOWN: 0.7, Grade.HINT: 0.5, Grade.TRACE: 0.3}
FACTORS = {Where.TITLE: 2.0, Where.TEXT: 1.0, Where.CAPTION: 0.5}
REPEATED = 0.5
NAMING = frozenset({Grade.FIRM, Grade.TOWN})
LONE_HINT = 0.5
HINT_BESIDE_OTHERS = 1.5


@dataclass(slots=True)
class Finding:
    """What speaks for a place: its score, its evidence, and whether anything names it outright."""

    kind: Kind
    target: str
    score: float = 0.0
    named: bool = False
    captioned: bool = True
    evidence: list[Evidence] = field(default_factory=list)


def find_places(gazetteer: Gazetteer, parts: Sequence[Part]) -> list[Finding]:
    """The countries and regions that the texts are about, best first."""
    mentions = [mention for part in parts for mention in find_mentions(gazetteer, part)]
    if not mentions:
        return []
    findings = _weigh(mentions, _Cues(mentions, parts))
    kept = _keep(findings.values())
    return sorted(kept, key=lambda finding: -finding.score)


class _Cues:
    """What else stands in the entry: its words, and the places that other phrases speak of."""

    def __init__(self, mentions: Iterable[Mention], parts: Iterable[Part]) -> None:
        self._keys = [key for part in parts for key in part.tokens.keys]
        self._words = frozenset(self._keys)
        self._text = ""
        self._support: dict[str, set[str]] = {}
        for mention in mentions:
            if not mention.doubtful and (len(mention.senses) == 1 or mention.senses[0].together):
                for sense in mention.senses:
                    if self._is_plain(sense, mention):
                        self._support.setdefault(sense.target, set()).add(mention.key)

    def _is_plain(self, sense: Sense, mention: Mention) -> bool:
        if sense.weak or (sense.grade is Grade.TOWN and not mention.civic):
            return False
        return (not sense.needs or self.has_any(sense.needs)) and not self.has_any(sense.shuns)

    def has_any(self, cues: Iterable[str]) -> bool:
        return any(self._has(cue) for cue in cues)

    def _has(self, cue: str) -> bool:
        if " " not in cue:
            return cue in self._words
        if not self._text:
            self._text = f" {' '.join(self._keys)} "
        return f" {cue} " in self._text

    def supports(self, target: str, key: str) -> bool:
        """Whether another phrase than `key` speaks of the same place."""
        phrases = self._support.get(target)
        return phrases is not None and (len(phrases) > 1 or key not in phrases)


def _weigh(mentions: Sequence[Mention], cues: _Cues) -> Mapping[str, Finding]:
    findings: dict[str, Finding] = {}
    seen: set[tuple[str, str]] = set()
    for mention, after in zip(mentions, (*mentions[1:], None), strict=True):
        key = mention.key
        for sense in _meaning(mention, key, cues, _container(mention, after)):
            weight = WEIGHTS[sense.grade] * FACTORS[mention.part.where]
            if (key, sense.target) in seen:
                weight *= REPEATED
            seen.add((key, sense.target))
            finding = findings.get(sense.target)
            if finding is None:
                finding = findings[sense.target] = Finding(sense.kind, sense.target)
            finding.score += weight
            finding.named = finding.named or sense.grade in NAMING
            finding.captioned = finding.captioned and mention.part.where is Where.CAPTION
            finding.evidence.append(_evidence(mention, weight))
    return findings


def _container(mention: Mention, after: Mention | None) -> str:
    """The country that a name belongs to by what follows a comma: `Birmingham, Alabama`."""
    if after is None or after.first != mention.past or after.part is not mention.part:
        return ""
    lead = after.senses[0]
    if not lead.wide or not mention.part.tokens.parts[2 * after.first].startswith(","):
        return ""
    return lead.target


def _meaning(mention: Mention, key: str, cues: _Cues, container: str) -> tuple[Sense, ...]:
    """The senses that hold: all of a group's; else the best supported, then the first plain one."""
    senses = mention.senses
    if senses[0].together:
        return senses
    if container:
        inside = tuple(sense for sense in senses if sense.target == container)
        if inside:
            return inside
    best: tuple[Sense, ...] = ()
    best_rank = 0
    for sense in senses:
        rank = _rank(sense, mention, key, cues)
        if rank > best_rank:
            best, best_rank = (sense,), rank
    return best


def _rank(sense: Sense, mention: Mention, key: str, cues: _Cues) -> int:
    if sense.shuns and cues.has_any(sense.shuns):
        return 0
    if sense.needs and cues.has_any(sense.needs):
        return 3
    if cues.supports(sense.target, key):
        return 2
    if sense.needs and not (sense.common and not mention.doubtful):
        return 0
    if sense.weak or mention.doubtful or (sense.grade is Grade.TOWN and not mention.civic):
        return 0
    return 1


def _evidence(mention: Mention, weight: float) -> Evidence:
    tokens = mention.part.tokens
    start, end = tokens.span(mention.first, mention.past)
    return Evidence(
        phrase=tokens.text[start:end],
        where=mention.part.where,
        start=start,
        end=end,
        weight=weight,
    )


def _keep(findings: Iterable[Finding]) -> list[Finding]:
    """What is named stays; what is only hinted at stays when strong, or alone."""
    all_of = list(findings)
    named = [finding for finding in all_of if finding.named and not finding.captioned]
    enough = HINT_BESIDE_OTHERS if named else LONE_HINT
    hinted = [
        finding
        for finding in all_of
        if not finding.named and not finding.captioned and finding.score >= enough
    ]
    return named + hinted or [finding for finding in all_of if finding.score >= LONE_HINT]
