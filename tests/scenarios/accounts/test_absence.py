"""Who is away for a while: a deputy acts in all their roles, and hears what they would hear, until they are back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gehoor.services.access.authorisation import NotAllowedError, Operator
from gehoor.services.access.vacant_roles import empty_roles
from gehoor.services.accounts.absence import AbsenceRefusedError, Away, DeputyRefusal, be_away, be_back
from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.accounts.accounts import begin_session, session_of
from gehoor.services.correspondence.conversation import write_to_us
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.dossiers.reopening import reopen
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.register.register import UnknownDossierError, reading, writing
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_phone, open_by_web, staff

BOSS = Operator("beheerder")
NOON = "2026-05-12 12:00"
MONDAY, FRIDAY = date(2026, 5, 11), date(2026, 5, 15)
AFTER = "2026-05-16 00:00"
COORDINATOR = "kwaliteitscoordinator"
ROLE = f"de-linde/beukenhof:{COORDINATOR}"


def house() -> Runtime:
    """De Linde with a coordinator (els), the desk (ria) and a team leader (koen)."""
    runtime = de_linde()
    staff(runtime, "els", COORDINATOR)
    staff(runtime, "ria", "onthaal")
    staff(runtime, "koen", "teamverantwoordelijke")
    return runtime


def away(runtime: Runtime, name: str = "els", deputy: str = "ria", last: date | None = FRIDAY) -> None:
    be_away(runtime, Away(name, MONDAY, last, deputy), BOSS, at("2026-05-10 12:00"))


def roles(runtime: Runtime, name: str, when: str) -> tuple[str, ...]:
    with reading(runtime.store) as register:
        account = runtime.staff.of(register, at(when)).active(name)
    return account.roles if account else ()


def told(runtime: Runtime, dossier: str, when: str) -> set[str]:
    """Who got a message about a dossier at an instant."""
    messages = look(runtime, dossier, at("2026-09-01 09:00")).messages
    moment = at(when).strftime("%Y-%m-%dT%H:%M")
    return {
        to.partition("@")[0]
        for message in messages
        if message.created_at.startswith(moment)
        for to in message.recipients
    }


def acting(runtime: Runtime, role: str, when: str) -> list[str]:
    dossier = open_by_phone(runtime, "2026-05-10 10:00").dossier
    agreement = look(runtime, dossier, at(when)).agreement
    with reading(runtime.store) as register:
        return [one.name for one in runtime.staff.of(register, at(when)).acting(agreement, role)[1]]


def test_the_deputy_acts_from_the_first_day_to_the_last_and_nobody_has_to_do_anything() -> None:
    runtime = house()
    away(runtime)
    days = ("2026-05-10 23:59", "2026-05-11 00:00", "2026-05-15 23:59", AFTER)
    assert [acting(runtime, COORDINATOR, day) for day in days] == [["els"], ["ria"], ["ria"], ["els"]]


def test_whoever_is_back_earlier_acts_at_once() -> None:
    runtime = house()
    away(runtime, last=None)
    assert acting(runtime, COORDINATOR, NOON) == ["ria"]
    be_back(runtime, "els", "els", at("2026-05-10 12:00"))
    assert acting(runtime, COORDINATOR, NOON) == ["els"]


def test_whoever_is_away_keeps_their_rights_and_their_dossiers() -> None:
    runtime = house()
    dossier = open_by_phone(runtime, "2026-05-10 10:00").dossier
    assign(runtime, Assigning(dossier, "els", "els"), at("2026-05-10 11:00"))
    away(runtime)
    opened = look(runtime, dossier, at(NOON), "els")
    assert (opened.dossier.handler, COORDINATOR in opened.rights.acting) == ("els", True)


def test_without_a_deputy_the_one_of_the_agreement_acts() -> None:
    runtime = house()
    staff(runtime, "dirk", "dagelijks-verantwoordelijke")
    away(runtime, "koen", deputy="")
    with_koen, without = (
        acting(runtime, "teamverantwoordelijke", AFTER),
        acting(runtime, "teamverantwoordelijke", NOON),
    )
    assert with_koen == ["koen"]
    assert without not in ([], ["koen"])


def test_a_role_that_nobody_is_there_for_is_told() -> None:
    runtime = house()
    away(runtime, "ria", deputy="")
    empty = {one.role for one in empty_roles(runtime, at(NOON))}
    assert empty - {one.role for one in empty_roles(runtime, at(AFTER))} <= {"onthaal"}


def test_what_is_late_meanwhile_is_told_the_deputy() -> None:
    runtime = house()
    dossier = open_by_web(runtime, "2026-05-11 10:00").dossier
    away(runtime, last=date(2026, 5, 31))
    sweep(runtime, at("2026-05-25 06:00"))
    people = told(runtime, dossier, "2026-05-25 06:00")
    assert "ria" in people
    assert "els" not in people


def test_what_comes_in_for_who_handles_it_reaches_the_deputy_too() -> None:
    runtime = house()
    dossier = open_by_web(runtime, "2026-05-10 10:00").dossier
    assign(runtime, Assigning(dossier, "els", "els"), at("2026-05-10 11:00"))
    away(runtime)
    write_to_us(runtime, dossier, "Is er al nieuws?", "message-1", at(NOON))
    assert told(runtime, dossier, NOON) == {"els", "ria"}
    write_to_us(runtime, dossier, "En nu?", "message-2", at(AFTER))
    assert told(runtime, dossier, AFTER) == {"els"}


def handled_by_els() -> tuple[Runtime, str]:
    runtime = house()
    staff(runtime, "an", COORDINATOR)
    dossier = open_by_web(runtime, "2026-05-10 10:00").dossier
    assign(runtime, Assigning(dossier, "els", "els"), at("2026-05-10 11:00"))
    return runtime, dossier


def test_what_comes_in_for_who_works_elsewhere_now_reaches_the_role() -> None:
    runtime, dossier = handled_by_els()
    moved = AccountChange("els", more=("de-linde/thuis:onthaal",), fewer=(ROLE,))
    change_account(runtime, moved, BOSS, at("2026-05-10 13:00"))
    write_to_us(runtime, dossier, "Is er al nieuws?", "message-1", at(NOON))
    assert told(runtime, dossier, NOON) == {"koen"}


def test_who_is_away_without_a_deputy_who_may_is_not_the_only_one_who_hears_it() -> None:
    runtime, dossier = handled_by_els()
    away(runtime)
    lost = AccountChange("ria", more=("de-linde/thuis:onthaal",), fewer=("de-linde/beukenhof:onthaal",))
    change_account(runtime, lost, BOSS, at("2026-05-10 13:00"))
    write_to_us(runtime, dossier, "Hulp!", "message-1", at(NOON))
    assert told(runtime, dossier, NOON) == {"koen", "els"}


def test_who_gets_a_dossier_hears_the_next_message_also_on_the_same_day() -> None:
    runtime, dossier = handled_by_els()
    write_to_us(runtime, dossier, "Is er al nieuws?", "message-1", at(NOON))
    write_to_us(runtime, dossier, "Hallo?", "message-2", at("2026-05-12 12:30"))
    assert told(runtime, dossier, "2026-05-12 12:30") == set()
    assign(runtime, Assigning(dossier, "an", "els"), at("2026-05-12 13:00"))
    write_to_us(runtime, dossier, "Er is nu gevaar.", "message-3", at("2026-05-12 14:00"))
    assert told(runtime, dossier, "2026-05-12 14:00") == {"an"}


def test_a_deputy_may_what_the_other_may_and_no_longer_than_that() -> None:
    runtime = house()
    dossier = open_by_phone(runtime, "2026-05-10 10:00").dossier
    away(runtime)
    rights = [look(runtime, dossier, at(when), "ria").rights for when in ("2026-05-10 12:00", NOON, AFTER)]
    assert rights[0] == rights[2]
    assert COORDINATOR in rights[1].acting
    assert COORDINATOR not in rights[0].acting
    with pytest.raises(NotAllowedError):
        reopen(runtime, dossier, "Er is iets bijgekomen", "ria", at(AFTER))


def test_a_dossier_about_the_deputy_does_not_exist_for_them_as_a_deputy_either() -> None:
    runtime = house()
    dossier = open_by_phone(runtime, "2026-05-10 10:00").dossier
    fill(
        runtime,
        dossier,
        "2026-05-10 11:00",
        actor="els",
        voorwerp="persoon",
        aangeklaagde_medewerkers=["ria"],
    )
    away(runtime)
    with pytest.raises(UnknownDossierError):
        look(runtime, dossier, at(NOON), "ria")


def test_who_a_dossier_is_about_does_not_choose_who_reads_it() -> None:
    """The deputy of the accused has nothing of their roles in it; the one that was agreed acts."""
    runtime = house()
    staff(runtime, "dirk", "dagelijks-verantwoordelijke")
    staff(runtime, "an", "algemeen-directeur")
    dossier = open_by_phone(runtime, "2026-05-10 10:00").dossier
    fill(
        runtime, dossier, "2026-05-10 11:00", actor="els", vertrouwelijkheid="beperkt", voorwerp="persoon",
        aangeklaagde_medewerkers=["dirk"],
    )  # fmt: skip
    away(runtime, "dirk", "ria")
    with pytest.raises(UnknownDossierError):
        look(runtime, dossier, at(NOON), "ria")
    other = open_by_phone(runtime, "2026-05-10 10:00").dossier
    fill(runtime, other, "2026-05-10 11:00", actor="els", vertrouwelijkheid="beperkt")
    assert look(runtime, other, at(NOON), "ria").dossier.id == other


def test_what_somebody_loses_or_gets_elsewhere_is_not_their_deputys() -> None:
    runtime = house()
    away(runtime)
    elsewhere = f"de-linde/eikenrode:{COORDINATOR}"
    change_account(runtime, AccountChange("els", more=(elsewhere,)), BOSS, at("2026-05-10 13:00"))
    assert elsewhere not in roles(runtime, "ria", NOON)
    change = AccountChange("ria", more=("de-linde/thuis:onthaal",), fewer=("de-linde/beukenhof:onthaal",))
    change_account(runtime, change, BOSS, at("2026-05-10 13:00"))
    assert roles(runtime, "ria", NOON) == ("de-linde/thuis:onthaal",)


@pytest.mark.parametrize(
    ("deputy", "last", "refusal"),
    [
        ("els", FRIDAY, DeputyRefusal.THEMSELVES),
        ("els2", FRIDAY, DeputyRefusal.THEMSELVES),
        ("gone", FRIDAY, DeputyRefusal.LEFT),
        ("nobody", FRIDAY, DeputyRefusal.LEFT),
        ("ver", FRIDAY, DeputyRefusal.ELSEWHERE),
        ("ria", date(2026, 5, 9), DeputyRefusal.ENDED),
    ],
)
def test_who_cannot_deputise_is_refused_and_nothing_is_kept(
    deputy: str, last: date, refusal: DeputyRefusal
) -> None:
    runtime = house()
    staff(runtime, "els2", "onthaal")
    staff(runtime, "gone", COORDINATOR, active=False)
    staff(runtime, "ver", "de-linde/eikenrode:onthaal")
    change_account(runtime, AccountChange("els2", same_person_as="els"), BOSS, at("2026-05-09 12:00"))
    with pytest.raises(AbsenceRefusedError) as refused:
        away(runtime, deputy=deputy, last=last)
    assert refused.value.refusal is refusal
    assert acting(runtime, COORDINATOR, NOON) == ["els"]


def test_nobody_says_that_somebody_else_is_away_or_back() -> None:
    runtime = house()
    with pytest.raises(LookupError):
        be_away(runtime, Away("els", MONDAY, FRIDAY, "ria"), "ria", at("2026-05-10 12:00"))
    with pytest.raises(LookupError):
        be_back(runtime, "els", "ria", at(NOON))


def test_a_role_for_a_while_begins_and_ends_by_itself_in_the_days_of_its_organisation() -> None:
    runtime = house()
    change = AccountChange("ria", more=(ROLE,), first=MONDAY, last=FRIDAY)
    change_account(runtime, change, BOSS, at("2026-05-01 12:00"))
    held = [
        ROLE in roles(runtime, "ria", when)
        for when in ("2026-05-10 23:59", "2026-05-11 00:00", "2026-05-15 23:59", AFTER)
    ]
    assert held == [False, True, True, False]


def test_a_role_for_good_becomes_one_for_a_while_and_can_be_taken_back() -> None:
    runtime = house()
    change_account(runtime, AccountChange("els", more=(ROLE,), last=FRIDAY), BOSS, at(NOON))
    assert (roles(runtime, "els", NOON), roles(runtime, "els", AFTER)) == ((ROLE,), ())
    change_account(runtime, AccountChange("els", fewer=(ROLE,)), BOSS, at(NOON))
    assert roles(runtime, "els", NOON) == ()
    change_account(runtime, AccountChange("els", more=(ROLE,)), BOSS, at(NOON))
    assert roles(runtime, "els", AFTER) == (ROLE,)


def test_a_session_that_began_before_has_the_roles_of_now() -> None:
    runtime = house()
    away(runtime)
    when = at("2026-05-10 23:30")
    with writing(runtime.store) as register:
        token = begin_session(register, "ria", when)
    held = []
    for minutes in (0, 40):
        found = session_of(runtime, token, when + timedelta(minutes=minutes))
        assert found is not None
        held.append(ROLE in found[0].roles)
    assert held == [False, True]
