"""Who manages accounts: which of them exist for whom, what may be done with them, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from gehoor.core.access.account_log import Deed
from gehoor.core.agreement.actions import Action
from gehoor.services.access.authorisation import Actor, Operator
from gehoor.services.accounts.absence import AbsenceRefusedError, Away, DeputyRefusal, be_away, be_back
from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.accounts.account_history import account_history
from gehoor.services.accounts.accounts import sign_in
from gehoor.services.accounts.administration import (
    Limit,
    LimitError,
    accounts_for,
)
from gehoor.services.accounts.confirmation import confirm
from gehoor.services.accounts.new_accounts import (
    NameTakenError,
    close_account,
    give_password_once,
    new_account,
    new_account_once,
    set_password,
)
from gehoor.services.accounts.open_work import OpenWork, hand_over, open_work, work_for
from gehoor.services.accounts.own_account import change_password
from gehoor.services.accounts.second_factor import take_away
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.maintenance.findings import Kind
from gehoor.services.maintenance.verify import verify
from gehoor.services.ports.records import Account, SecondStep
from gehoor.services.register.register import UnknownDossierError, reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.dossier_access import dossier_for
from gehoor.services.search.worklist import work_list
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_phone, publish_change, staff
from tests.support.passwords import QuickHasher

NOW = at("2026-05-12 12:00")
BOSS = Operator("beheerder")
MANAGER = "kwaliteitscoordinator"
DESK = "de-linde/beukenhof:onthaal"
ELSEWHERE = "de-linde/eikenrode:onthaal"
EVERYWHERE = "de-linde/*:onthaal"


def managing(document: dict[str, Any]) -> None:
    document["rights"] = {**document.get("rights", {}), Action.MANAGE_ACCOUNTS.value: [MANAGER]}


def house(*, everywhere: bool = False) -> Runtime:
    """Mia manages Beukenhof, where Ria works; Ver works in Eikenrode, Bo in both, Alle in every department. Mia has a
    second account."""
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    for place in ("beukenhof", "eikenrode"):
        publish_change(runtime, managing, "2026-05-01 10:00", place)
    places = ("beukenhof", "eikenrode") if everywhere else ("beukenhof",)
    staff(runtime, "mia", *(f"de-linde/{place}:{MANAGER}" for place in places))
    staff(runtime, "mia2", "onthaal")
    staff(runtime, "ria", "onthaal")
    staff(runtime, "ver", ELSEWHERE)
    staff(runtime, "bo", "onthaal", ELSEWHERE)
    staff(runtime, "alle", EVERYWHERE)
    staff(runtime, "jan", "teamverantwoordelijke")
    change_account(runtime, AccountChange("mia2", same_person_as="mia"), BOSS, NOW)
    with writing(runtime.store) as register:
        for name in ("mia", "mia2", "ria", "ver", "bo", "alle"):
            register.save_second_step(SecondStep(name, "x", "2026-05-01T00:00:00Z", confirmed=True))
    return runtime


Deeds = dict[str, Callable[[Runtime, str, Actor], Any]]

WHOLE: Deeds = {
    "name": lambda r, name, by: change_account(r, AccountChange(name, full_name="Anders"), by, NOW),
    "address": lambda r, name, by: change_account(r, AccountChange(name, email="a@b.example"), by, NOW),
}
CLOSED: Deeds = {
    "same person": lambda r, name, by: change_account(r, AccountChange(name, same_person_as="jan"), by, NOW),
    "other person": lambda r, name, by: change_account(r, AccountChange(name, same_person_as=""), by, NOW),
    "password": lambda r, name, by: set_password(r, QuickHasher(), name, "een goed woord", by, NOW),
    "password once": lambda r, name, by: give_password_once(r, QuickHasher(), name, by, NOW),
    "second step": lambda r, name, by: take_away(r, name, by, NOW),
    "leaving": lambda r, name, by: close_account(r, name, by, NOW),
    "handing over": lambda r, name, by: hand_over(r, OpenWork(), (name, "jan"), by, NOW),
    "away": lambda r, name, by: be_away(r, Away(name, date(2026, 5, 12), None, ""), by, NOW),
    "back": lambda r, name, by: be_back(r, name, by, NOW),
}
ROLES: Deeds = {
    "give": lambda r, name, by: change_account(
        r, AccountChange(name, more=("de-linde/beukenhof:sociale-dienst",)), by, NOW
    ),
    "give for a while": lambda r, name, by: change_account(
        r,
        AccountChange(name, more=("de-linde/beukenhof:sociale-dienst",), last=date(2026, 6, 1)),
        by,
        NOW,
    ),
}
ALL = {**WHOLE, **CLOSED, **ROLES}


def outcome(deed: Callable[[], Any]) -> str:
    try:
        deed()
    except LookupError:
        return "does not exist"
    except LimitError as error:
        return error.limit.value
    return "done"


def everything(runtime: Runtime) -> list[Any]:
    with reading(runtime.store) as register:
        return [
            (one, register.second_step(one.name), register.account_log(one.name))
            for one in register.accounts()
        ]


@pytest.mark.parametrize(
    ("name", "by", "expected"),
    [
        ("ria", "mia", {"*": "done"}),
        ("ria", BOSS, {"*": "done"}),
        ("ria", "jan", {"*": "does not exist"}),
        ("ria", "nobody", {"*": "does not exist"}),
        ("nobody", "mia", {"*": "does not exist"}),
        ("ver", "mia", {"*": "does not exist"}),
        ("alle", "mia", {"*": "does not exist"}),
        ("bo", "mia", {"*": "elsewhere", **dict.fromkeys(ROLES, "done")}),
        ("mia2", "mia", {"*": "own", **dict.fromkeys(WHOLE, "done")}),
        ("mia", "mia", {"*": "own", **dict.fromkeys((*WHOLE, "away", "back"), "done")}),
    ],
)
def test_what_somebody_does_with_an_account(name: str, by: Actor, expected: dict[str, str]) -> None:
    runtime = house()
    for what, deed in ALL.items():
        before = everything(runtime)
        found = outcome(partial(deed, runtime, name, by))
        assert found == expected.get(what, expected["*"]), what
        assert (everything(runtime) == before) is (found != "done"), what
        if found == "done":
            runtime = house()


def test_who_left_manages_nothing_and_a_deputy_of_who_is_away_does() -> None:
    runtime = house()
    close_account(runtime, "mia", BOSS, NOW)
    assert accounts_for(runtime, "mia", NOW)[0] == []
    staff(runtime, "mia", MANAGER)
    be_away(runtime, Away("mia", date(2026, 5, 12), date(2026, 5, 12), "jan"), "mia", NOW)
    assert not accounts_for(runtime, "jan", NOW)[1], "that waits"
    confirm(runtime, "mia", BOSS, NOW)
    assert [one.name for one in accounts_for(runtime, "jan", NOW)[0]] == ["bo", "jan", "mia", "mia2", "ria"]
    assert not accounts_for(runtime, "jan", at("2026-05-13 12:00"))[1]


@pytest.mark.parametrize("role", [ELSEWHERE, EVERYWHERE, "waterhof/*:onthaal"])
def test_a_role_of_elsewhere_is_not_theirs_to_give_or_take(role: str) -> None:
    runtime = house()
    for change in (AccountChange("bo", more=(role,)), AccountChange("bo", fewer=(role,))):
        assert outcome(lambda change=change: change_account(runtime, change, "mia", NOW)) == "does not exist"
    account = Account("nieuw", "Nieuw", "n@x.example", "", (DESK, role))
    assert outcome(lambda: new_account(runtime, QuickHasher(), account, "x", "mia", NOW)) == "does not exist"


def test_a_role_in_every_department_is_for_who_manages_them_all() -> None:
    runtime = house(everywhere=True)
    change_account(runtime, AccountChange("ria", more=(EVERYWHERE,)), "mia", NOW)
    names = [one.name for one in accounts_for(runtime, "mia", NOW)[0]]
    assert names == ["alle", "bo", "jan", "mia", "mia2", "ria", "ver"]


def test_the_last_role_is_not_taken() -> None:
    runtime = house()
    with pytest.raises(LimitError) as refused:
        change_account(runtime, AccountChange("ria", fewer=(DESK,)), "mia", NOW)
    assert refused.value.limit is Limit.LAST_ROLE
    change_account(runtime, AccountChange("bo", fewer=(DESK,)), "mia", NOW)
    assert "bo" not in [one.name for one in accounts_for(runtime, "mia", NOW)[0]]


@pytest.mark.parametrize("deputy", ["mia", "mia2"])
def test_nobody_gets_the_roles_of_somebody_whom_they_say_is_away(deputy: str) -> None:
    runtime = house()
    with pytest.raises(AbsenceRefusedError) as refused:
        be_away(runtime, Away("jan", date(2026, 5, 12), None, deputy), "mia", NOW)
    assert refused.value.refusal is DeputyRefusal.YOURSELF


def test_somebody_else_cannot_be_made_the_same_person_as_oneself() -> None:
    runtime = house()
    change = AccountChange("ria", same_person_as="mia2")
    assert outcome(lambda: change_account(runtime, change, "mia", NOW)) == "own"
    change = AccountChange("ria", same_person_as="ver")
    assert outcome(lambda: change_account(runtime, change, "mia", NOW)) == "does not exist"
    with reading(runtime.store) as register:
        found = register.account("ria")
    assert found == Account("ria", "Ria", "ria@delinde.example", "", (DESK,), second_step=True)


def test_a_new_account_once_it_is_confirmed_signs_in_with_the_password_that_was_made_and_changes_it() -> None:
    runtime, hasher = house(), QuickHasher()
    account = Account("Nieuw", "Nieuw", "n@x.example", "", (DESK,))
    password = new_account_once(runtime, hasher, account, "mia", NOW)
    assert sign_in(runtime, hasher, "nieuw", password, NOW) is None
    confirm(runtime, "nieuw", BOSS, NOW)
    assert sign_in(runtime, hasher, "nieuw", password, NOW)
    with reading(runtime.store) as register:
        kept = register.account("nieuw")
    assert kept is not None
    assert kept.one_time
    change_password(runtime, hasher, _Fine(), kept, (password, "drie losse woorden"), NOW)
    with reading(runtime.store) as register:
        assert not register.account("nieuw").one_time  # type: ignore[union-attr]
    with pytest.raises(NameTakenError):
        new_account_once(runtime, hasher, Account("ver", "V", "v@x.example", "", (DESK,)), "mia", NOW)


class _Fine:
    def easy(self, password: str, about: tuple[str, ...]) -> bool:
        return False


def test_work_is_handed_over_by_who_manages_without_seeing_what_is_not_theirs() -> None:
    runtime = house()
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    assign(runtime, Assigning(dossier, "ria", BOSS), NOW)
    about_mia = open_by_phone(runtime, "2026-05-12 10:00").dossier
    fill(
        runtime,
        about_mia,
        "2026-05-12 11:00",
        actor="beheer",
        voorwerp="persoon",
        aangeklaagde_medewerkers=["mia"],
    )
    assign(runtime, Assigning(about_mia, "ria", BOSS), NOW)
    with reading(runtime.store) as register:
        account = register.account("ria")
    assert account is not None
    work = open_work(runtime, account, NOW)
    assert {one for one, _ in work.handled} == {dossier, about_mia}
    theirs, seen = work_for(runtime, work, "mia", NOW)
    assert [one for one, _ in theirs.handled] == [one for one, _ in seen.handled] == [dossier]
    assert hand_over(runtime, theirs, ("ria", "jan"), "mia", NOW) == (1, 0, [])
    with reading(runtime.store) as register:
        assert register.dossier(dossier).handler == "jan"
        assert register.events(dossier)[-1].actor == "mia"
        assert register.dossier(about_mia).handler == "ria"


# What is kept of it


def test_the_log_says_who_did_what_and_no_address_or_password() -> None:
    runtime = house()
    change = AccountChange(
        "ria", "Ria Nieuw", "geheim@x.example", ("de-linde/beukenhof:sociale-dienst",), (DESK,)
    )
    change_account(runtime, change, "mia", NOW)
    set_password(runtime, QuickHasher(), "ria", "een goed woord", BOSS, NOW)
    be_away(runtime, Away("ria", date(2026, 5, 12), None, "jan"), "ria", NOW)
    found = account_history(runtime, "ria", BOSS, NOW)
    assert [(one.deed, one.by, one.other) for one in found] == [
        (Deed.AWAY, "ria", "jan"),
        (Deed.PASSWORD, "beheerder", ""),
        (Deed.ASKED, "mia", ""),
        (Deed.ASKED, "mia", ""),
        (Deed.CHANGED, "mia", ""),
    ]
    assert [one.changed for one in found[-3:]] == [("email",), ("full_name",), ()]
    assert (found[-1].came, found[-1].went) == (("de-linde/beukenhof:sociale-dienst",), (DESK,))
    assert "geheim" not in str(found)
    assert "Nieuw" not in str(found)


def test_the_log_shows_no_role_of_elsewhere() -> None:
    runtime = house()
    change_account(runtime, AccountChange("bo", more=("de-linde/eikenrode:sociale-dienst",)), BOSS, NOW)
    assert account_history(runtime, "bo", "mia", NOW)[0].came == ()
    with pytest.raises(LookupError):
        account_history(runtime, "ver", "mia", NOW)


def test_verify_finds_an_entry_that_was_changed_or_taken_out() -> None:
    runtime = house()
    for name in ("Een", "Twee"):
        change_account(runtime, AccountChange("ria", full_name=name), "mia", NOW)
    assert verify(runtime.store).findings == []
    with runtime.store.transaction() as tables:
        entry = tables.get("account_log", "ria/000001")
        assert entry is not None
        tables.put("account_log", "ria/000001", {**entry, "by": "jan"})
    assert [one.kind for one in verify(runtime.store).findings] == [Kind.ACCOUNT_LOG]
    with runtime.store.transaction() as tables:
        tables.put("account_log", "ria/000001", entry)
        tables.delete("account_log", "ria/000002")
    assert [(one.kind, one.detail) for one in verify(runtime.store).findings] == [(Kind.ACCOUNT_LOG, "1/2")]


# A role that only manages accounts


def only_managing(document: dict[str, Any]) -> None:
    """Keep a role out of the dossiers, as the handbook says: a level that names the others."""
    others = list(document["roles"])
    document["roles"]["accountbeheerder"] = {"name": "Accountbeheerder"}
    document["rights"] = {
        **document.get("rights", {}),
        Action.MANAGE_ACCOUNTS.value: ["accountbeheerder"],
        Action.REGISTER.value: others,
    }
    document["confidentiality"]["normaal"] = {"exists-for": others}


def test_files_keep_who_only_manages_accounts_out_of_every_dossier() -> None:
    runtime = de_linde()
    publish_change(runtime, only_managing, "2026-05-01 10:00")
    staff(runtime, "ria", "onthaal")
    admin = staff(runtime, "admin", "accountbeheerder")
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    fill(runtime, dossier, "2026-05-12 11:00", actor="beheer", vertrouwelijkheid="normaal")
    assign(runtime, Assigning(dossier, "ria", BOSS), NOW)
    with pytest.raises(UnknownDossierError):
        dossier_for(runtime, admin, dossier, NOW)
    assert work_list(runtime, admin, NOW).total == 0
    assert [one.name for one in accounts_for(runtime, "admin", NOW)[0]] == ["admin", "ria"]
    with reading(runtime.store) as register:
        ria = register.account("ria")
    assert ria is not None
    theirs, seen = work_for(runtime, open_work(runtime, ria, NOW), "admin", NOW)
    assert ([one for one, _ in theirs.handled], seen.handled) == ([dossier], ())
    staff(runtime, "jan", "teamverantwoordelijke")
    assert hand_over(runtime, theirs, ("ria", "jan"), "admin", NOW)[0] == 1


def test_nobody_gets_the_roles_of_a_colleague_by_the_absence_of_their_deputy() -> None:
    runtime = house()
    days = (date(2026, 5, 11), date(2026, 5, 15))
    be_away(runtime, Away("ria", *days, "mia"), "ria", NOW)
    with pytest.raises(AbsenceRefusedError) as refused:
        be_away(runtime, Away("jan", *days, "ria"), "mia", NOW)
    assert refused.value.refusal is DeputyRefusal.YOURSELF
    with reading(runtime.store) as register:
        jan = register.account("jan")
    assert jan is not None
    assert not jan.absences


@pytest.mark.parametrize("deputy", ["mia", "mia2"])
def test_nobody_gets_the_roles_of_a_colleague_when_the_deputy_leaves_afterwards(deputy: str) -> None:
    runtime = house()
    days = (date(2026, 5, 11), date(2026, 5, 15))
    be_away(runtime, Away("jan", *days, "ria"), "mia", NOW)
    be_away(runtime, Away("ria", *days, deputy), "ria", NOW)
    with reading(runtime.store) as register:
        staff_now = runtime.staff.of(register, NOW)
    assert "de-linde/beukenhof:teamverantwoordelijke" not in staff_now.accounts[deputy].roles
    assert staff_now.presence.deputy_of("jan") == ""
    assert DESK in staff_now.accounts[deputy].roles


@pytest.mark.parametrize("first", [date(2026, 5, 11), date(2026, 5, 20)])
def test_nobody_gives_a_role_to_a_colleague_for_whom_they_act_or_will(first: date) -> None:
    runtime = house()
    be_away(runtime, Away("jan", first, None, "ria"), "jan", NOW)
    be_away(runtime, Away("ria", first, None, "mia2"), "ria", NOW)
    role = "de-linde/beukenhof:sociale-dienst"
    assert (
        outcome(lambda: change_account(runtime, AccountChange("jan", more=(role,)), "mia", NOW)) == "deputy"
    )
    be_back(runtime, "ria", "ria", NOW)
    assert outcome(lambda: change_account(runtime, AccountChange("jan", more=(role,)), "mia", NOW)) == "done"


def test_an_absence_that_is_over_keeps_nobody_from_giving_a_role() -> None:
    runtime = house()
    be_away(runtime, Away("jan", date(2026, 5, 12), date(2026, 5, 12), "mia"), "jan", NOW)
    change = AccountChange("jan", more=("de-linde/beukenhof:sociale-dienst",))
    outcomes = [
        outcome(lambda when=when: change_account(runtime, change, "mia", at(when)))
        for when in ("2026-05-12 23:59", "2026-05-13 00:00")
    ]
    assert outcomes == ["deputy", "done"]
