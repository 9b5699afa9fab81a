"""What terms call for is known beforehand: the sweep does the same as when it decides on every dossier again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.core.dossier.events import EventKind, verify
from gehoor.services.access.authorisation import Operator
from gehoor.services.dossiers.reopening import reopen
from gehoor.services.dossiers.term_changes import Adjustment, extend, resume, suspend
from gehoor.services.jobs import sweep as sweeping
from gehoor.services.jobs.sweep import sweep
from gehoor.services.projection.projection import reading_projection
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import writing
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import (
    INVESTIGATED,
    REGISTERED,
    de_linde,
    fill,
    open_by_phone,
    open_by_web,
    publish_change,
    staff,
)

BEGIN = at("2026-05-12 14:00")
Step = tuple[int, str]
"""How many hours pass, and what happens then."""


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def _waits(runtime: Runtime, dossier: str, now: datetime) -> None:
    suspend(runtime, Adjustment(dossier, "antwoord", Operator("els"), reason="wachten-op-klager"), now)


def _goes_on(runtime: Runtime, dossier: str, now: datetime) -> None:
    resume(runtime, Adjustment(dossier, "antwoord", Operator("els")), now)


def _longer(runtime: Runtime, dossier: str, now: datetime) -> None:
    reason = "Meerdere diensten betrokken"
    extend(runtime, Adjustment(dossier, "antwoord", Operator("els"), reason=reason, told=now.date()), now)


def _again(runtime: Runtime, dossier: str, now: datetime) -> None:
    reopen(runtime, dossier, "Er kwam iets nieuws boven.", Operator("els"), now)


def _answers(of: Callable[[datetime], Mapping[str, Any]]) -> Callable[[Runtime, str, datetime], None]:
    def act(runtime: Runtime, dossier: str, now: datetime) -> None:
        fill(runtime, dossier, _text(now), **of(now))

    return act


def _day(now: datetime) -> str:
    return now.date().isoformat()


ACTIONS: Mapping[str, Callable[[Runtime, str, datetime], object]] = {
    "sweep": lambda runtime, _, now: sweep(runtime, now),
    "register": _answers(lambda now: {**REGISTERED, "registratiedatum": _day(now)}),
    "late for a reason": _answers(lambda _: {"registratie_te_laat_reden": "Ziekte"}),
    "acknowledge": _answers(lambda now: {"ontvangstmelding_verstuurd_op": _day(now)}),
    "investigate": _answers(
        lambda now: {
            **INVESTIGATED,
            "nadeel_schade": ["materieel"],
            "gegrondheid": "gegrond",
            "gegrondheid_motivering": "Zoals het rooster laat zien.",
            "onderzoek_afgerond_op": _day(now),
        }
    ),
    "damage": _answers(lambda _: {"nadeel_schade": ["materieel"]}),
    "wait": _waits,
    "go on": _goes_on,
    "longer": _longer,
    "again": _again,
}


def tells_once_late(document: dict[str, Any]) -> None:
    """Once the registration or the answer is late, somebody hears of it, and once the investigation is, another does
    it."""
    document["rules"] |= {
        "laat": {
            "if": {"late": ["registratie", "antwoord"]},
            "then": [{"flag": "Loopt uit"}, {"notify": "algemeen-directeur"}],
            "because": "Wie lang wacht, verdient dat iemand ernaar kijkt.",
        },
        "overgenomen": {
            "if": {"late": "onderzoek"},
            "then": [{"assign": "algemeen-directeur", "instead-of": "kwaliteitscoordinator"}],
            "because": "Dan neemt de directeur het over.",
        },
    }


def told(runtime: Runtime, dossier: str) -> tuple[object, ...]:
    """What happened, who was told, and how lists show it."""
    with reading_projection(runtime) as register:
        events = register.events(dossier)
        messages = register.messages_of(dossier)
        summary = register.summary(dossier)
    verify(events)
    assert summary is not None
    assert summary.version == len(events)
    shown = replace(
        summary,
        id="",
        code_hash=None,
        # When it wakes for nothing is not what anybody sees, and what is known beforehand may differ in that.
        attention_at=None,
        head=None,
        terms=tuple({**term, "ahead": ()} for term in summary.terms),
    )
    return (
        [(event.kind, event.at, event.actor, event.data) for event in events],
        [(message.role, message.recipients, message.subject, message.text, message.key.partition("/")[2])
         for message in messages],
        shown,
    )  # fmt: skip


def run(steps: list[Step], change: Callable[[dict[str, Any]], None] | None) -> tuple[object, ...]:
    runtime = de_linde()
    if change:
        publish_change(runtime, change, "2026-05-11 09:00")
    staff(runtime, "karen", "kwaliteitscoordinator")
    staff(runtime, "alma", "algemeen-directeur")
    dossiers = [
        open_by_web(runtime, _text(BEGIN)).dossier,
        open_by_phone(runtime, _text(BEGIN)).dossier,
    ]
    now = BEGIN
    for hours, what in (*steps, (24 * 90, "sweep")):
        now += timedelta(hours=hours)
        for dossier in dossiers:
            try:
                ACTIONS[what](runtime, dossier, now)
            except RefusedError:
                # What cannot be done now is not done in either.
                continue
    return tuple(told(runtime, dossier) for dossier in dossiers)


STEPS = st.lists(
    st.tuples(st.sampled_from([0, 3, 24, 24 * 3, 24 * 8, 24 * 20]), st.sampled_from(sorted(ACTIONS))),
    max_size=8,
)


@pytest.mark.parametrize("change", [None, tells_once_late], ids=["as agreed", "rules ask what is late"])
@settings(max_examples=25)
@given(steps=STEPS)
def test_what_is_known_beforehand_is_what_would_be_decided(
    steps: list[Step], change: Callable[[dict[str, Any]], None] | None
) -> None:
    same_when_decided(steps, change)


@pytest.mark.soak
@pytest.mark.parametrize("change", [None, tells_once_late], ids=["as agreed", "rules ask what is late"])
@settings(max_examples=1_000)
@given(steps=STEPS)
def test_what_is_known_beforehand_is_what_would_be_decided_at_length(
    steps: list[Step], change: Callable[[dict[str, Any]], None] | None
) -> None:
    same_when_decided(steps, change)


def same_when_decided(steps: list[Step], change: Callable[[dict[str, Any]], None] | None) -> None:
    foreseen = run(steps, change)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweeping, "coming_actions", lambda *_: None)
        assert run(steps, change) == foreseen


def test_to_flag_what_is_late_nothing_is_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = de_linde()
    receipt = open_by_web(runtime, _text(BEGIN))
    with reading_projection(runtime):
        pass
    monkeypatch.setattr(sweeping, "decide", None)
    assert [flag.number for flag in sweep(runtime, at("2026-05-16 00:00")).missed] == [receipt.number]


def confirms_soon(document: dict[str, Any]) -> None:
    """A last term, that is too late at the instant at which the first one reminds of itself."""
    document["terms"]["bevestiging"] = {
        "name": "Bevestigen", "within": "2 calendar-days", "from": "ontvangst", "until": "geregistreerd",
        "responsible": "onthaal",
    }  # fmt: skip


def test_what_is_called_for_at_one_instant_is_done_in_the_order_of_the_agreement() -> None:
    runtime = de_linde()
    publish_change(runtime, confirms_soon, "2026-05-11 09:00")
    dossier = open_by_web(runtime, _text(BEGIN)).dossier
    sweep(runtime, at("2026-05-15 00:00"))
    with reading_projection(runtime) as register:
        done = [(event.kind, event.data["term"]) for event in register.events(dossier)[1:]]
    assert done == [
        (EventKind.REMINDED, "ontvangstmelding"),
        (EventKind.DEADLINE_MISSED, "bevestiging"),
    ]


def test_what_lists_count_as_missed_includes_what_was_flagged() -> None:
    runtime = de_linde()
    dossier = open_by_web(runtime, _text(BEGIN)).dossier
    counted = []
    for when in ("2026-05-15 23:59", "2026-05-16 00:00", "2026-05-21 00:00"):
        sweep(runtime, at(when))
        with reading_projection(runtime) as register:
            summary = register.summary(dossier)
        assert summary is not None
        counted.append(summary.terms_missed)
    assert counted == [0, 1, 2]


def test_a_dossier_whose_summary_is_behind_is_decided_on() -> None:
    """As after an event was written by a program that knows nothing of summaries."""
    runtime = de_linde()
    behind, other = (open_by_phone(runtime, _text(BEGIN)).dossier for _ in range(2))
    with reading_projection(runtime) as register:
        before = register.tables.get("dossiers", behind)
    assert before is not None
    fill(runtime, behind, "2026-05-13 09:00", onderwerp="De bel")
    with reading_projection(runtime):
        pass
    with writing(runtime.store) as register:
        register.tables.put("dossiers", behind, before)
    swept = sweep(runtime, at("2026-05-16 00:00"))
    assert ({flag.dossier for flag in swept.missed}, swept.failed) == ({behind, other}, {})
    with reading_projection(runtime) as register:
        events = register.events(behind)
    verify(events)
    assert [event.kind for event in events] == [
        EventKind.OPENED,
        EventKind.ANSWERED,
        EventKind.REMINDED,
        EventKind.DEADLINE_MISSED,
    ]
