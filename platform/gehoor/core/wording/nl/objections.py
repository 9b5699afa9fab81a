"""What an objection says, in Dutch: what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from gehoor.core.decision.objections import Objection
from gehoor.core.forms.fields import Field
from gehoor.core.text.dates import show_date

SENTENCES = {
    "required": "Vul {label} in.",
    "required-choice": "Kies een antwoord bij {label}.",
    "required-before": "Vul dit in: het is nodig voor \u201c{milestone}\u201d.{because}",
    "blocked": "\u201c{milestone}\u201d kan nog niet. {because}",
    "duty-owed": "\u201c{milestone}\u201d kan nog niet: \u201c{duty}\u201d moet eerst gedaan zijn. {because}",
    "approval-needed": "\u201c{milestone}\u201d kan nog niet. Eerst keurt iemand met de rol {role} dit goed. {because}",
    "approval-lapsed": "\u201c{milestone}\u201d kan nog niet: na de goedkeuring is er iets gewijzigd. Vraag opnieuw "
    "goedkeuring aan: {role}. {because}",
    "no-such-duty": "Deze plicht is er niet, of is al afgehandeld.",
    "no-such-approval": "Hier valt nu niets goed te keuren.",
    "approve-role": "Goedkeuren kan alleen wie deze rol heeft: {role}.",
    "approve-own": "U hebt hier zelf aan gewerkt. Iemand anders keurt dit goed.",
    "at-least-one": "{refusal}",
    "unreadable-date": "Schrijf een datum, bijvoorbeeld 27-03-2026.",
    "unreadable-time": "Schrijf een uur, bijvoorbeeld 17:30.",
    "unreadable-instant": "Schrijf een datum en een uur.",
    "unreadable-integer": "Schrijf een geheel getal, zonder komma.",
    "unreadable-decimal": "Schrijf een getal, bijvoorbeeld 12,50.",
    "unreadable-boolean": "Kies ja of nee.",
    "unreadable": "Dit kunnen wij niet lezen. Vul het opnieuw in.",
    "form-minLength": "Schrijf wat meer: minstens {bound} tekens.",
    "form-maxLength": "Dit is te lang: hoogstens {bound} tekens.",
    "form-minimum": "Het kleinste getal is {bound}.",
    "form-maximum": "Het grootste getal is {bound}.",
    "form-multipleOf": "Schrijf hoogstens twee cijfers na de komma.",
    "form-minItems": "Kies er minstens {bound}.",
    "form-maxItems": "Kies er hoogstens {bound}.",
    "form-minItems-groups": "Vul er minstens {bound} in.",
    "form-maxItems-groups": "Dit zijn er te veel: hoogstens {bound}.",
    "form-uniqueItems-groups": "Hier staat twee keer hetzelfde. Wis er een.",
    "form-minItems-attachments": "Voeg minstens {bound} bestanden toe.",
    "form-maxItems-attachments": "Dit zijn er te veel: hoogstens {bound} bestanden.",
    "unreadable-attachments": "Bestanden kunnen alleen op een pagina van Gehoor toegevoegd worden.",
    "file-unknown": "Een van deze bestanden hebben wij niet meer. Voeg het opnieuw toe.",
    "file-kind": "Het bestand \u201c{file}\u201d kan niet. Wij aanvaarden: {kinds}.",
    "file-differs": "Het bestand \u201c{file}\u201d is iets anders dan zijn naam zegt. Bewaar het opnieuw als {kinds}.",
    "file-empty": "Het bestand \u201c{file}\u201d is leeg. Kies het opnieuw.",
    "file-too-large": "Het bestand \u201c{file}\u201d is te groot: hoogstens {bound}.",
    "files-too-large": "Samen zijn deze bestanden te groot: hoogstens {bound}. \u201c{file}\u201d namen wij niet aan.",
    "files-too-many": "Dit zijn er te veel: hoogstens {bound} bestanden. Wij stopten bij \u201c{file}\u201d.",
    "file-uncleanable": "Uit de foto \u201c{file}\u201d kunnen wij de verborgen gegevens (zoals de plaats) niet halen. "
    "Maak er een schermafdruk van en kies die.",
    "file-not-kept": "Wij kunnen \u201c{file}\u201d nu niet bijhouden. Kies het opnieuw als al het andere klopt.",
    "form-required": "Vul {label} in.",
    "form-format-email": "Schrijf een volledig e-mailadres, bijvoorbeeld naam@voorbeeld.be.",
    "form-pattern-phone": "Schrijf een telefoonnummer met cijfers, bijvoorbeeld 0470 12 34 56.",
    "form-choice": "Kies een van de antwoorden uit de lijst.",
    "form-unknown": "Dit veld hoort niet bij dit formulier.",
    "unknown-person": "Kies alleen mensen die hier werken. Wij kennen niet: {people}.",
    "retired": "Dit antwoord wordt niet meer gebruikt. Kies een ander.",
    "in-future": "Deze datum ligt in de toekomst. Vul in wanneer het gebeurd is.",
    "before-receipt": "Deze datum ligt voor de ontvangst op {received}.",
    "impossible-date": "Met deze datum kunnen wij niet rekenen. Kijk het jaar na.",
    "fixed": "Dit staat vast en kan niet meer gewijzigd worden.",
    "not-yours": "Dit is niet aan u. Alleen wie deze rol heeft, vult dit in: {roles}.",
    "phase-closed": "De fase {phase} is nog niet open: eerst \u201c{milestone}\u201d.",
    "term-not-running": "Deze termijn loopt niet, of is al gedaan.",
    "suspend-not-allowed": "De termijn \u201c{term}\u201d mag volgens de afspraken niet opgeschort worden.",
    "suspend-reason": "Kies een reden die is afgesproken: {reasons}.",
    "already-suspended": "Deze termijn staat al stil.",
    "not-suspended": "Deze termijn staat niet stil.",
    "day-cannot-be": "Deze dag kan niet: kies vandaag of een dag ervoor, na de vorige opschorting.",
    "extend-not-allowed": "De termijn \u201c{term}\u201d mag volgens de afspraken niet verlengd worden.",
    "extend-too-late": "De termijn is al verstreken. Verlengen kan alleen ervoor.",
    "extend-told": "Vul in wanneer u dit gemeld hebt aan: {parties}. Dat gebeurt voor de termijn verstrijkt.",
    "extend-too-often": "Deze termijn is al zo vaak verlengd als mag ({number} keer).",
    "extend-consent": "Nog langer kan alleen als de klager ermee instemt. Vul in wanneer dat was.",
    "reason-needed": "Geef een reden.",
    "not-closed": "Dit dossier is niet afgesloten.",
    "assign-closed": "Dit dossier is afgesloten. Heropen het eerst.",
    "assign-not-yours": "Volgens de afspraken wijst u geen dossiers toe. Vraag het aan wie dat wel doet.",
    "assign-cannot": "Dit dossier kan niet naar deze persoon. Kies iemand uit de lijst.",
    "assign-changed": "Intussen is dit dossier van {who}. Kijk na of u het nog wilt wijzigen.",
    "assign-unknown": "Dit dossier bestaat niet.",
    "repin-closed": "Dit dossier is afgesloten. Alleen wat loopt, kan onder andere afspraken komen.",
    "repin-same": "Dit dossier loopt al onder deze afspraken.",
    "repin-elsewhere": "Dit zijn afspraken van {department}. Kies afspraken van de afdeling van het dossier.",
    "repin-not-yet": "Deze afspraken gaan pas in op {day}.",
    "repin-would-close": "Onder deze afspraken zou het dossier meteen afgesloten zijn.",
    "repin-no-field": "De andere afspraken hebben dit veld niet. Het antwoord zou verloren gaan.",
    "repin-answer": "De andere afspraken aanvaarden dit antwoord niet zoals het er staat.",
    "repin-suspended": "De termijn \u201c{term}\u201d heeft stilgestaan. Volgens de andere afspraken kan dat niet.",
    "repin-extended": "De termijn \u201c{term}\u201d is verlengd. Volgens de andere afspraken kan dat niet.",
    "form": "Dit antwoord past niet bij deze vraag.",
}
"""The sentence of each objection, by its code. What stands in braces is told by the objection itself."""


def place_of(objection: Objection, field: Field | None) -> str:
    """Return how people know the place of an objection: the label of its field, and in a list the row and member."""
    if field is None:
        return objection.field
    member = field.members.get(objection.member)
    parts = [
        field.label,
        f"rij {objection.row}" if objection.row else "",
        member.label if member else objection.member,
    ]
    return ", ".join(part for part in parts if part)


def asked_field(objection: Objection, field: Field | None) -> Field | None:
    """Return what was asked where an objection is: its field, or in a list the member; None when that is not known."""
    return field.members.get(objection.member) if field and objection.member else field


def objection_text(
    objection: Objection,
    label: str = "dit veld",
    *,
    say: Callable[[str], str] = str,
    show: Callable[[date], str] = show_date,
) -> str:
    """Return the sentence of an objection. ``label`` is how people know what was asked; ``say`` gives a sentence in
    the reader's language, ``show`` a date."""
    details = {**objection.details, "label": f"\u201c{label}\u201d"}
    if details.get("because") and objection.code == "required-before":
        details["because"] = f" {details['because']}"
    if isinstance(details.get("received"), date):
        details["received"] = show(details["received"])
    return say(SENTENCES[_code(objection)]).format(**{"because": "", **details})


def _code(objection: Objection) -> str:
    kind = objection.details.get("kind", "")
    if objection.code in ("form-oneOf", "form-enum", "form-items"):
        return "form-choice"
    for code in (f"{objection.code}-{kind}", objection.code):
        if code in SENTENCES:
            return code
    return "unreadable" if objection.code.startswith("unreadable") else "form"
