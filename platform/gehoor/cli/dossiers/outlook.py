"""When the terms of a dossier, or of an example in the files, are due, and what they call for; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import click

from gehoor.cli.dossiers.deadline_data import plain_due
from gehoor.cli.support.click_dutch import Failure, OptionProblem, did_you_mean
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import Moment, instant
from gehoor.cli.support.targets import working
from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.evaluate import ReferenceEngine
from gehoor.core.decision.coming_actions import Expected, TermOutlook, outlook
from gehoor.core.decision.decide import decide
from gehoor.core.decision.late_answers import fills
from gehoor.core.decision.model import Decision
from gehoor.core.decision.rule_examples import example_dossier
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, instant_text
from gehoor.core.wording.registry import DUTCH
from gehoor.services.projection.projection import UNDECIDABLE
from gehoor.services.register.register import Register, UnknownDossierError, reading

_WAITING = 1000
"""How many dossiers, at most, are looked through that are not worked out yet."""


@dataclass(frozen=True)
class Looked:
    """A dossier, or what an example would be as one, with what holds for it at a moment."""

    name: str
    agreement: Agreement
    dossier: Dossier
    decision: Decision


def look_at_dossier(ctx: click.Context, which: str, moment: Moment | None) -> Looked:
    """Return a dossier by its number or id as it stands at a moment. Raises ``Failure``."""
    with opened(ctx) as runtime, reading(runtime.store) as register:
        found = [summary.id for summary in register.by_number(which)]
        # What was saved and is not worked out yet: that would be writing.
        waiting = (one.dossier for one in register.pending(_WAITING)) if not found else ()
        found += [one for one in waiting if _number(register, one) == which]
        found = found or [which]
        if len(found) > 1:
            raise Failure(f"Er zijn meer dossiers met nummer {which}. Kies een van: {', '.join(found)}.")
        try:
            dossier = register.dossier(found[0])
        except UnknownDossierError as error:
            raise Failure(f"Het dossier {which} staat niet in dit register.") from error
        agreement = runtime.library.agreement(register, dossier.agreement)
        now = instant(moment, agreement.time_zone)
        return Looked(dossier.number, agreement, dossier, decide(agreement, dossier, now, runtime.engine))


def _number(register: Register, dossier: str) -> str:
    """Return the number of a dossier; none where it is damaged: which it is, nobody can say, and others are looked for
    among the same."""
    try:
        return register.dossier(dossier).number
    except UNDECIDABLE:
        return ""


def look_at_example(
    ctx: click.Context, department: str, case: str, start: date | datetime, moment: Moment | None
) -> Looked | None:
    """Return an example of a department's files as if it came in on a day or at an instant; None where no example is
    called so."""
    found, index = working(ctx, department)
    loaded = found.departments[index]
    examples = {one["case"]: one["given"] for one in loaded.document.get("rule-examples") or ()}
    if case not in examples:
        return None
    agreement = loaded.agreement
    dossier = example_dossier(agreement, case, {**examples[case], **_received(agreement, start)})
    now = instant(moment, agreement.time_zone)
    return Looked(case, agreement, dossier, decide(agreement, dossier, now, ReferenceEngine()))


def example_names(ctx: click.Context, department: str) -> list[str]:
    """Return what the examples of a department's files are called."""
    found, index = working(ctx, department)
    return [one["case"] for one in found.departments[index].document.get("rule-examples") or ()]


def unknown(name: str, terms: list[str], examples: list[str]) -> OptionProblem:
    """Return what to say of a word that is no term and no example."""
    advice = did_you_mean(name, [*terms, *examples]) or f"; kies uit {', '.join(terms)}"
    return OptionProblem(name, f"deze termijn of dit voorbeeld is er niet{advice}")


def _received(agreement: Agreement, start: date | datetime) -> dict[str, str]:
    zone, received = ZoneInfo(agreement.time_zone), agreement.field_for("received-on")
    local = start.astimezone(zone) if isinstance(start, datetime) else datetime.combine(start, time(), zone)
    of = agreement.dossier_form.fields.get(received)
    if of is None or of.type.moment is None:
        raise Failure("Deze afspraken zeggen niet welk veld de dag van ontvangst is.")
    hour = agreement.field_for("received-time")
    told = {hour: f"{local:%H:%M}"} if hour and isinstance(start, datetime) else {}
    return {received: of.type.moment(local), **told}


def outlook_lines(looked: Looked) -> Iterator[str]:
    """Give what people read: each term with when it is due, and what it calls for."""
    yield f"{looked.name}, zoals het staat op {DUTCH.formats.instant(_local(looked, looked.decision.at))}"
    for term in outlook(looked.dossier, looked.decision):
        yield ""
        yield f"{term.state.name}: {_due(looked, term)}"
        if term.state.due is not None:
            begun = DUTCH.derivation.begun_at(looked.agreement, term.state)
            yield from (f"  {one}" for one in DUTCH.derivation.sentences(term.state.due.steps[:-1], begun))
        yield from (f"  {_line(looked, one)}" for one in term.expected)
    yield ""
    yield "Er is niets bewaard of verstuurd."


def _due(looked: Looked, term: TermOutlook) -> str:
    due = term.state.due.due if term.state.due else None
    if due is None:
        return "staat stil" if term.state.due else "loopt niet"
    shown = (
        DUTCH.formats.instant(_local(looked, due)) if isinstance(due, datetime) else DUTCH.formats.day(due)
    )
    return f"uiterlijk {shown}"


_WHAT = {EventKind.REMINDED: "herinnering", EventKind.DEADLINE_MISSED: "te laat"}


def _line(looked: Looked, expected: Expected) -> str:
    action = expected.due_action
    what = _WHAT.get(action.kind) or f"nog altijd te laat, niveau {action.data['level']}"
    role = looked.agreement.roles.get(action.tell)
    told = f", bericht aan {role.name if role else action.tell}" if action.tell else ""
    fields = looked.agreement.dossier_form.fields
    given = [
        f"{DUTCH.formats.quote(fields[name].label)} wordt "
        f"{DUTCH.formats.quote(fields[name].type.show(value, fields[name], DUTCH.formats))}"
        for name, value in fills(looked.agreement, action).items()
    ]
    done = " (gebeurd)" if expected.done else ""
    return f"{DUTCH.formats.instant(_local(looked, expected.at))}: {', '.join((what + told, *given))}{done}"


def _local(looked: Looked, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(looked.agreement.time_zone))


def outlook_data(looked: Looked) -> dict[str, Any]:
    """Return the same for programs."""
    return {
        "name": looked.name,
        "at": instant_text(looked.decision.at),
        "terms": [_term(looked.agreement, one) for one in outlook(looked.dossier, looked.decision)],
    }


def _term(agreement: Agreement, term: TermOutlook) -> dict[str, Any]:
    reckoned = plain_due(term.state.due) if term.state.due else {"due": None, "derivation": []}
    return {
        "term": term.state.term.id,
        "name": term.state.name,
        "status": term.state.status.value,
        **reckoned,
        "expected": [
            {
                "at": instant_text(one.at),
                "what": one.due_action.kind.value,
                "level": one.due_action.data.get("level"),
                "tell": one.due_action.tell or None,
                "fill": dict(fills(agreement, one.due_action)),
                "done": one.done,
            }
            for one in term.expected
        ],
    }
