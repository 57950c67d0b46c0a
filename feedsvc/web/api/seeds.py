"""Files as JSON with their state; their names only if the settings show them."""

from __future__ import annotations

from functools import partial
from typing import Any

from aiohttp import web

from feedsvc.domain.query import QueryError
from feedsvc.domain.reading import Problem
from feedsvc.store.records import SeedState, SkippedFile
from feedsvc.web.api.responses import page_url, respond_with_json
from feedsvc.web.dates import format_optional_timestamp
from feedsvc.web.keys import FILES_QUEUE, PUBLISHER, READER, SETTINGS
from feedsvc.web.parameters import read_parameters

MAX_LIMIT, DEFAULT_LIMIT = 500, 100
MAX_CURSOR = 10**9
MAX_DETAILS = 100
MAX_SKIPPED = 500


async def show_seeds(request: web.Request) -> web.Response:
    """`/api/v1/seeds`: every file, in the order of their names.

    Raises:
        BusyError: Too many ask for the list of files.
    """
    return await request.app[FILES_QUEUE].run(partial(_list_seeds, request))


async def _list_seeds(request: web.Request) -> web.Response:
    parameters = read_parameters(request)
    parameters.reject_unknown("cursor", "limit")
    after = parameters.number("cursor", most=MAX_CURSOR)
    limit = parameters.number("limit", most=MAX_LIMIT) or DEFAULT_LIMIT
    reader = request.app[READER]
    page, skipped = await reader.seed_page(limit=limit, after=after), await reader.skipped_files()
    if page is None:
        raise QueryError("cursor: that file has been removed; start again without a cursor")
    named = request.app[SETTINGS].show_file_names
    size = None if limit == DEFAULT_LIMIT else limit
    base_url = request.app[PUBLISHER].site.base_url
    return await respond_with_json(
        request,
        {
            "seeds": [describe_seed(seed, named=named) for seed in page.seeds],
            "next": page_url(base_url, "seeds", [("limit", size), ("cursor", page.next)])
            if page.next
            else None,
            "skipped": [_describe_skipped(file, named=named) for file in skipped[:MAX_SKIPPED]],
        },
    )


def describe_seed(seed: SeedState, *, named: bool) -> dict[str, Any]:
    """Return a file as JSON; its path and the text of its lines are null unless `named`."""
    return {
        "path": seed.path if named else None,
        "status": seed.status.value,
        "reason": seed.reason or None,
        "line": seed.line or None,
        "encoding": seed.encoding or None,
        "size": seed.size,
        "entries": seed.entries,
        "problems": len(seed.problems),
        "problem_details": [
            _describe_problem(one, named=named) for one in seed.problems[:MAX_DETAILS]
        ],
        "ingested": format_optional_timestamp(seed.ingested),
    }


def _describe_problem(problem: Problem, *, named: bool) -> dict[str, Any]:
    return {
        "line": problem.line or None,
        "text": (problem.text or None) if named else None,
        "reason": problem.reason,
        "advice": problem.advice or None,
    }


def _describe_skipped(file: SkippedFile, *, named: bool) -> dict[str, Any]:
    return {"path": file.path if named else None, "reason": file.reason}
