"""`feedsvc health`: asks the running service for its state; a health check without curl."""

from __future__ import annotations

import json
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

import click

from feedsvc.cli.flags import setting_flags
from feedsvc.cli.setup import CommandError, Setup
from feedsvc.settings.values import base_url_of, check_base_url

TIMEOUT_SECONDS = 4.0


@click.command()
@setting_flags("host", "port")
@click.argument("url", required=False)
@click.pass_context
def command(ctx: click.Context, /, url: str | None, **flags: Any) -> None:
    """Check whether a running service is ready.

    The exit status is 0 if it is ready or degraded, 1 if not. Without URL, the service is
    expected on this machine, at the host and port in the settings.
    """
    setup: Setup = ctx.obj
    address = _address(url) if url else base_url_of(setup.load(flags).settings.model_dump())
    if not urlsplit(address).path:
        address += "/readyz"
    healthy, message = _ask(address)
    click.echo(message, err=not healthy)
    ctx.exit(0 if healthy else 1)


def _address(url: str) -> str:
    try:
        return check_base_url(url)
    except ValueError as error:
        raise CommandError(f"{url}: {error}") from error


def _ask(address: str) -> tuple[bool, str]:
    """Whether the answer is 200, and a message that describes it."""
    # A proxy from the environment would answer for the service.
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(address, timeout=TIMEOUT_SECONDS) as answer:
            return True, _describe(answer.read())
    except HTTPError as error:
        with error:
            return False, _describe(error.read())
    except (OSError, HTTPException) as error:
        reason = error.reason if isinstance(error, URLError) else error
        if isinstance(reason, ConnectionRefusedError):
            return False, f"nothing is listening on {_origin(address)}"
        return False, f"no answer from {address}: {_reason(reason)}"


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _reason(error: object) -> str:
    """The system's own words, if it has some."""
    words = error.strerror if isinstance(error, OSError) else None
    return words or str(error) or type(error).__name__


def _describe(body: bytes) -> str:
    try:
        answer = json.loads(body)
        return "; ".join([str(answer["status"]), *map(str, answer.get("reasons", []))])
    except (ValueError, KeyError, TypeError):
        return "unexpected answer: not from feedsvc"
