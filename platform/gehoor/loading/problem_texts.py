"""What a problem says to people, in Dutch: one sentence per code, in one place."""

from __future__ import annotations

from collections.abc import Mapping

from gehoor.core.problems import Problem

SENTENCES: Mapping[str, str] = {
    # Reading a file
    "bestand-ontbreekt": "Dit bestand ontbreekt. {hint}",
    "bestand-te-groot": "Dit bestand is groter dan {limit} KB. Splits het op.",
    "geen-utf8": "Dit bestand is niet als UTF-8 bewaard. Bewaar het in uw tekstverwerker als UTF-8.",
    "verborgen-teken": "Hier staat een onzichtbaar teken ({sign}). Wis de regel en typ hem opnieuw.",
    "geen-verwijzingen": "Verwijzingen met & en * gebruiken wij niet. Schrijf de tekst hier voluit.",
    "te-diep-of-te-veel": "Dit bestand is te diep genest of te lang (hoogstens {depth} niveaus en {count} onderdelen).",
    "tab-als-inspringing": "Deze regel springt in met een tab. Gebruik spaties.",
    "yaml-fout": "Dit kunnen wij niet lezen. Kijk op deze regel en de regel ervoor naar inspringing, haakjes, "
    "aanhalingstekens en dubbele punten.",
    "leeg-bestand": "Dit bestand is leeg of bevat geen sleutelwoorden.",
    "eigen-tag": "Een tag zoals {tag} gebruiken wij niet. Wis ze.",
    "sleutel-geen-tekst": "Een sleutelwoord moet een woord zijn. Staan er accolades die tekst moeten zijn? "
    "Zet ze dan tussen aanhalingstekens.",
    "dubbele-sleutel": "{key!r} staat hier voor de tweede keer; de eerste keer op regel {first}. Wis er een.",
    "onbekende-taal": "De taal {language!r} kennen wij niet voor sleutelwoorden. Kies uit: {known}.",
    # The shape of a file
    "onbekend-sleutelwoord": "{word!r} is hier geen sleutelwoord.{hint}",
    "ontbreekt": "Hier ontbreekt {missing!r}.",
    "verkeerde-soort": "Bij {word!r} hoort {wanted}, maar er staat {found}.",
    "geen-keuze": "{value!r} kan hier niet. Kies uit: {allowed}.{hint}",
    "ongeldige-naam": "{value!r} is geen goede naam. Gebruik {wanted}.",
    "ongeldige-duur": "{value!r} is geen duur. Schrijf een getal en een eenheid, zoals 5 werkdagen of "
    "30 kalenderdagen.{hint}",
    "ongeldige-herinnering": "{value!r} is geen herinnering. Schrijf bijvoorbeeld: 3 werkdagen vooraf.",
    "ongeldige-datum": "{value!r} is geen datum. Schrijf jaar-maand-dag, zoals 2026-03-27.",
    "ongeldig-uur": "{value!r} is geen uur. Schrijf bijvoorbeeld 17:00.",
    "ongeldig-adres": "{value!r} is geen e-mailadres.",
    "onveilig-patroon": "Dit patroon kan niet veilig nagekeken worden. Vermijd vooruit- en terugverwijzingen.",
    "ongeldig-nummerpatroon": "{value!r} is geen patroon voor nummers. Gebruik {{afdeling}}, {{jaar}} en precies een keer "
    "{{volgnummer:4}}.",
    "onbekende-plaats": "In deze brief staat een plaats tussen accolades die wij niet kennen. U kunt kiezen uit: {places}.",
    "te-weinig": "Bij {word!r} horen er minstens {limit}.",
    "te-klein-of-te-groot": "{value!r} valt buiten wat hier mag ({limit}).",
    "dubbel-in-lijst": "In {word!r} staat iets twee keer.",
    "een-gevolg": "Een gevolg zegt precies een ding: vereis, blokkeer, verwittig, toon, verberg of waarschuw.",
    "vorm-klopt-niet": "Wat bij {word!r} staat, klopt niet.",
    # What belongs together
    "verwijst-naar-niets": "{what} {value!r} bestaat niet.{hint}",
    "formulier-verwijzing": "De verwijzing {value!r} kan niet: {reason}.",
    "voorwaarde-klopt-niet": "Deze voorwaarde kan niet: {reason}.",
    "regel-past-niet": "{word!r} is {found}; hier moet {wanted} staan.",
    "voorbeeld-faalt": "Het voorbeeld {case!r} valt anders uit: {expected} verwacht, maar het werd {actual}.",
    "motor-wijkt-af": "Bij het voorbeeld {case!r} geven de regelmotor en de uitleg niet hetzelfde. Publiceren kan niet; "
    "meld dit aan de makers van Gehoor.",
    "dubbel-in-bestanden": "{value!r} staat al in {first}. Een naam hoort in een bestand.",
    "veld-zonder-soort": "Bij het veld {value!r} kunnen wij niet opmaken wat erin komt. Zet er type bij, en een keuzelijst "
    "als het een keuze is.",
    "veld-anders-dan-dossier": "Het veld {value!r} is hier van een andere soort dan in het dossier.",
    "soort-zonder-keuze": "De soort {value!r} staat niet bij de keuzes van het veld voor de soort bericht.",
    "termijn-kan-niet": "De termijn {value!r} kan zo niet geteld worden. Een termijn in uren verschuift niet en kent geen "
    "uiterste uur.",
    "niemand-verwittigd": "Niemand wordt verwittigd wanneer de termijn {value!r} te laat is. Zet te-laat erbij.",
    "veld-niet-in-dossier": "Het veld {value!r} staat in dit formulier, maar niet in het dossier. Wat iemand invult, "
    "zou verloren gaan.",
    "betekenis-ontbreekt": "Geen enkel veld van het dossier heeft de betekenis {value!r}. Zet die bij het juiste veld.",
    "betekenis-dubbel": "De betekenis {value!r} staat bij meer dan een veld: {fields}.",
    "standaard-past-niet": "De standaardwaarde van {value!r} past niet bij het veld.",
    "kring": "Hier ontstaat een kring: {chain}.",
    "onbereikbare-fase": "De fase {value!r} opent na {milestone!r}, maar dat kan pas in een latere fase bereikt worden.",
    "laxer-dan": "{what}",
}
"""Code -> the sentence, with places for the details of a problem."""


def sentence(problem: Problem) -> str:
    """Return the sentence of a problem."""
    template = SENTENCES[problem.code]
    return template.format(**{"hint": "", **problem.details})


def line(problem: Problem) -> str:
    """Return a problem as one line: ``file:line:column CODE sentence``."""
    return f"{problem.place}  {problem.code}  {sentence(problem)}"
