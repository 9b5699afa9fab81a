"""The sweep: what a moment calls for is done exactly once, and costs what is done."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.core.conditions.engine import RuleEngineError
from gehoor.core.dossier.events import EventKind, instant_text, verify
from gehoor.services.jobs import sweep as sweeping
from gehoor.services.jobs.sweep import MissedTerm, sweep
from gehoor.services.messages.sending import deliver
from gehoor.services.ports.records import Message
from gehoor.services.projection.projection import project_pending, reading_projection
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import writing
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.counting_store import CountingStore
from tests.support.de_linde import (
    STORY,
    QuickEngine,
    de_linde,
    fill,
    open_by_phone,
    open_by_web,
    publish_change,
    registered,
    staff,
)
from tests.support.paper_post import PaperPost
from tests.support.patience import PATIENCE
from tests.support.processes import environment

OPENED = "2026-05-12 14:00"
LATE = "2026-05-16 00:00"
"""Registration was due on Friday the 15th."""
MISSED = "2026-05-21 00:00"
"""The acknowledgement was due on the 20th."""


def events(runtime: Runtime, dossier: str) -> list[tuple[str, str, int]]:
    """Return what the sweep wrote in a dossier: kind, term, level or index."""
    with reading_projection(runtime) as register:
        found = register.events(dossier)
    verify(found)
    return [
        (event.kind.value, event.data["term"], event.data.get("level", event.data.get("index")))
        for event in found
        if "term" in event.data
    ]


def messages(runtime: Runtime, dossier: str) -> list[Message]:
    with reading_projection(runtime) as register:
        return register.messages_of(dossier)


def test_a_missed_term_is_flagged() -> None:
    runtime = de_linde()
    receipt = open_by_phone(runtime, OPENED)
    swept = sweep(runtime, at(LATE))
    assert swept.missed == [MissedTerm(receipt.dossier, receipt.number, "registratie", "2026-05-15", 1)]
    assert (swept.reminders, swept.failed) == (1, {})


def test_nothing_is_flagged_a_moment_before() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    swept = sweep(runtime, at("2026-05-15 23:59:59.999999"))
    assert (swept.missed, swept.reminders, events(runtime, dossier)) == (
        [],
        1,
        [("reminded", "ontvangstmelding", 0)],
    )


def test_the_same_instant_twice_gives_nothing() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    sweep(runtime, at(MISSED))
    before = events(runtime, dossier)
    again = sweep(runtime, at(MISSED))
    assert (again.missed, again.reminders, events(runtime, dossier)) == ([], 0, before)


def test_a_clock_that_goes_back_flags_nothing_twice() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    for when in (MISSED, "2026-05-18 00:00", MISSED):
        sweep(runtime, at(when))
    assert max(Counter(events(runtime, dossier)).values()) == 1


LEVELS = [
    ("deadline-missed", "registratie", 1),
    ("deadline-missed", "ontvangstmelding", 1),
    ("escalated", "ontvangstmelding", 2),
    ("deadline-missed", "onderzoek", 1),
    ("escalated", "ontvangstmelding", 3),
    ("escalated", "onderzoek", 2),
    ("deadline-missed", "antwoord", 1),
    ("escalated", "antwoord", 2),
    ("escalated", "antwoord", 3),
]


def test_after_weeks_of_standstill_levels_come_in_order_and_once() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    swept = sweep(runtime, at("2026-07-15 09:00"))
    assert events(runtime, dossier) == LEVELS
    assert [(flag.deadline, flag.level) for flag in swept.missed] == [
        (term, level) for _, term, level in LEVELS
    ]


def test_a_sweep_every_day_gives_the_same_misses() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    for day in [f"2026-05-{n:02}" for n in range(12, 32)] + [f"2026-06-{n:02}" for n in range(1, 31)]:
        sweep(runtime, at(f"{day} 09:00"))
    misses = [event for event in events(runtime, dossier) if event[0] != "reminded"]
    assert misses == LEVELS
    assert len([event for event in events(runtime, dossier) if event[0] == "reminded"]) == 5


def test_no_reminder_is_sent_when_it_is_too_late_already() -> None:
    runtime = de_linde()
    open_by_phone(runtime, OPENED)
    assert sweep(runtime, at("2026-07-15 09:00")).reminders == 0


def test_what_was_done_is_not_flagged() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    fill(
        runtime, dossier, "2026-05-14 09:00", ontvangstmelding_op="2026-05-14", ontvangstmelding_wijze="email"
    )
    assert sweep(runtime, at(MISSED)).missed == []


def test_what_was_done_late_between_two_sweeps_is_flagged_and_urges_nobody() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    fill(
        runtime, dossier, "2026-05-22 09:00", ontvangstmelding_op="2026-05-22", ontvangstmelding_wijze="email"
    )
    assert [flag.deadline for flag in sweep(runtime, at("2026-05-22 09:05")).missed] == ["ontvangstmelding"]
    assert messages(runtime, dossier) == []


def test_nothing_is_flagged_after_closing() -> None:
    runtime = de_linde()
    dossier = registered(runtime, type_bericht="opmerking")
    fill(
        runtime,
        dossier,
        "2026-05-13 10:00",
        afgesloten_op="2026-05-13",
        afsluitreden="geen_klacht",
        reason="Wat nog liep, hoeft niet meer.",
    )
    assert sweep(runtime, at("2026-12-01 09:00")).missed == []


def test_the_register_asks_for_attention_at_the_next_moment() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    sweep(runtime, at(MISSED))
    with reading_projection(runtime) as register:
        summary = register.summary(dossier)
    assert summary is not None
    assert summary.attention_at == instant_text(at("2026-05-27 00:00")), "three working days before 1 June"


def test_a_swept_dossier_can_still_be_followed() -> None:
    runtime = de_linde()
    dossier = open_by_web(runtime, OPENED).dossier
    with reading_projection(runtime) as register:
        before = register.summary(dossier)
    sweep(runtime, at(MISSED))
    with reading_projection(runtime) as register:
        after = register.summary(dossier)
    assert before is not None
    assert after is not None
    assert (after.code_hash, after.version) == (before.code_hash, 3)


def test_a_running_dossier_is_swept_by_its_own_agreement() -> None:
    runtime = de_linde()
    open_by_phone(runtime, OPENED)

    def no_hurry(document: dict[str, Any]) -> None:
        document["terms"]["registratie"]["within"] = "60 working-days"

    publish_change(runtime, no_hurry, "2026-05-13 09:00")
    assert [flag.deadline for flag in sweep(runtime, at(LATE)).missed] == ["registratie"]


class StumblingEngine(QuickEngine):
    """Cannot decide on what happened in the garden."""

    def fired(self, rules: Any, facts: Any) -> frozenset[str]:
        if facts.get("aangeklaagde_dienst") == "Tuin":
            raise RuleEngineError("the engine gave half an answer")
        return super().fired(rules, facts)


def marks_what_is_late(document: dict[str, Any]) -> None:
    """Once a registration is late, the sweep has to decide what that brings about."""
    document["rules"]["laat"] = {
        "if": {"late": "registratie"},
        "then": [{"flag": "Loopt uit"}],
        "because": "Dat moet iedereen zien.",
    }


def deciding() -> Runtime:
    runtime = de_linde()
    publish_change(runtime, marks_what_is_late, "2026-05-11 09:00")
    return runtime


def test_a_dossier_that_cannot_be_decided_does_not_stop_the_others() -> None:
    runtime = deciding()
    opened = [
        open_by_phone(runtime, OPENED, aangeklaagde_dienst=place) for place in ("Keuken", "Tuin", "Zaal")
    ]
    swept = sweep(replace(runtime, engine=StumblingEngine()), at(LATE))
    assert [flag.number for flag in swept.missed] == [opened[0].number, opened[2].number]
    assert swept.failed == {opened[1].dossier: "RuleEngineError: the engine gave half an answer"}


DAMAGE = [{"kind": "unheard-of"}, {"data": {}}, {"data": {"values": 5}}, {"agreement": "gone"}]


def damage(runtime: Runtime, dossier: str, how: dict[str, Any]) -> None:
    with runtime.store.transaction() as tables:
        event = tables.select("events", where={"dossier": dossier})[0]
        tables.put("events", f"{dossier}/000001", {**event, **how})


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_dossier_does_not_stop_the_others(how: dict[str, Any]) -> None:
    runtime = deciding()
    broken, sound = (open_by_phone(runtime, OPENED) for _ in range(2))
    damage(runtime, broken.dossier, how)
    swept = sweep(runtime, at(LATE))
    assert [flag.number for flag in swept.missed] == [sound.number]
    assert set(swept.failed) == {broken.dossier}


@pytest.mark.parametrize("how", DAMAGE)
def test_what_nobody_can_read_is_flagged_all_the_same_when_it_was_known_to_come(how: dict[str, Any]) -> None:
    runtime = de_linde()
    broken = open_by_phone(runtime, OPENED)
    project_pending(runtime)
    damage(runtime, broken.dossier, how)
    swept = sweep(runtime, at(LATE))
    assert ([flag.number for flag in swept.missed], swept.failed) == ([broken.number], {})


def test_many_dossiers_that_cannot_be_decided_do_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "_BATCH", 2)
    runtime = deciding()
    for _ in range(5):
        open_by_phone(runtime, OPENED, aangeklaagde_dienst="Tuin")
    sound = open_by_phone(runtime, "2026-05-12 15:00")
    swept = sweep(replace(runtime, engine=StumblingEngine()), at(LATE))
    assert ([flag.number for flag in swept.missed], len(swept.failed)) == ([sound.number], 5)


def test_what_failed_is_tried_again_next_time() -> None:
    runtime = deciding()
    receipt = open_by_phone(runtime, OPENED, aangeklaagde_dienst="Tuin")
    sweep(replace(runtime, engine=StumblingEngine()), at(LATE))
    assert [flag.number for flag in sweep(runtime, at("2026-05-16 00:05")).missed] == [receipt.number]


def test_a_miss_is_told_to_who_holds_the_role() -> None:
    runtime = de_linde()
    staff(runtime, "karen", "kwaliteitscoordinator")
    staff(runtime, "dirk", "dagelijks-verantwoordelijke")
    dossier = open_by_phone(runtime, OPENED).dossier
    sweep(runtime, at(LATE))
    assert {(m.role, m.recipients) for m in messages(runtime, dossier)} == {
        ("kwaliteitscoordinator", ("karen@delinde.example",))
    }


@pytest.mark.parametrize(
    ("people", "role"),
    [
        (
            {"dirk": ("dagelijks-verantwoordelijke",), "alma": ("algemeen-directeur",)},
            "dagelijks-verantwoordelijke",
        ),
        ({"alma": ("algemeen-directeur",)}, "algemeen-directeur"),
        ({"alma": ("de-linde/*:algemeen-directeur",)}, "algemeen-directeur"),
    ],
    ids=["the deputy", "the deputy of the deputy", "somebody for every department"],
)
def test_without_anyone_in_the_role_its_deputy_is_told(people: dict[str, tuple[str, ...]], role: str) -> None:
    runtime = de_linde()
    for name, roles in people.items():
        staff(runtime, name, *roles)
    dossier = open_by_phone(runtime, OPENED).dossier
    sweep(runtime, at(LATE))
    assert {message.role for message in messages(runtime, dossier)} == {role}


@pytest.mark.parametrize("gone", ["stopped", "elsewhere"])
def test_who_left_or_works_elsewhere_is_not_told(gone: str) -> None:
    runtime = de_linde()
    role = "kwaliteitscoordinator" if gone == "stopped" else "de-linde/eikenrode:kwaliteitscoordinator"
    staff(runtime, "karen", role, active=gone != "stopped")
    staff(runtime, "dirk", "dagelijks-verantwoordelijke")
    dossier = open_by_phone(runtime, OPENED).dossier
    sweep(runtime, at(LATE))
    assert {message.recipients for message in messages(runtime, dossier)} == {("dirk@delinde.example",)}


def test_when_there_is_nobody_the_message_says_so() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    sweep(runtime, at(LATE))
    deliver(runtime, PaperPost(), lambda: at("2026-05-16 00:01"))
    assert {message.state for message in messages(runtime, dossier)} == {"nobody"}


def test_a_message_carries_number_term_day_and_link_and_never_the_story() -> None:
    runtime = de_linde()
    staff(runtime, "karen", "kwaliteitscoordinator")
    receipt = open_by_phone(runtime, OPENED)
    sweep(runtime, at(LATE))
    (late,) = [m for m in messages(runtime, receipt.dossier) if "/late/" in m.key]
    assert late.subject == f"Dossier {receipt.number} is te laat: Registratie volledig maken"
    for part in ("Karen", receipt.number, "WZC Beukenhof", "vrijdag 15 mei 2026",
                 f"https://gehoor.example/medewerker/dossiers/{receipt.dossier}"):  # fmt: skip
        assert part in late.text
    for secret in (STORY, STORY[:30], "Peeters", "0470", "Bel niet beantwoord"):
        assert secret not in late.text + late.subject
    assert "{" not in late.text


def test_a_message_is_queued_once_however_often_it_is_called_for() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    sweep(runtime, at(LATE))
    (first, *_) = messages(runtime, dossier)
    with writing(runtime.store) as register:
        assert not register.queue(first)
    assert Counter(m.key for m in messages(runtime, dossier)).most_common(1)[0][1] == 1


def test_progress_is_told_as_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "_BATCH", 2)
    runtime = de_linde()
    for _ in range(5):
        open_by_phone(runtime, OPENED)
    heard: list[int] = []
    sweep(runtime, at(MISSED), heard.append)
    assert sum(heard) == 5
    assert max(heard) <= 2


def exactly_once(runtime: Runtime, dossiers: list[str]) -> None:
    """Each dossier has each miss and each message once."""
    for dossier in dossiers:
        assert events(runtime, dossier) == LEVELS
        assert len({message.key for message in messages(runtime, dossier)}) == len(LEVELS)


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_four_sweeps_at_once_flag_exactly_once(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "_BATCH", 3)
    store = MemoryStore(SCHEMAS) if kind == "memory" else TinyDBStore(tmp_path / "register.db", SCHEMAS)
    runtime = de_linde(store)
    opened = [open_by_phone(runtime, OPENED).dossier for _ in range(20)]
    with ThreadPoolExecutor(4) as pool:
        swept = list(pool.map(lambda _: sweep(runtime, at("2026-07-15 09:00")), range(4)))
    assert sum(len(each.missed) for each in swept) == 20 * len(LEVELS)
    exactly_once(runtime, opened)
    store.close()


def test_four_processes_that_sweep_at_once_flag_exactly_once(tmp_path: Path) -> None:
    file = tmp_path / "register.db"
    store = TinyDBStore(file, SCHEMAS)
    runtime = de_linde(store)
    opened = [open_by_phone(runtime, OPENED).dossier for _ in range(20)]
    command = [sys.executable, "-m", "tests.support.register_worker", "sweep", str(file), "2026-07-15 09:00"]
    sweepers = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment()) for _ in range(4)
    ]
    flagged = [int(sweeper.communicate(timeout=PATIENCE)[0]) for sweeper in sweepers]
    assert sum(flagged) == 20 * len(LEVELS)
    exactly_once(runtime, opened)
    store.close()


def cost_of_a_sweep(monkeypatch: pytest.MonkeyPatch, idle: int) -> Counter[str]:
    """Count what a sweep asks that flags 100 dossiers, beside so many for which nothing has come yet."""
    memory = MemoryStore(SCHEMAS)
    runtime = de_linde(memory)
    for _ in range(100):
        open_by_phone(runtime, OPENED)
    with memory.snapshot() as tables:
        row = tables.select("dossiers", limit=1)[0]
    with memory.transaction() as tables:
        for number in range(idle):
            later = {"id": f"idle-{number}", "attention_at": instant_text(at("2026-08-01 00:00"))}
            tables.insert("dossiers", f"idle-{number}", {**row, **later})
    store = CountingStore(memory)
    with monkeypatch.context() as patch:
        patch.setattr(sweeping, "decide", _counted(store.asked, sweeping.decide))
        swept = sweep(replace(runtime, store=store), at(LATE))
    assert len(swept.missed) == 100
    return store.asked


def _counted(asked: Counter[str], decide: Any) -> Any:
    def counting(*args: Any) -> Any:
        asked["decide"] += 1
        return decide(*args)

    return counting


def test_a_sweep_costs_what_it_flags_and_not_what_the_register_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = (cost_of_a_sweep(monkeypatch, idle) for idle in (0, 9_900))
    # Of very many it counts less: people are asked in its place.
    assert large <= small
    assert (large["decide"], large["documents of dossiers"]) == (0, 101)


def test_a_sweep_in_which_nothing_happens_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = de_linde()
    open_by_phone(runtime, OPENED)
    monkeypatch.setattr(sweeping, "decide", None)
    assert sweep(runtime, at("2026-05-13 09:00")).missed == []


def test_what_was_told_at_once_is_not_told_again_by_the_sweep() -> None:
    runtime = de_linde()
    receipt = open_by_phone(runtime, OPENED, acuut_gevaar="ja")
    with reading_projection(runtime) as register:
        kinds = [event.kind for event in register.events(receipt.dossier)]
    assert kinds == [EventKind.OPENED, EventKind.NOTIFIED]
    sweep(runtime, at("2026-05-12 14:05"))
    assert len(messages(runtime, receipt.dossier)) == 1
