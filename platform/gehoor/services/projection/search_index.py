"""The words by which a dossier is found: for everyone who works there, and for the roles that see more than they do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.model import Decision
from gehoor.core.dossier.complainant import without_teller
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import Event
from gehoor.core.dossier.relations import RELATING
from gehoor.core.forms.fields import Field, StoredValue
from gehoor.core.rules.effects import Assign
from gehoor.core.wording.registry import sentences_of
from gehoor.services.register.register import Register

_TABLE = "texts"
_NUMBER = "Nummer"
_NOTE = "Nota"
_NOTES = ("note", "reason")
"""Where events keep what people wrote."""


def keep_words(
    register: Register, agreement: Agreement, dossier: Dossier, decision: Decision, *, is_new: bool = False
) -> None:
    """Keep the words of a dossier as it now stands: one text for everyone who works there, and one more for each
    group of roles that sees more. ``agreement`` knows the people of the organisation, so that they are found by name;
    ``is_new``: nothing was kept of the dossier before."""
    # What opened it holds no notes.
    events = register.events(dossier.id) if dossier.version > 1 else []
    wanted = dict(_documents(agreement, dossier, decision, events))
    before = [] if is_new else register.tables.select(_TABLE, where={"dossier": dossier.id})
    known = {f"{dossier.id}/{one['audience']}": one for one in before}
    for key in known.keys() - wanted.keys():
        register.tables.delete(_TABLE, key)
    for key, document in wanted.items():
        if known.get(key) != document:
            register.tables.put(_TABLE, key, document)
    register.enter_whole(_TABLE, dossier.id, wanted.values())


def audiences_change(agreement: Agreement) -> bool:
    """Say whether who sees a field can change without anybody changing an answer: when a rule lets a role stand in
    for another, for example once a term is late."""
    return any(
        isinstance(effect, Assign) and effect.instead_of
        for rule in agreement.rules.values()
        for effect in rule.effects
    )


def _documents(
    agreement: Agreement, dossier: Dossier, decision: Decision, events: list[Event]
) -> Iterator[tuple[str, dict[str, object]]]:
    # The number of another dossier, that may not exist for who searches; that one has it itself.
    elsewhere = _elsewhere(dossier)
    shown = [pair for pair in _shown(agreement, decision) if pair[1] not in elsewhere]
    notes = [text for event in events for text in _notes(event, agreement)]
    everyone = [
        (_NUMBER, dossier.number),
        *((of.label, text) for of, text in shown if not of.seen_by),
        *((_NOTE, text) for text in notes),
    ]
    for roles in ("", *_audiences(decision, [of for of, _ in shown])):
        held = set(roles.split(","))
        more = [
            (of.label, text) for of, text in shown if of.seen_by and held & _acting(decision, of) and roles
        ]
        parts = [*everyone, *more]
        yield (
            f"{dossier.id}/{roles}",
            {
                "dossier": dossier.id,
                "organisation": dossier.organisation,
                "department": dossier.department,
                "audience": roles,
                "labels": [label for label, _ in parts],
                "texts": [text for _, text in parts],
            },
        )


def _elsewhere(dossier: Dossier) -> frozenset[str]:
    merged, sent_on = dossier.relations.merged, dossier.relations.sent_on
    return frozenset(one.number for one in (merged, *sent_on) if one) - {""}


def _shown(agreement: Agreement, decision: Decision) -> list[tuple[Field, str]]:
    fields, formats = agreement.dossier_form.fields, sentences_of(agreement).formats
    values = without_teller(agreement, decision.values)
    return [
        (of, (of.type.found or of.type.show)(value, of, formats))
        for name, of in fields.items()
        if name in values and decision.fields[name].visible
        if (value := _searched(decision.values[name], of)) is not None
    ]


def _searched(value: StoredValue, of: Field) -> StoredValue | None:
    """Return what of an answer dossiers are found by: not special personal data, unless the field says so."""
    if of.searched is False or (of.special and not of.searched):
        return None
    if not of.type.has_rows or not isinstance(value, list):
        return value
    found = {name for name, one in of.members.items() if _searched("", one) is not None}
    return [
        {name: answer for name, answer in row.items() if name in found}
        for row in value
        if isinstance(row, dict)
    ]


def _audiences(decision: Decision, fields: list[Field]) -> list[str]:
    """Group the roles that see more than everyone by what they see: each group has one text."""
    sees: dict[str, list[str]] = {}
    for of in fields:
        for role in sorted(_acting(decision, of)):
            sees.setdefault(role, []).append(of.id)
    groups: dict[tuple[str, ...], list[str]] = {}
    for role, seen in sees.items():
        groups.setdefault(tuple(seen), []).append(role)
    return [",".join(sorted(roles)) for roles in groups.values()]


def _acting(decision: Decision, of: Field) -> set[str]:
    return {decision.acting(role) for role in of.seen_by}


def _notes(event: Event, agreement: Agreement) -> Iterator[str]:
    """Yield what people wrote, but not about other dossiers or what those brought about: they may not exist for who
    searches. Of a rule or duty that the agreement no longer has, nobody knows."""
    if event.kind in RELATING:
        return
    data: Mapping[str, object] = event.data
    duty, rule = data.get("duty"), data.get("rule")
    if duty is not None:
        owed = agreement.duties.get(str(duty))
        rule = owed.rule.id if owed else ""
    if rule is not None and (rule in agreement.register_rules or rule not in agreement.rules):
        return
    yield from (text for name in _NOTES if isinstance(text := data.get(name), str) and text)
