"""An account that waits: nothing about it counts before a second person confirmed it, whatever is changed meanwhile,
and they confirm what they saw."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import Any, Final, TypeAlias

import pytest

from gehoor.core.access.account_log import Deed
from gehoor.services.accounts.absence import AbsenceRefusedError, Away, be_away, be_back
from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.accounts.accounts import sign_in, sign_in_known
from gehoor.services.accounts.administration import LimitError, UnknownAccountError
from gehoor.services.accounts.confirmation import confirm, refuse, waiting_key
from gehoor.services.accounts.new_accounts import close_account, give_password_once, new_account_once
from gehoor.services.accounts.second_factor import take_away
from gehoor.services.accounts.second_person import ChangedMeanwhileError, state_stamp
from gehoor.services.maintenance.verify import verify
from gehoor.services.ports.records import Account, SecondStep
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from tests.scenarios.accounts.test_confirmation import (
    BOSS,
    COORDINATOR,
    DESK,
    HERE,
    NOW,
    PERSONNEL,
    acting,
    at_home,
    deeds,
    house,
    kept,
)
from tests.support.de_linde import staff
from tests.support.passwords import QuickHasher

TEAM: Final = f"{HERE}teamverantwoordelijke"
TODAY, LATER, LAST = date(2026, 5, 13), date(2026, 6, 1), date(2026, 12, 31)


def ours() -> Runtime:
    """The house, where Piet may all that the roles at the desk and of a team may: what he gives, opens no more."""
    runtime = house()
    change_account(runtime, AccountChange("piet", more=(DESK, TEAM)), BOSS, NOW)
    staff(runtime, "pol", PERSONNEL)
    return runtime


def new_one(runtime: Runtime) -> None:
    account = Account("pop", "Pop Pen", "pop@delinde.example", "", (DESK, TEAM))
    new_account_once(runtime, QuickHasher(), account, "piet", NOW)


def closed_one(runtime: Runtime) -> None:
    staff(runtime, "pop", "onthaal", "teamverantwoordelijke")
    close_account(runtime, "pop", "pia", NOW)


def reopened_one(runtime: Runtime) -> None:
    closed_one(runtime)
    give_password_once(runtime, QuickHasher(), "pop", "piet", NOW)


STATES: Final = (new_one, closed_one, reopened_one)


def role(*roles: str, first: date | None = None, last: date | None = None) -> Callable[[Runtime], Any]:
    return lambda runtime: change_account(
        runtime, AccountChange("pop", more=roles, first=first, last=last), "piet", NOW
    )


def change(**what: Any) -> Callable[[Runtime], Any]:
    return lambda runtime: change_account(runtime, AccountChange("pop", **what), "piet", NOW)


def _away(deputy: str, first: date) -> Callable[[Runtime], Any]:
    return lambda runtime: be_away(runtime, Away("pop", first, None, deputy), "piet", NOW)


Change: TypeAlias = Callable[[Runtime], Any]

CHANGES: Final[dict[str, Change]] = {
    "a role that it has, until a day": role(DESK, last=LAST),
    "a role that it has, from a day": role(DESK, first=LATER),
    "a role that it has, between days": role(TEAM, first=LATER, last=LAST),
    "a role that it has, for good": role(TEAM),
    "both roles, until a day": role(DESK, TEAM, last=LAST),
    "a role that opens more": role(COORDINATOR),
    "a role that opens more, until a day": role(COORDINATOR, last=LAST),
    "a role taken away": change(fewer=(TEAM,)),
    "a role given and another taken away": change(more=(DESK,), fewer=(TEAM,), last=LAST),
    "another name": change(full_name="Pap Pen"),
    "another address": change(email="piet.thuis@x.example"),
    "the same person as another": change(same_person_as="koen"),
    "away": _away("", TODAY),
    "away, with a deputy": _away("ria", TODAY),
    "away later, with a deputy": _away("ria", LATER),
    "back": lambda runtime: be_back(runtime, "pop", "piet", NOW),
    "another password": lambda runtime: give_password_once(runtime, QuickHasher(), "pop", "piet", NOW),
    "no second step": lambda runtime: take_away(runtime, "pop", "piet", NOW),
    "confirmed by who gave it": lambda runtime: confirm(runtime, "pop", "piet", NOW),
}


def refused_or(runtime: Runtime, do: Change) -> Any:
    """Make a change, or none where it is refused."""
    try:
        return do(runtime)
    except (AbsenceRefusedError, LimitError, UnknownAccountError):
        return None


def counts(runtime: Runtime) -> dict[str, Any]:
    """What counts of the account, now or later: who signs in, as whom, and who gets what by it."""
    account = kept(runtime, "pop")
    with reading(runtime.store) as register:
        step = register.second_step("pop")
        people = runtime.staff.of(register, NOW)
        acts_as = {name: people.accounts[name].roles for name in ("pop", "ria", "piet", "koen")}
        of_pop = people.accounts_of("pop")
    return {
        "active": account.active,
        "password": account.password_hash,
        "roles": set(account.held_roles),
        "periods": account.periods,
        "absences": account.absences,
        "called": (account.full_name, account.email),
        "person": of_pop,
        "second step": step,
        "acts as": acts_as,
    }


def with_second_step(runtime: Runtime) -> None:
    with writing(runtime.store) as register:
        register.save_second_step(SecondStep("pop", "x", "2026-05-01T00:00:00Z", confirmed=True))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("what", CHANGES)
def test_nothing_that_one_person_changes_of_it_counts_before_a_second_one_confirmed(
    what: str, state: Change
) -> None:
    runtime = ours()
    state(runtime)
    with_second_step(runtime)
    before = counts(runtime)
    given = refused_or(runtime, CHANGES[what])
    after = counts(runtime)
    if "taken away" in what:
        assert after["roles"] <= before["roles"]
        before["roles"], after["roles"] = set(), set()
        before["acts as"], after["acts as"] = {}, {}
    assert after == before
    assert sign_in_known(runtime, "pop", NOW) is None
    if isinstance(given, str):
        assert sign_in(runtime, QuickHasher(), "pop", given, NOW) is None


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("seed", range(6))
def test_nor_does_any_row_of_changes(seed: int, state: Change) -> None:
    runtime = ours()
    state(runtime)
    with_second_step(runtime)
    before = counts(runtime)
    chance = random.Random(seed)
    for what in chance.choices(list(CHANGES), k=6):
        refused_or(runtime, CHANGES[what])
    after = counts(runtime)
    assert after["roles"] <= before["roles"]
    assert {**after, "roles": 0, "acts as": 0} == {**before, "roles": 0, "acts as": 0}
    assert not acting(runtime, "pop").active
    assert not verify(runtime.store).findings


def seen_by(runtime: Runtime) -> tuple[list[str], str]:
    """What the second person sees on the page."""
    with reading(runtime.store) as register:
        account = register.account("pop")
        assert account is not None
        stamp = state_stamp(account, runtime.staff.of(register, NOW), NOW)
    return [waiting_key(one) for one in account.waiting], stamp


OF_OTHERS: Final[dict[str, Change]] = {
    "a colleague leaves their role to it": lambda runtime: be_away(
        runtime, Away("ria", TODAY, None, "pop"), "ria", NOW
    ),
    "somebody gets a name like it": lambda runtime: change_account(
        runtime, AccountChange("koen", full_name="Pop Pen"), BOSS, NOW
    ),
    "it is of the same person as another": lambda runtime: change_account(
        runtime, AccountChange("koen", same_person_as="pop"), BOSS, NOW
    ),
}


def active_one(runtime: Runtime) -> None:
    """Pop is at work, and a role for it waits."""
    staff(runtime, "pop", "onthaal", "teamverantwoordelijke")
    change_account(runtime, AccountChange("pop", more=(COORDINATOR,), last=LAST), "piet", NOW)


@pytest.mark.parametrize("state", [new_one, reopened_one, active_one])
@pytest.mark.parametrize("what", [*CHANGES, *OF_OTHERS])
def test_what_was_changed_after_they_saw_it_is_not_confirmed_unseen(what: str, state: Change) -> None:
    runtime = ours()
    state(runtime)
    with_second_step(runtime)
    keys, stamp = seen_by(runtime)
    before = counts(runtime), kept(runtime, "pop").waiting
    refused_or(runtime, {**CHANGES, **OF_OTHERS}[what])
    if seen_by(runtime) == (keys, stamp):
        assert (counts(runtime), kept(runtime, "pop").waiting) == before
        assert confirm(runtime, "pop", "pia", NOW, keys, stamp)
        return
    waits = kept(runtime, "pop").waiting
    for answer in (confirm, refuse):
        with pytest.raises(ChangedMeanwhileError):
            answer(runtime, "pop", "pia", NOW, keys, stamp)
    assert kept(runtime, "pop").waiting == waits


@pytest.mark.parametrize("by", ["pia", BOSS])
def test_once_they_saw_it_as_it_is_all_of_it_counts(by: Any) -> None:
    runtime = ours()
    new_one(runtime)
    for what in ("a role that it has, between days", "a role that opens more", "another name"):
        CHANGES[what](runtime)
    change(fewer=(DESK,))(runtime)
    confirm(runtime, "pop", by, NOW, *seen_by(runtime))
    pop = kept(runtime, "pop")
    assert (pop.active, pop.waiting, pop.full_name, pop.roles) == (True, (), "Pap Pen", (COORDINATOR,))
    ((name, first, until),) = [
        (one["role"], one["from_at"][:10], one["until_at"][:10]) for one in pop.periods
    ]
    assert (name, first, until) == (TEAM, "2026-05-31", "2026-12-31")


def test_what_whoever_runs_the_server_gives_it_counts_at_once() -> None:
    runtime = ours()
    new_one(runtime)
    change_account(runtime, AccountChange("pop", more=(DESK,), last=LAST), BOSS, NOW)
    assert [one["role"] for one in kept(runtime, "pop").periods] == [DESK]


def test_a_new_account_gets_its_roles_with_their_days_and_not_before() -> None:
    runtime = ours()
    days = {"role": DESK, "from_at": "2026-05-01T00:00:00Z", "until_at": "2027-01-01T00:00:00Z"}
    account = Account("pop", "Pop Pen", "pop@delinde.example", "", (TEAM,), periods=(days,))
    new_account_once(runtime, QuickHasher(), account, "piet", NOW)
    assert kept(runtime, "pop").held_roles == ()
    confirm(runtime, "pop", "pia", NOW, *seen_by(runtime))
    assert (kept(runtime, "pop").roles, kept(runtime, "pop").periods) == ((TEAM,), (days,))


@pytest.mark.parametrize("state", [reopened_one, active_one])
def test_who_leaves_gets_nothing_more_that_waited(state: Change) -> None:
    """A password that waited opened the account again when it was confirmed, after its owner had left."""
    runtime = ours()
    state(runtime)
    give_password_once(runtime, QuickHasher(), "pop", "piet", NOW)
    close_account(runtime, "pop", "pol", NOW)
    (deputies,) = confirm(runtime, "pop", "pia", NOW)
    assert deputies["what"] == "deputy", "who acts by the agreement for who has left: nothing of theirs"
    assert (kept(runtime, "pop").active, kept(runtime, "pop").waiting) == (False, ())
    assert (Deed.REFUSED.value, "pol") in deeds(runtime, "pop")


def test_taking_back_what_waits_stands_in_the_log() -> None:
    runtime = ours()
    new_one(runtime)
    change(fewer=(TEAM,))(runtime)
    assert deeds(runtime, "pop")[0] == (Deed.REFUSED.value, "piet")


@pytest.mark.parametrize("state", [new_one, closed_one])
@pytest.mark.parametrize("by", ["piet", BOSS])
def test_nobody_is_away_from_an_account_with_which_nobody_signs_in(by: Any, state: Change) -> None:
    runtime = ours()
    state(runtime)
    with pytest.raises(AbsenceRefusedError):
        be_away(runtime, Away("pop", TODAY), by, NOW)


# By every form of the pages

FORMS: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "account_page.change": ("gegevens", {"volledig": "Pap Pen", "adres": "piet@x.example"}),
    "account_page.give_role": ("rollen", {"rol": DESK, "rol-van": "", "rol-tot": "2026-12-31"}),
    "account_page.take_role": ("rollen/weg", {"rol": TEAM}),
    "account_page.same_person": ("persoon", {"persoon": "ria"}),
    "account_page.password": ("wachtwoord", {}),
    "account_page.confirmed": ("bevestigen", {"zeker": "ja", "antwoord": "ja"}),
    "account_page.second_step_off": ("tweede-stap-af", {"zeker": "ja"}),
    "account_absence.away": ("afwezig", {"weg-van": "2026-05-13", "weg-tot": "", "vervanger": "ria"}),
    "account_absence.back": ("terug", {}),
    "clients.token": ("token", {"tot": "2026-12-31"}),
    "account_leaving.leave": ("afsluiten", {"aan": "ria"}),
}
"""What one person sends; by what the page is called."""


def test_every_form_about_an_account_is_among_them() -> None:
    site, _visitors = at_home("piet")
    rules = site.app.url_map.iter_rules()
    assert {
        one.endpoint for one in rules if "account" in one.arguments and "POST" in (one.methods or ())
    } == (set(FORMS))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("form", FORMS)
def test_no_form_that_one_person_sends_counts(form: str, state: Change) -> None:
    site, visitors = at_home("piet", "pia", "pol")
    site.add_staff("ria", "onthaal", "teamverantwoordelijke")
    site.add_staff("koen", "teamverantwoordelijke")
    change_account(site.runtime, AccountChange("piet", more=(DESK, TEAM)), BOSS, NOW)
    state(site.runtime)
    with_second_step(site.runtime)
    before = counts(site.runtime)
    page = visitors["piet"].page("/medewerker/beheer/accounts/pop")
    where, typed = FORMS[form]
    sent: dict[str, Any] = {"csrf_token": page.value("csrf_token"), **typed}
    for name in ("wat", "gezien"):
        sent[name] = [one.attributes["value"] for one in page.all("input", name=name)]
    visitors["piet"].post(f"/medewerker/beheer/accounts/pop/{where}", sent)
    after = counts(site.runtime)
    if form == "account_page.take_role":
        assert after.pop("roles") <= before.pop("roles")
        before.pop("acts as"), after.pop("acts as")
    assert after == before
