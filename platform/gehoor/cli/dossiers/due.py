"""``gehoor due``: reckon one due date by hand, with its derivation."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

import click

from gehoor.cli.dossiers.deadline_data import plain_due
from gehoor.cli.dossiers.deadline_input import InputError, read_closed, read_start, read_suspension, read_time
from gehoor.cli.dossiers.outlook import (
    Looked,
    example_names,
    look_at_dossier,
    look_at_example,
    outlook_data,
    outlook_lines,
    unknown,
)
from gehoor.cli.support.click_dutch import OptionProblem
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.harmless import json_text
from gehoor.cli.support.options import Moment, echo_json, now_option, place_options
from gehoor.cli.support.targets import working_agreement
from gehoor.core.calendar.durations import DurationError, parse_duration
from gehoor.core.calendar.working_days import CALENDAR_NAMES, Calendar, CalendarError, ClosedPeriod
from gehoor.core.deadlines.due import Shift, TermRule
from gehoor.core.deadlines.due import due as reckon_due
from gehoor.core.deadlines.errors import DeadlineError, DeadlineProblem
from gehoor.core.wording.registry import DUTCH

_Value = TypeVar("_Value")

_SHIFTS: Final[Mapping[str, Shift]] = {
    "volgende": Shift.NEXT,
    "volgende werkdag": Shift.NEXT,
    "vorige": Shift.PREVIOUS,
    "vorige werkdag": Shift.PREVIOUS,
    "geen": Shift.NONE,
}
_FORMATS: Final = ("json", "text")
_MOST_WORKING_DAYS: Final = 365

_OPTION_OF: Final[Mapping[DeadlineProblem, str]] = {
    DeadlineProblem.NAIVE_INSTANT: "--from",
    DeadlineProblem.HOURS_NEED_INSTANT: "--from",
    DeadlineProblem.HOURS_ONLY_ELAPSE: "--within",
    DeadlineProblem.HOURS_MIXED: "--extend",
    DeadlineProblem.BACKWARDS_ONLY_COUNTS: "--backwards",
    DeadlineProblem.NEGATIVE_MINIMUM: "--min-working-days",
    DeadlineProblem.UNKNOWN_TIME_ZONE: "--time-zone",
    DeadlineProblem.OUT_OF_RANGE: "--within",
}


def _read(option: str, text: str, reader: Callable[[str], _Value]) -> _Value:
    try:
        return reader(text.strip())
    except (InputError, DurationError, CalendarError) as error:
        raise OptionProblem(option, str(error)) from error


def _required(option: str, text: str | None, example: str) -> str:
    if text is None:
        raise OptionProblem(option, f"deze optie is nodig; schrijf bijvoorbeeld {option} {example}")
    return text


def _choice(option: str, text: str, choices: Mapping[str, _Value]) -> _Value:
    chosen = choices.get(text.strip().lower())
    if chosen is None:
        short = [name for name in choices if " " not in name]
        raise OptionProblem(option, f'"{text}" kan niet; kies uit {", ".join(short)}')
    return chosen


def _calendar(name: str, closed: tuple[str, ...]) -> Calendar:
    periods: tuple[ClosedPeriod, ...] = tuple(_read("--closed", text, read_closed) for text in closed)
    return _read("--calendar", name, lambda text: Calendar(text.upper(), periods))


def _working_days(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,4}", text.strip()) is None or int(text) > _MOST_WORKING_DAYS:
        most = _MOST_WORKING_DAYS
        raise OptionProblem(
            "--min-working-days", f'"{text}" kan niet; schrijf een getal van 0 tot en met {most}'
        )
    return int(text)


def _agreed(
    ctx: click.Context, department: str, term: str | None, within: str | None
) -> tuple[TermRule, str]:
    """Return the rule of a term as a department agreed it, or of a duration with its calendar, and when it begins on
    the days that it names; empty: always."""
    agreement = working_agreement(ctx, department)
    if term is None:
        length = _read("--within", _required("--within", within, '"10 kalenderdagen"'), parse_duration)
        return TermRule(length, agreement.calendar, time_zone=agreement.time_zone), ""
    if within is not None:
        raise OptionProblem("--within", f"hoe lang {term} duurt, staat in de afspraken; laat dit weg")
    known = [name for name, of in agreement.terms.items() if not of.of_duty]
    if term not in known:
        raise unknown(term, known, example_names(ctx, department))
    found = agreement.terms[term]
    only_if = found.start_days_if
    return found.rule, DUTCH.agreements.clause(agreement, only_if) if only_if else ""


def _tell(looked: Looked, as_json: bool) -> None:
    if as_json:
        echo_json(outlook_data(looked))
    else:
        for line in outlook_lines(looked):
            click.echo(line)


@click.command("due", cls=WorkCommand, short_help="Reken een termijn uit.")
@click.argument("department", metavar="[NUMMER|ORGANISATIE/AFDELING]", required=False)
@click.argument("term", metavar="[TERMIJN|VOORBEELD]", required=False)
@click.option(
    "--from",
    "start",
    metavar="DAG|TIJDSTIP",
    help="Begin van de termijn: 2026-03-27 of met uur en Z of +01:00.",
)
@click.option(
    "--within", metavar="DUUR", help='Duur: "10 kalenderdagen", "5 werkdagen", "6 weken", "24 uren".'
)
@click.option(
    "--calendar",
    default="BE-WET",
    metavar="NAAM",
    help=f"{', '.join(CALENDAR_NAMES)}; zonder keuze BE-WET.",
)
@click.option(
    "--shift",
    default="geen",
    metavar="KEUZE",
    help="Als de laatste dag geen werkdag is: volgende, vorige of geen.",
)
@click.option("--closed", multiple=True, metavar="DAG[/DAG]", help="Eigen sluitingsdag of -dagen; mag vaker.")
@click.option(
    "--suspend",
    multiple=True,
    metavar="VAN/TOT",
    help="Opschorting, tot niet inbegrepen, of van/open; mag vaker.",
)
@click.option("--no-suspension", is_flag=True, help="Deze termijn mag niet worden opgeschort.")
@click.option("--extend", multiple=True, metavar="DUUR", help='Verlenging: "15 kalenderdagen"; mag vaker.')
@click.option("--count-day-zero", is_flag=True, help="De eerste dag telt mee.")
@click.option(
    "--cutoff", metavar="UU:MM", help="Later ontvangen, of niet op een werkdag: de volgende werkdag."
)
@click.option(
    "--min-working-days", default="0", metavar="AANTAL", help="Zoveel werkdagen zitten er minstens in."
)
@click.option(
    "--time-zone", default="Europe/Brussels", metavar="NAAM", help="Tijdzone waarin de dagen vallen."
)
@click.option("--backwards", is_flag=True, help="Terugtellen vanaf het begin, zoals voor een herinnering.")
@click.option("--format", "output", default="text", metavar="VORM", help="text of json.")
@now_option
@place_options
@click.pass_context
def due(
    ctx: click.Context,
    department: str | None,
    term: str | None,
    start: str | None,
    within: str | None,
    calendar: str,
    shift: str,
    closed: tuple[str, ...],
    suspend: tuple[str, ...],
    no_suspension: bool,
    extend: tuple[str, ...],
    count_day_zero: bool,
    cutoff: str | None,
    min_working_days: str,
    time_zone: str,
    backwards: bool,
    output: str,
    moment: Moment | None,
) -> None:
    """Reken uit op welke dag iets klaar moet zijn, en laat zien hoe. Er wordt niets bewaard.

    Met het NUMMER van een dossier leest u al zijn termijnen: tot wanneer, en wie wanneer een herinnering krijgt of
    hoort dat het te laat is, zolang niemand doet wat er gevraagd wordt. Met een afdeling en een VOORBEELD uit de
    bestanden leest u hetzelfde, alsof het voorbeeld binnenkwam op --from. Met --now kijkt u vanaf een ander moment.

    Noem een afdeling om met haar kalender en sluitingsdagen te rekenen, en een termijn om te rekenen zoals zij die
    afsprak. Zonder afdeling telt alleen wat u erbij zegt.
    """
    as_json = _choice("--format", output, {name: name for name in _FORMATS}) == "json"
    if department and "/" not in department:
        if start is not None or within is not None:
            advice = "schrijf een afdeling zo: de-linde/beukenhof, en zet een waarde met spaties tussen"
            raise OptionProblem(department, f"{advice} aanhalingstekens")
        _tell(look_at_dossier(ctx, department, moment), as_json)
        return
    first = _read("--from", _required("--from", start, "2026-03-27"), read_start)
    if department and term and (example := look_at_example(ctx, department, term, first, moment)):
        _tell(example, as_json)
        return
    only_if = ""
    try:
        if department:
            rule, only_if = _agreed(ctx, department, term, within)
        else:
            rule = TermRule(
                _read("--within", _required("--within", within, '"10 kalenderdagen"'), parse_duration),
                _calendar(calendar, closed),
                shift=_choice("--shift", shift, _SHIFTS),
                count_day_zero=count_day_zero,
                cutoff=None if cutoff is None else _read("--cutoff", cutoff, read_time),
                min_working_days=_working_days(min_working_days),
                backwards=backwards,
                time_zone=time_zone.strip(),
                suspension_allowed=not no_suspension,
            )
        result = reckon_due(
            rule,
            first,
            suspensions=[_read("--suspend", text, read_suspension) for text in suspend],
            extensions=[_read("--extend", text, parse_duration) for text in extend],
        )
    except DeadlineError as error:
        raise OptionProblem(_OPTION_OF[error.problem], str(error)) from error
    except CalendarError as error:
        raise OptionProblem("--calendar", str(error)) from error
    if as_json:
        told = plain_due(result) | ({"only_if": only_if} if only_if else {})
        click.echo(json_text(told, indent=2))
        return
    said = DUTCH.derivation.sentences(result.steps)
    click.echo("\n".join([*said, *([f"Zo telt het als {only_if}."] if only_if else [])]))
