"""The second person is another one: nobody makes their own, by a deputy, a password or an account."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gehoor.services.accounts.absence import Away, be_away, be_back
from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.accounts.account_history import account_history
from gehoor.services.accounts.accounts import add_account, sign_in
from gehoor.services.accounts.administration import LimitError, UnknownAccountError
from gehoor.services.accounts.confirmation import confirm, refuse, waiting_key
from gehoor.services.accounts.new_accounts import close_account, give_password_once, new_account_once
from gehoor.services.accounts.own_account import change_password
from gehoor.services.accounts.second_factor import take_away
from gehoor.services.jobs.sweep import sweep
from gehoor.services.maintenance.verify import verify
from gehoor.services.messages.sending import deliver
from gehoor.services.ports.records import Account, SecondStep
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from tests.scenarios.accounts.test_confirmation import (
    BOSS,
    COORDINATOR,
    DESK,
    HERE,
    NOW,
    OWN,
    PERSONNEL,
    acting,
    at_home,
    house,
    kept,
)
from tests.support.clock import at
from tests.support.de_linde import fill, open_by_phone, publish_change, staff
from tests.support.paper_post import PaperPost
from tests.support.passwords import QuickHasher

MANAGES = f"{HERE}{PERSONNEL}"
TODAY = date(2026, 5, 13)


def away(runtime: Runtime, name: str, deputy: str, by: Any = "", first: date = TODAY) -> None:
    be_away(runtime, Away(name, first, None, deputy), by or name, NOW)


def make(runtime: Runtime, name: str, *roles: str, by: Any = "piet") -> None:
    account = Account(name, name.title(), f"{name}@delinde.example", "", roles)
    new_account_once(runtime, QuickHasher(), account, by, NOW)


def confirms(runtime: Runtime, name: str, by: str) -> bool:
    try:
        return bool(confirm(runtime, name, by, NOW))
    except (LimitError, UnknownAccountError):
        return False


def test_a_deputy_in_managing_accounts_waits_also_when_named_by_oneself() -> None:
    runtime = house()
    change_account(runtime, AccountChange("piet", more=(DESK,)), BOSS, NOW)
    make(runtime, "nep", DESK)
    confirm(runtime, "nep", BOSS, NOW)
    away(runtime, "piet", "nep")
    assert acting(runtime, "nep").roles == (DESK,)
    assert confirms(runtime, "piet", "pia")
    assert MANAGES in acting(runtime, "nep").roles


def test_nor_by_who_acts_in_managing_accounts_for_another() -> None:
    runtime = house()
    away(runtime, "pia", "ria", BOSS)
    away(runtime, "ria", "koen")
    assert MANAGES not in acting(runtime, "koen").roles


def test_who_manages_accounts_already_acts_for_a_colleague_at_once() -> None:
    runtime = house()
    away(runtime, "piet", "pia")
    assert kept(runtime, "piet").waiting == ()


def test_a_role_that_is_borrowed_confirms_nothing() -> None:
    """Ria acts for Piet, as a second person agreed; what Piet gives is not hers to confirm."""
    runtime = house()
    away(runtime, "piet", "ria", BOSS)
    change_account(runtime, AccountChange("koen", more=(COORDINATOR,)), "piet", NOW)
    assert not confirms(runtime, "koen", "ria")
    assert confirms(runtime, "koen", "pia")


def test_who_made_an_account_or_its_last_password_has_no_second_person_in_it() -> None:
    runtime = house()
    make(runtime, "nep", MANAGES)
    confirm(runtime, "nep", "pia", NOW)
    change_account(runtime, AccountChange("ria", more=(COORDINATOR,)), "piet", NOW)
    assert not confirms(runtime, "ria", "nep")
    change_account(runtime, AccountChange("koen", more=(COORDINATOR,)), "nep", NOW)
    assert not confirms(runtime, "koen", "piet"), "nor the other way round"
    assert confirms(runtime, "koen", "pia")
    give_password_once(runtime, QuickHasher(), "nep", BOSS, NOW)
    assert confirms(runtime, "ria", "nep"), "until whoever runs the server gave another password"


def test_nor_through_an_account_that_the_first_one_made() -> None:
    runtime = house()
    make(runtime, "nep", MANAGES)
    confirm(runtime, "nep", "pia", NOW)
    make(runtime, "nep2", MANAGES, by="nep")
    confirm(runtime, "nep2", "pia", NOW)
    change_account(runtime, AccountChange("ria", more=(COORDINATOR,)), "piet", NOW)
    assert not confirms(runtime, "ria", "nep2")


def test_a_password_that_one_gave_a_manager_makes_no_second_person() -> None:
    runtime = house()
    staff(runtime, "pol", PERSONNEL)
    give_password_once(runtime, QuickHasher(), "pia", "piet", NOW)
    confirm(runtime, "pia", "pol", NOW)
    change_account(runtime, AccountChange("ria", more=(COORDINATOR,)), "piet", NOW)
    assert not confirms(runtime, "ria", "pia")
    assert confirms(runtime, "ria", "pol")


def test_nobody_confirms_what_comes_to_them_as_the_deputy_of_who_gets_it() -> None:
    runtime = house()
    change_account(runtime, AccountChange("pia", more=(DESK,)), BOSS, NOW)
    away(runtime, "ria", "pia", first=date(2026, 6, 1))
    change_account(runtime, AccountChange("ria", more=(COORDINATOR,)), "piet", NOW)
    assert not confirms(runtime, "ria", "pia")


@pytest.mark.parametrize("first", [TODAY, date(2026, 6, 1)])
def test_a_password_is_judged_by_every_role_they_act_with_also_later(first: date) -> None:
    """Els is away now or next month; Ria, who may no more than Piet without her, acts for her."""
    runtime = house()
    change_account(runtime, AccountChange("piet", more=(DESK,)), BOSS, NOW)
    add_account(runtime, QuickHasher(), kept(runtime, "ria"), OWN)
    away(runtime, "els", "ria", first=first)
    given = give_password_once(runtime, QuickHasher(), "ria", "piet", NOW)
    assert sign_in(runtime, QuickHasher(), "ria", given, NOW) is None
    be_back(runtime, "els", "els", NOW)
    given = give_password_once(runtime, QuickHasher(), "ria", "piet", NOW)
    assert sign_in(runtime, QuickHasher(), "ria", given, NOW)


def test_also_of_an_account_that_was_closed_and_comes_back() -> None:
    runtime = house()
    change_account(runtime, AccountChange("piet", more=(DESK,)), BOSS, NOW)
    away(runtime, "els", "ria")
    close_account(runtime, "ria", "piet", NOW)
    give_password_once(runtime, QuickHasher(), "ria", "piet", NOW)
    assert not kept(runtime, "ria").active


def test_nor_does_one_come_back_who_had_no_more_than_they_have() -> None:
    """Who left does not notice that somebody signs in as them."""
    runtime = house()
    change_account(runtime, AccountChange("piet", more=(DESK,)), BOSS, NOW)
    close_account(runtime, "ria", "piet", NOW)
    given = give_password_once(runtime, QuickHasher(), "ria", "piet", NOW)
    assert sign_in(runtime, QuickHasher(), "ria", given, NOW) is None
    assert not confirms(runtime, "ria", "piet")
    assert confirms(runtime, "ria", "pia")
    assert sign_in(runtime, QuickHasher(), "ria", given, NOW)


def pol_too() -> Runtime:
    """The house, where Pol manages accounts too, and Piet and Pia work at the desk beside it."""
    runtime = house()
    staff(runtime, "pol", PERSONNEL)
    for name in ("piet", "pia"):
        change_account(runtime, AccountChange(name, more=(DESK,)), BOSS, NOW)
    return runtime


def own_password(runtime: Runtime, name: str, given: str) -> None:
    """Let whoever has an account choose a password of their own."""

    class Uncommon:
        def easy(self, password: str, about: tuple[str, ...]) -> bool:
            return False

    change_password(runtime, QuickHasher(), Uncommon(), kept(runtime, name), (given, OWN), NOW)


def test_who_made_whoever_gets_it_does_not_confirm_it() -> None:
    """Els is away, and the account that Pia made would act for her; nor is a role for it hers to confirm."""
    runtime = pol_too()
    make(runtime, "nep", DESK, by="pia")
    confirm(runtime, "nep", BOSS, NOW)
    away(runtime, "els", "nep", "piet")
    assert not confirms(runtime, "els", "pia")
    assert confirms(runtime, "els", "pol")
    change_account(runtime, AccountChange("nep", more=(f"{HERE}algemeen-directeur",)), "piet", NOW)
    assert not confirms(runtime, "nep", "pia")
    assert confirms(runtime, "nep", "pol")


@pytest.mark.parametrize("last", [None, date(2026, 6, 1)])
def test_nor_does_who_made_their_last_password_whoever_chose_another_since(last: date | None) -> None:
    runtime = pol_too()
    given = give_password_once(runtime, QuickHasher(), "ria", "pia", NOW)
    own_password(runtime, "ria", given)
    change_account(runtime, AccountChange("ria", more=(COORDINATOR,), last=last), "piet", NOW)
    assert not confirms(runtime, "ria", "pia")
    give_password_once(runtime, QuickHasher(), "ria", BOSS, NOW)
    assert confirms(runtime, "ria", "pia"), "until somebody else made another"


def test_nor_does_who_asked_for_a_password_that_waits() -> None:
    runtime = pol_too()
    change_account(runtime, AccountChange("ria", more=(COORDINATOR,)), "piet", NOW)
    give_password_once(runtime, QuickHasher(), "ria", "pia", NOW)
    confirms(runtime, "ria", "pia")
    assert COORDINATOR not in acting(runtime, "ria").roles
    assert confirms(runtime, "ria", "pol")


def test_nor_by_another_account_of_theirs_or_through_one_that_they_made() -> None:
    runtime = pol_too()
    staff(runtime, "pia2", PERSONNEL, DESK)
    change_account(runtime, AccountChange("pia2", same_person_as="pia"), BOSS, NOW)
    make(runtime, "nep", MANAGES, by="pia2")
    confirm(runtime, "nep", BOSS, NOW)
    make(runtime, "nep2", DESK, by="nep")
    confirm(runtime, "nep2", BOSS, NOW)
    for name in ("nep", "nep2"):
        change_account(runtime, AccountChange(name, more=(COORDINATOR,)), "piet", NOW)
        assert not confirms(runtime, name, "pia")
    assert not confirms(runtime, "nep2", "nep")
    assert confirms(runtime, "nep2", "pol")


def test_two_accounts_that_one_person_made_are_no_two_people() -> None:
    runtime = pol_too()
    for name in ("nep", "nep2"):
        make(runtime, name, MANAGES)
        confirm(runtime, name, "pia", NOW)
    change_account(runtime, AccountChange("ria", more=(COORDINATOR,)), "nep", NOW)
    assert not confirms(runtime, "ria", "nep2")
    assert confirms(runtime, "ria", "pia")


def something_waits(runtime: Runtime, what: str) -> None:
    """Let something wait by which Ria may more once it is confirmed."""
    if what == "role":
        change_account(runtime, AccountChange("ria", more=(COORDINATOR,)), "pia", NOW)
    elif what == "role for a while":
        change = AccountChange("ria", more=(COORDINATOR,), first=date(2026, 7, 1), last=date(2026, 8, 1))
        change_account(runtime, change, "pia", NOW)
    elif what == "deputy":
        away(runtime, "els", "ria", "pia")
    elif what == "deputy later":
        away(runtime, "els", "ria", "pia", first=date(2026, 7, 1))
    elif what == "deputy of a deputy":
        staff(runtime, "ot", "onthaal")
        away(runtime, "els", "ot", "pia")
        away(runtime, "ot", "ria")
    else:
        change_account(runtime, AccountChange("els", same_person_as="ria"), "pia", NOW)


WAITING = ("role", "role for a while", "deputy", "deputy later", "deputy of a deputy", "same person")


@pytest.mark.parametrize("what", WAITING)
def test_a_password_waits_of_who_may_more_once_what_waits_is_confirmed(what: str) -> None:
    runtime = pol_too()
    add_account(runtime, QuickHasher(), kept(runtime, "ria"), OWN)
    something_waits(runtime, what)
    given = give_password_once(runtime, QuickHasher(), "ria", "piet", NOW)
    assert sign_in(runtime, QuickHasher(), "ria", given, NOW) is None
    assert sign_in(runtime, QuickHasher(), "ria", OWN, NOW)
    confirms(runtime, "els", "piet")
    confirms(runtime, "ria", "piet")
    assert COORDINATOR not in acting(runtime, "ria").roles, "nor does who asked for it confirm the rest"


@pytest.mark.parametrize("what", WAITING)
def test_so_does_signing_in_without_the_second_step(what: str) -> None:
    runtime = pol_too()
    with writing(runtime.store) as register:
        register.save_second_step(SecondStep("ria", "x", "2026-05-01T00:00:00Z", confirmed=True))
    something_waits(runtime, what)
    assert take_away(runtime, "ria", "piet", NOW)
    with reading(runtime.store) as register:
        assert register.second_step("ria") is not None


@pytest.mark.parametrize(("name", "waits"), [("els", True), ("pia", True), ("ria", False)])
def test_the_second_step_of_who_may_more_stays_until_it_is_confirmed(name: str, waits: bool) -> None:
    runtime = house()
    change_account(runtime, AccountChange("piet", more=(DESK,)), BOSS, NOW)
    staff(runtime, "pol", PERSONNEL)
    with writing(runtime.store) as register:
        register.save_second_step(SecondStep(name, "x", "2026-05-01T00:00:00Z", confirmed=True))
    assert take_away(runtime, name, "piet", NOW)
    with reading(runtime.store) as register:
        assert (register.second_step(name) is not None) is waits
    if waits:
        confirm(runtime, name, "pol", NOW)
        with reading(runtime.store) as register:
            assert register.second_step(name) is None


def test_a_role_that_would_bring_along_what_one_deputises_for_waits() -> None:
    """Ria acts for Els, who works in Eikenrode too: with a role there she would have the roles of Els there."""
    runtime = house()

    def managed_everywhere(document: dict[str, Any]) -> None:
        document["roles"][PERSONNEL] = {"name": "Personeelsdienst", "dossiers": False}
        document["rights"] = {**document.get("rights", {}), "manage-accounts": [PERSONNEL]}

    publish_change(runtime, managed_everywhere, "2026-05-01 09:00", "eikenrode")
    there = "de-linde/eikenrode:"
    more = (DESK, f"{there}onthaal", f"{there}{PERSONNEL}")
    change_account(runtime, AccountChange("piet", more=more), BOSS, NOW)
    away(runtime, "els", "ria")
    change_account(runtime, AccountChange("els", more=(f"{there}kwaliteitscoordinator",)), BOSS, NOW)
    change_account(runtime, AccountChange("ria", more=(f"{there}onthaal",)), "piet", NOW)
    assert not any(role.startswith(there) for role in acting(runtime, "ria").roles)


@pytest.mark.parametrize("by", ["piet", BOSS])
def test_a_deputy_whom_one_person_named_does_not_get_what_comes_later(by: Any) -> None:
    """Koen may as much as Piet when Piet says who acts for him, and gets more afterwards."""
    runtime = house()
    change_account(runtime, AccountChange("piet", more=(f"{HERE}teamverantwoordelijke",)), BOSS, NOW)
    away(runtime, "koen", "ria", "piet")
    assert f"{HERE}teamverantwoordelijke" in acting(runtime, "ria").roles
    change_account(runtime, AccountChange("koen", more=(COORDINATOR,)), by, NOW)
    if by == "piet":
        confirm(runtime, "koen", "pia", NOW, _keys_of_role(runtime, "koen"))
    assert COORDINATOR in acting(runtime, "koen").roles
    assert COORDINATOR not in acting(runtime, "ria").roles
    confirm(runtime, "koen", "pia", NOW)
    assert COORDINATOR in acting(runtime, "ria").roles


def _keys_of_role(runtime: Runtime, name: str) -> list[str]:
    return [waiting_key(one) for one in kept(runtime, name).waiting if "role" in one]


def sees_about(runtime: Runtime, name: str, whom: str) -> bool:
    """Whether a dossier about somebody exists for an account."""
    dossier = open_by_phone(runtime, "2026-05-12 11:00").dossier
    fill(
        runtime,
        dossier,
        "2026-05-12 12:00",
        actor="beheerder",
        voorwerp="persoon",
        aangeklaagde_medewerkers=[whom],
    )
    with reading(runtime.store) as register:
        return name not in register.excluded_from(dossier)


def test_that_two_accounts_are_of_two_people_after_all_waits_and_the_log_says_of_which() -> None:
    """It opens the dossiers about the one to the other."""
    runtime = house()
    change_account(runtime, AccountChange("ria", same_person_as="koen"), BOSS, NOW)
    change_account(runtime, AccountChange("ria", same_person_as=""), "piet", NOW)
    assert not sees_about(runtime, "ria", "koen")
    assert not confirms(runtime, "ria", "piet")
    confirm(runtime, "ria", "pia", NOW)
    assert sees_about(runtime, "ria", "koen")
    first, second, *_ = account_history(runtime, "ria", BOSS, NOW)
    assert [(one.deed, one.by, one.changed, one.other) for one in (first, second)] == [
        ("confirmed", "pia", ("other-person",), "koen"),
        ("asked", "piet", ("other-person",), "koen"),
    ]


def test_that_two_accounts_are_of_one_person_waits_too() -> None:
    """Where nobody in a role may know, its deputy hears instead."""
    runtime = house()
    change_account(runtime, AccountChange("els", same_person_as="koen"), "piet", NOW)
    assert sees_about(runtime, "els", "koen")
    confirm(runtime, "els", "pia", NOW)
    assert not sees_about(runtime, "els", "koen")


def test_whose_account_it_is_is_not_confirmed_any_more_once_that_was_changed() -> None:
    runtime = house()
    change_account(runtime, AccountChange("ria", same_person_as="koen"), BOSS, NOW)
    change_account(runtime, AccountChange("ria", same_person_as=""), "piet", NOW)
    change_account(runtime, AccountChange("els", same_person_as="ria"), BOSS, NOW)
    assert not confirms(runtime, "ria", "pia")
    assert not sees_about(runtime, "ria", "koen")


def test_whoever_runs_the_server_says_it_alone_and_the_log_says_of_which() -> None:
    runtime = house()
    for other in ("koen", ""):
        change_account(runtime, AccountChange("ria", same_person_as=other), BOSS, NOW)
    told = [(one.deed, one.other) for one in account_history(runtime, "ria", BOSS, NOW)]
    assert told == [("other-person", "koen"), ("same-person", "koen")]


def test_another_address_for_somebody_else_waits_and_messages_stay_with_the_one_before() -> None:
    runtime = house()
    sweep(runtime, at("2026-05-15 06:00"))
    change_account(runtime, AccountChange("els", email="piet.thuis@x.example"), "piet", NOW)
    post = PaperPost()
    deliver(runtime, post, lambda: at("2026-05-15 07:00"))
    assert "els@delinde.example" in post.addresses
    assert "piet.thuis@x.example" not in post.addresses
    assert not confirms(runtime, "els", "piet")
    confirm(runtime, "els", "pia", NOW)
    assert kept(runtime, "els").email == "piet.thuis@x.example"


def test_what_was_refused_of_somebody_leaves_their_account_as_it_was() -> None:
    runtime = house()
    change_account(runtime, AccountChange("els", email="piet.thuis@x.example"), "piet", NOW)
    refuse(runtime, "els", "pia", NOW)
    els = kept(runtime, "els")
    assert (els.email, els.active, els.waiting) == ("els@delinde.example", True, ())


def test_ones_own_address_changes_at_once_but_not_into_that_of_somebody_else() -> None:
    runtime = house()
    change_account(runtime, AccountChange("piet", email="piet.nieuw@delinde.example"), "piet", NOW)
    assert kept(runtime, "piet").email == "piet.nieuw@delinde.example"
    change_account(runtime, AccountChange("piet", email="Els@delinde.example"), "piet", NOW)
    assert kept(runtime, "piet").email == "piet.nieuw@delinde.example"
    assert not confirms(runtime, "piet", "piet")
    assert confirms(runtime, "piet", "pia")


def test_all_that_waits_stands_in_the_ledger_and_no_address_in_the_log() -> None:
    runtime = house()
    change = AccountChange("els", email="piet.thuis@x.example", same_person_as="koen")
    change_account(runtime, change, "piet", NOW)
    confirm(runtime, "els", "pia", NOW)
    assert "x.example" not in str(account_history(runtime, "els", BOSS, NOW))
    assert not verify(runtime.store).findings


def test_whose_deputy_waits_reads_so_on_the_page_of_their_absence() -> None:
    site, visitors = at_home("piet", "pia", "pol")
    site.add_staff("piet", PERSONNEL, "onthaal")
    site.add_staff("ria", "onthaal")
    page = "/medewerker/mijn-account/afwezig"
    visitors["piet"].send(page, van="2026-05-13", vervanger="ria")
    assert "telt pas" in visitors["piet"].page(page).text
