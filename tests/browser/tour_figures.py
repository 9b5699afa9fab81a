"""The pages with figures: the overview, the lists behind it, a report from draft to file, and the export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from playwright.sync_api import Page

from tests.browser.served import Served
from tests.browser.steps import WORK, press
from tests.support.de_linde import publish_change
from tests.support.standards import agreed

REPORT = f"{WORK}verslagen/de-linde/jaarverslag/2026"


def tour_figures(page: Page, linde: Served) -> Iterator[str]:
    """Stop at each state of each page with figures."""
    publish_change(linde.site.runtime, agreed_figures, "2026-02-02 10:00")
    page.goto(f"{WORK}cijfers/")
    yield "figures"
    page.goto(f"{WORK}cijfers/?afdeling=de-linde/beukenhof")
    yield "figures-department"
    for name, answer in {"figures-list": "zorg_begeleiding", "figures-not-filled-in": "-"}.items():
        page.goto(f"{WORK}cijfers/dossiers?thema=soort_klacht_hoofd%3D{answer}")
        yield name
    page.goto(f"{WORK}verslagen/")
    yield "reports-none"
    page.goto(REPORT)
    yield "report-draft"
    page.goto(f"{REPORT}/dossiers?tabel=1.2&rij=klacht&naam=Klacht")
    yield "report-behind"
    page.goto(f"{REPORT}/dossiers?tabel=1.2&rij=suggestie&naam=Suggestie")
    yield "report-behind-nothing"
    page.goto(f"{WORK}verslagen/de-linde/jaarverslag/1999")
    yield "report-draft-empty"
    page.goto(f"{REPORT}?versie=openbaar")
    yield "report-draft-public"
    page.goto(REPORT)
    page.fill(".writing textarea >> nth=0", "Meer dan vorig jaar.")
    page.eval_on_selector(".writing input[name=eerder] >> nth=0", "one => one.value = 'iets anders'")
    press(page, ".writing button >> nth=0")
    yield "report-saved-or-conflict"
    yield from _kept(page)
    page.goto(f"{WORK}verslagen/")
    yield "reports"
    page.goto(f"{WORK}uitvoer/")
    yield "export"
    for name, query in {
        "work-as-file": "?soort=klacht&van=2026-05-01",
        "search-as-file": "zoeken?q=bel",
    }.items():
        page.goto(WORK + query)
        yield name
    page.goto(f"{WORK}zelfbeoordeling/")
    yield "assessments"
    press(page, "main >> text=Proefnorm")
    page.click("#tijd summary")
    yield "assessment"
    page.check("#tijd label:has-text('Deels') input")
    page.fill("#tijd textarea", "Een halve dag in de week.")
    press(page, "#tijd button")
    yield "assessment-answered"


def _kept(page: Page) -> Iterator[str]:
    page.goto(REPORT)
    press(page, "section[aria-labelledby=klaar] button")
    yield "report-kept"
    kept = page.url
    page.click("table.figures >> nth=1 >> a >> nth=0")
    yield "report-kept-behind"
    page.goto(kept)
    page.click("summary >> text=Noteren wie het goedkeurde")
    press(page, "form[action*=goedgekeurd] button")
    yield "report-approval-refused"
    page.goto(kept)
    page.click("summary >> text=Dit verslag intrekken")
    page.fill("#waarom", "Er stond een telfout in.")
    press(page, "form[action*=intrekken] button")
    yield "report-withdrawn"
    page.goto(kept)
    press(page, "main nav a >> text=Openbaar")
    yield "report-kept-public"


def agreed_figures(document: dict[str, object]) -> None:
    """Agree on figures and a standard, and that a quality coordinator sees, makes, reads and takes out all of them."""
    agreed(document)
    rights = document["rights"]
    assert isinstance(rights, dict)
    rights |= {name: ["kwaliteitscoordinator"] for name in ("see-figures", "make-reports", "read-reports")}
    rights["export-dossiers"] = ["kwaliteitscoordinator"]
    reports = document["reports"]
    assert isinstance(reports, dict)
    reports["jaarverslag"] = with_all_in_front(reports["jaarverslag"])


def with_all_in_front(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return a report of which the number of each table stands in front."""
    chapters = [
        {**one, "figures": [{**table, "in-front": True} for table in one["figures"]]}
        if "figures" in one
        else one
        for one in report["chapters"]
    ]
    return {**report, "chapters": chapters}
