"""Whoever told a dossier: how they can be written to."""

from __future__ import annotations

from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.dossier import Dossier


def address_of(agreement: Agreement, dossier: Dossier) -> str:
    """Return the e-mail address of who told it; an empty text when there is none, or they are anonymous."""
    if dossier.values.get(agreement.field_for("anonymous")) is True:
        return ""
    address = dossier.values.get(agreement.field_for("complainant.email"), "")
    return address if isinstance(address, str) else ""
