"""Reads query strings; what cannot be read is a QueryError."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from feedsvc.domain.query import Query, QueryError, parse_query
from feedsvc.web.keys import TAXONOMY

LAST_ARRIVAL = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The decoded pairs of a query string."""

    pairs: tuple[tuple[str, str], ...]

    def number(self, name: str, *, most: int) -> int | None:
        """Return a whole number from 1 to `most`, None if it is absent or empty.

        Raises:
            QueryError: It is not such a number, or appears twice.
        """
        given = [value for key, value in self.pairs if key == name and value]
        if not given:
            return None
        text = given[0]
        plain = text.isascii() and text.isdecimal() and len(text) <= len(str(most))
        if len(given) > 1 or not plain or not 0 < int(text) <= most:
            raise QueryError(f"invalid {name}; use one whole number from 1 to {most}")
        return int(text)

    def without(self, *names: str) -> tuple[tuple[str, str], ...]:
        """Return all pairs except those with these names."""
        return tuple((key, value) for key, value in self.pairs if key not in names)

    def reject_unknown(self, *known: str) -> None:
        """Raise QueryError if there is any other name."""
        if self.without(*known):
            allowed = f"allowed: {', '.join(known)}" if known else "none are allowed"
            raise QueryError(f"unknown parameter; {allowed}")


def read_parameters(request: web.Request) -> Parameters:
    """Return the request's parameters in their order."""
    return Parameters(pairs=tuple((name, value) for name, value in request.query.items()))


def read_query(request: web.Request, pairs: tuple[tuple[str, str], ...]) -> Query:
    """Parse these pairs. Raises QueryError."""
    return parse_query(pairs, taxonomy=request.app[TAXONOMY])
