"""Which phase is worked on: one that only waits for closing is passed over."""

from __future__ import annotations

from typing import Any

from gehoor.services.dossiers.viewing import look
from gehoor.services.intake.status_page import follow
from tests.scenarios.dossiers.test_closing import APOLOGY, PUT_RIGHT, RECEIVED, answered_first
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_web, publish_change

WHEN = "2026-06-01 10:00"


def test_what_only_waits_for_closing_is_passed_over() -> None:
    runtime = de_linde()
    dossier = answered_first(runtime)
    fill(runtime, dossier, WHEN, **PUT_RIGHT, **APOLOGY, **RECEIVED)
    current = look(runtime, dossier, at(WHEN)).decision.current_phase
    assert current is not None
    assert current.phase.id == "nazorg"


def test_the_first_phase_is_the_one_at_the_beginning() -> None:
    runtime = de_linde()
    dossier = open_by_web(runtime, "2026-05-12 10:00").dossier
    current = look(runtime, dossier, at("2026-05-12 11:00")).decision.current_phase
    assert current is not None
    assert current.phase.id == "begrip"


def test_a_phase_without_a_text_for_people_outside_is_not_told_them_where_others_have_one() -> None:
    runtime = de_linde()

    def inside(document: dict[str, Any]) -> None:
        del document["phases"]["nazorg"]["public"]

    publish_change(runtime, inside, "2026-02-01 09:00")
    dossier = open_by_web(runtime, "2026-05-12 10:00").dossier
    told = [state.phase.id for state in follow(runtime, dossier, at("2026-05-12 11:00")).phases]
    assert "nazorg" not in told
    assert "onderzoek" in told
