"""Which language a text on a page is in, and which way it runs."""

from __future__ import annotations

from feedsvc.domain.render.characters import language_tag

RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "ps", "sd", "ug", "ur", "yi"},
)
RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})


PAGE_LANGUAGE = "en"  # what our own words on pages are in


def text_language(stated: str, usual: str) -> str:
    """The tag of a text that states its language, or else is in the site's usual one.

    Empty where that is the page's own, or no tag.
    """
    language = language_tag(stated) or language_tag(usual)
    return "" if language.lower() == PAGE_LANGUAGE else language


def text_direction(language: str) -> str:
    """`rtl`, `ltr`, or `auto` of an unknown language; a script subtag outranks the language."""
    if not language_tag(language):
        return "auto"
    primary, *subtags = language.lower().split("-")
    scripts = [tag for tag in subtags if len(tag) == 4 and tag.isalpha()]  # noqa: PLR2004 (ISO 15924)
    if scripts:
        return "rtl" if scripts[0] in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if primary in RIGHT_TO_LEFT else "ltr"
