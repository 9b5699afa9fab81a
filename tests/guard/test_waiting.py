"""A test in the browser waits for what a page shows, never by words that the page itself has to run."""

from __future__ import annotations

from pathlib import Path

BROWSER = Path(__file__).resolve().parents[1] / "browser"
RUN_BY_PAGE = "wait_for" + "_function"
"""Asked again inside the page, where the content policy refuses it; only a page that is ready at once passes."""


def test_no_test_waits_inside_a_page() -> None:
    assert [path.name for path in sorted(BROWSER.rglob("*.py")) if RUN_BY_PAGE in path.read_text()] == []
