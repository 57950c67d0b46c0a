"""Recognises feed readers by their User-Agent, and reads how many subscribers they report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_FAMILIES = (
    ("feedly", "feedly"),
    ("inoreader", "inoreader"),
    ("newsblur", "newsblur"),
    ("feedbin", "feedbin"),
    ("theoldreader", "the-old-reader"),
    ("bazqux", "bazqux"),
    ("feeder.co", "feeder"),
    ("feedspot", "feedspot"),
    ("netvibes", "netvibes"),
    ("bloglovin", "bloglovin"),
    ("superfeedr", "superfeedr"),
    ("blogtrottr", "blogtrottr"),
    ("feedfetcher-google", "google"),
    ("selfoss", "selfoss"),
    ("yarr", "yarr"),
    ("miniflux", "miniflux"),
    ("freshrss", "freshrss"),
    ("tiny tiny rss", "tt-rss"),
    ("nextcloud", "nextcloud"),
    ("commafeed", "commafeed"),
    ("netnewswire", "netnewswire"),
    ("reeder", "reeder"),
    ("readkit", "readkit"),
    ("vienna", "vienna"),
    ("fluent reader", "fluent-reader"),
    ("quiterss", "quiterss"),
    ("newsboat", "newsboat"),
    ("newsbeuter", "newsboat"),
    ("rss2email", "rss2email"),
    ("liferea", "liferea"),
    ("akregator", "akregator"),
    ("rssguard", "rssguard"),
    ("thunderbird", "thunderbird"),
    ("feedparser", "feedparser"),
    ("python-reader", "python-reader"),
    ("rss-parser", "rss-parser"),
    ("sfeed", "sfeed"),
    ("bot", "bot"),
    ("spider", "bot"),
    ("crawl", "bot"),
    ("curl", "curl"),
    ("wget", "wget"),
    ("prometheus", "prometheus"),
    ("kube-probe", "probe"),
    ("python", "python"),
    ("aiohttp", "python"),
    ("go-http-client", "go"),
    ("mozilla/", "browser"),
)
_SUBSCRIBERS = re.compile(
    r"(?<![\d,.])(\d{1,3}(?:,\d{3}){1,2}|\d{1,7}) (?:subscriber|reader)s?\b", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Agent:
    """A family from a closed list, and the number of subscribers it reports, if any."""

    family: str
    subscribers: int | None = None


@lru_cache(maxsize=256)
def identify(user_agent: str) -> Agent:
    """Recognise a User-Agent; its family is `none` if it is empty and `other` if it is unknown."""
    agent = user_agent.casefold()
    if not agent.strip():
        return Agent("none")
    family = next((name for mark, name in _FAMILIES if mark in agent), "other")
    reported = _SUBSCRIBERS.search(agent)
    return Agent(family, int(reported[1].replace(",", "")) if reported else None)
