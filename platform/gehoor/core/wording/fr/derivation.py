"""A derivation in plain French: one short sentence for each step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.terms import Term
from gehoor.core.calendar.durations import Duration, Unit
from gehoor.core.deadlines.derivation_steps import Step, StepKind
from gehoor.core.wording.fr.dates import (
    of_the_days,
    show_date,
    show_instant,
    show_month,
    show_time,
    the_days,
)
from gehoor.core.wording.fr.days_off import closing, holiday, why, why_not_counted
from gehoor.core.wording.fr.formats import number, show_duration
from gehoor.core.wording.fr.typography import COLON, SEMICOLON, quoted
from gehoor.core.wording.phrases import capital, day_label, joined
from gehoor.core.wording.port import Derivation, StepSentence

_FALLEN: Final[Mapping[Unit, tuple[str, str]]] = {
    Unit.CALENDAR_DAYS: ("jour ne compte pas", "jours ne comptent pas"),
    Unit.WORKING_DAYS: ("jour ouvrable ne compte pas", "jours ouvrables ne comptent pas"),
    Unit.WORKING_DAYS_MON_SAT: ("jour ouvrable ne compte pas", "jours ouvrables ne comptent pas"),
    Unit.HOURS: ("heure ne compte pas", "heures ne comptent pas"),
}
_NOT_COUNTED: Final = ("ne compte pas", "ne comptent pas")


def starts_at(agreement: Agreement, term: Term) -> str:
    """Say at what a term starts: a milestone, the day in a field, what became true, or the last day of another term."""
    if term.day:
        return f"Jour indiqué à {quoted(day_label(agreement, term))}"
    if term.begins_if:
        return "Réponse qui fait courir le délai"
    if term.from_term:
        return f"Dernier jour de {quoted(agreement.terms[term.from_term].name)}"
    names = [agreement.milestones[name].name for name in (term.starts, *term.other_starts)]
    return f"Le dernier de {joined([*map(quoted, names)], 'et')}" if term.other_starts else names[0]


def _start(step: Step, event: str) -> str:
    detail = step.detail
    local = detail.get("local")
    when = _day(local or step.day)
    if local is not None:
        when += f" (fuseau horaire {detail['time_zone']})"
    happened = "Compté à rebours à partir du " if detail["backwards"] else f"{event}{COLON}"
    return f"{happened}{when}{_counts(detail['counts'])}."


def _day_zero(step: Step, detail: Mapping[str, Any]) -> str:
    day, counts = f"le {_day(step.day)}", _counts(detail["counts"])
    if days := detail.get("days_of"):
        if detail["late"]:
            hour = show_time(detail["cutoff"])
            return f"Après {hour}{COLON}{day} est le jour suivant du calendrier {quoted(days)}{counts}."
        return (
            f"Ce n'est pas un jour du calendrier {quoted(days)}{COLON}{day} est le premier qui suit{counts}."
        )
    reason = (
        f"Après {show_time(detail['cutoff'])}"
        if detail["late"]
        else f"Jour non ouvrable ({why(detail['why'])})"
    )
    return f"{reason}{COLON}{day} est le jour de départ{counts}."


def _weekend(step: Step, _detail: Mapping[str, Any]) -> str:
    verb = "fait" if step.is_one_day else "font"
    return f"{_stretch(step)} {verb} partie du week-end et {_NOT_COUNTED[not step.is_one_day]}."


def _holiday(step: Step, detail: Mapping[str, Any]) -> str:
    name = holiday(detail["name"]) or detail["name"]
    return f"{_stretch(step)} est un jour férié ({name}) et ne compte pas."


def _closed(step: Step, detail: Mapping[str, Any]) -> str:
    return f"{_stretch(step)} {_NOT_COUNTED[not step.is_one_day]} ({closing(detail['name'])})."


def _extension(step: Step, detail: Mapping[str, Any]) -> str:
    more = _amount(detail)
    if step.day is not None:
        return f"Prolongation{COLON}{more}, à compter du lendemain du {_day(step.day)}."
    return f"Prolongation{COLON}{more}, soit {_amount(detail, 'total')} en tout depuis le début."


def _month_end(step: Step, detail: Mapping[str, Any]) -> str:
    if step.day is None:
        return ""
    missing = f"Il n'y a pas de {detail['asked']} en {show_month(step.day)}"
    return f"{missing}{COLON}c'est le dernier jour du mois qui compte."


def _count(step: Step, detail: Mapping[str, Any]) -> str:
    if detail["counts"]:
        verb = "mènent" if detail["amount"] >= 2 else "mène"
        back = " à rebours" if detail["backwards"] else ""
        return f"{_amount(detail)}{back}, premier jour compris, {verb} {_until(step.day)} inclus."
    direction = "plus tôt" if detail["backwards"] else "plus tard"
    return f"{_amount(detail)} {direction}, c'est le {_day(step.day)}."


def _clock_change(_step: Step, detail: Mapping[str, Any]) -> str:
    minutes = detail["minutes"]
    size = "d'une heure" if abs(minutes) == 60 else f"de {abs(minutes)} minutes"
    return f"Pendant ce temps, l'horloge {'avance' if minutes > 0 else 'recule'} {size}."


def _suspension(step: Step, detail: Mapping[str, Any]) -> str:
    one, more = _FALLEN[detail["unit"]]
    amount = detail["amount"]
    fallen = f"{number(format(amount, 'g'))} {more if amount >= 2 else one}"
    merged = f" ({detail['merged']} suspensions ensemble)" if detail["merged"] > 1 else ""
    if seasons := detail.get("seasons"):
        also = ("suspension",) if detail["merged"] > len(seasons) else ()
        merged = f" ({joined((*seasons, *also), 'et')})"
    included = "" if isinstance(detail["to"], datetime) else " inclus"
    return (
        f"Le délai est suspendu {_pause(step)}{merged}{COLON}{fallen}. "
        f"Il court maintenant {_until(detail['to'])}{included}."
    )


def _open_suspension(step: Step, _detail: Mapping[str, Any]) -> str:
    return f"Depuis le {_day(step.day)}, le délai est suspendu{SEMICOLON}cette suspension court encore."


def _suspension_refused(step: Step, _detail: Mapping[str, Any]) -> str:
    return f"Ce délai ne peut pas être suspendu{COLON}la suspension {_of_pause(step)} ne compte pas."


def _suspension_idle(step: Step, detail: Mapping[str, Any]) -> str:
    reason = {
        "before-start": "s'est terminée avant que le délai ne commence à courir",
        "after-due": "a commencé après l'échéance",
        "empty": "n'a pas duré un jour entier",
    }[detail["why"]]
    return f"La suspension {_of_pause(step)} {reason} et ne change rien."


def _shift(step: Step, detail: Mapping[str, Any]) -> str:
    reasons = []
    for reason, items in groupby(sorted(detail["reasons"], key=itemgetter("day")), key=_kind_of_day):
        days = [item["day"] for item in items]
        said = why_not_counted(reason, one_day=len(days) == 1)
        reasons.append(f"{the_days(days[0], days[-1], whole=True)} {said}")
    moved = "est ramené" if step.day is not None and detail["to"] < step.day else "est reporté"
    return f"{capital(joined(reasons, 'et'))}{COLON}le délai {moved} au {_day(detail['to'])}."


def _kind_of_day(item: Mapping[str, Any]) -> str:
    reason = str(item["reason"])
    return "zaterdag" if reason == "zondag" else reason


def _no_shift(step: Step, _detail: Mapping[str, Any]) -> str:
    return f"À rebours, un délai n'est jamais reporté à plus tard{COLON}on garde le {_day(step.day)}."


def _minimum(step: Step, detail: Mapping[str, Any]) -> str:
    needed = show_duration(Duration(detail["required"], Unit.WORKING_DAYS))
    return (
        f"Le délai doit contenir au moins {needed}{SEMICOLON}{_until(step.day)} inclus, il y en a "
        f"{detail['held']}. Le délai court {_until(detail['to'])} inclus."
    )


def _last(step: Step, detail: Mapping[str, Any]) -> str:
    most = show_duration(Duration(detail["amount"], detail["unit"]))
    return f"Jamais plus de {most} après le début{COLON}l'échéance est le {_day(step.day)}."


def _result(step: Step, detail: Mapping[str, Any]) -> str:
    if step.day is None:
        return "Il n'y a pas d'échéance pour l'instant, parce que le délai est suspendu."
    if detail["backwards"]:
        return f"Le résultat est le {_day(step.day)}."
    if isinstance(step.day, datetime):
        return f"Le délai se termine le {_day(step.day)}."
    return f"L'échéance est le {_day(step.day)}."


def _day(value: date | datetime | None) -> str:
    if isinstance(value, datetime):
        return show_instant(value)
    return "jour inconnu" if value is None else show_date(value)


def _until(value: date | datetime | None) -> str:
    return f"jusqu'au {_day(value)}"


def _stretch(step: Step) -> str:
    """Begin a sentence about the day or the days of a step."""
    if step.day is None:
        return "Un jour inconnu"
    last = step.day if step.last is None else step.last
    return capital(the_days(step.day, last, whole=True))


def _amount(detail: Mapping[str, Any], key: str = "amount") -> str:
    return show_duration(Duration(detail[key], detail["unit"]))


def _counts(counts: bool | None) -> str:
    if counts is None:
        return ""
    return SEMICOLON + ("ce jour compte comme jour 1" if counts else "ce jour ne compte pas")


def _pause(step: Step) -> str:
    if step.day is None or step.last is None:
        return f"à partir du {_day(step.day)}"
    return the_days(step.day, step.last)


def _of_pause(step: Step) -> str:
    if step.day is None or step.last is None:
        return f"à partir du {_day(step.day)}"
    return of_the_days(step.day, step.last)


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
    language="fr",
    received="Réception",
    start=_start,
    by_kind=_SENTENCES,
    starts_at=starts_at,
    reopened="Dossier rouvert",
)
