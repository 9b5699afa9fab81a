"""Decision tables in words: a sentence for each row."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.agreement.model import Agreement
from gehoor.core.rules.rule import Rule
from gehoor.core.wording.chapters import Chapter, Item, Sentence, chapter, present
from gehoor.core.wording.nl.agreement.phrases import closed
from gehoor.core.wording.nl.agreement.rules.conditions import clause
from gehoor.core.wording.nl.agreement.rules.rules import rule_name, terms_of_duties, what_follows
from gehoor.core.wording.nl.formats import quoted


def tables(agreement: Agreement) -> Chapter:
    """Say each decision table, row by row."""
    found: dict[str, list[Rule]] = {}
    for rule in agreement.rules.values():
        if rule.table:
            found.setdefault(rule.table, []).append(rule)
    return chapter("tables", "Tabellen", *(_table(agreement, name, rows) for name, rows in found.items()))


def _table(agreement: Agreement, name: str, rows: list[Rule]) -> Item:
    key, title = f"tables/{name}", rule_name(rows[0])
    return Item(
        key,
        title,
        (
            *(said for number, row in enumerate(rows) for said in _row(agreement, key, number, row)),
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


def _row(agreement: Agreement, key: str, number: int, row: Rule) -> Iterator[Sentence]:
    own = f"{key}/rows/{number}"
    word = "Als" if number == 0 else "Zo niet, en als"
    asked = clause(agreement, row.asked or row.condition)
    yield Sentence(own, f"{word} {asked}, dan {what_follows(agreement, row)}.")
    yield from terms_of_duties(agreement, row, own)
