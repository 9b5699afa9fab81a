"""A row that is gone closes what it kept closed, and keeps nobody from the rest: as one that is damaged does."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.bootstrap.readiness import probes
from gehoor.core.access.account_log import Deed, Done
from gehoor.services.access.authorisation import Operator
from gehoor.services.access.manned import is_open
from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.accounts.new_accounts import close_account
from gehoor.services.accounts.second_factor import take_away
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.reindex import reindex
from gehoor.services.jobs.sweep import sweep
from gehoor.services.maintenance.repair import repair
from gehoor.services.ports.store import DamagedError
from gehoor.services.projection.unlisted import unlisted
from gehoor.services.records.left_out import leave_out
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.library import Library
from gehoor.services.register.register import UnknownDossierError, reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.worklist import work_list
from tests.scenarios.access.test_confidentiality import NOW, account, house, kept
from tests.scenarios.accounts.test_second_factor import SIGN_IN, switched_on
from tests.support.de_linde import de_linde, fill, new_runtime, open_by_phone, publish_change, staff
from tests.support.site import PASSWORD, Site, new_site

GONE = "beukenhof"


def remove(runtime: Runtime, table: str, key: str = "") -> None:
    """Take a row of a table away, or all, as whoever loses part of a file does."""
    with writing(runtime.store) as register:
        for one, _document in [*register.tables.scan(table)]:
            if key in ("", one):
                register.tables.delete(table, one)


@pytest.fixture
def site() -> Site:
    """Two departments, of which the agreement of one is gone."""
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    with reading(runtime.store) as register:
        lost = register.publications("de-linde", GONE)[-1].agreement
    remove(runtime, "agreements", lost)
    return new_site(runtime=replace(runtime, library=Library()))


@pytest.mark.parametrize("path", ["/", "/volgen", "/medewerker/aanmelden", "/de-linde/eikenrode/"])
def test_of_an_agreement_that_is_gone_the_other_departments_notice_nothing(site: Site, path: str) -> None:
    assert site.visitor().get(path).status_code == 200


def test_its_own_department_says_that_something_is_damaged(site: Site) -> None:
    assert site.visitor().get(f"/de-linde/{GONE}/").status_code == 500


@pytest.mark.parametrize("path", ["/medewerker/", "/medewerker/zoeken?q=bel", "/medewerker/taken/"])
def test_who_works_elsewhere_works_on(site: Site, path: str) -> None:
    visitor = site.staff("ria", "de-linde/eikenrode:onthaal")
    assert visitor.get(path).status_code == 200


def test_the_website_is_ready_for_the_others(site: Site, tmp_path: Path) -> None:
    (tmp_path / "register.db").touch()
    assert probes(site.runtime, tmp_path / "register.db")["agreements"]() is None


def test_confidential_dossiers_stay_out_of_lists_when_what_they_ask_is_gone() -> None:
    runtime = house()
    kept(runtime)
    sweep(runtime, NOW)
    remove(runtime, "clearances")
    assert work_list(runtime, account(runtime, "ria"), NOW).lines == ()


def test_and_when_their_own_line_about_it_is_gone() -> None:
    runtime = house()
    dossier = kept(runtime)
    sweep(runtime, NOW)
    remove(runtime, "confidential")
    with reading(runtime.store) as register:
        assert register.clearance_key(dossier) != ""


def test_a_dossier_is_in_no_list_of_whom_it_is_about_when_that_row_is_gone() -> None:
    runtime = house()
    kept(runtime, "normaal", voorwerp="persoon", aangeklaagde_medewerkers=["koen"])
    sweep(runtime, NOW)
    remove(runtime, "exclusions")
    assert work_list(runtime, account(runtime, "koen"), NOW).lines == ()


def test_without_its_second_step_nobody_signs_in_to_an_account_that_had_one() -> None:
    site = new_site()
    switched_on(site)
    remove(site.runtime, "second_steps")
    assert site.visitor().send(SIGN_IN, naam="ria", wachtwoord=PASSWORD).status_code == 500


def test_until_whoever_manages_it_takes_it_away() -> None:
    site = new_site()
    switched_on(site)
    remove(site.runtime, "second_steps")
    assert take_away(site.runtime, "ria", Operator("beheer"), site.clock())
    assert (
        site.visitor().send(SIGN_IN, naam="ria", wachtwoord=PASSWORD).location != "/medewerker/aanmelden/code"
    )


def test_an_account_that_never_had_one_signs_in_by_its_password() -> None:
    site = new_site()
    site.staff()
    assert site.visitor().send(SIGN_IN, naam="ria", wachtwoord=PASSWORD).status_code == 303


ABOUT = {"voorwerp": "persoon", "aangeklaagde_medewerkers": ["koen"]}


@pytest.fixture
def twins(tmp_path: Path) -> Path:
    """Koen has two accounts, and a dossier is about him; the row of one of them is damaged."""
    file = tmp_path / "register.db"
    runtime = house(TinyDBStore(file, SCHEMAS))
    staff(runtime, "koen2", "teamverantwoordelijke")
    change_account(runtime, AccountChange("koen2", same_person_as="koen"), Operator("beheer"), NOW)
    kept(runtime, "normaal", **ABOUT)
    sweep(runtime, NOW)
    runtime.store.close()
    return file


@pytest.mark.parametrize(("damaged", "looking"), [("koen", "koen2"), ("koen2", "koen")])
def test_by_another_account_nobody_reads_what_is_about_them_while_the_one_is_damaged(
    twins: Path, damaged: str, looking: str
) -> None:
    with closing(sqlite3.connect(twins)) as connection:
        assert connection.execute("UPDATE accounts SET crc = crc + 1 WHERE key = ?", (damaged,)).rowcount == 1
        connection.commit()
    runtime = new_runtime(TinyDBStore(twins, SCHEMAS))
    with pytest.raises(UnknownDossierError):
        look(runtime, "dossier-1", NOW, looking)
    reindex(runtime, NOW)
    with reading(runtime.store) as register:
        assert looking in register.excluded_from("dossier-1")
    runtime.store.close()


def published_twice() -> Runtime:
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    publish_change(runtime, lambda document: document.update(languages=["nl"]), "2026-05-12 13:00")
    return runtime


@pytest.mark.parametrize("lost", ["de-linde/beukenhof/000001", "de-linde/beukenhof/000002"])
def test_what_a_lost_publication_took_the_place_of_does_not_hold_again(lost: str) -> None:
    runtime = published_twice()
    remove(runtime, "publications", lost)
    with reading(runtime.store) as register, pytest.raises(DamagedError):
        Library().in_force(register, "de-linde", "beukenhof", NOW)


def test_a_department_of_which_all_is_lost_is_damaged_and_not_forgotten() -> None:
    runtime = published_twice()
    for number in ("000001", "000002"):
        remove(runtime, "publications", f"de-linde/beukenhof/{number}")
    with reading(runtime.store) as register:
        assert ("de-linde", "beukenhof") in register.published_departments()
        with pytest.raises(DamagedError):
            register.publications("de-linde", "beukenhof")


@pytest.mark.parametrize("mended_by", ["publishing", "a repair"])
def test_how_many_there_were_is_known_again_where_what_says_so_was_damaged(mended_by: str) -> None:
    runtime = published_twice()
    with writing(runtime.store) as register:
        leave_out(register.tables, "settings", "publication-numbers")
    if mended_by == "publishing":
        publish_change(
            runtime, lambda document: document.update(languages=["nl"]), "2026-05-12 14:00", "eikenrode"
        )
    else:
        repair(runtime, NOW)
    remove(runtime, "publications", "de-linde/beukenhof/000002")
    with reading(runtime.store) as register, pytest.raises(DamagedError):
        register.publications("de-linde", "beukenhof")


@pytest.mark.parametrize(
    ("last", "shut_out"),
    [
        ({"vertrouwelijkheid": "streng"}, "koen"),
        (ABOUT, "koen"),
    ],
    ids=["level", "about them"],
)
def test_where_the_last_that_happened_is_gone_whom_it_shut_out_stays_out(
    last: dict[str, object], shut_out: str
) -> None:
    runtime = house()
    kept(runtime, "normaal")
    fill(runtime, "dossier-1", "2026-05-12 12:00", actor="els", **last)
    sweep(runtime, NOW)
    with reading(runtime.store) as register:
        lost = register.events("dossier-1")[-1].sequence
    remove(runtime, "events", f"dossier-1/{lost:06}")
    with pytest.raises(UnknownDossierError):
        look(runtime, "dossier-1", NOW, shut_out)
    assert look(runtime, "dossier-1", NOW, "els").dossier.version == lost - 1


def test_a_department_is_not_shut_because_an_account_is_damaged(twins: Path) -> None:
    with closing(sqlite3.connect(twins)) as connection:
        connection.execute("UPDATE accounts SET crc = crc + 1")
        connection.commit()
    runtime = new_runtime(TinyDBStore(twins, SCHEMAS))
    with reading(runtime.store) as register:
        agreement = runtime.library.in_force(register, "de-linde", "beukenhof", NOW)
    assert is_open(runtime, agreement, NOW)
    runtime.store.close()


def test_a_dossier_of_which_the_line_is_gone_is_named_by_every_sweep() -> None:
    runtime = house()
    kept(runtime, "normaal")
    assert sweep(runtime, NOW).failed == {}
    remove(runtime, "dossiers", "dossier-1")
    assert list(sweep(runtime, NOW).failed) == ["dossier-1"]


def test_it_is_named_also_while_what_changed_in_another_waits() -> None:
    runtime = house()
    kept(runtime, "normaal")
    other = open_by_phone(runtime, "2026-05-12 09:30").dossier
    sweep(runtime, NOW)
    remove(runtime, "dossiers", "dossier-1")
    fill(runtime, other, "2026-05-12 12:00", vertrouwelijkheid="streng")
    with reading(runtime.store) as register:
        assert unlisted(register) == ["dossier-1"]


def test_among_very_many_dossiers_it_is_looked_for_once_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gehoor.services.projection.unlisted._MANY", 1)
    runtime = house()
    kept(runtime, "normaal")
    open_by_phone(runtime, "2026-05-12 09:30")
    sweep(runtime, NOW)
    remove(runtime, "dossiers", "dossier-1")
    assert list(sweep(runtime, NOW + timedelta(minutes=59)).failed) == []
    assert list(sweep(runtime, NOW + timedelta(minutes=61)).failed) == ["dossier-1"]
    assert list(sweep(runtime, NOW + timedelta(minutes=62)).failed) == ["dossier-1"]
    repair(runtime, NOW)
    assert list(sweep(runtime, NOW + timedelta(minutes=63)).failed) == []


def test_a_dossier_that_waits_to_be_in_a_list_is_none_of_those() -> None:
    runtime = house()
    kept(runtime, "normaal")
    with reading(runtime.store) as register:
        assert unlisted(register) == []


def about_the_second_account(runtime: Runtime) -> None:
    staff(runtime, "koen2", "teamverantwoordelijke")
    change_account(runtime, AccountChange("koen2", same_person_as="koen"), Operator("beheer"), NOW)
    kept(runtime, "normaal", voorwerp="persoon", aangeklaagde_medewerkers=["koen2"])
    sweep(runtime, NOW)


def test_an_account_that_is_gone_is_of_that_person_still() -> None:
    runtime = house()
    about_the_second_account(runtime)
    with runtime.store.transaction() as tables:
        tables.delete("accounts", "koen2")
    after = new_runtime(runtime.store)
    with pytest.raises(UnknownDossierError):
        look(after, "dossier-1", NOW, "koen")
    reindex(after, NOW)
    assert work_list(after, account(after, "koen"), NOW).lines == ()


def test_accounts_of_before_they_said_so_of_each_other_learn_it_at_the_next_sign_in() -> None:
    site = new_site()
    site.staff("koen", "teamverantwoordelijke")
    site.staff("koen2", "teamverantwoordelijke")
    with writing(site.runtime.store) as register:
        for name in ("koen", "koen2"):
            of = register.account(name)
            assert of is not None
            register.save_account(replace(of, person="koen"))
    assert site.visitor().send(SIGN_IN, naam="koen2", wachtwoord=PASSWORD).status_code == 303
    for name in ("koen", "koen2"):
        assert account(site.runtime, name).alongside == ("koen", "koen2")


def damaged_account(runtime: Runtime, name: str) -> Runtime:
    with runtime.store.transaction() as tables:
        tables.delete("accounts", name)
        leave_out(tables, "accounts", name)
    return new_runtime(runtime.store)


@pytest.mark.parametrize("known", [True, False], ids=["its log says which", "nothing says which"])
def test_in_the_roles_of_an_account_that_is_damaged_no_deputy_acts(known: bool) -> None:
    runtime = house()
    kept(runtime)
    with reading(runtime.store) as register:
        director = register.account("an")
    assert director is not None
    if known:
        with writing(runtime.store) as register:
            register.add_deed("an", Done(Deed.ADDED, came=director.roles), "beheer", NOW)
    after = damaged_account(runtime, "an")
    with pytest.raises(UnknownDossierError):
        look(after, "dossier-1", NOW, "dirk")
    assert look(after, "dossier-1", NOW, "els").dossier.id == "dossier-1"


def test_where_nobody_has_that_role_any_more_and_no_account_is_damaged_the_deputy_does() -> None:
    runtime = house()
    kept(runtime)
    close_account(runtime, "an", Operator("beheer"), NOW)
    with writing(runtime.store) as register:
        register.add_deed("ria", Done(Deed.ADDED, came=("de-linde/beukenhof:onthaal",)), "beheer", NOW)
    # Of the desk it is known that it never was director.
    after = damaged_account(runtime, "ria")
    assert look(after, "dossier-1", NOW, "dirk").dossier.id == "dossier-1"
