"""Fills in templates, escaping everything that comes from entries or settings."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from jinja2 import Environment, PackageLoader, StrictUndefined

from feedsvc.web.dates import format_timestamp
from feedsvc.web.pages.formatting import (
    format_count,
    format_date,
    format_moment,
    format_sentence,
    join_with_and,
    split_address,
)
from feedsvc.web.pages.frame import Frame


class View(Protocol):
    """A frozen value that a template shows."""

    @property
    def template(self) -> str:
        """The template's file name."""

    @property
    def frame(self) -> Frame:
        """What is around the content."""


def fill_template(view: View) -> bytes:
    """Return the page as UTF-8; equal views give equal bytes."""
    template = _templates().get_template(view.template)
    return template.render(view=view, frame=view.frame, links=view.frame.links).encode()


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("feedsvc.web.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    templates.filters.update(
        date=format_date,
        moment=format_moment,
        exact=format_timestamp,
        count=format_count,
        together=join_with_and,
        steps=split_address,
        sentence=format_sentence,
    )
    return templates
