"""The language and direction of a text on a page."""

from __future__ import annotations

from feedsvc.domain.render.characters import language_tag

RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "ps", "sd", "ug", "ur", "yi"},
)
RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})


PAGE_LANGUAGE = "en"


def text_language(stated: str, usual: str) -> str:
    """Return the language tag of a text: its own, else the site's.

    Empty if that is the page's language or not a valid tag.
    """
    language = language_tag(stated) or language_tag(usual)
    return "" if language.lower() == PAGE_LANGUAGE else language


def text_direction(language: str) -> str:
    """Return `rtl`, `ltr`, or `auto` if unknown; a script subtag outranks the language."""
    if not language_tag(language):
        return "auto"
    primary, *subtags = language.lower().split("-")
    scripts = [tag for tag in subtags if len(tag) == 4 and tag.isalpha()]  # noqa: PLR2004 (ISO 15924)
    if scripts:
        return "rtl" if scripts[0] in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if primary in RIGHT_TO_LEFT else "ltr"
