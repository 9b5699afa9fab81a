"""A damaged entry of who looked, or of what was done with an account, holds nothing up: what follows is written, it can
be given up with a reason, and a dossier that need not be kept is anonymised."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

import pytest

from gehoor.core.access.account_log import Deed, Done
from gehoor.services.access.access_log import log_access
from gehoor.services.backups.backup import Backup
from gehoor.services.backups.restore_damaged import restore_damaged
from gehoor.services.maintenance.giving_up import give_up
from gehoor.services.maintenance.repair import repair
from gehoor.services.maintenance.verify import verify
from gehoor.services.records.left_out import leave_out
from gehoor.services.register.recent_accesses import RecentAccesses
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.retention.approval import approve
from gehoor.services.retention.carrying_out import carry_out
from gehoor.services.retention.survey import survey
from tests.support.clock import at
from tests.support.de_linde import staff
from tests.support.retention import closed_complaint, keeping_de_linde

NOW = at("2026-06-20 12:00")
LATER = at("2031-06-11 09:00")
WHY = "In geen kopie stond het nog."
DAYS = (14, 15, 16)


@pytest.fixture
def runtime() -> Runtime:
    runtime = keeping_de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    closed_complaint(runtime)
    return runtime


def looked(runtime: Runtime, *days: int) -> list[str]:
    """Have els look on days of June; return the keys of all that is in the log."""
    runtime = replace(runtime, recent_accesses=RecentAccesses())
    for day in days:
        log_access(runtime, "dossier-1", "els", "page", at(f"2026-06-{day} 09:00"), "Europe/Brussels")
    with reading(runtime.store) as register:
        return [key for key, document in register.tables.scan("access_log") if document is not None]


def lost(runtime: Runtime, table: str, key: str) -> None:
    with runtime.store.transaction() as tables:
        tables.delete(table, key)
        leave_out(tables, table, key)


@pytest.mark.parametrize("entries", [1, 3])
@pytest.mark.parametrize("place", [0, -1])
def test_who_looks_afterwards_is_logged(runtime: Runtime, entries: int, place: int) -> None:
    keys = looked(runtime, *DAYS[:entries])
    lost(runtime, "access_log", keys[place])
    assert len(looked(runtime, 17, 18)) == entries + 1
    findings = verify(runtime.store).findings
    assert [(one.table, one.key) for one in findings] == [("access_log", keys[place])]


@pytest.mark.parametrize("after", [True, False], ids=["somebody looked since", "nobody did"])
@pytest.mark.parametrize("entries", [1, 3])
@pytest.mark.parametrize("place", [0, -1, 1])
def test_any_entry_can_be_given_up(runtime: Runtime, entries: int, place: int, after: bool) -> None:
    keys = looked(runtime, *DAYS[:entries])
    lost_one = keys[place % len(keys)]
    lost(runtime, "access_log", lost_one)
    if after:
        looked(runtime, 17)
    give_up(runtime, "access_log", lost_one, WHY, NOW)
    looked(runtime, 18, 19)
    repair(runtime, NOW)
    found = verify(runtime.store)
    assert (found.findings, found.reasons) == ([], {"access_log/dossier-1": WHY})
    with reading(runtime.store) as register:
        assert len(register.access_log("dossier-1")) == entries + 1 + after


def test_what_comes_back_from_a_copy_stands_before_what_was_logged_since(runtime: Runtime) -> None:
    keys = looked(runtime, *DAYS)
    copy = list(Backup(runtime.store, NOW).lines())
    lost(runtime, "access_log", keys[-1])
    looked(runtime, 17, 18)
    restore_damaged(runtime.store, lambda: nullcontext(copy))
    assert verify(runtime.store).findings == []
    with reading(runtime.store) as register:
        assert [one.at[8:10] for one in register.access_log("dossier-1")] == ["14", "15", "16", "17", "18"]


@pytest.mark.parametrize("place", [0, -1])
def test_a_dossier_is_anonymised_and_one_hears_what_could_not_be_read(runtime: Runtime, place: int) -> None:
    keys = looked(runtime, *DAYS)
    lost(runtime, "access_log", keys[place])
    survey(runtime, LATER)
    approve(runtime, ["dossier-1"], "els", LATER)
    done = carry_out(runtime, None, LATER)
    assert (done.done, done.unread, done.failed) == (["BEU-2026-0001"], ["BEU-2026-0001"], {})
    with reading(runtime.store) as register:
        assert [key for key, _ in register.tables.scan("access_log")] == []
    assert verify(runtime.store).findings == []


@pytest.mark.parametrize("entries", [1, 3])
@pytest.mark.parametrize("place", [0, -1])
def test_of_what_was_done_with_an_account_any_entry_can_be_given_up_and_no_role_of_it_is_sure(
    runtime: Runtime, entries: int, place: int
) -> None:
    with writing(runtime.store) as register:
        for _ in range(entries):
            register.add_deed("els", Done(Deed.ADDED, came=("de-linde/beukenhof:onthaal",)), "beheer", NOW)
            keys = [one.key for one in register.account_log("els")]
    lost(runtime, "account_log", keys[place])
    give_up(runtime, "account_log", keys[place], WHY, NOW)
    with writing(runtime.store) as register:
        register.add_deed("els", Done(Deed.LEFT), "beheer", NOW)
    assert verify(runtime.store).findings == []
    with reading(runtime.store) as register:
        assert register.roles_once("els") is None
