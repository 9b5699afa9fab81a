"""What may go wrong in commands that work on files and registers, in Dutch."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import click

from gehoor.bootstrap import Database, Place, SetupError
from gehoor.cli.support.click_dutch import Failure, OptionProblem
from gehoor.cli.support.options import ZONE, places
from gehoor.core.dossier.events import BrokenChainError
from gehoor.core.wording.registry import DUTCH
from gehoor.services.dossiers.editing import EditConflictError
from gehoor.services.ports.store import DamagedError, StoreUnavailableError
from gehoor.services.register.library import NothingPublishedError

_STORE_REASONS = {
    "the disk is full": "de schijf is vol. Maak er plaats op; gehoor backup naar een andere schijf kan nog",
    "the file is read-only": (
        "het bestand kan niet beschreven worden. Is het van een andere gebruiker, geef het dan aan wie Gehoor draait, "
        "bijvoorbeeld: chown gehoor {file}"
    ),
    "the file may not be opened": (
        "het bestand mag niet geopend worden. Geef het aan wie Gehoor draait, bijvoorbeeld: chown gehoor {file}"
    ),
    "the file cannot be opened": (
        "het bestand kan niet geopend worden. Is het van een andere gebruiker, geef het dan aan wie Gehoor draait, "
        "bijvoorbeeld: chown gehoor {file}"
    ),
    "another writer kept it locked too long": "een ander programma houdt het te lang bezet",
    "the file is damaged": "het bestand is beschadigd",
    "the file is damaged or no register at all": "het bestand is beschadigd, of het is geen register",
    "reading or writing the disk failed": "de schijf antwoordt niet zoals het hoort",
    "it was written by a later Gehoor than this one": (
        "een latere versie van Gehoor schreef het. Zet die versie, of zet een kopie van voordien terug"
    ),
    "it was written by an earlier Gehoor": (
        "een eerdere versie van Gehoor schreef het. Stop elk proces van die versie, en doe: "
        "gehoor store migrate --store {file}"
    ),
    "there is too little memory": "er is te weinig geheugen",
}
_DATABASE_REASONS = {
    "the database cannot be reached": "de database antwoordt niet. Kijk na of ze draait, en of het adres klopt",
    "the database does not let us in": "de database laat ons niet binnen. Kijk de gebruiker en het wachtwoord na",
    "there is no such database": "die database is er niet. Maak ze met: createdb --encoding UTF8",
    "the database does not allow it": "de database laat dit niet toe. Geef de gebruiker de rechten op zijn schema",
    "the database is read-only": (
        "de database kan alleen gelezen worden. Is dit de kopie die meeloopt, gebruik dan het adres van de eerste"
    ),
    "the database gives no more connections": "de database geeft geen verbindingen meer (max_connections)",
    "the database took too long": "de database deed er te lang over",
    "the database is older than PostgreSQL 15": "de database is ouder dan PostgreSQL 15",
    "the database does not keep texts as UTF8": (
        "de database bewaart tekst niet als UTF8. Maak er een met --encoding UTF8"
    ),
    "the database is damaged": "de database is beschadigd. Vraag wie ze beheert",
    "the database lacks room": "de database heeft geen plaats meer",
    "the address of the database cannot be read": (
        "het adres kan niet gelezen worden. Schrijf postgresql://gebruiker@server/naam"
    ),
    "the register in the database is gone": "er staat geen register in die database. Maak het met: gehoor publish",
    "the disk is full": "de schijf van de database is vol",
    "another writer kept it locked too long": "een ander programma houdt het te lang bezet",
    "it was written by an earlier Gehoor": (
        "een eerdere versie van Gehoor schreef het. Stop elk proces van die versie, en doe: gehoor store migrate"
    ),
}


def told(ctx: click.Context, error: Exception) -> click.ClickException | None:
    """Return what is said of an error, or None when it is none that is expected."""
    if isinstance(error, SetupError):
        return OptionProblem("de plaats", str(error))
    said = _said(ctx, error)
    return Failure(said) if said else None


def _said(ctx: click.Context, error: Exception) -> str:
    match error:
        case DamagedError():
            said = (
                f"Wat hiervoor nodig is, is beschadigd: {error.table}, {error.key}. Al het andere werkt gewoon. "
                "Kijk na wat er mis is met: gehoor verify"
            )
        case StoreUnavailableError():
            said = store_sentence(places(ctx).register(), str(error))
        case BrokenChainError():
            said = (
                f"Wat in het register staat, is niet meer wat er geschreven werd ({error}). "
                "Vertrouw dit dossier niet en haal een kopie terug."
            )
        case NothingPublishedError():
            said = f"In het register ontbreken afspraken die nodig zijn: {error}."
        case EditConflictError():
            at = DUTCH.formats.instant(error.at.astimezone(ZoneInfo(ZONE)))
            said = f"{error.actor} wijzigde dit intussen, op {at}. Kijk het dossier na en probeer opnieuw."
        case _:
            said = ""
    return said


def store_sentence(place: Place, reason: str) -> str:
    """Return why a register cannot be used now, in Dutch."""
    reasons = {**_STORE_REASONS, **_DATABASE_REASONS} if isinstance(place, Database) else _STORE_REASONS
    known = reasons[reason].format(file=place) if reason in reasons else reason
    return f"Het register {place} kan nu niet gebruikt worden: {known}. Wat nog niet bevestigd was, is niet bewaard."
