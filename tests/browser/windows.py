"""Windows of a browser on a site: whatever a page complains of to the browser's log fails the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.support.patience import PATIENCE


@contextmanager
def windows(browser: Browser, home: str) -> Iterator[Callable[..., Page]]:
    """Yield what opens a window: ``width`` and ``height`` in pixels, with or without ``script``, ``dark`` or light.

    A page complains when a script fails, or when it holds something that its content policy refuses.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def new(width: int = 1280, height: int = 800, *, script: bool = True, dark: bool = False) -> Page:
        options: dict[str, Any] = {
            "viewport": {"width": width, "height": height},
            "locale": "nl-BE",
            "java_script_enabled": script,
            "color_scheme": "dark" if dark else "light",
            "base_url": home,
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
