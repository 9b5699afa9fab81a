"""Any order of the same acts: it ends in the same duties, closes nothing without what is owed, and leaves each term as
a judgement from scratch finds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.core.calendar.durations import Duration
from gehoor.core.deadlines.due import TermRule, due_day
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.decision.decide import decide
from gehoor.core.decision.model import Decision, MilestoneState
from gehoor.core.dossier.dossier import fold
from gehoor.core.dossier.events import Event
from gehoor.services.access.authorisation import Operator
from gehoor.services.dossiers.duties import Settling, finish
from gehoor.services.dossiers.reopening import reopen
from gehoor.services.dossiers.term_changes import Adjustment, extend, resume, suspend
from gehoor.services.dossiers.viewing import OpenedDossier, look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import INVESTIGATED, QuickEngine, de_linde, fill, registered

BEGIN = at("2026-05-20 09:00")
DAY = "2026-05-20"
ELS = Operator("els")
Act = Callable[[Runtime, str, datetime], object]


def answers(**of: Any) -> Act:
    def act(runtime: Runtime, dossier: str, now: datetime) -> None:
        fill(runtime, dossier, now.strftime("%Y-%m-%d %H:%M"), **of)

    return act


def _insurer(runtime: Runtime, dossier: str, now: datetime) -> None:
    finish(runtime, Settling(dossier, "schade-naar-verzekeraar/0", ELS), now)


CLOSE = answers(afgesloten_op=DAY, afsluitreden="beantwoord")
ACTS: Mapping[str, Act] = {
    "acknowledge": answers(ontvangstmelding_op=DAY, ontvangstmelding_wijze="email"),
    "investigate": answers(**{**INVESTIGATED, "nadeel_schade": ["lichamelijk"]}),
    "judge": answers(gegrondheid="gegrond", gegrondheid_motivering="Zoals het rooster laat zien."),
    "end the investigation": answers(onderzoek_afgerond_op=DAY),
    "answer": answers(antwoord_datum=DAY, antwoord_wijze="brief", tweede_lijn_vermeld="ja"),
    "apologise": answers(verontschuldiging=["schriftelijk"]),
    "say what is done": answers(
        maatregelen_individueel_meegedeeld="Eerst op de ronde.",
        acties_structureel_meegedeeld="Een ronde meer.",
    ),
    "put right": answers(geen_herstel_reden="Zij wilde niets.", geen_actie_reden="Een uitzondering."),
    "tell the insurer": _insurer,
    "ask how it goes": answers(nazorg_contact_op=DAY, nazorg_verhaal="Beter.", afspraken_nagekomen="ja"),
    "close": CLOSE,
}


def founded_and_open(seen: OpenedDossier) -> Iterator[str]:
    """Give what a founded complaint is owed, by the agreement, and was not given."""
    values = seen.dossier.values
    owed = ("ontvangstmelding_op", "antwoord_datum", "verontschuldiging", "maatregelen_individueel_meegedeeld",
            "acties_structureel_meegedeeld", "tweede_lijn_vermeld", "nazorg_contact_op")  # fmt: skip
    yield from (name for name in owed if name not in values)
    yield from (duty.owed.duty.name for duty in seen.decision.duties if duty.settled is None)


def tried(runtime: Runtime, dossier: str, order: list[str]) -> list[str]:
    """Do acts, one an hour; returns those that were refused, or came when what they answer was not asked yet."""
    left = []
    for hour, name in enumerate(order):
        before = version(runtime, dossier)
        try:
            ACTS[name](runtime, dossier, BEGIN + timedelta(hours=hour))
        except RefusedError:
            left.append(name)
            continue
        if version(runtime, dossier) == before:
            left.append(name)
    return left


def version(runtime: Runtime, dossier: str) -> int:
    with reading(runtime.store) as register:
        return register.dossier(dossier).version


def asked(state: MilestoneState) -> set[str]:
    return {
        *(f"{one.field} before {one.milestone}" for one in state.missing),
        *(one.owed.key for one in state.owed),
        *(one.rule for one in state.blocks),
        *(one.key for one in state.unapproved),
    }


def duties(decision: Decision) -> dict[str, Any]:
    """What a decision asks, however it came about."""
    return {
        "missing": {name: asked(state) for name, state in decision.milestones.items()},
        "reached": {name for name, state in decision.milestones.items() if state.reached},
        "duties": {(one.owed.key, one.settled is None) for one in decision.duties},
        "terms": {name: (state.status, state.due_text) for name, state in decision.terms.items()},
        "closed": decision.closed,
    }


def ends(order: list[str]) -> tuple[OpenedDossier, list[str]]:
    """Do acts in an order, and those that were refused again until none of them is done any more."""
    runtime = de_linde()
    dossier = registered(runtime)
    left = tried(runtime, dossier, order)
    while left and (again := tried(runtime, dossier, left)) != left:
        left = again
    return look(runtime, dossier, at("2026-05-21 09:00")), left


USUAL = duties(ends(list(ACTS))[0].decision)


def test_done_in_the_usual_order_it_closes() -> None:
    assert USUAL["closed"]


ORDERS = st.permutations(sorted(ACTS))
SOME = st.lists(st.sampled_from(sorted(ACTS)), max_size=9)


def same_duties(order: list[str]) -> None:
    seen, left = ends(order)
    assert left == []
    assert duties(seen.decision) == USUAL


@settings(max_examples=15)
@given(order=ORDERS)
def test_any_order_of_the_same_acts_ends_in_the_same_duties(order: list[str]) -> None:
    same_duties(order)


@pytest.mark.soak
@settings(max_examples=400)
@given(order=ORDERS)
def test_any_order_of_the_same_acts_ends_in_the_same_duties_at_length(order: list[str]) -> None:
    same_duties(order)


def closes_only_with_all(order: list[str]) -> None:
    seen, _ = ends([*order, "close"])
    if seen.decision.closed and seen.dossier.values.get("gegrondheid") == "gegrond":
        assert list(founded_and_open(seen)) == []


@settings(max_examples=25)
@given(order=SOME)
def test_no_order_closes_a_founded_complaint_without_what_is_owed(order: list[str]) -> None:
    closes_only_with_all(order)


@pytest.mark.soak
@settings(max_examples=600)
@given(order=SOME)
def test_no_order_closes_a_founded_complaint_without_what_is_owed_at_length(order: list[str]) -> None:
    closes_only_with_all(order)


# The course of a term


def _receipt(days: int) -> Act:
    def act(runtime: Runtime, dossier: str, now: datetime) -> None:
        day = (date(2026, 5, 12) - timedelta(days=days)).isoformat()
        fill(runtime, dossier, now.strftime("%Y-%m-%d %H:%M"), ontvangstdatum=day, reason="Verkeerd gelezen.")

    return act


def _waits(runtime: Runtime, dossier: str, now: datetime) -> None:
    suspend(runtime, Adjustment(dossier, "antwoord", ELS, reason="wachten-op-klager"), now)


def _goes_on(runtime: Runtime, dossier: str, now: datetime) -> None:
    resume(runtime, Adjustment(dossier, "antwoord", ELS), now)


def _longer(runtime: Runtime, dossier: str, now: datetime) -> None:
    wanted = Adjustment(dossier, "antwoord", ELS, reason="Twee diensten.", told=now.date())
    extend(runtime, wanted, now)


def _closes(runtime: Runtime, dossier: str, now: datetime) -> None:
    day = now.date().isoformat()
    fill(
        runtime, dossier, now.strftime("%Y-%m-%d %H:%M"), geen_antwoord_reden="ingetrokken", afgesloten_op=day,
        afsluitreden="ingetrokken", reason="Zij trok de klacht in.",
    )  # fmt: skip


def _again(runtime: Runtime, dossier: str, now: datetime) -> None:
    reopen(runtime, dossier, "Zij komen terug.", ELS, now)


def _sweeps(runtime: Runtime, _dossier: str, now: datetime) -> None:
    sweep(runtime, now)


COURSE: Mapping[str, Act] = {
    "earlier receipt": _receipt(9),
    "later receipt": _receipt(0),
    "other kind": answers(type_bericht="suggestie", reason="Een idee."),
    "complaint": answers(type_bericht="klacht"),
    "waits": _waits,
    "goes on": _goes_on,
    "longer": _longer,
    "closes": _closes,
    "again": _again,
    "sweep": _sweeps,
}
STEPS = st.lists(st.tuples(st.sampled_from([0, 2, 9, 21]), st.sampled_from(sorted(COURSE))), max_size=8)


@dataclass
class Reckoned:
    """What happened to the answer, day by day: when it began, on which days it stood still, how much was added."""

    start: date = date(2026, 5, 12)
    still: set[date] = field(default_factory=set)
    extra: int = 0
    since: date | None = None
    """From when it stands still now."""
    again: bool = False

    def ends_standing_still(self, on: date) -> None:
        if self.since is not None:
            self.still |= _days(self.since, on, 30 - len(self.still))
            self.since = None

    def end(self) -> date:
        """Each day that the term stands still moves its end by one, as long as the end lies after it."""
        end = self.start + timedelta(days=30 + self.extra)
        for day in sorted(self.still):
            if self.start < day <= end:
                end += timedelta(days=1)
        return end

    def take(self, event: Event) -> None:
        data = event.data
        if event.kind in ("opened", "answered") and "ontvangstdatum" in data["values"] and not self.again:
            self.start = date.fromisoformat(data["values"]["ontvangstdatum"])
        elif event.kind == "suspended":
            self.ends_standing_still(date.fromisoformat(data["start"]))
            self.since = date.fromisoformat(data["start"])
        elif event.kind == "resumed":
            self.ends_standing_still(date.fromisoformat(data["end"]))
        elif event.kind == "extended":
            self.extra += 15
        elif event.kind == "reopened":
            self.start, self.again = date.fromisoformat(data["day"]), True
            self.still, self.extra, self.since = set(), 0, None


def from_scratch(seen: OpenedDossier, today: date) -> tuple[str, int]:
    """Reckon when the answer is due from what happened alone, and on how many days it stood still."""
    told = Reckoned()
    for event in seen.events:
        told.take(event)
    if told.since is not None and len(told.still) + (today - told.since).days >= 30:
        told.ends_standing_still(today)
    end = told.end()
    if told.since is not None and told.since <= end:
        return "", len(told.still)
    rule = seen.agreement.terms["antwoord"].rule
    shifted = due_day(TermRule(Duration(0, rule.within.unit), rule.calendar, rule.shift), end)
    assert shifted is not None
    return shifted.isoformat(), len(told.still)


def _days(begin: date, end: date, most: int) -> set[date]:
    return {begin + timedelta(days=n) for n in range(min(max((end - begin).days, 0), max(most, 0)))}


def flags_each_due_day_once(runtime: Runtime, dossier: str, now: datetime) -> None:
    """After a sweep nothing that a term calls for is left, and nothing was done twice for one due day."""
    sweep(runtime, now)
    seen = look(runtime, dossier, now)
    assert [one.key for one in seen.decision.due_actions if "term" in one.data] == []
    fired = Counter(
        (event.kind, *(str(event.data.get(name)) for name in ("term", "occurrence", "level", "index", "due")))
        for event in seen.events
        if event.kind in ("reminded", "deadline-missed", "escalated")
    )
    assert set(fired.values()) <= {1}


def judged_as_a_whole(steps: list[tuple[int, str]]) -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    now = BEGIN
    for days, what in steps:
        now += timedelta(days=days, hours=1)
        try:
            COURSE[what](runtime, dossier, now)
        except RefusedError:
            continue
    seen = look(runtime, dossier, now)
    again = decide(seen.agreement, fold(seen.events), now, QuickEngine())
    assert again.terms == seen.decision.terms
    flags_each_due_day_once(runtime, dossier, now)
    state = seen.decision.terms.get("antwoord")
    if state is None or state.status is TermStatus.NOT_NEEDED:
        return
    due, stood_still = from_scratch(seen, now.astimezone(ZoneInfo("Europe/Brussels")).date())
    assert stood_still <= 30
    assert state.due_text == due


@settings(max_examples=40)
@given(steps=STEPS)
def test_after_any_acts_a_term_stands_as_a_judgement_from_scratch_finds_it(
    steps: list[tuple[int, str]],
) -> None:
    judged_as_a_whole(steps)


@pytest.mark.soak
@settings(max_examples=800)
@given(steps=STEPS)
def test_after_any_acts_a_term_stands_as_judged_from_scratch_at_length(steps: list[tuple[int, str]]) -> None:
    judged_as_a_whole(steps)
