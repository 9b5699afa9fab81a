"""What people write about, in their own words. All of them, and all that happened, is invented."""

from __future__ import annotations

from tests.support.mails.writing import Person, Story

STORIES = (
    Story(
        "bel", Person("Hilde Vandenbroucke", "hilde.vdb@telenet.example"), "Mijn moeder wachtte een uur op hulp",
        ("Beste,", "Mijn moeder zat zondag om 11 uur nog in haar pyjama. Op haar bel kwam een uur lang niemand.",
         "Ik wil weten hoe dat kan."),
        signature="Met vriendelijke groeten\nHilde Vandenbroucke\n0470 00 00 11",
    ),
    Story(
        "soep", Person("André Lefèvre", "andre.lefevre@skynet.example"), "Wéér koude soep op afdeling Eik",
        ("Al de derde keer deze week is de soep koud. Geen enkele keer kreeg ik uitleg; één keer werd er gelachen.",
         "Dat is toch niet normaal voor € 68 per dag?"),
    ),
    Story(
        "lift", Person("Rachid El Amrani", "r.elamrani@gmail.example"), "Lift blok B: derde melding",
        ("Dit is nu de derde keer dat ik meld dat de lift van blok B stuk is.",
         "Vader moet nog altijd de trap op en niemand belt mij terug."),
        signature="Rachid",
    ),
    Story(
        "ring", Person("Lieve De Smet", "lieve.desmet@outlook.example"), "Trouwring van mama",
        ("Dank aan het team voor de warme zorg in de laatste weken van mama.",
         "Alleen jammer dat haar trouwring na haar overlijden niet meer gevonden is. Wie kan mij zeggen waar hij is?"),
    ),
    Story(
        "toon", Person("Zoë Çelik", "zoe@celik.example"), "Hoe er met papa gesproken wordt",
        ("Ik wil zeker geen klacht indienen, maar “K.” snauwt papa elke keer af – en hij durft niets meer te vragen…",),
        signature="Zoë",
    ),
    Story(
        "medicatie", Person("Jan-Willem van 't Hof", "jw.vanthof@xs.example"), "Insuline niet gegeven op 14 januari",
        ("Hierbij dien ik een klacht in: op 14 januari is de insuline van mijn vrouw niet gegeven.",
         "Dat is pas de dag erna hersteld. Graag hoor ik wat u daaraan doet."),
    ),
    Story(
        "toilette", Person("Hélène Dupré", "helene.dupre@voo.example"), "Ma mère n'a pas été lavée",
        ("Bonjour,", "Samedi et dimanche, ma mère n'a pas été lavée. On m'a répondu « on n'a pas le temps ».",
         "Est-ce que c'est ça, le respect que vous promettez ?"), "fr", "Bien à vous,\nHélène Dupré",
    ),
    Story(
        "facture", Person("François Noël", "f.noel@proximus.example"), "Facture d'août : 312,40 € en trop",
        ("Ma facture d'août compte 4 séances de kiné qui n'ont jamais eu lieu.",
         "J'ai déjà téléphoné deux fois. Où en est mon dossier ?"), "fr",
    ),
    Story(
        "chute", Person("Bénédicte Lœuillet", "benedicte@loeuillet.example"), "La chute de mon père",
        ("Mon père est tombé mardi soir. Nous ne l'avons appris que jeudi, par hasard.",
         "Pourquoi personne ne nous a-t-il prévenus ?"), "fr",
    ),
    Story(
        "door", Person("Mary O'Brien", "mary.obrien@mail.example"), "The automatic door closes too fast",
        ("The automatic door at the main entrance closes too quickly. My aunt nearly fell.",
         "Could somebody please look at it before anyone gets hurt?"), "en", "Kind regards\nMary",
    ),
    Story(
        "laundry", Person("Ngozi Adéyẹmí", "ngozi.a@mail.example"), "My mother's clothes keep disappearing",
        ("Three cardigans and a blanket are gone since March. I labelled every piece myself.",), "en",
    ),
    Story(
        "hund", Person("Jürgen Weiß", "juergen.weiss@web.example"), "Besuch am Sonntag nicht möglich",
        ("Am Sonntag standen wir vor verschlossener Tür, obwohl Besuchszeit war. Wir kamen aus Köln.",), "de",
    ),
)  # fmt: skip
