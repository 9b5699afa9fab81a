"""The one to whom a dossier was given is responsible for it: they hear of its terms, and only they judge."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_web, publish_change, staff
from tests.support.pages import page_faults
from tests.support.site import new_site

ROLE = "kwaliteitscoordinator"
LATE = "2026-05-22 09:00"


def kept(document: dict[str, Any]) -> None:
    document["forms"]["dossier"]["properties"]["onderwerp"]["handler-only"] = True
    document["terms"]["ontvangstmelding"]["handler-too"] = True


def house(*, given: bool = True) -> tuple[Runtime, str]:
    """A dossier that was given to Karin; Els and Tom have the role whose it is, and may do as much."""
    runtime = de_linde()
    publish_change(runtime, kept, "2026-05-01 09:00")
    staff(runtime, "els", ROLE, email="els@delinde.example")
    staff(runtime, "tom", ROLE, email="tom@delinde.example")
    staff(runtime, "karin", "teamverantwoordelijke", email="karin@delinde.example")
    dossier = open_by_web(runtime, "2026-05-12 14:00").dossier
    if given:
        assign(runtime, Assigning(dossier, "karin", "els"), at("2026-05-12 15:00"))
    return runtime, dossier


def test_only_who_handles_it_changes_what_is_kept_for_them() -> None:
    runtime, dossier = house()
    with pytest.raises(RefusedError) as refused:
        fill(runtime, dossier, "2026-05-13 09:00", actor="els", onderwerp="Bel stuk")
    assert [(one.field, one.code) for one in refused.value.objections] == [("onderwerp", "handler-only")]
    fill(runtime, dossier, "2026-05-13 10:00", actor="karin", onderwerp="Bel stuk")
    assert "onderwerp" not in look(runtime, dossier, at("2026-05-13 11:00"), "karin").rights.unchangeable
    assert "onderwerp" in look(runtime, dossier, at("2026-05-13 11:00"), "tom").rights.unchangeable


def of_a_role(document: dict[str, Any]) -> None:
    kept(document)
    document["forms"]["dossier"]["properties"]["onderwerp"]["edited-by"] = [ROLE]


def given_to(handler: str) -> tuple[Runtime, str]:
    """A dossier of which only the quality coordinator says what it is about, given to somebody."""
    runtime, _ = house()
    publish_change(runtime, of_a_role, "2026-05-12 16:00")
    later = open_by_web(runtime, "2026-05-12 17:00").dossier
    assign(runtime, Assigning(later, handler, "els"), at("2026-05-12 18:00"))
    return runtime, later


def test_who_handles_it_and_lacks_the_role_is_told_whose_it_is() -> None:
    runtime, later = given_to("karin")
    with pytest.raises(RefusedError) as refused:
        fill(runtime, later, "2026-05-13 09:00", actor="karin", onderwerp="Bel stuk")
    assert [one.code for one in refused.value.objections] == ["not-yours"]


def test_where_who_handles_it_lacks_the_role_the_roles_hold() -> None:
    runtime, later = given_to("karin")
    fill(runtime, later, "2026-05-13 09:00", actor="els", onderwerp="Bel stuk")


def test_where_who_handles_it_has_the_role_it_is_theirs_until_somebody_takes_over() -> None:
    runtime, later = given_to("tom")
    with pytest.raises(RefusedError) as refused:
        fill(runtime, later, "2026-05-13 09:00", actor="els", onderwerp="Bel stuk")
    assert [one.code for one in refused.value.objections] == ["handler-only"]
    seen = look(runtime, later, at("2026-05-13 09:00"), "els").rights
    assert "onderwerp" in seen.once_handling
    assert look(runtime, later, at("2026-05-13 09:00"), "karin").rights.once_handling == frozenset()


def test_who_takes_it_over_changes_it() -> None:
    runtime, dossier = house()
    assign(runtime, Assigning(dossier, "tom", "els"), at("2026-05-13 09:00"))
    fill(runtime, dossier, "2026-05-13 10:00", actor="tom", onderwerp="Bel stuk")


def test_while_nobody_handles_it_the_roles_hold() -> None:
    runtime, dossier = house(given=False)
    fill(runtime, dossier, "2026-05-13 10:00", actor="els", onderwerp="Bel stuk")


def told(runtime: Runtime, dossier: str) -> set[str]:
    """Return to whom word of the late term goes."""
    sweep(runtime, at(LATE))
    with reading(runtime.store) as register:
        found = [one for one in register.messages_of(dossier) if "ontvangstmelding" in one.key]
    return {who.partition("@")[0] for one in found for who in one.recipients}


def test_who_handles_it_hears_that_it_is_late_beside_the_role() -> None:
    runtime, dossier = house()
    assert told(runtime, dossier) >= {"karin", "els", "tom"}


def test_who_handles_it_and_works_elsewhere_by_now_hears_nothing() -> None:
    runtime, dossier = house()
    staff(runtime, "karin", "de-linde/eikenrode:teamverantwoordelijke", email="karin@delinde.example")
    assert told(runtime, dossier) >= {"els", "tom"}
    assert "karin" not in told(runtime, dossier)


def test_who_does_not_handle_it_and_has_not_the_role_hears_nothing() -> None:
    runtime, dossier = house(given=False)
    assert "karin" not in told(runtime, dossier)


def test_the_page_offers_to_take_over_where_the_answer_stands() -> None:
    runtime, later = given_to("tom")
    visitor = new_site("2026-05-13 09:00", runtime).staff("els", ROLE)
    page = visitor.page(f"/medewerker/dossiers/{later}")
    assert page_faults(page) == []
    assert "Neemt u het over, dan vult u het hier in" in page.by_id("v_onderwerp").text
    answer = visitor.resend(f"/medewerker/dossiers/{later}", page, overnemen="onderwerp")
    assert (answer.status_code, str(answer.location).rpartition("#")[2]) == (303, "v_onderwerp")
    assert look(runtime, later, at("2026-05-13 09:30")).dossier.handlers == ("els",)
    assert visitor.page(f"/medewerker/dossiers/{later}").by_id("v_onderwerp").tag in ("input", "textarea")
