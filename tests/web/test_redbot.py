"""REDbot's verdict on a feed, a page, an asset and JSON."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.web.conftest import ServiceHarness  # type: ignore[import-not-found]

PROGRAM = shutil.which("redbot", path=str(Path(sys.executable).parent))
ADDRESSES = (
    "/feeds/all.rss",
    "/feeds/all.atom",
    "/feeds/all.json",
    "/feeds/query.rss?region=asia",
    "/feeds.opml",
    "/",
    "/regions/asia",
    "/static/style.css",
    "/api/v1/entries",
)


@pytest.mark.skipif(PROGRAM is None, reason="redbot is not installed")
@pytest.mark.parametrize("address", ADDRESSES)
async def test_redbot_finds_no_error_and_no_warning(harness: ServiceHarness, address: str) -> None:
    run = await asyncio.create_subprocess_exec(
        str(PROGRAM),
        "-o",
        "har",
        f"{harness.address}{address}",
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await run.communicate()
    notes = json.loads(output)["log"]["entries"][0]["_red_messages"]
    complaints = {
        note["note_id"]: note["summary"] for note in notes if note["level"] in {"BAD", "WARN"}
    }
    assert set(complaints) <= {"DATE_INCORRECT"}, complaints
    assert any(note["note_id"] == "INM_304" for note in notes), notes
