"""In each language that staff are spoken to in: days, numbers, durations, derivations and events, whatever they are."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.core.calendar.durations import Duration, Unit
from gehoor.core.calendar.holidays import CALENDAR_NAMES
from gehoor.core.calendar.working_days import Calendar, ClosedPeriod
from gehoor.core.conditions.register_questions import RegisterQuestion
from gehoor.core.deadlines.due import Shift, Suspension, TermRule, due
from gehoor.core.dossier.events import Event, EventKind
from gehoor.core.wording.port import EventText, Sentences
from gehoor.core.wording.registry import DUTCH, LANGUAGES
from tests.support.de_linde import agreement
from tests.support.dutch import dutch_words

SPOKEN = pytest.mark.parametrize("said", LANGUAGES.values(), ids=LANGUAGES)
OTHERS = [one for one in LANGUAGES.values() if one is not DUTCH]
SPOKEN_ELSEWHERE = pytest.mark.parametrize("said", OTHERS, ids=[one.language for one in OTHERS])
DAYS = st.dates(date(1991, 1, 1), date(2099, 12, 31))
MOMENTS = st.datetimes(datetime(1991, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
DAY_UNITS = st.sampled_from([unit for unit in Unit if unit is not Unit.HOURS])
DATA: dict[EventKind, dict[str, Any]] = {
    EventKind.OPENED: {"form": "x", "values": {}, "proposal": {"kind": "y", "decided_by": ""}},
    EventKind.ANSWERED: {"values": {}, "cleared": ["x"]},
    EventKind.RECOUNTED: {"found": {"x": {"count": 2, "dossiers": ["d1", "d2"]}}},
    EventKind.SUSPENDED: {"term": "x", "start": "2026-05-01", "reason": "y", "note": ""},
    EventKind.RESUMED: {"term": "x", "end": "2026-05-01"},
    EventKind.EXTENDED: {
        "term": "x", "by": "15 calendar-days", "reason": "y", "told": "2026-05-01", "consent": "2026-05-02",
    },
    EventKind.REOPENED: {"day": "2026-05-01", "reason": "x", "cleared": []},
    EventKind.DUTY_DONE: {"duty": "x", "name": "x", "note": "y"},
    EventKind.DUTY_WAIVED: {"duty": "x", "name": "x", "reason": "y"},
    EventKind.DUTY_BACK: {"duty": "x", "name": "x", "reason": "y"},
    EventKind.APPROVAL_ASKED: {"rule": "x", "told": "y", "milestone": "z", "occurrence": 1},
    EventKind.APPROVED: {"rule": "x", "role": "y", "milestone": "z", "note": "w"},
    EventKind.WRITTEN_TO_US: {"text": "x"},
    EventKind.WRITTEN_BY_US: {"text": "x"},
    EventKind.LETTER_DRAFTED: {"letter": "x", "name": "X", "language": "nl", "subject": "y", "text": "z"},
    EventKind.NOTE_WRITTEN: {"text": "x", "pinned": False},
    EventKind.NOTE_PINNED: {"note": 2, "pinned": True},
    EventKind.NOTE_STRUCK: {"note": 2, "why": "x"},
    EventKind.CONTACT_NOTED: {
        "on": "2026-05-12", "whom": "X", "way": "phone", "ours": True, "reached": True, "text": "x",
    },
    EventKind.CODE_GIVEN: {"way": "paper", "reason": "x", "code": "a" * 64},
    EventKind.LETTER_SENT: {"letter": "x", "name": "X", "language": "nl", "subject": "y", "text": "z", "way": "post"},
    EventKind.ASSIGNED: {"to": "x", "name": "X", "before": "", "note": "y", "conflict": False},
    EventKind.GLASS_BROKEN: {"account": "x", "name": "X", "reason": "y", "until": "2026-05-01T12:00:00.000000Z"},
    EventKind.REPINNED: {"from": "a" * 64, "to": "b" * 64, "reason": "x"},
    EventKind.DEADLINE_MISSED: {"term": "x", "occurrence": 1, "level": 1, "due": "2026-05-01", "told": "y"},
    EventKind.ESCALATED: {"term": "x", "occurrence": 1, "level": 2, "due": "2026-05-01", "told": "y"},
    EventKind.REMINDED: {"term": "x", "occurrence": 1, "index": 0, "due": "2026-05-01", "told": "y"},
    EventKind.NOTIFIED: {"rule": "x", "told": "y"},
    EventKind.LINKED: {"dossier": "x", "number": "X-1", "reason": "y"},
    EventKind.UNLINKED: {"dossier": "x", "number": "X-1", "reason": "y"},
    EventKind.MERGED: {"dossier": "x", "number": "X-1", "reason": "y", "same_person": True, "before": {}},
    EventKind.UNMERGED: {"dossier": "x", "number": "X-1", "reason": "y"},
    EventKind.TOOK_IN: {"dossier": "x", "number": "X-1", "reason": "y", "same_person": False},
    EventKind.GAVE_BACK: {"dossier": "x", "number": "X-1", "reason": "y"},
    EventKind.MERGED_TOLD: {"dossier": "x", "number": "X-1", "note": "y"},
    EventKind.SENT_ON: {
        "to": "X", "department": "", "dossier": "", "number": "X-1", "reason": "y", "fields": ["x"],
    },
    EventKind.CAME_ON: {"dossier": "x", "number": "X-1", "place": "X"},
    EventKind.BROUGHT_IN: {"source": "X", "key": "7", "number": "X-7", "lacking": [], "passed": []},
    EventKind.PUT_BACK: {"copy": "2026-05-12T12:00:00.000000Z", "spare": False},
    EventKind.ANONYMISED: {
        "rule": "x", "name": "y", "kept_until": "2031-06-10", "selection_rule": "SR-7", "approved_by": "z",
    },
}  # fmt: skip
"""Data of each kind of event, of which the agreement knows no name: what is said of it is ours."""
ASSIGNED = [
    {"to": "x", "name": "X", "before": "y", "note": "", "conflict": False},
    {"to": "", "name": "", "before": "y", "note": "", "conflict": True},
    {"to": "", "name": "", "before": "y", "note": "", "conflict": False},
]


def told(said: Sentences, kind: EventKind, data: dict[str, Any]) -> EventText:
    at = datetime(2026, 5, 12, 9, tzinfo=UTC)
    return said.events.text(agreement(), Event("1", 1, kind, at, "ria", "hash", data, "", ""))


def whole(text: EventText) -> str:
    return " ".join([text.what, *(f"{label} {value}" for label, value in text.details)])


@SPOKEN
@given(day=DAYS)
def test_a_day_tells_its_number_and_its_year(said: Sentences, day: date) -> None:
    shown = said.formats.day(day)
    assert str(day.year) in shown
    assert str(day.day) in shown
    assert shown != said.formats.day(day + timedelta(days=1))


@SPOKEN
@given(first=DAYS, days=st.integers(0, 400))
def test_a_stretch_of_days_tells_both_ends(said: Sentences, first: date, days: int) -> None:
    last = first + timedelta(days=days)
    shown = said.formats.days(first, last)
    assert said.formats.day(last) in shown
    assert str(first.day) in shown
    assert (shown == said.formats.day(last)) is (days == 0)


@SPOKEN
@given(moment=MOMENTS)
def test_a_moment_tells_its_day_hour_and_minute(said: Sentences, moment: datetime) -> None:
    shown = said.formats.instant(moment)
    assert shown.startswith(said.formats.day(moment.date()))
    assert said.formats.clock(moment) in shown
    assert f"{moment:%H}" in said.formats.clock(moment)
    assert f"{moment:%M}" in said.formats.clock(moment)


@SPOKEN
@given(
    number=st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**6), max_value=10**6)
)
def test_a_number_has_a_comma_and_can_be_read_again(said: Sentences, number: Decimal) -> None:
    shown = said.formats.number(number)
    assert "." not in shown
    assert Decimal(shown.replace(",", ".")) == number


@SPOKEN
@given(size=st.integers(0, 10**9))
def test_a_size_is_a_number_with_a_unit(said: Sentences, size: int) -> None:
    number, unit = said.formats.size(size).split(" ")
    assert float(number.replace(",", ".")) > 0
    assert unit[0] in "kKM"


@SPOKEN
@given(amount=st.integers(0, 3650), unit=st.sampled_from(Unit))
def test_a_duration_tells_its_amount(said: Sentences, amount: int, unit: Unit) -> None:
    shown = said.durations.show(Duration(amount, unit))
    assert shown.split(" ")[0] == str(amount)
    assert len(shown.split(" ")) > 1


@SPOKEN_ELSEWHERE
@given(day=DAYS, amount=st.integers(0, 3650), unit=st.sampled_from(Unit))
def test_days_and_durations_are_not_dutch(said: Sentences, day: date, amount: int, unit: Unit) -> None:
    shown = [said.formats.day(day), said.durations.show(Duration(amount, unit))]
    assert dutch_words(" ".join(shown)) == set()


@SPOKEN_ELSEWHERE
@given(
    calendar=st.sampled_from(CALENDAR_NAMES),
    start=st.dates(date(2025, 1, 1), date(2060, 12, 31)),
    amount=st.integers(1, 30),
    unit=DAY_UNITS,
    shift=st.sampled_from(Shift),
    backwards=st.booleans(),
    counted=st.booleans(),
    pause=st.integers(-10, 60),
    length=st.one_of(st.none(), st.integers(0, 20)),
    more=st.integers(0, 2),
)
def test_a_derivation_is_in_its_language(
    said: Sentences,
    calendar: str,
    start: date,
    amount: int,
    unit: Unit,
    shift: Shift,
    backwards: bool,
    counted: bool,
    pause: int,
    length: int | None,
    more: int,
) -> None:
    first = start + timedelta(days=pause)
    end = None if length is None else first + timedelta(days=length)
    closed = (ClosedPeriod(start + timedelta(days=2), start + timedelta(days=7)),)
    rule = TermRule(
        Duration(amount, unit),
        Calendar(calendar, closed),
        shift=shift,
        backwards=backwards,
        count_day_zero=counted,
        suspension_allowed=bool(more),
        min_working_days=0 if backwards else more,
    )
    reckoned = due(
        rule,
        start,
        suspensions=() if backwards else (Suspension(first, end),),
        extensions=() if backwards else (Duration(3, Unit.WORKING_DAYS),) * more,
    )
    for sentence in said.derivation.sentences(reckoned.steps):
        assert sentence.endswith(".")
        assert sentence[0].isupper() or sentence[0].isdigit()
        assert dutch_words(sentence) == set(), sentence


@SPOKEN_ELSEWHERE
@given(start=MOMENTS.filter(lambda moment: moment.year < 2099), hours=st.integers(1, 500))
def test_so_is_one_in_hours(said: Sentences, start: datetime, hours: int) -> None:
    rule = TermRule(Duration(hours, Unit.HOURS), Calendar("BE-WET"))
    sentences = said.derivation.sentences(due(rule, start).steps)
    assert dutch_words(" ".join(sentences).replace("Europe/Brussels", "")) == set()


@SPOKEN_ELSEWHERE
def test_so_is_one_with_an_hour_after_which_the_next_day_counts(said: Sentences) -> None:
    rule = TermRule(Duration(2, Unit.WORKING_DAYS), Calendar("BE-WET"), cutoff=time(17))
    for start in (datetime(2026, 5, 22, 16, 30, tzinfo=UTC), date(2026, 5, 25)):
        sentences = said.derivation.sentences(due(rule, start).steps)
        assert dutch_words(" ".join(sentences)) == set()


@SPOKEN_ELSEWHERE
@pytest.mark.parametrize("kind", EventKind)
def test_an_event_is_in_its_language(said: Sentences, kind: EventKind) -> None:
    text = told(said, kind, DATA[kind])
    assert dutch_words(whole(text)) == set()
    dutch = told(DUTCH, kind, DATA[kind])
    assert whole(text) != whole(dutch)
    assert len(text.details) == len(dutch.details)
    assert text.urgent is dutch.urgent


@SPOKEN_ELSEWHERE
@pytest.mark.parametrize("data", ASSIGNED)
def test_so_is_each_way_in_which_a_dossier_changes_hands(said: Sentences, data: dict[str, Any]) -> None:
    text = whole(told(said, EventKind.ASSIGNED, data))
    assert dutch_words(text) == set()
    assert text != whole(told(DUTCH, EventKind.ASSIGNED, data))


@SPOKEN_ELSEWHERE
def test_so_is_every_objection(said: Sentences) -> None:
    sentences = said.objections.sentences.items()
    assert {code: found for code, text in sentences if (found := dutch_words(text))} == {}
    same = {code for code, text in sentences if text == DUTCH.objections.sentences[code]}
    assert same == {"at-least-one"}


@SPOKEN_ELSEWHERE
def test_so_are_actions_notices_and_questions(said: Sentences) -> None:
    notices = said.notices
    day = date(2026, 5, 12)
    question = RegisterQuestion(("x",), "1 years", ())
    texts = [
        *said.actions.names.values(),
        said.actions.either(["a", "b", "c"]),
        notices.assigned,
        notices.taken_back,
        notices.written,
        notices.review_overdue("X", day),
        said.questions.label(agreement(), question),
        said.questions.label(agreement(), RegisterQuestion()),
    ]
    assert dutch_words(" ".join(texts)) == set()


def test_dutch_is_found() -> None:
    assert dutch_words(DUTCH.formats.day(date(2026, 5, 12))) == {"dinsdag", "mei"}
    assert {"van", "het"} <= dutch_words(DUTCH.notices.written)
