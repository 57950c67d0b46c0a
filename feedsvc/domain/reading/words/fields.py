"""What other programs and other languages call the fields, and people by habit."""

from __future__ import annotations

# These may name topics, countries or regions, all in one line.
TAG_WORDS = frozenset(
    """tag tags keyword keywords category categories label labels subject subjects section rubric filed
    schlagwort schlagworte schlagwörter stichwort stichwörter rubrik kategorie kategorien thema themen
    catégorie catégories rubrique étiquettes thème thèmes etiqueta etiquetas categoría categorías sección
    categoria categorie argomenti palavras trefwoorden""".split()
)
_SYNONYMS = {
    "link": "url uri href permalink web website adresse lien enlace länk lenke odkaz ссылка",
    "image": "img photo picture pic thumbnail foto bild imagen imagem immagine afbeelding",
    "date": """day published pubdate posted time updated datum fecha data dato tarih publié veröffentlicht
        publicado pubblicato дата""",
    "author": """byline writer creator authors autor autorin auteur autore autora auteurs autoren författare
        forfatter yazar автор""",
    "source": "publisher publication quelle fuente fonte bron källa kilde źródło kaynak источник",
    "language": "lang locale sprache langue idioma lingua taal språk",
    "countries": "land länder pays país países paese paesi",
    "regions": "regionen régions regiones regioni",
    "topics": "sujet sujets tema temas",
}
SYNONYMS = {word: name for name, words in _SYNONYMS.items() for word in words.split()}
