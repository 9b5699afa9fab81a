"""What people do on the pages, in a few words: signing in, telling a story, following it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.served import Served
from tests.support.de_linde import STORY, open_by_web
from tests.support.site import PASSWORD

FORM = "/de-linde/beukenhof/melden"
WORK = "/medewerker/"
NAME, MAIL = "Els Peeters", "els@voorbeeld.be"


def press(page: Page, what: str) -> None:
    """Press a button or a link, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.click(what)


def send(page: Page) -> None:
    """Press the one button in the middle of the page that sends its form."""
    press(page, "main form button.button:not(.small, .quiet-button) >> nth=-1")


def on(page: Page, where: str = "verder") -> None:
    """Leave a step of the form: ``verder``, ``overslaan``, ``terug``, ``bewaren``."""
    press(page, f"main button[name=verder][value={where}]")


def choose(page: Page, field: str, *codes: str) -> None:
    for code in codes:
        page.check(f"input[name=v_{field}][value={code}]")


def begin(page: Page, form: str = FORM) -> None:
    page.goto(form)
    press(page, "main a.button")


def to_anonymous(page: Page) -> None:
    """Answer the first question, and skip up to the one that asks whether they stay anonymous."""
    page.fill("#v_uiteenzetting", STORY)
    for _ in range(4):
        on(page)


def to_check(page: Page, *, anonymous: bool = False) -> None:
    """Fill in the form up to the page that shows all answers once more."""
    to_anonymous(page)
    choose(page, "anoniem", "ja" if anonymous else "nee")
    on(page)
    if not anonymous:
        page.fill("#v_klager_naam", NAME)
        page.fill("#v_klager_email", MAIL)
        on(page)
    on(page)


def tell(page: Page, *, anonymous: bool = False) -> tuple[str, str]:
    """Tell a story from the first page to the receipt; returns the number and the code."""
    begin(page)
    to_check(page, anonymous=anonymous)
    send(page)
    return page.inner_text(".slip strong >> nth=0"), page.inner_text(".slip .code")


def follow(page: Page, code: str) -> None:
    page.goto("/volgen")
    page.fill("#code", code)
    send(page)


def sign_in(page: Page, name: str = "ria", *, goto: bool = True) -> None:
    if goto:
        page.goto(WORK)
    page.fill("#naam", name)
    page.fill("#wachtwoord", PASSWORD)
    send(page)


def dossier_page(dossier: str) -> str:
    return f"{WORK}dossiers/{dossier}"


def unfold(page: Page) -> None:
    """Open everything on the page that unfolds."""
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")


def on_new_dossier(linde: Served, open_browser: Callable[..., Page], room: str = "") -> Page:
    """Return a room of a dossier that just came in, unfolded, as who registers it has it open."""
    dossier = open_by_web(linde.site.runtime, "2026-05-12 13:00").dossier
    linde.site.add_staff("els", "kwaliteitscoordinator")
    page = open_browser(1280)
    sign_in(page, "els")
    page.goto(f"{dossier_page(dossier)}{room}")
    unfold(page)
    return page
