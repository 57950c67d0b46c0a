"""How pages name who wrote a piece, and when and where it was published."""

from __future__ import annotations

# Before a name, and nothing else: the rest of the line has to be a name.
BYLINE_LEADS = frozenset(
    """by von par por di door av af przez autor autorin auteur autore autora author writer written
    words story interview report reported reporting posted published text texto texte testo tekst skriven skrevet
    de от автор yazan haber bởi oleh""".split()
)
BYLINE_SECOND = frozenset("by von par por di door av af przez and".split())
# Small words in names.
PARTICLES = frozenset(
    """van von der den de da di do dos das del della le la las los el al bin ibn ben bint abu zu zur ter ten
    af av und y e i ap mac mc st. ó o""".split()
)
AND = frozenset(
    {
        "and",
        "und",
        "et",
        "y",
        "e",
        "en",
        "och",
        "og",
        "i",
        "&",
        "ve",
        "и",
        "with",
        "mit",
        "avec",
        "con",
    }
)
# Where or for whom somebody writes.
PLACES = frozenset(
    """in at for from aus en à a au depuis em da desde op te i w und w/ from, en, im bei für pour para per""".split()
)
OFFICES = (
    "correspondent", "reporter", "editor", "writer", "staff", "desk", "columnist", "bureau", "contributor",
    "journalist", "analyst", "newsroom", "agencies", "agency", "team", "producer", "photographer", "critic",
    "korrespondent", "redakteur", "redaktion", "reporterin", "autor", "journalist", "mitarbeiter",
    "correspondant", "journaliste", "rédaction", "rédacteur", "rédactrice", "envoyé", "envoyée", "chroniqueur",
    "corresponsal", "redactor", "redactora", "redacción", "enviado", "enviada", "periodista", "columnista",
    "correspondente", "redação", "repórter", "jornalista", "corrispondente", "inviato", "inviata", "redazione",
    "giornalista", "verslaggever", "redactie", "korrespondent", "redaktör", "redaksjonen", "dziennikarz", "muhabir",
)  # fmt: skip
SOURCE_WORDS = frozenset(
    """gazette times news post herald tribune guardian reuters ap afp dpa epa upi ansa efe tass agency press
    wire journal daily weekly sunday morning evening standard observer independent telegraph mail mirror
    express chronicle courier examiner star sun globe monitor record review bulletin digest today radio tv
    broadcasting network channel zeitung anzeiger tageblatt blatt nachrichten rundschau kurier presse bote
    tagesspiegel spiegel allgemeine monde figaro libération dépêche échos nouvelles courrier país mundo
    diario noticias periódico correo prensa vanguardia razón jornal folha correio corriere gazzetta
    messaggero stampa repubblica giornale nieuws courant telegraaf volkskrant dagblad dagbladet bladet
    tidningen nyheter avisen posten gazeta dziennik rzeczpospolita gazetesi haber ajansı bbc cnn npr pbs
    aljazeera rte abc nbc cbs sky itv ard zdf orf srf rfi rtve rai nos svt nrk dr blog magazine online media
    politico axios bloomberg wsj nyt""".split()
)
# Of the time since: `2 hours ago`, `vor 3 Stunden`, `il y a 2 heures`, `3h`.
_UNITS = (
    r"(?:s|m|h|d|w|mo|y|sec|secs|seconds?|min|mins|minutes?|hrs?|hours?|days?|weeks?|months?|years?"
    r"|sekunden?|minuten?|std|stunden?|tage?n?|wochen?|monate?n?|jahre?n?"
    r"|secondes?|heures?|jours?|semaines?|mois|ans?"
    r"|segundos?|minutos?|horas?|días?|dias?|semanas?|mes(?:es)?|años?|anos?|minuti?o?|or[ae]|giorn[oi]|settiman[ae]|mes[ei]"
    r"|uur|uren|dagen|dag|weken|week|maanden?|timmar|timme|dagar|timer?|dager|dage|uker|uger"
    r"|godzin[ya]?|dni|dzień|saat|dakika|gün|hafta|час(?:а|ов)?|минут[уы]?|дн(?:я|ей)|день"
    r"|分钟|小时|天|分|時間|日|분|시간|일)"
)
RELATIVE_TIMES = (
    rf"(?:(?:about|around|over|almost|updated|posted|published|last updated|aktualisiert|publié|mis à jour|publicado|actualizado)\s+)*(?:an?|one|\d{{1,3}}) ?{_UNITS}(?: (?:and )?\d{{1,2}} ?{_UNITS})? (?:ago|geleden|sedan|siden|temu|önce|назад|fa|atrás|前|전)",
    rf"(?:(?:updated|aktualisiert|publié|mis à jour|publicado|actualizado|hace|posted)\s+)?(?:vor|il y a|hace|há|ha|for|för) (?:an?|eine[rmn]?|une?|una?|um|uma|ca\.?|environ|unas?|\d{{1,3}}) ?{_UNITS}(?: siden| sedan)?",
    r"\d{1,3} ?(?:s|m|h|d|w|min|hr|hrs|std)",
    r"\d{1,3}(?:分钟|小时|天|分|時間|日|분|시간|일) ?(?:前|전)",
    r"(?:just now|moments ago|today|yesterday|this morning|tonight|last night|gerade eben|heute|gestern|aujourd['’]hui|hier|à l['’]instant|hoy|ayer|ahora mismo|hoje|ontem|agora|oggi|ieri|adesso|vandaag|gisteren|idag|igår|i dag|i går|dziś|dzisiaj|wczoraj|bugün|dün|сегодня|вчера|今天|昨天|今日|昨日|오늘|어제)(?:,? (?:at |um |à |a las |às |alle |om |kl\.? ?)?\d{1,2}[:.h]\d\d(?: ?(?:uhr|[ap]m|gmt|utc))?)?",
    r"(?:updated|published|posted) (?:just now|today|yesterday|recently|less than an hour ago)",
)
READING_TIMES = (
    r"\d{1,3}(?:[-–]\d{1,3})?[ -]?(?:min|mins|minutes?|minuten|minutos?|minuti)\.? (?:read|reading(?: time)?|lesezeit|de lecture|de lectura|de leitura|di lettura|leestijd|lästid|lesetid|læsetid|lesedauer)",
    r"(?:reading time|read time|estimated reading time|time to read|lesezeit|lesedauer|temps de lecture|durée de lecture|lecture|tiempo de lectura|lectura|tempo de leitura|leitura|tempo di lettura|lettura|leestijd|lästid|lesetid|læsetid|czas czytania|okuma süresi|время чтения) ?:? ?(?:ca\.? |env\.? |about )?\d{1,3} ?(?:min|mins|minutes?|minuten|minutos?|minuti|minuter|minutter|dk|dakika|мин)?\.?(?: read)?",
    r"(?:\d{1,3} min(?:ute)?s?|lesezeit.{0,20}|\d{1,3} words)",
    r"阅读时间.{0,10}|読了時間.{0,10}",
)

AGENCIES = frozenset(
    """reuters ap afp dpa epa upi ansa efe tass bbc cnn npr aljazeera bloomberg axios politico lusa belga anp tt ntb
    ritzau pap čtk apa kna sid rte pti ani xinhua kyodo yonhap antara""".split()
)
