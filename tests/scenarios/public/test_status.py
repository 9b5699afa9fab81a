"""Following a complaint from outside, with a code and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from gehoor.services.intake.status_page import Seen, dossier_of_code, follow
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.register import UnknownDossierError
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import (
    STORY,
    de_linde,
    fill,
    investigated,
    open_by_web,
    publish_change,
    registered,
)

NOW = "2026-05-12 14:00"


def found(runtime: Runtime, code: str) -> str | None:
    with reading_projection(runtime) as register:
        return dossier_of_code(register, code)


def seen(runtime: Runtime, dossier: str, when: str = NOW) -> Seen:
    return follow(runtime, dossier, at(when))


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code,
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: f"  {code.replace('-', ' ')} ",
        lambda code: code.replace("0", "O").replace("1", "l"),
    ],
    ids=["as given", "small letters", "without dashes", "with spaces", "misread"],
)
def test_a_code_opens_its_dossier_however_it_is_typed(typed: object) -> None:
    runtime = de_linde()
    receipts = [open_by_web(runtime, NOW) for _ in range(5)]
    assert [found(runtime, typed(receipt.code)) for receipt in receipts] == [  # type: ignore[operator]
        receipt.dossier for receipt in receipts
    ]


@pytest.mark.parametrize("typed", ["", "-", "0000-0000-0000-0000", "7K2M-9QXD-4TWH-6BNC", "BEU-2026-0001"])
def test_any_other_code_opens_nothing(typed: str) -> None:
    runtime = de_linde()
    open_by_web(runtime, NOW)
    assert found(runtime, typed) is None


def test_a_code_opens_its_dossier_after_it_was_worked_on() -> None:
    runtime = de_linde()
    receipt = open_by_web(runtime, NOW)
    fill(runtime, receipt.dossier, "2026-05-13 09:00", onderwerp="Bel")
    assert found(runtime, receipt.code) == receipt.dossier


def test_where_no_codes_are_given_there_are_none() -> None:
    runtime = de_linde()
    publish_change(
        runtime, lambda document: document["anonymous"].update({"follow-up-code": False}), "2026-02-01 09:00"
    )
    assert open_by_web(runtime, NOW).code == ""


def test_from_outside_one_sees_the_number_the_phases_and_what_is_coming() -> None:
    runtime = de_linde()
    view = seen(runtime, open_by_web(runtime, NOW).dossier)
    assert (view.number, view.received, view.closed) == ("BEU-2026-0001", "2026-05-12", False)
    assert [state.phase.name for state in view.phases][:3] == ["Begrip", "Ontvangst", "Registratie"]
    assert [(state.term.public, due) for state, due in view.coming] == [
        ("Wij laten u weten dat wij uw bericht ontvingen.", date(2026, 5, 20)),
        ("U krijgt ons antwoord.", date(2026, 6, 11)),
    ]


def test_from_outside_one_sees_no_names_texts_or_judgement() -> None:
    runtime = de_linde()
    view = seen(runtime, investigated(runtime, "ongegrond"), "2026-05-21 09:00")
    told = repr((view.number, view.received, view.coming, view.closed, [p.phase.name for p in view.phases]))
    for secret in (STORY, "Peeters", "ongegrond", "ria"):
        assert secret not in told


def test_what_was_done_is_not_coming_any_more() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    fill(
        runtime, dossier, "2026-05-14 09:00", ontvangstmelding_op="2026-05-14", ontvangstmelding_wijze="email"
    )
    assert [state.term.id for state, _ in seen(runtime, dossier, "2026-05-14 10:00").coming] == ["antwoord"]


def test_a_dossier_that_is_not_there_is_unknown() -> None:
    with pytest.raises(UnknownDossierError):
        seen(de_linde(), "nergens")
