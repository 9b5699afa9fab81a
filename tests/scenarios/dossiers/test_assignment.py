"""Who handles a dossier: taken, given, handed over, given back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gehoor.core.dossier.events import EventKind, verify
from gehoor.core.wording.registry import DUTCH
from gehoor.services.dossiers.assignment import Assigning, assign, assign_many
from gehoor.services.dossiers.viewing import look
from gehoor.services.projection.projection import reading_projection
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import UnknownDossierError
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_phone, publish_change, registered, staff
from tests.support.pages import page_faults
from tests.support.site import new_site

NOON = "2026-05-12 15:00"


def house() -> tuple[Runtime, str]:
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    staff(runtime, "els", "kwaliteitscoordinator")
    staff(runtime, "ria", "onthaal")
    staff(runtime, "weg", "onthaal", active=False)
    staff(runtime, "ver", "de-linde/eikenrode:onthaal")
    staff(runtime, "dirk", "de-linde/*:dagelijks-verantwoordelijke")
    return runtime, open_by_phone(runtime, "2026-05-12 14:00").dossier


def give(runtime: Runtime, dossier: str, to: str, actor: str = "els", **more: str) -> None:
    assign(runtime, Assigning(dossier, to, actor, **more), at(NOON))


def handler(runtime: Runtime, dossier: str) -> str:
    with reading_projection(runtime) as register:
        summary = register.summary(dossier)
    assert summary is not None
    assert summary.handler == look(runtime, dossier, at(NOON)).dossier.handler
    return summary.handler


def said(work: Callable[[], object]) -> str:
    with pytest.raises(RefusedError) as refused:
        work()
    return DUTCH.objections.text(refused.value.objections[0])


def texts(runtime: Runtime, dossier: str) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    opened = look(runtime, dossier, at(NOON))
    verify(opened.events)
    words = [DUTCH.events.text(opened.agreement, e) for e in opened.events if e.kind is EventKind.ASSIGNED]
    return [(one.what, one.details) for one in words]


def test_taken_handed_over_with_a_note_and_given_back() -> None:
    runtime, dossier = house()
    give(runtime, dossier, "els")
    give(runtime, dossier, "ria", note="Bel mevrouw na 14 uur.")
    give(runtime, dossier, "", actor="ria")
    assert handler(runtime, dossier) == ""
    assert texts(runtime, dossier) == [
        ("Behandelt dit dossier: Els", ()),
        ("Overgedragen aan Ria", (("Nota", "Bel mevrouw na 14 uur."),)),
        ("Teruggegeven: niemand behandelt dit dossier", ()),
    ]


def test_to_whom_it_already_is_changes_nothing() -> None:
    runtime, dossier = house()
    give(runtime, dossier, "els")
    give(runtime, dossier, "els")
    assert len(texts(runtime, dossier)) == 1


@pytest.mark.parametrize("name", ["ver", "weg", "niemand-van-ons"])
def test_only_people_who_work_in_the_department_can_be_given_it(name: str) -> None:
    runtime, dossier = house()
    sentence = said(lambda: give(runtime, dossier, name))
    assert sentence == "Dit dossier kan niet naar deze persoon. Kies iemand uit de lijst."


def test_a_role_in_every_department_is_work_in_this_one() -> None:
    runtime, dossier = house()
    give(runtime, dossier, "dirk")
    assert handler(runtime, dossier) == "dirk"


@pytest.mark.parametrize("actor", ["ver", "weg", "niemand-van-ons"])
def test_who_does_not_work_there_cannot_give_it_to_anyone(actor: str) -> None:
    runtime, dossier = house()
    with pytest.raises(UnknownDossierError):
        give(runtime, dossier, "els", actor=actor)


def test_who_decides_on_an_old_page_hears_that_someone_was_first() -> None:
    runtime, dossier = house()
    give(runtime, dossier, "els")
    sentence = said(lambda: give(runtime, dossier, "ria", actor="ria", before=""))
    assert sentence == "Intussen is dit dossier van Els. Kijk na of u het nog wilt wijzigen."
    assert handler(runtime, dossier) == "els"


def test_whoever_is_given_a_dossier_by_someone_else_hears_of_it() -> None:
    runtime, dossier = house()
    give(runtime, dossier, "els")
    give(runtime, dossier, "ria")
    messages = look(runtime, dossier, at(NOON)).messages
    assert [message.recipients for message in messages] == [("ria@delinde.example",)]
    assert "pyjama" not in messages[0].text


def test_what_is_filled_in_later_keeps_the_handler() -> None:
    runtime, dossier = house()
    give(runtime, dossier, "els")
    fill(runtime, dossier, "2026-05-12 16:00", onderwerp="Bel")
    assert handler(runtime, dossier) == "els"


def test_in_bulk_each_dossier_is_judged_by_itself() -> None:
    runtime, first = house()
    second = registered(runtime, klager_telefoon="0470 00 00 09")
    elsewhere = open_by_phone(runtime, "2026-05-12 14:00", department="eikenrode").dossier
    given, refused = assign_many(
        runtime, [first, elsewhere, second, "onzin", first], Assigning("", "ria", "ria"), at(NOON)
    )
    assert [dossier.id for dossier in given] == [first, second]
    assert [(one.number, DUTCH.objections.text(one.objection)) for one in refused] == [
        ("", "Dit dossier bestaat niet.")
    ] * 2


def test_the_page_lets_one_take_hand_over_and_give_back() -> None:
    runtime, dossier = house()
    site = new_site(NOON, runtime)
    visitor = site.staff("ria", "onthaal")
    home = f"/medewerker/dossiers/{dossier}"

    def form(index: int) -> list[tuple[str, str]]:
        page = visitor.page(f"{home}/overzicht")
        assert page_faults(page) == []
        own = [f for f in page.all("form") if f.attributes.get("action", "").endswith("/behandelaar")]
        return page.form_data(own[index])

    assert visitor.post(f"{home}/behandelaar", dict(form(0))).status_code == 303
    assert handler(runtime, dossier) == "ria"
    assert (
        visitor.post(f"{home}/behandelaar", {**dict(form(0)), "aan": "els", "nota": "Voor u."}).status_code
        == 303
    )
    assert handler(runtime, dossier) == "els"
    assert visitor.post(f"{home}/behandelaar", {**dict(form(1)), "aan": "niemand"}).status_code == 303
    assert handler(runtime, dossier) == ""
    old = {**dict(form(0)), "eerst": "els"}
    assert visitor.post(f"{home}/behandelaar", old).status_code == 422


def test_where_the_agreement_keeps_it_for_some_others_cannot_even_from_a_list() -> None:
    def change(document: dict[str, Any]) -> None:
        document["rights"] = {"assign-dossier": ["kwaliteitscoordinator"]}

    runtime = de_linde()
    publish_change(runtime, change, "2026-05-01 09:00")
    staff(runtime, "ria", "onthaal")
    staff(runtime, "els", "kwaliteitscoordinator")
    dossier = registered(runtime)
    given, refused = assign_many(runtime, [dossier], Assigning("", "ria", "ria"), at("2026-05-13 10:00"))
    assert (given, [one.objection.code for one in refused]) == ([], ["assign-not-yours"])
    given, refused = assign_many(runtime, [dossier], Assigning("", "ria", "els"), at("2026-05-13 10:00"))
    assert ([one.handler for one in given], refused) == (["ria"], [])
