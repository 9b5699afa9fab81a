"""Every worked-out deadline and status of the domain file, through the core and through the command line."""

import csv
import json
from datetime import date, datetime, time

import pytest
from click.testing import CliRunner

from gehoor.cli.dossiers.due import due as due_command
from gehoor.core.calendar.durations import Duration, parse_duration
from gehoor.core.calendar.working_days import Calendar, ClosedPeriod
from gehoor.core.deadlines.due import Shift, Suspension, TermRule, due, due_day
from gehoor.core.deadlines.status import TermStatus, reminder_day, term_status
from tests.support.loading_cases import EXAMPLES

ORACLES = EXAMPLES / "oracles"
SHIFTS = {"geen": Shift.NONE, "volgende": Shift.NEXT, "vorige": Shift.PREVIOUS}
STATUSES = {
    "op_tijd": TermStatus.ON_TIME,
    "te_laat_voltooid": TermStatus.LATE_DONE,
    "te_laat": TermStatus.LATE,
    "vandaag": TermStatus.TODAY,
    "herinnering": TermStatus.REMINDER,
    "opgeschort": TermStatus.SUSPENDED,
    "loopt": TermStatus.RUNNING,
}
# Worked out by hand for what the domain file names but shows no case of; same columns, without the reason.
OWN = """
E01,2026-05-22T18:30:00+02:00,x; cutoff=17:00,werkdagen,2,BE-WET,,2026-05-28
E02,2026-05-22T17:00:00+02:00,x; cutoff=17:00,werkdagen,2,BE-WET,,2026-05-27
E03,2026-05-23,x; cutoff=17:00,werkdagen,2,BE-WET,,2026-05-28
E04,2026-05-22T18:30:00+02:00,x; cutoff=17:00,kalenderdagen,10,BE-WET,,2026-06-05
E05,2026-09-01,x,kalenderdagen,45,BE-WET,2026-09-11/2026-09-21|2026-09-15/2026-09-25,2026-10-30
E06,2026-09-01,x,kalenderdagen,45,BE-WET,2026-09-15/2026-09-25|2026-09-11/2026-09-21,2026-10-30
E07,2026-10-24T18:00:00+02:00,x,uren,24,GEEN,,2026-10-25T17:00:00+01:00
E08,2028-01-31,x,maanden,1,BE-WET,,2028-02-29
E09,2026-09-01,x; opschorting=verboden,kalenderdagen,45,BE-WET,2026-09-11/2026-09-21,2026-10-16
E10,2026-09-01,x; opschorting=verboden,kalenderdagen,45,BE-WET,2026-09-11/open,2026-10-16
E11,2026-01-05,x; dag0=aan,kalenderdagen,10,BE-WET,,2026-01-14
E12,2026-01-05,x; dag0=aan,werkdagen,5,BE-WET,,2026-01-09
E13,2026-01-03,x; dag0=aan,werkdagen,5,BE-WET,,2026-01-09
E14,2026-03-28,x; verschuif=volgende; tz=Europe/Amsterdam,weken,6,NL-ATW,,2026-05-11
E15,2026-01-12,x; verleng=+15,kalenderdagen,30,BE-WET,,2026-02-26
E16,2028-02-29,x,jaren,4,BE-WET,,2032-02-29
E17,2026-07-09,x,werkdagen,3,BE-VL,,2026-07-14
E18,2026-07-09,x,werkdagen_ma_za,3,BE-WET,,2026-07-13
E19,2026-09-01,x,werkdagen,10,BE-WET,2026-09-10/2026-09-14,2026-09-17
E20,2026-09-01,x,kalenderdagen,10,BE-WET,2026-09-11/2026-09-13,2026-09-13
E21,2026-09-01,x,kalenderdagen,10,BE-WET,2026-09-11/2026-09-13|2026-09-13/2026-09-14,2026-09-14
E22,2026-09-01,x,kalenderdagen,10,BE-WET,2026-09-05/2026-09-07|2026-09-13/2026-09-14,2026-09-14
E23,2026-12-31T22:59:59Z,x,kalenderdagen,10,BE-WET,,2027-01-10
E24,2026-04-02,x; verschuif=volgende; min_werkdagen=2; tz=Europe/Amsterdam,kalenderdagen,14,NL-ATW,,2026-04-16
E25,2026-07-23,x; terugtellen=ja; verschuif=vorige,kalenderdagen,2,BE-WET,,2026-07-20
E26,2026-12-25,x; terugtellen=ja; verschuif=volgende,kalenderdagen,0,BE-WET,,2026-12-25
""".strip()


