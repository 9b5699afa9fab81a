"""A stage for each scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.shipped.scenarios.stage import Stage, stage


@pytest.fixture
def on_stage(browser: Browser) -> Iterator[Callable[[str], Stage]]:
    """Begin a scenario at a moment in local time."""
    with ExitStack() as ends:
        yield lambda when: ends.enter_context(stage(browser, when).lit())
