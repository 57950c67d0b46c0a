"""Writes drafts as a plain listing, so that editors can edit it, and checks it by reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import product, zip_longest

from feedsvc.domain.model import Draft, Stated
from feedsvc.domain.reading import ReadingRules, Rejection, read_file

FIELDS = ("link", "date", "image", "author", "source", "language", "regions", "countries", "topics")
ENCODING = "utf-8"
RULE = "* * *"
_CUT = frozenset({"entry", "title"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """An entry that is not read from the transcript as it was: its place, headline and fields."""

    line: int
    headline: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """A plain listing, and what of it is read in another way than it was meant."""

    text: str
    deviations: tuple[Deviation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Manner:
    """A way to write a listing.

    `rich` also has kickers and sections, `verbatim` switches recognition off, `ruled` has a rule
    between entries, `stopped` ends each teaser in a full stop.
    """

    rich: bool
    verbatim: bool
    ruled: bool
    stopped: bool


def transcribe(
    drafts: Sequence[Draft],
    name: str,
    *,
    front: Mapping[str, str],
    rules: ReadingRules,
) -> Transcript:
    """The listing of these drafts that is read most like them, under a file name.

    The simplest way to write it that is read without deviations is taken. `front` is the front
    matter, as written.
    """
    tried = (_try(drafts, name, manner, front=front, rules=rules) for manner in _list_manners())
    best = next(tried)
    while best.deviations and (other := next(tried, None)):
        best = min(best, other, key=_weigh)
    return best


def _list_manners() -> Iterator[_Manner]:
    for stopped, ruled, plain, verbatim in product((False, True), repeat=4):
        yield _Manner(rich=not plain, verbatim=verbatim, ruled=ruled, stopped=stopped)


def _try(
    drafts: Sequence[Draft],
    name: str,
    manner: _Manner,
    *,
    front: Mapping[str, str],
    rules: ReadingRules,
) -> Transcript:
    text = "\n\n".join(_write_blocks(drafts, manner, front=front, zone=rules.zone)) + "\n"
    deviations = tuple(_find_deviations(text, name, drafts, rules=rules))
    return Transcript(text=text, deviations=deviations)


def _weigh(transcript: Transcript) -> tuple[int, int]:
    """A wrong cut is worse than a field that is read differently."""
    deviations = transcript.deviations
    return sum(bool(_CUT.intersection(one.fields)) for one in deviations), len(deviations)


def _write_blocks(
    drafts: Sequence[Draft], manner: _Manner, *, front: Mapping[str, str], zone: tzinfo
) -> Iterator[str]:
    head = {**front, "verbatim": "true"} if manner.verbatim else front
    if head:
        yield "\n".join(("---", *(f"{name}: {value}" for name, value in head.items()), "---"))
    section = ""
    for place, draft in enumerate(drafts):
        stated = draft.stated
        if manner.ruled and place:
            yield RULE
        if manner.rich and stated.section and stated.section != section:
            yield f"--- {stated.section} ---"
        section = stated.section
        text = f"{stated.text}." if manner.stopped and _is_open(stated.text) else stated.text
        above = (stated.kicker if manner.rich else "", stated.caption)
        lines = (*filter(None, above), stated.title) if stated.title else (text,)
        yield "\n".join((*lines, *_state(draft, zone=zone)))
        if stated.title and text:
            yield text


def _is_open(text: str) -> bool:
    return bool(text) and text[-1].isalnum()


def _state(draft: Draft, *, zone: tzinfo) -> Iterator[str]:
    for name in FIELDS:
        if name == "date":
            value = _format_date(draft.date, zone=zone) if draft.date else ""
        else:
            value = _format_value(getattr(draft.stated, name))
        if value:
            yield f"{name}: {value}"


def _format_value(value: str | tuple[str, ...] | None) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return ", ".join(value) or "none"


def _format_date(date: datetime, *, zone: tzinfo) -> str:
    """A date in the service's time zone, with its offset."""
    local = date.astimezone(zone)
    if (local.utcoffset() or timedelta()).total_seconds() % 60:
        local = date.astimezone(UTC)
    clock = local.isoformat(" ", "seconds" if local.second else "minutes")
    return f"{clock[:-6]} {clock[-6:]}"


def _find_deviations(
    text: str, name: str, drafts: Sequence[Draft], *, rules: ReadingRules
) -> Iterator[Deviation]:
    """Every entry that is read otherwise than it was meant, or is one too many or too few."""
    read = read_file(name, text.encode(ENCODING), rules=rules)
    found = () if isinstance(read, Rejection) else read.drafts
    for meant, got in zip_longest(drafts, found):
        one = got or meant
        differing = _list_differing(meant, got) if meant and got else ("entry",)
        if differing:
            headline = (meant or one).stated.headline
            yield Deviation(line=one.line, headline=headline, fields=differing)


def _list_differing(meant: Draft, got: Draft) -> tuple[str, ...]:
    names = (field.name for field in fields(Stated))
    differing = [n for n in names if getattr(meant.stated, n) != getattr(got.stated, n)]
    return (*differing, *(() if _seconds(meant.date) == _seconds(got.date) else ("date",)))


def _seconds(date: datetime | None) -> datetime | None:
    return date.astimezone(UTC).replace(microsecond=0) if date else None
