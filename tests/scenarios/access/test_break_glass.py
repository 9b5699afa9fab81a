"""Breaking the glass: who may opens, with a reason and for a time, what a level or field rights hide from them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gehoor.core.dossier.events import EventKind
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.access_log import readers_of
from gehoor.services.access.authorisation import NotAllowedError
from gehoor.services.correspondence.conversation import write_back
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.dossiers.break_glass import Emergency, break_glass
from gehoor.services.dossiers.viewing import OpenedDossier, look
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import UnknownDossierError, reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.worklist import work_list
from tests.scenarios.access.test_confidentiality import account, house, kept, level
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_phone, publish_change, registered, staff
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor, new_site

NOW = at("2026-05-13 12:00")
HOURS = 4
PLACE = ("de-linde", "beukenhof")
WHY = "De bewoner is in gevaar en niemand anders is bereikbaar."


def daily() -> Runtime:
    """De Linde, where the daily manager (dirk) may break the glass; a strict dossier is hidden from him."""
    runtime = house()

    def change(document: dict[str, Any]) -> None:
        document["rights"] = {**document["rights"], "break-glass": ["dagelijks-verantwoordelijke", "onthaal"]}

    publish_change(runtime, change, "2026-05-01 09:00")
    return runtime


def number_of(runtime: Runtime, dossier: str) -> str:
    with reading(runtime.store) as register:
        return register.dossier(dossier).number


def wanted(runtime: Runtime, dossier: str, name: str = "dirk", reason: str = WHY) -> Emergency:
    return Emergency(PLACE, number_of(runtime, dossier), name, reason)


def seen(runtime: Runtime, dossier: str, name: str, hours: float = 0) -> OpenedDossier | None:
    try:
        return look(runtime, dossier, NOW + timedelta(hours=hours), name)
    except UnknownDossierError:
        return None


def test_it_shows_for_a_time_to_that_person_only_what_was_hidden() -> None:
    runtime = daily()
    dossier = kept(runtime)
    other = kept(runtime, klager_telefoon="0470 99 99 99")
    assert seen(runtime, dossier, "dirk") is None
    break_glass(runtime, wanted(runtime, dossier), NOW)
    opened = seen(runtime, dossier, "dirk")
    assert opened is not None
    assert opened.emergency_until == NOW + timedelta(hours=HOURS)
    assert seen(runtime, dossier, "dirk", HOURS - 0.01) is not None
    assert seen(runtime, dossier, "dirk", HOURS) is None
    assert seen(runtime, dossier, "ria") is None, "not for another who may too"
    assert seen(runtime, other, "dirk") is None, "and no other dossier"
    assert work_list(runtime, account(runtime, "dirk"), NOW).total == 0


def test_it_is_in_the_history_and_the_roles_that_the_agreement_names_hear_of_it() -> None:
    runtime = daily()
    dossier = kept(runtime)
    break_glass(runtime, wanted(runtime, dossier), NOW)
    opened = look(runtime, dossier, NOW, "els")
    event = opened.events[-1]
    assert (event.kind, event.actor, event.data["reason"]) == (EventKind.GLASS_BROKEN, "dirk", WHY)
    assert DUTCH.events.text(opened.agreement, event).what == "In nood geopend door Dirk"
    message = opened.messages[-1]
    assert message.recipients == ("els@delinde.example",)
    assert WHY not in message.text


def test_fields_that_are_hidden_show_too_and_change_no_more_than_before() -> None:
    runtime = daily()
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    fill(runtime, dossier, "2026-05-12 11:00", actor="els", voorwerp="persoon", aangeklaagde_anderen="Piet")
    before = seen(runtime, dossier, "ria")
    assert before is not None
    assert "aangeklaagde_anderen" in before.rights.unseen
    break_glass(runtime, wanted(runtime, dossier, "ria"), NOW)
    opened = seen(runtime, dossier, "ria")
    assert opened is not None
    assert opened.decision.values["aangeklaagde_anderen"] == "Piet"
    assert opened.rights.unchangeable == before.rights.unchangeable
    with pytest.raises(RefusedError):
        fill(runtime, dossier, "2026-05-13 12:30", actor="ria", aangeklaagde_anderen="Jan")


def test_whoever_sees_a_hidden_dossier_so_only_reads() -> None:
    runtime = daily()
    dossier = kept(runtime)
    break_glass(runtime, wanted(runtime, dossier), NOW)
    opened = seen(runtime, dossier, "dirk")
    assert opened is not None
    assert set(opened.rights.unchangeable) == set(opened.agreement.dossier_form.fields)
    later = NOW + timedelta(minutes=5)
    with pytest.raises((NotAllowedError, RefusedError)):
        fill(runtime, dossier, "2026-05-13 12:05", actor="dirk", vertrouwelijkheid="normaal")
    with pytest.raises(NotAllowedError):
        write_back(runtime, dossier, "Wij kijken het na.", "message-1", later, "dirk")
    with pytest.raises(NotAllowedError):
        assign(runtime, Assigning(dossier, "dirk", "dirk"), later)
    assert seen(runtime, dossier, "ria") is None


@pytest.mark.parametrize("meaning", ["aangeklaagde_medewerkers", "belangenconflict"])
def test_never_with_a_conflict_of_interest(meaning: str) -> None:
    runtime = daily()
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    named = {"voorwerp": "persoon", meaning: ["dirk"]}
    fill(runtime, dossier, "2026-05-12 11:00", actor="els", **named)
    with pytest.raises(UnknownDossierError):
        break_glass(runtime, wanted(runtime, dossier), NOW)


def test_whoever_becomes_accused_while_they_look_sees_it_no_more() -> None:
    runtime = daily()
    dossier = kept(runtime)
    break_glass(runtime, wanted(runtime, dossier), NOW)
    fill(
        runtime,
        dossier,
        "2026-05-13 12:30",
        actor="els",
        voorwerp="persoon",
        aangeklaagde_medewerkers=["dirk"],
    )
    assert seen(runtime, dossier, "dirk", 1) is None


def test_only_for_the_roles_that_the_agreement_names() -> None:
    runtime = daily()
    dossier = kept(runtime)
    with pytest.raises(NotAllowedError):
        break_glass(runtime, wanted(runtime, dossier, "koen"), NOW)
    for stranger in ("niemand", ""):
        with pytest.raises(UnknownDossierError):
            break_glass(runtime, wanted(runtime, dossier, stranger), NOW)


def test_not_without_a_reason_and_not_without_the_number() -> None:
    runtime = daily()
    dossier = kept(runtime)
    with pytest.raises(RefusedError):
        break_glass(runtime, wanted(runtime, dossier, reason="  "), NOW)
    for number in ("BEU-2026-9999", "", dossier):
        with pytest.raises(UnknownDossierError):
            break_glass(runtime, Emergency(PLACE, number, "dirk", WHY), NOW)
    assert seen(runtime, dossier, "dirk") is None


def test_who_sees_it_all_already_breaks_nothing() -> None:
    runtime = daily()
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    before = look(runtime, dossier, NOW).dossier.version
    break_glass(runtime, wanted(runtime, dossier), NOW)
    assert look(runtime, dossier, NOW).dossier.version == before


# Pages


def site_of(runtime: Runtime) -> tuple[Site, Visitor]:
    site = new_site("2026-05-13 12:00", runtime)
    return site, site.staff("dirk", "dagelijks-verantwoordelijke")


def test_it_is_offered_where_a_number_is_not_found_whether_or_not_it_exists() -> None:
    runtime = daily()
    dossier = kept(runtime)
    site, dirk = site_of(runtime)
    number = number_of(runtime, dossier)
    for typed in (number, "BEU-2026-9999"):
        page = dirk.page(f"/medewerker/zoeken?q={typed}")
        assert page_faults(page) == []
        assert f"/medewerker/de-linde/beukenhof/in-nood?nummer={typed}" in page.html
    koen = site.staff("koen", "teamverantwoordelijke")
    assert "in-nood" not in koen.page(f"/medewerker/zoeken?q={number}").html


def test_the_page_asks_why_and_opens_it() -> None:
    runtime = daily()
    dossier = kept(runtime)
    _, dirk = site_of(runtime)
    place = f"/medewerker/de-linde/beukenhof/in-nood?nummer={number_of(runtime, dossier)}"
    refused = dirk.send(place, reden=" ")
    assert refused.status_code == 422
    assert page_faults(Page(refused.text)) == []
    assert "Zeg waarom u dit dossier nu moet zien." in Page(refused.text).text
    unknown = dirk.send(place, nummer="BEU-2026-9999", reden=WHY)
    assert unknown.status_code == 422
    assert "geen dossier met dit nummer" in Page(unknown.text).text
    answer = dirk.send(place, reden=WHY)
    assert answer.location == f"/medewerker/dossiers/{dossier}"
    page = dirk.page(answer.location)
    assert page_faults(page) == []
    assert "U ziet dit dossier in nood, tot 13 mei 2026 16:00." in page.text
    dirk.client.get(answer.location).close()
    assert [one.access.reader for one in readers_of(runtime, dossier, NOW)] == ["dirk"]


def test_a_dossier_with_hidden_fields_offers_it_too() -> None:
    runtime = daily()
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    fill(runtime, dossier, "2026-05-12 11:00", actor="els", voorwerp="persoon", aangeklaagde_anderen="Piet")
    site, _ = site_of(runtime)
    ria, koen = site.staff("ria", "onthaal"), site.staff("koen", "teamverantwoordelijke")
    home = f"/medewerker/dossiers/{dossier}"
    assert "in-nood?nummer=BEU-2026-0001" in ria.page(home).html
    assert "in-nood" not in koen.page(home).html


def test_it_stays_so_when_the_level_is_changed_and_back() -> None:
    runtime = daily()
    dossier = kept(runtime)
    break_glass(runtime, wanted(runtime, dossier), NOW)
    level(runtime, dossier, "normaal", "2026-05-13 12:10")
    level(runtime, dossier, "streng", "2026-05-13 12:20")
    assert seen(runtime, dossier, "dirk", 1) is not None


def heard_by(runtime: Runtime, dossier: str) -> set[str]:
    with reading(runtime.store) as register:
        found = [one for one in register.messages_of(dossier) if "/glass/" in one.key]
    return {name for one in found for name in one.people}


def broken_by(*others: tuple[str, str]) -> tuple[Runtime, str]:
    """De Linde, where fat has the role that is told of an emergency, and opens a strict dossier in one."""
    runtime = de_linde()

    def change(document: dict[str, Any]) -> None:
        document["rights"] = {**document["rights"], "break-glass": ["onthaal", "teamverantwoordelijke"]}
        document["emergency-access"] = {**document["emergency-access"], "tell": ["teamverantwoordelijke"]}

    publish_change(runtime, change, "2026-02-01 10:00")
    for name, role in (("fat", "teamverantwoordelijke"), *others):
        staff(runtime, name, role)
    dossier = registered(runtime)
    fill(runtime, dossier, "2026-05-13 11:00", vertrouwelijkheid="streng", reason="zo is het")
    with reading(runtime.store) as register:
        number = register.dossier(dossier).number
    break_glass(runtime, Emergency(PLACE, number, "fat", WHY), NOW)
    return runtime, dossier


@pytest.mark.parametrize(
    ("others", "heard"),
    [
        ((("koen", "teamverantwoordelijke"), ("els", "kwaliteitscoordinator")), {"els"}),
        ((("els", "kwaliteitscoordinator"),), {"els"}),
        ((("dir", "algemeen-directeur"),), {"dir"}),
    ],
)
def test_an_emergency_is_heard_by_another_than_who_declares_it(
    others: tuple[tuple[str, str], ...], heard: set[str]
) -> None:
    runtime, dossier = broken_by(*others)
    assert "fat" not in heard_by(runtime, dossier)
    assert heard_by(runtime, dossier) & heard
