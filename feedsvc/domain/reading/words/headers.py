"""How papers, reviews and bulletins name themselves, and number their issues and pages."""

from __future__ import annotations

HEADER_WORDS = frozenset(
    """bulletin newsletter digest roundup round-up edition clippings cuttings
    circular presseschau gemeindebrief pfarrbrief mitteilungsblatt amtsblatt newsblatt pressemitteilungen pressespiegel presseübersicht ausgabe rundbrief newsletter wochenblatt tagesüberblick nachrichtenüberblick
    revue infolettre presse édition numéro lettre quotidien hebdomadaire
    boletín boletin resumen revista edición edicion número diario semanario
    boletim resumo edição edicao jornal clipping
    gaceta noticiero informativo rassegna bollettino edizione notiziario
    persoverzicht nieuwsbrief editie krantenoverzicht
    pressöversikt nyhetsbrev utgåva presseoversikt nyhetsbrev utgave presseoversigt nyhedsbrev udgave
    nieuwsblad вестник gazetka przegląd biuletyn wydanie bülten basın özeti обзор прессы выпуск бюллетень дайджест""".split()
)
# These name a paper only at the end of its name; elsewhere they may be a verb or be told about.
LAST_WORDS = frozenset(
    "briefing diary magazine anzeiger rundschau tageblatt journal issue review gazette register newspaper herald chronicle".split()
)
PAGES = r"pages?|p|seite|s|página|pág|pagina|pag|blz|sida|side|strona|str|стр"
ISSUES = (
    r"issue no|issue|number|nos?|№|nr|heft|folge|#|n\.º|nummer|ausgabe|numéro|n[°º]|núm|número|num|numero|vol|volume|jahrgang|edition"
    r"|édition|edición|edição|edizione|editie|выпуск|bülten|sayı"
)
