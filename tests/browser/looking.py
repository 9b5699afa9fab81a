"""Looking at a page as an inspector of accessibility does."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
_axe = Axe()


def violations(page: Page, *without: str) -> list[str]:
    """Return what axe finds wrong with a page, ``without`` some rules: the rule, and where."""
    found: list[dict[str, Any]] = _axe.run(page, options=_RULES).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
        if one["id"] not in without
    ]


def sideways(page: Page) -> int:
    """Return by how many pixels a page is wider than its window: nobody should have to scroll sideways."""
    wider: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider


def faults(page: Page, *, by_axe: bool = True) -> list[str]:
    """Return what keeps someone out of a page: what axe finds, where it is asked, and being too wide."""
    # A page that was asked for by pressing something may still be on its way.
    page.wait_for_load_state()
    wide = sideways(page)
    return (violations(page) if by_axe else []) + ([f"{wide} pixels too wide"] if wide > 0 else [])


def focused(page: Page) -> str:
    """Return the id of what has the focus."""
    name: str = page.evaluate("document.activeElement.id")
    return name


def words_on_the_way(page: Page) -> set[str]:
    """Return the lines that someone reads to go on: not what stands aside, and not what only screen readers say."""
    lines: list[str] = page.evaluate(
        """() => {
            const aside = [...document.querySelectorAll("main :is(.sr, .ways, .more, .quiet, .optional, .progress)")];
            const shown = aside.map((element) => element.style.display);
            for (const element of aside) element.style.display = "none";
            const lines = document.querySelector("main").innerText.split("\\n");
            aside.forEach((element, at) => { element.style.display = shown[at]; });
            return lines.map((line) => line.trim());
        }"""
    )
    return set(lines)


def dutch_left(page: Page) -> list[str]:
    """Return the Dutch texts of a page in another language that do not say that they are Dutch."""
    found: list[str] = page.evaluate(
        r"""() => {
            const dutch = /(^|\W)(het|een|wij|niet|voor|naar|zijn|hebt|wilt|deze|onze|uw)(\W|$)/i;
            const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
            const left = [];
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const of = node.parentElement;
                if (!of.closest("script") && of.closest("[lang]").lang !== "nl" && dutch.test(node.data))
                    left.push(node.data.trim());
            }
            return left;
        }"""
    )
    return found
