"""The headings of sections, with what they are about, and the kickers above headlines."""

from __future__ import annotations

# Section headings in many languages, by the name of a topic, region or country that
# `Taxonomy.resolve` knows; those under the empty name are about nothing in particular.
_SECTIONS = {
    "": """world|world news|news|top stories|top news|latest|latest news|headlines|in brief|briefs|news in brief|brief
        briefing|at a glance|local|local news|national|nation|home news|uk news|international|international news|foreign
        global|metro|regional|region|regions|features|feature|comment|opinion|opinions|editorial|editorials|op-ed
        views|voices|letters|columns|columnists|blogs|long reads|podcasts|videos|video|in pictures|photos|gallery|people
        obituaries|events|calendar|other news|more news|elsewhere|miscellaneous|misc|also today|today|this week|the week
        diary|notices|from the archive|special reports|breaking news|best of premium|best of|highlights|must reads|main stories
        around the world|across the country|city|city desk|community news|campus|roundup|round-up|recap|and finally|upcoming
        welt|ausland|inland|international|nachrichten|aktuell|aktuelles|kurz gemeldet|kurzmeldungen|kurz und knapp|in kürze
        kurz notiert|meldungen|lokales|lokal|regional|region|stadt|aus der region|panorama|vermischtes|aus aller welt|meinung
        meinungen|kommentar|kommentare|leitartikel|feuilleton|schlagzeilen|topthemen|top-themen|themen|deutschland|termine
        leserbriefe|hintergrund|reportagen|magazin|leute|menschen|weitere meldungen|sonstiges|letzte meldungen|thema des tages
        monde|international|à la une|a la une|actualités|actualité|actu|en bref|brèves|breves|dernières nouvelles|l'essentiel
        france|nation|local|régions|région|opinions|opinion|tribunes|idées|débats|éditorial|éditos|chroniques|faits divers|divers
        dernière minute|les titres|agenda|portraits|magazine|dans le monde|planète info
        mundo|internacional|internacionales|noticias|últimas noticias|actualidad|portada|titulares|en breve|breves|nacional
        local|locales|regional|opinión|opiniones|editoriales|columnas|tribuna|cartas|agenda|gente|sucesos|última hora|lo último
        mundo|internacional|notícias|últimas|últimas notícias|em breve|em resumo|destaques|nacional|local|cidade|cidades
        opinião|colunas|editorial|agenda|gente
        mondo|esteri|dal mondo|interni|italia|notizie|ultime notizie|ultim'ora|in breve|brevi|primo piano|cronaca|cronache
        locale|opinioni|commenti|editoriali|rubriche|agenda
        wereld|buitenland|binnenland|nieuws|laatste nieuws|kort|kort nieuws|in het kort|regio|lokaal|opinie|meningen|columns|agenda
        världen|utrikes|inrikes|nyheter|senaste nytt|i korthet|kort|lokalt|åsikter|debatt|ledare|insändare
        verden|utenriks|innenriks|nyheter|siste nytt|kort fortalt|kort sagt|lokalt|meninger|debatt|udland|indland|seneste nyt|debat
        świat|kraj|polska|wiadomości|najnowsze|w skrócie|lokalne|opinie|felietony|publicystyka
        dünya|gündem|haberler|son dakika|kısa kısa|yerel|yazarlar|görüş|türkiye
        мир|в мире|россия|новости|главное|коротко|мнения|колонки|регионы|світ|україна|новини
        国际|国内|要闻|头条|快讯|社会|时政|評論|评论|国際|国内|社会|速報|世界|오피니언|국제|사회|العالم|أخبار|رأي|محليات""",
    "politics": """politics|government|elections|election|parliament|policy|politik|innenpolitik|außenpolitik|wahlen|politique
        élections|política|politica|elecciones|gobierno|eleições|elezioni|politiek|politikk|polityka|siyaset|politika
        политика|політика|政治|정치|سياسة""",
    "economy": """business|economy|economics|finance|markets|money|companies|business news|business & finance|property|trade
        wirtschaft|finanzen|börse|unternehmen|geld|märkte|verbraucher|économie|eco|éco|finances|bourse|entreprises|marchés|argent
        economía|economia|negocios|finanzas|mercados|empresas|dinero|negócios|mercado|finanças|affari|finanza|mercati|economie
        geld|näringsliv|ekonomi|økonomi|næringsliv|erhverv|gospodarka|biznes|ekonomi|para|экономика|бизнес|економіка|财经|经济|経済
        경제|اقتصاد""",
    "sport": """sport|sports|football|soccer|cricket|rugby|tennis|cycling|athletics|olympics|golf|basketball|sports news
        fußball|leichtathletik|le sport|foot|rugby|deporte|deportes|fútbol|esporte|esportes|futebol|desporto|calcio|sport
        voetbal|fotboll|fotball|fodbold|sport|piłka nożna|spor|futbol|спорт|体育|スポーツ|스포츠|رياضة""",
    "arts": """culture|arts|arts & culture|entertainment|books|film|films|movies|music|theatre|art|tv|television|tv & radio
        stage|culture & arts|media|celebrity|showbiz|arts and culture|kultur|literatur|bücher|musik|kino|theater|medien|kunst
        fernsehen|unterhaltung|culture|livres|cinéma|musique|théâtre|médias|arts|cultura|libros|cine|música|televisión|medios
        espectáculos|entretenimiento|cultura|livros|cinema|entretenimento|spettacoli|libri|musica|cultuur|boeken|muziek|media
        kultur|nöje|böcker|kultura|książki|kültür|kültür sanat|magazin|культура|文化|娱乐|エンタメ|문화|ثقافة""",
    "science-tech": """science|technology|tech|science & technology|science and technology|digital|internet|space|sci-tech
        innovation|computing|science & tech|wissenschaft|technik|technologie|digitales|netzwelt|forschung|wissen|science|sciences
        technologie|technologies|high-tech|numérique|espace|ciencia|tecnología|tecnologia|ciencia y tecnología|ciência|ciências
        scienza|scienze|tecnologia|wetenschap|techniek|tech|vetenskap|teknik|vitenskap|teknologi|videnskab|nauka|technologia|bilim
        teknoloji|наука|технологии|科技|科学|テクノロジー|과학|علوم|تكنولوجيا""",
    "health": """health|medicine|wellness|healthcare|health & fitness|coronavirus|covid-19|gesundheit|medizin|santé|médecine
        salud|saúde|salute|gezondheid|hälsa|helse|sundhed|zdrowie|sağlık|здоровье|健康|건강|صحة""",
    "environment": """environment|climate|nature|wildlife|energy|animals|climate change|green|umwelt|klima|natur|energie|tiere
        environnement|climat|planète|nature|énergie|animaux|medio ambiente|medioambiente|clima|naturaleza|energía|meio ambiente
        natureza|ambiente|clima|natura|milieu|klimaat|natuur|miljö|klimat|miljø|środowisko|klimat|çevre|экология|环境|환경""",
    "education": """education|schools|universities|higher education|bildung|schule|hochschule|éducation|enseignement|école
        educación|educação|istruzione|scuola|onderwijs|utbildning|utdanning|uddannelse|edukacja|eğitim|образование|教育|교육""",
    "crime": """crime|courts|crime & courts|justice|law|police|blaulicht|polizei|gericht|justiz|recht|justice|police|sucesos
        tribunales|justicia|polícia|justiça|crimine|giustizia|misdaad|brott|krim|przestępczość|криминал|происшествия""",
    "labour": """labour|labor|work|jobs & work|workplace|trade unions|unions|arbeit|arbeitswelt|gewerkschaften|travail|emploi|social
        trabajo|empleo|laboral|trabalho|emprego|lavoro|werk|arbete|arbeidsliv|praca|çalışma|труд""",
    "lifestyle": """lifestyle|life|life & style|food|travel|fashion|style|living|home & garden|food & drink|gastronomy|leben
        reise|reisen|mode|essen|genuss|stil|vie pratique|voyage|voyages|cuisine|gastronomie|mode|estilo de vida|estilo|viajes
        gastronomía|moda|viagens|viagem|stile|viaggi|cucina|lifestyle|reizen|eten|livsstil|resor|mat|reise|rejser|styl życia|podróże
        yaşam|seyahat|стиль жизни|путешествия|生活""",
    "society": """society|social affairs|family|women|community|gesellschaft|familie|soziales|société|famille|sociedad|familia
        sociedade|società|samenleving|samhälle|samfunn|samfund|społeczeństwo|toplum|общество""",
    "religion": "religion|faith|religion & belief|kirche|kirchen|glaube|religions|religión|religião|religione|kerk|religia|din|религия",
    "weather": """weather|the weather|forecast|wetter|das wetter|météo|el tiempo|tiempo|meteo|previsão do tempo|het weer|weer|väder
        vær|vejr|pogoda|hava durumu|погода|天气|天気|날씨|الطقس""",
    "conflict": "war|conflict|defence|war & peace|krieg|konflikte|guerre|guerra|conflictos|oorlog|krig|wojna|savaş|война",
    "disaster": "disasters|accidents|unglücke|catastrophes|desastres",
    "africa": "africa|afrika|afrique|áfrica|африка|非洲|アフリカ|아프리카|أفريقيا",
    "americas": "americas|the americas|america|amerika|amériques|amérique|américa|américas|america|america|америка|美洲|아메리카",
    "northern-america": "north america|us & canada|nordamerika|amérique du nord|américa del norte|norteamérica|nord america|noord-amerika",
    "latin-america-caribbean": """latin america|latin america & caribbean|latin america and the caribbean|lateinamerika|amérique latine
        américa latina|latinoamérica|america latina|latijns-amerika""",
    "south-america": "south america|südamerika|amérique du sud|américa del sur|sudamérica|suramérica|américa do sul|sud america",
    "central-america": "central america|mittelamerika|amérique centrale|centroamérica|américa central",
    "caribbean": "caribbean|the caribbean|karibik|caraïbes|caribe|caraibi",
    "asia": "asia|asien|asie|ásia|azië|azja|asya|азия|亚洲|アジア|아시아|آسيا",
    "south-eastern-asia": "southeast asia|south-east asia|south east asia|südostasien|asie du sud-est|sudeste asiático",
    "southern-asia": "south asia|southern asia|südasien|asie du sud",
    "eastern-asia": "east asia|ostasien|asie de l'est|asia oriental",
    "central-asia": "central asia|zentralasien|asie centrale|asia central",
    "middle-east": """middle east|mideast|the middle east|nahost|naher osten|nahostkonflikt|proche-orient|moyen-orient|oriente medio
        oriente próximo|oriente médio|medio oriente|midden-oosten|mellanöstern|midtøsten|mellemøsten|bliski wschód|orta doğu|ортадоğu
        ближний восток|中东|중동|الشرق الأوسط""",
    "europe": "europe|europa|eu|avrupa|европа|європа|欧洲|ヨーロッパ|유럽|أوروبا",
    "oceania": "oceania|pacific|the pacific|asia-pacific|asia pacific|australasia|ozeanien|pazifik|océanie|pacifique|oceanía|oceânia",
}
SECTIONS = {
    name.strip(): about
    for about, names in reversed(_SECTIONS.items())
    for name in names.replace("\n", "|").split("|")
    if name.strip()
}

