"""A real service on a few seeds, and Debian's Chromium to visit it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import (
    Browser,
    ConsoleMessage,
    Request,
    ViewportSize,
    async_playwright,
)

from tests.browser.visitor import Visitor

CHROMIUM = Path("/usr/bin/chromium")
ARGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_SECONDS = 30
MISSING = ("/regions/asai", "/nonsense")
# Chromium logs this for a page that is answered with 404.
OWN_404 = "Failed to load resource: the server responded with a status of 404 (Not Found)"
SEEDS = {
    "work.txt": """---
regions: [asia, southern-asia]
countries: [bd]
topics: [labour]
---
Garment workers sign their first common contract
link: https://www.example.org/contract

After six weeks of talks the union and the owners of nine mills agree on wages and hours.

Tea pickers count the hours of the monsoon
author: R. Haldar

A diary kept by forty pickers shows what a working day is when the paths are under water.
""",
    "water.txt": """---
regions: [europe]
topics: [environment]
---
A river gets its meadows back

Engineers have opened eleven dykes, and the storks came before the grass did.

LlanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochAnnouncesANewStationSignOfUnusualLength

https://www.example.org/a-very-long-address-without-any-place-to-break-it-stands-in-the-text-itself
""",
    "hebrew.md": """---
language: he
regions: [western-asia, asia]
topics: [weather]
---
גשם ראשון בעמק

החקלאים חיכו לו שבעה שבועות.
""",
    "a-picture-whose-name-is-longer-than-a-narrow-window-has-room-for.txt": "\0\1\2",
}


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service on `SEEDS`."""
    folder = tmp_path_factory.mktemp("service")
    seeds = folder / "seeds"
    seeds.mkdir()
    for name, text in SEEDS.items():
        (seeds / name).write_text(text)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FEEDSVC_")}
    given = {
        "FEEDSVC_SEEDS_DIR": str(seeds),
        "FEEDSVC_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/feedsvc.db",
        "FEEDSVC_PORT": str(port),
        "FEEDSVC_TITLE": "The Harbour Wire",
        # A machine that stalls for a moment must not look like a search that is too broad.
        "FEEDSVC_QUERY_SECONDS": "30",
    }
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "feedsvc", "serve"],
            env=kept | given,
            stdout=log,
            stderr=log,
        )
    try:
        _await_ready(f"http://127.0.0.1:{port}/readyz", process, folder / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(START_SECONDS)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The path of Debian's Chromium."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed (Debian: apt-get install chromium)")
    return CHROMIUM


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: Path) -> AsyncIterator[Browser]:
    """A headless browser."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visit(
    browser: Browser,
    service: str,
) -> AsyncIterator[Callable[..., Awaitable[Visitor]]]:
    """Opens pages at a width, in a colour scheme, with or without JavaScript.

    Fails if a page logs an error or requests anything from another host.
    """
    complaints: list[str] = []
    contexts = []

    def note_message(message: ConsoleMessage) -> None:
        missing = message.location["url"].removeprefix(service) in MISSING
        if message.type in {"error", "warning"} and not (missing and message.text == OWN_404):
            complaints.append(message.text)

    def note_request(request: Request) -> None:
        if not request.url.startswith(service):
            complaints.append(f"asked for {request.url}")

    async def open_page(
        path: str,
        *,
        width: int = 1280,
        scheme: str = "light",
        script: bool = True,
    ) -> Visitor:
        context = await browser.new_context(
            viewport=ViewportSize(width=width, height=900),
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=script,
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        page = await context.new_page()
        page.on("console", note_message)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", note_request)
        await page.goto(service + path)
        return Visitor(page, service)

    yield open_page
    for context in contexts:
        await context.close()
    assert complaints == []


def _await_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(address) as response:  # noqa: S310 - http
            if response.status == 200:
                return
        time.sleep(0.1)
    raise AssertionError(f"the service did not become ready:\n{log.read_text()}")
