"""The German words that claims are made of, each with an English one that the guard knows; the words of everyday things among them."""

_GLOSSARY = """
der:the die:the das:the den:the dem:the des:the ein:a eine:a einen:a einem:a einer:a eines:a
ich:i du:you er:he sie:she es:it wir:we ihr:you ihm:him ihn:him ihnen:them dich:you dir:you mir:me mich:me sich:- man:one
dein:your deine:your deinen:your deinem:your deiner:your deines:your mein:my meine:my meinen:my ihre:her ihren:her
habe:have hab:have hast:have hat:has haben:have hatte:had hatten:had hattest:had bin:am bist:are ist:is sind:are war:was waren:were wird:will werde:will
wirst:will werden:will wurde:was wurden:were worden:been sei:is
kann:can kannst:can können:can könnte:could könntest:could konnte:couldn konnten:could soll:shall sollen:shall sollte:should muss:must musst:need müssen:must
möchtest:want möchte:want willst:want will:want
nicht:not kein:no keine:no keinen:no keinem:no keiner:nobody keins:none nichts:nothing niemand:nobody nie:never weder:neither noch:still nirgends:nowhere
und:and oder:or aber:but denn:because weil:because dass:that wenn:if falls:if ob:whether sobald:once bevor:before nachdem:after damit:so also:so
um:at ab:from bis:until gegen:around nach:after vor:before von:from zwischen:between während:during seit:since in:in im:in+the am:on an:on auf:on zu:to zum:to+the zur:to+the
bei:at beim:at+the außer:except mit:with für:for ohne:without aus:out über:about unter:under neben:next
heute:today morgen:tomorrow übermorgen:day+after+tomorrow gestern:yesterday vorgestern:yesterday montag:monday dienstag:tuesday mittwoch:wednesday donnerstag:thursday
freitag:friday samstag:saturday sonnabend:saturday sonntag:sunday montags:monday früh:morning vormittag:morning vormittags:in+the+morning mittag:noon mittags:at+noon nachmittag:afternoon
nachmittags:in+the+afternoon abend:evening abends:in+the+evening morgens:in+the+morning nacht:night nachts:at+night tag:day tags:day woche:week wochenende:weekend jetzt:now nun:now gerade:just
nächste:next nächster:next nächsten:next nächstes:next erste:first erster:first erstes:first letzte:last letzter:last letztes:last danach:after+that davor:before+that dazwischen:in+between+them
dann:then anschließend:after+that später:later früher:earlier schon:already bereits:already wieder:again auch:also außerdem:also sonst:else weitere:other weiteren:other weiterer:other weiteres:else
mehr:more nur:only lediglich:only bloß:only erst:first einzige:only einziger:only einziges:only alles:everything alle:all ganz:all ganze:all ganzen:whole ganzer:whole den+ganzen:whole
gar:- überhaupt:- komplett:completely völlig:completely vollständig:completely noch+nicht:not+yet leider:- ja:yes nein:no okay:okay gut:good gerne:- gern:- natürlich:of+course klar:sure
frei:free leer:empty belegt:busy besetzt:busy beschäftigt:busy voll:full ausgebucht:booked verplant:busy ruhig:quiet offen:open fällig:due überfällig:overdue erledigt:done fertig:done
vorbei:over steht:stands stehen:stands gibt:there+is gibt's:there+is findet:is liegt:is liegen:are kommt:comes kommen:come beginnt:starts beginnen:start fängt:starts startet:starts geht:starts endet:ends
enden:end dauert:takes dauern:take läuft:runs hört:ends schließt:ends braucht:takes bleibt:is bleiben:are überschneidet:overlaps überschneiden:overlap überlappt:overlaps überlappen:overlap
kollidiert:overlaps kollidieren:overlap konflikt:conflict konflikte:conflicts überschneidung:overlap überschneidungen:overlap heißt:is
sehe:see finde:find findest:find weiß:know erinnere:remind erinnert:remind schicke:send sende:send lösche:delete verschiebe:move trage:add füge:add merke:remember
termin:appointment termine:appointments terminen:appointments kalender:calendar sache:thing sachen:things dinge:things eintrag:entry einträge:entries einträgen:entries ereignis:event ereignisse:events
zeit:time uhr:- uhrzeit:time stunde:hour stunden:hours minute:minute minuten:minutes luft:free pause:gap lücke:gap ganztägig:all+day rest:rest
aufgabe:task aufgaben:tasks liste:list einkaufsliste:shopping+list aufgabenliste:task+list erinnerung:reminder erinnerungen:reminders mail:mail mails:mails e-mail:mail e-mails:mails nachricht:message
nachrichten:messages einladung:invitation entwurf:draft posteingang:inbox ungelesene:unread ungelesen:unread neue:new wichtig:important wichtige:important
zwei:two drei:three vier:four fünf:five sechs:six sieben:seven acht:eight neun:nine zehn:ten elf:eleven zwölf:twelve zwanzig:twenty dreißig:thirty vierzig:forty fünfzig:fifty beide:both beiden:both
zahnarzt:dentist zahnärztin:dentist zahnarzttermin:dentist zahnarztbesuch:dentist arzt:doctor ärztin:doctor arzttermin:doctor friseur:haircut frisör:haircut friseurtermin:haircut mittagessen:lunch abendessen:dinner
essen:lunch frühstück:breakfast kaffee:coffee klempner:plumber installateur:plumber tierarzt:vet tierarzttermin:vet besprechung:meeting treffen:meeting sitzung:meeting gespräch:meeting anruf:call
telefonat:call bank:bank flug:flight geburtstag:birthday elternabend:parents+evening budgetbesprechung:budget+review budget-besprechung:budget+review budgetrunde:budget+review budgettermin:budget+review werkstatt:garage milch:milk
brot:bread briefmarken:stamps reisepass:passport pass:passport fahrrad:bike pflanzen:plants steuerberater:accountant mutter:mum mama:mum müll:bins raum:Room zimmer:Room praxis:practice
yoga:yoga workshop:workshop meeting:meeting meetings:meetings call:call review:review stand-up:stand-up standup:stand-up lunch:lunch budget:budget budget-review:budget+review
etwa:about ungefähr:about rund:about knapp:almost gut+:good gute:good guten:good kurz:just mindestens:over fast:almost insgesamt:altogether zusammen:together hintereinander:- direkt:right
stattfindet:is hat's:has ist's:is wäre:would+be hätte:would hättest:would würde:would würdest:would sag:tell sagst:tell mach:make mache:make
nachmittage:afternoon vormittage:morning selben:same gleichen:same gleichzeitig:overlap andere:other anderen:other anderer:other anderes:else anderem:else los:los
durch:through feierabend:day+is+over schluss:over längste:longest längster:longest längsten:longest längstes:longest kürzeste:shortest kürzester:shortest kürzesten:shortest jüngste:newest jüngsten:newest neueste:newest neuesten:newest älteste:oldest ältesten:oldest früheste:earliest späteste:latest dabei:there mit+dabei:there vorhin:earlier
fängst:start fange:start beginnst:start erst+um:at ruft:calls anruft:calls dreizehn:thirteen vierzehn:fourteen fünfzehn:fifteen sechzehn:sixteen siebzehn:seventeen achtzehn:eighteen neunzehn:nineteen statt:instead+of anstatt:instead+of
mittlerweile:now inzwischen:now dran:due drin:in drauf:on weg:gone raus:out unterwegs:on+its+way
"""
GLOSSARY = {
    german.replace("+", " "): "" if english == "-" else english.replace("+", " ")
    for german, english in (pair.split(":") for pair in _GLOSSARY.split())
}
"""Each word, lower case."""
_PARTICIPLES = """
verschoben:moved verlegt:moved vorverlegt:moved gelöscht:deleted abgesagt:cancelled storniert:cancelled gestrichen:cancelled entfernt:removed eingetragen:added hinzugefügt:added angelegt:created erstellt:created
gebucht:booked reserviert:reserved geplant:scheduled vereinbart:arranged geändert:changed aktualisiert:updated verlängert:extended verkürzt:shortened gesendet:sent geschickt:sent verschickt:sent
abgeschickt:sent versendet:sent gemailt:mailed geschrieben:written geantwortet:replied beantwortet:answered weitergeleitet:forwarded informiert:informed benachrichtigt:notified eingeladen:invited bestätigt:confirmed
abgehakt:ticked gemerkt:remembered notiert:noted gespeichert:saved gestellt:set gesetzt:set angerufen:phoned bezahlt:paid bestellt:ordered rückgängig:undone blockiert:blocked geblockt:blocked
rausgegangen:sent hinausgegangen:sent abgegangen:sent rausgeschickt:sent losgeschickt:sent angekommen:delivered gelesen:read geöffnet:opened
bekommen:received erhalten:received entworfen:drafted vorbereitet:prepared gesagt:told
"""
PARTICIPLES = dict(pair.split(":") for pair in _PARTICIPLES.split())
"""What was done."""
