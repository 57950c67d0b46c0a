"""Whole files of all formats give the drafts that a person expects of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from feedsvc.domain.reading import Listing, read_file
from tests.domain.reading.described import describe, real_rules

CORPUS = Path(__file__).with_name("corpus")
EXPECTED = ".expected.json"
NAMES = sorted(path.name for path in CORPUS.iterdir() if not path.name.endswith(EXPECTED))


def _read(name: str) -> Any:
    outcome = read_file(name, (CORPUS / name).read_bytes(), rules=real_rules())
    if isinstance(outcome, Listing):
        drafts = [describe(draft) for draft in outcome.drafts]
        return [{key: value for key, value in one.items() if key != "line"} for one in drafts]
    return {"rejected": outcome.problem.reason}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_gives_the_drafts_that_a_person_expects(name: str) -> None:
    expected = CORPUS / (name.replace(".", "-") + EXPECTED)
    assert _read(name) == json.loads(expected.read_text(encoding="utf-8"))
