"""Whatever is in a dossier, it is counted after anonymising as it was before, and nothing personal is left in it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.decide import decide
from gehoor.core.dossier.dossier import Dossier, fold
from gehoor.core.dossier.events import Event, EventKind, NewEvent, seal, verify
from gehoor.core.forms.fields import Field
from gehoor.core.retention.anonymisation import _KEPT, anonymised
from gehoor.loading.load import load_workspace
from gehoor.services.ports.records import to_document
from gehoor.services.projection.summary import summarise
from gehoor.services.register.staff import Staff
from tests.support.clock import at
from tests.support.de_linde import QuickEngine
from tests.support.places import ORGANISATIONS

NOW = at("2033-01-10 09:00")
ABOUT = {
    "rule": "gewoon",
    "name": "Gewoon",
    "selection_rule": "",
    "kept_until": "2032-12-31",
    "approved_by": "",
}
ACTORS = {"self": "gehoor", "outside": "melder"}
OF_PEOPLE = {"subject", "subject_for", "handler", "excluded", "clearance", "code_hash", "danger"}
"""What lists show of people."""
OF_THE_CHAIN = {"version", "head"}
SIGN = "Quackelbeen"
"""Stands in each text that somebody wrote."""


@cache
def agreements() -> dict[str, Agreement]:
    loaded = load_workspace(ORGANISATIONS).departments
    return {f"{one.organisation}/{one.department}": one.agreement for one in loaded}


def answers_to(of: Field) -> st.SearchStrategy[Any]:
    """Give stored values that a field can hold, as far as its kind says."""
    day = st.integers(0, 400).map(lambda days: (date(2026, 2, 1) + timedelta(days)).isoformat())
    codes = [choice.code for choice in of.choices]
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "date": day,
        "time": st.sampled_from(["08:30", "23:59"]),
        "instant": day.map(lambda text: f"{text}T10:00+01:00"),
        "boolean": st.booleans(),
        "integer": st.integers(of.schema.get("minimum", 0), of.schema.get("maximum", 5)),
        "decimal": st.sampled_from(["12.50", "0.10"]),
        "staff": st.just(["quackelbeen-els"]),
        "attachments": st.just([{"id": "f1", "name": f"{SIGN}.pdf", "type": "application/pdf", "size": 3}]),
    }
    if codes and of.kind == "choices":
        return st.lists(st.sampled_from(codes), min_size=1, max_size=3, unique=True)
    if codes:
        return st.sampled_from(codes)
    if of.type.has_rows:
        row = st.fixed_dictionaries({}, optional={name: answers_to(one) for name, one in of.members.items()})
        return st.lists(row.filter(bool), min_size=1, max_size=3)
    return kinds.get(of.kind, st.just(f"Het ging over {SIGN}."))


@st.composite
def stories(draw: st.DrawFn, department: str) -> list[Event]:
    """Give the events of a dossier that was closed: what somebody told, and what was done with it afterwards."""
    agreement = agreements()[department]
    fields = agreement.dossier_form.fields
    closing = next(one.field for one in agreement.milestones.values() if one.closes)
    received = agreement.field_for("received-on")
    told = draw(st.fixed_dictionaries({}, optional={name: answers_to(of) for name, of in fields.items()}))
    more = draw(st.fixed_dictionaries({}, optional={name: answers_to(of) for name, of in fields.items()}))
    told.pop(closing, None)
    terms = sorted(agreement.terms)
    happened = [
        NewEvent(EventKind.WRITTEN_TO_US, {"text": f"Vraag het aan {SIGN}."}),
        NewEvent(EventKind.WRITTEN_BY_US, {"text": f"Dat deden wij: {SIGN}."}),
        NewEvent(
            EventKind.EXTENDED,
            {
                "term": draw(st.sampled_from(terms)),
                "by": "2 weeks",
                "reason": SIGN,
                "told": "",
                "consent": "",
            },
        ),
        NewEvent(
            EventKind.GLASS_BROKEN,
            {
                "account": "quackelbeen-els",
                "name": SIGN,
                "reason": SIGN,
                "until": "2026-03-01T09:00:00.000000Z",
            },
        ),
        NewEvent(
            EventKind.ASSIGNED,
            {"to": "quackelbeen-els", "name": SIGN, "before": "", "note": SIGN, "conflict": False},
        ),
        NewEvent(
            EventKind.DUTY_WAIVED,
            {
                "duty": draw(st.sampled_from(sorted(agreement.duties) or ["regel/0"])),
                "name": "Plicht",
                "reason": SIGN,
            },
        ),
    ]
    opened = {
        "organisation": agreement.organisation, "department": agreement.department, "form": "dossier",
        "number": "X-2026-0001", "follow_up": True,
        "values": {received: "2026-02-02", **told},
        "found": {fact: {"count": 2, "dossiers": ["d-7"]} for fact in agreement.register_questions},
    }  # fmt: skip
    steps = [
        NewEvent(EventKind.OPENED, opened),
        *draw(st.lists(st.sampled_from(happened), max_size=4)),
        NewEvent(EventKind.ANSWERED, {"values": {**more, closing: "2027-06-01"}, "cleared": []}),
    ]
    events: list[Event] = []
    for number, step in enumerate(steps):
        after = (events[-1].sequence, events[-1].hash) if events else (0, "")
        moment = at("2026-02-02 09:00") + timedelta(days=number * 20)
        events += seal(
            [step], dossier="d-1", after=after, at=moment, actor="quackelbeen-els", agreement=agreement.hash
        )
    return events


def counted(agreement: Agreement, dossier: Dossier) -> dict[str, Any]:
    decision = decide(agreement, dossier, NOW, QuickEngine())
    summary = to_document(summarise(agreement, dossier, decision, None, Staff((), NOW)))
    terms = {name: (state.status, state.due and state.due.due) for name, state in decision.terms.items()}
    return {
        **{name: value for name, value in summary.items() if name not in OF_PEOPLE | OF_THE_CHAIN},
        "statuses": terms,
        "milestones": {name: state.at for name, state in decision.milestones.items()},
        "phases": {name: (state.applies, state.open, state.done) for name, state in decision.phases.items()},
        "duties": [(state.owed.key, state.settled is not None) for state in decision.duties],
        "warnings": decision.warnings,
    }


@pytest.mark.parametrize("department", ["de-linde/beukenhof", "waterhof/wijk"])
def test_every_count_stays_and_no_word_does(department: str) -> None:
    agreement = agreements()[department]

    @settings(deadline=None)
    @given(stories(department))
    def holds(events: list[Event]) -> None:
        before = fold(events)
        decision = decide(agreement, before, NOW, QuickEngine())
        chain = anonymised(events, {agreement.hash: agreement}, decision, ABOUT, NOW, ACTORS)
        verify(chain)
        after = fold(chain)
        expected = counted(agreement, before)
        # What still had to be done is not done any more.
        expected.pop("attention_at", None)
        assert counted(agreement, after) == expected
        assert SIGN.casefold() not in repr([(one.actor, one.data) for one in chain]).casefold()
        assert "d-7" not in repr([one.data for one in chain])
        assert [one.at for one in chain[:-1]] == [one.at for one in events]

    holds()


def test_of_each_kind_of_event_it_is_said_what_stays() -> None:
    assert set(_KEPT) == set(EventKind)
