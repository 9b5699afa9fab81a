"""Who leaves has open work: it is named, and handed over; nothing is left to somebody who is gone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gehoor.core.dossier.events import EventKind
from gehoor.services.access.authorisation import Operator
from gehoor.services.accounts.open_work import Named, OpenWork, hand_over, open_work
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.dossiers.viewing import look
from gehoor.services.ports.records import Account
from gehoor.services.register.register import UnknownDossierError, reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.dossier_access import dossier_for
from tests.support.clock import at
from tests.support.de_linde import (
    INVESTIGATED,
    de_linde,
    fill,
    open_by_phone,
    publish_change,
    registered,
    staff,
)

NOON, LATER = "2026-05-12 14:00", "2026-05-21 10:00"
BOSS = Operator("beheerder")


def watchers(document: dict[str, Any]) -> None:
    """The field for those who stand too close is one for those who follow it up."""
    field = document["forms"]["dossier"]["properties"]["belangenconflict"]
    del field["meaning"]
    field["title"] = "Wie volgt dit op?"


@pytest.fixture
def runtime() -> Runtime:
    runtime = de_linde()
    publish_change(runtime, watchers, "2026-05-11 09:00")
    staff(runtime, "els", "kwaliteitscoordinator")
    staff(runtime, "jan", "onthaal")
    return runtime


def account(runtime: Runtime, name: str = "els") -> Account:
    with reading(runtime.store) as register:
        found = register.account(name)
    assert found is not None
    return found


def handled(runtime: Runtime, count: int, name: str = "els") -> list[str]:
    dossiers = [open_by_phone(runtime, NOON).dossier for _ in range(count)]
    for dossier in dossiers:
        assign(runtime, Assigning(dossier, name, BOSS), at(NOON))
    return dossiers


def works(runtime: Runtime) -> OpenWork:
    return open_work(runtime, account(runtime), at(LATER))


def test_who_has_nothing_open_has_no_work(runtime: Runtime) -> None:
    handled(runtime, 1, "jan")
    assert not works(runtime)


def test_the_dossiers_that_somebody_handles_are_named_until_they_close(runtime: Runtime) -> None:
    (dossier,) = handled(runtime, 1)
    closed = registered(runtime, type_bericht="opmerking")
    assign(runtime, Assigning(closed, "els", BOSS), at("2026-05-13 09:30"))
    fill(
        runtime,
        closed,
        "2026-05-13 10:00",
        afgesloten_op="2026-05-13",
        afsluitreden="geen_klacht",
        reason="Wat nog liep, hoeft niet meer.",
    )
    assert [one for one, _ in works(runtime).handled] == [dossier]


def test_where_somebody_is_to_do_something_is_named_and_where_it_is_about_them_is_not(
    runtime: Runtime,
) -> None:
    follows, about = (open_by_phone(runtime, NOON) for _ in range(2))
    fill(runtime, follows.dossier, NOON, belangenconflict=["jan", "els"])
    fill(runtime, about.dossier, NOON, voorwerp="persoon", aangeklaagde_medewerkers=["els"])
    assert works(runtime).named == (
        Named(follows.dossier, follows.number, "belangenconflict", "Wie volgt dit op?"),
    )


def waiting_for_the_director(runtime: Runtime) -> str:
    """A serious complaint, whose answer waits for the approval of the director."""
    dossier = registered(runtime)
    found = {**INVESTIGATED, "ernst": 4, "ernst_motivering": "Hij durft niet meer."}
    fill(runtime, dossier, "2026-05-20 09:00", **found)
    return dossier


def test_an_approval_that_nobody_else_can_give_is_named(runtime: Runtime) -> None:
    waiting_for_the_director(runtime)
    staff(runtime, "an", "algemeen-directeur")
    director = account(runtime, "an")
    (only,) = open_work(runtime, director, at(LATER)).approvals
    assert only.role == "Algemeen directeur"
    staff(runtime, "bea", "algemeen-directeur")
    assert open_work(runtime, director, at(LATER)).approvals == ()


def test_all_of_it_goes_to_somebody_else(runtime: Runtime) -> None:
    """More dossiers than are given in one go."""
    dossiers = handled(runtime, 101)
    fill(runtime, dossiers[0], NOON, belangenconflict=["els", "jan"])
    fill(runtime, dossiers[1], NOON, belangenconflict=["els"])
    assert hand_over(runtime, works(runtime), ("els", "jan"), BOSS, at(LATER)) == (101, 2, [])
    assert not works(runtime)
    first, second = (look(runtime, one, at(LATER)).dossier for one in dossiers[:2])
    assert first.handler == "jan"
    assert (first.values["belangenconflict"], second.values["belangenconflict"]) == (["jan"], ["jan"])


def test_it_stands_in_the_dossier_and_who_gets_it_is_told(runtime: Runtime) -> None:
    (dossier,) = handled(runtime, 1)
    hand_over(runtime, works(runtime), ("els", "jan"), BOSS, at(LATER))
    opened = look(runtime, dossier, at(LATER))
    last = opened.events[-1]
    assert (last.kind, last.actor, last.data["before"], last.data["to"]) == (
        EventKind.ASSIGNED, "beheerder", "els", "jan",
    )  # fmt: skip
    assert ("jan@delinde.example",) in {message.recipients for message in opened.messages}


def test_a_dossier_about_whoever_gets_the_work_is_not_theirs(runtime: Runtime) -> None:
    about, other = handled(runtime, 2)
    fill(runtime, about, NOON, voorwerp="persoon", aangeklaagde_medewerkers=["jan"])
    dossiers, fields, refused = hand_over(runtime, works(runtime), ("els", "jan"), BOSS, at(LATER))
    assert (dossiers, fields, [one.objection.code for one in refused]) == (1, 0, ["assign-cannot"])
    assert look(runtime, other, at(LATER)).dossier.handler == "jan"
    assert look(runtime, about, at(LATER)).dossier.handler == "els"


def confidential(runtime: Runtime, level: str) -> str:
    """A dossier that the director follows and Els handles, of a level that is not for the desk."""
    staff(runtime, "an", "algemeen-directeur")
    (dossier,) = handled(runtime, 1)
    fill(runtime, dossier, NOON, vertrouwelijkheid=level)
    return dossier


@pytest.mark.parametrize("level", ["beperkt", "streng"])
def test_what_does_not_exist_for_whoever_gets_the_work_goes_back_to_its_department(
    runtime: Runtime, level: str
) -> None:
    """Of the first level being given it would be enough to see it."""
    dossier, (other,) = confidential(runtime, level), handled(runtime, 1)
    dossiers, _fields, refused = hand_over(runtime, works(runtime), ("els", "jan"), BOSS, at(LATER))
    assert (dossiers, [one.objection.code for one in refused]) == (1, ["assign-back"])
    assert look(runtime, other, at(LATER)).dossier.handler == "jan"
    opened = look(runtime, dossier, at(LATER))
    assert opened.dossier.handler == ""
    assert opened.events[-1].data["before"] == "els"
    with reading(runtime.store) as register:
        jan = runtime.staff.of(register, at(LATER)).accounts["jan"]
    with pytest.raises(UnknownDossierError):
        dossier_for(runtime, jan, dossier, at(LATER))
    assert not works(runtime)


def test_then_the_role_that_is_responsible_hears_it(runtime: Runtime) -> None:
    dossier = confidential(runtime, "beperkt")
    before = {one.key for one in look(runtime, dossier, at(LATER)).messages}
    hand_over(runtime, works(runtime), ("els", "jan"), BOSS, at(LATER))
    told = [one for one in look(runtime, dossier, at(LATER)).messages if one.key not in before]
    assert told
    assert "jan@delinde.example" not in {address for one in told for address in one.recipients}


def test_it_goes_to_whom_a_role_lets_see_it(runtime: Runtime) -> None:
    dossier = confidential(runtime, "beperkt")
    assert hand_over(runtime, works(runtime), ("els", "an"), BOSS, at(LATER)) == (1, 0, [])
    assert look(runtime, dossier, at(LATER)).dossier.handler == "an"


def test_what_somebody_else_took_in_between_stays_theirs(runtime: Runtime) -> None:
    (dossier,) = handled(runtime, 1)
    work = works(runtime)
    staff(runtime, "an", "onthaal")
    assign(runtime, Assigning(dossier, "an", BOSS), at(LATER))
    _, _, refused = hand_over(runtime, work, ("els", "jan"), BOSS, at(LATER))
    assert [one.objection.code for one in refused] == ["assign-changed"]
    assert look(runtime, dossier, at(LATER)).dossier.handler == "an"


def test_work_is_still_found_of_who_has_left(runtime: Runtime) -> None:
    (dossier,) = handled(runtime, 1)
    fill(runtime, dossier, NOON, belangenconflict=["els"])
    left = replace(account(runtime), active=False)
    staff(runtime, "els", *left.roles, active=False)
    work = works(runtime)
    assert (len(work.handled), len(work.named)) == (1, 1)
    assert hand_over(runtime, work, ("els", "jan"), BOSS, at(LATER)) == (1, 1, [])
