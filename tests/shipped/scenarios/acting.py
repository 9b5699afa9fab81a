"""What people do on a page, by what they see there: labels, buttons, links and headings."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page

from tests.browser.steps import dossier_page

_TYPED = "textarea, input:not([type=radio], [type=checkbox])"


def write(page: Page, label: str, text: str) -> None:
    """Fill in the answer with this label, of those that somebody sees."""
    # What stands under a heading is labelled too, and so is each option.
    page.locator(_TYPED).and_(page.get_by_label(_label(label))).filter(visible=True).fill(text)


def pick(page: Page, question: str, *options: str) -> None:
    """Choose options of a question that offers some."""
    asked = page.get_by_role("group", name=question)
    for option in options:
        # What a choice means, or what somebody does here, stands in its label too.
        told = asked.locator("label:has(small)").filter(has_text=re.compile(rf"^\s*{re.escape(option)}"))
        asked.get_by_label(option, exact=True).or_(told.locator("input")).first.check()


def push(page: Page, button: str | re.Pattern[str]) -> None:
    """Press a button, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=isinstance(button, str)).click()


def go(page: Page, link: str | re.Pattern[str]) -> None:
    """Follow a link."""
    with page.expect_navigation():
        page.get_by_role("link", name=link).first.click()


def unfold(page: Page, heading: str) -> Locator:
    """Unfold what stands under a heading that unfolds, as a phase of a dossier; return it."""
    fold = page.locator("details").filter(has=page.locator("> summary", has_text=heading)).first
    if fold.get_attribute("open") is None:
        fold.locator("> summary").click()
    return fold


def main(page: Page) -> str:
    """What stands in the middle of the page."""
    return page.inner_text("main")


def refused(page: Page) -> str:
    """What a page says on top when it did not do what was asked."""
    return page.inner_text(".summary")


def dossier(page: Page, id_: str, room: str = "") -> Page:
    """Go to a dossier, or to one of its rooms."""
    page.goto(f"{dossier_page(id_)}/{room}" if room else dossier_page(id_))
    return page


def card(page: Page, heading: str) -> str:
    """What stands on the card of a term, duty or approval."""
    return page.locator("section.term").filter(has=page.get_by_role("heading", name=heading)).inner_text()


def _label(label: str) -> re.Pattern[str]:
    # A label may go on with what is said of it: that it must be answered, or may be left out.
    return re.compile(rf"^\s*{re.escape(label)}\s*(\(.*\)\s*)?$")
