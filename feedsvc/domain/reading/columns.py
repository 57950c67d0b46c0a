"""Finds out what a table's columns mean by the names in its first row, in many languages."""

# ruff: noqa: E501 - rows of names in many languages
from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache


class Column(StrEnum):
    """What a column can contain."""

    TITLE = "title"
    TEXT = "text"
    LINK = "link"
    DATE = "date"
    TIME = "time"
    AUTHOR = "author"
    SOURCE = "source"
    IMAGE = "image"
    CAPTION = "caption"
    KICKER = "kicker"
    LANGUAGE = "language"
    SECTION = "section"
    CATEGORIES = "categories"
    REGIONS = "regions"
    COUNTRIES = "countries"
    TOPICS = "topics"
    KEY = "key"


_NAMES = {
    Column.TITLE: """
        title|headline|heading|head|story|story title|article title|post title|article|subject line
        überschrift|titel|schlagzeile|beitragstitel|titre|intitulé|título|titular|titulo|titolo|manchete
        kop|rubrik|overskrift|tittel|otsikko|tytuł|nagłówek|titulek|nadpis|cím|başlık|titlu|заголовок
        название|назва|タイトル|見出し|标题|標題|제목|العنوان|عنوان|שם|כותרת|शीर्षक""",
    Column.TEXT: """
        text|teaser|summary|description|abstract|excerpt|body|content|intro|lead|lede|standfirst|snippet
        blurb|deck|dek|paragraph|message|post|details|full text|caption text|selftext|beschreibung|inhalt
        vorspann|zusammenfassung|anreißer|kurztext|texte|résumé|chapô|chapo|contenu|extrait|texto|resumen
        resumo|descripción|descrição|descripcion|entradilla|contenido|conteúdo|cuerpo|corpo|testo
        sommario|descrizione|riassunto|tekst|samenvatting|omschrijving|ingress|brödtext|sammanfattning
        brødtekst|teksti|kuvaus|treść|opis|obsah|popis|szöveg|leírás|metin|özet|açıklama|descriere
        текст|описание|анонс|опис|本文|概要|内容|摘要|내용|요약|النص|الملخص|ملخص|תקציר|सारांश""",
    Column.LINK: """
        link|url|uri|href|address|web address|web link|permalink|story url|article url|page url|web page
        website|source url|canonical|canonical url|lien|adresse|enlace|vínculo|dirección|collegamento
        indirizzo|länk|lenke|linkki|odkaz|odnośnik|bağlantı|ссылка|посилання|リンク|链接|網址|링크|الرابط
        رابط|קישור""",
    Column.DATE: """
        date|published|publication date|pub date|pubdate|published at|published on|date published|day
        created|created at|posted|posted at|posted on|timestamp|datetime|date time|publish date|issued
        datum|veröffentlicht|veröffentlicht am|erscheinungsdatum|erstellt|tag|date de publication|publié
        publié le|fecha|fecha de publicación|publicado|data|data de publicação|data di pubblicazione
        pubblicato|gepubliceerd|publiceringsdatum|publicerad|dato|publisert|päivämäärä|päiväys|data publikacji
        dátum|tarih|дата|дата публикации|日付|日期|发布日期|날짜|التاريخ|تاريخ|תאריך|दिनांक|तारीख""",
    Column.TIME: "time|time of day|uhrzeit|zeit|heure|hora|ora|tijd|tid|klokkeslett|godzina|время|час",
    Column.AUTHOR: """
        author|authors|byline|by|writer|reporter|creator|journalist|correspondent|contributor|autor|autorin
        verfasser|auteur|auteurs|autora|autore|firma|schrijver|författare|skribent|forfatter|kirjoittaja
        autor tekstu|szerző|yazar|автор|著者|作者|저자|기자|الكاتب|كاتب|מחבר|लेखक""",
    Column.SOURCE: """
        source|publisher|publication|outlet|newspaper|media|medium|feed|site|agency|provider|quelle|zeitung
        agentur|fuente|medio|fonte|testata|veículo|bron|källa|kilde|lähde|źródło|zdroj|forrás|kaynak|sursă
        источник|джерело|出典|来源|來源|출처|المصدر|מקור""",
    Column.IMAGE: """
        image|picture|photo|thumbnail|url to image|featured image|lead image|image url|picture url|photo url|thumb|img|bild|foto|bild url|vignette
        imagen|imagem|immagine|afbeelding|kuva|zdjęcie|obrázek|kép|resim|изображение|фото|картинка|画像
        图片|이미지|صورة|תמונה""",
    Column.CAPTION: """
        caption|image caption|picture caption|photo caption|bildunterschrift|légende|leyenda|legenda
        didascalia|bijschrift|bildtext|billedtekst|bildetekst|kuvateksti|podpis|подпись""",
    Column.KICKER: "kicker|eyebrow|dachzeile|spitzmarke|surtitre|antetítulo|occhiello|chapéu|overline",
    Column.LANGUAGE: """
        language|lang|locale|sprache|langue|idioma|lingua|taal|språk|sprog|kieli|język|jazyk|nyelv|dil
        язык|мова|言語|语言|언어|اللغة|שפה""",
    Column.SECTION: """
        section|desk|department|ressort|rubrik ressort|rubrique|sección|secção|sezione|rubriek|avdelning
        osasto|dział|rubryka|rovat|bölüm|рубрика|раздел|розділ""",
    Column.CATEGORIES: """
        category|categories|tag|tags|keyword|keywords|label|labels|subjects|kategorie|kategorien|schlagwort
        schlagwörter|schlagworte|stichwort|stichwörter|catégorie|catégories|mots clés|mots-clés|étiquettes
        categoría|categorías|etiquetas|palabras clave|categoria|categorias|categorie|parole chiave
        trefwoorden|kategori|nyckelord|emneord|avainsanat|kategoria|tagi|kategorie tagi|štítky|kategória
        etiketler|категория|категории|теги|категорія|カテゴリー|タグ|分类|标签|카테고리|태그|التصنيف|קטגוריה""",
    Column.REGIONS: "region|regions|continent|area|région|región|regione|regio|região|регион",
    Column.COUNTRIES: """
        country|countries|nation|location|land|länder|pays|país|países|paese|paesi|landen|länder land|maa
        kraj|země|ország|ülke|țară|страна|країна|国|国家|국가|الدولة|البلد|מדינה|देश""",
    Column.TOPICS: """
        topic|topics|subject|theme|beat|thema|themen|sujet|sujets|thème|tema|temas|onderwerp|ämne|ämnen
        emne|aihe|temat|téma|konu|тема|темы|トピック|主题|주제|الموضوع|נושא|विषय""",
    Column.KEY: "id|guid|uuid|uid|key|identifier|article id|story id|post id|record id|item id|nr",
}
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MARKS = re.compile(r"[\s_*:.#()\[\]?!-]+")


