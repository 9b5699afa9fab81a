"""How long dossiers are kept, in words: a sentence for each thing that was agreed about a period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.retention import RetentionRule
from gehoor.core.calendar.durations import show_duration
from gehoor.core.wording.chapters import Chapter, Item, Sentence, chapter
from gehoor.core.wording.nl.agreement.phrases import closed, label, milestone
from gehoor.core.wording.nl.agreement.rules.conditions import clause

_CERTAINTY: Final = {
    "certain": "De tekst waarop dit steunt, is nagelezen.",
    "likely": "Dit is waarschijnlijk zo. Kijk het na voor u erop steunt.",
    "to-confirm": "Dit moet de organisatie nog bevestigen. Het staat niet vast dat een wet het zo vraagt.",
}


def retention(agreement: Agreement) -> Chapter:
    """Say how long dossiers are kept, and what happens then."""
    return chapter(
        "retention",
        "Bewaren en anonimiseren",
        *(_rule(agreement, one) for one in agreement.retention.values()),
    )


def _rule(agreement: Agreement, rule: RetentionRule) -> Item:
    key = f"retention/{rule.id}"
    return Item(
        key,
        rule.name,
        tuple(replace(one, key=f"{key}/{one.key}") for one in _sentences(agreement, rule)),
        new=f"Nieuwe bewaartermijn: {rule.name}.",
        gone=f"De bewaartermijn {rule.name} is weg.",
    )


def _sentences(agreement: Agreement, rule: RetentionRule) -> Iterable[Sentence]:
    kept = show_duration(rule.rule.within)
    yield Sentence(
        "keep-for",
        f"Wij bewaren het dossier {kept}. Daarna kan wat over mensen gaat eruit, als iemand dat goedkeurt.",
        subject=f"De bewaartermijn {rule.name}",
        value=kept,
    )
    if rule.from_field:
        yield Sentence("from-field", f"De tijd begint bij de datum in {label(agreement, rule.from_field)}.")
    else:
        yield Sentence("from", f"De tijd begint bij {milestone(agreement, rule.starts)}.")
    if rule.from_year_end:
        yield Sentence("from-year-end", "Hij telt vanaf 31 december van dat jaar.")
    if rule.condition is not None:
        yield Sentence("if", f"Dit geldt als {clause(agreement, rule.condition)}.")
    if rule.selection_rule:
        yield Sentence("selection-rule", f"De selectieregel is: {closed(rule.selection_rule)}")
    if rule.source:
        yield Sentence("source", f"Dit staat in: {closed(rule.source)}")
    if rule.certainty:
        yield Sentence("certainty", _CERTAINTY[rule.certainty])
