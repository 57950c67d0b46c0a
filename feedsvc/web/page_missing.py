"""What a browser is shown where no page is: the way on, and what may have been meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from feedsvc.domain.model import Channel, Kind
from feedsvc.domain.render import channel_name
from feedsvc.domain.taxonomy import NEAR, Taxonomy
from feedsvc.web.page_frame import Frame, Surroundings

LONGEST_NAME = 64
_KINDS = {"regions": Kind.REGION, "countries": Kind.COUNTRY, "topics": Kind.TOPIC}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """A channel that may have been meant."""

    name: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingView:
    """The page instead of one that is not there (404) or not any more (410)."""

    frame: Frame
    heading: str
    reason: str
    meant: tuple[Meant, ...]
    template: str = "missing.html"


def view_missing(path: str, around: Surroundings) -> MissingView:
    """The page for an address that there is not."""
    named: dict[str, Meant] = {}
    for channel in guess_channels(path, around.taxonomy):
        name = channel_name(around.taxonomy, channel)
        named.setdefault(name, Meant(name=name, path=around.links.page(channel)))
    reason = "There is nothing at this address."
    return _view(around, heading="Not found", reason=reason, meant=tuple(named.values()))


def view_withdrawn(around: Surroundings) -> MissingView:
    """The page for an entry that has been withdrawn."""
    return _view(around, heading="Withdrawn", reason="What was here has been withdrawn.", meant=())


def _view(
    around: Surroundings,
    *,
    heading: str,
    reason: str,
    meant: tuple[Meant, ...],
) -> MissingView:
    frame = around.frame(path="", title=heading, about=reason)
    return MissingView(frame=frame, heading=heading, reason=reason, meant=meant)


def guess_channels(path: str, taxonomy: Taxonomy) -> tuple[Channel, ...]:
    """The channels that a mistyped path may mean, none of them made up; most often one."""
    steps = [step.partition(".")[0][:LONGEST_NAME] for step in path.split("/") if step]
    kinds = [_kind_of(step) for step in steps]
    match steps:
        case [_, region, _, topic] if kinds[::2] == [Kind.REGION, Kind.TOPIC]:
            found = {
                "region": _guess(taxonomy, Kind.REGION, region),
                "topic": _guess(taxonomy, Kind.TOPIC, topic),
            }
            channel = Channel(**found)
            return (channel,) if any(found.values()) else ()
        case [_, name] if kinds[0] and (slug := _guess(taxonomy, kinds[0], name)):
            return (_channel(kinds[0], slug),)
        case [*_, name]:
            return tuple(_guess_any(taxonomy, name))
        case _:
            return ()


def _guess_any(taxonomy: Taxonomy, name: str) -> Iterator[Channel]:
    for kind in Kind:
        if slug := _guess(taxonomy, kind, name):
            yield _channel(kind, slug)


def _guess(taxonomy: Taxonomy, kind: Kind, name: str) -> str:
    return taxonomy.resolve(kind, name) or taxonomy.nearest(kind, name) or ""


def _channel(kind: Kind, slug: str) -> Channel:
    return Channel(**{kind.value: slug})


def _kind_of(step: str) -> Kind | None:
    near = get_close_matches(step.casefold(), _KINDS, n=1, cutoff=NEAR)
    return _KINDS[near[0]] if near else None
