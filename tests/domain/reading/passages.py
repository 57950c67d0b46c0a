"""Short news in many languages, to be encoded in the code pages of old computers."""

from __future__ import annotations

from collections.abc import Mapping

# Each passage is a headline and a teaser; typewriter quotes, so that every code page has them.
WESTERN: Mapping[str, tuple[str, ...]] = {
    "english": (
        "Café Owners in Córdoba Fight New Levy\n\nThe bill came to the town hall on Friday.\n",
        "Beyoncé Cancels Düsseldorf Show\n\nFans who bought tickets will be paid back in May.\n",
        "A Résumé Is Not Enough, Say Recruiters in Malmö\n\nFirms want to see real work instead.\n",
    ),
    "french": (
        "Grève des éboueurs à Besançon\n\nLa mairie prévoit une réunion dès cette semaine.\n",
        "L'hôpital de Nîmes rouvre ses urgences\n\nLes médecins réclament des renforts cet été.\n",
        "Une forêt brûle près de l'aéroport\n\nLes pompiers ont évacué une école.\n",
    ),
    "german": (
        "Brücke über die Spree gesperrt\n\nDie Behörde prüft Schäden, Fußgänger müssen warten.\n",
        "Bäcker klagen über höhere Löhne\n\nFür viele Händler fällt das Geschäft im März aus.\n",
        "Züge fahren wieder pünktlich\n\nDie Bahn lässt größere Wagen für die Gäste rollen.\n",
    ),
    "spanish": (
        "La sequía vacía los embalses de Andalucía\n\nEl campo pedirá más ayuda en otoño.\n",
        "Un niño halla un fósil en León\n\nLos expertos creen que tiene tres millones de años.\n",
        "El tren llegará a Cáceres en junio\n\nSerá más rápido y más barato que el autobús.\n",
    ),
    "portuguese": (
        "Eleições em São Tomé adiadas\n\nA comissão não indicou uma nova data para a votação.\n",
        "Pão fica mais caro em Brasília\n\nOs padeiros dizem que não têm opção.\n",
        "Avião faz pouso de emergência\n\nNinguém ficou ferido, informou a direção.\n",
    ),
    "italian": (
        "La città chiude le scuole per neve\n\nPerché così tardi? I genitori non sono contenti.\n",
        "Più turisti a Forlì\n\nIl sindaco è felice, però gli alberghi sono già pieni.\n",
    ),
    "swedish": (
        "Skolan i Växjö får nytt kök\n\nEleverna ska själva välja vad de äter på fredag.\n",
        "Färre båtar på sjön i år\n\nVädret är för dåligt, säger hamnen i Gävle.\n",
    ),
    "danish": (
        "Færgen til Ærø sejler igen\n\nRederiet håber, at de små øer får flere gæster.\n",
        "Skole på Sjælland må lukke\n\nDer er for få børn, og lærerne søger væk.\n",
    ),
    "finnish": (
        "Sähkö kallistuu ensi vuonna\n\nYhtiö sanoo, että päätös on välttämätön.\n",
        "Jyväskylän kirjasto pysyy auki\n\nKävijöitä on enemmän kuin ennen, myös öisin.\n",
    ),
}
# With the quotes, dashes and dots of word processors, which DOS doesn't have.
TYPESET: Mapping[str, tuple[str, ...]] = {
    "english": (
        "Mayor Says “No” to Stadium\n\nThe club’s fans – some 900 of them – marched on…\n",
        "Zoë’s Law Passes\n\nThe “quiet street” rule starts in June — at last.\n",
    ),
    "french": (
        "L’été sera sec\n\nLe ministre l’a dit : « c’est l’épreuve d’une année ».\n",
        "Grève à l’école\n\nLes élèves n’iront pas en classe… jusqu’à lundi.\n",
    ),
    "german": (
        "„Wir müssen reden“\n\nDer Präsident lädt für Mittwoch ein – alle dürfen kommen.\n",
    ),
    "spanish": ("“No habrá más agua”\n\nEl alcalde pidió calma — y lluvia — a los vecinos…\n",),
}
CENTRAL: Mapping[str, tuple[str, ...]] = {
    "polish": (
        "Łódź buduje nową szkołę\n\nUczniowie wrócą do klas później, niż się spodziewali.\n",
        "Sąd zamknął most w Gdańsku\n\nKierowcy będą jeździć dłuższą drogą aż do świąt.\n",
        "Rząd obniży podatki\n\nMinister mówi, że zmiany są możliwe już w październiku.\n",
    ),
    "czech": (
        "Třeboň otevřela nové lázně\n\nMěsto čeká, že přijede více hostů než loni.\n",
        "Řidiči stávkují v Plzni\n\nDůvodem jsou nízké mzdy a příliš dlouhé směny.\n",
        "Sníh zavřel školy na Šumavě\n\nDěti zůstanou doma nejméně do úterý.\n",
    ),
    "slovak": (
        "Košice majú nový štadión\n\nFanúšikovia môžu prísť už túto sobotu, vstup je voľný.\n",
        "Vlaky budú meškať\n\nŽeleznice opravujú trať medzi Žilinou a Popradom.\n",
    ),
    "hungarian": (
        "Újra nyílik a győri fürdő\n\nA város szerint több vendég érkezhet őszig.\n",
        "Drágul a kenyér\n\nA pékek azt mondják, hogy nincs más lehetőségük, mert nő a rezsi.\n",
        "Hűvös hétvége jön\n\nA hőmérséklet tíz fok alá süllyed, és eső is várható.\n",
    ),
    "croatian": (
        "Požar kod Šibenika ugašen\n\nVatrogasci su cijelu noć čuvali kuće uz cestu.\n",
        "Učitelji traže veće plaće\n\nŠtrajk počinje sljedeći tjedan, kažu sindikati.\n",
    ),
}
TURKISH: tuple[str, ...] = (
    "Çay fiyatı yeniden arttı\n\nÜreticiler yağışların azaldığını, işçi bulamadıklarını diyor.\n",
    "İstanbul'da okullar açılıyor\n\nÖğrenciler pazartesi günü sınıflarına dönecek.\n",
    "Balıkçılar limana sığındı\n\nFırtına nedeniyle deniz ulaşımı iki gün durduruldu.\n",
    "Şehir hastanesi taşınıyor\n\nYeni bina geçen yıl tamamlandı, ancak yolu yapılmadı.\n",
    "Yangın kontrol altına alındı\n\nKöylüler evlerine döndü, ormanın bir kısmı yandı.\n",
    "Kar yağışı yolları kapattı\n\nBelediye ekipleri sabaha kadar çalıştı.\n",
)
BALTIC: Mapping[str, tuple[str, ...]] = {
    "lithuanian": (
        "Vilniuje atidaryta nauja mokykla\n\nVaikai grįš į klases jau kitą savaitę, žada jie.\n",
        "Žvejai laukia lėšų\n\nMinisterija sako, kad pinigų šiais metais nebus užtektinai.\n",
    ),
    "latvian": (
        "Rīgā slēdz tiltu\n\nŠoferiem būs jābrauc pa garāku ceļu, līdz beigsies remonts.\n",
        "Skolotāji prasa lielākas algas\n\nStreiks sāksies nākamajā nedēļā, ja vienošanās nebūs.\n",
    ),
    "estonian": (
        "Tartu sild jääb suletuks\n\nLinn ütleb, et tööd lõpevad alles sügisel, põhjuseks šokk.\n",
        "Kalurid ootavad tormi lõppu\n\nSadam on öösel kinni, žürii koguneb hommikul.\n",
    ),
}
CYRILLIC: Mapping[str, tuple[str, ...]] = {
    "russian": (
        "Мост через реку закрыли\n\nВодителям придётся ехать в объезд до конца месяца.\n",
        "Школы Казани получат новые книги\n\nУчителя давно просили об этом город.\n",
        "Снег остановил поезда\n\nПассажиры ночевали на вокзале, сообщила дорога.\n",
    ),
    "bulgarian": (
        "Пловдив затваря стария мост\n\nШофьорите ще чакат до края на годината.\n",
        "Учителите искат по-високи заплати\n\nСтачката започва следващата седмица.\n",
    ),
}
GREEK: tuple[str, ...] = (
    "Κλειστά τα σχολεία λόγω χιονιού\n\nΟ δήμος ζητά από τους πολίτες να μείνουν στο σπίτι.\n",
    "Ακριβότερο το ψωμί στην Πάτρα\n\nΟι φούρνοι λένε ότι δεν έχουν άλλη επιλογή.\n",
    "Νέα γέφυρα στον Αλιάκμονα\n\nΤα έργα θα τελειώσουν πριν από τον χειμώνα.\n",
    "Απεργία στα λεωφορεία\n\nΟι οδηγοί θέλουν μεγαλύτερους μισθούς και λιγότερες ώρες.\n",
)
# What is UTF-8 and what was pasted in cp1252, in turns.
MIXED: tuple[tuple[str, ...], ...] = (
    ("Café Owners Say No\n\n", "The owners’ union called it – in a word – “unfair”.\n"),
    ("Zürich Votes\n\n", "The city’s voters said “yes” – twice – and “no” once…\n"),
    ("Grève à Besançon\n\n", "La mairie l’a confirmé : « c’est la fin ».\n"),
    ("Brücke gesperrt\n\n", "Die Behörde prüft Schäden, Fußgänger müssen warten.\n"),
    ("El niño de León\n\n", "Será más rápido y más barato, según dijo el señor Muñoz.\n"),
    ("Mayor Speaks\n\nHe said “no” to café owners.\n\n", "Café Closes\n\nIt’s over.\n"),
    ("Eleições adiadas\n\n", "A comissão não indicou a data da votação.\n"),
    ("Malmö får ny bro\n\n", "Den är färdig i år, säger kommunen på måndag.\n"),
    ("Plus de trains à Nîmes\n\n", "L’été sera chargé, prévoit la région…\n"),
    ("Naïve Art on Show\n\n", "“Don’t miss it”, said the gallery’s owner – a collector.\n"),
    ("Köln feiert\n\n", "„Wir dürfen wieder“, sagte die Präsidentin – endlich.\n"),
    ("Owners’ Union Meets\n\n", "It’s the café owners’ third meeting.\n"),
    ("Рыбаки вернулись\n\nГород ждёт их.\n\n", "Café Owners’ Union Meets\n\nThey’re angry.\n"),
)
# One sign or name in a text that is otherwise ASCII, and what old printers drew frames with.
SPARSE: tuple[str, ...] = (
    "Fuel Hits €2 a Litre\n\nDrivers queue before the price goes up again.\n",
    "Heat Reaches 41°C in the Valley\n\nSchools close at noon all week.\n",
    "It’s Over for the Old Bridge\n\nThe city will take it down in spring.\n",
    "Budget Grows to £3bn\n\nThe council votes on Monday.\n",
    "Fishing Ban – What We Know\n\nBoats stay in port until June.\n",
    "Façade Falls onto Market Square\n\nNobody was hurt.\n",
    "Señor Wences Remembered\n\nA show in the town where he was born.\n",
    "Jalapeño Prices Double\n\nA dry summer cut the harvest in half.\n",
)
MARKED: Mapping[str, tuple[str, ...]] = {
    "cp1255": (
        "הגשר נסגר לתנועה\n\nהעירייה מסרה כי העבודות יימשכו שבועיים.\n",
        "המורים דורשים שכר גבוה יותר\n\nהשביתה תתחיל בשבוע הבא.\n",
    ),
    "cp1256": (
        "إغلاق الجسر القديم أمام السيارات\n\nقالت البلدية إن العمل يستغرق شهرين.\n",
        "المعلمون يطالبون بزيادة الأجور\n\nيبدأ الإضراب الأسبوع المقبل.\n",
    ),
    "shift_jis": ("古い橋が閉鎖される\n\n市は工事に二か月かかると説明した。\n",),
    "euc_jp": ("古い橋が閉鎖される\n\n市は工事に二か月かかると説明した。\n",),
    "gb18030": ("旧桥关闭两个月\n\n市政府说，司机需要绕行。\n",),
    "big5": ("舊橋關閉兩個月\n\n市政府說，司機需要繞行。\n",),
    "euc_kr": ("낡은 다리가 폐쇄된다\n\n시는 공사가 두 달 걸린다고 밝혔다.\n",),
    "tis_620": ("สะพานเก่าปิดสองเดือน\n\nเทศบาลแจ้งว่าผู้ขับขี่ต้องใช้เส้นทางอื่น\n",),
    "cp1258": ("Đóng cửa cầu cũ hai tháng\n\nThành phố cho biết tài xế phải đi đường khác.\n",),
}
