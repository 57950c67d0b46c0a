"""What is around the news on pages: links to read on, sharing, cookies, credits.

Lines are compared folded: in small letters, without the marks and figures around them.
"""

from __future__ import annotations

READ_MORE = frozenset(
    line.strip()
    for line in """
    read more|more|read on|continue reading|continue|keep reading|read the full story|read full story
    read the full article|read full article|read article|read the article|read the story|full story
    full article|the full story|read the rest|read the whole story|click here|click to read more
    click here to read more|click here to read|learn more|find out more|see more|view more|view article
    view story|show more|go to article|open article|details|more details|read it here|read here
    read more here|more here|story|article|link|read the report|read full report|read story|read in full
    read more about this|read more on this story|tap to read|continue to article|continued
    weiterlesen|mehr lesen|mehr|lesen sie mehr|lesen sie weiter|weiter|mehr dazu|mehr erfahren
    zum artikel|zur meldung|ganzen artikel lesen|den ganzen artikel lesen|artikel lesen|hier weiterlesen
    vollständigen artikel lesen|zum vollständigen artikel|weitere informationen|hier lesen|jetzt lesen
    lire la suite|lire plus|en savoir plus|lire l'article|lire l’article|lire la suite de l'article|suite
    voir plus|lire|plus|lire l'article complet|lire l’article complet|la suite|lire aussi
    leer más|leer mas|seguir leyendo|leer la noticia|leer noticia completa|leer artículo|leer el artículo
    continuar leyendo|más información|mas informacion|ver más|ver mas|más|leer|sigue leyendo|leer completo
    leia mais|ler mais|continuar lendo|continue lendo|continuar a ler|saiba mais|ver mais|mais|leia a matéria
    leia a matéria completa|leia na íntegra
    leggi tutto|continua a leggere|leggi di più|leggi|continua|leggi l'articolo|leggi l’articolo|scopri di più
    lees meer|lees verder|verder lezen|meer lezen|meer|lees het hele artikel|lees het artikel
    läs mer|läs vidare|läs hela artikeln|läs artikeln|les mer|les hele saken|les saken|les videre
    læs mere|læs hele artiklen|læs videre|læs artiklen|lue lisää|lue koko juttu
    czytaj więcej|czytaj dalej|więcej|przeczytaj więcej|číst dále|více|celý článek|čítať ďalej
    devamını oku|devamı|haberin devamı|devamı için tıklayın|daha fazla oku
    читать далее|подробнее|читать дальше|далее|читати далі|детальніше|читать полностью
    citește mai mult|citeste mai mult|citește tot|mai mult|tovább|tovább olvasom|bővebben|részletek
    διαβάστε περισσότερα|περισσότερα|baca selengkapnya|selengkapnya|baca juga|xem thêm|đọc tiếp
    阅读更多|阅读全文|查看全文|更多|閱讀更多|繼續閱讀|続きを読む|もっと読む|記事を読む|더 보기|더보기|전체 기사 보기
    اقرأ المزيد|المزيد|للمزيد|קרא עוד|קראו עוד|להמשך קריאה|और पढ़ें|पूरी खबर पढ़ें
    """.replace("\n", "|").split("|")
    if line.strip()
)
# What may follow these is where the reading goes on.
READ_MORE_STARTS = (
    "read more about", "read more on", "read more at", "read more from", "read more in", "read the full",
    "read more here", "continue reading at", "continue reading on", "continue reading in",
    "continue reading this", "read on at", "read the rest of", "read this article", "read this story",
    "click here to", "full story at", "more on this", "see also", "read also", "also read", "related",
    "lesen sie auch", "lesen sie den", "mehr zum thema", "mehr auf", "lire aussi", "à lire aussi", "a lire aussi",
    "lire la suite sur", "lire l'article sur", "lire l’article sur", "leer también", "lea también", "lea tambien",
    "leer más en", "seguir leyendo en", "leia também", "leggi anche", "lees ook", "läs även", "läs också",
    "читайте также", "czytaj też", "czytaj także",
)  # fmt: skip
READ_MORE_SMALL = frozenset(
    """about on at from in of here this the story article full report rest our your site website page to
    auf bei in im hier sur dans ici en el la le les de sobre aquí aqui sul sulla op""".split()
)

