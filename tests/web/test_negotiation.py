"""Content negotiation for any header field that a client may send."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.render.document import Coding
from feedsvc.web.negotiation import (
    accepts_html,
    choose_coding,
    is_not_modified,
    read_entity_tags,
)

BR, GZIP, PLAIN = Coding.BROTLI, Coding.GZIP, Coding.IDENTITY
QUOTED = st.text(st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_characters='"\x7f'))
FIELD = st.text(st.sampled_from(list('brgzipdentyx-*;q=0.159, \t"W/')), max_size=60)


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        (None, PLAIN),
        ("", PLAIN),
        ("  ", PLAIN),
        ("gzip", GZIP),
        ("GZip", GZIP),
        ("x-gzip", GZIP),
        ("br", BR),
        ("gzip, br", BR),
        ("gzip, deflate, br, zstd", BR),
        ("gzip;q=1.0, br;q=0.9", GZIP),
        ("br;q=0.001", BR),
        ("deflate", PLAIN),
        ("*", BR),
        ("br;q=0, *", GZIP),
        ("gzip;q=0.5, *;q=0.1", GZIP),
        ("identity", PLAIN),
        ("identity, gzip;q=0.5", PLAIN),
        ("identity;q=0.5, gzip;q=0.5", GZIP),
        ("gzip;q=0", PLAIN),
        ("br;q=0, gzip;q=0", PLAIN),
        ("identity;q=0", None),
        ("*;q=0", None),
        ("*;q=0, identity;q=0.1", PLAIN),
        ("identity;q=0, gzip", GZIP),
        ("gzip ; q = 0.5", GZIP),
        ("gzip;q=1.5", PLAIN),
        ("gzip;q=", PLAIN),
        ("gzip;level=9", PLAIN),
        ("gzip;q=0.0000", PLAIN),
        (",,gzip,,", GZIP),
    ],
)
def test_the_preferred_encoding_is_chosen(accept: str | None, coding: Coding | None) -> None:
    assert choose_coding(accept) is coding


def test_the_choice_can_be_limited() -> None:
    assert choose_coding("br, gzip", (PLAIN,)) is PLAIN
    assert choose_coding("br, identity;q=0", (PLAIN,)) is None


@given(FIELD)
def test_any_accept_encoding_is_respected(accept: str) -> None:
    chosen = choose_coding(accept)
    members = accept.replace(" ", "").replace("\t", "").split(",")
    if chosen is not None and chosen is not PLAIN:
        assert any(member.split(";")[0] in {chosen, "x-gzip", "*"} for member in members)
    if [member for member in members if member.startswith("gzip")] == ["gzip;q=0"]:
        assert "x-gzip" in accept or chosen is not GZIP


@given(st.lists(st.tuples(st.booleans(), QUOTED), max_size=8), st.sampled_from([",", ", ", " ,\t"]))
def test_every_etag_in_a_list_is_read(tags: list[tuple[bool, str]], comma: str) -> None:
    field = comma.join(f'{"W/" if weak else ""}"{tag}"' for weak, tag in tags)
    assert read_entity_tags(field).tags == {tag for _, tag in tags if tag}


@given(FIELD)
def test_any_if_none_match_is_answered(field: str) -> None:
    tags = read_entity_tags(field)
    assert tags.anything is (field.strip() == "*")
    assert not tags.match('"never sent by anyone"') or tags.anything


def test_without_last_modified_no_date_is_compared() -> None:
    assert not is_not_modified(
        etag='"a"',
        changed=None,
        if_none_match=None,
        if_modified_since="Sun, 06 Nov 2094 08:49:37 GMT",
    )


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, False),
        ("", False),
        ("*/*", False),
        ("text/*", False),
        ("application/json", False),
        ("text/html", True),
        ("Text/HTML ; charset=utf-8", True),
        ("application/json, text/html;level=1;q=0.3", True),
        ("text/html;q=0, */*", False),
        ("text/html;q=nonsense", False),
        ("text/htmlx", False),
    ],
)
def test_html_is_only_for_clients_that_name_it(accept: str | None, expected: bool) -> None:  # noqa: FBT001
    assert accepts_html(accept) is expected


@given(st.text(st.sampled_from(list("text/html*;q=0.1 ,\t")), max_size=60))
def test_any_accept_is_read(accept: str) -> None:
    assert accepts_html(accept) in {True, False}