def find_columns(
    head: Sequence[str],
    *,
    named: Mapping[str, str],
) -> dict[Column, int]:
    """What each column that is known means; the first of each kind counts.

    `named` maps a table's own names to those of `Column`.
    """
    own = {_fold(name): Column(value) for name, value in named.items() if value in set(Column)}
    known = _known_names()
    columns: dict[Column, int] = {}
    for place, name in enumerate(head):
        column = own.get(_fold(name)) or known.get(_fold(name))
        if column is not None:
            columns.setdefault(column, place)
    if Column.TITLE not in columns and Column.TOPICS in columns and Column.TEXT in columns:
        _take_subject(head, columns)
    return columns


def is_head(columns: Mapping[Column, int]) -> bool:
    """Whether columns make entries: a headline or a text, and something else or that alone."""
    return Column.TITLE in columns or (Column.TEXT in columns and len(columns) > 1)


def _take_subject(head: Sequence[str], columns: dict[Column, int]) -> None:
    """Read `Subject` as the headline if there is no other."""
    if _fold(head[columns[Column.TOPICS]]) in {"subject", "sujet"}:
        columns[Column.TITLE] = columns.pop(Column.TOPICS)


def _fold(name: str) -> str:
    return _MARKS.sub(" ", _HUMP.sub(" ", name).casefold()).strip()


@cache
def _known_names() -> dict[str, Column]:
    return {
        _fold(name): column
        for column, names in _NAMES.items()
        for name in names.replace("\n", "|").split("|")
        if name.strip()
    }
