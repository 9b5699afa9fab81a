"""Damaged rows of agreements and proposals: until they are mended nobody publishes, and everybody reads on."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from gehoor.adapters.stores.sql import damage
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.services.maintenance.repair import repair
from gehoor.services.ports.store import DamagedError
from gehoor.services.proposals.bringing_in import Wanted, publish_proposal
from gehoor.services.proposals.changing import Edit, change_files, found_organisation
from gehoor.services.proposals.discussing import agree
from gehoor.services.proposals.looking import proposals
from gehoor.services.proposals.rights import MayNotError, making_rights
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.library import Library
from gehoor.services.register.register import reading
from gehoor.web.request.site import open_workbench
from tests.support.clock import at
from tests.support.site import Site, new_site
from tests.support.workbench import LENGTH, LINDE, TERMS, WORKPLACE, begun, files, replaced, with_agreements

NOW = at("2026-05-12 14:00")
OF_EIKENRODE = (
    "key = (SELECT json_extract(body, '$.agreement') FROM publications WHERE key LIKE 'de-linde/eikenrode/%')"
)


@pytest.fixture(scope="module")
def drafter() -> Iterator[ConfinedDrafter]:
    found = ConfinedDrafter()
    yield found
    found.workers.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


@pytest.fixture
def site(file: Path, drafter: ConfinedDrafter, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(damage, "_reported", set())
    logging.getLogger("gehoor").setLevel(logging.CRITICAL)
    runtime = with_agreements(drafter, store=TinyDBStore(file, SCHEMAS))
    found = new_site("2026-05-12 14:00", runtime)
    open_workbench(found.app, drafter, None)
    yield found
    runtime.store.close()
    logging.getLogger("gehoor").setLevel(logging.NOTSET)


def hurt(site: Site, file: Path, table: str, where: str = "1") -> None:
    with closing(sqlite3.connect(file)) as connection:
        changed = connection.execute(f'UPDATE "{table}" SET crc = crc + 1 WHERE {where}')
        assert changed.rowcount
        connection.commit()
    # Another process, which read nothing yet.
    object.__setattr__(site.runtime, "library", Library())


def test_of_a_department_that_cannot_be_read_nobody_publishes_or_approves(
    site: Site, file: Path, drafter: ConfinedDrafter
) -> None:
    els = site.staff("els", "de-linde/*:kwaliteitscoordinator")
    site.add_staff("dirk", "de-linde/*:algemeen-directeur")
    seen = replaced(site.runtime, begun(site.runtime), TERMS, LENGTH, "binnen: 3 werkdagen")
    agree(site.runtime, seen.id, seen.tree, "dirk", NOW)
    hurt(site, file, "publications", "key LIKE 'de-linde/eikenrode/%'")
    with reading(site.runtime.store) as register:
        rights = making_rights(site.runtime, register, LINDE, "els", NOW)
    assert rights.damaged == {"eikenrode"}
    with pytest.raises((MayNotError, DamagedError)):
        publish_proposal(site.runtime, drafter, Wanted(seen.id, seen.tree), "els", NOW)
    with pytest.raises((MayNotError, DamagedError)):
        change_whole_organisation(site, seen.id, seen.tree)
    for place in ("", "/bewerken", "/lezen", "/afspreken", "/geschiedenis"):
        answer = els.get(f"{WORKPLACE}/voorstel/{seen.id}{place}")
        assert answer.status_code == 200, place
        assert "zijn beschadigd (eikenrode)" in answer.text


def change_whole_organisation(site: Site, proposal: str, tree: str) -> None:
    change_files(site.runtime, Edit(proposal, tree, {TERMS: b"taal: nl\n"}), "els", NOW)


@pytest.mark.share(2)
@pytest.mark.parametrize(
    "table", ["sources", "source_trees", "proposals", "proposal_log", "publications", "settings"]
)
def test_the_workbench_says_so_and_never_breaks(site: Site, file: Path, table: str) -> None:
    els = site.staff("els", "de-linde/*:kwaliteitscoordinator")
    seen = replaced(site.runtime, begun(site.runtime), TERMS, LENGTH, "binnen: 3 werkdagen")
    some = {"settings": "key LIKE 'sources/%'", "publications": "key LIKE 'de-linde/eikenrode/%'"}
    hurt(site, file, table, some.get(table, "1"))
    assert els.get(WORKPLACE).status_code == 200
    for place in ("", "/bewerken", "/afspreken"):
        answer = els.get(f"{WORKPLACE}/voorstel/{seen.id}{place}")
        assert answer.status_code == 200 or "beschadigd" in answer.text


def test_of_which_agreement_is_damaged_the_list_of_what_is_agreed_says_the_rest(
    site: Site, file: Path
) -> None:
    els = site.staff("els", "de-linde/*:kwaliteitscoordinator")
    hurt(site, file, "agreements", OF_EIKENRODE)
    assert els.get(f"{WORKPLACE}/stand/{LINDE}").status_code == 200


def test_versions_that_are_sound_are_compared(site: Site, file: Path) -> None:
    els = site.staff("els", "de-linde/*:kwaliteitscoordinator")
    seen = begun(site.runtime)
    hurt(site, file, "agreements", OF_EIKENRODE)
    assert els.get(f"{WORKPLACE}/voorstel/{seen.id}/vergelijken").status_code == 200


@pytest.mark.parametrize("table", ["sources", "source_trees", "proposal_log"])
def test_what_cannot_be_read_is_neither_agreed_nor_published(
    site: Site, file: Path, drafter: ConfinedDrafter, table: str
) -> None:
    for name, role in (("els", "kwaliteitscoordinator"), ("dirk", "algemeen-directeur")):
        site.add_staff(name, f"de-linde/*:{role}")
    seen = replaced(site.runtime, begun(site.runtime), TERMS, LENGTH, "binnen: 3 werkdagen")
    hurt(site, file, table)
    with pytest.raises(DamagedError):
        agree(site.runtime, seen.id, seen.tree, "dirk", NOW)
    with pytest.raises(DamagedError):
        publish_proposal(site.runtime, drafter, Wanted(seen.id, seen.tree), "els", NOW)


def test_which_files_are_in_force_also_follows_from_what_was_published(site: Site, file: Path) -> None:
    with reading(site.runtime.store) as register:
        before = register.tree_in_force(LINDE)
    hurt(site, file, "settings", "key LIKE 'sources/%'")
    with reading(site.runtime.store) as register:
        assert register.tree_in_force(LINDE) == before
    assert ("settings", f"sources/{LINDE}") in repair(site.runtime, NOW).replaced
    with reading(site.runtime.store) as register:
        assert register.setting(f"sources/{LINDE}") == before


def test_what_lists_show_of_a_proposal_is_made_again(site: Site, file: Path) -> None:
    site.add_staff("els", "de-linde/*:kwaliteitscoordinator")
    seen = begun(site.runtime)
    before = proposals(site.runtime, "els", NOW)
    hurt(site, file, "proposals")
    assert proposals(site.runtime, "els", NOW) == []
    assert ("proposals", seen.id) in repair(site.runtime, NOW).replaced
    assert proposals(site.runtime, "els", NOW) == before


def test_bringing_the_files_in_again_mends_them(site: Site, file: Path) -> None:
    site.add_staff("els", "de-linde/*:kwaliteitscoordinator")
    hurt(site, file, "sources")
    hurt(site, file, "source_trees")
    made = found_organisation(site.runtime, LINDE, "Zoals in de map", files(), "els", NOW)
    with reading(site.runtime.store) as register:
        assert register.sources(made.tree) == files()


def test_what_does_not_add_up_is_damaged(site: Site) -> None:
    site.add_staff("els", "de-linde/*:kwaliteitscoordinator")
    seen = begun(site.runtime)
    with site.runtime.store.transaction() as tables:
        (row,) = tables.select("proposal_log", where={"proposal": seen.id})
    for deed in ("undone", "unheard-of", "changed"):
        with site.runtime.store.transaction() as tables:
            tables.put("proposal_log", f"{seen.id}/000002", {**row, "sequence": 2, "deed": deed, "data": {}})
        with reading(site.runtime.store) as register, pytest.raises(DamagedError):
            register.proposal(seen.id)
