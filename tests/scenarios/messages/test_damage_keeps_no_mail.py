"""What is damaged keeps the messages that rest on it waiting, until it is mended, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.correspondence.announcing import acknowledging
from gehoor.services.correspondence.conversation import write_to_us
from gehoor.services.dossiers.opening import open_dossier
from gehoor.services.maintenance.repair import repair
from gehoor.services.messages.sending import deliver
from gehoor.services.ports.records import Message
from gehoor.services.projection.projection import project_pending
from gehoor.services.records.keys import event_key
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.library import Library
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.scenarios.correspondence.test_acknowledging import agreeing_on, email
from tests.scenarios.maintenance.test_damage_stays import damage
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_web, publish_change, staff
from tests.support.paper_post import PaperPost

NOW = at("2026-05-13 12:00")
LATER = at("2026-05-14 12:00")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


@pytest.fixture
def runtime(file: Path) -> Iterator[Runtime]:
    """Two departments, each with a dossier in which somebody outside wrote something; the first is confidential."""
    runtime = de_linde(TinyDBStore(file, SCHEMAS), ("beukenhof", "eikenrode"))
    staff(runtime, "els", "kwaliteitscoordinator")
    staff(runtime, "an", "algemeen-directeur")
    staff(runtime, "rita", "de-linde/eikenrode:kwaliteitscoordinator")
    for department in ("beukenhof", "eikenrode"):
        open_by_web(runtime, "2026-05-12 14:00", department)
    fill(runtime, "dossier-1", "2026-05-12 15:00", actor="els", vertrouwelijkheid="streng")
    for dossier in ("dossier-1", "dossier-2"):
        write_to_us(runtime, dossier, "Dringend.", f"key-{dossier}", NOW)
    project_pending(runtime)
    yield runtime
    runtime.store.close()


def mailed(runtime: Runtime, when: str = "2026-05-13 12:00") -> set[str]:
    """Send what waits, as a process does that remembers nothing; returns the dossiers that it was about."""
    post = PaperPost()
    deliver(replace(runtime, library=Library()), post, lambda: at(when))
    return {one.dossier for one in post.messages}


def message(runtime: Runtime) -> Message:
    with reading(runtime.store) as register:
        return next(one for one in register.messages_of("dossier-1") if "/written/" in one.key)


def key_of(runtime: Runtime, table: str) -> str:
    mail = message(runtime).key
    with reading(runtime.store) as register:
        return {
            "agreements": register.dossier("dossier-1").agreement,
            "clearances": register.clearance_key("dossier-1"),
            "events": event_key("dossier-1", 1),
            "messages": mail,
            "dossiers": "dossier-1",
        }[table]


@pytest.mark.parametrize("table", ["agreements", "clearances", "events", "messages", "dossiers"])
def test_the_others_go(file: Path, runtime: Runtime, table: str) -> None:
    damage(file, table, key_of(runtime, table))
    assert "dossier-2" in mailed(runtime)


@pytest.mark.parametrize("table", ["agreements", "clearances"])
def test_what_rests_on_it_waits_and_says_why(file: Path, runtime: Runtime, table: str) -> None:
    damage(file, table, key_of(runtime, table))
    assert "dossier-1" not in mailed(runtime)
    kept = message(runtime)
    assert (kept.state, kept.attempts) == ("waiting", 1)
    assert "beschadigd" in kept.error


def test_once_it_is_mended_it_goes(file: Path, runtime: Runtime) -> None:
    damage(file, "clearances", key_of(runtime, "clearances"))
    mailed(runtime)
    repair(runtime, LATER)
    assert "dossier-1" in mailed(runtime, "2026-05-14 12:00")


def test_a_code_waits_where_nobody_can_tell_to_which_address(file: Path, runtime: Runtime) -> None:
    publish_change(runtime, agreeing_on("Uw code: {code}"), "2026-02-01 09:00")
    opening = replace(email("m1"), acknowledging=acknowledging(runtime))
    receipt = open_dossier(runtime, opening, NOW)
    damage(file, "events", event_key(receipt.dossier, 1))
    assert receipt.dossier not in mailed(runtime)


def test_a_damaged_acknowledgement_keeps_nobody_from_telling_something_more(
    file: Path, runtime: Runtime
) -> None:
    publish_change(runtime, agreeing_on("Uw code: {code}"), "2026-02-01 09:00")

    def told(key: str) -> list[Message]:
        receipt = open_dossier(runtime, replace(email(key), acknowledging=acknowledging(runtime)), NOW)
        with reading(runtime.store) as register:
            return register.messages_of(receipt.dossier)

    (first,) = told("m1")
    damage(file, "messages", first.key)
    assert [one.state for one in told("m2")] == ["waiting"]
