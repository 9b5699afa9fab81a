"""Confidentiality: for who is not in a role of its level a dossier does not exist, by whatever way one looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.core.dossier.events import EventKind
from gehoor.services.access.authorisation import Operator
from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.correspondence.conversation import write_back
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.dossiers.term_changes import Adjustment, suspend
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.reindex import reindex
from gehoor.services.jobs.sweep import sweep
from gehoor.services.maintenance.repair import repair
from gehoor.services.messages.sending import deliver
from gehoor.services.ports.records import Account
from gehoor.services.ports.store import Store
from gehoor.services.projection.projection import reading_projection
from gehoor.services.recording.answers import RefusedError
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import UnknownDossierError, reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.dossier_access import dossier_for
from gehoor.services.search.duplicate_detection import earlier, told_before
from gehoor.services.search.related import related
from gehoor.services.search.search import search
from gehoor.services.search.undelivered import undelivered_for
from gehoor.services.search.worklist import work_list
from gehoor.services.search.worklist_filters import Tab, Wish
from tests.support.clock import at
from tests.support.de_linde import (
    MELDEN,
    agreement,
    de_linde,
    fill,
    open_by_phone,
    open_by_web,
    publish_change,
    registered,
    staff,
)
from tests.support.paper_post import PaperPost
from tests.support.site import new_site

NOW = at("2026-05-13 12:00")
EVERYONE = {"els", "koen", "ria", "dirk", "an"}
STRICT = {"els", "an"}
"""The coordinator and the director: for those a strictly confidential dossier exists."""


def house(store: Store | None = None) -> Runtime:
    """De Linde with a coordinator (els), a team leader (koen), the desk (ria) and two directors (an, dirk)."""
    runtime = de_linde(store)
    for name, role in (
        ("els", "kwaliteitscoordinator"),
        ("koen", "teamverantwoordelijke"),
        ("ria", "onthaal"),
        ("dirk", "dagelijks-verantwoordelijke"),
        ("an", "algemeen-directeur"),
    ):
        staff(runtime, name, role)
    return runtime


def level(runtime: Runtime, dossier: str, name: str, when: str = "2026-05-12 11:00") -> None:
    fill(runtime, dossier, when, actor="els", vertrouwelijkheid=name)


def kept(runtime: Runtime, name: str = "streng", **answers: Any) -> str:
    dossier = open_by_phone(runtime, "2026-05-12 10:00", **answers).dossier
    level(runtime, dossier, name)
    return dossier


def account(runtime: Runtime, name: str) -> Account:
    with reading(runtime.store) as register:
        found = register.account(name)
    assert found is not None
    return found


def on_a_page(runtime: Runtime, name: str, dossier: str) -> bool:
    try:
        dossier_for(runtime, account(runtime, name), dossier, NOW)
    except UnknownDossierError:
        return False
    return True


def in_lists(runtime: Runtime, name: str, dossier: str) -> bool:
    listed = work_list(runtime, account(runtime, name), NOW)
    assert listed.total == listed.counts[Tab.DEPARTMENT] == len(listed.lines)
    return dossier in {line.summary.id for line in listed.lines}


def in_search(runtime: Runtime, name: str, dossier: str) -> bool:
    found = search(runtime, account(runtime, name), "pyjama", NOW)
    assert found.total == len(found.hits)
    return dossier in {hit.summary.id for hit in found.hits}


def as_earlier(runtime: Runtime, name: str, dossier: str) -> bool:
    given = {"klager_naam": "Peeters", "klager_telefoon": "0470 12 34 56", "anoniem": "nee"}
    found = earlier(runtime, agreement(), account(runtime, name), given, NOW)
    assert found.total == len(found.named)
    return dossier in {one.id for one in found.named}


def as_duplicate(runtime: Runtime, name: str, dossier: str) -> bool:
    given = {**MELDEN, "klager_email": "", "klager_naam": "Peeters", "klager_telefoon": "0470 12 34 56"}
    return dossier in {
        one.id for one in told_before(runtime, agreement(), account(runtime, name), given, NOW)
    }


WAYS: dict[str, Callable[[Runtime, str, str], bool]] = {
    "page": on_a_page,
    "lists": in_lists,
    "search": in_search,
    "earlier": as_earlier,
    "duplicates": as_duplicate,
}


def seeing(runtime: Runtime, way: str, dossier: str) -> set[str]:
    return {name for name in EVERYONE if WAYS[way](runtime, name, dossier)}


# By whatever way


@pytest.mark.parametrize("way", WAYS)
def test_a_strict_dossier_exists_for_its_roles_only(way: str) -> None:
    runtime = house()
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    assert seeing(runtime, way, dossier) == EVERYONE
    level(runtime, dossier, "streng")
    assert seeing(runtime, way, dossier) == STRICT
    level(runtime, dossier, "normaal", "2026-05-12 12:00")
    assert seeing(runtime, way, dossier) == EVERYONE


@pytest.mark.parametrize("way", WAYS)
def test_a_rule_that_gives_the_level_counts_as_well_as_an_answer(way: str) -> None:
    runtime = house()
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    fill(runtime, dossier, "2026-05-12 11:00", actor="els", acuut_gevaar="ja")
    assert seeing(runtime, way, dossier) == STRICT


@pytest.mark.parametrize("way", WAYS)
def test_who_handles_it_sees_it_where_the_level_says_so(way: str) -> None:
    runtime = house()
    dossier = kept(runtime, "beperkt")
    assert seeing(runtime, way, dossier) == {"els", "dirk", "an"}
    assign(runtime, Assigning(dossier, "koen", "els"), NOW)
    assert seeing(runtime, way, dossier) == {"els", "dirk", "an", "koen"}
    assign(runtime, Assigning(dossier, "", "els"), NOW + timedelta(minutes=1))
    assert seeing(runtime, way, dossier) == {"els", "dirk", "an"}


def together(document: dict[str, Any]) -> None:
    document["rules"]["samen"] = {
        "if": {"type_bericht": "klacht"},
        "then": [{"handlers": 2}],
        "because": "Samen.",
    }
    document["rule-examples"] = []


@pytest.mark.parametrize("way", WAYS)
def test_who_handles_it_too_sees_it_as_the_first_does(way: str) -> None:
    runtime = house()
    publish_change(runtime, together, "2026-05-01 09:00")
    dossier = kept(runtime, "beperkt")
    assign(runtime, Assigning(dossier, "els", "els"), at("2026-05-12 12:00"))
    assign(runtime, Assigning(dossier, "koen", "els", beside=True), NOW)
    assert seeing(runtime, way, dossier) == {"els", "dirk", "an", "koen"}
    assign(runtime, Assigning(dossier, "", "els", before="koen"), NOW + timedelta(minutes=1))
    assert seeing(runtime, way, dossier) == {"els", "dirk", "an"}


def test_of_two_who_handle_it_the_one_whose_role_goes_loses_it() -> None:
    runtime = house()
    publish_change(runtime, together, "2026-05-01 09:00")
    staff(runtime, "eva", "kwaliteitscoordinator")
    dossier = kept(runtime)
    assign(runtime, Assigning(dossier, "els", "els"), at("2026-05-12 12:00"))
    assign(runtime, Assigning(dossier, "eva", "els", beside=True), at("2026-05-12 12:01"))
    staff(runtime, "eva", "onthaal")
    sweep(runtime, NOW)
    assert look(runtime, dossier, NOW).dossier.handlers == ("els",)
    assert not on_a_page(runtime, "eva", dossier)


@pytest.mark.parametrize("way", WAYS)
def test_roles_that_come_and_go_count_at_once(way: str) -> None:
    runtime = house()
    dossier = kept(runtime)
    role = "de-linde/beukenhof:kwaliteitscoordinator"
    change_account(runtime, AccountChange("ria", more=(role,)), Operator("beheer"), NOW)
    assert seeing(runtime, way, dossier) == STRICT | {"ria"}
    change_account(runtime, AccountChange("ria", fewer=(role,)), Operator("beheer"), NOW)
    assert seeing(runtime, way, dossier) == STRICT


@pytest.mark.parametrize("way", WAYS)
def test_the_deputy_sees_it_where_nobody_else_may(way: str) -> None:
    """Without a coordinator the daily manager deputises; when the coordinator is accused as well."""
    runtime = house()
    dossier = kept(runtime)
    fill(
        runtime, dossier, "2026-05-12 12:00", actor="an", voorwerp="persoon", aangeklaagde_medewerkers=["els"]
    )
    assert seeing(runtime, way, dossier) == {"dirk", "an"}


@pytest.mark.parametrize("way", WAYS)
def test_it_stays_so_when_all_that_follows_from_events_is_made_again(way: str) -> None:
    runtime = house()
    dossier = kept(runtime)
    for made_again in (reindex, repair):
        made_again(runtime, NOW)
        assert seeing(runtime, way, dossier) == STRICT


def test_it_is_so_in_a_register_in_a_file_too(tmp_path: Path) -> None:
    store = TinyDBStore(tmp_path / "register.db", SCHEMAS)
    runtime = house(store)
    strict, limited = kept(runtime), kept(runtime, "beperkt", klager_telefoon="0470 99 99 99")
    assign(runtime, Assigning(limited, "koen", "els"), NOW)
    for way in WAYS:
        assert seeing(runtime, way, strict) == STRICT, way
    for way in ("page", "lists", "search"):
        assert seeing(runtime, way, limited) == {"els", "dirk", "an", "koen"}, way
    store.close()


def test_nothing_can_be_done_with_what_does_not_exist() -> None:
    runtime = house()
    dossier = registered(runtime)
    level(runtime, dossier, "streng", "2026-05-13 10:00")
    for act in (
        lambda: fill(runtime, dossier, "2026-05-14 09:00", actor="koen", onderwerp="Iets anders"),
        lambda: suspend(runtime, Adjustment(dossier, "antwoord", "koen", "wachten-op-klager"), NOW),
        lambda: assign(runtime, Assigning(dossier, "koen", "koen"), NOW),
        lambda: write_back(runtime, dossier, "Dag", "k", NOW, "koen"),
    ):
        with pytest.raises(UnknownDossierError):
            act()


def test_its_page_is_as_one_that_is_not_there() -> None:
    runtime = house()
    dossier = kept(runtime)
    site = new_site("2026-05-13 12:00", runtime)
    visitor = site.staff("koen", "teamverantwoordelijke")
    home = f"/medewerker/dossiers/{dossier}"
    for path in (home, f"{home}/afdruk", f"{home}/bijlagen/x"):
        assert visitor.get(path).status_code == 404
    other = visitor.get("/medewerker/dossiers/bestaat-niet").text.replace("bestaat-niet", dossier)
    assert visitor.get(home).text == other


# Lists


def test_no_number_of_any_list_counts_it() -> None:
    runtime = house()
    open_by_phone(runtime, "2026-05-12 10:00", klager_telefoon="0470 99 99 99")
    kept(runtime)
    for tab in Tab:
        for name in EVERYONE:
            listed = work_list(runtime, account(runtime, name), NOW, Wish(tab))
            assert listed.total == len(listed.lines)
    assert work_list(runtime, account(runtime, "koen"), NOW).total == 1
    assert work_list(runtime, account(runtime, "els"), NOW).total == 2


def test_a_list_narrowed_to_who_handles_it_does_not_tell_either() -> None:
    runtime = house()
    dossier = kept(runtime)
    assign(runtime, Assigning(dossier, "an", "els"), NOW)
    assert work_list(runtime, account(runtime, "koen"), NOW, Wish(handler="an")).total == 0
    assert work_list(runtime, account(runtime, "els"), NOW, Wish(handler="an")).total == 1


def test_a_dossier_that_only_some_may_know_counts_for_those_only() -> None:
    runtime = house()
    stories = ("De soep is koud.", "De was is zoek.", "Niemand belt terug.")
    dossiers = [
        open_by_web(runtime, f"2026-05-1{day} 10:00", uiteenzetting=story).dossier
        for day, story in enumerate(stories[:2])
    ]
    for dossier in dossiers:
        level(runtime, dossier, "streng", "2026-05-12 11:00")
    third = open_by_web(runtime, "2026-05-13 10:00", uiteenzetting=stories[2]).dossier
    opened = look(runtime, third, NOW, "koen")
    assert related(runtime, opened, account(runtime, "koen"), NOW) == []
    assert not opened.decision.flags
    assert not set(dossiers) & set(repr(opened).split("'"))
    assert [flag.because for flag in look(runtime, third, NOW, "els").decision.flags] == ["Herhaald"]


# Messages, and who handles it


def told(runtime: Runtime, dossier: str) -> set[str]:
    messages = look(runtime, dossier, at("2026-09-01 09:00")).messages
    return {to.partition("@")[0] for message in messages for to in message.recipients}


def test_messages_reach_only_those_for_whom_it_exists() -> None:
    runtime = house()
    dossier = kept(runtime)
    for day in range(60):
        sweep(runtime, at("2026-05-13 06:00") + timedelta(days=day))
    assert told(runtime, dossier) <= STRICT
    assert "els" in told(runtime, dossier), "the deputy of who is responsible, and may know"


def test_a_message_that_waits_does_not_go_to_who_lost_sight_in_between() -> None:
    runtime = house()
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    sweep(runtime, at("2026-06-30 06:00"))
    before = told(runtime, dossier)
    level(runtime, dossier, "streng", "2026-06-30 09:00")
    post = PaperPost()
    deliver(runtime, post, lambda: at("2026-06-30 10:00"))
    assert not before <= STRICT
    assert {to.partition("@")[0] for to in post.addresses} <= STRICT


def test_what_did_not_go_out_tells_nothing_of_it() -> None:
    runtime = house()
    kept(runtime)
    sweep(runtime, at("2026-06-30 06:00"))
    deliver(runtime, PaperPost(down=True), lambda: at("2026-06-30 07:00"))
    accounts = [account(runtime, name) for name in sorted(EVERYONE)]
    with reading_projection(runtime) as register:
        seeing = {one.name for one in accounts if undelivered_for(runtime, register, one, NOW)}
    assert seeing == STRICT


def test_it_cannot_be_given_to_who_may_not_know_of_it() -> None:
    runtime = house()
    dossier = kept(runtime)
    assert {one.name for one in look(runtime, dossier, NOW, "els").candidates} == STRICT
    with pytest.raises(RefusedError):
        assign(runtime, Assigning(dossier, "koen", "els"), NOW)


def test_it_can_be_given_to_anyone_where_handling_it_is_enough() -> None:
    runtime = house()
    dossier = kept(runtime, "beperkt")
    assert {one.name for one in look(runtime, dossier, NOW, "els").candidates} == EVERYONE


def test_a_handler_who_may_no_longer_know_of_it_loses_it_and_the_role_hears() -> None:
    runtime = house()
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    assign(runtime, Assigning(dossier, "koen", "koen"), at("2026-05-12 10:30"))
    level(runtime, dossier, "streng")
    opened = look(runtime, dossier, NOW)
    assert opened.dossier.handler == ""
    taken = [event for event in opened.events if event.kind is EventKind.ASSIGNED][-1]
    assert (taken.actor, taken.data["before"]) == ("gehoor", "koen")
    assert opened.messages[-1].recipients == ("els@delinde.example",)


@pytest.mark.parametrize("swept", [False, True])
def test_a_handler_whose_role_goes_loses_it_too(swept: bool) -> None:
    """At once with the change; and by the sweep, whatever made that they may no longer know of it."""
    runtime = house()
    staff(runtime, "eva", "kwaliteitscoordinator")
    dossier = kept(runtime)
    assign(runtime, Assigning(dossier, "eva", "els"), at("2026-05-12 12:00"))
    if swept:
        staff(runtime, "eva", "onthaal")
        assert look(runtime, dossier, NOW).dossier.handler == "eva"
        sweep(runtime, NOW)
    else:
        role = "de-linde/beukenhof:kwaliteitscoordinator"
        change_account(runtime, AccountChange("eva", fewer=(role,)), Operator("beheer"), NOW)
    opened = look(runtime, dossier, NOW)
    assert opened.dossier.handler == ""
    assert opened.messages[-1].recipients == ("els@delinde.example",)
    assert not on_a_page(runtime, "eva", dossier)


def test_who_is_away_still_sees_it_and_so_does_who_acts_for_them() -> None:
    runtime = house()
    dossier = kept(runtime)
    away = {"from_at": "2026-05-13T00:00:00.000000Z", "until_at": "", "deputy": "koen"}
    with writing(runtime.store) as register:
        els = register.account("els")
        assert els is not None
        register.save_account(replace(els, absences=(away,)))
    with reading(runtime.store) as register:
        acting = runtime.staff.of(register, NOW).accounts["koen"]
    assert dossier_for(runtime, acting, dossier, NOW)
    assert search(runtime, acting, "pyjama", NOW).total == 1
    assert work_list(runtime, acting, NOW).total == 1
    assert in_lists(runtime, "els", dossier)
    assert not on_a_page(runtime, "ria", dossier)
