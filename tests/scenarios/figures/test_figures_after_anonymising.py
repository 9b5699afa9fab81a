"""What is counted of a dossier is what stays when it is anonymised: no figure changes by it."""

from __future__ import annotations

from gehoor.services.projection.projection import project_pending, reading_projection
from gehoor.services.register.runtime import Runtime
from gehoor.services.retention.approval import approve
from gehoor.services.retention.carrying_out import carry_out
from gehoor.services.retention.survey import survey
from tests.support.clock import at
from tests.support.de_linde import staff
from tests.support.retention import closed_complaint, keeping_de_linde

LATER = at("2031-06-11 09:00")


def kept(runtime: Runtime, dossier: str) -> tuple[object, object]:
    with reading_projection(runtime) as register:
        found = register.summary(dossier)
    assert found is not None
    return dict(found.figures), found.themes


def test_anonymising_changes_no_figure() -> None:
    runtime = keeping_de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    dossier = closed_complaint(runtime)
    project_pending(runtime)
    before = kept(runtime, dossier)
    survey(runtime, LATER)
    approve(runtime, [dossier], "els", LATER)
    assert carry_out(runtime, None, LATER).failed == {}
    assert kept(runtime, dossier) == before