FURNITURE = frozenset(
    line.strip()
    for line in """
    share|share this|share this article|share this story|share on|share on facebook|share on twitter
    share on x|share on whatsapp|share on linkedin|share via email|share article|tweet|tweet this|tweet it
    facebook|twitter|x|whatsapp|telegram|linkedin|instagram|youtube|tiktok|reddit|pinterest|bluesky|mastodon
    threads|email|e-mail|mail|email this|print|print this|print this page|copy link|copy url|save|bookmark
    save article|save for later|like|like this|follow|follow us|follow us on|follow topic|subscribe
    subscribe now|sign up|sign in|log in|login|logout|log out|register|my account|account|create account
    comments|comment|leave a comment|leave a reply|add a comment|post a comment|no comments|view comments
    be the first to comment|reply|cancel reply|show comments|join the conversation|comments are closed
    related|related posts|related articles|related stories|related news|related content|related topics
    you may also like|you might also like|recommended|recommended for you|most read|most popular|trending
    trending now|popular|more from|more stories|more news|more like this|read next|up next|don't miss|editors picks
    editor's picks|editor’s picks|sponsored|sponsored content|advertisement|advertising|ad|ads|promoted|promotion
    paid content|advertise with us|skip to content|skip to main content|skip to main|skip advertisement|menu
    main menu|navigation|home|homepage|search|close|open menu|toggle navigation|back|back to top|top|next
    previous|prev|next page|previous page|next article|previous article|older posts|newer posts|load more
    load more stories|show all|view all|see all|all news|all stories|more headlines|newsletter|newsletters
    our newsletter|get our newsletter|rss|rss feed|feeds|about us|about|contact|contact us|imprint|privacy
    privacy policy|cookie policy|terms|terms of use|terms of service|terms and conditions|sitemap|site map
    accessibility|careers|jobs|help|faq|all rights reserved|accept|accept all|accept cookies|reject all
    accept all cookies|manage cookies|cookie settings|manage preferences|got it|i agree|ok|agree|decline
    listen|listen to article|listen to this article|watch|play|play video|audio|transcript|download
    download pdf|download the app|get the app|loading|show less|expand|collapse|hide|report an error
    report this ad|give feedback|image|photo|caption|credit|article continues below advertisement
    article continues below|story continues below advertisement|story continues below|translate|font size
    aa|text size|dark mode|english|tags|topics|filed under|categories|category|source|sources|author|authors
    breaking news alerts|donate|donate now|support us|become a member|members only|subscribers only
    for subscribers only|subscriber only|this article is for subscribers only|end|ends|finis|***|eof

    teilen|artikel teilen|auf facebook teilen|auf twitter teilen|drucken|merken|kommentare|kommentar schreiben
    kommentieren|kommentar|keine kommentare|jetzt kommentieren|kommentar verfassen|ähnliche artikel
    verwandte artikel|mehr zum thema|das könnte sie auch interessieren|lesen sie auch|meistgelesen
    meistgelesene artikel|anzeige|werbung|gesponsert|impressum|datenschutz|datenschutzerklärung|agb|kontakt
    über uns|startseite|suche|suchen|schließen|zurück|nach oben|weiter|vorherige seite|nächste seite|anmelden
    abmelden|registrieren|abonnieren|jetzt abonnieren|newsletter abonnieren|zum newsletter anmelden|folgen
    alle akzeptieren|akzeptieren|ablehnen|alle ablehnen|cookie-einstellungen|einstellungen|alle rechte vorbehalten
    mehr laden|mehr anzeigen|alle artikel|vorlesen|artikel anhören|anhören|schlagwörter|quelle|quellen
    nur für abonnenten|abo

    partager|partager l'article|partager sur facebook|partager sur twitter|imprimer|envoyer|envoyer par mail
    commentaires|commenter|réagir|laisser un commentaire|ajouter un commentaire|aucun commentaire
    articles liés|articles similaires|à lire aussi|sur le même sujet|les plus lus|publicité|sponsorisé
    mentions légales|contact|accueil|rechercher|recherche|fermer|retour|haut de page|page suivante
    page précédente|se connecter|connexion|s'inscrire|s'abonner|s’abonner|je m'abonne|abonnez-vous
    tout accepter|accepter|refuser|tout refuser|continuer sans accepter|gérer les cookies|tous droits réservés
    voir tout|tous les articles|écouter|écouter l'article|mots-clés|réservé aux abonnés|article réservé aux abonnés
    politique de confidentialité|qui sommes-nous

    compartir|compartir en facebook|compartir en twitter|imprimir|enviar|comentarios|comentar|dejar un comentario
    deja un comentario|sin comentarios|noticias relacionadas|artículos relacionados|te puede interesar
    lo más leído|lo más visto|publicidad|patrocinado|aviso legal|contacto|inicio|buscar|cerrar|volver|volver arriba
    siguiente|anterior|página siguiente|página anterior|iniciar sesión|regístrate|suscríbete|suscribirse
    aceptar|aceptar todo|aceptar todas|aceptar y continuar|rechazar|rechazar todo|configurar cookies
    todos los derechos reservados|ver todo|ver todas|todas las noticias|escuchar|etiquetas|solo para suscriptores
    política de privacidad|quiénes somos

    compartilhar|partilhar|comentários|comente|deixe um comentário|leia também|mais lidas|publicidade|patrocinado
    contato|contacto|início|buscar|fechar|voltar|próxima|anterior|entrar|assine|assinar|aceitar|aceitar todos|rejeitar
    todos os direitos reservados|ver todas|ouvir|tags|notícias relacionadas|política de privacidade
    condividi|commenta|commenti|lascia un commento|articoli correlati|leggi anche|i più letti|pubblicità|contatti
    home|cerca|chiudi|indietro|successivo|precedente|accedi|registrati|abbonati|iscriviti|accetta|accetta tutti|rifiuta
    tutti i diritti riservati|vedi tutti|ascolta|stampa|informativa sulla privacy
    delen|deel dit artikel|reacties|reageer|plaats een reactie|gerelateerde artikelen|lees ook|meest gelezen
    advertentie|sluiten|zoeken|vorige|volgende|inloggen|abonneren|accepteren|alles accepteren|weigeren|alle rechten voorbehouden
    dela|dela artikeln|kommentarer|kommentera|läs också|mest lästa|annons|stäng|sök|logga in|prenumerera|godkänn|godkänn alla
    del|del saken|kommentarer|les også|mest lest|annonse|lukk|søk|logg inn|abonner|godta|godta alle
    annonce|luk|søg|log ind|accepter|accepter alle|mest læste|læs også
    udostępnij|komentarze|skomentuj|dodaj komentarz|reklama|zamknij|szukaj|zaloguj|akceptuję|zobacz także|najczęściej czytane
    paylaş|yorumlar|yorum yap|reklam|kapat|ara|giriş|abone ol|kabul et|ilgili haberler|en çok okunanlar
    поделиться|комментарии|комментировать|реклама|закрыть|поиск|войти|подписаться|принять|читайте также|похожие новости
    分享|评论|广告|登录|注册|订阅|返回顶部|上一页|下一页|相关新闻|相关阅读|シェア|コメント|広告|ログイン|関連記事|前へ|次へ
    공유|댓글|광고|로그인|구독|관련 기사|مشاركة|تعليقات|إعلان|تسجيل الدخول|اشترك|מודעה|שתף|תגובות
    """.replace("\n", "|").split("|")
    if line.strip()
)

