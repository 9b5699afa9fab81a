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


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with a page: the rule, and where."""
    found: list[dict[str, Any]] = _axe.run(page, options=_RULES).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
    ]


def sideways(page: Page) -> int:
    """Return by how many pixels a page is wider than its window: nobody should have to scroll sideways."""
    wider: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider


def faults(page: Page) -> list[str]:
    """Return what keeps someone out of a page: what axe finds, and being too wide."""
    wide = sideways(page)
    return violations(page) + ([f"{wide} pixels too wide"] if wide > 0 else [])
