"""What the questions proposed stays readable when somebody chose otherwise."""

from __future__ import annotations

from gehoor.core.agreement.classification import Proposed
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.authorisation import Operator
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.dossiers.opening import open_dossier
from gehoor.services.dossiers.viewing import look
from tests.support.clock import at
from tests.support.de_linde import PHONE, de_linde

NOTICE = "Voorstel van de vragen, niet gevolgd"


def opened_with(kind: str, proposal: Proposed | None) -> dict[str, str]:
    runtime = de_linde()
    opening = Opening(
        "de-linde",
        "beukenhof",
        "dossier",
        {**PHONE, "type_bericht": kind},
        "key",
        Operator("ria"),
        "Ria",
        proposal=proposal,
    )
    dossier = open_dossier(runtime, opening, at("2026-05-12 14:00")).dossier
    opened = look(runtime, dossier, at("2026-05-12 15:00"))
    return dict(DUTCH.events.text(opened.agreement, opened.events[0]).details)


def test_the_timeline_says_that_someone_chose_otherwise_and_which_question_decided() -> None:
    told = opened_with("opmerking", Proposed("klacht", "ontevreden"))
    assert told[NOTICE] == (
        "Klacht, door de vraag \u201cIs de indiener ontevreden over wat wij deden of niet deden?\u201d"
    )


def test_when_no_question_decided_it_says_so() -> None:
    assert opened_with("klacht", Proposed("anders"))[NOTICE] == "Iets anders, want geen vraag besliste"


def test_a_proposal_that_was_followed_needs_no_words() -> None:
    assert NOTICE not in opened_with("klacht", Proposed("klacht", "ontevreden"))
    assert NOTICE not in opened_with("klacht", None)
