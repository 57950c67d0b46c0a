"""What people call countries."""

from __future__ import annotations

from feedsvc.domain.country_names import CALLED
from feedsvc.domain.slips import part_words
from feedsvc.services.vocabulary import load_vocabulary


def test_every_one_is_a_country_and_written_as_it_is_looked_up() -> None:
    assert CALLED.keys() == {part_words(name) for name in CALLED}
    assert set(CALLED.values()) <= load_vocabulary().taxonomy.countries.keys()
