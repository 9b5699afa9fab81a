"""The parts that sentences are made of: names in quotes, lists, roles, and ids that people can read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.facts import FactValue
from gehoor.core.forms.fields import Field
from gehoor.core.wording import phrases
from gehoor.core.wording.nl.dates import show_date, show_instant
from gehoor.core.wording.nl.formats import FORMATS, quoted
from gehoor.core.wording.phrases import capital


def joined(parts: Sequence[str], word: str = "en") -> str:
    """Join parts as Dutch does: a, b en c."""
    return phrases.joined(parts, word)


def readable(name: str) -> str:
    """Make an id readable: ``ernstig-naar-directie`` is "Ernstig naar directie"."""
    return capital(name.replace("-", " ").replace("_", " "))


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
            shown = (FORMATS.yes if given else FORMATS.no).lower()
        case datetime():
            shown = show_instant(given)
        case date():
            shown = show_date(given)
        case Decimal():
            shown = FORMATS.number(given)
        case tuple():
            shown = joined([value(of, part) for part in given])
        case str():
            shown = quoted(_choice(of, given))
        case int() if (word := _choice(of, str(given))) != str(given):
            shown = f"{given} ({quoted(word)})"
        case _:
            shown = str(given)
    return shown


def _choice(of: Field | None, code: str) -> str:
    return next((choice.label for choice in of.choices if choice.code == code), code) if of else code
