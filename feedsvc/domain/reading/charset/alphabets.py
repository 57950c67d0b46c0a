"""The letters beyond ASCII of each language, its commonest short words, and its code pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alphabet:
    """A language's letters beyond ASCII, the most frequent first, and common words in ASCII."""

    name: str
    letters: str
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CodePage:
    """A Python codec, the alphabets written in it, and how much rarer it is (a logarithm)."""

    codec: str
    alphabets: tuple[Alphabet, ...]
    prior: float


def _alphabet(name: str, letters: str, words: str = "") -> Alphabet:
    return Alphabet(name, letters, frozenset(words.split()))


_ENGLISH = _alphabet(
    "English",
    "éüöáíñóèçäãêåøâëïôàúîßšžłćğşæ",
    "the of and to in is for on with that by was said from are it as at not after",
)
_WESTERN = (
    _ENGLISH,
    _alphabet(
        "French", "éèàêçîôùâûœëïæü",
        "le la les des et du un une en pour que qui dans sur par est au ne pas avec plus",
    ),
    _alphabet(
        "German", "üäößé", "der die das und in den von zu mit ist auf nicht im dem ein eine des wir"
    ),
    _alphabet(
        "Spanish", "óíáéñúü", "el la los las de y en que un una del por con se no para su al lo"
    ),
    _alphabet(
        "Portuguese", "ãçáéíóêõúàâôü", "o a os as de e que do da em um uma no na para com por se"
    ),
    _alphabet("Italian", "èàòùéì", "il la i di e che un una per non in sono con del della si le"),
    _alphabet("Swedish", "äöåé", "och i en av som att det den med ska till om inte har vid"),
    _alphabet("Danish and Norwegian", "øåæéö", "og i en af av som at det den til med er ikke for"),
    _alphabet("Finnish", "äöå", "ja on ei se oli mutta kun joka ovat ennen kuin"),
    _alphabet("Dutch", "ëéïèöü", "de het een van en in is dat op te zijn met voor niet aan"),
    _alphabet("Catalan", "àéèíóçòúïü·", "el la els les de i que un una amb per del no ha"),
    _alphabet("Icelandic", "íáðéóúýþæö", "og er sem ekki um til en var hann"),
)  # fmt: skip
_CENTRAL = (
    _alphabet("Polish", "łóąężśćńź", "w i na nie z do to jest o po od za przez dla oraz"),
    _alphabet("Czech", "íáěéřýčžšůúňťďó", "v na se je o z do to po od pro ale jako nebo"),
    _alphabet("Slovak", "áíéýčžšúľťôňďäóĺŕ", "v na sa je o z do to po od pre ale ako alebo"),
    _alphabet("Hungarian", "áéóöőíüúű", "a az egy nem is hogy meg csak mint volt szerint"),
    _alphabet("Croatian and Slovene", "čšžćđ", "je i u se na da za od su ne s kod uz po in"),
    _alphabet("Romanian", "ăîşţâéșț", "de la un o pe cu din nu a care este mai pentru"),
    _alphabet("German", "üäößé", "der die das und in den von zu mit ist auf nicht im dem ein"),
    _ENGLISH,
)
_TURKISH = (
    _alphabet(
        "Turkish", "ışüğçöİâî", "ve bir bu da de ile daha gibi kadar sonra yeni iki olan ise"
    ),
    _ENGLISH,
)
_BALTIC = (
    _alphabet("Lithuanian", "ėšųžįčūąę", "ir yra kad su bet jau per nuo apie tai kaip"),
    _alphabet("Latvian", "āīēšūņžļčģķ", "un ir ar no par ka pa bet uz tas kas vai"),
    _alphabet("Estonian", "äõüöšž", "ja on ei see et ka kui oli oma aga alles"),
    _ENGLISH,
)
# Tones are marks of their own in cp1258.
_VIETNAMESE = (
    _alphabet("Vietnamese", "đôưêơâăàáãóúíéýèùò", "cho trong khi theo sau hai hay con anh ra"),
)
_CYRILLIC = (
    _alphabet("Russian", "оеаинтсрвлкмдпуяыьзбгчйхжюшцщэфёъ"),
    _alphabet("Ukrainian", "оаниівтерслкдумпзяьбгйчхцшюжїщєфґ"),
    _alphabet("Bulgarian", "аиоетнрсвлкдпмзяугбчъщхцжйшюфь"),
    _alphabet("Serbian", "аоиенртсјувкдмпглзбшчцхњжљћђфџѓќѕ"),
)
_GREEK = (_alphabet("Greek", "αοιετνσηυρπκμςλωίόθάδέγήχύφβώξζψϊϋΐΰ"),)
_HEBREW = (_alphabet("Hebrew", "יוהלאתרבמשנעדחקםפסגטזןכצךףץ"),)
_ARABIC = (_alphabet("Arabic", "الينمورتةبدعسفقكحجأىشصطخضإذءثغزظآئؤ"),)

LATIN_PAGES = (
    CodePage("cp1252", _WESTERN, 0),
    CodePage("cp1250", _CENTRAL, -2.5),
    CodePage("cp1254", _TURKISH, -2.5),
    CodePage("mac_roman", _WESTERN, -3.5),
    CodePage("cp850", _WESTERN, -4),
    CodePage("cp437", _WESTERN, -4.5),
    CodePage("cp1257", _BALTIC, -3),
    CodePage("iso8859_2", _CENTRAL, -4),
    CodePage("cp852", _CENTRAL, -4.5),
    CodePage("cp857", _TURKISH, -4.5),
    CodePage("iso8859_15", _WESTERN, -3.5),
    CodePage("cp1258", _VIETNAMESE, -3),
    CodePage("mac_latin2", _CENTRAL, -5.5),
)
OTHER_PAGES = (
    CodePage("cp1251", _CYRILLIC, 0),
    CodePage("koi8_r", _CYRILLIC, -1),
    CodePage("koi8_u", _CYRILLIC, -2),
    CodePage("cp866", _CYRILLIC, -2),
    CodePage("mac_cyrillic", _CYRILLIC, -3),
    CodePage("iso8859_5", _CYRILLIC, -3),
    CodePage("cp1253", _GREEK, 0),
    CodePage("iso8859_7", _GREEK, -1),
    CodePage("cp737", _GREEK, -2),
    CodePage("cp1255", _HEBREW, 0),
    CodePage("cp1256", _ARABIC, 0),
)
