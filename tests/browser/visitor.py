"""A person at a page, with a keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.async_api import Page

MOST_TABS = 120


@dataclass(frozen=True)
class Visitor:
    """What a person can do and see."""

    page: Page
    service: str

    async def heading(self) -> str:
        """What the page is about."""
        return await self.page.locator("h1").inner_text()

    async def go(self, path: str) -> None:
        """Open another page of the service."""
        await self.page.goto(self.service + path)

    async def tab_to(self, name: str) -> int:
        """Press Tab until what is focused bears the name; how often that was."""
        passed: list[str] = []
        while len(passed) < MOST_TABS:
            await self.page.keyboard.press("Tab")
            passed.append(await self._focused())
            if passed[-1] == name:
                return len(passed)
        raise AssertionError(f"{name!r} is not reached, but {passed}")

    async def follow(self, name: str) -> None:
        """Reach a link by Tab and open it."""
        await self.tab_to(name)
        await self.enter()

    async def enter(self) -> None:
        """Press Enter and wait for where that leads, be it within the page."""
        async with self.page.expect_navigation():
            await self.page.keyboard.press("Enter")

    async def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        wide: int = await self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth",
        )
        return wide

    async def violations(self) -> list[str]:
        """What axe finds against WCAG 2.2 A and AA and its best practices."""
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
