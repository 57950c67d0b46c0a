"""A request and its response, as logged and counted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from aiohttp import hdrs, web

from feedsvc.web.agents import Agent
from feedsvc.web.negotiation import Fields

_FEEDS, _ARCHIVE = "/feeds/", "/archive/"
_ANSWERED = frozenset({200, 304})

UNROUTED = "none"


class Outcome(StrEnum):
    """The outcome of a request, for logs and metrics."""

    FRESH = "fresh"
    NOT_MODIFIED = "not_modified"
    RENDERED = "rendered"
    SERVED = "served"
    REDIRECTED = "redirected"
    REFUSED = "refused"
    FAILED = "failed"


OUTCOME: web.RequestKey[Outcome] = web.RequestKey("outcome")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and its response, as counted and logged.

    `route` is the pattern matched; `path` includes the query if that selects another feed.
    """

    method: str
    route: str
    path: str
    status: int
    outcome: Outcome
    seconds: float
    agent: Agent
    conditional: bool

    @property
    def is_poll(self) -> bool:
        """Whether a reader checked for news; archive pages are fetched only once."""
        return (
            self.method == "GET"
            and self.status in _ANSWERED
            and self.route.startswith(_FEEDS)
            and _ARCHIVE not in self.route
        )


def find_route(request: web.BaseRequest) -> str:
    """Return the pattern that the request matched: one of few values, whatever clients ask for."""
    # Requests rejected by the parser have no route, and their match_info raises.
    found = request._match_info if isinstance(request, web.Request) else None  # noqa: SLF001
    resource = found.route.resource if found is not None else None
    return resource.canonical if resource is not None else UNROUTED


def is_conditional(fields: Fields) -> bool:
    """Whether a request sends a validator."""
    return hdrs.IF_NONE_MATCH in fields or hdrs.IF_MODIFIED_SINCE in fields
