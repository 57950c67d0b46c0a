from __future__ import annotations

import pytest

from tests.domain.reading.builders import words


def test_title_and_teaser_stand_in_two_blocks() -> None:
    seed = "Port Reopens After Storm\n\nShips returned to the harbour on Monday.\n"
    assert words(seed) == [
        ("", "Port Reopens After Storm", "Ships returned to the harbour on Monday.")
    ]


def test_a_line_above_the_title_is_a_caption_when_a_teaser_follows() -> None:
    seed = "Harbour at dawn\nPort reopens after storm\n\nShips returned to the quay on Monday.\n"
    assert words(seed) == [
        ("Harbour at dawn", "Port reopens after storm", "Ships returned to the quay on Monday."),
    ]


def test_a_sentence_below_a_title_is_its_teaser_when_none_follows() -> None:
    seed = (
        "Port reopens after storm\nShips returned to the quay on Monday.\n\n"
        "Bread gets dearer\n\nBakers blame the price of wheat.\n\n"
        "Snow closes passes\nDrivers wait in the valleys.\n"
    )
    assert words(seed) == [
        ("", "Port reopens after storm", "Ships returned to the quay on Monday."),
        ("", "Bread gets dearer", "Bakers blame the price of wheat."),
        ("", "Snow closes passes", "Drivers wait in the valleys."),
    ]


def test_a_sentence_below_a_title_is_its_teaser_and_a_paragraph_may_follow() -> None:
    more = "Ships returned to the quay on Monday, after a week."
    assert words(f"Calm sea\nThe port is open.\n\n{more}") == [
        ("", "Calm sea", f"The port is open.\n\n{more}")
    ]


def test_a_paragraph_without_a_title_joins_the_teaser_above_it() -> None:
    seed = (
        "Port reopens\nShips returned to the quay on Monday.\n\n"
        "Bread gets dearer\nBakers blame the price of wheat.\n\n"
        "A stray teaser stands here without a title of its own.\n\n"
        "Snow closes passes\nDrivers wait in the valleys."
    )
    assert words(seed) == [
        ("", "Port reopens", "Ships returned to the quay on Monday."),
        (
            "",
            "Bread gets dearer",
            (
                "Bakers blame the price of wheat.\n\n"
                "A stray teaser stands here without a title of its own."
            ),
        ),
        ("", "Snow closes passes", "Drivers wait in the valleys."),
    ]


def test_two_lines_without_a_sentence_or_a_teaser_are_caption_and_title() -> None:
    assert words("Harbour at dawn\nPort reopens after storm\n") == [
        ("Harbour at dawn", "Port reopens after storm", ""),
    ]


def test_two_lines_without_a_sentence_are_title_and_teaser_in_a_file_of_such_pairs() -> None:
    seed = (
        "Port reopens\nShips are back at the quay.\n\nSnow closes passes\nDrivers wait for hours."
        "\n\nRain ends\nFarmers are glad of it.\n\nBread gets dearer\nWheat is short again"
    )
    assert words(seed)[3] == ("", "Bread gets dearer", "Wheat is short again")


def test_a_title_without_a_teaser_shifts_nothing() -> None:
    seed = (
        "First Title Stands Alone\n\nSecond Title Has More\n\nIts teaser is a sentence.\n\n"
        "Third Title Has More\n\nSo is this one.\n\nFourth Title Stands Alone\n"
    )
    assert words(seed) == [
        ("", "First Title Stands Alone", ""),
        ("", "Second Title Has More", "Its teaser is a sentence."),
        ("", "Third Title Has More", "So is this one."),
        ("", "Fourth Title Stands Alone", ""),
    ]


def test_a_teaser_without_a_title_shifts_nothing() -> None:
    seed = (
        "A first teaser has lost its title.\n\nSecond Title Has More\n\nIts teaser follows it.\n\n"
        "A third teaser has lost its title as well.\n\nFourth Title Too\n\nAnd its teaser.\n"
    )
    assert words(seed) == [
        ("", "", "A first teaser has lost its title."),
        (
            "",
            "Second Title Has More",
            "Its teaser follows it.\n\nA third teaser has lost its title as well.",
        ),
        ("", "Fourth Title Too", "And its teaser."),
    ]


def test_untitled_teasers_cut_off_in_mid_sentence_stay_untitled() -> None:
    cut = (
        "The council met on Tuesday to settle the budget of the coming year. It has to close a "
        "gap of two millions, and the members of all groups asked for more time to study what "
        "the treasurer had put before them, among it a plan to rent out the old town hall and "
        "to move the library into the former"
    )
    seed = f"{cut}\n\n\n{cut.replace('Tuesday', 'Friday')}\n\nThe market opens again.\n"
    assert [title for _, title, _ in words(seed)] == ["", "", ""]


