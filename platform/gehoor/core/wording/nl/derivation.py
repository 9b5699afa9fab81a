"""A derivation in plain Dutch: one short sentence for each step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.terms import Term
from gehoor.core.calendar.durations import Unit
from gehoor.core.deadlines.derivation_steps import Step, StepKind
from gehoor.core.wording.nl.agreement.rules.conditions import clause
from gehoor.core.wording.nl.dates import show_dates, show_month, show_time
from gehoor.core.wording.nl.derivation_phrases import (
    amount_text,
    counts_text,
    day_text,
    pause_text,
    stretch_text,
)
from gehoor.core.wording.nl.formats import quoted
from gehoor.core.wording.phrases import capital, day_label, joined
from gehoor.core.wording.port import Derivation, StepSentence

_ALSO: Final = "opschorting"
"""What else lets a term stand still, beside a season."""

_FALLEN: Final[Mapping[Unit, tuple[str, str]]] = {
    Unit.CALENDAR_DAYS: ("dag", "dagen"),
    Unit.WORKING_DAYS: ("werkdag", "werkdagen"),
    Unit.WORKING_DAYS_MON_SAT: ("werkdag", "werkdagen"),
    Unit.HOURS: ("uur", "uur"),
}


def starts_at(agreement: Agreement, term: Term) -> str:
    """Say at what a term starts: a milestone, the day in a field, what became true, or the last day of another term."""
    if term.day:
        return f"Dag bij {quoted(day_label(agreement, term))}"
    if term.begins_if:
        return f"Ingevuld dat {clause(agreement, term.begins_if)}"
    if term.from_term:
        return f"Laatste dag van {quoted(agreement.terms[term.from_term].name)}"
    names = [agreement.milestones[name].name for name in (term.starts, *term.other_starts)]
    return f"Het laatste van {joined([*map(quoted, names)], 'en')}" if term.other_starts else names[0]


def _start(step: Step, event: str) -> str:
    detail = step.detail
    local = detail.get("local")
    when = day_text(local or step.day)
    if local is not None:
        when += f" (tijd in {detail['time_zone']})"
    happened = "Teruggeteld vanaf" if detail["backwards"] else f"{event} op"
    return f"{happened} {when}{counts_text(detail['counts'])}."


def _day_zero(step: Step, detail: Mapping[str, Any]) -> str:
    day, counts = day_text(step.day), counts_text(detail["counts"])
    if days := detail.get("days_of"):
        if detail["late"]:
            hour = show_time(detail["cutoff"])
            return f"Na {hour}: {day} is de volgende dag van de kalender {quoted(days)}{counts}."
        return f"Dat is geen dag van de kalender {quoted(days)}: {day} is de eerste erna{counts}."
    why = f"Na {show_time(detail['cutoff'])}" if detail["late"] else f"Niet op een werkdag ({detail['why']})"
    return f"{why}: {day} geldt als eerste dag{counts}."


def _weekend(step: Step, _detail: Mapping[str, Any]) -> str:
    verbs = ("is", "telt") if step.is_one_day else ("zijn", "tellen")
    return f"{capital(stretch_text(step))} {verbs[0]} weekend en {verbs[1]} niet mee."


def _holiday(step: Step, detail: Mapping[str, Any]) -> str:
    return f"{capital(stretch_text(step))} is {detail['name']} en telt niet mee."


def _closed(step: Step, detail: Mapping[str, Any]) -> str:
    verb = "telt" if step.is_one_day else "tellen"
    return f"{capital(stretch_text(step))} {verb} niet mee ({detail['name']})."


def _extension(step: Step, detail: Mapping[str, Any]) -> str:
    if step.day is not None:
        return f"Verlengd met {amount_text(detail)}, verder geteld na {day_text(step.day)}."
    return (
        f"Verlengd met {amount_text(detail)}: samen {amount_text(detail, 'total')}, geteld vanaf het begin."
    )


def _month_end(step: Step, detail: Mapping[str, Any]) -> str:
    if step.day is None:
        return ""
    month = capital(show_month(step.day))
    return f"{month} heeft geen dag {detail['asked']}: de laatste dag van de maand geldt."


def _count(step: Step, detail: Mapping[str, Any]) -> str:
    direction = "eerder" if detail["backwards"] else "later"
    if detail["counts"]:
        back = "terug " if detail["backwards"] else ""
        return f"{amount_text(detail)} met de eerste dag meegeteld is {back}tot en met {day_text(step.day)}."
    return f"{amount_text(detail)} {direction} is het {day_text(step.day)}."


def _clock_change(_step: Step, detail: Mapping[str, Any]) -> str:
    minutes = detail["minutes"]
    size = "een uur" if abs(minutes) == 60 else f"{abs(minutes)} minuten"
    return f"In deze tijd gaat de klok {size} {'vooruit' if minutes > 0 else 'achteruit'}."


def _suspension(step: Step, detail: Mapping[str, Any]) -> str:
    until = "tot" if isinstance(detail["to"], datetime) else "tot en met"
    amount = f"{detail['amount']:g}".replace(".", ",")
    one, more = _FALLEN[detail["unit"]]
    fallen = f"1 {one} valt" if amount == "1" else f"{amount} {more} vallen"
    merged = f" ({detail['merged']} opschortingen samen)" if detail["merged"] > 1 else ""
    if seasons := detail.get("seasons"):
        also = (_ALSO,) if detail["merged"] > len(seasons) else ()
        merged = f" ({joined((*seasons, *also), 'en')})"
    return (
        f"De termijn staat stil {pause_text(step)}{merged}: {fallen} weg. "
        f"De termijn loopt nu {until} {day_text(detail['to'])}."
    )


def _open_suspension(step: Step, _detail: Mapping[str, Any]) -> str:
    return f"Sinds {day_text(step.day)} staat de termijn stil; die opschorting loopt nog."


def _suspension_refused(step: Step, _detail: Mapping[str, Any]) -> str:
    return f"Deze termijn mag niet stilstaan: de opschorting {pause_text(step)} telt niet."


def _suspension_idle(step: Step, detail: Mapping[str, Any]) -> str:
    why = {
        "before-start": "lag voor de termijn begon te lopen",
        "after-due": "begon na de vervaldag",
        "empty": "duurde geen hele dag",
    }[detail["why"]]
    return f"De opschorting {pause_text(step)} {why} en verandert niets."


def _shift(step: Step, detail: Mapping[str, Any]) -> str:
    reasons = []
    for reason, items in groupby(sorted(detail["reasons"], key=itemgetter("day")), key=_reason_of):
        days = [item["day"] for item in items]
        reasons.append(f"{show_dates(days[0], days[-1])} {'is' if len(days) == 1 else 'zijn'} {reason}")
    listed = f"{', '.join(reasons[:-1])} en {reasons[-1]}" if len(reasons) > 1 else reasons[0]
    back = " terug" if step.day is not None and detail["to"] < step.day else ""
    return f"{capital(listed)}: de termijn schuift{back} naar {day_text(detail['to'])}."


def _reason_of(item: Mapping[str, Any]) -> str:
    return _reason(item["reason"])


def _reason(reason: str) -> str:
    return "weekend" if reason in ("zaterdag", "zondag") else reason


def _no_shift(step: Step, _detail: Mapping[str, Any]) -> str:
    return f"Bij terugtellen schuift een termijn nooit vooruit: {day_text(step.day)} blijft."


def _minimum(step: Step, detail: Mapping[str, Any]) -> str:
    required, held = detail["required"], detail["held"]
    needed = "1 werkdag" if required == 1 else f"{required} werkdagen"
    return (
        f"In de termijn moet minstens {needed} zitten; tot en met {day_text(step.day)} is dat {held}. "
        f"De termijn loopt door tot en met {day_text(detail['to'])}."
    )


def _last(step: Step, detail: Mapping[str, Any]) -> str:
    return f"Nooit later dan {amount_text(detail)} na het begin: het wordt {day_text(step.day)}."


def _result(step: Step, detail: Mapping[str, Any]) -> str:
    if step.day is None:
        return "Er is nu geen vervaldag, omdat de termijn stilstaat."
    if detail["backwards"]:
        return f"De uitkomst is {day_text(step.day)}."
    if isinstance(step.day, datetime):
        return f"De termijn eindigt op {day_text(step.day)}."
    return f"De vervaldag is {day_text(step.day)}."


_SENTENCES: Final[Mapping[StepKind, StepSentence]] = {
    StepKind.DAY_ZERO: _day_zero,
    StepKind.WEEKEND: _weekend,
    StepKind.HOLIDAY: _holiday,
    StepKind.CLOSED: _closed,
    StepKind.EXTENSION: _extension,
    StepKind.MONTH_END: _month_end,
    StepKind.COUNT: _count,
    StepKind.CLOCK_CHANGE: _clock_change,
    StepKind.SUSPENSION: _suspension,
    StepKind.OPEN_SUSPENSION: _open_suspension,
    StepKind.SUSPENSION_REFUSED: _suspension_refused,
    StepKind.SUSPENSION_IDLE: _suspension_idle,
    StepKind.SHIFT: _shift,
    StepKind.NO_SHIFT: _no_shift,
    StepKind.MINIMUM: _minimum,
    StepKind.LAST: _last,
    StepKind.RESULT: _result,
}

DERIVATION: Final = Derivation(
    language="nl",
    received="Ontvangen",
    start=_start,
    by_kind=_SENTENCES,
    starts_at=starts_at,
    reopened="Dossier heropend",
)
