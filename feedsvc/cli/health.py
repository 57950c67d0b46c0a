"""`feedsvc health`: asks the running service how it is, for health checks without curl."""

from __future__ import annotations

import json
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

import click

from feedsvc.cli.setup import Refusal, Setup, setting_flags
from feedsvc.settings.values import base_url_of, check_base_url

PATIENCE_SECONDS = 4.0


@click.command()
@setting_flags("host", "port")
@click.argument("url", required=False)
@click.pass_context
def command(ctx: click.Context, /, url: str | None, **flags: Any) -> None:
    """Exit with 0 if the service at URL is ready or degraded, with 1 if it is not.

    Without URL, the service of these settings is asked on its own port.
    """
    setup: Setup = ctx.obj
    address = _address(url) if url else base_url_of(setup.load(flags).settings.model_dump())
    if not urlsplit(address).path:
        address += "/readyz"
    well, words = _ask(address)
    click.echo(words, err=not well)
    ctx.exit(0 if well else 1)


def _address(url: str) -> str:
    try:
        return check_base_url(url)
    except ValueError as error:
        raise Refusal(f"{url}: {error}") from error


def _ask(address: str) -> tuple[bool, str]:
    """Whether the answer is 200, and the answer in words."""
    # Not through a proxy of the environment: it would be asked how it is instead.
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(address, timeout=PATIENCE_SECONDS) as answer:
            return True, _words(answer.read())
    except HTTPError as error:
        with error:
            return False, _words(error.read())
    except (OSError, HTTPException) as error:
        return False, f"{address}: no answer: {_why(error)}"


def _why(error: OSError | HTTPException) -> str:
    """In the system's own words, where it has some."""
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, ConnectionRefusedError):
        return "nothing listens there"
    words = reason.strerror if isinstance(reason, OSError) else None
    return words or str(reason) or type(reason).__name__


def _words(body: bytes) -> str:
    try:
        told = json.loads(body)
        return "; ".join([str(told["status"]), *map(str, told.get("reasons", []))])
    except (ValueError, KeyError, TypeError):
        return "not an answer of feedsvc"
