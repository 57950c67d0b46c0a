"""A service on a few seeds, new for every test, since tests change them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import Running, running

SEEDS = {
    "harbour.txt": """Ferry crews agree on a new rota

The union and the operator signed after a month of talks in the port of Colombo.

“Quoted” & <b>marked</b>: what a title may hold

Ampersands & angle <brackets> stay as they were typed — dashes, too.

An entry with an address of its own
link: https://example.org/stories/7?a=1&b=2

It leads to where the seed says.
""",
    "orchard.md": """---
topics: [weather]
---
Growers had lit small fires between the rows through two cold nights, and by the morning the \
blossom of the valley had been saved.

ألمازة: أول مطر في الموسم

نص قصير بالعربية.
""",
}


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Running]:
    """A running service on `SEEDS`."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for name, text in SEEDS.items():
        (seeds / name).write_text(text, encoding="utf-8")
    with running(tmp_path) as service:
        yield service
