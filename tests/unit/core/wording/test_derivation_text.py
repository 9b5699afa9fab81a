"""A derivation says in Dutch all that is needed to redo the sum."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from gehoor.core.calendar.durations import Duration, parse_duration
from gehoor.core.calendar.working_days import Calendar, ClosedPeriod
from gehoor.core.deadlines.due import Shift, Step, StepKind, Suspension, TermRule, due
from gehoor.core.wording.registry import DUTCH

BE = Calendar("BE-WET")
D = date


def told(
    within: str,
    start: date,
    *,
    suspensions: tuple[Suspension, ...] = (),
    extensions: tuple[Duration, ...] = (),
    calendar: Calendar = BE,
    **more: Any,
) -> list[str]:
    """Tell the derivation of a rule."""
    rule = TermRule(parse_duration(within), calendar, **more)
    return DUTCH.derivation.sentences(due(rule, start, suspensions=suspensions, extensions=extensions).steps)


def test_a_shift_over_a_holiday() -> None:
    assert told("10 kalenderdagen", D(2026, 3, 27), shift=Shift.NEXT) == [
        "Ontvangen op vrijdag 27 maart 2026; die dag telt niet mee.",
        "10 kalenderdagen later is het maandag 6 april 2026.",
        "Maandag 6 april 2026 is Paasmaandag: de termijn schuift naar dinsdag 7 april 2026.",
        "De vervaldag is dinsdag 7 april 2026.",
    ]


def test_a_shift_names_the_reason_of_every_day() -> None:
    line = "Vrijdag 25 december 2026 is Kerstmis en zaterdag 26 en zondag 27 december 2026 zijn weekend"
    assert told("10 kalenderdagen", D(2026, 12, 15), shift=Shift.NEXT)[2] == (
        f"{line}: de termijn schuift naar maandag 28 december 2026."
    )
    assert told("3 kalenderdagen", D(2026, 4, 3), shift=Shift.PREVIOUS)[2] == (
        "Zaterdag 4 april 2026 is weekend, zondag 5 april 2026 is Pasen en maandag 6 april 2026 "
        "is Paasmaandag: de termijn schuift terug naar vrijdag 3 april 2026."
    )


def test_a_cutoff_and_skipped_days() -> None:
    start = datetime(2026, 5, 22, 16, 30, tzinfo=UTC)
    assert told("2 werkdagen", start, cutoff=time(17)) == [
        "Ontvangen op vrijdag 22 mei 2026 om 18.30 uur (tijd in Europe/Brussels).",
        "Zaterdag 23 en zondag 24 mei 2026 zijn weekend en tellen niet mee.",
        "Maandag 25 mei 2026 is Pinkstermaandag en telt niet mee.",
        "Na 17.00 uur: dinsdag 26 mei 2026 geldt als eerste dag; die dag telt niet mee.",
        "2 werkdagen later is het donderdag 28 mei 2026.",
        "De vervaldag is donderdag 28 mei 2026.",
    ]
    assert told("2 werkdagen", D(2026, 5, 25), cutoff=time(17))[2] == (
        "Niet op een werkdag (Pinkstermaandag): dinsdag 26 mei 2026 geldt als eerste dag; "
        "die dag telt niet mee."
    )


def test_closing_days() -> None:
    calendar = Calendar("BE-WET", (ClosedPeriod(D(2026, 12, 28), D(2026, 12, 31), "kerstsluiting"),))
    lines = told("1 werkdag", D(2026, 12, 24), calendar=calendar)
    assert "Maandag 28 tot en met donderdag 31 december 2026 tellen niet mee (kerstsluiting)." in lines
    single = Calendar("BE-WET", (ClosedPeriod(D(2026, 5, 15), D(2026, 5, 15)),))
    lines = told("1 werkdag", D(2026, 5, 13), calendar=single)
    assert "Vrijdag 15 mei 2026 telt niet mee (sluitingsdag)." in lines


def test_merged_suspensions() -> None:
    pauses = (Suspension(D(2026, 9, 11), D(2026, 9, 21)), Suspension(D(2026, 9, 15), D(2026, 9, 25)))
    assert told("45 kalenderdagen", D(2026, 9, 1), suspensions=pauses)[1:] == [
        "45 kalenderdagen later is het vrijdag 16 oktober 2026.",
        "De termijn staat stil van vrijdag 11 tot en met donderdag 24 september 2026 "
        "(2 opschortingen samen): 14 dagen vallen weg. "
        "De termijn loopt nu tot en met vrijdag 30 oktober 2026.",
        "De vervaldag is vrijdag 30 oktober 2026.",
    ]


def test_a_suspension_among_working_days_is_told_in_order_of_time() -> None:
    pause = (Suspension(D(2026, 9, 3), D(2026, 9, 4)),)
    assert told("3 werkdagen", D(2026, 9, 1), suspensions=pause)[1:] == [
        "De termijn staat stil op donderdag 3 september 2026: 1 werkdag valt weg. "
        "De termijn loopt nu tot en met maandag 7 september 2026.",
        "Zaterdag 5 en zondag 6 september 2026 zijn weekend en tellen niet mee.",
        "3 werkdagen later is het maandag 7 september 2026.",
        "De vervaldag is maandag 7 september 2026.",
    ]


@pytest.mark.parametrize("within", ["45 kalenderdagen", "45 werkdagen"])
def test_an_open_suspension(within: str) -> None:
    assert told(within, D(2026, 9, 1), suspensions=(Suspension(D(2026, 9, 2), None),))[-2:] == [
        "Sinds woensdag 2 september 2026 staat de termijn stil; die opschorting loopt nog.",
        "Er is nu geen vervaldag, omdat de termijn stilstaat.",
    ]


def test_suspensions_that_change_nothing_say_why() -> None:
    pauses = (
        Suspension(D(2026, 8, 1), D(2026, 8, 5)),
        Suspension(D(2026, 9, 5), D(2026, 9, 5)),
        Suspension(D(2026, 10, 1), None),
    )
    assert told("10 kalenderdagen", D(2026, 9, 1), suspensions=pauses)[2:-1] == [
        "De opschorting van zaterdag 1 tot en met dinsdag 4 augustus 2026 lag voor de termijn begon te lopen "
        "en verandert niets.",
        "De opschorting vanaf zaterdag 5 september 2026 duurde geen hele dag en verandert niets.",
        "De opschorting vanaf donderdag 1 oktober 2026 begon na de vervaldag en verandert niets.",
    ]
    refused = told("10 kalenderdagen", D(2026, 9, 1), suspensions=pauses[:1], suspension_allowed=False)
    assert refused[2] == (
        "Deze termijn mag niet stilstaan: de opschorting van zaterdag 1 tot en met dinsdag 4 augustus 2026 "
        "telt niet."
    )


def test_extensions() -> None:
    more = (parse_duration("15 kalenderdagen"), parse_duration("1 werkdag"))
    assert told("30 kalenderdagen", D(2026, 1, 12), extensions=more)[1:-1] == [
        "Verlengd met 15 kalenderdagen: samen 45 kalenderdagen, geteld vanaf het begin.",
        "45 kalenderdagen later is het donderdag 26 februari 2026.",
        "Verlengd met 1 werkdag, verder geteld na donderdag 26 februari 2026.",
        "1 werkdag later is het vrijdag 27 februari 2026.",
    ]


def test_a_short_month_and_a_counted_first_day() -> None:
    assert told("1 maand", D(2028, 1, 31))[1] == (
        "Februari 2028 heeft geen dag 31: de laatste dag van de maand geldt."
    )
    assert told("10 kalenderdagen", D(2026, 1, 5), count_day_zero=True)[:2] == [
        "Ontvangen op maandag 5 januari 2026; die dag telt mee als dag 1.",
        "10 kalenderdagen met de eerste dag meegeteld is tot en met woensdag 14 januari 2026.",
    ]


def test_hours_over_a_clock_change_and_a_suspension() -> None:
    pause = (Suspension(D(2026, 10, 25), D(2026, 10, 26)),)
    assert told("24 uren", datetime(2026, 10, 24, 16, tzinfo=UTC), suspensions=pause) == [
        "Ontvangen op zaterdag 24 oktober 2026 om 18.00 uur (tijd in Europe/Brussels).",
        "In deze tijd gaat de klok een uur achteruit.",
        "24 uur later is het zondag 25 oktober 2026 om 17.00 uur.",
        "De termijn staat stil op zondag 25 oktober 2026: 25 uur vallen weg. "
        "De termijn loopt nu tot maandag 26 oktober 2026 om 18.00 uur.",
        "De termijn eindigt op maandag 26 oktober 2026 om 18.00 uur.",
    ]


def test_a_clock_change_of_another_size() -> None:
    start = datetime(2026, 4, 4, 1, tzinfo=UTC)
    lines = told("24 uren", start, time_zone="Australia/Lord_Howe")
    assert lines[1] == "In deze tijd gaat de klok 30 minuten achteruit."


def test_counting_back() -> None:
    assert told("3 werkdagen", D(2026, 4, 7), backwards=True) == [
        "Teruggeteld vanaf dinsdag 7 april 2026; die dag telt niet mee.",
        "Maandag 6 april 2026 is Paasmaandag en telt niet mee.",
        "Zaterdag 4 en zondag 5 april 2026 zijn weekend en tellen niet mee.",
        "3 werkdagen eerder is het woensdag 1 april 2026.",
        "De uitkomst is woensdag 1 april 2026.",
    ]
    assert told("1 week", D(2026, 4, 13), backwards=True, shift=Shift.NEXT)[2] == (
        "Bij terugtellen schuift een termijn nooit vooruit: maandag 6 april 2026 blijft."
    )


def test_a_minimum_of_working_days() -> None:
    lines = told("1 kalenderdag", D(2026, 9, 4), min_working_days=1)
    assert lines[2:4] == [
        "Zondag 6 september 2026 is weekend en telt niet mee.",
        "In de termijn moet minstens 1 werkdag zitten; tot en met zaterdag 5 september 2026 is dat 0. "
        "De termijn loopt door tot en met maandag 7 september 2026.",
    ]


def test_the_event_has_its_own_word() -> None:
    step = due(TermRule(parse_duration("1 week"), BE), D(2026, 1, 5)).steps[0]
    assert DUTCH.derivation.sentence(step, "Geregistreerd").startswith(
        "Geregistreerd op maandag 5 januari 2026"
    )


def test_every_kind_of_step_has_a_sentence() -> None:
    day = D(2026, 1, 5)
    detail = {
        "amount": 1, "unit": parse_duration("1 week").unit, "total": 1, "asked": 31, "backwards": False,
        "counts": False, "minutes": 60, "merged": 1, "why": "empty", "to": day, "held": 0, "required": 1,
        "name": "x", "late": True, "cutoff": time(17), "reasons": ({"day": day, "reason": "zondag"},),
    }  # fmt: skip
    for kind in set(StepKind) - {StepKind.SUSPENSION}:
        assert DUTCH.derivation.sentence(Step(kind, day, day, detail)).endswith(".")


def test_dates_the_way_dutch_writes_them() -> None:
    assert DUTCH.formats.day(D(2026, 4, 7)) == "dinsdag 7 april 2026"
    assert DUTCH.formats.days(D(2026, 5, 23), D(2026, 5, 24)) == "zaterdag 23 en zondag 24 mei 2026"
    assert (
        DUTCH.formats.days(D(2026, 1, 31), D(2026, 2, 1))
        == "zaterdag 31 januari 2026 en zondag 1 februari 2026"
    )
    moment = datetime(2026, 3, 29, 19, tzinfo=UTC)
    assert DUTCH.formats.instant(moment) == "zondag 29 maart 2026 om 19.00 uur"
    assert DUTCH.formats.instant(moment + timedelta(seconds=5)) == "zondag 29 maart 2026 om 19.00.05 uur"
