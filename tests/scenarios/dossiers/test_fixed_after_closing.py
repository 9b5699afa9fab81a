"""What a phase says of its answers after a milestone: they change no more, until the dossier is opened again."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.services.access.authorisation import Operator
from gehoor.services.dossiers.reopening import reopen
from gehoor.services.dossiers.viewing import look
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, publish_change
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