# Below these are links to other stories.
LINKS_BELOW = frozenset(
    """related stories|related articles|related news|related|related content|related posts|more on this story|read also|see also
    also read|you may also like|most read|more stories|mehr zum thema|lesen sie auch|verwandte artikel|ähnliche artikel
    das könnte sie auch interessieren|lire aussi|à lire aussi|sur le même sujet|articles liés|articles similaires|leer también
    lea también|noticias relacionadas|te puede interesar|leia também|notícias relacionadas|veja também|leggi anche
    articoli correlati|lees ook|gerelateerde artikelen|läs också|läs även|les også|læs også|czytaj także|zobacz także
    читайте также|похожие новости|相关新闻|相关阅读|関連記事|관련 기사""".replace(
        "\n    ", "|"
    ).split("|")
)
# What stands above a list of contents, and above footnotes.
CONTENTS = frozenset(
    """contents|table of contents|in this issue|in this edition|in this week's issue|inside|inside this issue|today's headlines
    in today's issue|in this newsletter|in this bulletin|in today's newsletter|today's stories|this week's stories|headlines
    index|overview|at a glance|inhalt|inhaltsverzeichnis|in dieser ausgabe|in diesem heft|themen dieser ausgabe|die themen
    themen|übersicht|überblick|heute im überblick|sommaire|au sommaire|dans ce numéro|dans cette édition|les titres|au menu
    contenido|contenidos|índice|sumario|en este número|en esta edición|sumário|nesta edição|neste número|conteúdo|indice
    sommario|in questo numero|in questa edizione|inhoud|in dit nummer|in deze editie|innehåll|i detta nummer|i det här numret
    innhold|i dette nummeret|indhold|i dette nummer|spis treści|w tym numerze|w numerze|içindekiler|bu sayıda|содержание
    в этом номере|в номере|зміст|у номері|目录|本期内容|本期导读|目次|今号の内容|차례|목차|이번 호|المحتويات|في هذا العدد""".replace(
        "\n    ", "|"
    ).split("|")
)
FOOTNOTES = frozenset(
    """notes|note|footnotes|footnote|endnotes|references|anmerkungen|anmerkung|fußnoten|fussnoten|notes de bas de page|notas
    nota|notas al pie|notas de rodapé|note a piè di pagina|noten|voetnoten|noter|fotnoter|przypisy|dipnotlar|примечания
    сноски|примітки|注释|註釋|脚注|각주|주석|ملاحظات|هوامش""".replace("\n    ", "|").split("|")
)
# The ends of mail; a name may follow.
SIGN_OFFS = (
    r"have a (?:good|great|nice|lovely|wonderful) (?:day|week|weekend|evening|morning|sunday|one)\b.{0,25}|(?:thanks|thank you) for (?:reading|subscribing|your support)\b.{0,60}",
    r"(?:until|see you) (?:tomorrow|next (?:week|time|month)|then|soon|again soon|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)[,.!]?|that(?:'s|’s| is) (?:all|it) for (?:today|now|this (?:week|morning))\b.{0,30}",
    r"(?:(?:best|kind|warm|kindest) )?regards[,.!]?|(?:best|warm) wishes[,.!]?|yours(?: (?:sincerely|faithfully|truly))?,|sincerely,|cheers[,!]",
    r"(?:mit )?(?:freundlichen|besten|herzlichen|vielen|freundliche|beste|herzliche|viele|liebe) grüss?en?\b.{0,30}|bis (?:morgen|bald|nächste woche|zum nächsten mal)[,.!]?|(?:wir wünschen )?(?:ihnen )?(?:einen? )?schöne[ns]? (?:tag|abend|woche|wochenende)(?: noch)?[,.!]|(?:ihre|eure) redaktion[.!]?",
    r"(?:bien )?cordialement ?[,.!]?|bonne (?:journée|lecture|semaine|soirée)(?: à (?:tous|toutes|vous))? ?[,.!]|à (?:demain|bientôt|la semaine prochaine) ?[,.!]|bien à vous ?[,.!]?|merci (?:de (?:votre|nous)|pour votre) (?:lecture|lire|fidélité) ?[,.!]?",
    r"(?:un )?(?:cordial )?saludos?(?: cordial(?:es)?)?[,.!]|atentamente[,.]?|hasta (?:mañana|pronto|la próxima|el lunes)[,.!]|gracias por (?:leer|leernos|su (?:lectura|apoyo))\b.{0,25}|que (?:tengan|tengas|tenga) (?:un )?(?:buen|buena|feliz) .{2,15}",
    r"até (?:amanhã|breve|logo|a próxima|segunda)[,.!]|(?:boa (?:leitura|semana)|bom fim de semana)[,.!]|obrigad[oa] (?:por (?:ler|nos ler)|pela leitura)\b.{0,20}|(?:um )?abraços?[,.!]|atenciosamente[,.]?",
    r"(?:cordiali|distinti) saluti[,.]?|buona (?:giornata|lettura|settimana|serata)[,.!]|a (?:domani|presto)[,.!]|grazie per (?:la lettura|aver(?:ci)? letto)\b.{0,20}",
    r"(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?[,.!]?|(?:een )?fijne (?:dag|week|avond)[,.!]|tot (?:morgen|volgende week)[,.!]",
    r"med (?:vänliga?|vennlig|venlig) (?:hälsning(?:ar)?|hilsen)[,.!]?|(?:vi ses|vi sees) i ?morgo?n[,.!]|ha en (?:bra|fin|god) (?:dag|helg|vecka)[,.!]",
    r"pozdrawia(?:m|my)[,.!]?|z poważaniem[,.]?|do jutra[,.!]|iyi günler[,.!]?|saygılar(?:ımla|ımızla)?[,.!]?|с уважением[,.]?|до завтра[,.!]|хорошего дня[,.!]",
)

