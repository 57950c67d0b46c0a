"""Makes the links on pages, from the public base URL alone."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from feedsvc.domain.model import Channel
from feedsvc.domain.render import Format
from feedsvc.web.pages.assets import Assets


@dataclass(frozen=True, slots=True)
class Links:
    """Links below a base URL, which has no trailing slash and may have a path prefix.

    Links within the site are paths, so that it works under any host name; addresses to copy and
    canonical ones are absolute.
    """

    base_url: str
    assets: Assets

    def public(self, path: str) -> str:
        """Return the absolute address of a path."""
        return f"{self.base_url}{path}"

    def here(self, path: str) -> str:
        """Return the path with the prefix."""
        return f"{urlsplit(self.base_url).path}{path}"

    def asset(self, name: str) -> str:
        """Return the path of a static file, which changes with its content."""
        return self.here(self.assets.path(name))

    def page(self, channel: Channel) -> str:
        """Return the path of a channel's page."""
        return self.here(f"/{channel.path}")

    def older(self, channel: Channel, *, before: int) -> str:
        """Return the path of a channel's page of entries before an arrival number."""
        return f"{self.page(channel)}?{urlencode({'before': before})}"

    def entry(self, entry_id: UUID) -> str:
        """Return the path of an entry's page."""
        return self.here(f"/entries/{entry_id}")

    def feed(self, channel: Channel) -> str:
        """Return the path of a channel's feed in the recommended format."""
        return self.here(f"/feeds/{channel.path}.{Format.ATOM.suffix}")
