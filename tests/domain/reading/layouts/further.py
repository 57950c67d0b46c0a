"""Further layouts that editors have: how a story is written in each, and what it states."""

# ruff: noqa: ARG005, E501 - each layout is a function of headline, teaser and number
from __future__ import annotations

import textwrap

NAMES = ("Anna Beispiel", "Jörg van der Muster", "Chloé Exemple", "Íñigo Ejemplo-Sanz")
DE_MONTHS = (
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
)
FR_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)
ES_MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
EN_SHORT = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def _wrap(text: str, width: int = 66, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def _iso(i: int) -> str:
    return f"2026-{i % 12 + 1:02d}-{i + 1:02d}"


def _url(i: int) -> str:
    return f"https://www.example.net/archiv/{i}?id={i * 7}"


def _cut(p: str) -> str:
    return " ".join(p.split()[:9]).rstrip(".,") + " […]"


SECTIONS = ("Welt", "Wirtschaft", "Sport", "Kultur")
# name -> (bar, text of a story, what is expected beyond title and text)
LAYOUTS = {
    "von-Zeile": (
        97,
        lambda t, p, i: (f"{t}\nVon {NAMES[i % 4]}\n\n{p}\n\n", {"author": NAMES[i % 4]}),
    ),
    "von, Ort, Datum in one line": (
        97,
        lambda t, p, i: (
            f"{t}\nVon {NAMES[i % 4]}, Hamburg | {i + 1}. {DE_MONTHS[i % 12]} 2026\n\n{p}\n\n",
            {"author": NAMES[i % 4], "date": _iso(i)},
        ),
    ),
    "par, publié le": (
        97,
        lambda t, p, i: (
            f"{t}\n\nPar {NAMES[i % 4]}\nPublié le {i + 1} {FR_MONTHS[i % 12]} 2026 à 14h05\n\n{p}\n\nLire la suite\n\n",
            {"author": NAMES[i % 4], "date": _iso(i)},
        ),
    ),
    "fecha, autor, leer más": (
        97,
        lambda t, p, i: (
            f"{i + 1} de {ES_MONTHS[i % 12]} de 2026\n{t}\nPor {NAMES[i % 4]}\n{p}\nLeer más →\n\n",
            {"author": NAMES[i % 4], "date": _iso(i)},
        ),
    ),
    "weiterlesen, own block": (
        97,
        lambda t, p, i: (
            f"{t}\n\n{p}\n\n{('Weiterlesen', 'Mehr lesen »', '› weiter', 'Zum Artikel')[i % 4]}\n\n",
            {},
        ),
    ),
    "vor Stunden": (97, lambda t, p, i: (f"{t}\nvor {i + 2} Stunden\n\n{p}\n\n", {})),
    "numeric date, full stops": (
        97,
        lambda t, p, i: (
            f"{t}\n{i + 1:02d}.{i % 12 + 1:02d}.2026, {8 + i}:15 Uhr\n\n{p}\n\n",
            {"date": _iso(i)},
        ),
    ),
    "date with slashes above": (
        97,
        lambda t, p, i: (
            f"{i + 13}/{i % 12 + 1:02d}/2026\n{t}\n\n{p}\n\n",
            {"date": f"2026-{i % 12 + 1:02d}-{i + 13:02d}"},
        ),
    ),
    "weekday and date, then title, tight": (
        95,
        lambda t, p, i: (
            f"{t}\n{EN_SHORT[i % 12]}. {i + 1}, 2026 - {i + 1}:30 p.m.\n{p}\n",
            {"date": _iso(i)},
        ),
    ),
    "sections in brackets": (
        97,
        lambda t, p, i: (
            ("" if i % 3 else f"[{SECTIONS[i // 3 % 4]}]\n\n") + f"{t}\n\n{p}\n\n",
            {"section": SECTIONS[i // 3 % 4]},
        ),
    ),
    "decorated sections with counts": (
        97,
        lambda t, p, i: (
            ("" if i % 4 else f"--- {SECTIONS[i // 4 % 4].upper()} ({i + 3}) ---\n\n")
            + f"{t}\n{p}\n\n",
            {},
        ),
    ),
    "starred sections, headlines in rows": (
        95,
        lambda t, p, i: (
            ("" if i % 5 else f"\n*** {SECTIONS[i // 5 % 4]} ***\n") + f"{t}\n",
            {"text": ""},
        ),
    ),
    "sections over rows, no blank": (
        95,
        lambda t, p, i: (
            ("" if i % 5 else ("\n" if i else "") + f"{SECTIONS[i // 5 % 4].upper()}\n") + f"{t}\n",
            {"text": ""},
        ),
    ),
    "every headline underlined": (
        97,
        lambda t, p, i: (f"{t}\n{'-' * min(len(t), 60)}\n{p}\n\n", {}),
    ),
    "every headline underlined, wrapped": (
        95,
        lambda t, p, i: (f"{t}\n{'=' * len(t)}\n\n{_wrap(p)}\n\n", {}),
    ),
    "arrows": (97, lambda t, p, i: (f"► {t}\n{p}\n\n", {})),
    "letters": (95, lambda t, p, i: (f"{'abcdefghij'[i]}) {t}\n", {"text": ""})),
    "numbers in brackets, wrapped teaser indented": (
        95,
        lambda t, p, i: (f"[{i + 1}] {t}\n\n{_wrap(p, 66, '    ', '    ')}\n\n", {}),
    ),
    "padded numbers": (95, lambda t, p, i: (f"{i + 1:02d} {t}\n\n{p}\n\n", {})),
    "asterisks, source in brackets": (
        97,
        lambda t, p, i: (f"* {t}\n{p}\n(Reuters)\n\n", {"source": "Reuters"}),
    ),
    "title (source), address": (
        90,
        lambda t, p, i: (
            f"{t}\n{p}\nQuelle: Harbour Gazette\n{_url(i)}\n\n",
            {"link": _url(i), "source": "Harbour Gazette"},
        ),
    ),
    "angle address": (97, lambda t, p, i: (f"{t}\n\n{p}\n<{_url(i)}>\n\n", {"link": _url(i)})),
    "link word": (97, lambda t, p, i: (f"{t}\n\n{p}\n\nMehr: {_url(i)}\n\n", {"link": _url(i)})),
    "bare www": (
        97,
        lambda t, p, i: (
            f"{t}\n{p}\nwww.example.net/{i}\n\n",
            {"link": f"https://www.example.net/{i}"},
        ),
    ),
    "url field": (
        97,
        lambda t, p, i: (
            f"{t}\nurl: {_url(i)}\ntags: {('labour', 'Kenya', 'Asia')[i % 3]}\n\n{p}\n\n",
            {"link": _url(i)},
        ),
    ),
    "field block of a CMS": (
        97,
        lambda t, p, i: (
            f"{t}\nAutor: {NAMES[i % 4]}\nDatum: {i + 1:02d}.{i % 12 + 1:02d}.2026\nRubrik: Sport\n\n{p}\n\n",
            {"author": NAMES[i % 4], "date": _iso(i)},
        ),
    ),
    "rubric above, own line": (
        97,
        lambda t, p, i: (
            f"{('KOMMENTAR', 'INTERVIEW', 'REPORTAGE')[i % 3]}\n{t}\n{p}\n\n",
            {"kicker": ("KOMMENTAR", "INTERVIEW", "REPORTAGE")[i % 3]},
        ),
    ),
    "kicker and byline": (
        97,
        lambda t, p, i: (
            f"{('Analysis', 'Opinion')[i % 2]}\n{t}\nBy {NAMES[i % 4]}\n\n{p}\n\n",
            {"author": NAMES[i % 4]},
        ),
    ),
    "caption above": (
        95,
        lambda t, p, i: (
            f"{('Boats at the quay', 'A street in winter', 'The old mill', 'Bread on a table')[i % 4]}\n{t}\n\n{p}\n\n",
            {
                "caption": (
                    "Boats at the quay",
                    "A street in winter",
                    "The old mill",
                    "Bread on a table",
                )[i % 4]
            },
        ),
    ),
    "photo credit": (97, lambda t, p, i: (f"{t}\n\nFoto: {NAMES[i % 4]}/dpa\n\n{p}\n\n", {})),
    "author in the middle, dot": (
        97,
        lambda t, p, i: (
            f"{t}\n{NAMES[i % 4]} · {i + 1} {EN_SHORT[i % 12]} 2026 · {i + 2} min read\n{p}\n\n",
            {"author": NAMES[i % 4], "date": _iso(i)},
        ),
    ),
    "name below title, alone": (
        90,
        lambda t, p, i: (f"{t}\n{NAMES[i % 4]}\n\n{p}\n\n", {"author": NAMES[i % 4]}),
    ),
    "byline below teaser": (
        95,
        lambda t, p, i: (f"{t}\n\n{p}\nBy {NAMES[i % 4]}\n\n", {"author": NAMES[i % 4]}),
    ),
    "correspondent": (
        97,
        lambda t, p, i: (
            f"{t}\n{NAMES[i % 4]}, Korrespondent in Oslo\n\n{p}\n\n",
            {"author": NAMES[i % 4]},
        ),
    ),
    "newsletter foot": (
        97,
        lambda t, p, i: (
            f"{t}\n\n{p}\n\n"
            + (
                ""
                if i < 9
                else "---\nSie erhalten diese Mail, weil Sie den Newsletter bestellt haben.\nNewsletter abbestellen\nImpressum | Datenschutz\n© Hafenblatt 2026\n"
            ),
            {},
        ),
    ),
    "page head": (
        95,
        lambda t, p, i: (
            ("Startseite\nMenü\nSuche\nAnmelden\n\n" if i == 0 else "")
            + f"{t}\n\n{p}\n\nTeilen\nDrucken\n3 Kommentare\n\n",
            {},
        ),
    ),
    "cookie line in the middle": (
        97,
        lambda t, p, i: (
            f"{t}\n\n{p}\n\n"
            + (
                "Wir verwenden Cookies, um Ihnen das beste Erlebnis zu bieten.\nAlle akzeptieren\n\n"
                if i == 4
                else ""
            ),
            {},
        ),
    ),
    "pages": (
        97,
        lambda t, p, i: (
            f"{t}\n\n{p}\n\n" + (f"Seite {i // 3 + 1} von 4\n\n" if i % 3 == 2 else ""),
            {},
        ),
    ),
    "narrow columns": (90, lambda t, p, i: (f"{_wrap(t, 44)}\n\n{_wrap(p, 44)}\n\n", {})),
    "narrow columns, one block": (
        85,
        lambda t, p, i: (
            f"{t.upper() if len(t) < 44 else _wrap(t.upper(), 44)}\n{_wrap(p, 44)}\n\n",
            {"title": t.upper()},
        ),
    ),
    "hanging bullets, wrapped": (
        93,
        lambda t, p, i: (f"{_wrap(t, 60, '* ', '  ')}\n\n{_wrap(p, 60, '  ', '  ')}\n\n", {}),
    ),
    "two blank lines between entries": (97, lambda t, p, i: (f"{t}\n\n{p}\n\n\n\n", {})),
    "no blank lines, tight": (93, lambda t, p, i: (f"{t}\n{p}\n", {})),
    "dash between": (90, lambda t, p, i: (f"{t} – {p}\n", {})),
    "bar between": (90, lambda t, p, i: (f"{t} | {p}\n\n", {})),
    "tabs, with date and address": (
        95,
        lambda t, p, i: (f"{_iso(i)}\t{t}\t{p}\t{_url(i)}\n", {"date": _iso(i), "link": _url(i)}),
    ),
    "title, tab, source": (90, lambda t, p, i: (f"{t}\tHarbour Gazette\n", {"text": ""})),
    "cut teasers": (97, lambda t, p, i: (f"{t}\n\n{_cut(p)}\n\n", {"text": _cut(p)})),
    "cut teasers, one block": (97, lambda t, p, i: (f"{t}\n{_cut(p)}\n\n", {"text": _cut(p)})),
    "three paragraphs": (
        95,
        lambda t, p, i: (
            f"{t}\n\n{p}\n\nEine Sprecherin der Stadt wollte dazu zunächst nichts sagen.\n\nIm Frühjahr soll ein Bericht folgen.\n\n",
            {"text": None},
        ),
    ),
    "datelines": (97, lambda t, p, i: (f"{t}\n\nHAMBURG (dpa) – {p}\n\n", {"text": None})),
    "title over teaser, bylines as own blocks": (
        95,
        lambda t, p, i: (f"{t}\n{p}\n\nVon {NAMES[i % 4]}\n\n", {"author": NAMES[i % 4]}),
    ),
    "stars between": (97, lambda t, p, i: (f"{t}\n{p}\n* * *\n", {})),
    "wrapped teaser, rules between, no blank": (
        93,
        lambda t, p, i: (f"{t}\n{_wrap(p, 70)}\n{'_' * 40}\n", {}),
    ),
    "hashtag line below": (90, lambda t, p, i: (f"{t}\n\n{p}\n#hafen #stadt\n\n", {})),
    "entities": (
        95,
        lambda t, p, i: (
            f"{t.replace('’', '&rsquo;').replace('ö', '&ouml;')}\n\n{p.replace('é', '&eacute;').replace('“', '&ldquo;')}\n\n",
            {},
        ),
    ),
}
MARKDOWN: dict[str, object] = {}
