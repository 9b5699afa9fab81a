"""Nobody opens more by taking somebody else out of a role: who acts in it by the agreement is confirmed first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gehoor.core.access.account_log import Deed
from gehoor.services.access.authorisation import Operator
from gehoor.services.access.vacant_roles import empty_roles
from gehoor.services.accounts.absence import Away, be_away, be_back
from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.accounts.account_history import account_history
from gehoor.services.accounts.administration import LimitError
from gehoor.services.accounts.confirmation import confirm, refuse
from gehoor.services.accounts.new_accounts import close_account, set_password
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.register.register import UnknownDossierError, reading
from gehoor.services.register.runtime import Runtime
from tests.scenarios.accounts.test_absence import told
from tests.scenarios.accounts.test_confirmation import BOSS, COORDINATOR, PERSONNEL, agreed, at_home
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_phone, open_by_web, publish_change, staff
from tests.support.passwords import QuickHasher

NOW = at("2026-05-13 12:00")
LATER = at("2026-06-20 12:00")
TODAY = date(2026, 5, 13)
SOCIAL = "de-linde/beukenhof:sociale-dienst"

Taking = Callable[[Runtime, Any], object]
"""Somebody (the actor) sees to it that els has her role no more, or is not there."""


def says_away(runtime: Runtime, by: Any) -> object:
    return be_away(runtime, Away("els", TODAY), by, NOW)


def closes(runtime: Runtime, by: Any) -> object:
    return close_account(runtime, "els", by, NOW)


def takes_the_role(runtime: Runtime, by: Any) -> object:
    return change_account(runtime, AccountChange("els", fewer=(COORDINATOR,)), by, NOW)


def ends_the_role(runtime: Runtime, by: Any) -> object:
    return change_account(runtime, AccountChange("els", more=(COORDINATOR,), last=TODAY), by, NOW)


EVERY_WAY = pytest.mark.parametrize("taking", [says_away, closes, takes_the_role, ends_the_role])


def house() -> tuple[Runtime, str]:
    """Beukenhof, where Piet and Pia of the personnel office manage accounts and see no dossier; Els coordinates and has
    a strict one that An, who directs, sees too; Dirk deputises for coordinators by the agreement."""
    runtime = de_linde()
    publish_change(runtime, agreed, "2026-05-01 09:00")
    people = {"piet": PERSONNEL, "pia": PERSONNEL, "els": "kwaliteitscoordinator"}
    people |= {"dirk": "dagelijks-verantwoordelijke", "an": "algemeen-directeur"}
    for name, role in people.items():
        staff(runtime, name, role)
    # Whoever has one role only cannot lose it.
    change_account(runtime, AccountChange("els", more=("de-linde/beukenhof:onthaal",)), BOSS, NOW)
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    fill(runtime, dossier, "2026-05-12 10:30", actor="els", vertrouwelijkheid="streng")
    return runtime, dossier


def opens(runtime: Runtime, dossier: str, name: str, moment: Any = LATER) -> bool:
    try:
        look(runtime, dossier, moment, name)
    except UnknownDossierError:
        return False
    return True


def roles(runtime: Runtime, dossier: str, name: str, moment: Any = NOW) -> frozenset[str]:
    with reading(runtime.store) as register:
        holders = runtime.staff.of(register, moment).holders("de-linde")
    return holders.roles_of(look(runtime, dossier, moment).agreement, name)


@EVERY_WAY
def test_the_deputy_of_the_agreement_opens_nothing_until_a_second_person_confirms_it(taking: Taking) -> None:
    runtime, dossier = house()
    taking(runtime, "piet")
    assert not opens(runtime, dossier, "dirk")
    assert confirm(runtime, "els", "pia", NOW)
    assert opens(runtime, dossier, "dirk")


@EVERY_WAY
def test_whoever_runs_the_server_needs_no_second_person(taking: Taking) -> None:
    runtime, dossier = house()
    taking(runtime, BOSS)
    assert opens(runtime, dossier, "dirk")


@EVERY_WAY
def test_what_does_not_go_through_opens_nothing_either(taking: Taking) -> None:
    runtime, dossier = house()
    taking(runtime, "piet")
    assert refuse(runtime, "els", "pia", NOW)
    assert not opens(runtime, dossier, "dirk")


@EVERY_WAY
def test_who_gave_it_or_gets_it_does_not_confirm_it(taking: Taking) -> None:
    runtime, _ = house()
    change_account(runtime, AccountChange("dirk", more=(f"de-linde/beukenhof:{PERSONNEL}",)), BOSS, NOW)
    taking(runtime, "piet")
    for name in ("piet", "dirk"):
        with pytest.raises(LimitError):
            confirm(runtime, "els", name, NOW)


@EVERY_WAY
def test_it_stands_in_the_account_log(taking: Taking) -> None:
    runtime, _ = house()
    taking(runtime, "piet")
    confirm(runtime, "els", "pia", NOW)
    done = [(one.deed, one.by) for one in account_history(runtime, "els", Operator("beheerder"), NOW)]
    assert {(Deed.ASKED, "piet"), (Deed.CONFIRMED, "pia")} <= set(done)


def test_saying_it_oneself_lets_the_deputy_act_at_once() -> None:
    runtime, dossier = house()
    be_away(runtime, Away("els", TODAY), "els", NOW)
    assert opens(runtime, dossier, "dirk")


def test_a_named_deputy_who_waits_leaves_nothing_to_the_one_of_the_agreement() -> None:
    runtime, dossier = house()
    staff(runtime, "ria", "onthaal")
    be_away(runtime, Away("els", TODAY, deputy="ria"), "piet", NOW)
    assert not opens(runtime, dossier, "dirk")
    refuse(runtime, "els", "pia", NOW)
    assert not opens(runtime, dossier, "dirk")


def test_nor_does_taking_away_who_acts_for_somebody_by_name() -> None:
    runtime, dossier = house()
    staff(runtime, "ria", "onthaal")
    be_away(runtime, Away("els", TODAY, deputy="ria"), "els", NOW)
    assert opens(runtime, dossier, "ria")
    for taking in (
        lambda: be_away(runtime, Away("ria", TODAY), "piet", NOW),
        lambda: close_account(runtime, "ria", "piet", NOW),
    ):
        taking()
        assert not opens(runtime, dossier, "dirk")
    assert confirm(runtime, "ria", "pia", NOW)
    assert opens(runtime, dossier, "dirk")


def test_nor_does_taking_the_role_with_which_they_worked_there() -> None:
    runtime, dossier = house()
    staff(runtime, "ria", "onthaal")
    change_account(runtime, AccountChange("ria", more=("de-linde/eikenrode:onthaal",)), BOSS, NOW)
    be_away(runtime, Away("els", TODAY, deputy="ria"), BOSS, NOW)
    change_account(runtime, AccountChange("ria", fewer=("de-linde/beukenhof:onthaal",)), "piet", NOW)
    assert not opens(runtime, dossier, "dirk")


def test_whoever_says_that_somebody_is_away_gets_no_role_of_theirs_also_once_it_is_confirmed() -> None:
    """Els handles what Joris asks about afterwards: she may not fill that in herself."""
    runtime, dossier = house()
    for name, role in (("joris", "sociale-dienst"), ("lea", "kwaliteitscoordinator")):
        staff(runtime, name, role)
    change_account(runtime, AccountChange("els", more=(f"de-linde/beukenhof:{PERSONNEL}",)), BOSS, NOW)
    be_away(runtime, Away("joris", TODAY), "els", NOW)
    for _ in range(2):
        assert "sociale-dienst" not in roles(runtime, dossier, "els")
        assert "sociale-dienst" in roles(runtime, dossier, "joris")
        confirm(runtime, "joris", "pia", NOW)
    assert "sociale-dienst" in roles(runtime, dossier, "lea")


def test_nor_by_another_account_of_hers() -> None:
    runtime, dossier = house()
    staff(runtime, "joris", "sociale-dienst")
    staff(runtime, "els2", "kwaliteitscoordinator")
    change_account(runtime, AccountChange("els2", same_person_as="els"), BOSS, NOW)
    change_account(runtime, AccountChange("els", more=(f"de-linde/beukenhof:{PERSONNEL}",)), BOSS, NOW)
    be_away(runtime, Away("joris", TODAY), "els", NOW)
    confirm(runtime, "joris", BOSS, NOW)
    assert "sociale-dienst" not in roles(runtime, dossier, "els2")


@pytest.mark.parametrize("taking", [takes_the_role, ends_the_role])
def test_a_role_that_comes_back_for_good_is_as_it_was(taking: Taking) -> None:
    runtime, dossier = house()
    taking(runtime, "piet")
    change_account(runtime, AccountChange("els", more=(COORDINATOR,)), BOSS, NOW)
    be_away(runtime, Away("els", TODAY), "els", NOW)
    assert opens(runtime, dossier, "dirk")


def test_nor_does_saying_that_whoever_left_is_back() -> None:
    runtime, dossier = house()
    close_account(runtime, "els", "piet", NOW)
    be_back(runtime, "els", "piet", NOW)
    assert not opens(runtime, dossier, "dirk")


def test_a_role_that_waits_so_and_that_nobody_has_is_named_as_one_without_anybody() -> None:
    runtime, _ = house()

    def vacant() -> bool:
        return "kwaliteitscoordinator" in {one.role for one in empty_roles(runtime, NOW)}

    says_away(runtime, "piet")
    assert not vacant(), "who is away is told"
    close_account(runtime, "els", "piet", NOW)
    assert vacant()
    confirm(runtime, "els", "pia", NOW)
    assert not vacant()


def test_who_comes_back_is_there_again() -> None:
    runtime, dossier = house()
    close_account(runtime, "els", "piet", NOW)
    set_password(runtime, QuickHasher(), "els", "een ander goed woord", BOSS, NOW)
    assert opens(runtime, dossier, "els")
    assert not confirm(runtime, "els", BOSS, NOW), "nothing waits any more"
    be_away(runtime, Away("els", TODAY), "els", NOW)
    assert opens(runtime, dossier, "dirk")


def test_a_strict_dossier_is_told_to_who_is_away_and_not_to_nobody() -> None:
    runtime = house()[0]
    strict, plain = (open_by_web(runtime, "2026-05-13 08:00").dossier for _ in range(2))
    fill(runtime, strict, "2026-05-13 09:00", actor="els", vertrouwelijkheid="streng")
    says_away(runtime, "piet")
    sweep(runtime, at("2026-05-25 06:00"))
    assert told(runtime, strict, "2026-05-25 06:00") == {"an", "els"}
    assert told(runtime, plain, "2026-05-25 06:00") == {"dirk", "els"}, "who may know of it is told too"


@pytest.mark.parametrize(
    ("path", "form", "said"),
    [
        ("afwezig", {"weg-van": "2026-05-13"}, "Wie volgens de afspraken vervangt, neemt de rollen waar"),
        ("afsluiten", {}, "Wie volgens de afspraken vervangt, neemt de rollen waar"),
        (
            "rollen/weg",
            {"rol": COORDINATOR},
            "Wie volgens de afspraken vervangt, neemt deze rol waar: Kwaliteits",
        ),
    ],
)
def test_the_page_says_what_waits_and_a_second_person_confirms_it_there(
    path: str, form: dict[str, str], said: str
) -> None:
    site, visitors = at_home("piet", "pia")
    change_account(site.runtime, AccountChange("els", more=("de-linde/beukenhof:onthaal",)), BOSS, NOW)
    place = "/medewerker/beheer/accounts/els"
    csrf = visitors["piet"].page(place).value("csrf_token")
    assert visitors["piet"].post(f"{place}/{path}", {"csrf_token": csrf, **form}).status_code == 303
    page = visitors["pia"].page(place)
    assert said in page.text
    seen = {
        name: [one.attributes["value"] for one in page.all("input", name=name)] for name in ("wat", "gezien")
    }
    answer = {"csrf_token": page.value("csrf_token"), "antwoord": "ja", "zeker": "ja", **seen}
    assert visitors["pia"].post(f"{place}/bevestigen", answer).status_code == 303
    assert said not in visitors["pia"].page(place).text
