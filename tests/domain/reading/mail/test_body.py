"""Of a mail's text only the author's own words are used, and no addresses."""

from __future__ import annotations

import pytest

from feedsvc.domain.reading.mail.body import take_body
from tests.domain.reading.described import real_rules

SAID = "The boats are back on the pond."


@pytest.mark.parametrize(
    "text",
    [
        f"{SAID}\n\n-- \nAna Example\nana@example.org",
        f"Hi all,\n\n{SAID}\n\n________________\nPond mailing list",
        f"Liebe Freunde,\n\n{SAID}\n\nSent from my phone",
        f"{SAID}\n\nOn Mon, 2 Mar 2026, Bo Example wrote:\n> When?\n> Bo",
        f"{SAID}\n\nLe lun. 2 mars 2026 à 10:00, Bo <bo@example.org> a écrit :\n> Quand ?",
        f"> When?\n\n{SAID}",
        f"{SAID}\n\n-----Original Message-----\nFrom: bo@example.org\nSubject: Boats\n\nWhen?",
        "The boats are back\non the pond.",
    ],
)
def test_quotes_greetings_and_signatures_are_left_out(text: str) -> None:
    assert take_body(text, rules=real_rules()).text == SAID


@pytest.mark.parametrize(
    "address", ["ana@example.org", "<ana@example.org>", "mailto:a.b+c@x.example"]
)
def test_no_address_is_left(address: str) -> None:
    text = take_body(f"Write to {address} before May.", rules=real_rules()).text
    assert "@" not in text
    assert text.startswith("Write to")


def test_the_only_link_is_the_entrys() -> None:
    body = take_body(f"{SAID}\n\nhttps://example.org/pond", rules=real_rules())
    assert (body.text, body.link) == (SAID, "https://example.org/pond")
