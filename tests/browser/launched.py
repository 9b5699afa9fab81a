"""Chromium, started once for all tests of a process that look at pages, wherever those tests lie."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import HOW, QUIET, chromium
from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once. Without it these tests say so; where they must run, they fail."""
    # Only what looks at pages needs it, and a browser is no light thing to know of.
    from playwright.sync_api import expect, sync_playwright

    path = chromium()
    if path is None:
        must = os.environ.get("GEHOOR_BROWSER") == "required"
        (pytest.fail if must else pytest.skip)(f"Chromium is not on this computer: {HOW}")
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(QUIET), timeout=PATIENCE * 1000)
        yield started
        started.close()