# Regular expressions over a folded line, all of it; by the words that they can begin with.
FURNITURE_PATTERNS = (
    # Sharing, comments, counts.
    (
        r"(?:\d[\d.,]*k?\s*)?(?:comments?|shares?|likes?|views?|reactions?|replies|retweets|reads?)(?:\s*[(:]?\s*\d[\d.,]*k?\)?)?"
        r"|(?:\d[\d.,]*\s*)?(?:kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties|kommentarer|yorum)(?:\s*[(:]?\s*\d+\)?)?"
    ),
    r"share (?:this|on|via|with|article|story|post).{0,40}|(?:teilen|partager|compartir|condividi|delen) (?:auf|sur|en|su|op|via|par).{0,30}",
    (
        r"leave a (?:reply|comment).{0,120}|your e-?mail address will not be published.{0,80}|required fields are marked.{0,10}"
        r"|(?:ihre|deine) e-?mail-adresse wird nicht veröffentlicht.{0,80}|votre adresse e-?mail ne sera pas publiée.{0,80}"
        r"|tu dirección de correo electrónico no será publicada.{0,80}"
    ),
    r"save my name, e-?mail.{0,100}|notify me of (?:new|follow-?up).{0,60}|you must be logged in.{0,50}|log in to (?:comment|leave|reply|continue|read).{0,40}",
    # Cookies, consent, subscriptions.
    (
        r"(?:we|this (?:web)?site|our (?:web)?site)(?: and our \S+)? uses? (?:\w+ )?cookies.{0,400}|by (?:clicking|continuing|using|browsing|subscribing|signing).{0,60}you (?:agree|accept|consent|acknowledge).{0,300}"
        r"|(?:wir|diese (?:web)?seite|unsere website) (?:verwenden|verwendet|nutzen|nutzt|setzen|setzt) (?:\w+ )?cookies.{0,400}"
        r"|(?:nous utilisons|ce site utilise)(?: des| les)? cookies.{0,400}|(?:utilizamos|usamos|este sitio (?:web )?(?:utiliza|usa))(?: \w+)? ?cookies.{0,400}"
        r"|(?:utilizziamo|questo sito utilizza)(?: i)? cookie.{0,400}|(?:wij|we|deze (?:web)?site) (?:gebruiken|gebruikt) cookies.{0,400}"
    ),
    (
        r"(?:sign up|subscribe|register)(?: now| today| here)? (?:to|for|and)\b.{0,120}|(?:get|receive|want) .{0,60}(?:in|to) your inbox.{0,60}|join our (?:newsletter|mailing list|telegram|whatsapp).{0,80}"
        r"|(?:melden sie sich|jetzt) .{0,40}newsletter.{0,40}|(?:inscrivez-vous|abonnez-vous|recevez) .{0,60}newsletters?.{0,60}|(?:suscríbete|suscríbase|regístrate|recibe) (?:a|al|en|nuestr).{0,60}"
    ),
    (
        r"(?:already )?(?:a )?subscribers?\?.{0,40}|already (?:have an account|subscribed|a member).{0,40}|you have \d+ (?:free )?(?:articles?|stories) (?:left|remaining).{0,60}"
        r"|this (?:article|story|content) is (?:only )?(?:available )?(?:for|to) (?:our )?(?:subscribers|members).{0,30}"
    ),
    r"(?:follow|like|find|join) us (?:on|at)\b.{0,60}|download (?:our|the) .{0,20}app.{0,30}|(?:folgen sie uns|suivez-nous|síguenos|siga-nos|seguici|volg ons)\b.{0,50}",
    # Copyright, page numbers, feet.
    r"(?:©|\(c\) ?\d|copyright\b|℗).{0,160}|.{0,80}\b(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati|alle rechten voorbehouden)\b.{0,60}",
    r"(?:pages?|seiten?|páginas?|págs?|pagina|sida|side|strona|str|стр|pp|p|pg|s)\.? ?\d{1,4}(?:[-–]\d{1,4})?(?: ?(?:of|von|de|sur|di|van|av|af|z|/|из) ?\d{1,4})?|\d{1,4} ?/ ?\d{1,4}|- ?\d{1,4} ?-|\[?\d{1,4}\]?",
    r"(?:powered by|designed by|website by|hosted by|theme by|site by|proudly powered)\b.{0,60}",
    r"(?:unsubscribe|to unsubscribe|update your preferences|manage your (?:subscription|preferences)|view (?:this (?:e?mail|message|newsletter) )?in (?:your )?browser|you(?:'re|’re| are|'ve|’ve)? (?:receiving|received|getting|got) (?:this|these)(?: (?:weekly |daily )?(?:e-?mails?|messages?|newsletters?))?(?: because| as a)|you (?:are receiving|received) this (?:e-?mail|message|newsletter)|having trouble (?:viewing|reading)|forward (?:this )?to a friend|add us to your address book|sie erhalten diese (?:e-?mail|mail|nachricht)|vous recevez (?:ce|cet|cette) (?:e-?mail|message|courriel|lettre|newsletter)|você (?:está recebendo|recebeu|recebe) (?:este|esta) (?:e-?mail|mensagem|newsletter)|ricevi questa? (?:e-?mail|mail|messaggio|newsletter)|(?:u|je) ontvangt deze (?:e-?mail|mail|nieuwsbrief)|du (?:får|mottar|modtager) (?:det här|detta|dette|denne|denna) (?:mejlet|mailet|e-post\w*|brev\w*|nyhetsbrev\w*|nyhedsbrev\w*|mail)|(?:recibe|recibes|está recibiendo) este (?:correo|mensaje)|vom newsletter abmelden|newsletter abbestellen|se désinscrire|se désabonner|darse de baja|cancelar suscripción)\b.{0,200}",
    # What mail and newsletters begin and end with.
    (
        r"(?:good (?:morning|afternoon|evening|day)|hello|hi|hey|dear)(?: (?:all|everyone|everybody|again|there|readers?|friends|team|colleagues|subscribers?|members))?(?: and welcome(?: back)?)?[,!]"
        r"|(?:guten (?:morgen|tag|abend)|hallo|liebe|lieber)(?: (?:zusammen|alle|leserinnen und leser|leser(?:innen)?|kolleginnen und kollegen|freunde|mitglieder))*[,!]"
        r"|(?:bonjour|bonsoir|chers|chères|cher)(?: (?:à tous|à toutes|et|tous|toutes|lecteurs?|lectrices?|chers|chères|amis|abonnés|collègues))*,? ?[,!]"
        r"|(?:buenos días|buenas tardes|buenas noches|hola|estimad[oa]s|querid[oa]s)(?: (?:a todos|todos|a todas|y|todas|lectores|lectoras|amigos|suscriptores|colegas))*[,!:]"
        r"|(?:bom dia|boa tarde|boa noite|olá|car[oa]s|prezad[oa]s)(?: (?:a todos|a todas|todos|todas|e|leitores|leitoras|amigos|assinantes|colegas))*[,!:]"
        r"|(?:buongiorno|buonasera|ciao|car[ie])(?: (?:a tutti|tutti|e|lettori|lettrici|amici|colleghi))*[,!]"
        r"|(?:goedemorgen|goedemiddag|goedenavond|goedendag|beste)(?: (?:allemaal|allen|lezers?|collega['’]s|vrienden))*[,!]"
        r"|(?:god (?:morgon|kväll|dag|morgen|kveld|aften)|hej|hei|kära|kjære|kære)(?: (?:alla|alle|läsare|lesere|læsere|sammen))*[,!]"
        r"|(?:dzień dobry|drodzy czytelnicy|szanowni państwo|günaydın|merhaba|доброе утро|добрый день|здравствуйте|дорогие читатели)[,!]"
    ),
    (
        r"here (?:are|is) (?:today|this|your|our|the|a)\b.{0,80}\b(?:stories|headlines|news|digest|summary|round-?up|briefing|bulletin)\b.{0,40}[.:!]"
        r"|hier (?:sind|ist|kommen|kommt) (?:die|der|das|unsere?|ihre?|eure?|heute)\b.{0,60}(?:meldungen|nachrichten|schlagzeilen|themen|überblick|presseschau)\b.{0,40}[.:!]"
        r"|voici (?:les|la|le|notre|votre|vos|nos)\b.{0,60}(?:titres|nouvelles|actualités|informations|sélection|revue de presse|infos|articles)\b.{0,40}[.:!]"
        r"|(?:aquí|éstas|estas|estos) (?:están |son |tienen |tienes |van )?(?:las|los|el)\b.{0,60}(?:noticias|titulares|historias|resumen)\b.{0,40}[.:!]"
        r"|(?:aqui (?:estão|vão|seguem)|seguem|eis) (?:as|os|o)\b.{0,60}(?:notícias|manchetes|destaques|resumo)\b.{0,40}[.:!]"
        r"|ecco (?:le|i|la)\b.{0,60}(?:notizie|titoli|rassegna)\b.{0,40}[.:!]|hier (?:zijn|is) (?:de|het|uw|jouw|onze)\b.{0,60}(?:nieuws|berichten|koppen|overzicht)\b.{0,40}[.:!]"
    ),
    *SIGN_OFFS,
    # Credits of pictures.
    (
        r"\(?\[?(?:photo(?:graph|s|graphs)?|image|picture|pic|illustration|video|graphic|foto|fotos|bild|bilder|abbildung|grafik|photographie|crédit(?:s)?(?: photo)?|imagen|imagem|fotografía|immagine|photo credit|image credit|picture credit|image source|photo by|picture by|pictured)(?: credit| courtesy| source)?(?: ?[:/©]| by | courtesy (?:of )?).{1,100}\]?\)?"
        r"|\(?(?:getty(?: images?)?|(?:reuters|afp|epa|dpa|ap)(?= ?/)|ap photo|shutterstock|istock|alamy|unsplash|wikimedia commons|file photo|handout|courtesy photo|archive photo)(?: images?)?(?: ?/.{0,60})?\)?|.{0,60}/(?:getty images?|reuters|afp|epa|ap|dpa|shutterstock)\)?|file (?:photo|picture|image).{0,60}|courtesy of .{1,60}"
    ),
    # Navigation, translations, tools.
    r"(?:more|mehr|plus|más|mais|meer|altro) (?:from|in|on|aus|zu|de|em|over|su) [^.!?]{1,40}[»>→:]|(?:back|return) to .{1,40}|(?:zurück zur|retour à|volver a) .{1,40}|skip to .{1,30}|go to (?:top|homepage|home).{0,20}",
    r"(?:listen|watch|play)(?: to| now)?(?: (?:this|the|our))? (?:article|story|video|audio|episode|podcast|now)\b.{0,20}|(?:listen|watch|anhören|écouter|escuchar):? ?\(?\d+:\d\d\)?|(?:duration|length|dauer|durée|duración):? ?\d.{0,20}",
    r"(?:\d+ ){0,1}(?:related|recommended|trending|sponsored|promoted|advertisement)(?: (?:stories|articles|posts|content|links?|topics|by .{1,40}))?",
    r"(?:continued|continues|fortsetzung|suite) (?:on|from|below|auf|von|page|en|de)\b.{0,40}|(?:this|the) (?:article|story) (?:was )?(?:first |originally )(?:appeared|published)\b.{0,120}|(?:end|ende|fin)s? of .{0,60}",
    r"-?30-|###|(?:with )?(?:additional )?reporting by .{1,120}|editing by .{1,100}|\(?(?:reporting|writing|editing|compiled|translated)(?: and \w+)? by .{1,160}\)?",
)

