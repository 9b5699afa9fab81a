"""Another department, or somebody else, takes a dossier over, with what was agreed to go along and no more."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.dossier.events import EventKind, verify
from gehoor.core.retention.anonymisation import Anonymiser
from gehoor.services.access.authorisation import NotAllowedError
from gehoor.services.correspondence.conversation import write_back
from gehoor.services.intake.status_page import follow, route_of
from gehoor.services.maintenance.repair import repair
from gehoor.services.projection.projection import project_pending
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import UnknownDossierError, reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.relations.sending_on import (
    SendWanted,
    departments_beside,
    send_elsewhere,
    send_to_department,
)
from gehoor.services.search.search import search
from gehoor.services.search.worklist import work_list
from tests.support.belonging import COORDINATOR, NOW, belonging, house, ready, seen, told
from tests.support.clock import at
from tests.support.de_linde import fill, publish_change, staff

LATER = "2026-05-07 09:00"


def here(runtime: Runtime, **answers: Any) -> str:
    dossier = told(runtime, "2026-05-04 10:00", klager_telefoon="0470 12 34 56", **answers).dossier
    ready(runtime, dossier)
    return dossier


def sent(runtime: Runtime, dossier: str, to: str = "eikenrode", actor: str = "an") -> str:
    """Send a dossier on to a department; returns the new one."""
    after = send_to_department(runtime, SendWanted(dossier, to, "Het gebeurde daar.", actor), at(NOW))
    return after.relations.goes_on_in


def codes(refused: pytest.ExceptionInfo[RefusedError]) -> list[str]:
    return [one.code for one in refused.value.objections]


def test_it_opens_there_with_a_number_of_its_own_under_what_was_agreed_there() -> None:
    runtime = house()
    dossier = here(runtime)
    new = seen(runtime, sent(runtime, dossier))
    assert (new.dossier.department, new.dossier.number) == ("eikenrode", "EIK-2026-0001")
    assert new.agreement.department == "eikenrode"
    assert [event.kind for event in new.events[:2]] == [EventKind.OPENED, EventKind.CAME_ON]
    verify(new.events)


def test_who_works_there_finds_it_at_once() -> None:
    runtime = house()
    dossier = here(runtime)
    project_pending(runtime)
    new = sent(runtime, dossier)
    with reading(runtime.store) as register:
        bo = register.account("bo")
    assert bo is not None
    assert [line.summary.id for line in work_list(runtime, bo, at(NOW)).lines] == [new]
    assert search(runtime, bo, "Klacht", at(NOW)).total == 1
    with reading(runtime.store) as register:
        assert register.pending() == []


def test_its_code_counts_as_lost_nowhere() -> None:
    runtime = house()
    sent(runtime, here(runtime))
    project_pending(runtime)
    assert repair(runtime, at(NOW)).codes_lost == []


def test_it_was_received_when_it_was_received() -> None:
    runtime = house()
    new = seen(runtime, sent(runtime, here(runtime)))
    assert new.dossier.values["ontvangstdatum"] == "2026-05-04"


def test_only_what_was_agreed_goes_along() -> None:
    runtime = house()
    dossier = here(runtime)
    new = seen(runtime, sent(runtime, dossier))
    assert new.dossier.values["uiteenzetting"] == "Klacht van 2026-05-04 10:00"
    assert new.dossier.values["klager_naam"] == "Els Peeters"
    assert "klager_telefoon" not in new.dossier.values
    assert "klager_telefoon" not in seen(runtime, dossier).dossier.relations.sent_on[0].fields


def test_the_one_that_stays_closes_and_says_where_it_went() -> None:
    runtime = house()
    dossier = here(runtime)
    sent(runtime, dossier)
    opened = seen(runtime, dossier, "an")
    assert opened.decision.closed
    assert opened.dossier.values["heen"] == "WZC Eikenrode"
    assert opened.dossier.values["nummer_daar"] == "EIK-2026-0001"
    assert opened.dossier.values["afsluitreden"] == "doorverwezen"
    sent_on = next(event for event in opened.events if event.kind is EventKind.SENT_ON)
    assert (sent_on.data["to"], sent_on.data["reason"]) == ("WZC Eikenrode", "Het gebeurde daar.")
    verify(seen(runtime, dossier).events)


def test_who_sends_it_on_need_not_work_there_and_does_not_see_it() -> None:
    runtime = house()
    new = sent(runtime, here(runtime), actor="an")
    assert seen(runtime, new, "bo").dossier.relations.came_from is not None
    with reading(runtime.store) as register:
        assert register.dossier(new).department == "eikenrode"


def test_the_same_code_leads_on_and_what_was_written_before_stays_there() -> None:
    runtime = house()
    dossier = here(runtime)
    write_back(runtime, dossier, "Wij kijken het na.", "key-1", at(NOW), "an")
    new = sent(runtime, dossier)
    page = follow(runtime, dossier, at(LATER))
    assert page.onward is not None
    assert (page.onward.merged, page.onward.number) == (False, "EIK-2026-0001")
    assert page.agreement.department_name == "WZC Eikenrode"
    assert not page.closed
    assert page.agreement.department == "eikenrode"
    write_back(runtime, new, "Wij bellen u.", "key-2", at(LATER), "bo")
    said = [one.text for one in follow(runtime, dossier, at(LATER)).conversation]
    assert said == ["Wij kijken het na.", "Wij bellen u."]
    assert route_of(runtime, dossier, at(LATER)).writes == new


def test_for_whom_it_is_about_the_new_one_does_not_exist_either() -> None:
    runtime = house()
    dossier = here(runtime)
    fill(runtime, dossier, "2026-05-05 10:00", voorwerp="persoon", aangeklaagde_medewerkers=["bo"])
    new = sent(runtime, dossier)
    with pytest.raises(UnknownDossierError):
        seen(runtime, new, "bo")


def test_as_confidential_there_as_here() -> None:
    runtime = house()
    dossier = here(runtime)
    fill(runtime, dossier, "2026-05-05 10:00", vertrouwelijkheid="streng")
    assert seen(runtime, sent(runtime, dossier)).decision.values["vertrouwelijkheid"] == "streng"


def test_where_nobody_would_be_kept_from_it_there_it_does_not_go() -> None:
    runtime = house()

    def without(document: dict[str, Any]) -> None:
        belonging(document)
        del document["forms"]["dossier"]["properties"]["aangeklaagde_medewerkers"]["meaning"]

    publish_change(runtime, without, "2026-03-01 09:00", "eikenrode")
    dossier = here(runtime)
    fill(runtime, dossier, "2026-05-05 10:00", voorwerp="persoon", aangeklaagde_medewerkers=["bo"])
    with pytest.raises(RefusedError) as refused:
        sent(runtime, dossier)
    assert codes(refused) == ["send-unprotected"]


@pytest.mark.parametrize(
    "level",
    [{"exists-for": "everyone"}, {"exists-for": [COORDINATOR, "algemeen-directeur", "onthaal"]}],
)
def test_where_its_level_hides_less_it_does_not_go(level: dict[str, Any]) -> None:
    runtime = house()

    def otherwise(document: dict[str, Any]) -> None:
        belonging(document)
        document["confidentiality"]["streng"] = level

    publish_change(runtime, otherwise, "2026-03-01 09:00", "eikenrode")
    dossier = here(runtime)
    fill(runtime, dossier, "2026-05-05 10:00", vertrouwelijkheid="streng")
    with pytest.raises(RefusedError) as refused:
        sent(runtime, dossier)
    assert codes(refused) == ["send-unprotected"]
    assert seen(runtime, dossier).dossier.relations.sent_on == ()


def test_where_its_level_hides_as_much_it_goes() -> None:
    runtime = house()
    staff(runtime, "tom", "de-linde/eikenrode:onthaal")
    dossier = here(runtime)
    fill(runtime, dossier, "2026-05-05 10:00", vertrouwelijkheid="streng")
    new = sent(runtime, dossier)
    assert seen(runtime, new, "bo").dossier.values["vertrouwelijkheid"] == "streng"
    with pytest.raises(UnknownDossierError):
        seen(runtime, new, "tom")


def test_neither_is_written_when_it_cannot_be_opened_there() -> None:
    runtime = house()

    def asking(document: dict[str, Any]) -> None:
        belonging(document)
        document["forms"]["dossier"]["required"].append("klager_telefoon")

    publish_change(runtime, asking, "2026-03-01 09:00", "eikenrode")
    dossier = here(runtime)
    with pytest.raises(RefusedError) as refused:
        sent(runtime, dossier)
    assert codes(refused) == ["send-lacks"]
    assert not seen(runtime, dossier).decision.closed
    assert (
        told(runtime, "2026-05-06 10:00", "eikenrode", klager_telefoon="0470 12 34 57").number
        == "EIK-2026-0001"
    )


@pytest.mark.parametrize(
    ("to", "code"),
    [("beukenhof", "same-department"), ("nergens", "no-such-department"), ("", "no-such-department")],
)
def test_where_it_cannot_go_is_told(to: str, code: str) -> None:
    runtime = house()
    with pytest.raises(RefusedError) as refused:
        sent(runtime, here(runtime), to)
    assert codes(refused) == [code]


def test_twice_it_does_not_go() -> None:
    runtime = house()
    dossier = here(runtime)
    sent(runtime, dossier)
    with pytest.raises(RefusedError) as refused:
        sent(runtime, dossier)
    assert codes(refused) == ["goes-on-elsewhere"]


def test_who_may_not_send_on_does_not() -> None:
    runtime = house()
    with pytest.raises(NotAllowedError):
        sent(runtime, here(runtime), actor="rita")


def test_the_departments_beside_are_those_that_take_in_messages() -> None:
    runtime = house()
    assert departments_beside(runtime, seen(runtime, here(runtime)).agreement, at(NOW)) == {
        "eikenrode": "WZC Eikenrode"
    }


def test_to_somebody_else_nothing_goes_without_consent() -> None:
    runtime = house()
    dossier = here(runtime)
    wanted = SendWanted(dossier, "Zorginspectie", "Zij zijn bevoegd.", "an")
    with pytest.raises(RefusedError) as refused:
        send_elsewhere(runtime, wanted, at(NOW))
    assert codes(refused) == ["send-no-consent"]
    fill(runtime, dossier, "2026-05-05 10:00", mag_weg="ja")
    send_elsewhere(runtime, wanted, at(NOW))
    opened = seen(runtime, dossier, "an")
    assert opened.dossier.values["heen"] == "Zorginspectie"
    (sent_on,) = opened.dossier.relations.sent_on
    assert (sent_on.to, sent_on.dossier, sent_on.fields) == (
        "Zorginspectie",
        "",
        ("uiteenzetting", "klager_naam"),
    )
    assert not opened.decision.closed
    assert follow(runtime, dossier, at(LATER)).onward is None


def test_to_somebody_else_goes_what_whoever_sends_it_may_see() -> None:
    runtime = house()

    def hiding(document: dict[str, Any]) -> None:
        belonging(document)
        document["forms"]["dossier"]["properties"]["klager_naam"]["seen-by"] = ["algemeen-directeur"]

    publish_change(runtime, hiding, "2026-03-01 09:00")
    dossier = here(runtime)
    fill(runtime, dossier, "2026-05-05 10:00", mag_weg="ja")
    send_elsewhere(runtime, SendWanted(dossier, "Zorginspectie", "Zij zijn bevoegd.", "an"), at(NOW))
    assert seen(runtime, dossier).dossier.relations.sent_on[0].fields == ("uiteenzetting",)


def test_somebody_else_who_was_named_goes_with_anonymising_and_a_department_stays() -> None:
    runtime = house()
    elsewhere, there = here(runtime), here(runtime)
    fill(runtime, elsewhere, "2026-05-05 10:00", mag_weg="ja")
    send_elsewhere(runtime, SendWanted(elsewhere, "Advocaat Zebra", "Zij vraagt het.", "an"), at(NOW))
    sent(runtime, there)
    told = []
    for dossier in (elsewhere, there):
        opened = seen(runtime, dossier)
        (event,) = [one for one in opened.events if one.kind is EventKind.SENT_ON]
        told.append(Anonymiser([opened.agreement]).data(event)["to"])
    assert told == ["", "WZC Eikenrode"]


def test_it_is_no_second_complaint_of_the_same_person() -> None:
    runtime = house()
    new = sent(runtime, here(runtime))
    fill(runtime, new, LATER, onderwerp="Nog altijd de bel")
    assert max((found.count for found in seen(runtime, new).dossier.found.values()), default=0) == 0


def test_a_code_leads_through_however_often_it_was_sent_on() -> None:
    runtime = house()
    dossier = last = here(runtime)
    for turn in range(8):
        to = ("eikenrode", "beukenhof")[turn % 2]
        wanted = SendWanted(last, to, "Daar hoort het.", "els")
        last = send_to_department(runtime, wanted, at(NOW)).relations.goes_on_in
    assert route_of(runtime, dossier, at(LATER)).writes == last
