"""Why a day does not count, in French: the calendar names it in Dutch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gehoor.core.wording.fr.typography import quoted

HOLIDAYS: Final[Mapping[str, str]] = {
    "Allerheiligen": "Toussaint",
    "Allerzielen": "jour des Morts",
    "Bevrijdingsdag": "fête de la Libération",
    "Dag van de Arbeid": "fête du Travail",
    "Eerste Kerstdag": "Noël",
    "Eerste Paasdag": "Pâques",
    "Eerste Pinksterdag": "Pentecôte",
    "Feest van de Dynastie": "fête du Roi",
    "Feest van de Vlaamse Gemeenschap": "fête de la Communauté flamande",
    "Goede Vrijdag": "Vendredi saint",
    "Hemelvaart": "Ascension",
    "Hemelvaartsdag": "Ascension",
    "Kerstmis": "Noël",
    "Koninginnedag": "fête de la Reine",
    "Koningsdag": "fête du Roi",
    "Nationale feestdag": "fête nationale",
    "Nieuwjaar": "Nouvel An",
    "Nieuwjaarsdag": "Nouvel An",
    "Onze-Lieve-Vrouw-Hemelvaart": "Assomption",
    "Paasmaandag": "lundi de Pâques",
    "Pasen": "Pâques",
    "Pinksteren": "Pentecôte",
    "Pinkstermaandag": "lundi de Pentecôte",
    "Tweede Kerstdag": "lendemain de Noël",
    "Tweede Paasdag": "lundi de Pâques",
    "Tweede Pinksterdag": "lundi de Pentecôte",
    "Wapenstilstand": "Armistice",
}
_WEEKEND: Final = ("zaterdag", "zondag")
_NO_REASON: Final = "sluitingsdag"
"""What a calendar calls a closing day of an organisation that gave no reason for it."""


def holiday(name: str) -> str | None:
    """Name a holiday, or two on one day; None for what is no holiday."""
    found = [HOLIDAYS.get(part) for part in name.split(" en ")]
    known = [one for one in found if one is not None]
    return " et ".join(known) if len(known) == len(found) else None


def closing(name: str) -> str:
    """Name the reason of a closing day: as the organisation wrote it, where it did."""
    return "jour de fermeture" if name == _NO_REASON else name


def why(name: str) -> str:
    """Name what keeps a day from being a working day, for between brackets."""
    return "week-end" if name in _WEEKEND else holiday(name) or closing(name)


def why_not_counted(name: str, *, one_day: bool) -> str:
    """Say what a day or several days are, after their dates."""
    if name in _WEEKEND:
        return "fait partie du week-end" if one_day else "font partie du week-end"
    verb = "est" if one_day else "sont"
    if (feast := holiday(name)) is not None:
        return f"{verb} {'un jour férié' if one_day else 'des jours fériés'} ({feast})"
    kind = "un jour de fermeture" if one_day else "des jours de fermeture"
    return f"{verb} {kind}" if name == _NO_REASON else f"{verb} {kind} ({quoted(name)})"
