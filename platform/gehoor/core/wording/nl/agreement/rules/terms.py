"""Terms in words: a sentence for each thing that was agreed about one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.terms import LateLevel, Term
from gehoor.core.calendar.durations import Unit, show_duration
from gehoor.core.deadlines.due import Shift
from gehoor.core.wording.chapters import Chapter, Item, Sentence, chapter
from gehoor.core.wording.nl.agreement.phrases import (
    closed,
    joined,
    milestone,
    readable,
    role,
    role_with_deputy,
)
from gehoor.core.wording.nl.agreement.rules.conditions import clause
from gehoor.core.wording.nl.agreement.rules.term_changes import changed_course
from gehoor.core.wording.nl.dates import show_time
from gehoor.core.wording.nl.formats import FORMATS, quoted
from gehoor.core.wording.phrases import day_label
from gehoor.core.wording.phrases import joined as both

_OUTSIDE = {
    "public", "within", "at-latest", "from", "as-soon-as", "from-term", "count-day-zero", "cutoff", "shift",
    "min-working-days", "never-past", "applies-if", "suspend", "suspend/at-most", "extend", "extend/at-most",
    "further-delay", "source", "calendar", "stands-still-in", "begins-on-day-of",
}  # fmt: skip
"""What people outside may know of a term that something is promised about."""


def terms(agreement: Agreement) -> Chapter:
    """Say everything that was agreed about each term."""
    written = (term for term in agreement.terms.values() if not term.of_duty)
    return chapter("terms", "Termijnen", *(_term(agreement, term) for term in written))


def _term(agreement: Agreement, term: Term) -> Item:
    key = f"terms/{term.id}"
    said = (
        replace(
            sentence,
            key=f"{key}/{sentence.key}",
            public=bool(term.public) and sentence.key in _OUTSIDE,
        )
        for part in _PARTS
        for sentence in part(agreement, term)
    )
    return Item(
        key,
        term.name,
        tuple(said),
        new=f"Nieuwe termijn: {quoted(term.name)}.",
        gone=f"De termijn {quoted(term.name)} is weg.",
    )


def _within(agreement: Agreement, term: Term) -> Iterable[Sentence]:
    if term.public:
        yield Sentence("public", f"Dit zeggen wij aan wie het bericht gaf: {quoted(closed(term.public))}")
    if term.day:
        last = _last_day(agreement, term)
        yield Sentence(
            "at-latest",
            f"Dit gebeurt uiterlijk {last}.",
            subject=f"De termijn {quoted(term.name)}",
            value=last,
        )
        return
    within = show_duration(term.rule.within)
    yield Sentence(
        "within", f"Wij doen dit binnen {within}.", subject=f"De termijn {quoted(term.name)}", value=within
    )


def _last_day(agreement: Agreement, term: Term) -> str:
    there = f"de dag bij {quoted(day_label(agreement, term))}"
    if not term.rule.within.amount:
        return f"op {there}"
    way = "voor" if term.rule.backwards else "na"
    return f"{show_duration(term.rule.within)} {way} {there}"


def _calendar(_agreement: Agreement, term: Term) -> Iterable[Sentence]:
    if term.season:
        yield Sentence(
            "stands-still-in",
            f"De tijd staat stil op de sluitingsdagen van de kalender {quoted(term.season)}.",
        )
    if term.calendar:
        yield Sentence("calendar", f"Deze termijn telt met de kalender {quoted(term.calendar)}.")


def _span(agreement: Agreement, term: Term) -> Iterable[Sentence]:
    if term.rows:
        fields = agreement.dossier_form.fields
        yield Sentence("every", f"Dit geldt voor elke rij van {quoted(fields[term.rows].label)} apart.")
    if term.from_term:
        other = agreement.terms[term.from_term].name
        yield Sentence("from-term", f"De tijd begint op de laatste dag van de termijn {quoted(other)}.")
    elif term.begins_if:
        when = clause(agreement, term.begins_if)
        yield Sentence(
            "as-soon-as",
            f"De tijd begint zodra ingevuld is dat {when}. Is dat niet meer zo, dan vervalt de termijn.",
        )
    elif not term.day:
        starts = [milestone(agreement, name) for name in (term.starts, *term.other_starts)]
        last = ", wat het laatst komt" if term.other_starts else ""
        yield Sentence("from", f"De tijd begint bij {both(starts, 'of')}{last}.")
    if term.rows:
        done = fields[term.rows].members[term.done].label
        yield Sentence("until", f"Het is gedaan als bij {quoted(done)} een dag staat.")
    else:
        yield Sentence("until", f"Het is gedaan bij {milestone(agreement, term.until)}.")


def _counting(agreement: Agreement, term: Term) -> Iterable[Sentence]:
    rule = term.rule
    if term.day:
        if rule.shift is not Shift.NONE:
            yield Sentence("shift", _SHIFTS[rule.shift])
        return
    if rule.within.unit.elapses:
        # A term in hours simply elapses: no first or last day, and nothing to shift.
        return
    counts = "wel" if rule.count_day_zero else "niet"
    yield Sentence("count-day-zero", f"De dag waarop de tijd begint, telt {counts} mee.")
    yield from _start_days(agreement, term)
    if rule.shift is not Shift.NONE or rule.within.unit is not Unit.WORKING_DAYS:
        yield Sentence("shift", _SHIFTS[rule.shift])
    if rule.min_working_days:
        days = "werkdag" if rule.min_working_days == 1 else "werkdagen"
        yield Sentence("min-working-days", f"Er zit minstens {rule.min_working_days} {days} in.")
    if rule.never_past:
        last = show_duration(rule.never_past)
        yield Sentence("never-past", f"Het wordt nooit later dan {last} na het begin.")


def _start_days(agreement: Agreement, term: Term) -> Iterable[Sentence]:
    days, only_if = term.rule.start_days, term.start_days_if
    if days:
        begins = f"Als {clause(agreement, only_if)}, begint de tijd" if only_if else "De tijd begint"
        on = f"op een dag van de kalender {quoted(days.name)}"
        yield Sentence("begins-on-day-of", f"{begins} alleen {on}; is het geen, dan op de eerste erna.")
    if not term.rule.cutoff:
        return
    late = f"Wat na {show_time(term.rule.cutoff)} komt"
    working = f"{late}, of niet op een werkdag, geldt als gekomen op de volgende werkdag"
    if not days:
        yield Sentence("cutoff", f"{working}.")
    elif only_if:
        then = f"Telt de kalender {quoted(days.name)}, dan geldt het als gekomen op de volgende dag ervan."
        yield Sentence("cutoff", f"{working}. {then}")
    else:
        yield Sentence("cutoff", f"{late}, geldt als gekomen op de volgende van die dagen.")


def _when(agreement: Agreement, term: Term) -> Iterable[Sentence]:
    if term.applies_if:
        yield Sentence("applies-if", f"Deze termijn geldt alleen als {clause(agreement, term.applies_if)}.")
    if term.not_needed_if:
        yield Sentence("not-needed-if", f"Dit is niet nodig als {clause(agreement, term.not_needed_if)}.")


def _who(agreement: Agreement, term: Term) -> Iterable[Sentence]:
    deputy = role_with_deputy(agreement, term.responsible)
    who = f"Verantwoordelijk is {role(agreement, term.responsible)}."
    yield Sentence("responsible", f"{who} {deputy}".strip())
    if term.handler_too:
        too = "Wie het dossier behandelt, is het ook: die krijgt mee de herinnering, en hoort mee dat het te laat is."
        yield Sentence("handler-too", too)
    if term.after_closing:
        yield Sentence(
            "after-closing",
            "Deze termijn loopt door als het dossier afgesloten is: afsluiten wacht er niet op.",
        )
    if term.task:
        task = quoted(agreement.tasks[term.task].name)
        yield Sentence(
            "task",
            f"Wie de taak {task} heeft, krijgt in plaats daarvan de herinnering, en hoort dat het te laat is.",
        )
    yield from reminder_sentences(term)


def reminder_sentences(term: Term) -> Iterable[Sentence]:
    """Say when whoever is responsible is reminded."""
    if term.reminders:
        before = tuple(f"{show_duration(one)} vooraf" for one in term.reminders)
        yield Sentence(
            "remind",
            f"Wie verantwoordelijk is, krijgt een herinnering: {joined(before)}.",
            subject=f"De herinneringen van de termijn {term.name}",
            members=before,
        )


def late_sentences(agreement: Agreement, term: Term) -> Iterable[Sentence]:
    """Say who hears that it is late, and when."""
    told = [level for level in term.levels if level.tell]
    for index, level in enumerate(told):
        at_once = " meteen" if level.after is None else ""
        then = f"dan krijgt {role(agreement, level.tell)}{at_once} bericht."
        yield Sentence(f"late/{index}", f"Is het {_how_late(level)}, {then}")
    filling = [level for level in term.levels if level.fills]
    for index, level in enumerate(filling):
        fields = agreement.dossier_form.fields
        shown = ((fields[name], value) for name, value in level.fills.items())
        given = joined(
            [f"bij {quoted(of.label)} {quoted(of.type.show(value, of, FORMATS))}" for of, value in shown]
        )
        said = f"Is het {_how_late(level)}, dan vult Gehoor zelf in: {given}. {closed(level.because)}"
        yield Sentence(f"late/fill/{index}", said)


def _how_late(level: LateLevel) -> str:
    return f"{show_duration(level.after)} na de laatste dag nog niet gedaan" if level.after else "te laat"


def _source(_agreement: Agreement, term: Term) -> Iterable[Sentence]:
    if term.source:
        yield Sentence("source", f"Dit staat in: {closed(term.source)}")
    if term.held_against:
        demand = quoted(readable(term.held_against))
        yield Sentence("held-against", f"Wij toetsen deze termijn aan de eis {demand} van de wet.")


_SHIFTS: Final[Mapping[Shift, str]] = {
    Shift.NONE: "Is de laatste dag geen werkdag, dan verandert er niets.",
    Shift.NEXT: "Is de laatste dag geen werkdag, dan wordt het de volgende werkdag.",
    Shift.PREVIOUS: "Is de laatste dag geen werkdag, dan wordt het de vorige werkdag.",
}

_PARTS: Final[tuple[Callable[[Agreement, Term], Iterable[Sentence]], ...]] = (
    _within,
    _span,
    _calendar,
    _counting,
    _when,
    _who,
    late_sentences,
    changed_course,
    _source,
)
"""Everything that is said about a term, in this order. A new keyword of a term: a sentence in one of these."""