# The first words of such lines, so that others need not be compared.
FURNITURE_WORDS = frozenset(
    """comment comments share shares like likes view views reaction reactions replies reply retweets read reads
    kommentar kommentare commentaire commentaires comentario comentarios comentário comentários commenti reacties
    kommentarer yorum teilen partager compartir condividi delen leave your ihre deine votre tu required save notify you
    log we this our by wir diese unsere nous ce utilizamos usamos este utilizziamo questo wij deze sign subscribe register get
    receive want join melden jetzt inscrivez-vous abonnez-vous recevez suscríbete suscríbase regístrate recibe already
    subscriber subscribers follow find download folgen suivez-nous síguenos siga-nos seguici volg c copyright page pages seiten pp págs pág páginas str seite página
    pagina sida side strona p pg s стр powered designed website hosted theme site proudly unsubscribe to update manage having
    forward add vom newsletter se darse cancelar photo photos photograph photographs image images picture pic illustration
    video graphic foto fotos bild bilder abbildung grafik photographie crédit crédits imagen imagem fotografía immagine
    pictured getty reuters ap afp epa dpa shutterstock istock alamy unsplash wikimedia file handout courtesy archive more mehr
    plus más mais meer altro back return zurück retour volver skip go listen watch play audio anhören écouter escuchar duration
    length dauer durée duración related recommended trending sponsored promoted advertisement continued continues fortsetzung
    good hello hi hey dear guten hallo liebe lieber bonjour bonsoir chers chères cher buenos buenas hola estimados estimadas
    queridos queridas bom boa olá caros caras prezados prezadas buongiorno buonasera ciao cari care goedemorgen goedemiddag
    goedenavond goedendag beste god hej hei kära kjære kære dzień drodzy szanowni günaydın merhaba доброе добрый здравствуйте
    дорогие here hier voici aquí éstas estas estos aqui seguem eis ecco have thanks thank until that's that’s best
    kind warm kindest regards yours sincerely cheers mit freundliche herzliche viele bis wir schönen schöne schönes einen eure
    bien cordialement bonne merci saludo saludos atentamente hasta gracias até obrigado obrigada um abraço abraços
    atenciosamente cordiali distinti buona grazie met vriendelijke hartelijke fijne een tot vi ha pozdrawiam pozdrawiamy
    iyi saygılar saygılarımla saygılarımızla до хорошего você ricevi du you're you’re you've you’ve
    sie vous recibes está suite the end ende fin ends with additional reporting editing writing compiled translated""".split()
)

