"""What commands that look after a register say: how far they are, and what is wrong."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from gehoor.cli.support.options import ZONE
from gehoor.core.wording.registry import DUTCH
from gehoor.services.maintenance.findings import Finding, Kind
from gehoor.services.records.ledger_entries import LEDGER

_TABLES: Final = {
    "events": "een gebeurtenis",
    "dossiers": "hoe lijsten een dossier tonen",
    "texts": "de woorden van een dossier",
    "exclusions": "voor wie een dossier niet bestaat",
    "tasks": "wie een taak heeft",
    "confidential": "hoe vertrouwelijk een dossier is",
    "clearances": "voor wie vertrouwelijke dossiers bestaan",
    "access_log": "wie een dossier inkeek",
    "account_log": "wat met een account gedaan werd",
    "match_keys": "waarmee een dossier wordt teruggevonden",
    "pending": "wat nog bijgewerkt moet worden",
    "recounts": "wat opnieuw geteld moet worden",
    "ledger": "het grootboek",
    "salts": "het zout van een dossier",
    "retention": "de bewaarlijst",
    "accounts": "een account",
    "second_steps": "een tweede stap",
    "sessions": "een sessie",
    "agreements": "afspraken",
    "publications": "een publicatie",
    "sources": "een bestand van afspraken",
    "source_trees": "welke bestanden bij afspraken horen",
    "proposals": "een voorstel",
    "proposal_log": "wat met een voorstel gebeurde",
    "messages": "een bericht",
    "attachments": "een bijlage",
    "attachment_contents": "de inhoud van een bijlage",
    "settings": "een instelling",
    "counters": "de teller van een nummerreeks",
    "submissions": "een verstuurd formulier",
    "reports": "een verslag",
    "searches": "een bewaarde zoekvraag",
    "unsaved": "wat nog niet bewaard was",
    "unsent": "wat nog niet verstuurd was",
    "visits": "een bezoek met een volgcode",
    "repeats": "wat een koppeling al deed",
    "tries": "vergeefse pogingen",
    "left_out": "wat een kopie niet had",
}


_SENTENCES: Final = {
    Kind.STRUCTURE: "het bestand zelf: {detail}",
    Kind.WORDS: "{table}: zoeken vindt niet alles, of vindt het met woorden die er niet staan",
    Kind.UNREADABLE: "{what}: vanaf een bepaalde plaats niet meer te lezen ({detail})",
    Kind.DAMAGED: "{what}, {table} {key}: beschadigd",
    Kind.CHAIN: "dossier {key}: de gebeurtenissen volgen niet op elkaar zoals ze geschreven werden ({detail})",
    Kind.EVENTS_LOST: "dossier {key}: er ontbreken gebeurtenissen (aanwezig/geschreven: {detail})",
    Kind.MISSING: "{what}, {table} {key}: verdwenen",
    Kind.CHANGED: "{what}, {table} {key}: niet meer wat geschreven werd",
    Kind.UNKNOWN: "{what}, {table} {key}: nergens staat dat dit geschreven werd",
    Kind.MISPLACED: "{what}, {table} {key}: ertussen gezet of verplaatst, want de inhoud hoort bij een andere plaats",
    Kind.ACCESS_LOG: "dossier {key}: wie het inkeek, staat er niet meer zoals het geschreven werd ({detail})",
    Kind.ACCOUNT_LOG: "account {key}: wat ermee gedaan werd, staat er niet meer zoals het geschreven werd ({detail})",
    Kind.SUMMARY: "dossier {key}: lijsten tonen het niet zoals het is",
    Kind.HALF: "dossier {key}: zegt dat het bij {detail} hoort (verbonden, samengevoegd of doorgestuurd), en daar "
    "staat dat niet",
    Kind.ORPHAN: "{what}, {table} {key}: hoort bij iets wat er niet is ({detail})",
}


_OF_LEDGER: Final = {
    "none": "het grootboek is er niet van het begin af, zodat niets zegt wat er hoort te staan. Schreef een eerdere "
    "Gehoor dit register, doe dan: gehoor store migrate. Zet anders een kopie terug",
    "chain": "het grootboek, regel {key}: volgt niet op de vorige zoals ze geschreven werd. Vertrouw het register "
    "niet, en zet een kopie terug",
    "seal": "het grootboek, regel {key}: niet wat verzegeld werd. Wat er voordien stond, werd herschreven of "
    "weggehaald, of dit is een kopie van vroeger die teruggezet werd",
    "unsealed": "{key}: na het zegel teruggezet of als verloren aanvaard. Wat het zegel daarvan zei, geldt niet meer. "
    "Deed u dat zelf, begin dan een nieuw bestand met zegels",
    "anew": "dossier {key}: zijn zout ging verloren, en bij een latere wijziging is ingeschreven wat er toen stond. "
    "Niets zegt nog of dat was wat er hoorde te staan. Zet het terug uit een kopie van voordien (gehoor restore "
    "--dossier {key}), of aanvaard het (gehoor repair --accept-loss)",
}
"""What is wrong with the ledger, by detail."""


def told(finding: Finding) -> str:
    """Return what is wrong, in a sentence with its key."""
    said = _OF_LEDGER[finding.detail] if finding.kind is Kind.LEDGER else _SENTENCES[finding.kind]
    if finding.kind is Kind.MISSING and finding.detail:
        said += " ({detail} keer)"
    return said.format(
        what=name_of_table(finding.table),
        table=finding.table,
        key=finding.key,
        detail=finding.detail,
    )


def name_of_table(table: str) -> str:
    """Return what a document of a table is."""
    return _TABLES.get(table, table)


def told_accepted(table: str, key: str, reason: str = "") -> str:
    """Return that somebody accepted the loss of a row of the ledger, or of the salt of a dossier; or why they gave
    something else up."""
    if reason:
        return f"{key}: verloren, en opgegeven. De reden: {reason}"
    if table == LEDGER and not key.isdecimal():
        return f"{key}: verloren, of anders dan ingeschreven was, en dat is aanvaard. Kijk na of het klopt."
    if table == LEDGER:
        return f"Het grootboek, voor regel {key}: daar ging iets verloren, en dat is aanvaard."
    return f"Dossier {key}: zijn zout ging verloren, en dat is aanvaard. Wat er toen stond, is opnieuw ingeschreven."


def told_lost_code(number: str) -> str:
    """Return that nothing knows the follow-up code of a dossier any more."""
    return f"De volgcode van dossier {number} werkt niet meer. Geef een nieuwe als iemand erom vraagt."


def size_of(file: Path) -> str:
    """Return how large a file is."""
    return f"{file.stat().st_size / 1_000_000:.1f} MB".replace(".", ",")


def moment_of(text: str) -> str:
    """Return a moment as people say it, and on which clock: that of a server is seldom theirs."""
    try:
        moment = datetime.fromisoformat(text).astimezone(ZoneInfo(ZONE))
    except (ValueError, OverflowError):
        return text  # A register or copy says what somebody wrote in it.
    return f"{DUTCH.formats.instant(moment)} ({ZONE})"
