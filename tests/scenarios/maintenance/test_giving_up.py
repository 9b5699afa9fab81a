"""What is damaged and in no copy any more is given up by whoever runs the server, with a reason: that is told ever
after, and opens nothing that it kept closed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gehoor.services.access.access_log import log_access
from gehoor.services.backups.backup import Backup
from gehoor.services.dossiers.viewing import look
from gehoor.services.maintenance.giving_up import NotGivenUpError, Refused, give_up
from gehoor.services.maintenance.repair import repair
from gehoor.services.maintenance.verify import verify
from gehoor.services.ports.store import DamagedError
from gehoor.services.projection.projection import project_pending
from gehoor.services.records.left_out import leave_out
from gehoor.services.register.codes_in_texts import TooLongError
from gehoor.services.register.library import EndedDepartmentError, Library
from gehoor.services.register.recent_accesses import RecentAccesses
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_phone, publish_change, staff
from tests.support.workbench import proposed_by_operator

NOW = at("2026-05-20 12:00")
WHY = "De schijf was stuk, en in geen kopie stond het nog."


@pytest.fixture
def runtime() -> Runtime:
    runtime = replace(de_linde(names=("beukenhof", "eikenrode")), library=Library())
    publish_change(runtime, lambda document: document.update(languages=["nl"]), "2026-05-12 13:00")
    staff(runtime, "els", "kwaliteitscoordinator")
    open_by_phone(runtime, "2026-05-12 14:00")
    for subject in ("Bel", "De bel"):
        fill(runtime, "dossier-1", "2026-05-13 14:00", onderwerp=subject)
    proposed_by_operator(runtime, "2026-05-14 09:00")
    project_pending(runtime)
    return runtime


def lost(runtime: Runtime, table: str, key: str) -> None:
    """Have something as it is after a copy that was made without it."""
    with runtime.store.transaction() as tables:
        tables.delete(table, key)
        leave_out(tables, table, key)


def last_of_proposal(runtime: Runtime) -> str:
    with reading(runtime.store) as register:
        return [key for key, _ in register.tables.scan("proposal_log")][-1]


def test_it_is_told_ever_after_with_the_reason(runtime: Runtime) -> None:
    lost(runtime, "accounts", "els")
    name = give_up(runtime, "accounts", "els", WHY, NOW).name
    repair(runtime, NOW)
    found = verify(runtime.store)
    assert found.findings == []
    assert ("ledger", name) in found.accepted
    assert found.reasons == {name: WHY}


def test_copies_are_whole_again(runtime: Runtime) -> None:
    lost(runtime, "accounts", "els")
    give_up(runtime, "accounts", "els", WHY, NOW)
    copy = Backup(runtime.store, NOW)
    assert list(copy.lines())
    assert copy.contents().left_out == ()


def test_a_department_of_which_a_publication_is_given_up_takes_nothing_in_until_one_publishes(
    runtime: Runtime,
) -> None:
    lost(runtime, "publications", "de-linde/beukenhof/000002")
    give_up(runtime, "publications", "de-linde/beukenhof/000002", WHY, NOW)
    with reading(runtime.store) as register, pytest.raises(EndedDepartmentError):
        runtime.library.in_force(register, "de-linde", "beukenhof", NOW)
    with reading(runtime.store) as register:
        assert runtime.library.in_force(register, "de-linde", "eikenrode", NOW)
    assert verify(runtime.store).findings == []
    publish_change(runtime, lambda document: document.update(languages=["nl"]), "2026-05-21 13:00")
    with reading(runtime.store) as register:
        assert runtime.library.in_force(register, "de-linde", "beukenhof", at("2026-05-22 12:00"))


def test_of_an_earlier_one_the_later_holds_on(runtime: Runtime) -> None:
    lost(runtime, "publications", "de-linde/beukenhof/000001")
    with reading(runtime.store) as register, pytest.raises(DamagedError):
        register.publications("de-linde", "beukenhof")
    give_up(runtime, "publications", "de-linde/beukenhof/000001", WHY, NOW)
    with reading(runtime.store) as register:
        assert runtime.library.in_force(register, "de-linde", "beukenhof", NOW)


def test_a_dossier_goes_on_without_its_last_events_that_are_given_up(runtime: Runtime) -> None:
    for number in ("000002", "000003"):
        lost(runtime, "events", f"dossier-1/{number}")
    for number in ("000003", "000002"):
        with pytest.raises(DamagedError):
            look(runtime, "dossier-1", NOW)
        give_up(runtime, "events", f"dossier-1/{number}", WHY, NOW)
    repair(runtime, NOW)
    assert look(runtime, "dossier-1", NOW).dossier.version == 1
    fill(runtime, "dossier-1", "2026-05-21 14:00", onderwerp="Opnieuw")
    fill(runtime, "dossier-1", "2026-05-21 15:00", onderwerp="En weer")
    project_pending(runtime)
    assert verify(runtime.store).findings == []


def test_a_proposal_of_which_the_last_is_given_up_is_thrown_away(runtime: Runtime) -> None:
    key = last_of_proposal(runtime)
    lost(runtime, "proposal_log", key)
    proposal = key.partition("/")[0]
    with reading(runtime.store) as register, pytest.raises(DamagedError):
        register.proposal(proposal)
    if key.endswith("000001"):
        pytest.skip("it has one entry")
    give_up(runtime, "proposal_log", key, WHY, NOW)
    repair(runtime, NOW)
    with reading(runtime.store) as register:
        assert not register.proposal(proposal).is_open
    assert verify(runtime.store).findings == []


@pytest.mark.parametrize(
    ("table", "key", "refused"),
    [
        ("events", "dossier-1/000002", Refused.NOT_LAST),
        ("events", "dossier-1/000001", Refused.NOT_LAST),
        ("dossiers", "dossier-1", Refused.MADE_AGAIN),
        ("agreements", "0" * 64, Refused.NEEDED),
        ("salts", "dossier-1", Refused.ACCEPTED),
    ],
)
def test_what_others_rest_on_is_not_given_up(
    runtime: Runtime, table: str, key: str, refused: Refused
) -> None:
    lost(runtime, table, key)
    with pytest.raises(NotGivenUpError) as error:
        give_up(runtime, table, key, WHY, NOW)
    assert error.value.refused is refused


@pytest.mark.parametrize(("table", "key"), [("accounts", "els"), ("accounts", "nobody"), ("nothing", "x")])
def test_nor_is_what_is_sound_or_was_never_there(runtime: Runtime, table: str, key: str) -> None:
    with pytest.raises(NotGivenUpError) as error:
        give_up(runtime, table, key, WHY, NOW)
    assert error.value.refused is Refused.SOUND


def test_who_read_a_dossier_is_kept_on_after_the_last_that_is_given_up(runtime: Runtime) -> None:
    for day in (14, 15):
        log_access(runtime, "dossier-1", "els", "look", at(f"2026-05-{day} 09:00"), "Europe/Brussels")
    with reading(runtime.store) as register:
        last = register.access_log("dossier-1")[-1].key
    lost(runtime, "access_log", last)
    again = replace(runtime, recent_accesses=RecentAccesses())
    give_up(again, "access_log", last, WHY, NOW)
    log_access(again, "dossier-1", "els", "look", at("2026-05-16 09:00"), "Europe/Brussels")
    with reading(runtime.store) as register:
        assert [one.at[:10] for one in register.access_log("dossier-1")] == ["2026-05-14", "2026-05-16"]
    assert verify(runtime.store).findings == []


def test_a_reason_has_an_end(runtime: Runtime) -> None:
    lost(runtime, "accounts", "els")
    with pytest.raises(TooLongError):
        give_up(runtime, "accounts", "els", "x" * 1001, NOW)
