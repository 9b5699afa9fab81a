"""The values that rules give, in words; and decision tables, a sentence for each row."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.calculations import Calculation
from gehoor.core.forms.fields import KINDS
from gehoor.core.rules.effects import Derive, SameAs
from gehoor.core.rules.rule import Rule
from gehoor.core.wording.chapters import Chapter, Item, Sentence, chapter, present
from gehoor.core.wording.nl.agreement.phrases import closed, label, readable, value
from gehoor.core.wording.nl.agreement.rules.conditions import clause
from gehoor.core.wording.nl.formats import quoted

_SIGNS = {"+": "plus", "-": "min", "x": "maal"}


def outcome(agreement: Agreement, field: str, given: Any) -> str:
    """Say a value that a rule gives: as it is, taken over, or worked out."""
    if isinstance(given, SameAs):
        return f"hetzelfde als {label(agreement, given.field)}"
    if isinstance(given, Calculation):
        return f"{_part(agreement, given.left)} {_SIGNS[given.sign]} {_part(agreement, given.right)}"
    of = agreement.dossier_form.fields.get(field)
    if of is None:
        return value(None, given)
    stored = list(given) if isinstance(given, tuple) else given
    return value(of, KINDS[of.kind].fact(stored, of))


def _part(agreement: Agreement, part: str | Decimal) -> str:
    return label(agreement, part) if isinstance(part, str) else str(part).replace(".", ",")


def tables(agreement: Agreement) -> Chapter:
    """Say each decision table, row by row."""
    found: dict[str, list[Rule]] = {}
    for rule in agreement.rules.values():
        if rule.table:
            found.setdefault(rule.table, []).append(rule)
    return chapter("tables", "Tabellen", *(_table(agreement, name, rows) for name, rows in found.items()))


def _table(agreement: Agreement, name: str, rows: list[Rule]) -> Item:
    key, title = f"tables/{name}", readable(name)
    return Item(
        key,
        title,
        (
            *(_row(agreement, key, number, row) for number, row in enumerate(rows)),
            *present(
                Sentence(f"{key}/because", f"Waarom: {closed(rows[0].because)}"),
                Sentence(f"{key}/source", f"Dit staat in: {closed(rows[0].basis)}")
                if rows[0].basis
                else None,
            ),
        ),
        new=f"Nieuwe tabel: {title}.",
        gone=f"De tabel {quoted(title)} is weg.",
    )


def _row(agreement: Agreement, key: str, number: int, row: Rule) -> Sentence:
    (effect,) = row.effects
    assert isinstance(effect, Derive)
    said = f"wordt {label(agreement, effect.field)} {outcome(agreement, effect.field, effect.value)}"
    word = "Als" if number == 0 else "Zo niet, en als"
    return Sentence(f"{key}/rows/{number}", f"{word} {clause(agreement, row.condition)}, dan {said}.")
