"""Whatever rows are damaged, and copied and put back: nobody comes to anything that they did not come to before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from random import Random

import pytest

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.core.dossier.events import BrokenChainError
from gehoor.services.access.authorisation import Operator
from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.accounts.accounts import sign_in
from gehoor.services.backups.backup import Backup
from gehoor.services.backups.restore import restore
from gehoor.services.dossiers.viewing import look
from gehoor.services.intake.ending import end
from gehoor.services.jobs.sweep import sweep
from gehoor.services.maintenance.repair import repair
from gehoor.services.maintenance.verify import verify
from gehoor.services.ports.records import SecondStep
from gehoor.services.ports.store import StoreUnavailableError
from gehoor.services.records.ledger_entries import HOW
from gehoor.services.records.left_out import leave_out, snapshot
from gehoor.services.records.proposal_records import UnknownProposalError
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.library import Library, NothingPublishedError
from gehoor.services.register.register import UnknownDossierError, reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import StaffDirectory
from gehoor.services.search.search import search
from gehoor.services.search.worklist import work_list
from tests.scenarios.access.test_confidentiality import NOW, house, kept
from tests.support.de_linde import fill, new_runtime, open_by_phone, publish_change, staff
from tests.support.faults import Tell
from tests.support.passwords import QuickHasher
from tests.support.site import PASSWORD
from tests.support.workbench import proposed_by_operator

PEOPLE = ("els", "koen", "koen2", "ria", "dirk", "an")
ABOUT = {"voorwerp": "persoon", "aangeklaagde_medewerkers": ["koen2"]}
CLOSED = (
    UnknownDossierError,
    UnknownProposalError,
    NothingPublishedError,
    BrokenChainError,
    StoreUnavailableError,
)


@cache
def lines() -> tuple[bytes, ...]:
    """A register in which much is closed to somebody: by level, by what it is about, by an end, by what came after."""
    runtime = replace(house(MemoryStore(SCHEMAS)), library=Library())
    staff(runtime, "koen2", "teamverantwoordelijke")
    change_account(runtime, AccountChange("koen2", same_person_as="koen"), Operator("beheer"), NOW)
    kept(runtime, "streng")
    fill(runtime, kept(runtime, "normaal"), "2026-05-12 12:00", actor="els", **ABOUT)
    fill(runtime, kept(runtime, "normaal"), "2026-05-12 12:00", actor="els", vertrouwelijkheid="beperkt")
    open_by_phone(runtime, "2026-05-12 13:00")
    publish_change(
        runtime, lambda document: document.update(languages=["nl"]), "2026-05-12 13:00", "eikenrode"
    )
    end(runtime, ("de-linde", "eikenrode"), NOW, "directie")
    proposed_by_operator(runtime, "2026-05-12 14:00")
    with writing(runtime.store) as register:
        register.save_second_step(SecondStep("dirk", "geheim", "2026-05-12T12:00:00.000000Z", confirmed=True))
    sweep(runtime, NOW)
    return tuple(Backup(runtime.store, NOW).lines())


def put_back(copy: tuple[bytes, ...]) -> Runtime:
    store = MemoryStore(SCHEMAS)
    restore(store, copy)
    return replace(new_runtime(store), library=Library(), staff=StaffDirectory())


def opened(runtime: Runtime) -> Iterator[tuple[str, str, str]]:
    """Give all that somebody comes to: in which way, who, and what."""
    with reading(runtime.store) as register:
        accounts = {one.name: one for one in register.accounts()}
    for name in sorted(accounts.keys() & set(PEOPLE)):
        for dossier in ("dossier-1", "dossier-2", "dossier-3", "dossier-4"):
            with suppress(*CLOSED):
                look(runtime, dossier, NOW, name)
                yield "page", name, dossier
        with suppress(*CLOSED):
            for line in work_list(runtime, accounts[name], NOW).lines:
                yield "list", name, line.summary.id
        with suppress(*CLOSED):
            for hit in search(runtime, accounts[name], "pyjama", NOW).hits:
                yield "search", name, hit.summary.id
    for department in ("beukenhof", "eikenrode"):
        with reading(runtime.store) as register, suppress(*CLOSED):
            found = runtime.library.in_force(register, "de-linde", department, NOW)
            yield "in force", department, found.hash
    with reading(runtime.store) as register:
        for key, document in [*register.tables.scan("proposals")]:
            with suppress(*CLOSED):
                proposal = register.proposal(key)
                yield "proposal", key, f"{proposal.version} {proposal.tree} {sorted(proposal.agreed)}"
            assert document is None or document["id"] == key
    for name in ("dirk", "els"):
        with suppress(*CLOSED):
            token = sign_in(runtime, QuickHasher(), name, PASSWORD, NOW)
            with reading(runtime.store) as register:
                step = register.second_step(name)
            if token and step is None:
                yield "password alone", name, ""


def damaged(runtime: Runtime, chance: Random) -> list[tuple[str, str]]:
    """Have a few rows be damaged: as they read after a copy that did without them."""
    with snapshot(runtime.store) as tables:
        rows = {table: [key for key, _ in tables.scan(table)] for table in HOW}
    among = [table for table in rows if rows[table]]
    chosen = [(table, chance.choice(rows[table])) for table in chance.choices(among, k=chance.randint(1, 4))]
    with runtime.store.transaction() as tables:
        for table, key in chosen:
            tables.delete(table, key)
            leave_out(tables, table, key)
    return chosen


@pytest.mark.parametrize("tries", [12, pytest.param(600, marks=pytest.mark.soak)])
def test_nobody_comes_to_more_by_way_of_a_copy(tries: int, fault: Tell) -> None:
    before = set(opened(put_back(lines())))
    assert ("page", "koen", "dossier-2") not in before
    assert ("page", "els", "dossier-2") in before
    count = 0
    for seed in range(tries):
        runtime = put_back(lines())
        chosen = damaged(runtime, Random(seed))
        again = put_back(tuple(Backup(runtime.store, NOW).lines()))
        for mended in (False, True):
            if mended:
                repair(again, NOW)
            more = set(opened(again)) - before
            assert not more, (seed, chosen, mended, more)
        told = {(one.table, one.key) for one in verify(again.store).findings}
        assert told or not {table for table, _ in chosen} & {
            "events",
            "accounts",
            "publications",
            "agreements",
        }
        count += len(chosen)
    fault("rows damaged, copied and put back", count, "opened to somebody who did not come to it before")
