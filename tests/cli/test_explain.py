"""What `feedsvc explain` prints."""

from __future__ import annotations

from tests.cli.conftest import BINARY, LISTING, Cli, is_one_plain_line


def test_a_headline_is_explained(cli: Cli) -> None:
    result = cli.run("explain", "Floods in Kazakhstan")
    assert result.exit_code == 0
    assert "“Kazakhstan” in the title" in result.stdout


def test_further_words_are_the_teaser(cli: Cli) -> None:
    result = cli.run("explain", "Floods", "Rivers rise in Kazakhstan")
    assert "“Kazakhstan” in the text" in result.stdout


def test_every_entry_of_a_file_is_explained(cli: Cli) -> None:
    result = cli.run("explain", cli.write("a.txt"))
    assert "kz  Kazakhstan" in result.stdout
    assert "pt  Portugal" in result.stdout


def test_a_listing_is_read_from_standard_input(cli: Cli) -> None:
    result = cli.run("explain", "-", given=LISTING)
    assert "pt  Portugal" in result.stdout


def test_a_text_without_labels_says_so(cli: Cli) -> None:
    assert "appears only in “all”" in cli.run("explain", "Nothing of note").stdout


def test_a_file_that_cannot_be_read_is_an_error(cli: Cli) -> None:
    result = cli.run("explain", cli.write("a.txt", BINARY))
    assert (result.exit_code, is_one_plain_line(result.stderr)) == (2, True)
    assert "a.txt, line 1: binary" in result.stderr


def test_a_text_longer_than_a_name_is_a_text(cli: Cli) -> None:
    assert cli.run("explain", "word " * 2000).exit_code == 0
