"""Summaries and words are worked out after a save and before a read, and are the same whoever works them out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gehoor.core.conditions.engine import RuleEngineError
from gehoor.services.jobs.sweep import sweep
from gehoor.services.ports.records import Pending, Summary, to_document
from gehoor.services.projection.projection import _BATCH, project_pending, reading_projection
from gehoor.services.register.pending import MOST, PendingDossiers
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.search import search
from gehoor.services.search.worklist import work_list
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, investigated, open_by_phone, open_by_web, registered, staff


def waiting(runtime: Runtime) -> int:
    with reading(runtime.store) as register:
        return len(register.pending(1000))


def summary(runtime: Runtime, dossier: str) -> Summary:
    with reading_projection(runtime) as register:
        found = register.summary(dossier)
    assert found is not None
    return found


def words(runtime: Runtime) -> list[dict[str, object]]:
    with reading_projection(runtime) as register:
        return register.tables.select("texts")


def another_process(runtime: Runtime) -> Runtime:
    """The same register, by a process that decided on nothing yet."""
    return replace(runtime, pending=PendingDossiers())


def test_what_was_saved_is_in_what_is_seen_next() -> None:
    runtime = de_linde()
    els = staff(runtime, "els", "kwaliteitscoordinator")
    number = open_by_web(runtime, "2026-05-12 14:00").number
    assert waiting(runtime) == 1
    (line,) = work_list(runtime, els, at("2026-05-12 14:01")).lines
    assert line.summary.number == number
    assert waiting(runtime) == 0
    assert search(runtime, els, "pyjama", at("2026-05-13 09:00")).total == 1


def test_another_process_works_out_the_same() -> None:
    """Each is read at once here, and there only after everything was saved; another process decides again."""
    seen: list[tuple[object, ...]] = []
    for other in (False, True):
        runtime = de_linde()
        staff(runtime, "els", "kwaliteitscoordinator")
        ids = [
            open_by_web(runtime, "2026-05-12 14:00").dossier,
            registered(runtime),
            investigated(runtime, "gegrond"),
        ]
        reader = another_process(runtime) if other else runtime
        # Codes are made with the secret of a register.
        seen.append((*(replace(summary(reader, one), code_hash=None) for one in ids), words(reader)))
    assert seen[0] == seen[1]


def test_a_dossier_that_was_saved_twice_keeps_its_follow_up_code() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    fill(runtime, dossier, "2026-05-12 15:00", onderwerp="Bel defect")
    found = summary(another_process(runtime), dossier)
    assert (found.subject, bool(found.code_hash), found.version) == ("Bel defect", True, 2)


def test_a_conflict_of_interest_holds_at_once() -> None:
    runtime = de_linde()
    staff(runtime, "koen", "onthaal")
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    accused = {"voorwerp": "persoon", "aangeklaagde_medewerkers": ["koen"]}
    fill(runtime, dossier, "2026-05-12 15:00", **accused)
    with reading(runtime.store) as register:
        assert register.excluded_dossiers("koen") == {dossier}


def test_whoever_saves_when_much_waits_works_it_out() -> None:
    runtime = de_linde()
    for _ in range(MOST + 1):
        open_by_web(runtime, "2026-05-12 14:00")
        assert waiting(runtime) < MOST
    project_pending(runtime)
    assert waiting(runtime) == 0


class FailingEngine:
    """A rule engine that answers nothing, as one does that has to be made anew."""

    def fired(self, rules: Any, facts: Any) -> frozenset[str]:
        raise RuleEngineError("incomplete")


def test_what_cannot_be_decided_now_is_tried_again() -> None:
    runtime = de_linde()
    failing = replace(another_process(runtime), engine=FailingEngine())
    first = open_by_web(runtime, "2026-05-12 14:00").dossier
    project_pending(failing)
    assert waiting(runtime) == 1
    assert summary(another_process(runtime), first).id == first
    assert waiting(runtime) == 0


def test_what_waits_in_the_register_gives_no_dossier_another_code() -> None:
    runtime = de_linde()
    receipt = open_by_web(runtime, "2026-05-12 14:00")
    with reading_projection(runtime) as register:
        before = register.summary(receipt.dossier)
    assert before is not None
    with runtime.store.transaction() as tables:
        tables.put(
            "pending",
            receipt.dossier,
            {"dossier": receipt.dossier, "version": 1, "saved_at": before.opened_at, "code_hash": "a" * 64},
        )
    with reading_projection(runtime) as register:
        after = register.summary(receipt.dossier)
    assert after is not None
    assert after.code_hash == before.code_hash


def test_what_cannot_be_worked_out_keeps_nobody_else_waiting() -> None:
    """More of them than are taken at a time, and saved before the one that can."""
    runtime = de_linde()
    els = staff(runtime, "els", "kwaliteitscoordinator")
    gone = [open_by_web(runtime, f"2026-05-12 14:{n % 60:02d}").dossier for n in range(_BATCH + 1)]
    project_pending(runtime)
    with runtime.store.transaction() as tables:
        for dossier in gone:
            tables.delete("dossiers", dossier)
            pending = Pending(dossier, 1, "2026-05-12T12:00:00.000000Z")
            tables.put("pending", dossier, to_document(pending))
    fresh = open_by_web(runtime, "2026-05-13 09:00").dossier
    for _ in range(2):
        assert [line.summary.id for line in work_list(runtime, els, at("2026-05-13 09:01")).lines] == [fresh]
    assert waiting(runtime) == len(gone)


def test_what_could_not_be_worked_out_is_tried_again_by_the_sweep() -> None:
    runtime = de_linde()
    dossier = open_by_web(runtime, "2026-05-12 14:00").dossier
    project_pending(runtime)
    with runtime.store.transaction() as tables:
        kept = tables.get("dossiers", dossier)
        assert kept is not None
        tables.delete("dossiers", dossier)
        tables.put("pending", dossier, to_document(Pending(dossier, 1, "2026-05-12T12:00:00.000000Z")))
    project_pending(runtime)
    with runtime.store.transaction() as tables:
        tables.put("dossiers", dossier, kept)
    project_pending(runtime)
    assert waiting(runtime) == 1
    sweep(runtime, at("2026-05-12 14:05"))
    assert waiting(runtime) == 0