KICKERS = frozenset(
    name.strip()
    for name in """
    analysis|news analysis|opinion|comment|commentary|explainer|explained|exclusive|premium|interview|feature|live|live blog
    live updates|breaking|breaking news|just in|developing|watch|video|podcast|audio|gallery|in pictures|photo essay|editorial
    column|review|preview|obituary|fact check|fact-check|factcheck|long read|the long read|investigation|special report|q&a
    essay|reportage|profile|update|updated|urgent|alert|first person|guest post|sponsored|the big story|must read|editor's choice
    editors' pick|editor's pick|background|backgrounder|timeline|graphic|data|in depth|in-depth|insight|perspective|viewpoint
    letter|book review|film review|recap|highlights|photos|new|free|subscriber only|subscribers only|briefing|quick read|scoop
    analyse|kommentar|meinung|glosse|leitartikel|exklusiv|eilmeldung|eil|reportage|porträt|portrait|nachruf|rezension|kritik
    hintergrund|faktencheck|essay|gastbeitrag|liveticker|live-ticker|ticker|plus|bericht|kolumne|erklärt|bildergalerie|im bild
    décryptage|entretien|tribune|enquête|éditorial|édito|chronique|récit|direct|en direct|exclusif|exclusivité|critique|grand format
    portrait|vidéo|infographie|témoignage|alerte|point de vue|billet|abonnés|analyse
    análisis|opinión|entrevista|reportaje|crónica|exclusiva|en directo|en vivo|última hora|columna|perfil|tribuna|obituario|reseña
    verificación|vídeo|galería|infografía|editorial|especial|urgente
    análise|opinião|entrevista|reportagem|exclusivo|ao vivo|coluna|crónica|perfil|resenha|urgente|especial
    analisi|opinione|intervista|esclusiva|in diretta|diretta|inchiesta|editoriale|recensione|ritratto|ultim'ora|speciale
    analyse|opinie|interview|exclusief|reportage|column|recensie|achtergrond|profiel|analys|krönika|intervju|exklusivt|direkt
    recension|reportage|bakgrund|kommentar|intervju|eksklusivt|direkte|kronik|anmeldelse|baggrund|analiza|wywiad|tylko u nas
    reportaż|felieton|na żywo|pilne|analiz|röportaj|özel|son dakika|canlı|анализ|интервью|эксклюзив|мнение|срочно|репортаж
    分析|评论|专访|独家|视频|直播|特集|解説|独自|社説|分석|단독|인터뷰|속보|사설|تحليل|رأي|حصري|عاجل|مقابلة
    """.replace("\n", "|").split("|")
    if name.strip()
)
