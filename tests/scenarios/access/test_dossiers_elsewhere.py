"""Of a dossier elsewhere one sees what one may see there, from wherever it is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gehoor.services.dossiers.repinning import Repinning, repin
from gehoor.services.dossiers.viewing import look
from gehoor.services.ports.records import Account, Summary
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.duplicate_detection import earlier
from gehoor.services.search.related import related
from gehoor.services.search.search import search
from gehoor.services.search.worklist import work_list
from gehoor.services.search.worklist_filters import Sort, Wish
from tests.support.clock import at
from tests.support.de_linde import (
    PHONE,
    agreement,
    by,
    de_linde,
    fill,
    open_by_phone,
    open_by_web,
    publish_change,
    staff,
)

NOW = "2026-05-13 09:00"
COORDINATOR = "kwaliteitscoordinator"
SUBJECT = "Bel niet beantwoord"


def only_for(role: str, *fields: str) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        for name in fields:
            document["forms"]["dossier"]["properties"][name]["seen-by"] = [role]

    return change


def two_departments(here: str, there: str) -> tuple[Runtime, str, str]:
    """De Linde where only a coordinator of Eikenrode sees the subject there. An is ``here`` in Beukenhof and ``there``
    in Eikenrode; the same person told something in both: the dossiers there and here."""
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    publish_change(
        runtime, only_for(COORDINATOR, "onderwerp", "uiteenzetting"), "2026-05-01 09:00", "eikenrode"
    )
    staff(runtime, "els", COORDINATOR, f"de-linde/eikenrode:{COORDINATOR}")
    staff(runtime, "an", here, f"de-linde/eikenrode:{there}")
    elsewhere = open_by_phone(runtime, "2026-05-12 10:00", "eikenrode").dossier
    fill(runtime, elsewhere, "2026-05-12 10:30", actor="els", onderwerp=SUBJECT)
    here_told = open_by_phone(runtime, "2026-05-12 11:00", uiteenzetting="De soep was koud.")
    return runtime, elsewhere, here_told.dossier


def account(runtime: Runtime, name: str) -> Account:
    with reading(runtime.store) as register:
        found = register.account(name)
    assert found is not None
    return found


def related_there(runtime: Runtime, _elsewhere: str, here: str) -> list[Summary]:
    opened = look(runtime, here, at(NOW), "an")
    found = related(runtime, opened, account(runtime, "an"), at(NOW))
    return [one.summary for group in found for one in group.seen]


def told_earlier(runtime: Runtime, _elsewhere: str, _here: str) -> list[Summary]:
    return list(earlier(runtime, agreement(), account(runtime, "an"), PHONE, at(NOW)).named)


def listed(runtime: Runtime, _elsewhere: str, _here: str) -> list[Summary]:
    return [line.summary for line in work_list(runtime, account(runtime, "an"), at(NOW)).lines]


def searched(runtime: Runtime, _elsewhere: str, _here: str) -> list[Summary]:
    return [hit.summary for hit in search(runtime, account(runtime, "an"), "Peeters", at(NOW)).hits]


WAYS = (related_there, told_earlier, listed, searched)


@pytest.mark.parametrize("way", WAYS)
def test_who_may_not_see_the_subject_there_does_not_see_it_from_here(way: Any) -> None:
    """Also when they may see it here."""
    runtime, elsewhere, here = two_departments(COORDINATOR, "onthaal")
    subjects = {one.id: one.subject for one in way(runtime, elsewhere, here)}
    assert subjects[elsewhere] == ""


@pytest.mark.parametrize("way", WAYS)
def test_who_may_see_the_subject_there_sees_it_from_here(way: Any) -> None:
    """Also when their role here sees less."""
    runtime, elsewhere, here = two_departments("onthaal", COORDINATOR)
    subjects = {one.id: one.subject for one in way(runtime, elsewhere, here)}
    assert subjects[elsewhere] == SUBJECT


def test_by_what_one_may_not_see_there_nothing_is_found_from_here() -> None:
    """Else one could try numbers here, until one is that of somebody there."""
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    publish_change(runtime, only_for(COORDINATOR, "klager_telefoon"), "2026-05-01 09:00", "eikenrode")
    staff(runtime, "els", COORDINATOR, f"de-linde/eikenrode:{COORDINATOR}")
    staff(runtime, "an", "onthaal", "de-linde/eikenrode:onthaal")
    elsewhere = open_by_web(
        runtime, "2026-05-12 10:00", "eikenrode", klager_email=None, klager_telefoon="0470 12 34 56"
    ).dossier
    given = {**PHONE, "klager_naam": "Iemand anders"}

    def found(name: str) -> list[str]:
        return [one.id for one in earlier(runtime, agreement(), account(runtime, name), given, at(NOW)).named]

    assert found("els") == [elsewhere]
    assert found("an") == []
    assert earlier(runtime, agreement(), account(runtime, "an"), given, at(NOW)).total == 0


def test_nor_is_a_dossier_of_the_same_person_named_in_one_that_is_here() -> None:
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    publish_change(runtime, only_for(COORDINATOR, "klager_telefoon"), "2026-05-01 09:00", "eikenrode")
    staff(runtime, "els", COORDINATOR, f"de-linde/eikenrode:{COORDINATOR}")
    staff(runtime, "an", "onthaal", "de-linde/eikenrode:onthaal")
    phone: dict[str, Any] = {"klager_email": None, "klager_telefoon": "0470 12 34 56"}
    elsewhere = open_by_web(runtime, "2026-05-12 10:00", "eikenrode", **phone).dossier
    here = open_by_web(runtime, "2026-05-12 11:00", uiteenzetting="De soep was koud.", **phone).dossier

    def named(name: str) -> list[tuple[list[str], int]]:
        opened = look(runtime, here, at(NOW), name)
        found = related(runtime, opened, account(runtime, name), at(NOW))
        return [([one.summary.id for one in of.seen], of.others) for of in found]

    assert named("els") == [([elsewhere], 0)]
    assert named("an") == [([], 1)]


@pytest.mark.parametrize("way", [listed, searched])
def test_a_dossier_is_judged_by_the_agreement_that_it_is_under_and_not_by_a_later_one(way: Any) -> None:
    runtime, elsewhere, here = two_departments(COORDINATOR, "onthaal")
    publish_change(runtime, lambda _: None, "2026-05-12 12:00", "eikenrode")
    assert {one.id: one.subject for one in way(runtime, elsewhere, here)}[elsewhere] == ""
    later = agreement("eikenrode").hash
    repin(runtime, Repinning(elsewhere, later, reason="Afgesproken", actor=by(runtime, "")), at(NOW))
    assert {one.id: one.subject for one in way(runtime, elsewhere, here)}[elsewhere] == SUBJECT


def kinds(runtime: Runtime, name: str, wish: Wish) -> list[str]:
    return [line.kind_name for line in work_list(runtime, account(runtime, name), at(NOW), wish).lines]


def test_a_list_tells_the_kind_of_message_only_to_who_may_see_it() -> None:
    runtime = de_linde()
    publish_change(runtime, only_for(COORDINATOR, "type_bericht"), "2026-05-01 09:00")
    staff(runtime, "els", COORDINATOR)
    staff(runtime, "an", "onthaal")
    open_by_phone(runtime, "2026-05-12 10:00")
    asked = Wish(kind="klacht")
    assert (kinds(runtime, "els", Wish()), kinds(runtime, "els", asked)) == (["Klacht"], ["Klacht"])
    assert (kinds(runtime, "an", Wish()), kinds(runtime, "an", asked)) == ([""], [])
    assert work_list(runtime, account(runtime, "an"), at(NOW)).offered.kinds == {}


def test_a_list_tells_no_kind_that_was_kept_for_others_when_the_dossier_was_opened() -> None:
    """Also when everyone sees the field now."""
    runtime = de_linde()
    publish_change(runtime, only_for(COORDINATOR, "type_bericht"), "2026-05-01 09:00")
    staff(runtime, "els", COORDINATOR)
    staff(runtime, "an", "onthaal")
    open_by_phone(runtime, "2026-05-12 10:00")
    publish_change(runtime, lambda _: None, "2026-05-12 12:00")
    open_by_phone(runtime, "2026-05-12 13:00")
    asked = Wish(kind="klacht")
    assert sorted(kinds(runtime, "an", Wish())) == ["", "Klacht"]
    assert (kinds(runtime, "an", asked), kinds(runtime, "els", asked)) == (["Klacht"], ["Klacht", "Klacht"])


def test_no_order_of_a_list_tells_the_day_of_receipt_to_who_may_not_see_it() -> None:
    runtime = de_linde()
    publish_change(runtime, only_for(COORDINATOR, "ontvangstdatum"), "2026-05-01 09:00")
    staff(runtime, "els", COORDINATOR)
    staff(runtime, "an", "onthaal")
    open_by_phone(runtime, "2026-05-12 10:00")
    by_day = Wish(sort=Sort.RECEIVED)
    lists = {name: work_list(runtime, account(runtime, name), at(NOW), by_day) for name in ("els", "an")}
    assert [line.summary.received for line in lists["els"].lines] == ["2026-05-12"]
    assert (lists["an"].lines, lists["an"].total) == ((), 0)
    (plain,) = work_list(runtime, account(runtime, "an"), at(NOW)).lines
    assert plain.summary.received == ""


def test_who_may_not_see_a_phone_number_does_not_find_out_whether_it_was_seen_before() -> None:
    runtime = de_linde()
    hidden = publish_change(
        runtime, only_for(COORDINATOR, "klager_telefoon", "klager_naam"), "2026-05-01 09:00"
    ).agreement
    staff(runtime, "els", COORDINATOR)
    staff(runtime, "an", "onthaal")
    open_by_phone(runtime, "2026-05-12 10:00")
    with reading(runtime.store) as register:
        current = runtime.library.agreement(register, hidden)
    assert earlier(runtime, current, account(runtime, "els"), PHONE, at(NOW)).total == 1
    assert earlier(runtime, current, account(runtime, "an"), PHONE, at(NOW)).total == 0