def _rows(name: str) -> list[dict[str, str]]:
    with (ORACLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _own_rows() -> list[dict[str, str]]:
    names = list(_rows("termijnen.csv")[0])[:8]
    return [dict(zip(names, line, strict=True)) for line in csv.reader(OWN.splitlines())]


TERMS = [*_rows("termijnen.csv"), *_own_rows()]
BY_CASE = pytest.mark.parametrize("row", [pytest.param(row, id=row["case"]) for row in TERMS])


def _settings(row: dict[str, str]) -> dict[str, str]:
    parts = (part.strip().partition("=") for part in row["rule_text"].split(";"))
    return {key: value for key, sign, value in parts if sign}


def _suspensions(row: dict[str, str]) -> list[str]:
    return row["suspensions"].split("|") if row["suspensions"] else []


def _command_line(row: dict[str, str]) -> list[str]:
    settings = _settings(row)
    name, *closed = row["calendar"].split("+")
    line = ["--from", row["start_iso"], "--within", f"{row['amount']} {row['unit']}", "--calendar", name]
    line += [text for period in closed for text in ("--closed", period)]
    line += [text for period in _suspensions(row) for text in ("--suspend", period)]
    if "verschuif" in settings:
        line += ["--shift", settings["verschuif"]]
    if "verleng" in settings:
        line += ["--extend", f"{settings['verleng'].lstrip('+')} {row['unit']}"]
    for key, option in (
        ("cutoff", "--cutoff"),
        ("min_werkdagen", "--min-working-days"),
        ("tz", "--time-zone"),
    ):
        if key in settings:
            line += [option, settings[key]]
    flags = {
        "--count-day-zero": settings.get("dag0") == "aan",
        "--backwards": settings.get("terugtellen") == "ja",
        "--no-suspension": settings.get("opschorting") == "verboden",
    }
    return [*line, *(flag for flag, on in flags.items() if on)]


def _closed(text: str) -> ClosedPeriod:
    first, _, last = text.partition("/")
    return ClosedPeriod(date.fromisoformat(first), date.fromisoformat(last or first))


def _suspension(text: str) -> Suspension:
    start, _, end = text.partition("/")
    return Suspension(date.fromisoformat(start), None if end == "open" else date.fromisoformat(end))


@BY_CASE
def test_the_command_gives_the_worked_out_day(row: dict[str, str]) -> None:
    result = CliRunner().invoke(due_command, [*_command_line(row), "--format", "json"])
    assert result.exit_code == 0, result.stderr
    answer = json.loads(result.stdout)
    assert (answer["due"] or "OPEN") == row["expected_due_iso"]
    assert answer["derivation"][-1]["day"] == answer["due"]
    assert all(step["kind"] and step["text"] for step in answer["derivation"])


@BY_CASE
def test_the_core_gives_the_worked_out_day(row: dict[str, str]) -> None:
    settings = _settings(row)
    name, *closed = row["calendar"].split("+")
    rule = TermRule(
        parse_duration(f"{row['amount']} {row['unit']}"),
        Calendar(name, tuple(_closed(text) for text in closed)),
        SHIFTS[settings.get("verschuif", "geen")],
        count_day_zero=settings.get("dag0") == "aan",
        cutoff=time.fromisoformat(settings["cutoff"]) if "cutoff" in settings else None,
        min_working_days=int(settings.get("min_werkdagen", "0")),
        backwards=settings.get("terugtellen") == "ja",
        time_zone=settings.get("tz", "Europe/Brussels"),
        suspension_allowed=settings.get("opschorting") != "verboden",
    )
    text = row["start_iso"]
    start = datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    suspensions = [_suspension(period) for period in _suspensions(row)]
    extensions = [Duration(int(settings["verleng"]), rule.within.unit)] if "verleng" in settings else []
    result = due(rule, start, suspensions=suspensions, extensions=extensions)
    assert ("OPEN" if result.due is None else result.due.isoformat()) == row["expected_due_iso"]
    assert result.due == due_day(rule, start, suspensions=suspensions, extensions=extensions)


@pytest.mark.parametrize("row", [pytest.param(row, id=row["case"]) for row in _rows("termijn_status.csv")])
def test_the_status_is_the_worked_out_one(row: dict[str, str]) -> None:
    day = date.fromisoformat(row["due_iso"])
    completed = row["completed_at"]
    status = term_status(
        day,
        now=datetime.fromisoformat(row["now"]),
        completed_at=datetime.fromisoformat(completed) if completed else None,
        remind_from=reminder_day(day, int(row["herinnering_werkdagen"]), Calendar("BE-WET")),
        suspended=row["vlag"] == "opgeschort",
    )
    assert status is STATUSES[row["expected_status"]]
