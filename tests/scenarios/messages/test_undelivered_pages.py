"""What did not go out is seen by who works there: on the dossier, in a list, and by whoever runs the server."""

from __future__ import annotations

import pytest

from gehoor.services.jobs.sweep import sweep
from gehoor.services.messages.sending import deliver
from tests.support.clock import at
from tests.support.de_linde import fill, open_by_phone, registered
from tests.support.paper_post import PaperPost
from tests.support.site import Site, new_site

LATE = "2026-05-16 00:00"


@pytest.fixture
def site() -> Site:
    site = new_site()
    site.clock.to(LATE)
    return site


def late(site: Site, *, post: PaperPost, accused: str = "") -> str:
    """Open a dossier whose registration is too late, and have what that calls for sent."""
    dossier = open_by_phone(site.runtime, "2026-05-12 14:00").dossier
    if accused:
        about = {"voorwerp": "persoon", "aangeklaagde_medewerkers": [accused]}
        fill(site.runtime, dossier, "2026-05-12 15:00", **about)
    sweep(site.runtime, at(LATE))
    deliver(site.runtime, post, lambda: at(LATE))
    return dossier


def test_a_dossier_says_which_message_did_not_go_and_why(site: Site) -> None:
    ria = site.staff("ria", "kwaliteitscoordinator")
    dossier = late(site, post=PaperPost(down=True))
    page = ria.get(f"/medewerker/dossiers/{dossier}").text
    assert "2 berichten vertrokken niet" in page
    assert "1 keer geprobeerd: de server antwoordt niet" in " ".join(page.replace("<span>", "").split())


def test_what_went_out_or_waits_for_its_turn_is_not_complained_of(site: Site) -> None:
    ria = site.staff("ria", "kwaliteitscoordinator")
    sent = late(site, post=PaperPost())
    waits = open_by_phone(site.runtime, "2026-05-12 14:00").dossier
    sweep(site.runtime, at(LATE))
    for dossier in (sent, waits):
        page = ria.get(f"/medewerker/dossiers/{dossier}").text
        assert "vertrok" not in page
    assert "Alles wat moest vertrekken, is vertrokken." in ria.get("/medewerker/berichten").text


def test_that_nobody_has_the_role_is_said(site: Site) -> None:
    an = site.staff("an", "onthaal")
    dossier = late(site, post=PaperPost())
    page = an.get(f"/medewerker/dossiers/{dossier}").text
    assert "2 berichten vertrokken niet" in page
    assert "Niemand met een e-mailadres heeft die rol." in page


def test_the_list_has_those_of_where_one_works_only(site: Site) -> None:
    ria, els = site.staff("ria", "kwaliteitscoordinator"), site.staff("els", "de-linde/eikenrode:onthaal")
    dossier = late(site, post=PaperPost(gone=True))
    assert f"/medewerker/dossiers/{dossier}" in ria.get("/medewerker/berichten").text
    assert dossier not in els.get("/medewerker/berichten").text


def test_the_list_hides_what_a_dossier_about_somebody_would_tell_them(site: Site) -> None:
    ria, koen = site.staff("ria", "kwaliteitscoordinator"), site.staff("koen", "onthaal")
    dossier = late(site, post=PaperPost(down=True), accused="koen")
    assert dossier in ria.get("/medewerker/berichten").text
    assert dossier not in koen.get("/medewerker/berichten").text


def test_what_is_closed_is_left_in_peace(site: Site) -> None:
    ria = site.staff("ria", "kwaliteitscoordinator")
    dossier = registered(site.runtime, type_bericht="opmerking")
    sweep(site.runtime, at(LATE))
    deliver(site.runtime, PaperPost(down=True), lambda: at(LATE))
    fill(
        site.runtime,
        dossier,
        LATE,
        afgesloten_op="2026-05-16",
        afsluitreden="geen_klacht",
        reason="Wat nog liep, hoeft niet meer.",
    )
    assert dossier not in ria.get("/medewerker/berichten").text
    assert "vertrok" not in ria.get(f"/medewerker/dossiers/{dossier}").text
