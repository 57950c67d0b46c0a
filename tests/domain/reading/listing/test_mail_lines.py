"""Greetings, introductions and sign-offs of mail are no entries."""

from __future__ import annotations

import pytest

from tests.domain.reading.builders import accepted

NEWS = (
    "1) Garment workers in Dhaka win back pay\n"
    "A court ordered three factories to pay 2,100 workers what they had been owed.\n\n"
    "2) Miners in Zambia return to work\nThe mine at Kitwe agreed to hire an inspector.\n"
)
TITLES = ["Garment workers in Dhaka win back pay", "Miners in Zambia return to work"]


def titles(text: str) -> list[str]:
    return [draft.stated.title for draft in accepted(text).drafts]


@pytest.mark.parametrize(
    "greeting",
    [
        "Good morning,",
        "Hello everyone!",
        "Guten Morgen,\n\nhier sind die Nachrichten des Tages.",
        "Liebe Leserinnen und Leser,",
        "Bonjour à tous,\n\nVoici les titres de la semaine.",
        "Estimados lectores:",
        "Bom dia,",
        "Buongiorno,",
        "Goedemorgen,",
        "Good morning,\n\nhere are today's stories from the labour desk.",
    ],
)
def test_a_greeting_above_the_news_is_no_entry(greeting: str) -> None:
    assert titles(f"{greeting}\n\n{NEWS}") == TITLES


@pytest.mark.parametrize(
    "ending",
    [
        "Have a good day,",
        "Thanks for reading!",
        "Kind regards,",
        "Mit freundlichen Grüßen",
        "Bis morgen!",
        "Bonne journée !",
        "Hasta mañana.",
        "Até amanhã!",
        "Buona giornata!",
        "Met vriendelijke groet,",
        "You are receiving this because you signed up at harbour.example.org.",
        "You're receiving this email because you are a member.",
        "Você recebeu este e-mail porque é assinante.",
    ],
)
def test_a_sign_off_below_the_news_is_no_entry(ending: str) -> None:
    assert titles(f"{NEWS}\n{ending}\n") == TITLES


@pytest.mark.parametrize(
    "title",
    [
        "Good morning, Vietnam returns to cinemas",
        "Hello is the word of the year",
        "Best wishes from space",
        "Here are the winners of the book prize",
    ],
)
def test_a_headline_that_begins_like_one_stays(title: str) -> None:
    assert titles(f"{title}\n\nThis is what is known about it so far.\n\n{NEWS}")[0] == title


@pytest.mark.parametrize(
    "appendix",
    [
        "Have a good day,\nThe Labour Desk",
        "Related stories\nDengue in Samoa\nWhy nurses leave",
        "Lesen Sie auch:\nDengue-Fieber in Samoa\nWarum Pflegekräfte gehen",
        "À lire aussi\nLa dengue aux Samoa",
    ],
)
def test_what_is_below_a_sign_off_or_related_stories_is_no_entry(appendix: str) -> None:
    assert titles(f"{NEWS}\n{appendix}\n") == TITLES


def test_news_right_below_related_stories_is_read() -> None:
    text = f"{NEWS}\nRelated stories\nDengue reaches Samoa again\nDoctors counted forty cases.\n"
    assert titles(text)[-1] == "Dengue reaches Samoa again"
