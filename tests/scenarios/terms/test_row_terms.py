"""A term for each row of a list: measures, promises, actions, each with a day of its own."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.deadlines.status import TermStatus
from gehoor.core.dossier.events import EventKind
from gehoor.core.wording.registry import DUTCH
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.volledig import dues, fill, opened, published, states, swept

LIFT = {"wat": "Tweede tillift kopen voor de zuidvleugel", "beslist_op": "2027-01-11"}
BELL = {"wat": "Bel in kamer 12 herstellen", "beslist_op": "2027-01-11"}
ROTA = {"wat": "Rooster van de nacht nakijken", "beslist_op": "2027-01-18"}
DECIDED = "2027-01-18 09:00"
"""The measures of 11 January are due on the 25th; that of the 18th on 1 February."""


def with_measures(*rows: dict[str, Any]) -> tuple[Runtime, str]:
    runtime = published()
    dossier = opened(runtime, "2027-01-08 09:00")
    fill(runtime, dossier, DECIDED, maatregelen=list(rows))
    return runtime, dossier


def reminded(runtime: Runtime, dossier: str) -> list[tuple[str, int]]:
    with reading(runtime.store) as register:
        events = register.events(dossier)
    return [
        (e.data["due"], e.data["row"])
        for e in events
        if e.kind is EventKind.REMINDED and e.data["term"] == "maatregel"
    ]


def test_each_row_is_due_by_its_own_day() -> None:
    runtime, dossier = with_measures(LIFT, ROTA, {"wat": "Nog te beslissen"})
    assert dues(runtime, dossier, "maatregel", DECIDED) == [
        "Maatregel uitvoeren (Maatregel 1): 2027-01-25",
        "Maatregel uitvoeren (Maatregel 2): 2027-02-01",
    ]


def test_each_row_is_reminded_of_and_flagged_once() -> None:
    runtime, dossier = with_measures(LIFT, BELL, ROTA)
    sweep(runtime, at("2027-01-22 09:00"))
    assert reminded(runtime, dossier) == [("2027-01-25", 1), ("2027-01-25", 2)]
    assert swept(runtime, "2027-01-26 09:00", "maatregel") == [("2027-01-25", 1, 1), ("2027-01-25", 1, 2)]
    assert swept(runtime, "2027-01-27 09:00", "maatregel") == []
    assert swept(runtime, "2027-02-02 09:00", "maatregel") == [
        ("2027-01-25", 2, 1), ("2027-01-25", 2, 2), ("2027-02-01", 1, 3),
    ]  # fmt: skip


def test_a_row_that_is_done_is_flagged_no_more() -> None:
    runtime, dossier = with_measures(LIFT, BELL)
    fill(runtime, dossier, "2027-01-20 09:00", maatregelen=[{**LIFT, "gedaan_op": "2027-01-20"}, BELL])
    found = [one.status for one in states(runtime, dossier, "maatregel", "2027-01-26 09:00")]
    assert found == [TermStatus.ON_TIME, TermStatus.LATE]
    assert swept(runtime, "2027-01-26 09:00", "maatregel") == [("2027-01-25", 1, 2)]


def test_a_row_that_moves_takes_its_flag_along_and_a_new_one_has_none() -> None:
    runtime, dossier = with_measures(LIFT, ROTA)
    assert swept(runtime, "2027-01-26 09:00", "maatregel") == [("2027-01-25", 1, 1)]
    fill(runtime, dossier, "2027-01-26 10:00", maatregelen=[BELL, ROTA, LIFT])
    assert swept(runtime, "2027-01-26 11:00", "maatregel") == [("2027-01-25", 1, 1)]
    assert swept(runtime, "2027-01-26 12:00", "maatregel") == []


def test_a_late_row_goes_only_with_a_reason_and_leaves_its_flag_to_nobody() -> None:
    runtime, dossier = with_measures(LIFT)
    assert swept(runtime, "2027-01-26 09:00", "maatregel") == [("2027-01-25", 1, 1)]
    with pytest.raises(RefusedError) as refused:
        fill(runtime, dossier, "2027-01-26 10:00", maatregelen=[BELL])
    (objection,) = refused.value.objections
    assert (objection.field, objection.code) == ("maatregelen", "hides-lateness")
    fill(runtime, dossier, "2027-01-26 10:00", maatregelen=[BELL], reason="De lift was er al.")
    assert swept(runtime, "2027-01-26 11:00", "maatregel") == [("2027-01-25", 1, 1)]


def test_a_day_that_is_moved_makes_the_moments_of_that_row_new() -> None:
    runtime, dossier = with_measures(LIFT, BELL)
    assert len(swept(runtime, "2027-01-26 09:00", "maatregel")) == 2
    later = {**LIFT, "beslist_op": "2027-01-26"}
    fill(runtime, dossier, "2027-01-26 10:00", maatregelen=[later, BELL], reason="Anders beslist.")
    assert dues(runtime, dossier, "maatregel", "2027-01-26 10:00")[0].endswith("(Maatregel 1): 2027-02-09")
    assert swept(runtime, "2027-02-10 09:00", "maatregel") == [
        ("2027-01-25", 2, 2), ("2027-02-09", 1, 1),
    ]  # fmt: skip


def test_what_was_known_beforehand_and_what_is_decided_again_are_the_same() -> None:
    """The first sweep foresees; a dossier that was saved in between is decided on."""
    foreseen, first = with_measures(LIFT, BELL, ROTA)
    decided, second = with_measures(LIFT, BELL, ROTA)
    for day in ("2027-01-22", "2027-01-26", "2027-02-02", "2027-02-09"):
        fill(decided, second, f"{day} 08:00", ernst=3 if day < "2027-01-25" else 2)
        assert swept(foreseen, f"{day} 09:00", "maatregel") == swept(decided, f"{day} 09:00", "maatregel")
    assert reminded(foreseen, first) == reminded(decided, second)


def test_nothing_is_done_in_the_future() -> None:
    runtime, dossier = with_measures(LIFT)
    with pytest.raises(RefusedError) as refused:
        fill(runtime, dossier, DECIDED, maatregelen=[{**LIFT, "gedaan_op": "2027-02-01"}])
    (objection,) = refused.value.objections
    assert (objection.code, objection.row, objection.member) == ("in-future", 1, "gedaan_op")


def test_a_row_that_is_not_done_stands_before_closing() -> None:
    runtime, dossier = with_measures(LIFT, BELL)
    fill(runtime, dossier, "2027-01-20 09:00", maatregelen=[{**LIFT, "gedaan_op": "2027-01-20"}, BELL])
    fill(runtime, dossier, "2027-01-20 10:00", antwoord_op="2027-01-20", ernst=2)
    with pytest.raises(RefusedError) as refused:
        fill(runtime, dossier, "2027-01-20 11:00", gesloten_op="2027-01-20")
    assert [one.details["term"] for one in refused.value.objections] == ["Maatregel uitvoeren (Maatregel 2)"]
    fill(runtime, dossier, "2027-01-20 11:00", gesloten_op="2027-01-20", reason="Niet meer nodig.")
    assert look(runtime, dossier, at("2027-01-20 12:00")).events[-1].data["undone"] == [
        {"term": "maatregel", "row": 2}
    ]


def test_the_history_and_the_work_list_say_which_row() -> None:
    runtime, dossier = with_measures(LIFT, BELL)
    sweep(runtime, at("2027-01-26 09:00"))
    seen = look(runtime, dossier, at("2027-01-26 09:00"))
    with reading(runtime.store) as register:
        (summary,) = register.by_number(seen.dossier.number)
    named = [one["name"] for one in summary.terms if one["term"] == "maatregel"]
    assert named == ["Maatregel uitvoeren (Maatregel 1)", "Maatregel uitvoeren (Maatregel 2)"]
    told = [DUTCH.events.text(seen.agreement, event).what for event in seen.events]
    assert [one for one in told if "Maatregel" in one][-2:] == [f"Te laat: {name}" for name in named]


def test_a_list_that_is_emptied_has_no_terms_and_a_new_one_begins_anew() -> None:
    runtime, dossier = with_measures(LIFT)
    swept(runtime, "2027-01-26 09:00", "maatregel")
    fill(runtime, dossier, "2027-01-26 10:00", maatregelen=[], reason="Verkeerd dossier.")
    assert states(runtime, dossier, "maatregel", "2027-01-26 10:00") == []
    fill(runtime, dossier, "2027-01-26 11:00", maatregelen=[LIFT])
    assert swept(runtime, "2027-01-26 12:00", "maatregel") == [("2027-01-25", 1, 1)]
