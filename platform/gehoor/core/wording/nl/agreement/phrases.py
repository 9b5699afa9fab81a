"""The parts that sentences are made of: names in quotes, lists, roles, and ids that people can read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.facts import FactValue
from gehoor.core.forms.fields import Field
from gehoor.core.text.dates import show_date, show_instant


def quoted(text: str) -> str:
    """Put a name in quotes."""
    return f"\u201c{text}\u201d"


def joined(parts: Sequence[str], word: str = "en") -> str:
    """Join parts as Dutch does: a, b en c."""
    return f" {word} ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def readable(name: str) -> str:
    """Make an id readable: ``ernstig-naar-directie`` is "Ernstig naar directie"."""
    return capital(name.replace("-", " ").replace("_", " "))


def capital(text: str) -> str:
    """Begin a sentence."""
    return text[:1].upper() + text[1:]


def closed(text: str) -> str:
    """End a sentence that someone else wrote, when it has no end of its own."""
    return text if text.rstrip().endswith((".", "!", "?", "\u2026", ".\u201d")) else f"{text}."


def role(agreement: Agreement, name: str) -> str:
    """Name a role."""
    known = agreement.roles.get(name)
    return f"de rol {known.name}" if known else readable(name).lower()


def role_with_deputy(agreement: Agreement, name: str) -> str:
    """Say who steps in when nobody holds a role; nothing when that is not agreed."""
    known = agreement.roles.get(name)
    if known is None or not known.deputy:
        return ""
    return f"Heeft niemand die rol, dan doet {role(agreement, known.deputy)} het."


def milestone(agreement: Agreement, name: str) -> str:
    """Name a milestone."""
    known = agreement.milestones.get(name)
    return quoted(known.name if known else name)


def label(agreement: Agreement, name: str) -> str:
    """Name a field of the dossier by its label."""
    known = agreement.dossier_form.fields.get(name)
    return quoted(known.label if known else name)


def asked(title: str) -> str:
    """Name a field by its label; a label that asks something has an answer."""
    return f"het antwoord op {quoted(title)}" if title.endswith("?") else quoted(title)


def value(of: Field | None, given: FactValue) -> str:
    """Show a value as people know it."""
    shown = ""
    match given:
        case bool():
            shown = "ja" if given else "nee"
        case datetime():
            shown = show_instant(given)
        case date():
            shown = show_date(given)
        case Decimal():
            shown = str(given).replace(".", ",")
        case tuple():
            shown = joined([value(of, part) for part in given])
        case str():
            shown = quoted(_choice(of, given))
        case _:
            shown = str(given)
    return shown


def _choice(of: Field | None, code: str) -> str:
    return next((choice.label for choice in of.choices if choice.code == code), code) if of else code
