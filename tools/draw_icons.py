"""Renders the PNG and ICO icons from their SVG sources, with Debian's Chromium.

Run it after changing an SVG file in `feedsvc/web/pages/static/`: `python tools/draw_icons.py`.
"""

from __future__ import annotations

import struct
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

STATIC = Path(__file__).parent.parent / "feedsvc" / "web" / "pages" / "static"
CHROMIUM = "/usr/bin/chromium"
ARGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
FAVICON_SIZE = 192
ICO_SIZE = 32
LOGO_SIZE = (144, 72)  # RSS allows images 144 pixels wide; Atom logos are twice as wide as high


def draw_icons() -> None:
    """Write `favicon.png`, `favicon.ico` and `logo.png`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        favicon = _draw(browser, "favicon.svg", width=FAVICON_SIZE, height=FAVICON_SIZE)
        small = _draw(browser, "favicon.svg", width=ICO_SIZE, height=ICO_SIZE)
        logo = _draw(browser, "logo.svg", width=LOGO_SIZE[0], height=LOGO_SIZE[1])
        browser.close()
    for name, content in (
        ("favicon.png", favicon),
        ("favicon.ico", _wrap_ico(small)),
        ("logo.png", logo),
    ):
        (STATIC / name).write_bytes(content)
        print(f"{name}: {len(content)} bytes")


def _draw(browser: Browser, name: str, *, width: int, height: int) -> bytes:
    page = browser.new_page(viewport={"width": width, "height": height})
    drawing = (STATIC / name).read_text()
    page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{drawing}")
    picture = page.screenshot(omit_background=True)
    page.close()
    return picture


def _wrap_ico(png: bytes) -> bytes:
    """Return an ICO file that contains one PNG (allowed since Windows Vista)."""
    header = struct.pack("<HHH", 0, 1, 1)
    entry = struct.pack("<BBBBHHII", ICO_SIZE, ICO_SIZE, 0, 0, 1, 32, len(png), len(header) + 16)
    return header + entry + png


if __name__ == "__main__":
    draw_icons()
