"""The page for who approves, and what a dossier says of until when it is kept."""

from __future__ import annotations

import re

import pytest

from gehoor.services.correspondence.conversation import write_to_us
from gehoor.services.retention.carrying_out import carry_out
from tests.support.de_linde import fill, publish_change
from tests.support.retention import closed_complaint, keeping
from tests.support.site import Site, new_site

PAGE = "/medewerker/bewaring"


@pytest.fixture
def site() -> Site:
    site = new_site("2026-05-02 09:00")
    publish_change(site.runtime, keeping, "2026-05-01 09:00")
    return site


def test_what_is_ticked_is_approved_and_shown_as_done(site: Site) -> None:
    site.clock.to("2026-06-12 09:00")
    first, second = closed_complaint(site.runtime), closed_complaint(site.runtime)
    site.clock.to("2031-06-11 09:00")
    els = site.staff("els", "kwaliteitscoordinator")
    assert "Bewaring" in els.page("/medewerker/").text
    listed = els.page(PAGE).text
    assert "BEU-2026-0001" in listed
    assert "Zwaantje" not in listed
    first_box, second_box = (
        re.search(f'value="({one}@[0-9]+)"', els.page(PAGE).html) for one in (first, second)
    )
    assert first_box
    assert second_box
    answer = els.send(PAGE, dossier=second_box[1], wat="tegenhouden", reden="")
    assert (answer.status_code, "Schrijf waarom" in answer.text) == (422, True)
    els.send(PAGE, dossier=second_box[1], wat="tegenhouden", reden="Er loopt een geschil.")
    write_to_us(site.runtime, first, "Ik wil nog iets melden.", "late", site.clock())
    refused = els.send(PAGE, dossier=first_box[1], wat="goedkeuren")
    assert (refused.status_code, "kreeg er intussen iets bij" in refused.text) == (409, True)
    assert "Na het afsluiten kwam nog een bericht binnen, op woensdag 11 juni 2031." in refused.text
    seen = re.search(f'value="({first}@[0-9]+)"', refused.text)
    assert seen
    els.send(PAGE, dossier=seen[1], wat="goedkeuren")
    assert "Er loopt een geschil." in els.page(PAGE).text
    carry_out(site.runtime, None, site.clock())
    assert "Geanonimiseerd" in els.page(PAGE).text
    rooms = [els.page(f"/medewerker/dossiers/{first}{room}").text for room in ("", "/overzicht", "/verloop")]
    assert "Geanonimiseerd: wat over mensen gaat, is weg" in rooms[-1]
    for shown in rooms:
        assert "Zwaantje" not in shown
        assert 'name="v_' not in shown
        assert "Heropenen" not in shown


def test_who_does_not_approve_does_not_see_the_page(site: Site) -> None:
    ria = site.staff("ria", "onthaal")
    assert ria.get(PAGE).status_code == 403
    assert "Bewaring" not in ria.page("/medewerker/").text


def test_a_closed_dossier_says_until_when_it_is_kept_and_why(site: Site) -> None:
    site.clock.to("2026-06-12 09:00")
    dossier = closed_complaint(site.runtime)
    els = site.staff("els", "kwaliteitscoordinator")
    shown = els.page(f"/medewerker/dossiers/{dossier}/overzicht").text
    assert "Bewaard tot en met dinsdag 10 juni 2031" in shown
    assert "Gewone klachten" in shown
    fill(site.runtime, dossier, "2026-06-12 08:00", actor="els", bewaarblokkering="Er loopt een rechtszaak.")
    shown = els.page(f"/medewerker/dossiers/{dossier}/overzicht").text
    assert "Dit dossier blijft voorlopig bewaard." in shown
    assert "Er loopt een rechtszaak." in shown
