"""A subject code leads to the topic at the top of its tree."""

from __future__ import annotations

import pytest

from feedsvc.domain.reading.wire.media_topics import find_top


@pytest.mark.parametrize(
    ("code", "top"),
    [
        ("medtop:20000002", "medtop:01000000"),
        ("medtop:20000170", "medtop:04000000"),
        ("http://cv.iptc.org/newscodes/mediatopic/20000533", "medtop:09000000"),
        ("medtop:17000000", "medtop:17000000"),
        ("subj:03010000", "medtop:03000000"),
        ("15054000", "medtop:15000000"),
        ("medtop:29999999", ""),
        ("medtop:99000000", ""),
        ("genre:Current", ""),
        ("", ""),
    ],
)
def test_a_code_leads_to_its_top_topic(code: str, top: str) -> None:
    assert find_top(code) == top
