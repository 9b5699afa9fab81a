"""Disclosure: which answers of a dossier somebody gets who asks what is kept about them.

The file says it of a field (``inzage-voor``). Where it says nothing it follows from the personal data: what holds none
is for both parties, who told gets back what they told about themselves and the matter, and all else is withheld.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from gehoor.core.forms.fields import Field, StoredValue
from gehoor.core.forms.meanings import says_yes


class Party(StrEnum):
    """In what part somebody asks."""

    COMPLAINANT = "complainant"
    ACCUSED = "accused"
    OFFICER = "officer"
    """The data protection officer: everything."""


_TOLD: Final = ("story", "subject")
_ABOUT_WHO_TOLD: Final = "complainant."
_SHIELDED: Final = "shielded"


def is_shielded(fields: Mapping[str, Field], values: Mapping[str, StoredValue]) -> bool:
    """Say whether it was promised that who told stays hidden from whom it is about."""
    return any(of.meaning == _SHIELDED and says_yes(values.get(name)) for name, of in fields.items())


def disclosed(
    fields: Mapping[str, Field], values: Mapping[str, StoredValue], party: Party
) -> dict[str, StoredValue]:
    """Return the answers that a party gets."""
    shielded = party is Party.ACCUSED and is_shielded(fields, values)
    found: dict[str, StoredValue] = {}
    for name, value in values.items():
        of = fields.get(name)
        if of is None:
            if party is Party.OFFICER:
                found[name] = value
        elif party is Party.OFFICER:
            found[name] = value
        elif not (shielded and _tells_who(of)):
            if of.type.has_rows and not of.disclosed_to:
                rows = _rows(of, value, party)
                if rows:
                    found[name] = rows
            elif _is_for(of, party):
                found[name] = value
    return found


def _is_for(of: Field, party: Party) -> bool:
    if of.disclosed_to:
        return of.disclosed_to in ("both", party.value)
    if party is Party.COMPLAINANT and (of.meaning in _TOLD or of.meaning.startswith(_ABOUT_WHO_TOLD)):
        return True
    return of.personal_data == "P0" and not (of.type.names_people or of.type.takes_files or of.type.prose)


def _tells_who(of: Field) -> bool:
    """Say whether an answer can tell who told: what is about them, and whatever somebody wrote."""
    return of.meaning.startswith(_ABOUT_WHO_TOLD) or of.type.prose or of.type.takes_files or of.type.has_rows


def _rows(of: Field, value: Any, party: Party) -> list[Any]:
    rows = [
        {
            name: answer
            for name, answer in row.items()
            if name in of.members and _is_for(of.members[name], party)
        }
        for row in value
    ]
    return [row for row in rows if row]
