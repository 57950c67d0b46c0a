"""Takes the screenshots in docs/screenshots/ with Chromium.

Start a server on seeds/ first:

    FEEDSVC_BASE_URL=https://wire.example.org FEEDSVC_TITLE="The Common Wire" feedsvc serve
    python tools/take_screenshots.py http://127.0.0.1:8080

On Debian, first run `apt install fonts-urw-base35 fonts-noto-core pngquant`: these are the fonts
that the style sheet prefers, and pngquant makes the files small. Links within the site contain no
host, so the server can be visited at any address.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
CHROMIUM = "/usr/bin/chromium"
ARGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
ENTRY = "Indonesia Raises Its Minimum Wage"


@dataclass(frozen=True)
class Shot:
    """A screenshot: its page, window size and colour scheme, and a headline to click first."""

    name: str
    path: str
    width: int
    height: int
    scheme: Literal["light", "dark"]
    headline: str = ""


SHOTS = (
    Shot("channel-desktop-light", "/regions/asia/topics/labour", 1280, 860, "light"),
    Shot("index-desktop-dark", "/", 1280, 860, "dark"),
    Shot("entry-phone-light", "/topics/labour", 390, 780, "light", headline=ENTRY),
)


def take_screenshots(address: str) -> None:
    """Take all screenshots, and compress them if pngquant is installed."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        for shot in SHOTS:
            target = FOLDER / f"{shot.name}.png"
            target.write_bytes(_take(browser, address, shot))
            _shrink(target)
            print(f"{target.name}: {target.stat().st_size} bytes")
        browser.close()


def _take(browser: Browser, address: str, shot: Shot) -> bytes:
    page = browser.new_page(
        viewport=ViewportSize(width=shot.width, height=shot.height),
        color_scheme=shot.scheme,
        device_scale_factor=2,
    )
    page.goto(address + shot.path)
    if shot.headline:
        _follow(page, shot.headline)
    picture = page.screenshot()
    page.close()
    return picture


def _follow(page: Page, headline: str) -> None:
    page.get_by_role("link", name=headline).click()
    page.wait_for_load_state()


def _shrink(target: Path) -> None:
    if pngquant := shutil.which("pngquant"):
        subprocess.run(  # noqa: S603 - a fixed program on our own files
            [pngquant, "--force", "--skip-if-larger", "--output", target, "64", target],
            check=False,  # it exits with 98 if the file would become larger
        )


if __name__ == "__main__":
    take_screenshots(sys.argv[1])
