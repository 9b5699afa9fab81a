"""A field that asks why its answer changes: the first answer needs no reason, another one does."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.wording.nl.agreement.forms.forms import forms
from gehoor.core.wording.registry import DUTCH
from gehoor.services.dossiers.viewing import look
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import changed, fill, new_runtime, open_by_phone, publish_change, staff
from tests.support.site import new_site

_WHY = "Het dossier van de zorg zegt iets anders."


def _ask(document: dict[str, Any]) -> None:
    document["forms"]["dossier"]["properties"]["onderwerp"]["reason-on-change"] = True


@pytest.fixture
def runtime() -> Runtime:
    runtime = new_runtime()
    publish_change(runtime, _ask, "2026-01-16 10:00")
    return runtime


@pytest.fixture
def dossier(runtime: Runtime) -> str:
    return open_by_phone(runtime, "2026-05-12 14:00", onderwerp="Koude soep").dossier


def _refused(runtime: Runtime, dossier: str, **given: Any) -> list[str]:
    with pytest.raises(RefusedError) as refusal:
        fill(runtime, dossier, "2026-05-12 15:00", **given)
    return [f"{one.field}: {one.code}" for one in refusal.value.objections]


def _told(runtime: Runtime, dossier: str) -> dict[str, str]:
    seen = look(runtime, dossier, at("2026-05-13 09:00"))
    return dict(DUTCH.events.text(seen.agreement, seen.events[-1]).details)


def test_another_answer_asks_why_and_the_history_tells(runtime: Runtime, dossier: str) -> None:
    assert _refused(runtime, dossier, onderwerp="Lauwe soep") == ["onderwerp: change-needs-reason"]
    fill(runtime, dossier, "2026-05-12 15:00", onderwerp="Lauwe soep", reason=_WHY)
    assert _told(runtime, dossier) == {"Onderwerp": "Lauwe soep", "Waarom": _WHY}


def test_taking_an_answer_away_asks_why_too(runtime: Runtime, dossier: str) -> None:
    assert _refused(runtime, dossier, onderwerp="") == ["onderwerp: change-needs-reason"]


def test_a_first_answer_and_the_same_answer_ask_nothing(runtime: Runtime) -> None:
    dossier = open_by_phone(runtime, "2026-05-12 14:00", onderwerp="").dossier
    fill(runtime, dossier, "2026-05-12 15:00", onderwerp="Koude soep")
    fill(runtime, dossier, "2026-05-12 15:30", onderwerp="Koude soep", drager=["telefoon"])


def test_another_field_asks_nothing_and_keeps_no_reason(runtime: Runtime, dossier: str) -> None:
    fill(runtime, dossier, "2026-05-12 15:00", klager_naam="Peeters", anoniem=False, reason=_WHY)
    assert "Waarom" not in _told(runtime, dossier)


def test_the_page_asks_it_and_takes_it(runtime: Runtime, dossier: str) -> None:
    site = new_site("2026-05-12 15:00", runtime)
    ria = site.staff("ria", "kwaliteitscoordinator")
    path = f"/medewerker/dossiers/{dossier}"
    answer = ria.send(path, v_onderwerp="Lauwe soep")
    assert answer.status_code == 422
    assert "Geef een reden als u het wijzigt" in answer.text
    assert 'name="reden"' in answer.text


def test_the_agreement_in_words_tells_it() -> None:
    assert "Wie dit antwoord in een dossier wijzigt, zegt waarom." in str(forms(changed(_ask)))
    assert "Wie dit antwoord in een dossier wijzigt, zegt waarom." not in str(
        forms(changed(lambda document: None))
    )


_HITS = "Niet Jan maar Piet de kok"


def _kept_from_the_desk(document: dict[str, Any]) -> None:
    """Who is complained about is seen by some roles only, and asks why it changes."""
    document["forms"]["dossier"]["properties"]["aangeklaagde_anderen"]["reason-on-change"] = True


def _accused(**also: str) -> tuple[Runtime, str]:
    runtime = new_runtime()
    publish_change(runtime, _kept_from_the_desk, "2026-01-16 10:00")
    dossier = open_by_phone(runtime, "2026-05-12 14:00", onderwerp="Koude soep").dossier
    staff(runtime, "els", "kwaliteitscoordinator")
    staff(runtime, "nadia", "onthaal")
    before = {"voorwerp": "persoon", "aangeklaagde_anderen": "Jan"}
    fill(runtime, dossier, "2026-05-12 15:00", actor="els", **before)
    fill(
        runtime,
        dossier,
        "2026-05-12 15:30",
        actor="els",
        reason=_HITS,
        **{"aangeklaagde_anderen": "Piet"} | also,
    )
    return runtime, dossier


@pytest.mark.parametrize("also", [{}, {"onderwerp": "Lauwe soep"}])
def test_why_is_kept_from_who_may_not_see_the_field(also: dict[str, str]) -> None:
    runtime, dossier = _accused(**also)
    site = new_site("2026-05-12 16:00", runtime)
    for name, role, sees in (("els2", "kwaliteitscoordinator", True), ("nadia2", "onthaal", False)):
        visitor = site.staff(name, role)
        for path in ("/verloop", "/afdruk"):
            assert (_HITS in visitor.get(f"/medewerker/dossiers/{dossier}{path}").text) is sees


def test_why_of_a_field_that_all_see_is_told_beside_what_they_do_not_see() -> None:
    runtime = new_runtime()
    publish_change(runtime, _ask, "2026-01-16 10:00")
    dossier = open_by_phone(runtime, "2026-05-12 14:00", onderwerp="Koude soep").dossier
    staff(runtime, "els", "kwaliteitscoordinator")
    staff(runtime, "nadia", "onthaal")
    answers = {"onderwerp": "Lauwe soep", "voorwerp": "persoon", "aangeklaagde_anderen": "Jan"}
    fill(runtime, dossier, "2026-05-12 15:00", actor="els", reason=_WHY, **answers)
    seen = look(runtime, dossier, at("2026-05-13 09:00"), "nadia")
    assert (seen.events[-1].data["why"], "aangeklaagde_anderen" in seen.events[-1].data["values"]) == (
        _WHY,
        False,
    )
