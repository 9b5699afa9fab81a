"""A term that stands still: what is said of it inside and outside."""

from __future__ import annotations

from gehoor.services.access.authorisation import Operator
from gehoor.services.dossiers.incoming import Receipt
from gehoor.services.dossiers.term_changes import Adjustment, resume, suspend
from tests.scenarios.public.test_status_pages import follow
from tests.support.de_linde import open_by_web
from tests.support.pages import page_faults
from tests.support.site import Site, new_site


def opened(site: Site) -> Receipt:
    return open_by_web(site.runtime, "2026-05-12 13:00")


def test_what_stands_still_is_said_outside_and_keeps_no_date() -> None:
    site = new_site("2026-05-20 10:00")
    receipt = opened(site)
    wanted = Adjustment(receipt.dossier, "antwoord", Operator("els"), reason="wachten-op-klager")
    suspend(site.runtime, wanted, site.clock())
    page = follow(site, receipt).page("/volgen/dossier")
    assert "de tijd hiervoor staat stil sinds woensdag 20 mei 2026" in page.text
    assert "wachten" not in page.one("ol", class_="steps").text, "why is for the letter that says so"
    assert page_faults(page) == []


def test_staff_see_since_when_a_term_stands_still_and_why() -> None:
    site = new_site("2026-05-20 10:00")
    receipt = opened(site)
    wanted = Adjustment(receipt.dossier, "antwoord", Operator("els"), reason="wachten-op-klager")
    suspend(site.runtime, wanted, site.clock())
    page = site.staff().page(f"/medewerker/dossiers/{receipt.dossier}/overzicht")
    assert "Staat stil sinds woensdag 20 mei 2026: wachten op klager." in page.text


def test_what_runs_again_has_its_date_again() -> None:
    site = new_site("2026-05-20 10:00")
    receipt = opened(site)
    wanted = Adjustment(receipt.dossier, "antwoord", Operator("els"), reason="wachten-op-klager")
    suspend(site.runtime, wanted, site.clock())
    site.clock.to("2026-05-22 10:00")
    resume(site.runtime, wanted, site.clock())
    assert "staat stil" not in follow(site, receipt).page("/volgen/dossier").text
