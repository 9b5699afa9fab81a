"""What sentences of every language are made with."""

from __future__ import annotations

from collections.abc import Sequence

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.terms import Term


def capital(text: str) -> str:
    """Begin a sentence."""
    return text[:1].upper() + text[1:]


def joined(parts: Sequence[str], word: str) -> str:
    """Join parts: a, b ``word`` c."""
    return f" {word} ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def day_label(agreement: Agreement, term: Term) -> str:
    """Return what the field is called that holds the day of a term."""
    fields = agreement.dossier_form.fields
    return (fields[term.rows].members if term.rows else fields)[term.day].label
