"""With script, what was chosen and cannot be any more is told, is not sent, and comes back with its answer."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from gehoor.services.register.register import reading
from tests.browser.served import Served
from tests.browser.steps import FORM, WORK, choose, press, send, sign_in
from tests.support.de_linde import MELDEN, open_by_web, publish_change
from tests.support.offered_choices import offering

GONE = "\u201c{}\u201d kan niet meer, door een ander antwoord. Kies opnieuw."


def _opened(linde: Served, open_browser: Callable[..., Page]) -> Page:
    publish_change(linde.site.runtime, offering, "2026-05-12 13:00")
    page = open_browser(1280)
    page.goto(f"{FORM}/alles")
    return page


def _told(page: Page, field: str) -> str:
    return page.locator(f"#v_{field}-veld [role=status]").inner_text()


def _dish(page: Page) -> str:
    return page.locator("#v_gerecht").input_value()


def test_what_was_chosen_is_taken_away_with_a_word_and_given_back(
    linde: Served, open_browser: Callable[..., Page]
) -> None:
    page = _opened(linde, open_browser)
    choose(page, "soort_dienst", "keuken")
    choose(page, "wat_mis", "koud")
    choose(page, "gevolg_mis", "honger", "boos")
    page.select_option("#v_gerecht", "vis")
    choose(page, "soort_dienst", "zorg")
    assert _told(page, "wat_mis") == GONE.format("Het was koud")
    assert _told(page, "gevolg_mis") == GONE.format("Honger")
    assert (_told(page, "gerecht"), _dish(page)) == (GONE.format("Vis"), "")
    choose(page, "soort_dienst", "keuken")
    assert not page.locator("#v_wat_mis-veld [role=status]").is_visible()
    assert page.locator("input[name=v_wat_mis][value=koud]").is_checked()
    assert _dish(page) == "vis"


def test_it_is_not_sent(linde: Served, open_browser: Callable[..., Page]) -> None:
    page = _opened(linde, open_browser)
    page.fill("#v_uiteenzetting", MELDEN["uiteenzetting"])
    choose(page, "anoniem", "ja")
    choose(page, "soort_dienst", "keuken")
    choose(page, "wat_mis", "koud")
    page.select_option("#v_gerecht", "vis")
    choose(page, "soort_dienst", "was")
    send(page)
    with reading(linde.site.runtime.store) as register:
        kept = register.dossier("dossier-1").values
    assert kept["soort_dienst"] == "was"
    assert not {"wat_mis", "gerecht"} & set(kept)


def test_in_a_dossier_it_is_told_where_it_stands_and_emptied_by_saving(
    linde: Served, open_browser: Callable[..., Page]
) -> None:
    publish_change(linde.site.runtime, offering, "2026-05-12 13:00")
    dossier = open_by_web(
        linde.site.runtime, "2026-05-12 13:30", soort_dienst="keuken", wat_mis="koud"
    ).dossier
    linde.site.add_staff("ria", "kwaliteitscoordinator")
    page = open_browser(1280)
    sign_in(page, "ria")
    page.goto(f"{WORK}dossiers/{dossier}")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    choose(page, "soort_dienst", "zorg")
    assert _told(page, "wat_mis") == GONE.format("Het was koud")
    press(page, "main .actions.sticky button")
    with reading(linde.site.runtime.store) as register:
        kept = register.dossier(dossier).values
    assert kept["soort_dienst"] == "zorg"
    assert "wat_mis" not in kept


def test_a_row_offers_by_its_own_answers_and_says_when_there_is_nothing(
    linde: Served, open_browser: Callable[..., Page]
) -> None:
    page = _opened(linde, open_browser)
    row = page.locator("#v_bestellingen-0")
    if row.get_attribute("open") is None:
        row.locator("summary").click()
    tea = page.locator("input[name=v_bestellingen-0-welk][value=thee]")
    assert not tea.is_visible()
    assert _told(page, "bestellingen-0-welk") == "Bij de andere antwoorden is hier geen keuze."
    page.check("input[name=v_bestellingen-0-soort][value=drank]")
    assert tea.is_visible()
    assert not page.locator("input[name=v_bestellingen-0-welk][value=soep]").is_visible()
