"""A person who uses the pages with a keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.async_api import Page

MOST_TABS = 120


@dataclass(frozen=True)
class Visitor:
    """A person with a browser window."""

    page: Page
    service: str

    async def heading(self) -> str:
        """Return the text of the page's main heading."""
        return await self.page.locator("h1").inner_text()

    async def go(self, path: str) -> None:
        """Open another page of the service."""
        await self.page.goto(self.service + path)

    async def tab_to(self, name: str) -> int:
        """Press Tab until the focused element has this name; return how many presses it took."""
        passed: list[str] = []
        while len(passed) < MOST_TABS:
            await self.page.keyboard.press("Tab")
            passed.append(await self._focused())
            if passed[-1] == name:
                return len(passed)
        raise AssertionError(f"{name!r} is not reached, but {passed}")

    async def follow(self, name: str) -> None:
        """Reach a link with Tab and open it."""
        await self.tab_to(name)
        await self.enter()

    async def enter(self) -> None:
        """Press Enter and wait for the target, which may be on the same page."""
        async with self.page.expect_navigation():
            await self.page.keyboard.press("Enter")

    async def overflow(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        wide: int = await self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth",
        )
        return wide

    async def violations(self) -> list[str]:
        """Return the violations of WCAG 2.2 A and AA and of best practices that axe finds."""
        await self.page.evaluate(_axe_source())
        found: list[str] = await self.page.evaluate(
            """async () => (await axe.run({rules: {"target-size": {enabled: true}}}))
                 .violations.map(it => `${it.id}: ${it.nodes.map(node => node.html).join(" ")}`)""",
        )
        return found

    async def _focused(self) -> str:
        text: str = await self.page.evaluate("document.activeElement.textContent")
        return " ".join(text.split())


def _axe_source() -> str:
    spec = find_spec("axe_playwright_python")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("axe-playwright-python is not installed")
    return (Path(spec.submodule_search_locations[0]) / "axe.min.js").read_text()
