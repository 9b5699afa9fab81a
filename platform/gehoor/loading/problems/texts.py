"""What a problem says to people, in Dutch: one sentence per code, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gehoor.core.text.problems import Problem

SENTENCES: Mapping[str, str] = {
    # Finding and reading a file
    "geen-organisatie": "Hier staat nog geen organisatie. Maak een map met de naam van uw organisatie, "
    "met daarin organisatie.yaml.",
    "bestand-ontbreekt": "Dit bestand ontbreekt. Maak het aan, of geef het de juiste naam.",
    "bestand-onleesbaar": "Wij kunnen dit bestand niet openen. Kijk na of u het mag lezen.",
    "bestand-ongebruikt": "Niets gebruikt dit bestand. Wat erin staat, geldt voor niemand.{hint} Noem het waar het "
    "hoort, wis het, of zet een _ voor de naam.",
    "deel-ongebruikt": "Geen enkel veld verwijst naar '{value}'. Wat er staat, geldt voor niemand. Verwijs ernaar met "
    "$ref, wis het, of zet een _ voor de naam.",
    "map-ongebruikt": "Niets gebruikt deze map. Wat erin staat, geldt voor niemand.{hint} Noem de bestanden "
    "waar ze horen, wis de map, of zet een _ voor haar naam.",
    "buiten-de-map": "Dit bestand is een snelkoppeling naar een plek buiten uw werkmap. "
    "Zet het bestand zelf op deze plek.",
    "bestand-te-groot": "Dit bestand is groter dan {limit} KB. Verdeel het over kleinere bestanden.",
    "geen-utf8": "Hier staat een teken dat wij niet kunnen lezen. Bewaar het bestand opnieuw en kies daarbij "
    "voor UTF-8.",
    "verborgen-teken": "Hier staat een teken dat u niet ziet ({sign}). Wis de regel en typ hem opnieuw.",
    "geen-verwijzingen": "Met & of * vooraan kunnen wij niets. Schrijf hier voluit wat u bedoelt, of zet de tekst "
    "tussen aanhalingstekens.",
    "te-diep-of-te-veel": "Vanaf hier wordt dit bestand te lang, of springt het te vaak in (hoogstens {depth} keer, "
    "en {count} onderdelen). Maak het eenvoudiger.",
    "tab-als-inspringing": "Hier staat een tab. Zet er spaties in de plaats.",
    "aanhalingsteken-open": "Het aanhalingsteken dat hier opent, sluit nergens. Zet er een aan het einde van de tekst: "
    "{right}",
    "aanhalingstekens-nodig": "Deze tekst kan niet zonder aanhalingstekens, want er staat een teken in dat hier iets "
    "anders betekent, zoals een dubbele punt, een # of een \\. Schrijf: {right}",
    "spatie-ontbreekt": "Na een streepje en na een dubbele punt hoort een spatie. Schrijf: {right}",
    "ander-streepje": "Dit streepje, bolletje of deze dubbele punt komt uit een tekstverwerker. Typ een gewoon teken: "
    "{right}",
    "dubbele-punt-ontbreekt": "Na het woord vooraan hoort een dubbele punt. Schrijf: {right}",
    "haakje-klopt-niet": "Bij dit haakje hoort een ander haakje, open en toe. Schrijf: {right}",
    "springt-verkeerd-in": "Deze regel springt {own} spaties in, en dat past niet bij de regels erboven. Laat ze "
    "{wanted} spaties inspringen: {right}",
    "krul-aanhalingstekens": "Deze krullende aanhalingstekens komen uit een tekstverwerker, en zouden mee op de "
    "pagina staan. Typ gewone: {right}. Horen ze bij de tekst, zet er dan nog gewone omheen.",
    "hekje-in-tekst": "Wat achter # staat, lezen wij niet: {said}. Hoort het bij de tekst, schrijf dan: {right}. Is "
    "het een opmerking, zet ze dan op een eigen regel.",
    "duizend-of-een": "{value} kan {whole} zijn, of {small}. Schrijf {whole} als u dat bedoelt, of {small}. Is het een "
    "tekst, schrijf dan: {right}.",
    "yaml-fout": "Hier kunnen wij niet verder lezen. Kijk op deze regel en de regel ervoor naar het inspringen, "
    "haakjes, aanhalingstekens en dubbele punten.",
    "twee-documenten": "Hier begint met --- een tweede deel. Zet elk deel in een eigen bestand.",
    "leeg-bestand": "In dit bestand staan geen sleutelwoorden. Vul het aan, of wis het.",
    "eigen-tag": "Met '{tag}' kunnen wij niets. Wis het, of zet de tekst tussen aanhalingstekens.",
    "sleutel-geen-tekst": "Hier hoort een woord voor de dubbele punt. Is dit een tekst die met een haakje begint? "
    "Zet hem dan tussen aanhalingstekens.",
    "dubbele-sleutel": "'{key}' staat hier twee keer, de eerste keer op regel {first}. Houd er een.",
    "onbekende-taal": "De taal '{language}' kennen wij niet. Kies uit: {known}.{hint}",
    "te-zwaar": "Wij konden de afspraken van '{value}' niet nakijken: {reason}. Vraag wie ze maakte om ze kleiner te "
    "maken.",
    # The shape of a file
    "onbekend-sleutelwoord": "'{word}' is hier geen sleutelwoord. Kijk de spelling na, of wis het.{hint}",
    "json-schema-woord": "'{word}'{standard} {does}.{told}",
    "ontbreekt": "Hier ontbreekt {missing}. Zet het erbij.{hint}",
    "werklijst-zonder-veld": "Geen veld van het dossier heeft de betekenis '{value}', dus blijft dit leeg. Zet "
    "'betekenis: {value}' bij het veld dat u bedoelt, of wis dit.",
    "cijfer-veld-onbekend": "Het dossier heeft geen veld '{value}' om te tellen. Kijk de naam na.{hint}",
    "cijfer-niet-telbaar": "Wat men bij '{value}' invult, kan niet geteld worden: het is tekst of het zijn mensen. "
    "Kies een veld met keuzes, ja of nee, een getal of een dag.",
    "cijfer-blijft-niet": "Wat men bij '{value}' invult, gaat weg als een dossier anoniem wordt, dus telt het niet "
    "mee. Zet 'bij-anonimiseren: blijft' bij het veld als het van niemand iets verraadt, of tel "
    "iets anders.",
    "cijfer-geen-getal": "'{value}' heeft geen getal als antwoord, dus is er geen gemiddelde of som van. Kies een "
    "veld met een getal, of wis dit.",
    "cijfer-twee-maten": "Deze woorden gaan niet samen in een tabel: {value}. Maak er twee tabellen van.",
    "hoofdstuk-dubbel": "'{value}' heet in dit verslag ook een ander hoofdstuk, in {first}. Geef dit hoofdstuk een "
    "andere naam: wat mensen bij een hoofdstuk schrijven, wordt onder die naam bewaard.",
    "tabel-dubbel": "'{value}' heet in dit verslag ook een andere tabel, in {first}. Geef deze tabel een andere naam: "
    "wie leest welke tabel intern of openbaar is, kent ze aan haar naam.",
    "deel-van-niets": "'{value}' staat niet, of niet meer, in de afspraken van de organisatie, en hier staat er maar "
    "een deel van. Wis het hier, of zet erbij wat iets nieuws nodig heeft: {missing}.{hint}",
    "verkeerde-soort": "Bij '{word}' hoort {wanted}, maar er staat {found}.{told}",
    "geen-keuze": "'{value}' kan hier niet. Kies uit: {allowed}.{hint}",
    "keuze-weg-maar-gebruikt": "De keuze '{value}' is hier weg, maar {where} vraagt ernaar. Laat de lijst zoals ze is, "
    "en schrijf: {word}: [{value}].",
    "keuze-nooit-aangeboden": "De keuze '{value}' kan hier niemand ooit maken: {reason}. {what}",
    "keuze-kring": "Wat men hier kan kiezen, hangt af van zichzelf: {chain}. Laat een van deze keuzes niet van de "
    "andere afhangen: wis daar '{word}'.",
    "voorstel-niet-aangeboden": "'{value}' staat er al voor iemand iets antwoordt, en dan is die keuze er niet: ze "
    "hangt af van {fields}. Kies een keuze zonder '{word}', of wis dit.",
    "soms-geen-keuze": "Bij '{value}' is er soms niets te kiezen: als {clause}. Geef dan ook een keuze, of vraag het "
    "veld dan niet, met '{show}'.",
    "geen-keuze-over": "Zo blijft er geen keuze over. Laat er een staan, of wis het veld.",
    "ongeldige-naam": "'{value}' is hier geen goede naam. Gebruik {wanted}.{hint}",
    "ongeldige-duur": "'{value}' is geen termijn. Schrijf een getal en een eenheid, zoals 5 werkdagen of "
    "30 kalenderdagen.{hint}",
    "ongeldige-herinnering": "'{value}' is geen herinnering. Schrijf bijvoorbeeld: 3 werkdagen vooraf.{hint}",
    "ongeldige-datum": "'{value}' {told}",
    "ongeldige-dag": "'{value}' is hier geen dag. Schrijf een datum, een veld, of bijvoorbeeld: 1 jaar voor "
    "ontvangstdatum.{hint}",
    "ongeldig-uur": "'{value}' is geen uur. Schrijf bijvoorbeeld 17:00.",
    "ongeldig-adres": "'{value}' is geen e-mailadres. Schrijf bijvoorbeeld klachten@voorbeeld.be.",
    "kleur-onleesbaar": "'{value}' is geen kleur die men kan lezen. Schrijf ze als #0b5c62, donker genoeg voor witte "
    "letters.{hint}",
    "logo-past-niet": "'{value}' kan geen logo zijn. Kies een png, jpg of webp van hoogstens 64 kB, in de map van de "
    "organisatie.",
    "geen-https": "'{value}' is geen adres van een website. Schrijf het voluit, zoals https://www.weer.example.",
    "onbekende-tijdzone": "De tijdzone '{value}' kennen wij niet. Schrijf bijvoorbeeld Europe/Brussels.{hint}",
    "onveilig-patroon": "Dit patroon kan niet: {reason}.{hint}",
    "masker-als-patroon": "Alleen een antwoord waarin letterlijk '{value}' staat, past bij dit patroon. Bedoelt u "
    'zoveel letters en cijfers, schrijf dan: "{right}"',
    "ongeldig-nummerpatroon": "'{value}' is geen patroon voor nummers. Gebruik {{afdeling}}, {{jaar}} en precies een "
    "keer {{volgnummer:4}}.",
    "nummers-van-een-ander": "Dossiers krijgen zo dezelfde nummers als die van {other}, zoals {number}. Kies een "
    "andere code, of een ander patroon bij nummering.",
    "onbekende-plaats": "'{value}' kunnen wij in deze brief niet invullen. Kies uit: {places}.{hint}",
    "plaats-soms-leeg": "{{{value}}} is nog niet altijd ingevuld wanneer deze brief geschreven wordt. Zet deze zin "
    "in een eigen stuk met 'als: {{{value}: {{ingevuld: ja}}}}', of maak het veld verplicht voor die mijlpaal.",
    "mail-verraadt": "Deze zin staat alleen in de mail door een antwoord in het dossier, en verraadt dat zo. Wis "
    "'{word}': in een mail die vanzelf vertrekt, komt niets uit het dossier.",
    "geen-lijst": "'{value}' is geen lijst met rijen. {wanted}.",
    "te-weinig": "Bij '{word}' staat nog te weinig: minstens {limit} is nodig. Vul aan.",
    "te-lang": "Wat bij '{word}' staat, is te lang. Gebruik hoogstens {limit} tekens.",
    "te-klein-of-te-groot": "'{value}' kan hier niet. Geef een getal van {wanted}.",
    "dubbel-in-lijst": "'{value}' staat twee keer bij '{word}'. Houd er een.",
    "een-gevolg": "Elk streepje zegt precies een ding, zoals vereis, blokkeer, verwittig, toon, zet of plicht. "
    "Zet elk ding op een eigen regel met een streepje.",
    "past-niet-bij-gevolg": "'{word}' hoort niet bij '{effect}'. Wis het, of zet het op een eigen regel met een "
    "streepje.",
    "andere-dossiers-te-merken": "Deze regel kijkt naar andere dossiers, en dan kan '{word}' niet: wie die "
    "dossiers niet mag kennen, zou het in lijsten en termijnen merken. Laat iemand het in een veld bevestigen, en "
    "schrijf '{word}' in een regel over dat veld.",
    "ongeldige-berekening": "'{value}' is geen som. Schrijf twee velden, of een veld en een getal, met spaties en "
    "+, - of x ertussen, zoals ernst x herhaalkans.",
    "tabel-onvolledig": "Geen enkele rij van deze tabel past bij: {cases}. Zet er rijen bij, of zeg met 'anders' wat "
    "dan geldt.",
    "rij-beslist-nooit": "Rij {number} beslist nooit iets, want een rij erboven past altijd eerder. Wis de rij, of zet "
    "haar hoger.",
    "twee-waarden": "Dit kan samen gelden met '{other}', en zegt dan iets anders: {first} tegenover {second}. Maak de "
    "voorwaarden zo dat er maar een kan gelden.",
    "waarde-kring": "Deze velden krijgen hun waarde elk uit een ander, in een kring: {chain}. Laat er een weg.",
    # What belongs together
    "verwijst-naar-niets": "{what} '{value}' bestaat niet{where}.{hint}",
    "vervalt-maar-gebruikt": "'{value}' vervalt hier, maar is nog nodig in {where}. Pas dat eerst aan.",
    "vervalt-onbekend": "'{value}' kan niet vervallen, want het bestaat niet in de organisatie.{hint}",
    "afdeling-niet-genoemd": "De afdeling '{value}' staat niet in de lijst 'afdelingen' van organisatie.yaml, "
    "en doet dus niet mee. Zet haar in de lijst, of wis dit bestand.",
    "formulier-verwijzing": "Bij $ref kan '{value}' niet: {reason}.{hint}",
    "voorwaarde-klopt-niet": "Deze voorwaarde kan niet: {reason}.{hint}",
    "kan-nooit": "Het kan nooit dat {clause}. Pas de voorwaarde aan, of wis wat ervan afhangt.",
    "klopt-ook-leeg": "Deze voorwaarde klopt ook zolang bij {fields} niets ingevuld is, dus al in een dossier waarin "
    "nog niets staat. Bedoelt u alleen wie iets anders antwoordde, schrijf dan {value}: {{geen-van: [...]}} of "
    "{{is-niet: ...}}. Is leeg ook goed, zeg dat dan: zet ze met {value}: {{ingevuld: nee}} onder 'een van'.",
    "klopt-altijd": "Deze voorwaarde klopt altijd{so}. Pas ze aan, of wis ze.",
    "fase-meteen-klaar": "De fase '{value}' is al klaar als ze opent: '{milestone}' is er dan altijd, want ze opent na "
    "'{opens}'. Kies een mijlpaal die later komt.",
    "veld-vast-voor-open": "Niemand kan '{value}' ooit invullen: het is vast na '{milestone}', en de fase opent pas na "
    "'{opens}'. Kies een mijlpaal die later komt.",
    "cijfer-telt-terug": "De tabel '{value}' telt terug: '{until}' komt altijd voor '{starts}', of is dezelfde "
    "mijlpaal. Wissel ze, of kies andere.",
    "cijfer-altijd-leeg": "In de tabel '{value}' staat nooit iets: waar haar voorwaarde klopt, is '{name}' er "
    "nooit. Pas een van beide aan.",
    "klopt-nooit-samen": "Deze voorwaarde klopt nooit waar {beside} klopt{so}. Pas een van beide aan, of wis ze.",
    "waarde-past-niet": "'{value}' past niet bij het veld '{field}'. Kijk na wat in dat veld mag staan.",
    "formulier-niet-te-versturen": "Niemand kan het formulier '{form}' versturen als hij {filled}. Dan staat er: {why} "
    "Toon dat veld dan ook, of zorg dat het niet nodig is.",
    "voorbeeld-faalt": "Het voorbeeld '{case}' komt niet uit: {about} {expected}, maar het wordt {actual}. "
    "Pas de afspraak aan, of het voorbeeld.",
    "voorbeelden-botsen": "Het voorbeeld '{case}' verwacht {expected}, maar met dezelfde antwoorden verwacht '{other}' "
    "{first}. Maak ze gelijk, of stel een vraag die hen onderscheidt.",
    "antwoord-ontbreekt": "Het voorbeeld '{case}' geeft geen antwoord op de vraag '{value}', en die wordt wel gesteld. "
    "Zet het antwoord erbij.",
    "antwoord-te-veel": "Het voorbeeld '{case}' antwoordt op '{value}', maar dat wordt niet gevraagd: '{first}' "
    "besliste al. Wis dat antwoord.",
    "antwoorden-zonder-uitkomst": "Met deze antwoorden weet niemand wat het bericht is: {answers}. Zet onder de vragen "
    "'anders' met de soort die het dan is.",
    "vraag-nooit-gesteld": "De vraag '{value}' wordt nooit gesteld, want '{first}' beslist altijd. Zet ze ervoor, "
    "of wis ze.",
    "soort-zonder-weg": "Geen enkele vraag leidt naar de soort '{value}'. Zet ze bij een antwoord, of laat ze weg.",
    "uitkomst-zonder-voorbeeld": "Geen enkel voorbeeld toont {what} ({kind}). Zet er een bij, dan merkt u het als dit "
    "verandert.",
    "motor-wijkt-af": "Bij het voorbeeld '{case}' geven de regelmotor en de uitleg niet hetzelfde. Publiceren kan "
    "niet; meld dit aan de makers van Gehoor.",
    "dubbel-in-bestanden": "'{value}' staat ook in {first}. Houd er een, of geef dit een andere naam.",
    "veld-zonder-soort": "Wij weten niet wat in het veld '{value}' komt. Zet er type bij, en een keuzelijst als het "
    "een keuze is.",
    "woord-zegt-hier-niets": "'{word}' zegt niets bij {kind}, en wordt overgeslagen. {told}",
    "keuze-zonder-waarde": "'{value}' is geen keuze. Wie niets kiest, laat het veld leeg. Wis het hier.",
    "ruimer-dan-verwijzing": "Wat bij '{word}' staat ({value}), is ruimer dan waar $ref naar verwijst. Daar staat: "
    "{taken}. Het strengste telt. Wis dit, of pas het daar aan.",
    "woorden-spreken-elkaar-tegen": "Zo kan niemand dit invullen: {reason}. Pas een van beide aan.",
    "niet-in-een-rij": "'{value}' kan niet in een rij staan: {reason}.",
    "veld-niet-in-dossier": "Het veld '{value}' staat in dit formulier, maar niet in het dossier. Wat iemand invult, "
    "gaat dan verloren. Zet het veld ook in het dossier.",
    "veld-anders-dan-dossier": "In het veld '{value}' komt hier iets anders dan in het dossier. Maak beide gelijk.",
    "woord-zonder-gevolg": "'{word}' bij '{value}' doet hier niets: wat in het dossier staat, geldt. Schrijf het in "
    "het dossier, of wis het hier.",
    "verplicht-zonder-gevolg": "'{word}' bij '{value}' doet hier niets. Moet men dit invullen om te versturen? Wis "
    "het, en zet bovenaan dit formulier: required: [{value}].",
    "niet-in-dit-bestand": "'{word}' doet hier niets. Zet het in {where}.",
    "veld-op-onbekend-formulier": "Het formulier '{value}' bestaat niet. Kies een formulier dat er is, of maak het: "
    "in het dossier, bij 'ook-als', met een titel.{hint}",
    "soort-zonder-keuze": "De soort '{value}' staat niet in de keuzelijst voor de soort bericht. Zet haar erbij.",
    "mijlpaal-zonder-datum": "'{value}' past hier niet. Kies {wanted}.",
    "vul-in-kan-niet": "Hier kan Gehoor '{value}' niet invullen: {reason}.",
    "vul-in-kring": "Wat Gehoor hier invult als het te laat is, kan blijven rondgaan: {chain}. Laat een van deze "
    "termijnen het niet weer openen.",
    "termijn-kring": "Deze termijnen beginnen na elkaar in een kring: {chain}. Laat er een beginnen bij een mijlpaal.",
    "samenhang-veld-past-niet": "'{value}' past hier niet. Kies {wanted}.",
    "termijn-veld-past-niet": "'{value}' past hier niet. Kies {wanted}.",
    "taak-veld-past-niet": "'{value}' past hier niet. Kies {wanted}.",
    "taak-verraadt": "Of '{value}' gevraagd wordt, hangt af van '{other}', dat wie de taak heeft niet ziet. Zet "
    "'{other}' bij 'toont', of laat '{value}' hier weg.",
    "taak-brief-noemt-dossier": "De brief '{value}' gaat naar wie een taak heeft, en noemt het nummer van het dossier. "
    "Wis {{nummer}}: wie een taak heeft, mag het dossier misschien niet kennen.",
    "termijn-woorden-samen": "'{word}' en '{other}' gaan in een termijn niet samen: {reason}. Wis een van beide.",
    "termijn-kan-niet": "De termijn '{value}' kan zo niet geteld worden. Een termijn in uren verschuift niet, "
    "kent geen uiterste uur en begint op eender welke dag.",
    "termijn-zonder-uur": "De termijn '{value}' telt uren, en van de mijlpaal '{milestone}' is alleen de dag bekend. "
    "Zet bij die mijlpaal ook 'uur', in {file}.",
    "stilstand-klopt-niet": "De kalender '{value}' {reason}. Zet bij 'gesloten' van die kalender de dagen waarop de "
    "termijn stilstaat.",
    "begindag-klopt-niet": "De kalender '{value}' {reason}. Geef die kalender de dagen waarop de termijn kan "
    "beginnen, zoals 'werkdagen: [di, do]'.",
    "verlenging-klopt-niet": "De termijn '{value}' kan zo niet verlengd worden: {reason}. Pas een van beide aan.",
    "termijn-van-nul": "De termijn '{value}' is voorbij op de dag dat hij begint. Bedoelt u meer tijd? Geef een getal "
    "vanaf 1. Is het zo bedoeld, dan mag dit blijven staan.",
    "herinnering-te-vroeg": "De herinnering '{value} vooraf' komt al als de termijn van {within} begint, of "
    "nog eerder. Kies een kortere, of haal ze weg.",
    "termijn-loopt-nooit": "De termijn '{value}' loopt nooit: {reason}. Kies een andere mijlpaal.",
    "uiterste-dag-eerder": "'{word}' verandert hier nooit iets: met '{limit}' is de termijn '{value}' dan altijd al "
    "voorbij. Pas een van beide aan.",
    "niemand-verwittigd": "Niemand krijgt bericht als de termijn '{value}' te laat is. Zet 'te-laat' erbij.",
    "bijzondere-gegevens-voor-iedereen": "Wat in '{value}' staat, is bijzonder, en iedereen die hier werkt ziet het. "
    "Zet erbij wie het ziet: 'zichtbaar-voor'.",
    "bewaring-zonder-datum": "Vanaf '{value}' kan de bewaring niet tellen. Kies een veld met een datum.",
    "bewaring-in-uren": "De bewaartermijn '{value}' kan niet in uren. Schrijf bijvoorbeeld 5 jaar.",
    "bewaring-niet-voor-elk-dossier": "Een dossier waarop geen voorwaarde past, blijft zo voor altijd bewaard. "
    "Zet er een bewaartermijn bij zonder 'als', die begint bij de mijlpaal die het dossier sluit.",
    "bewaring-zonder-goedkeuring": "Niemand kan goedkeuren dat een dossier geanonimiseerd wordt, dus blijft "
    "alles bewaard. Zet bij 'rechten' wie dat mag: 'bewaring-goedkeuren'.",
    "sluitingsdag-klopt-niet": "Geef bij een sluitingsdag ofwel 'dag', ofwel 'van' en 'tot-en-met', in die volgorde.",
    "ruimer-dan-de-wet": "De termijn '{value}' is ruimer dan de eis '{demand}': {reason}. {status}",
    "wet-vraagt-meer": "De eis '{demand}' vraagt meer: {reason}. {status}",
    "nog-aan-te-vullen": "Hier staat nog '{value}'. Schrijf wat u afspreekt, of haal dit weg.",
    "nog-niet-afgesproken": "Over {demand} is nog niets afgesproken. {explanation} Is dat bij u niet nodig, zeg "
    "dan waarom: afgezien-van: {{{value}: ...}}.",
    "toch-afgesproken": "Over '{value}' is wel iets afgesproken. Wis dit.",
    "betekenis-ontbreekt": "Geen enkel veld van het dossier heeft de betekenis '{value}'. Zet die bij het juiste veld.",
    "betekenis-dubbel": "De betekenis '{value}' staat bij meer dan een veld: {fields}. Houd er een.",
    "betekenis-zonder-mensen": "De betekenis '{value}' past niet bij het veld '{field}': zij hoort bij een veld met "
    "'weergave: medewerkers'. Pas een van beide aan.",
    "betekenis-op-ander-veld": "De betekenis '{value}' kan in het veld '{field}' niet gelezen worden: zij hoort bij "
    "{kinds}. Pas een van beide aan.",
    "iemand-anders-zonder-mensen": "'{field}' en '{value}' moeten twee velden met 'weergave: medewerkers' zijn. Pas "
    "een van beide aan.",
    "medewerkers-buiten": "Het veld '{value}' toont wie hier werkt, en hoort dus niet in een formulier voor mensen van "
    "buiten. Vraag het alleen in het dossier.",
    "recht-ontbreekt": "Bij '{word}' staat niet wie dit mag: {missing}. Zet elk erbij, met de rollen, '{everyone}' of "
    "'{nobody}'.",
    "nood-zonder-afspraak": "Bij '{action}' mag iemand in nood een dossier openen, maar nergens staat voor hoe lang. "
    "Zet '{word}' erbij.",
    "behandelaars-van-niemand": "Met '{word}' behandelen meer mensen een dossier, maar bij '{action}' mag niemand "
    "het hun geven. Zet daar rollen, of wis '{word}'.",
    "niveau-zonder-antwoord": "Het niveau '{value}' is bij geen veld met de betekenis 'vertrouwelijkheid' te kiezen. "
    "Geef het de code van een keuze daar, of wis het.{hint}",
    "antwoord-zonder-niveau": "Bij 'vertrouwelijkheid' staat niet voor wie een dossier bestaat als '{field}' '{value}' "
    "is. Zet dat niveau erbij.",
    "vertrouwelijkheid-zonder-keuzes": "De betekenis 'vertrouwelijkheid' hoort bij een veld met een keuze, en "
    "dat is '{field}' niet. Pas een van beide aan.",
    "eigen-vervanger": "De rol '{value}' kan niet de vervanger van zichzelf zijn. Kies een andere rol.",
    "rol-zonder-dossiers": "Voor de rol '{value}' bestaan geen dossiers, dus kan ze dit niet. Kies een andere rol, of "
    "wis 'dossiers: nee' bij '{value}'.",
    "kring": "Deze velden staan elk na een ander, in een kring: {chain}. Wis er een 'na'.",
    "onbereikbare-fase": "De fase '{value}' gaat nooit open: de mijlpaal '{milestone}' is pas te bereiken in een fase "
    "die zelf nog niet open is. Kies een andere mijlpaal.",
    "veld-nooit-gevraagd": "Het veld '{value}' wordt nooit gevraagd: wat bij het veld staat, gaat niet samen met zijn "
    "fase of met de regels die het tonen of verbergen. Pas een van beide aan.",
    "mijlpaal-onbereikbaar": "De mijlpaal '{value}' is nooit te bereiken, want het veld '{field}' wordt nooit "
    "gevraagd. Kies een ander veld, of pas aan wanneer dat veld gevraagd wordt.",
    "fase-nooit-klaar": "De fase '{value}' raakt nooit klaar: als zij er is, wordt het veld '{field}' van de mijlpaal "
    "'{milestone}' niet gevraagd. Kies een andere mijlpaal bij 'klaar-bij'.",
    "fase-nooit-open": "De fase '{value}' gaat nooit open: als zij er is, wordt het veld '{field}' van de mijlpaal "
    "'{milestone}' niet gevraagd. Kies een andere mijlpaal bij 'opent-na'.",
    "wijzigen-zonder-zien": "De rol '{role}' mag het veld '{value}' wijzigen, maar ziet het niet. Zet de rol ook bij "
    "'zichtbaar-voor', of haal ze weg bij 'wijzigbaar-door'.",
    "niet-voor-wie-registreert": "Zonder het veld '{value}' kan niemand registreren, maar hier mag niet iedereen het "
    "invullen. Wis dit, of maak het veld niet verplicht bij het openen.",
    "taal-niet-van-ons": "De taal '{value}' staat niet bij 'talen' in organisatie.yaml. Zet ze erbij, of wis deze "
    "vertaling.{hint}",
    "vertaling-onvolledig": "In de taal '{value}' {missing}: {named}. Zet de vertaling erbij onder 'vertalingen', "
    "want wie die taal kiest, leest dit nu in de eerste taal.",
    "veld-in-twee-stappen": "Het veld '{value}' staat al in stap {first}, en hier in stap {number} nog eens. Wis het "
    "in een van beide.",
    "veld-in-geen-stap": "Niemand vraagt {named}, want dat staat in geen enkele stap. Zet het bij 'velden' van een "
    "stap, of wis 'stappen'.",
    "dossier-zonder-stappen": "Het dossier heeft fasen, geen stappen. Wis 'stappen' hier; ze horen in een formulier "
    "voor de website.",
    "vereist-te-vroeg": "Het veld '{value}' moet ingevuld zijn voor '{milestone}', maar zijn fase '{phase}' gaat pas "
    "daarna open. Kies een latere mijlpaal, of zet het veld in een vroegere fase.",
    "termijn-begint-nooit": "De termijn '{value}' begint nooit: als hij geldt, wordt het veld '{field}' niet gevraagd. "
    "Pas aan wanneer de termijn geldt, of laat hem bij iets anders beginnen.",
    "termijn-nooit-klaar": "De termijn '{value}' kan nooit gedaan zijn: als hij geldt, wordt het veld '{field}' niet "
    "gevraagd. Pas aan wanneer de termijn geldt, of kies een andere mijlpaal.",
    "vereist-maar-nooit-gevraagd": "Als deze regel geldt, wordt het veld '{value}' niet gevraagd, en dan is het ook "
    "niet verplicht. Pas de voorwaarde aan, of wis deze plicht.",
}
"""Code -> the sentence, with places for the details of a problem."""

_TYPED = {
    "value": 80,
    "word": 80,
    "key": 80,
    "found": 80,
    "language": 80,
    "tag": 80,
    "said": 80,
    "right": 160,
}
"""The details that were typed in a file, and may be long or go over lines; and how many signs of each are shown."""


def sentence(problem: Problem) -> str:
    """Return the sentence of a problem."""
    details = {
        key: _shown(value, _TYPED[key]) if key in _TYPED else value for key, value in problem.details.items()
    }
    return SENTENCES[problem.code].format(**{"hint": "", "where": "", "told": "", **details})


def line(problem: Problem) -> str:
    """Return a problem as one line: ``file:line:column  CODE  sentence``."""
    return f"{problem.place}  {problem.code}  {sentence(problem)}"


def _shown(value: Any, most: int) -> str:
    text = " ".join((("ja" if value else "nee") if isinstance(value, bool) else str(value)).split())
    return text if len(text) <= most else f"{text[: most - 3]}..."
