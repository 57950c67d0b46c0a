"""Months, weekdays and time zones, as they are written in dates."""

from __future__ import annotations

from datetime import timedelta

_MONTHS = (
    "january jan januar jänner jaenner janvier janv enero ene janeiro gennaio gen januari stycznia "
    "styczeń sty ledna leden ocak oca января янв січня ianuarie ian január tammikuu tammikuuta",
    "february feb febr februar feber février févr fevrier fev fév febrero fevereiro febbraio februari "
    "lutego luty února únor şubat şub февраля фев лютого februarie február helmikuu helmikuuta",
    "march mar märz maerz mrz mars marzo março marco maart mrt marca marzec března březen mart "
    "марта мар березня martie március maaliskuu maaliskuuta",
    "april apr avril avr abril abr aprile kwietnia kwiecień kwi dubna duben nisan nis апреля апр "
    "квітня aprilie április huhtikuu huhtikuuta",
    "may mai mayo maio maggio mag mei maj maja května květen mayıs мая май травня május toukokuu "
    "toukokuuta",
    "june jun juni juin junio junho jun giugno giu czerwca czerwiec cze června červen haziran haz "
    "июня июн червня iunie június kesäkuu kesäkuuta",
    "july jul juli juillet juil julio julho luglio lug lipca lipiec lip července červenec temmuz tem "
    "июля июл липня iulie július heinäkuu heinäkuuta",
    "august aug août aout agosto ago augusti augustus sierpnia sierpień sie srpna srpen ağustos ağu "
    "августа авг серпня augusztus elokuu elokuuta",
    "september sep sept septembre septiembre setiembre setembro settembre set september września "
    "wrzesień wrz září eylül eyl сентября сен сент вересня septembrie szeptember syyskuu syyskuuta",
    "october oct oktober okt octobre octubre outubro out ottobre ott października październik paź "
    "října říjen ekim eki октября окт жовтня octombrie október lokakuu lokakuuta",
    "november nov novembre noviembre novembro listopada listopad lis listopadu kasım kas ноября ноя "
    "нояб листопада noiembrie noi marraskuu marraskuuta",
    "december dec dezember dez décembre déc decembre diciembre dic dezembro dicembre dec desember des "
    "grudnia grudzień gru prosince prosinec aralık ara декабря дек грудня decembrie december "
    "joulukuu joulukuuta",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}

WEEKDAYS = frozenset(
    """monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun
    montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sonnabend sa sonntag so
    lundi lun mardi mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim
    lunes martes miércoles miercoles mié jueves jue viernes vie sábado sabado sáb domingo dom
    segunda terça quarta quinta sexta feira segunda-feira terça-feira quarta-feira quinta-feira
    sexta-feira lunedì lunedi martedì martedi mercoledì mercoledi giovedì giovedi venerdì venerdi sabato
    domenica maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag
    poniedziałek wtorek środa czwartek piątek sobota niedziela
    pazartesi salı çarşamba perşembe cuma cumartesi pazar
    понедельник вторник среда четверг пятница суббота воскресенье""".split()
)

# What lasts longer than the day that it is named by.
WEEKS = frozenset("week weekend woche semaine semana settimana weekly".split())

# Words that people put before, into and after a date.
FILLERS = WEEKS | frozenset(
    """on the of at de del den der am um le la el il em om às as a à alle ore klo kl uhr h hrs hours
    dated date posted published updated update last modified created first added edited revised
    datum stand veröffentlicht erschienen aktualisiert zuletzt geändert publié publie mis jour lien
    publicado publicada actualizado actualizada pubblicato aggiornato atualizado gepubliceerd
    bijgewerkt publicerad uppdaterad publisert oppdatert publiceret opdateret opublikowano
    aktualizacja yayınlanma yayımlanma güncelleme tarihi опубликовано обновлено since from vom issued
    fecha data e er st nd rd th o º ª г año an dne r""".split()
)


_HOURS = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "bst": 1, "cet": 1, "mez": 1, "west": 1, "wat": 1, "cest": 2, "mesz": 2,
    "eet": 2, "cat": 2, "sast": 2, "eest": 3, "msk": 3, "eat": 3, "trt": 3, "gst": 4, "pkt": 5, "ist": 5.5,
    "npt": 5.75, "bdt": 6, "ict": 7, "wib": 7, "sgt": 8, "hkt": 8, "pht": 8, "awst": 8, "jst": 9, "kst": 9, "aest": 10,
    "aedt": 11, "nzst": 12, "nzdt": 13, "brt": -3, "art": -3, "ast": -4, "edt": -4, "est": -5, "et": -5, "cdt": -5,
    "cst": -6, "mdt": -6, "mst": -7, "pdt": -7, "pst": -8, "pt": -8,
}  # fmt: skip
ZONES = {name: timedelta(hours=hours) for name, hours in _HOURS.items()}
