"""Anonymisation: what is left of a dossier once it need not be kept any more.

All that is counted stays: numbers, days, codes, terms, kinds of measures. What is about people goes: names, texts,
files, who did what. What was decided stays as it was, kept with the dossier, because rules cannot ask any more.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.facts import member_name
from gehoor.core.decision.model import Decision
from gehoor.core.dossier.events import Event, EventKind, NewEvent, instant_text, seal
from gehoor.core.forms.fields import Field, StoredValue

STAFF: Final = "medewerker"
"""The actor of what somebody who works here did, once the dossier is anonymised."""

_COUNTED: Final = frozenset(
    {"received-on", "received-time", "carrier", "anonymous", "message-kind", "severity", "judgement"}
)
"""The meanings by which dossiers are counted and sorted: their codes, numbers and days stay."""

_KEPT: Final[Mapping[EventKind, frozenset[str]]] = {
    EventKind.OPENED: frozenset({"organisation", "department", "form", "number", "proposal"}),
    EventKind.ANSWERED: frozenset({"cleared", "hidden", "undone", "skipped", "late", "task"}),
    EventKind.RECOUNTED: frozenset(),
    EventKind.SUSPENDED: frozenset({"term", "start", "reason", "hidden"}),
    EventKind.RESUMED: frozenset({"term", "end"}),
    EventKind.EXTENDED: frozenset({"term", "by", "told", "consent"}),
    EventKind.REOPENED: frozenset({"day", "cleared", "hidden"}),
    EventKind.DUTY_DONE: frozenset({"duty", "name"}),
    EventKind.DUTY_WAIVED: frozenset({"duty", "name"}),
    EventKind.DUTY_BACK: frozenset({"duty", "name"}),
    EventKind.APPROVAL_ASKED: frozenset({"rule", "told", "milestone", "occurrence"}),
    EventKind.APPROVED: frozenset({"rule", "role", "milestone", "draft"}),
    EventKind.WRITTEN_TO_US: frozenset(),
    EventKind.WRITTEN_BY_US: frozenset(),
    EventKind.NOTE_WRITTEN: frozenset(),
    EventKind.NOTE_PINNED: frozenset({"note"}),
    EventKind.NOTE_STRUCK: frozenset({"note"}),
    EventKind.CONTACT_NOTED: frozenset({"on", "way", "ours", "reached", "answers"}),
    EventKind.CODE_GIVEN: frozenset({"way"}),
    EventKind.LETTER_DRAFTED: frozenset({"letter", "name", "language", "fields"}),
    EventKind.LETTER_SENT: frozenset({"letter", "name", "language", "fields", "way", "draft"}),
    EventKind.ASSIGNED: frozenset({"conflict"}),
    EventKind.GLASS_BROKEN: frozenset({"until"}),
    EventKind.REPINNED: frozenset({"from", "to", "hidden"}),
    EventKind.DEADLINE_MISSED: frozenset({"term", "occurrence", "level", "due", "told", "row"}),
    EventKind.ESCALATED: frozenset({"term", "occurrence", "level", "due", "told", "row"}),
    EventKind.REMINDED: frozenset({"term", "occurrence", "index", "due", "told", "row"}),
    EventKind.NOTIFIED: frozenset({"rule", "told", "acting"}),
    EventKind.LINKED: frozenset(),
    EventKind.UNLINKED: frozenset(),
    EventKind.MERGED: frozenset({"same_person"}),
    EventKind.UNMERGED: frozenset(),
    EventKind.TOOK_IN: frozenset({"same_person"}),
    EventKind.GAVE_BACK: frozenset(),
    EventKind.MERGED_TOLD: frozenset(),
    EventKind.SENT_ON: frozenset({"to", "department", "fields"}),
    EventKind.CAME_ON: frozenset({"place"}),
    EventKind.BROUGHT_IN: frozenset({"source", "number", "lacking", "passed"}),
    EventKind.PUT_BACK: frozenset({"copy", "spare"}),
    EventKind.ANONYMISED: frozenset(),
}
"""What stays of what each kind of event says, beside answers and counts. All else is emptied: also what a kind says
that nobody thought of here."""


def stays(of: Field, moments: Container[str]) -> bool:
    """Say whether the answer to a field stays. ``moments``: the fields that mark milestones and the days of terms.

    What marks a milestone always stays, and files never do; else it is as the field itself says. Where it says nothing,
    what holds no personal data and is no text stays, and what dossiers are counted by.
    """
    if of.id in moments:
        return True
    if of.type.takes_files:
        return False
    if of.when_anonymised:
        return of.when_anonymised == "stays"
    if of.type.has_rows:
        return any(_member_stays(member) for member in of.members.values())
    return _harmless(of) or (of.meaning in _COUNTED and of.type.countable)


def _member_stays(of: Field) -> bool:
    return of.when_anonymised == "stays" or (not of.when_anonymised and _harmless(of))


def _harmless(of: Field) -> bool:
    return of.personal_data == "P0" and of.type.countable


def is_kept_as_written(of: Mapping[str, Any], *, in_rows: bool = False) -> bool:
    """Say whether the answer to a field that can be counted stays by what the field itself says (``of``: as it stands
    in a form), apart from milestones and terms; ``in_rows``: of one in a list."""
    said = of.get("when-anonymised")
    if said:
        return bool(said == "stays")
    return of.get("personal-data") == "P0" or (not in_rows and of.get("meaning") in _COUNTED)


class Anonymiser:
    """Takes out what is about people, by what the agreements of a dossier say of its fields."""

    def __init__(self, agreements: Iterable[Agreement]) -> None:
        self._agreements = tuple(agreements)

    def values(self, values: Mapping[str, StoredValue]) -> dict[str, StoredValue]:
        """Return the answers that stay."""
        kept = {name: self._value(name, value) for name, value in values.items() if self._stays(name)}
        return {name: value for name, value in kept.items() if value not in ([], "")}

    def data(self, event: Event) -> dict[str, Any]:
        """Return what stays of what an event says."""
        kept = _KEPT.get(event.kind, frozenset())
        if event.kind is EventKind.SENT_ON and not event.data.get("department"):
            kept -= {"to"}  # Somebody else than a department of ours, as people typed it: it may be a person.
        return {name: self._member(name, value, kept) for name, value in event.data.items()}

    def _member(self, name: str, value: Any, kept: frozenset[str]) -> Any:
        if name in kept:
            return value
        if name == "values":
            return self.values(value)
        if name == "found":
            return {fact: {"count": one["count"], "dossiers": []} for fact, one in value.items()}
        return type(value)()

    def _stays(self, name: str) -> bool:
        known = [
            stays(agreement.dossier_form.fields[name], _moments(agreement))
            for agreement in self._agreements
            if name in agreement.dossier_form.fields
        ]
        return bool(known) and all(known)

    def _value(self, name: str, value: StoredValue) -> StoredValue:
        if not (isinstance(value, list) and value and isinstance(value[0], dict)):
            return value
        moments = frozenset[str]().union(*map(_moments, self._agreements))
        fields = [
            one.dossier_form.fields[name] for one in self._agreements if name in one.dossier_form.fields
        ]
        return [
            {
                member: answer
                for member, answer in row.items()
                if all(member in of.members and _row_member(of, member) for of in fields)
                or member_name(name, member) in moments
            }
            for row in value
        ]


def _decided(holding: Iterable[str], left: Container[str]) -> Iterator[str]:
    """Give the conditions that something was decided by; of those that show a field, only where its answer is left."""
    for name in holding:
        kind, _, of = name.partition("/")
        if kind not in ("shown", "one-of") or (kind == "shown" and of.rpartition("/")[2] in left):
            yield name


def _row_member(of: Field, member: str) -> bool:
    return of.when_anonymised == "stays" or _member_stays(of.members[member])


def keeps_answer(agreement: Agreement, name: str, member: str = "") -> bool:
    """Say whether the answer to a field stays when a dossier is anonymised; with ``member`` that in its rows."""
    of = agreement.dossier_form.fields.get(name)
    moments = _moments(agreement)
    if of is None or not stays(of, moments):
        return False
    return not member or (
        member in of.members and (_row_member(of, member) or member_name(name, member) in moments)
    )


def _moments(agreement: Agreement) -> frozenset[str]:
    """Return the fields that mark milestones, and the days of terms; of terms of rows the list and the members."""
    found = {name for one in agreement.milestones.values() for name in (one.field, one.hour)}
    for term in agreement.terms.values():
        if term.rows:
            found |= {term.rows, *(member_name(term.rows, one) for one in (term.day, term.done) if one)}
        else:
            found.add(term.day)
    return frozenset(found - {""})


def anonymised(
    events: Iterable[Event],
    agreements: Mapping[str, Agreement],
    decision: Decision,
    about: Mapping[str, str],
    at: datetime,
    actors: Mapping[str, str],
) -> list[Event]:
    """Return the chain that takes the place of a dossier's events, with what was decided in its last event.

    ``agreements``: those it happened under, by hash; ``about``: rule, name, selection_rule, kept_until and approved_by;
    ``at``: the instant of anonymising; ``actors``: those that stand for nobody in particular, and who does this.
    """
    before = list(events)
    anonymiser = Anonymiser(agreements.values())
    chain: list[Event] = []
    for event in before:
        place = (chain[-1].sequence, chain[-1].hash) if chain else (0, "")
        chain += seal(
            [NewEvent(event.kind, anonymiser.data(event))],
            dossier=event.dossier,
            after=place,
            at=event.at,
            actor=event.actor if event.actor in actors.values() else STAFF,
            agreement=event.agreement,
        )
    last = before[-1]
    given = {name: reason.rule for name, reason in decision.derived.items()}
    values = anonymiser.values({name: decision.values[name] for name in given if name in decision.values})
    data = {
        **about,
        "head": last.hash,
        "count": last.sequence,
        "holding": sorted(_decided(decision.fired, anonymiser.values(decision.values))),
        "values": values,
        "given_by": {name: rule for name, rule in given.items() if name in values},
    }
    began = {state.term.id: instant_text(state.began) for state in decision.terms.values() if state.began}
    if began:
        data["began"] = began
    return chain + seal(
        [NewEvent(EventKind.ANONYMISED, data)],
        dossier=last.dossier,
        after=(chain[-1].sequence, chain[-1].hash),
        at=at,
        actor=actors["self"],
        agreement=chain[-1].agreement,
    )
