"""What a phase says of its answers after a milestone: they change no more, until the dossier is opened again."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.objections.objections import Objection
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.authorisation import Operator
from gehoor.services.dossiers.reopening import reopen
from gehoor.services.dossiers.viewing import look
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, publish_change, staff
from tests.support.retention import closed_complaint

LATER = "2026-06-15 09:00"


@pytest.fixture
def runtime() -> Runtime:
    """De Linde, where nothing of the investigation or the answer changes once a dossier is closed."""
    runtime = de_linde()

    def fixed(document: dict[str, Any]) -> None:
        for phase in ("onderzoek", "antwoord", "afsluiting"):
            document["phases"][phase]["fixed-after"] = "afgesloten"

    publish_change(runtime, fixed, "2026-05-01 09:00")
    return runtime


def refused(runtime: Runtime, dossier: str, **answers: Any) -> set[str]:
    with pytest.raises(RefusedError) as error:
        fill(runtime, dossier, LATER, **answers)
    return {one.code for one in error.value.objections}


def test_the_judgement_of_a_closed_complaint_stays_what_it_is(runtime: Runtime) -> None:
    dossier = closed_complaint(runtime)
    assert "fixed" in refused(runtime, dossier, gegrondheid="ongegrond")


def test_the_day_of_closing_is_not_moved_and_emptied_only_by_reopening(runtime: Runtime) -> None:
    dossier = closed_complaint(runtime)
    assert refused(runtime, dossier, afgesloten_op="2026-06-14") == {"fixed"}
    assert "closed-first" in refused(runtime, dossier, afgesloten_op="")


def test_what_was_left_open_can_still_be_told(runtime: Runtime) -> None:
    dossier = closed_complaint(runtime)
    fill(runtime, dossier, LATER, onderwerp="Wachten op hulp")
    assert look(runtime, dossier, at(LATER)).decision.values["onderwerp"] == "Wachten op hulp"


def test_opened_again_it_can_be_judged_again(runtime: Runtime) -> None:
    dossier = closed_complaint(runtime)
    reopen(runtime, dossier, "Er kwam een getuige.", Operator("els"), at("2026-06-15 08:00"))
    assert not look(runtime, dossier, at(LATER)).decision.fields["gegrondheid"].fixed


def objections(runtime: Runtime, dossier: str, when: str = LATER, **answers: Any) -> list[Objection]:
    with pytest.raises(RefusedError) as error:
        fill(runtime, dossier, when, **answers)
    return list(error.value.objections)


@pytest.mark.parametrize("kind", ["opmerking", "suggestie", "melding"])
def test_what_decides_that_a_fixed_answer_is_there_is_fixed_with_it(runtime: Runtime, kind: str) -> None:
    """As a remark the dossier has no investigation: the judgement of the closed complaint would be gone."""
    dossier = closed_complaint(runtime)
    (one,) = objections(runtime, dossier, type_bericht=kind)
    assert (one.field, one.code) == ("type_bericht", "hides-fixed")
    assert "Heropen eerst het dossier." in DUTCH.objections.text(one)
    assert look(runtime, dossier, at(LATER)).decision.fields["gegrondheid"].visible


def test_opened_again_it_can_become_something_else(runtime: Runtime) -> None:
    dossier = closed_complaint(runtime)
    reopen(runtime, dossier, "Het was een opmerking.", Operator("els"), at("2026-06-15 08:00"))
    fill(runtime, dossier, LATER, type_bericht="opmerking")
    assert not look(runtime, dossier, at(LATER)).decision.fields["gegrondheid"].visible


def with_rule(**effect: Any) -> Runtime:
    """De Linde, where the judgement is fixed by closing, and a rule that hangs on a free field touches it."""
    runtime = de_linde()

    def agreed(document: dict[str, Any]) -> None:
        document["forms"]["dossier"]["properties"]["gegrondheid"]["fixed-after"] = "afgesloten"
        document["rules"]["telefoon-telt-niet"] = {
            "if": {"onderwerp": "Telefoon"}, "then": [effect], "because": "Zo is het afgesproken."
        }  # fmt: skip

    publish_change(runtime, agreed, "2026-05-01 09:00")
    return runtime


@pytest.mark.parametrize("effect", [{"hide": "gegrondheid"}, {"derive": "gegrondheid", "value": "ongegrond"}])
def test_nor_does_a_rule_hide_or_replace_it(effect: dict[str, Any]) -> None:
    runtime = with_rule(**effect)
    dossier = closed_complaint(runtime)
    found = {
        one.code: one for one in objections(runtime, dossier, klager_naam="Peeters", onderwerp="Telefoon")
    }
    one = found["hides-fixed"]
    assert (one.field, one.details["parties"]) == ("onderwerp", ("Is de klacht gegrond?",))


def test_a_fixed_field_that_is_shown_by_another_stays_shown() -> None:
    """The condition of a field itself: who becomes anonymous does not take the fixed name off the page."""
    runtime = de_linde()

    def agreed(document: dict[str, Any]) -> None:
        document["forms"]["dossier"]["properties"]["klager_naam"]["fixed-after"] = "afgesloten"

    publish_change(runtime, agreed, "2026-05-01 09:00")
    dossier = closed_complaint(runtime)
    fill(runtime, dossier, "2026-06-01 09:00", onderwerp="Wachten")
    seen = look(runtime, dossier, at(LATER)).decision
    assert seen.fields["klager_naam"].fixed, "it has an answer"
    (one,) = objections(runtime, dossier, anoniem=True)
    assert (one.field, one.code) == ("anoniem", "hides-fixed")


def test_what_fixed_it_stays_shown_too() -> None:
    runtime = with_rule(hide="afgesloten_op")
    dossier = closed_complaint(runtime)
    (one,) = objections(runtime, dossier, onderwerp="Telefoon")
    assert one.code == "hides-fixed"


def test_of_what_somebody_does_not_see_nothing_is_named() -> None:
    runtime = de_linde()

    def kept(document: dict[str, Any]) -> None:
        of = document["forms"]["dossier"]["properties"]["gegrondheid"]
        of |= {"fixed-after": "afgesloten", "seen-by": ["kwaliteitscoordinator"]}
        document["rules"]["telefoon-telt-niet"] = {
            "if": {"onderwerp": "Telefoon"}, "then": [{"hide": "gegrondheid"}], "because": "Afgesproken."
        }  # fmt: skip

    publish_change(runtime, kept, "2026-05-01 09:00")
    staff(runtime, "els", "kwaliteitscoordinator")
    staff(runtime, "nadia", "onthaal")
    dossier = closed_complaint(runtime)
    (one,) = objections(runtime, dossier, onderwerp="Telefoon", actor="nadia")
    assert "niet ziet" in DUTCH.objections.text(one)
    assert one.details["parties"] == ()
