"""Makes every address that a page writes, from the public base URL alone."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from feedsvc.domain.model import Channel
from feedsvc.domain.render import Format
from feedsvc.web.pages.assets import Assets


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses below a base URL without a slash at its end, which may carry a path prefix.

    Links within the site are paths, so that it can be browsed under any of its hosts; what leaves
    it (an address to copy, a canonical one) is absolute.
    """

    base_url: str
    assets: Assets

    def public(self, path: str) -> str:
        """The absolute address of a path."""
        return f"{self.base_url}{path}"

    def here(self, path: str) -> str:
        """The path as seen from the host, with the prefix."""
        return f"{urlsplit(self.base_url).path}{path}"

    def asset(self, name: str) -> str:
        """A file of `static/`, under an address of its own for each content."""
        return self.here(self.assets.path(name))

    def page(self, channel: Channel) -> str:
        """A channel's page."""
        return self.here(f"/{channel.path}")

    def older(self, channel: Channel, *, before: int) -> str:
        """A channel's page from before an arrival number on."""
        return f"{self.page(channel)}?{urlencode({'before': before})}"

    def entry(self, entry_id: UUID) -> str:
        """An entry's page."""
        return self.here(f"/entries/{entry_id}")

    def feed(self, channel: Channel) -> str:
        """A channel's feed in the format that pages recommend."""
        return self.here(f"/feeds/{channel.path}.{Format.ATOM.suffix}")