# What names a publication that has issues or dates.
MASTHEADS = frozenset(
    """bulletin newsletter digest circular gazette newspaper magazine review briefing diary
    presseschau pressespiegel rundbrief gemeindebrief pfarrbrief mitteilungsblatt amtsblatt anzeiger newsblatt
    pressemitteilungen wochenblatt tageblatt rundschau bulletin lettre revue infolettre gazette journal
    boletín boletin circular gaceta revista noticiero hoja boletim jornal informativo
    bollettino notiziario rassegna giornale nieuwsbrief nieuwsblad krantenoverzicht nyhetsbrev nyhedsbrev
    biuletyn gazetka przegląd bülten бюллетень вестник""".split()
)
# What is before the number of an issue.
ISSUES = (
    "issue no", "issue", "no", "nos", "number", "vol", "volume", "edition", "ausgabe", "nr", "heft", "folge", "jahrgang",
    "n°", "nº", "n.º", "№", "#", "numéro", "núm", "num", "número", "numero", "edición", "edição", "edizione", "nummer", "sayı",
)  # fmt: skip
# Before what is asked and answered in an interview.
QUESTIONS = frozenset(
    "q question frage f p pregunta pergunta d domanda vraag v fråga spørsmål".split()
)
ANSWERS = frozenset("a answer antwort réponse r respuesta resposta risposta antwoord svar".split())
