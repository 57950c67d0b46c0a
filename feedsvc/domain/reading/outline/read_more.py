"""Recognises words that only lead to the whole story: `Read more`, `Weiterlesen`."""

from __future__ import annotations

import re

_PHRASES = frozenset(
    """
    read more|read on|more|more…|continue reading|continue|keep reading|read the full story
    full story|read the full article|full article|read full article|read the story|read story
    read article|read the article|read it here|read here|read|link|here|click here|details
    see more|learn more|find out more|view article|view online|go to article|source|via
    permalink|original|original article|website|url|read the rest|read it|the full story
    more here|more info|more information|full report|read the report|watch|listen|weiterlesen
    mehr|mehr lesen|mehr dazu|mehr erfahren|lesen|hier|zum artikel|ganzer artikel|weiter
    quelle|zur meldung|mehr info|mehr infos|details hier|artikel lesen|jetzt lesen
    lire la suite|lire plus|lire|suite|en savoir plus|lire l'article|lire l’article|la suite
    voir plus|ici|plus|leer más|leer|seguir leyendo|continuar leyendo|ver más|más
    más información|aquí|leer artículo|fuente|enlace|leggi|leggi tutto|leggi di più|continua
    continua a leggere|leggi l'articolo|qui|fonte|scopri di più|ler mais|leia mais|saiba mais
    continue lendo|continuar a ler|continuar lendo|aqui|ver mais|fonte|lees meer|lees verder
    verder lezen|meer|lees het artikel|bron|hier lezen|läs mer|läs hela|läs vidare
    läs hela artikeln|läs|mer|les mer|les hele saken|les|læs mere|læs|læs videre|mere
    lue lisää|lue|lisää|lue koko juttu|czytaj więcej|czytaj dalej|więcej|čtěte více|více
    číst dál|celý článek|devamını oku|devamı|daha fazla|citește mai mult|citeşte mai mult
    tovább|bővebben|читать далее|далее|подробнее|читать|читати далі|докладніше|もっと読む|続きを読む
    阅读全文|阅读更多|更多|더 보기|اقرأ المزيد|المزيد|קרא עוד|और पढ़ें
    """.replace("\n", "|").split("|"),
)
_TRIMMED = frozenset(phrase.strip() for phrase in _PHRASES if phrase.strip())
_MARKS = re.compile(r"^[\s\[(<→➜►»›>…·•|–—:-]+|[\s\])>→➜►»›…·•|.!:–—-]+$")
_LONGEST = 40


def is_read_more(text: str) -> bool:
    """Whether words say nothing but that there is more to read."""
    if len(text) > _LONGEST:
        return False
    words = _MARKS.sub("", text).casefold()
    return not words or words in _TRIMMED
