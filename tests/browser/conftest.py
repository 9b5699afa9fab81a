"""A real browser and a real server for the tests in this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.served import Served, served
from tests.browser.windows import windows


@pytest.fixture
def linde(tmp_path: Path) -> Iterator[Served]:
    """De Linde, served."""
    with served(tmp_path) as site:
        yield site


@pytest.fixture
def open_browser(browser: Browser, linde: Served) -> Iterator[Callable[..., Page]]:
    """Open a window on De Linde."""
    with windows(browser, linde.home) as new:
        yield new
