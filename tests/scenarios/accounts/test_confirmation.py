"""Who manages accounts gives nobody more than they have themselves, unless a second person says so too."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gehoor.core.access.account_log import Deed
from gehoor.core.agreement.actions import Action
from gehoor.services.access.authorisation import Operator
from gehoor.services.access.rights import rights_of
from gehoor.services.accounts.absence import Away, be_away, be_back
from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.accounts.account_history import account_history
from gehoor.services.accounts.accounts import add_account, sign_in, sign_in_known
from gehoor.services.accounts.administration import Limit, LimitError, UnknownAccountError
from gehoor.services.accounts.confirmation import confirm, refuse
from gehoor.services.accounts.new_accounts import close_account, give_password_once, new_account_once
from gehoor.services.maintenance.verify import verify
from gehoor.services.ports.records import Account
from gehoor.services.register.register import UnknownDossierError, reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.dossier_access import dossier_for
from gehoor.services.search.worklist import work_list
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_phone, publish_change, staff
from tests.support.pages import Page, page_faults
from tests.support.passwords import QuickHasher
from tests.support.site import Site, Visitor, new_site

NOW = at("2026-05-13 12:00")
BOSS = Operator("beheerder")
PERSONNEL = "personeelsdienst"
HERE = "de-linde/beukenhof:"
COORDINATOR, DESK = f"{HERE}kwaliteitscoordinator", f"{HERE}onthaal"
OWN = "een goed eigen woord"


def agreed(document: dict[str, Any]) -> None:
    """Agree a role that manages accounts and sees no dossiers."""
    document["roles"][PERSONNEL] = {"name": "Personeelsdienst", "dossiers": False}
    document["rights"]["manage-accounts"] = [PERSONNEL]


def house() -> Runtime:
    """Beukenhof, where Piet and Pia of the personnel office manage accounts; Piet has a second account. Els
    coordinates, Ria is at the desk, Koen leads a team."""
    runtime = de_linde()
    publish_change(runtime, agreed, "2026-05-01 09:00")
    for name, role in (
        ("piet", PERSONNEL), ("pia", PERSONNEL), ("els", "kwaliteitscoordinator"), ("ria", "onthaal"),
        ("koen", "teamverantwoordelijke"),
    ):  # fmt: skip
        staff(runtime, name, role)
    staff(runtime, "piet2", PERSONNEL)
    change_account(runtime, AccountChange("piet2", same_person_as="piet"), BOSS, NOW)
    open_by_phone(runtime, "2026-05-12 10:00")
    return runtime


def kept(runtime: Runtime, name: str) -> Account:
    with reading(runtime.store) as register:
        found = register.account(name)
    assert found is not None
    return found


def acting(runtime: Runtime, name: str) -> Account:
    with reading(runtime.store) as register:
        return runtime.staff.of(register, NOW).accounts[name]


def sees(runtime: Runtime, name: str) -> int:
    return work_list(runtime, acting(runtime, name), NOW).total


def add(runtime: Runtime, *roles: str, by: Any = "piet") -> str:
    account = Account("pop", "Pop Pen", "pop@delinde.example", "", roles)
    return new_account_once(runtime, QuickHasher(), account, by, NOW)


def deeds(runtime: Runtime, name: str) -> list[tuple[str, str]]:
    return [(one.deed, one.by) for one in account_history(runtime, name, BOSS, NOW)]


def test_a_new_account_opens_nothing_until_a_second_person_confirms_it() -> None:
    runtime = house()
    password = add(runtime, COORDINATOR)
    assert sign_in(runtime, QuickHasher(), "pop", password, NOW) is None
    assert sign_in_known(runtime, "pop", NOW) is None
    assert (acting(runtime, "pop").roles, sees(runtime, "pop")) == ((), 0)
    with pytest.raises(UnknownDossierError):
        dossier_for(runtime, acting(runtime, "pop"), "dossier-1", NOW)
    assert confirm(runtime, "pop", "pia", NOW)
    assert (acting(runtime, "pop").roles, sees(runtime, "pop")) == ((COORDINATOR,), 1)
    assert sign_in(runtime, QuickHasher(), "pop", password, NOW)
    assert kept(runtime, "pop").one_time
    account, role = [("confirmed", "pia")] * 2, [("asked", "piet")] * 2
    assert deeds(runtime, "pop") == [*account, *role, ("added", "piet")]


@pytest.mark.parametrize("by", ["piet", "piet2"])
def test_who_made_it_does_not_confirm_it_by_whichever_account(by: str) -> None:
    runtime = house()
    add(runtime, COORDINATOR)
    with pytest.raises(LimitError) as error:
        confirm(runtime, "pop", by, NOW)
    assert error.value.limit is Limit.SECOND
    assert sees(runtime, "pop") == 0


def test_nor_does_who_manages_no_accounts_or_the_account_itself() -> None:
    runtime = house()
    add(runtime, COORDINATOR, f"{HERE}{PERSONNEL}")
    for by in ("els", "pop"):
        with pytest.raises(UnknownAccountError):
            confirm(runtime, "pop", by, NOW)


def test_managing_accounts_waits_too_so_that_nobody_makes_their_own_second_person() -> None:
    runtime = house()
    add(runtime, f"{HERE}{PERSONNEL}")
    other = Account("pap", "Pap Pen", "pap@delinde.example", "", (COORDINATOR,))
    new_account_once(runtime, QuickHasher(), other, "piet", NOW)
    with pytest.raises(UnknownAccountError):
        confirm(runtime, "pap", "pop", NOW)


def test_who_has_as_much_themselves_gives_it_at_once() -> None:
    runtime = house()
    change_account(runtime, AccountChange("els", more=(f"{HERE}{PERSONNEL}",)), BOSS, NOW)
    change_account(runtime, AccountChange("koen", more=(DESK,)), "els", NOW)
    assert DESK in acting(runtime, "koen").roles


def els_manages_and_is_complained_of() -> Runtime:
    """Els manages accounts, and may as much as the account that she makes; the dossier is about her."""
    runtime = house()
    change_account(runtime, AccountChange("els", more=(f"{HERE}{PERSONNEL}",)), BOSS, NOW)
    about = {"voorwerp": "persoon", "aangeklaagde_medewerkers": ["els"]}
    fill(runtime, "dossier-1", "2026-05-12 12:00", actor="beheerder", **about)
    return runtime


def test_nobody_reads_what_is_about_them_with_an_account_that_they_make_themselves() -> None:
    runtime = els_manages_and_is_complained_of()
    password = add(runtime, DESK, by="els")
    assert sign_in(runtime, QuickHasher(), "pop", password, NOW) is None
    with pytest.raises(UnknownDossierError):
        dossier_for(runtime, acting(runtime, "pop"), "dossier-1", NOW)
    with pytest.raises(LimitError):
        confirm(runtime, "pop", "els", NOW)


def test_nor_with_another_password_for_it_or_another_role() -> None:
    """Pia does not know that Els knows the password; the account waits on all the same."""
    runtime = els_manages_and_is_complained_of()
    add(runtime, DESK, by="els")
    password = give_password_once(runtime, QuickHasher(), "pop", "els", NOW)
    change_account(runtime, AccountChange("pop", more=(f"{HERE}teamverantwoordelijke",)), "els", NOW)
    assert sign_in(runtime, QuickHasher(), "pop", password, NOW) is None
    assert kept(runtime, "pop").is_new
    confirm(runtime, "pop", "pia", NOW)
    assert sign_in(runtime, QuickHasher(), "pop", password, NOW)


def test_a_new_account_that_whoever_runs_the_server_gives_a_password_has_its_roles_once_confirmed() -> None:
    runtime = house()
    add(runtime, DESK)
    password = give_password_once(runtime, QuickHasher(), "pop", BOSS, NOW)
    assert sign_in(runtime, QuickHasher(), "pop", password, NOW)
    assert acting(runtime, "pop").roles == ()
    confirm(runtime, "pop", "pia", NOW)
    assert acting(runtime, "pop").roles == (DESK,)


def test_whoever_runs_the_server_gives_it_at_once_and_confirms_alone() -> None:
    runtime = house()
    add(runtime, COORDINATOR, by=BOSS)
    assert sees(runtime, "pop") == 1
    change_account(runtime, AccountChange("ria", more=(COORDINATOR,)), "piet", NOW)
    assert confirm(runtime, "ria", BOSS, NOW)
    assert COORDINATOR in acting(runtime, "ria").roles


@pytest.mark.parametrize("last", [None, date(2026, 6, 1)])
def test_a_role_that_is_added_waits_and_what_there_was_stays(last: date | None) -> None:
    runtime = house()
    change = AccountChange("ria", more=(COORDINATOR,), last=last)
    change_account(runtime, change, "piet", NOW)
    assert acting(runtime, "ria").roles == (DESK,)
    confirm(runtime, "ria", "pia", NOW)
    assert acting(runtime, "ria").roles == (DESK, COORDINATOR)
    assert len(kept(runtime, "ria").periods) == (0 if last is None else 1)


def test_asked_twice_the_last_one_counts_and_what_is_taken_away_does_not_wait() -> None:
    runtime = house()
    change_account(runtime, AccountChange("ria", more=(COORDINATOR,)), "piet", NOW)
    change_account(runtime, AccountChange("ria", more=(COORDINATOR,), last=date(2026, 6, 1)), "piet", NOW)
    (one,) = kept(runtime, "ria").waiting
    assert one["until_at"]
    change_account(runtime, AccountChange("ria", fewer=(COORDINATOR,)), "piet", NOW)
    assert kept(runtime, "ria").waiting == ()


@pytest.mark.parametrize("name", ["els", "pia"])
def test_a_password_for_who_may_more_or_manages_too_waits_and_the_one_before_stays(name: str) -> None:
    runtime = house()
    account = kept(runtime, name)
    add_account(runtime, QuickHasher(), account, OWN)
    staff(runtime, "pol", PERSONNEL)
    given = give_password_once(runtime, QuickHasher(), name, "piet", NOW)
    assert sign_in(runtime, QuickHasher(), name, given, NOW) is None
    assert sign_in(runtime, QuickHasher(), name, OWN, NOW)
    confirm(runtime, name, "pol", NOW)
    assert sign_in(runtime, QuickHasher(), name, given, NOW)
    assert kept(runtime, name).one_time
    assert (Deed.CONFIRMED.value, "pol") in deeds(runtime, name)


def test_who_left_with_more_does_not_come_back_by_a_password_of_one_person() -> None:
    runtime = house()
    close_account(runtime, "els", "pia", NOW)
    given = give_password_once(runtime, QuickHasher(), "els", "piet", NOW)
    assert sign_in(runtime, QuickHasher(), "els", given, NOW) is None
    assert not kept(runtime, "els").active


def test_a_deputy_who_would_get_more_waits_and_is_away_all_the_same() -> None:
    runtime = house()
    be_away(runtime, Away("els", date(2026, 5, 13), None, "ria"), "piet", NOW)
    assert acting(runtime, "ria").roles == (DESK,)
    with reading(runtime.store) as register:
        assert "els" in runtime.staff.of(register, NOW).presence.away
    confirm(runtime, "els", "pia", NOW)
    assert COORDINATOR in acting(runtime, "ria").roles
    be_back(runtime, "els", "els", NOW)
    assert acting(runtime, "ria").roles == (DESK,)


def test_somebody_says_themselves_who_acts_for_them() -> None:
    runtime = house()
    be_away(runtime, Away("els", date(2026, 5, 13), None, "ria"), "els", NOW)
    assert COORDINATOR in acting(runtime, "ria").roles


def test_a_deputy_of_a_deputy_comes_by_no_roles_that_one_person_led_to_them() -> None:
    """Els leaves it to Koen; of Koen, Piet says alone that somebody acts for him."""
    runtime = house()
    be_away(runtime, Away("els", date(2026, 5, 13), None, "koen"), "els", NOW)
    be_away(runtime, Away("koen", date(2026, 5, 13), None, "ria"), "piet", NOW)
    assert acting(runtime, "ria").roles == (DESK,)
    confirm(runtime, "koen", "pia", NOW)
    assert COORDINATOR in acting(runtime, "ria").roles


def test_nobody_confirms_themselves_as_a_deputy() -> None:
    runtime = house()
    change_account(runtime, AccountChange("pia", more=(DESK,)), BOSS, NOW)
    be_away(runtime, Away("els", date(2026, 5, 13), None, "pia"), "piet", NOW)
    with pytest.raises(LimitError):
        confirm(runtime, "els", "pia", NOW)


@pytest.mark.parametrize("by", ["piet", "pia", BOSS])
def test_what_does_not_go_through_is_gone_and_a_new_account_without_any_role_is_closed(by: Any) -> None:
    runtime = house()
    add(runtime, COORDINATOR)
    refuse(runtime, "pop", by, NOW)
    assert (kept(runtime, "pop").waiting, kept(runtime, "pop").active) == ((), False)
    assert deeds(runtime, "pop")[0][0] == Deed.REFUSED.value


def test_all_of_it_stands_in_the_ledger() -> None:
    runtime = house()
    add(runtime, COORDINATOR)
    give_password_once(runtime, QuickHasher(), "els", "piet", NOW)
    confirm(runtime, "pop", "pia", NOW)
    refuse(runtime, "els", "pia", NOW)
    assert not verify(runtime.store).findings


def rights(runtime: Runtime, name: str) -> tuple[set[str], set[str], int]:
    """What somebody sees and may do in Beukenhof: fields, actions, and how many dossiers of all levels."""
    with reading(runtime.store) as register:
        agreement = runtime.library.in_force(register, "de-linde", "beukenhof", NOW)
        holders = runtime.staff.of(register, NOW).holders("de-linde")
    found = rights_of(agreement, name, holders, {})
    fields = set(agreement.dossier_form.fields) - found.unseen
    return fields, {one.value for one in set(Action) - found.barred}, sees(runtime, name)


ROLES = (
    "onthaal", "teamverantwoordelijke", "kwaliteitscoordinator", "dagelijks-verantwoordelijke",
    "leidinggevende-zorg", "sociale-dienst", "algemeen-directeur", PERSONNEL,
)  # fmt: skip


@pytest.mark.parametrize("maker", ROLES)
def test_whatever_role_one_has_and_gives_the_new_account_opens_no_more_at_once(maker: str) -> None:
    """Each role that manages accounts, and each that it gives."""
    runtime = de_linde()

    def managed_by_maker(document: dict[str, Any]) -> None:
        agreed(document)
        document["rights"]["manage-accounts"] = [maker]

    publish_change(runtime, managed_by_maker, "2026-05-01 09:00")
    for role in ROLES:
        staff(runtime, f"de-{role}", role)
    for hour, level in enumerate(("normaal", "beperkt", "streng")):
        dossier = open_by_phone(runtime, f"2026-05-12 1{hour}:00").dossier
        fill(runtime, dossier, "2026-05-12 13:30", actor="de-kwaliteitscoordinator", vertrouwelijkheid=level)
    own = rights(runtime, f"de-{maker}")
    for role in ROLES:
        account = Account(f"pop-{role}", role, "pop@delinde.example", "", (f"{HERE}{role}",))
        new_account_once(runtime, QuickHasher(), account, f"de-{maker}", NOW)
        if not acting(runtime, account.name).roles:
            continue
        fields, actions, dossiers = rights(runtime, account.name)
        assert fields <= own[0], role
        assert actions <= own[1], role
        assert dossiers <= own[2], role
        assert "manage-accounts" not in actions


# The pages


def at_home(*names: str) -> tuple[Site, dict[str, Visitor]]:
    site = new_site("2026-05-13 12:00")
    publish_change(site.runtime, agreed, "2026-05-01 09:00")
    site.add_staff("els", "kwaliteitscoordinator")
    return site, {name: site.staff(name, PERSONNEL) for name in names}


PLACE = "/medewerker/beheer/accounts/pop"


def add_on_page(visitor: Visitor) -> Any:
    return visitor.send(
        "/medewerker/beheer/nieuw",
        naam="pop",
        volledig="Pop Pen",
        adres="pop@delinde.example",
        rol=COORDINATOR,
    )


def test_the_page_says_that_it_waits_and_for_whom() -> None:
    _site, visitors = at_home("piet", "pia")
    added = Page(add_on_page(visitors["piet"]).text)
    assert "Dit account wacht op bevestiging" in added.text
    assert "Vraag het aan: Pia." in added.text
    made = visitors["piet"].page(PLACE)
    assert "Wacht op bevestiging" in made.text
    assert "Vraag het aan: Pia." in made.text
    assert "gehoor user confirm" not in made.text
    assert page_faults(made) == []
    overview = visitors["pia"].page("/medewerker/beheer")
    assert "Door u te bevestigen" in overview.text
    assert page_faults(overview) == []


def test_where_nobody_else_manages_accounts_the_page_names_the_command() -> None:
    _site, visitors = at_home("piet")
    added = Page(add_on_page(visitors["piet"]).text)
    for page in (added, visitors["piet"].page(PLACE)):
        assert "Wie de server beheert, doet het met de opdracht: gehoor user confirm pop" in page.text


def confirming(visitor: Visitor, **typed: Any) -> int:
    page = visitor.page(PLACE)
    seen = [one.attributes["value"] for one in page.all("input", name="wat")]
    stamp = [one.attributes["value"] for one in page.all("input", name="gezien")]
    form = {"csrf_token": page.value("csrf_token"), "wat": seen, "gezien": stamp, "antwoord": "ja", **typed}
    return visitor.post(f"{PLACE}/bevestigen", form).status_code


def test_a_second_person_confirms_it_on_the_page_once_they_say_that_they_know() -> None:
    site, visitors = at_home("piet", "pia")
    add_on_page(visitors["piet"])
    assert confirming(visitors["piet"], zeker="ja") == 403
    assert confirming(visitors["pia"]) == 422
    assert kept(site.runtime, "pop").waiting
    assert confirming(visitors["pia"], zeker="ja") == 303
    assert kept(site.runtime, "pop").roles == (COORDINATOR,)
    assert "bevestigd" in visitors["pia"].page(PLACE).text


def test_nothing_is_confirmed_once_something_was_changed_after_the_page_was_shown() -> None:
    site, visitors = at_home("piet", "pia")
    add_on_page(visitors["piet"])
    page = visitors["pia"].page(PLACE)
    seen = {
        name: [one.attributes["value"] for one in page.all("input", name=name)] for name in ("wat", "gezien")
    }
    change_account(
        site.runtime, AccountChange("pop", more=(f"{HERE}algemeen-directeur",)), "piet", site.clock.now
    )
    assert confirming(visitors["pia"], zeker="ja", **seen) == 409
    assert confirming(visitors["pia"], zeker="ja", gezien="") == 409
    assert confirming(visitors["pia"], antwoord="nee", **seen) == 409
    assert (kept(site.runtime, "pop").roles, len(kept(site.runtime, "pop").waiting)) == ((), 3)
    assert confirming(visitors["pia"], zeker="ja") == 303
    assert len(kept(site.runtime, "pop").roles) == 2


def test_whose_account_waits_is_told_so_when_they_sign_in() -> None:
    site, _visitors = at_home("piet", "pia")
    site.add_staff("ria", "onthaal")
    change_account(site.runtime, AccountChange("ria", more=(COORDINATOR,)), "piet", site.clock.now)
    ria = site.visitor()
    ria.send("/medewerker/aanmelden", naam="ria", wachtwoord="lindebloesem")
    assert "telt nog niet" in ria.page("/medewerker/").text
