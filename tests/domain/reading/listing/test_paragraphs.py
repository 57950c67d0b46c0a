from __future__ import annotations

from tests.domain.reading.builders import words

TITLE = "Port Reopens After Storm"


def test_a_hard_wrapped_teaser_is_one_text() -> None:
    lines = (
        "The ships that had waited off the coast for nine days came in",
        "on Monday, and the first of them was unloaded by noon, said the",
        "Port Authority.",
    )
    assert words(f"{TITLE}\n\n" + "\n".join(lines)) == [("", TITLE, " ".join(lines))]


def test_a_title_above_a_hard_wrapped_teaser_keeps_apart() -> None:
    seed = (
        f"{TITLE}\nThe ships that had waited off the coast for nine days came in\n"
        "on Monday, and the first of them was unloaded by noon.\n"
    )
    assert words(seed)[0][1] == TITLE
    assert words(seed)[0][2].startswith(
        "The ships that had waited off the coast for nine days came"
    )


def test_a_teaser_wrapped_before_a_name_goes_on_below_its_title() -> None:
    seed = (
        f"{TITLE}\n\nThe ships that had waited off the coast since Sunday came to\n"
        "Rotterdam on Monday.\n\nBread Gets Dearer\n\nWheat is short."
    )
    assert [title for _, title, _ in words(seed)] == [TITLE, "Bread Gets Dearer"]


def test_a_hyphen_at_a_line_end_joins_without_a_space() -> None:
    seed = f"{TITLE}\n\nThe harbour will be run by its self-\nemployed pilots again."
    assert words(seed)[0][2] == "The harbour will be run by its self-employed pilots again."


def test_a_dash_at_a_line_end_keeps_its_space() -> None:
    seed = f"{TITLE}\n\nThe harbour is open again -\nand the pilots are at work."
    assert words(seed)[0][2] == "The harbour is open again - and the pilots are at work."


def test_wide_characters_are_joined_without_a_space() -> None:
    # A line that ends in a comma goes on.
    seed = "面包涨价\n\n面包师说,\n原因是小麦短缺。\n"
    assert words(seed)[0][2] == "面包师说, 原因是小麦短缺。"
    row = "渔民在风暴过后返回港口市政府表示码头的修复需要两周时间" * 2
    wrapped = f"面包涨价\n\n{row}\n{row}\n{row}\n两周。"
    assert words(wrapped)[0][2] == row * 3 + "两周。"


def test_a_wrapped_teaser_may_hold_names_at_line_heads() -> None:
    lines = (
        "The rescue teams of northern Kenya, Uganda and Tanzania met",
        "Monday in Nairobi. They train for the next floods together in",
        "Kisumu, where the lake has risen by a metre since the spring,",
        "Mombasa and Lamu.",
    )
    assert words(f"{TITLE}\n\n" + "\n".join(lines))[0][2] == " ".join(lines)


def test_a_title_that_fills_the_width_keeps_apart_from_two_lines() -> None:
    title = "Rescue Teams of Northern Kenya, Uganda, Tanzania Meet in Nairobi"
    lines = ("They train for floods together in the harbour of Kisumu and in", "Mombasa.")
    assert words("\n".join((title, *lines)))[0][1] == title
