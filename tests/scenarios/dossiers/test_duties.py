"""Duties that are done or set aside, and approval by someone who did not do the work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gehoor.core.deadlines.status import TermStatus
from gehoor.core.decision.model import DutyState
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.authorisation import Operator
from gehoor.services.dossiers.duties import Approving, Settling, approve, finish, owe_again, waive
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.projection.projection import reading_projection
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import (
    INVESTIGATED,
    PUBLISHED_ON,
    de_linde,
    fill,
    publish_change,
    registered,
    staff,
)

INSURER = "schade-naar-verzekeraar/0"
ANSWERED = {"antwoord_wijze": "brief", "tweede_lijn_vermeld": True}


def hurt(runtime: Runtime, **answers: object) -> str:
    """A complaint of 12 May 2026 about an injury, investigated on the 20th: the insurer is told by the 26th."""
    dossier = registered(runtime)
    found = {**INVESTIGATED, "nadeel_schade": ["lichamelijk"], "gegrondheid": "onduidelijk", **answers}
    fill(
        runtime, dossier, "2026-05-20 09:00", **found,
        gegrondheid_motivering="Wij konden het niet nagaan.", onderzoek_afgerond_op="2026-05-20",
    )  # fmt: skip
    return dossier


def said(work: Callable[[], object]) -> str:
    with pytest.raises(RefusedError) as refused:
        work()
    return DUTCH.objections.text(refused.value.objections[0])


def duty(runtime: Runtime, dossier: str, when: str) -> DutyState:
    (state,) = look(runtime, dossier, at(when)).decision.duties
    return state


def of(dossier: str, why: str = "", key: str = INSURER, actor: str = "els") -> Settling:
    return Settling(dossier, key, Operator(actor), why)


# Duties


def test_the_answer_waits_until_the_duty_is_done() -> None:
    runtime = de_linde()
    dossier = hurt(runtime)
    sentence = said(
        lambda: fill(runtime, dossier, "2026-05-21 09:00", **ANSWERED, antwoord_datum="2026-05-21")
    )
    assert "“De verzekeraar verwittigen” moet eerst gedaan zijn." in sentence
    finish(runtime, of(dossier, "Gebeld."), at("2026-05-21 10:00"))
    fill(runtime, dossier, "2026-05-21 11:00", **ANSWERED, antwoord_datum="2026-05-21")


def test_a_duty_that_is_done_in_time_is_on_time() -> None:
    runtime = de_linde()
    dossier = hurt(runtime)
    finish(runtime, of(dossier), at("2026-05-26 23:59"))
    assert look(runtime, dossier, at("2026-06-15 09:00")).decision.terms[INSURER].status is TermStatus.ON_TIME


def test_a_duty_that_nobody_does_is_flagged_once() -> None:
    runtime = de_linde()
    hurt(runtime)
    swept = sweep(runtime, at("2026-05-27 06:00"))
    assert [flag.deadline for flag in swept.missed if flag.deadline == INSURER] == [INSURER]
    assert [flag for flag in sweep(runtime, at("2026-05-27 07:00")).missed if flag.deadline == INSURER] == []


def test_the_sweep_comes_for_a_duty_at_its_own_moment() -> None:
    runtime = de_linde()
    dossier = hurt(runtime)
    with reading_projection(runtime) as register:
        summary = register.summary(dossier)
    assert summary is not None
    assert INSURER in {term["term"] for term in summary.terms}


def test_a_duty_is_set_aside_with_a_reason() -> None:
    runtime = de_linde()
    dossier = hurt(runtime)
    assert said(lambda: waive(runtime, of(dossier), at("2026-05-21 10:00"))) == "Vul in waarom."
    waive(runtime, of(dossier, "De bewoner is zelf verzekerd."), at("2026-05-21 10:00"))
    settled = duty(runtime, dossier, "2026-05-21 11:00").settled
    assert settled is not None
    assert (settled.waived, settled.by, settled.why) == (True, "els", "De bewoner is zelf verzekerd.")
    assert (
        look(runtime, dossier, at("2026-06-15 09:00")).decision.terms[INSURER].status is TermStatus.NOT_NEEDED
    )
    fill(runtime, dossier, "2026-05-21 12:00", **ANSWERED, antwoord_datum="2026-05-21")


def test_what_was_not_done_after_all_is_owed_again() -> None:
    runtime = de_linde()
    dossier = hurt(runtime)
    finish(runtime, of(dossier), at("2026-05-21 10:00"))
    owe_again(runtime, of(dossier, "De mail kwam terug."), at("2026-05-22 09:00"))
    assert duty(runtime, dossier, "2026-05-22 10:00").settled is None
    finish(runtime, of(dossier), at("2026-05-22 11:00"))


@pytest.mark.parametrize("key", ["ernstig-naar-directie/0", "../../etc", ""])
def test_a_duty_that_is_not_there_cannot_be_done(key: str) -> None:
    runtime = de_linde()
    dossier = hurt(runtime)
    sentence = said(lambda: finish(runtime, of(dossier, key=key), at("2026-05-21 10:00")))
    assert sentence == "Deze plicht is er niet, of is al afgehandeld."


def test_a_duty_is_done_once() -> None:
    runtime = de_linde()
    dossier = hurt(runtime)
    finish(runtime, of(dossier), at("2026-05-21 10:00"))
    assert said(lambda: finish(runtime, of(dossier), at("2026-05-21 11:00"))).startswith(
        "Deze plicht is er niet"
    )
    assert said(lambda: waive(runtime, of(dossier, "x"), at("2026-05-21 11:00"))).startswith("Deze plicht")


def test_a_duty_goes_when_its_rule_no_longer_fires() -> None:
    runtime = de_linde()
    dossier = hurt(runtime)
    fill(runtime, dossier, "2026-05-21 09:00", nadeel_schade=["geen"])
    assert look(runtime, dossier, at("2026-05-21 10:00")).decision.duties == ()
    fill(runtime, dossier, "2026-05-21 11:00", **ANSWERED, antwoord_datum="2026-05-21")


# Approval


def serious(runtime: Runtime) -> tuple[str, str]:
    """A serious complaint whose answer is written by els; the dossier, and the name of what is to be approved."""
    dossier = hurt(
        runtime, nadeel_schade=["emotioneel"], ernst=4, ernst_motivering="Hij durft niet meer alleen."
    )
    fill(runtime, dossier, "2026-05-21 09:00", actor="els", **ANSWERED, besluit="Wij passen het rooster aan.")
    (state,) = look(runtime, dossier, at("2026-05-21 10:00")).decision.approvals
    return dossier, state.key


def test_the_director_hears_at_once_that_approval_is_asked() -> None:
    runtime = de_linde()
    staff(runtime, "an", "algemeen-directeur")
    dossier, _ = serious(runtime)
    messages = look(runtime, dossier, at("2026-05-21 10:00")).messages
    assert [*{to for message in messages for to in message.recipients}] == ["an@delinde.example"]


def test_whom_a_rule_tells_and_asks_for_approval_gets_one_message() -> None:
    def change(document: dict[str, Any]) -> None:
        document["rules"] = {
            "ernstig": {
                "if": {"ernst": {"at-least": 4}},
                "then": [
                    {"notify": "algemeen-directeur"},
                    {"approval": "algemeen-directeur", "before": "antwoord verstuurd"},
                ],
                "because": "Wat ernstig is, leest de directeur mee.",
            }
        }

    runtime = de_linde()
    publish_change(runtime, change, PUBLISHED_ON.strftime("%Y-%m-%d 11:30"))
    staff(runtime, "an", "algemeen-directeur")
    dossier, _ = serious(runtime)
    told = look(runtime, dossier, at("2026-05-21 10:00"))
    assert [one.role for one in told.messages] == ["algemeen-directeur"]
    assert {"notified", "approval-asked"} <= {one.kind for one in told.events}


def test_after_approval_the_answer_can_go() -> None:
    runtime = de_linde()
    staff(runtime, "an", "algemeen-directeur")
    dossier, wanted = serious(runtime)
    approve(runtime, Approving(dossier, wanted, "an", "Goed verwoord."), at("2026-05-21 11:00"))
    fill(runtime, dossier, "2026-05-21 12:00", antwoord_datum="2026-05-21")


def test_only_the_role_that_was_asked_approves() -> None:
    runtime = de_linde()
    staff(runtime, "an", "algemeen-directeur")
    staff(runtime, "tom", "teamverantwoordelijke")
    dossier, wanted = serious(runtime)
    sentence = said(lambda: approve(runtime, Approving(dossier, wanted, "tom"), at("2026-05-21 11:00")))
    assert sentence == "Goedkeuren kan alleen wie deze rol heeft: Algemeen directeur."


def test_the_deputy_approves_when_nobody_has_the_role() -> None:
    runtime = de_linde()
    staff(runtime, "dirk", "dagelijks-verantwoordelijke")
    dossier, wanted = serious(runtime)
    approve(runtime, Approving(dossier, wanted, "dirk"), at("2026-05-21 11:00"))
    (state,) = look(runtime, dossier, at("2026-05-21 12:00")).decision.approvals
    assert state.holds


def test_nobody_approves_their_own_work() -> None:
    runtime = de_linde()
    staff(runtime, "els", "algemeen-directeur")
    dossier, wanted = serious(runtime)
    sentence = said(lambda: approve(runtime, Approving(dossier, wanted, "els"), at("2026-05-21 11:00")))
    assert sentence == "U hebt hier zelf aan gewerkt. Iemand anders keurt dit goed."


def test_approval_lapses_when_what_was_approved_is_changed_and_is_asked_again() -> None:
    runtime = de_linde()
    staff(runtime, "an", "algemeen-directeur")
    dossier, wanted = serious(runtime)
    approve(runtime, Approving(dossier, wanted, "an"), at("2026-05-21 11:00"))
    fill(runtime, dossier, "2026-05-21 12:00", actor="els", besluit="Wij doen niets.")
    (state,) = look(runtime, dossier, at("2026-05-21 12:30")).decision.approvals
    assert (state.lapsed, state.holds) == (True, False)
    sentence = said(lambda: fill(runtime, dossier, "2026-05-21 13:00", antwoord_datum="2026-05-21"))
    assert "na de goedkeuring is er iets gewijzigd" in sentence
    with reading_projection(runtime) as register:
        asked = [event for event in register.events(dossier) if event.kind == "approval-asked"]
    assert len(asked) == 2
    approve(runtime, Approving(dossier, wanted, "an"), at("2026-05-21 14:00"))
    fill(runtime, dossier, "2026-05-21 15:00", antwoord_datum="2026-05-21")


def test_approval_stays_when_something_else_is_changed() -> None:
    runtime = de_linde()
    staff(runtime, "an", "algemeen-directeur")
    dossier, wanted = serious(runtime)
    approve(runtime, Approving(dossier, wanted, "an"), at("2026-05-21 11:00"))
    fill(runtime, dossier, "2026-05-21 12:00", onderwerp="Bel niet beantwoord op zondag")
    (state,) = look(runtime, dossier, at("2026-05-21 12:30")).decision.approvals
    assert state.holds


def test_what_nobody_asked_for_cannot_be_approved() -> None:
    runtime = de_linde()
    staff(runtime, "an", "algemeen-directeur")
    dossier, wanted = serious(runtime)
    approve(runtime, Approving(dossier, wanted, "an"), at("2026-05-21 11:00"))
    for name in (wanted, "approval/niets/an/afgesloten"):
        sentence = said(
            lambda name=name: approve(runtime, Approving(dossier, name, "an"), at("2026-05-21 12:00"))
        )
        assert sentence == "Hier valt nu niets goed te keuren."
