"""A second organisation in another country: files only."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import count
from typing import Any

import pytest

from gehoor.loading.load import load_workspace
from gehoor.services.access.authorisation import Operator
from gehoor.services.agreements.publishing import Publishable, publish
from gehoor.services.dossiers.incoming import Opening, Receipt
from gehoor.services.dossiers.opening import open_dossier
from gehoor.services.dossiers.term_changes import Adjustment, extend, suspend
from gehoor.services.dossiers.viewing import look
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import new_runtime
from tests.support.places import ORGANISATIONS

_keys = count(1)
FORMAL = {
    "uiteenzetting": "Op 14 januari is de insuline van mijn vrouw niet gegeven.",
    "anoniem": False,
    "klager_naam": "De Vries",
    "klager_email": "devries@voorbeeld.nl",
    "drager": ["brief"],
}


@cache
def proposals() -> list[Publishable]:
    loaded = load_workspace(ORGANISATIONS, ("waterhof",))
    assert not loaded.problems
    return [Publishable(d.organisation, d.department, d.document, d.places) for d in loaded.departments]


@pytest.fixture
def waterhof() -> Runtime:
    runtime = new_runtime()
    publish(runtime, proposals(), at("2026-02-03 10:00"), "bestuur")
    return runtime


def received(runtime: Runtime, day: str, department: str = "wijk", **answers: Any) -> Receipt:
    given = {**FORMAL, "ontvangstdatum": day, **answers}
    opening = Opening(
        "waterhof", department, "dossier", given, f"waterhof-{next(_keys)}", Operator("jan"), "Jan"
    )
    return open_dossier(runtime, opening, at(f"{day} 12:00", "Europe/Amsterdam"))


def due(runtime: Runtime, receipt: Receipt, day: str, term: str = "antwoord") -> Any:
    state = look(runtime, receipt.dossier, at(f"{day} 13:00")).decision.terms[term]
    return state.due.due if state.due else None


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-02-20", date(2026, 4, 7)),  # Good Friday, then the Easter weekend
        ("2026-03-24", date(2026, 5, 6)),  # Liberation Day
        ("2026-11-13", date(2026, 12, 28)),  # Christmas and the Sunday after it
    ],
)
def test_the_judgement_is_due_in_six_weeks_and_shifts_over_dutch_holidays(
    waterhof: Runtime, start: str, expected: date
) -> None:
    assert due(waterhof, received(waterhof, start), start) == expected


def test_a_discontent_is_settled_in_three_weeks_and_needs_no_judgement(waterhof: Runtime) -> None:
    receipt = received(waterhof, "2026-03-02", spoor="ongenoegen")
    assert due(waterhof, receipt, "2026-03-02", "ongenoegen") == date(2026, 3, 23)
    assert "antwoord" not in look(waterhof, receipt.dossier, at("2026-03-02 13:00")).decision.terms


def test_both_are_told_of_four_weeks_more_and_then_only_consent_helps(waterhof: Runtime) -> None:
    receipt = received(waterhof, "2026-03-02")
    now = at("2026-03-20 09:00")
    longer = Adjustment(
        receipt.dossier, "antwoord", Operator("jan"), "Deskundige nodig", told=date(2026, 3, 20)
    )
    extend(waterhof, longer, now)
    assert due(waterhof, receipt, "2026-03-20") == date(2026, 5, 11)
    with pytest.raises(RefusedError) as refused:
        extend(waterhof, longer, now)
    assert refused.value.objections[0].code == "extend-consent"


def test_waiting_for_the_complainant_does_not_stop_a_legal_term(waterhof: Runtime) -> None:
    receipt = received(waterhof, "2026-03-02")
    with pytest.raises(RefusedError):
        suspend(
            waterhof,
            Adjustment(receipt.dossier, "antwoord", Operator("jan"), "wachten-op-klager"),
            at("2026-03-09 09:00"),
        )


def test_all_departments_share_one_series_of_numbers(waterhof: Runtime) -> None:
    numbers = [
        received(waterhof, "2026-03-02", department).number for department in ("wijk", "verpleeghuis", "wijk")
    ]
    assert numbers == ["WH-26-0001", "WH-26-0002", "WH-26-0003"]
