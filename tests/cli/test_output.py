"""Tables on a terminal."""

from __future__ import annotations

import pytest

from feedsvc.cli.output import print_table, width_of


def test_columns_are_aligned_whatever_the_script(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("file", "entries"), [("新聞.txt", "3"), ("africa.txt", "12"), ("a\x1b.txt", "1")])
    assert capsys.readouterr().out.splitlines() == [
        "file        entries",
        "新聞.txt    3",
        "africa.txt  12",
        "a\\x1b.txt   1",
    ]


@pytest.mark.parametrize(
    ("text", "columns"), [("", 0), ("Oslo", 4), ("東京", 4), ("e\u0301", 1), ("ｶﾅ", 2)]
)
def test_the_width_of_a_text_is_in_columns(text: str, columns: int) -> None:
    assert width_of(text) == columns
