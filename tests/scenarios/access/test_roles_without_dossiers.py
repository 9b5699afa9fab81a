"""A role that is about no dossiers: whoever has no other role meets none, by whatever way they look."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.core.agreement.actions import WITHOUT_DOSSIERS, Action
from gehoor.services.access.authorisation import NotAllowedError, Operator
from gehoor.services.access.matrix import Grant, matrix
from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.dossiers import handing_back
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.dossiers.break_glass import Emergency, break_glass
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.dossiers.opening import open_dossier
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.reindex import reindex
from gehoor.services.jobs.sweep import sweep
from gehoor.services.ports.store import Store
from gehoor.services.recording.answers import RefusedError
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.duplicate_detection import earlier
from gehoor.services.search.worklist import work_list
from gehoor.services.search.worklist_filters import Tab, Wish
from tests.scenarios.access.test_confidentiality import WAYS, account, told
from tests.support.clock import at
from tests.support.de_linde import PHONE, fill, new_runtime, open_by_phone, open_by_web, publish_change, staff
from tests.support.site import new_site

NOW = at("2026-05-13 12:00")
PERSONNEL = "personeelsdienst"


def with_personnel(document: dict[str, Any]) -> None:
    """Agree a role that manages accounts, may do what everybody may, and sees no dossiers."""
    document["roles"][PERSONNEL] = {"name": "Personeelsdienst", "dossiers": False}
    document["rights"]["manage-accounts"] = [PERSONNEL]


def house(store: Store | None = None, *, change: Any = with_personnel) -> Runtime:
    """Beukenhof with a coordinator (els), the desk (ria), and somebody who looks after accounts (piet)."""
    runtime = new_runtime(store)
    publish_change(runtime, change, "2026-05-01 09:00")
    for name, role in (("els", "kwaliteitscoordinator"), ("ria", "onthaal"), ("piet", PERSONNEL)):
        staff(runtime, name, role)
    return runtime


def seeing(runtime: Runtime, way: str, dossier: str) -> set[str]:
    return {name for name in ("els", "ria", "piet") if WAYS[way](runtime, name, dossier)}


def _renamed(document: dict[str, Any]) -> None:
    """The role of personnel goes by another name from now on; the account keeps the one of before."""
    with_personnel(document)
    document["roles"]["hr"] = document["roles"].pop(PERSONNEL)
    document["rights"]["manage-accounts"] = ["hr"]


def _without_personnel(document: dict[str, Any]) -> None:
    document["rights"].pop("manage-accounts", None)


@pytest.mark.parametrize("way", WAYS)
def test_a_role_that_is_no_more_opens_nothing(way: str) -> None:
    runtime = house()
    publish_change(runtime, _renamed, "2026-05-11 09:00")
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    assert "piet" not in seeing(runtime, way, dossier)


@pytest.mark.parametrize("way", WAYS)
def test_a_role_that_an_earlier_agreement_does_not_know_opens_nothing_of_then(way: str) -> None:
    runtime = house(change=_without_personnel)
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    publish_change(runtime, with_personnel, "2026-05-12 11:00")
    assert "piet" not in seeing(runtime, way, dossier)
    assert "els" in seeing(runtime, way, dossier)


@pytest.mark.parametrize("level", ["", "normaal", "beperkt", "streng"])
@pytest.mark.parametrize("way", WAYS)
def test_no_dossier_of_any_level_exists_for_who_has_only_such_a_role(way: str, level: str) -> None:
    runtime = house()
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    if level:
        fill(runtime, dossier, "2026-05-12 11:00", actor="els", vertrouwelijkheid=level)
    others = {"els", "ria"} if level in ("", "normaal") else {"els"}
    assert seeing(runtime, way, dossier) == others
    reindex(runtime, NOW)
    assert seeing(runtime, way, dossier) == others, "made again, it is the same"


def test_it_is_so_in_a_register_in_a_file_too(tmp_path: Any) -> None:
    store = TinyDBStore(tmp_path / "register.db", SCHEMAS)
    runtime = house(store)
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    assert {way: seeing(runtime, way, dossier) for way in WAYS} == {way: {"els", "ria"} for way in WAYS}
    store.close()


def test_every_list_and_every_number_is_empty() -> None:
    runtime = house()
    for _ in range(3):
        open_by_phone(runtime, "2026-05-12 10:00")
    for tab in Tab:
        listed = work_list(runtime, account(runtime, "piet"), NOW, Wish(tab))
        assert (listed.total, len(listed.lines), set(listed.counts.values())) == (0, 0, {0})


def test_another_role_counts_as_ever_and_at_once() -> None:
    runtime = house()
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    role = "de-linde/beukenhof:onthaal"
    change_account(runtime, AccountChange("piet", more=(role,)), Operator("beheer"), NOW)
    assert "piet" in seeing(runtime, "lists", dossier) & seeing(runtime, "page", dossier)
    change_account(runtime, AccountChange("piet", fewer=(role,)), Operator("beheer"), NOW)
    assert "piet" not in seeing(runtime, "lists", dossier) | seeing(runtime, "page", dossier)


def test_it_cannot_be_given_a_dossier_not_even_where_handling_it_is_enough() -> None:
    runtime = house()
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    for level in ("normaal", "beperkt"):
        fill(runtime, dossier, "2026-05-12 11:00", actor="els", vertrouwelijkheid=level)
        assert "piet" not in {one.name for one in look(runtime, dossier, NOW, "els").candidates}
        with pytest.raises(RefusedError):
            assign(runtime, Assigning(dossier, "piet", "els"), NOW)


@pytest.mark.parametrize("many", [1, 5000], ids=["of very many", "of a few"])
def test_who_handled_it_and_has_only_such_a_role_now_gives_it_back(
    monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(handing_back, "_MANY_DOSSIERS", many)
    runtime = house()
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    fill(runtime, dossier, "2026-05-12 11:00", actor="els", vertrouwelijkheid="beperkt")
    assign(runtime, Assigning(dossier, "ria", "els"), NOW)
    more, fewer = f"de-linde/beukenhof:{PERSONNEL}", "de-linde/beukenhof:onthaal"
    change_account(runtime, AccountChange("ria", more=(more,), fewer=(fewer,)), Operator("beheer"), NOW)
    assert not WAYS["page"](runtime, "ria", dossier)
    sweep(runtime, at("2026-05-14 06:00"))
    assert look(runtime, dossier, at("2026-05-14 07:00")).dossier.handler != "ria"


def test_it_registers_nothing_and_opens_nothing_in_an_emergency() -> None:
    def named_for_it(document: dict[str, Any]) -> None:
        with_personnel(document)
        document["rights"]["break-glass"] = [PERSONNEL]

    runtime = house(change=named_for_it)
    opened = open_by_phone(runtime, "2026-05-12 10:00")
    with pytest.raises(NotAllowedError):
        open_dossier(runtime, Opening("de-linde", "beukenhof", "dossier", PHONE, "k", actor="piet"), NOW)
    wanted = Emergency(("de-linde", "beukenhof"), opened.number, "piet", "Ik wil het weten")
    with pytest.raises(NotAllowedError):
        break_glass(runtime, wanted, NOW)


def test_no_message_about_a_dossier_reaches_it() -> None:
    runtime = house()
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    sweep(runtime, at("2026-08-01 06:00"))
    assert told(runtime, dossier)
    assert "piet" not in told(runtime, dossier)


def test_its_pages_have_no_dossier_and_it_manages_accounts_all_the_same() -> None:
    runtime = house()
    dossier = open_by_phone(runtime, "2026-05-12 10:00")
    visitor = new_site("2026-05-13 12:00", runtime).staff("rita", PERSONNEL)
    assert visitor.get(f"/medewerker/dossiers/{dossier.dossier}").status_code == 404
    assert dossier.number not in visitor.page("/medewerker/").text
    assert visitor.page("/medewerker/beheer").text.count("piet")


def test_who_works_elsewhere_hears_of_earlier_dossiers_as_before() -> None:
    runtime = house()
    open_by_phone(runtime, "2026-05-12 10:00")
    publish_change(runtime, with_personnel, "2026-05-01 09:00", "eikenrode")
    staff(runtime, "karel", "de-linde/eikenrode:onthaal")
    given = {"klager_naam": "Peeters", "klager_telefoon": "0470 12 34 56", "anoniem": "nee"}
    with reading(runtime.store) as register:
        there = runtime.library.in_force(register, "de-linde", "eikenrode", NOW)
    found = earlier(runtime, there, account(runtime, "karel"), given, NOW)
    assert (found.named, found.others) == ((), 1)


def test_a_repeated_complaint_is_marked_where_a_role_has_no_dossiers() -> None:
    runtime = house()
    stories = ("De soep is koud.", "De was is zoek.", "Niemand belt terug.")
    *_, third = (
        open_by_web(runtime, f"2026-05-1{day} 10:00", uiteenzetting=story).dossier
        for day, story in enumerate(stories)
    )
    assert [flag.because for flag in look(runtime, third, NOW, "ria").decision.flags] == ["Herhaald"]


def test_the_matrix_says_it_too() -> None:
    runtime = house()
    with reading(runtime.store) as register:
        agreement = runtime.library.in_force(register, "de-linde", "beukenhof", NOW)
    cells = [cell for cell in matrix(agreement) if cell.role == PERSONNEL]
    allowed = {cell.action for cell in cells if cell.grant is not Grant.NO}
    assert Action.MANAGE_ACCOUNTS in allowed
    assert allowed <= WITHOUT_DOSSIERS
