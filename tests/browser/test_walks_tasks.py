"""Somebody who sees no dossier does what was promised: from the list to what was kept, with script and without."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.looking import faults
from tests.browser.served import Served
from tests.browser.steps import WORK, dossier_page, press, sign_in
from tests.support.de_linde import publish_change
from tests.support.tasks import SOUP, measure, rows, with_measures, with_tasks

Open = Callable[..., Page]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("width", [1280, 360])
def test_who_sees_no_dossier_finishes_a_task(
    linde: Served, open_browser: Open, script: bool, width: int
) -> None:
    site = linde.site
    publish_change(site.runtime, with_tasks, "2026-02-01 10:00")
    site.add_staff("els", "kwaliteitscoordinator")
    site.add_staff("kaat", "personeelsdienst")
    dossier = with_measures(site.runtime, measure("kaat"))
    site.clock.to("2026-05-21 09:00")
    page = open_browser(width, script=script)
    sign_in(page, "kaat")
    # Who looks for barriers needs a script.
    press(page, "header >> text=Mijn taken")
    assert SOUP in page.inner_text("main")
    assert not script or faults(page) == []
    press(page, "main h2 a")
    assert not script or faults(page) == []
    page.fill("#v_verslag", "Twee wagens gekocht.")
    page.fill("#v_uitgevoerd_op", "2026-05-21")
    press(page, ".sheet .actions button")
    assert "Deze taak is gedaan." in page.inner_text(".saved")
    assert not script or faults(page) == []
    assert rows(site.runtime, dossier)[0]["verslag"] == "Twee wagens gekocht."
    page.goto(f"{WORK}taken/")
    assert "U hebt nu geen taken" in page.inner_text("main")
    page.goto(dossier_page(dossier))
    assert "Deze pagina bestaat niet" in page.inner_text("h1")
