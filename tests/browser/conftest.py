"""A real browser and a real server for the tests in this folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.chromium import HOW, QUIET, chromium
from tests.browser.served import Served, served
from tests.support.patience import PATIENCE


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once. Without it these tests say so; where they must run, they fail."""
    path = chromium()
    if path is None:
        must = os.environ.get("GEHOOR_BROWSER") == "required"
        (pytest.fail if must else pytest.skip)(f"Chromium is not on this computer: {HOW}")
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(QUIET), timeout=PATIENCE * 1000)
        yield started
        started.close()


@pytest.fixture
def linde(tmp_path: Path) -> Iterator[Served]:
    """De Linde, served."""
    with served(tmp_path) as site:
        yield site


@pytest.fixture
def open_browser(browser: Browser, linde: Served) -> Iterator[Callable[..., Page]]:
    """Open a window: ``width`` and ``height`` in pixels, with or without ``script``, ``dark`` or light.

    Whatever a page complains of to the browser's log (a script that fails, something the content policy refuses) fails
    the test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def new(width: int = 1280, height: int = 800, *, script: bool = True, dark: bool = False) -> Page:
        options: dict[str, Any] = {
            "viewport": {"width": width, "height": height},
            "locale": "nl-BE",
            "java_script_enabled": script,
            "color_scheme": "dark" if dark else "light",
            "base_url": linde.home,
            "reduced_motion": "reduce",
        }
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if _is_ours(said) else None)
        return page

    yield new
    for context in contexts:
        context.close()
    assert complaints == []


def _is_ours(said: Any) -> bool:
    # That an answer was a refusal (422) the browser notes too.
    return said.type in ("error", "warning") and "status of 4" not in said.text
