"""Whoever told a dossier: how they can be written to, and what they said of themselves with yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.forms.fields import Field, StoredValue
from gehoor.core.forms.meanings import says_yes

_TELLER: Final = "complainant."
"""With what the meanings of those fields begin."""


def says(agreement: Agreement, meaning: str, values: Mapping[str, StoredValue]) -> bool:
    """Say whether the answer of the field with a meaning says yes: that somebody is anonymous, that there is danger.
    Not where no field has it, or nobody answered."""
    return says_yes(values.get(agreement.field_for(meaning)))


def address_of(agreement: Agreement, dossier: Dossier) -> str:
    """Return the e-mail address of who told it; an empty text when there is none, or they are anonymous."""
    if says(agreement, "anonymous", dossier.values):
        return ""
    address = dossier.values.get(agreement.field_for("complainant.email"), "")
    return address if isinstance(address, str) else ""


def tells_who(of: Field) -> bool:
    """Say whether a field says who told something, or how they are reached."""
    return of.meaning.startswith(_TELLER)


def without_teller(agreement: Agreement, values: Mapping[str, StoredValue]) -> dict[str, StoredValue]:
    """Return answers without who told, where they are anonymous: also who became so after they gave their name."""
    if not says(agreement, "anonymous", values):
        return dict(values)
    fields = agreement.dossier_form.fields
    return {
        name: value for name, value in values.items() if name not in fields or not tells_who(fields[name])
    }
