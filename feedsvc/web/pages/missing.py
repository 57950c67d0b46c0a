"""The view of a missing page: a search form, and channels that may have been meant."""

from __future__ import annotations

from dataclasses import dataclass

from feedsvc.domain.model import Channel, Kind
from feedsvc.domain.near_names import is_typo
from feedsvc.domain.render import channel_name
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.web.pages.frame import Frame, PageContext

LONGEST_NAME = 64
# No channel's page has more; thousands of them must not keep the event loop busy.
MOST_STEPS = 4
_KINDS = {
    "region": Kind.REGION,
    "regions": Kind.REGION,
    "country": Kind.COUNTRY,
    "countries": Kind.COUNTRY,
    "topic": Kind.TOPIC,
    "topics": Kind.TOPIC,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A channel that may have been meant."""

    name: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingView:
    """The page for an address that does not exist (404) or no longer does (410)."""

    frame: Frame
    heading: str
    reason: str
    suggestions: tuple[Suggestion, ...]
    template: str = "missing.html"


def view_missing(path: str, context: PageContext) -> MissingView:
    """Return the page for an unknown address."""
    named: dict[str, Suggestion] = {}
    for channel in guess_channels(path, context.taxonomy):
        name = channel_name(context.taxonomy, channel)
        named.setdefault(name, Suggestion(name=name, path=context.links.page(channel)))
    reason = "We can’t find that page."
    return _view(
        context, heading="Page not found", reason=reason, suggestions=tuple(named.values())
    )


def view_withdrawn(context: PageContext) -> MissingView:
    """Return the page for a withdrawn entry."""
    reason = "This entry is no longer published."
    return _view(context, heading="Removed", reason=reason, suggestions=())


def _view(
    context: PageContext,
    *,
    heading: str,
    reason: str,
    suggestions: tuple[Suggestion, ...],
) -> MissingView:
    frame = context.frame(path="", title=heading, about=reason)
    return MissingView(frame=frame, heading=heading, reason=reason, suggestions=suggestions)


def guess_channels(path: str, taxonomy: Taxonomy) -> tuple[Channel, ...]:
    """Return existing channels that a mistyped path may mean; usually one."""
    steps = _read_steps(path)
    match steps, [_kind_of(step) for step in steps[::2]]:
        case [_, region, _, topic], [Kind.REGION, Kind.TOPIC]:
            found = {
                "region": _guess(taxonomy, Kind.REGION, region),
                "topic": _guess(taxonomy, Kind.TOPIC, topic),
            }
            return (Channel(**found),) if any(found.values()) else ()
        case [_, one, _, other], [Kind() as first, Kind() as second]:
            return (*_guess_one(taxonomy, first, one), *_guess_one(taxonomy, second, other))
        case [_, name], [Kind() as kind] if found_one := _guess_one(taxonomy, kind, name):
            return found_one
        case [*_, name], _:
            return tuple(one for kind in Kind for one in _guess_one(taxonomy, kind, name))
        case _:
            return ()


def _read_steps(path: str) -> list[str]:
    steps = [step for step in path.split("/") if step][:MOST_STEPS]
    return [step.partition(".")[0][:LONGEST_NAME] for step in steps]


def _guess_one(taxonomy: Taxonomy, kind: Kind, name: str) -> tuple[Channel, ...]:
    slug = _guess(taxonomy, kind, name)
    return (Channel(**{kind.value: slug}),) if slug else ()


def _guess(taxonomy: Taxonomy, kind: Kind, name: str) -> str:
    return taxonomy.resolve(kind, name) or taxonomy.nearest(kind, name) or ""


def _kind_of(step: str) -> Kind | None:
    written = step.casefold()
    near = (kind for word, kind in _KINDS.items() if is_typo(written, word))
    return _KINDS.get(written) or next(near, None)
