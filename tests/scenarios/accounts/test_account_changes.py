"""People are edited, not made anew; and whoever has two accounts is still the one a dossier is about."""

from __future__ import annotations

import pytest

from gehoor.core.dossier.events import instant_text
from gehoor.services.access.authorisation import Operator
from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.dossiers.viewing import look
from gehoor.services.ports.records import Message
from gehoor.services.projection.projection import reading_projection
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import UnknownDossierError, reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.search import search
from gehoor.services.search.worklist import work_list
from gehoor.services.search.worklist_filters import Tab, Wish
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_phone, staff
from tests.support.site import new_site

NOON = "2026-05-12 12:00"
DESK, COORDINATOR = "de-linde/beukenhof:onthaal", "de-linde/beukenhof:kwaliteitscoordinator"


def house() -> Runtime:
    runtime = de_linde()
    for name in ("rita", "rita2", "jan"):
        staff(runtime, name, "onthaal")
    staff(runtime, "koen", "kwaliteitscoordinator")
    return runtime


def changed(runtime: Runtime, name: str, **what: object) -> None:
    change_account(runtime, AccountChange(name, **what), Operator("beheerder"), at(NOON))  # type: ignore[arg-type]


def about(runtime: Runtime, *names: str) -> str:
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    accuse(runtime, dossier, *names)
    return dossier


def accuse(runtime: Runtime, dossier: str, *names: str) -> None:
    fill(runtime, dossier, NOON, actor="koen", voorwerp="persoon", aangeklaagde_medewerkers=list(names))


def exists_for(runtime: Runtime, dossier: str, name: str) -> bool:
    """Whether somebody comes across a dossier by any way: opening it, in a list, or by its number."""
    with reading_projection(runtime) as register:
        account, summary = register.account(name), register.summary(dossier)
    assert account is not None
    assert summary is not None
    try:
        look(runtime, dossier, at(NOON), name)
        opened = True
    except UnknownDossierError:
        opened = False
    listed = work_list(runtime, account, at(NOON), Wish(Tab.DEPARTMENT))
    in_list = dossier in {line.summary.id for line in listed.lines}
    found = dossier in {hit.summary.id for hit in search(runtime, account, summary.number, at(NOON)).hits}
    assert opened == in_list == found
    return opened


def test_name_address_and_roles_change_in_place() -> None:
    runtime = house()
    changed(
        runtime, "rita", full_name="Rita De Wit", email="rita@x.example", more=(COORDINATOR,), fewer=(DESK,)
    )
    with reading(runtime.store) as register:
        rita = register.account("rita")
    assert rita is not None
    assert (rita.full_name, rita.email, rita.roles) == ("Rita De Wit", "rita@x.example", (COORDINATOR,))


def test_a_role_that_goes_is_gone_at_once_and_the_session_stays() -> None:
    site = new_site()
    els = site.staff("els", "onthaal", "teamverantwoordelijke")
    dossier = open_by_phone(site.runtime, NOON).dossier
    assert els.get(f"/medewerker/dossiers/{dossier}").status_code == 200
    roles = ("de-linde/beukenhof:onthaal", "de-linde/beukenhof:teamverantwoordelijke")
    changed(site.runtime, "els", fewer=roles)
    assert els.get(f"/medewerker/dossiers/{dossier}").status_code == 404
    assert els.get("/medewerker/").status_code == 200, "still signed in"
    changed(site.runtime, "els", more=(DESK,))
    assert els.get(f"/medewerker/dossiers/{dossier}").status_code == 200


@pytest.mark.parametrize(("shared", "to"), [(False, "new@x.example"), (True, "rita@delinde.example")])
def test_a_message_that_waits_goes_to_the_new_address(shared: bool, to: str) -> None:
    """Not when others have the old address too: who of them it was for, nobody can tell."""
    runtime, moment = house(), instant_text(at(NOON))
    if shared:
        staff(runtime, "team", "onthaal", email="rita@delinde.example")
    with writing(runtime.store) as register:
        register.queue(
            Message("k", "d", "o", "a", "r", ("rita@delinde.example",), "S", "T", moment, next_at=moment)
        )
    changed(runtime, "rita", email="new@x.example")
    with reading(runtime.store) as register:
        (message,) = register.messages_of("d")
    assert message.recipients == (to,)


def test_a_second_account_of_the_same_person_opens_no_dossier_about_them() -> None:
    runtime = house()
    earlier = about(runtime, "rita")
    assert exists_for(runtime, earlier, "rita2")
    changed(runtime, "rita2", same_person_as="rita")
    later = about(runtime, "rita")
    for dossier in (earlier, later):
        assert not exists_for(runtime, dossier, "rita2")
        assert exists_for(runtime, dossier, "koen")


def test_it_holds_for_whichever_account_is_named() -> None:
    runtime = house()
    changed(runtime, "rita2", same_person_as="rita")
    dossier = about(runtime, "rita2")
    assert not exists_for(runtime, dossier, "rita")


def test_a_third_account_joins_the_others() -> None:
    runtime = house()
    staff(runtime, "rita3", "onthaal")
    changed(runtime, "rita2", same_person_as="rita")
    changed(runtime, "rita3", same_person_as="rita2")
    dossier = about(runtime, "rita")
    assert not exists_for(runtime, dossier, "rita3")


def test_who_is_no_longer_named_finds_it_again_by_every_account() -> None:
    runtime = house()
    dossier = about(runtime, "rita")
    changed(runtime, "rita2", same_person_as="rita")
    accuse(runtime, dossier, "jan")
    assert exists_for(runtime, dossier, "rita")
    assert exists_for(runtime, dossier, "rita2")


@pytest.mark.parametrize("apart", ["rita", "rita2"])
def test_that_two_accounts_are_of_one_person_can_be_taken_back(apart: str) -> None:
    runtime = house()
    dossier = about(runtime, "rita")
    changed(runtime, "rita2", same_person_as="rita")
    changed(runtime, apart, same_person_as="")
    assert exists_for(runtime, dossier, "rita2")
    assert not exists_for(runtime, dossier, "rita")


def test_what_the_second_account_handled_goes_back() -> None:
    runtime = house()
    dossier = about(runtime, "rita")
    assign(runtime, Assigning(dossier, "rita2", "koen"), at(NOON))
    changed(runtime, "rita2", same_person_as="rita")
    assert look(runtime, dossier, at(NOON)).dossier.handler == ""
    with pytest.raises(RefusedError):
        assign(runtime, Assigning(dossier, "rita2", "koen"), at(NOON))


def test_nothing_changes_about_somebody_who_is_not_there() -> None:
    runtime = house()
    with pytest.raises(LookupError):
        changed(runtime, "rita2", full_name="Rita", same_person_as="niemand")
    with reading(runtime.store) as register:
        rita = register.account("rita2")
    assert rita is not None
    assert rita.full_name == "Rita2", "all of it or nothing"