@pytest.mark.parametrize("end", ["?", "!", "…", "”", ": A Report", " 2026"])
def test_a_title_may_end_in_any_mark_but_a_full_stop(end: str) -> None:
    title = f"“Who Pays for the New Bridge{end}"
    assert words(f"{title}\n\nThe bill is due.\n") == [("", title, "The bill is due.")]


@pytest.mark.parametrize(
    "teaser",
    ["Rain.", "Who knows?", "It goes on and on and […]", "It goes on and on [...]", "He said no.”"],
)
def test_a_teaser_may_be_short(teaser: str) -> None:
    seed = f"Rain Expected\n\n{teaser}\n\nSnow Expected Too\n\nLater.\n"
    assert words(seed) == [("", "Rain Expected", teaser), ("", "Snow Expected Too", "Later.")]


def test_a_title_may_hold_several_sentences() -> None:
    title = "Stop the Noise! Move the Airport! Five Villages Want Their Nights Back!"
    assert words(f"{title}\n\nA vote is due in May.\n") == [("", title, "A vote is due in May.")]


def test_a_title_of_capitals_is_a_title_though_a_full_stop_ends_it() -> None:
    seed = "Police Name Three Suspects After Long Search.\n\nThe inquiry goes on for a second week."
    assert len(words(seed)) == 1


def test_an_abbreviation_ends_no_sentence() -> None:
    seed = "Growers Sell to Hill and Sons Ltd.\n\nThe price was not told."
    assert words(seed) == [("", "Growers Sell to Hill and Sons Ltd.", "The price was not told.")]


def test_headlines_alone_are_titles_alone() -> None:
    seed = (
        "Port Reopens After Nine Days\n\nBread Gets Dearer Before Winter Sets In\n\n"
        "Snow Closes Seven Mountain Passes\n"
    )
    assert [text for _, _, text in words(seed)] == ["", "", ""]


def test_a_teaser_may_lack_its_full_stop() -> None:
    entries = [
        ("A stray title", ""),
        (
            "Storm hits the coast",
            (
                "Thousands of people had no power for hours as lines"
                " came down along the shore and in the hills"
            ),
        ),
        (
            "Rain floods the old quarter",
            (
                "The water stood a metre high in the lanes of the town"
                " when the fire brigade came late at night"
            ),
        ),
        (
            "Markets open",
            (
                "Traders have returned to the square and to their old"
                " places under the trees of the river bank of Porto"
            ),
        ),
    ]
    seed = "\n\n".join(text for entry in entries for text in entry if text)
    assert words(seed) == [("", title, text) for title, text in entries]


def test_caption_title_and_teaser_may_share_a_block() -> None:
    seed = "Harbour at dawn\nPort reopens after storm\nShips returned to the quay on Monday.\n"
    assert words(seed) == [
        ("Harbour at dawn", "Port reopens after storm", "Ships returned to the quay on Monday."),
    ]


def test_a_caption_may_have_two_lines() -> None:
    seed = (
        "Harbour at dawn\nArchive picture\nPort Reopens After Storm\n\nShips are back on Monday.\n"
    )
    assert words(seed) == [
        ("Harbour at dawn Archive picture", "Port Reopens After Storm", "Ships are back on Monday.")
    ]


def test_sentences_on_lines_of_their_own_are_one_teaser() -> None:
    seed = "Port Reopens After Storm\n\nShips are back.\nThe quay is dry.\nWork goes on.\n"
    assert words(seed) == [
        ("", "Port Reopens After Storm", "Ships are back. The quay is dry. Work goes on."),
    ]


def test_a_title_with_sentences_on_lines_below_it_keeps_them_together() -> None:
    seed = "Port Reopens After Storm\nShips are back.\nThe quay is dry.\nWork goes on.\n"
    assert words(seed) == [
        ("", "Port Reopens After Storm", "Ships are back. The quay is dry. Work goes on."),
    ]


def test_scripts_without_capitals_are_read_alike() -> None:
    seed = (
        "渔民在风暴过后返回港口\n\n市政府表示，码头的修复需要两周时间。\n\n"
        "面包涨价\n面包师认为原因是小麦短缺。\n"
    )
    assert words(seed) == [
        ("", "渔民在风暴过后返回港口", "市政府表示，码头的修复需要两周时间。"),
        ("", "面包涨价", "面包师认为原因是小麦短缺。"),
    ]


@pytest.mark.parametrize("end", ["and", "of the", "which", "the coast,"])
def test_a_short_text_cut_off_is_no_title(end: str) -> None:
    cut = f"Buses go round by the old road until {end}"
    assert words(f"{cut}\n\nThe bridge stays closed for lorries.\n") == [
        ("", "", cut),
        ("", "", "The bridge stays closed for lorries."),
    ]
