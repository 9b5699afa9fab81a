"""What a field is for: its phase, what Gehoor uses it for or fills in, and which personal data it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.forms.fields import Field
from gehoor.core.forms.form import Form
from gehoor.core.wording.chapters import Sentence
from gehoor.core.wording.nl.agreement.phrases import joined, role
from gehoor.core.wording.nl.formats import quoted

MEANINGS: Final[Mapping[str, str]] = {
    "received-on": "de dag van ontvangst",
    "received-time": "het uur van ontvangst",
    "carrier": "de weg waarlangs het bericht kwam",
    "anonymous": "de keuze om anoniem te blijven",
    "follow-up-code": "of er een code is om te volgen",
    "message-kind": "de soort bericht",
    "story": "het verhaal",
    "subject": "het onderwerp",
    "danger": "of er gevaar is",
    "severity": "hoe ernstig het is",
    "judgement": "het oordeel",
    "complainant.name": "de naam van wie het bericht gaf",
    "complainant.first-name": "de voornaam van wie het bericht gaf",
    "complainant.email": "het e-mailadres van wie het bericht gaf",
    "complainant.phone": "het telefoonnummer van wie het bericht gaf",
    "complainant.address": "het adres van wie het bericht gaf",
    "accused": "over welke medewerkers het gaat. Voor hen bestaat het dossier niet",
    "conflicted": "wie er te dicht bij staat. Voor hen bestaat het dossier niet",
    "confidentiality": "hoe vertrouwelijk het dossier is",
    "language": "in welke taal wij schrijven",
    "retention-hold": "waarom het dossier voorlopig niet geanonimiseerd wordt",
    "shielded": "of wie het bericht gaf afgeschermd blijft van wie het gaat",
    "read-back-on": "op welke dag wie belde, zei dat het juist genoteerd is",
    "wish": "wat wie het bericht gaf wil dat ervan komt",
    "findings": "wat het onderzoek uitwees",
    "redress": "hoe het goedgemaakt wordt voor wie klaagde",
    "prevention": "wat gedaan wordt om herhaling te voorkomen",
    "satisfaction": "of wie klaagde tevreden is over de afhandeling",
}
_PERSONAL: Final[Mapping[str, str]] = {
    "P0": "geen",
    "P1": "gewone, zoals een naam",
    "P2": "gevoelige",
    "P3": "bijzondere, zoals over gezondheid",
    "P4": "strafrechtelijke",
    "PX": "vrije tekst, daar kan alles in staan",
}
_PARTIES: Final[Mapping[str, str]] = {
    "complainant": "alleen voor wie het bericht gaf",
    "accused": "alleen voor de medewerker over wie het gaat",
    "both": "voor wie het bericht gaf en voor de medewerker over wie het gaat",
    "nobody": "voor geen van beiden",
}
_AUTOMATIC: Final[Mapping[str, str]] = {
    "today": "de dag van vandaag",
    "time-of-day": "het uur van dit moment",
    "user": "wie aangemeld is",
}


def uses(agreement: Agreement, form: Form, of: Field) -> Iterable[Sentence]:
    """Say what a field is for, and what becomes of its answer."""
    if of.phase:
        phase = agreement.phases.get(of.phase)
        yield Sentence("phase", f"Dit hoort bij de fase {quoted(phase.name if phase else of.phase)}.")
    if of.at_opening:
        yield Sentence("at-opening", "Wij vragen dit al bij het openen van een dossier.")
    if form.id == DOSSIER_FORM:
        yield from _access(agreement, of)
        yield from _by_handler(of)
    if of.automatic:
        filled = _AUTOMATIC.get(of.automatic, of.automatic)
        yield Sentence("automatic", f"Gehoor vult dit zelf in: {filled}.")
    if of.read_only:
        yield Sentence("readOnly", "Niemand kan dit zelf invullen of wijzigen.")
    if of.meaning:
        yield Sentence("meaning", f"Gehoor leest hier: {MEANINGS.get(of.meaning, of.meaning)}.")
    if of.personal_data:
        yield Sentence("personal-data", f"Persoonsgegevens: {personal(of)}.")
    yield from privacy(of)


def privacy(of: Field, key: str = "", name: str = "Het antwoord") -> Iterable[Sentence]:
    """Say what the file itself says of an answer when the dossier is anonymised, and for whom it is."""
    if of.when_anonymised:
        does = "blijft" if of.when_anonymised == "stays" else "gaat weg"
        yield Sentence(f"{key}when-anonymised", f"{name} {does} als het dossier geanonimiseerd wordt.")
    if of.searched is not None:
        found = "wel" if of.searched else "niet"
        told = f"Wie zoekt, vindt het dossier {found} met {name[0].lower()}{name[1:]}."
        yield Sentence(f"{key}searched", told)
    if of.names_people:
        told = f"{name} noemt mensen: staat zo'n naam in een brief, dan zeggen wij het voor hij weggaat."
        yield Sentence(f"{key}names-people", told)
    if of.disclosed_to:
        yield Sentence(
            f"{key}disclosed-to",
            f"Vraagt iemand inzage, dan is {name[0].lower()}{name[1:]} {_PARTIES[of.disclosed_to]}.",
        )


def _access(agreement: Agreement, of: Field) -> Iterable[Sentence]:
    """Say who sees a field of the dossier and who changes it, when that is not everyone."""
    for key, roles, does, do in (
        ("seen-by", of.seen_by, "ziet", "zien"),
        ("edited-by", of.edited_by, "wijzigt", "wijzigen"),
    ):
        if roles:
            named = joined([role(agreement, one) for one in roles])
            yield Sentence(key, f"Alleen {named} {does if len(roles) == 1 else do} dit.")


def _by_handler(of: Field) -> Iterable[Sentence]:
    if of.handler_only:
        yield Sentence("handler-only", "Behandelt iemand het dossier, dan wijzigt alleen die dit.")


def personal(of: Field) -> str:
    """Say which personal data a field holds."""
    return f"{_PERSONAL.get(of.personal_data, 'onbekend')} ({of.personal_data})"
