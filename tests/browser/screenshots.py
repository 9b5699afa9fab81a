"""``python -m tests.browser.screenshots``: pictures of the main pages, wide and narrow, into docs/screenshots.

With ``--all`` and a folder it takes a picture of every state there is, to look at. Needs Chromium on this computer.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import tour_public, tour_staff
from tests.browser.chromium import HOW, QUIET, chromium
from tests.browser.served import Served, served
from tests.support.places import CHECKOUT

TARGET = CHECKOUT / "docs" / "screenshots"
WIDTHS = (1280, 360)
TALLEST = 2000
"""A picture shows so many pixels of a long page."""
COLOURS = 48
MAIN = frozenset({
    "home", "department", "agreement", "poster", "tell-start", "step-story", "step-story-refused",
    "step-contact-refused", "check", "saved", "whole-refused", "receipt", "follow",
    "follow-messages", "sign-in", "work-all", "work-te-laat", "work-filters", "search", "dossier",
    "dossier-serious", "dossier-conflict", "dossier-refused", "print-closed", "register",
    "account", "away-kept", "second-step-begun", "recovery-codes", "go-on",
})  # fmt: skip
"""The states that a reader of the documentation wants to see."""


def states(page: Page, linde: Served) -> Iterator[str]:
    """Stop at each state of each page."""
    yield from tour_public.tour(page, linde)
    yield from tour_staff.tour(page, linde)


def take(browser: Browser, width: int, target: Path, wanted: frozenset[str] | None) -> None:
    """Take the pictures of one width; without ``wanted``, of every state."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as linde:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="nl-BE", base_url=linde.home
        )
        page = context.new_page()
        for state in states(page, linde):
            if wanted is None or state in wanted:
                picture(page, width, target / f"{state}-{width}.png")
        context.close()


def picture(page: Page, width: int, path: Path) -> None:
    """Write what a page looks like, as a picture with few colours."""
    height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=path)
    page.set_viewport_size({"width": width, "height": 900})
    with Image.open(path) as full:
        full.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def main() -> None:
    browser_path = chromium()
    if not browser_path:
        raise SystemExit(f"Chromium is not on this computer. {HOW}")
    everything = "--all" in sys.argv
    target = Path(sys.argv[-1]) if everything else TARGET
    target.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=list(QUIET))
        for width in WIDTHS:
            take(browser, width, target, None if everything else MAIN)
        browser.close()


if __name__ == "__main__":
    main()
