from __future__ import annotations

from feedsvc.domain.render import BEST_FIRST, Format


def test_a_formats_value_is_the_suffix_of_its_urls() -> None:
    assert [form.suffix for form in Format] == ["rss", "atom", "json"]
    assert Format("atom") is Format.ATOM


def test_xml_states_its_charset_and_json_has_none() -> None:
    assert Format.RSS.content_type == "application/rss+xml; charset=utf-8"
    assert Format.ATOM.content_type == "application/atom+xml; charset=utf-8"
    assert Format.JSON.content_type == "application/feed+json"


def test_every_format_has_a_name_for_people_and_atom_is_offered_first() -> None:
    assert [form.display_name for form in BEST_FIRST] == ["Atom", "RSS", "JSON"]
