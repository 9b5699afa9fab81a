"""How a work list is laid out: its columns and what it can be narrowed by, as departments agreed, and what stands in
them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.fields import KINDS
from gehoor.core.wording.registry import sentences_of
from gehoor.services.ports.records import Summary

USUAL_COLUMNS: Final = ("term", "status", "phase", "handler")
USUAL_FILTERS: Final = (
    "message-kind", "phase", "handler", "responsible", "flag", "severity", "term", "received-on",
)  # fmt: skip
_MEMBERS: Final[Mapping[str, str]] = {
    "message-kind": "kind",
    "received-on": "received",
    "severity": "severity",
    "judgement": "judgement",
    "carrier": "channels",
}
"""Column or filter that holds an answer -> the member of a summary that has it."""


def columns_for(seen: Sequence[tuple[Agreement, Collection[str]]]) -> tuple[str, ...]:
    """Return the columns of a list of several departments: what one of them agreed, and who looks may see there.
    ``seen``: each department, with the members of summaries that they may not see."""
    agreed = [(one.list_columns or USUAL_COLUMNS, unseen) for one, unseen in seen]
    return _seen_somewhere(agreed) or USUAL_COLUMNS


def filters_for(seen: Sequence[tuple[Agreement, Collection[str]]]) -> tuple[str, ...]:
    """Return by what a list of several departments is narrowed, in the same way."""
    agreed = [
        (USUAL_FILTERS if one.list_filters is None else one.list_filters, unseen) for one, unseen in seen
    ]
    return _seen_somewhere(agreed) if seen else USUAL_FILTERS


def _seen_somewhere(agreed: Iterable[tuple[Sequence[str], Collection[str]]]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(name for named, unseen in agreed for name in named if _MEMBERS.get(name) not in unseen)
    )


def told_in_columns(summary: Summary, agreement: Agreement, columns: Collection[str]) -> dict[str, str]:
    """Return what stands in the columns that say something by its code, in the words of the organisation."""
    answers = {
        "message-kind": (summary.kind,), "severity": (summary.severity,), "judgement": (summary.judgement,),
        "carrier": summary.channels,
    }  # fmt: skip
    told = {
        name: ", ".join(_called(agreement, name, one) for one in given if one)
        for name, given in answers.items()
        if name in columns
    }
    role = agreement.roles.get(summary.responsible)
    changed = datetime.fromisoformat(summary.changed_at) if summary.changed_at else None
    local = changed.astimezone(ZoneInfo(agreement.time_zone)).date().isoformat() if changed else ""
    return {**told, "responsible": role.name if role else summary.responsible, "changed": local}


def _called(agreement: Agreement, meaning: str, answer: str) -> str:
    """Return what people call an answer, by the agreement that is in force; what it does not know stays as it is."""
    of = agreement.dossier_form.fields.get(agreement.field_for(meaning))
    if of is None:
        return answer
    for choice in of.choices:
        if choice.code == answer:
            return choice.label
    numeric = of.kind in ("integer", "number") and answer.lstrip("-").isdigit()
    return KINDS[of.kind].show(int(answer), of, sentences_of(agreement).formats) if numeric else answer


def phase_of_term(agreement: Agreement, name: str) -> str:
    """Return the phase in which is filled in what a term waits for; empty for one of a duty, or that is not agreed any
    more."""
    term = agreement.terms.get(name)
    if term is None or term.of_duty:
        return ""
    milestone = agreement.milestones.get(term.until)
    field = agreement.dossier_form.fields.get(term.rows or (milestone.field if milestone else ""))
    return field.phase if field else ""
