"""As people reach it: over https behind a proxy, and on a network without https, where browsers say less."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.served import served
from tests.browser.steps import WORK, sign_in, tell
from tests.support.https_proxy import https_in_front

Visit = Callable[[str], Page]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    contexts = []

    def new(home: str) -> Page:
        context = browser.new_context(base_url=home, ignore_https_errors=True)
        contexts.append(context)
        return context.new_page()

    yield new
    for context in contexts:
        context.close()


def test_over_https_people_tell_and_staff_signs_in_and_out(tmp_path: Path, visit: Visit) -> None:
    with served(tmp_path, secure=True) as linde, https_in_front(linde.port, tmp_path) as port:
        linde.site.add_staff("ria", "onthaal")
        page = visit(f"https://127.0.0.1:{port}")
        number, code = tell(page)
        assert number == "BEU-2026-0001"
        assert len(code) == 19
        sign_in(page)
        assert "BEU-2026-0001" in page.inner_text("main")
        page.click("text=Afmelden")
        page.goto(WORK)
        assert page.locator("#wachtwoord").count() == 1
        assert {cookie["name"].split("-")[0] for cookie in page.context.cookies()} == {"__Host"}


def test_without_https_a_form_says_where_it_comes_from_too(tmp_path: Path, visit: Visit) -> None:
    with served(tmp_path) as linde:
        linde.site.add_staff("ria", "onthaal")
        page = visit(f"http://gehoor.test:{linde.port}")
        headers: list[dict[str, str]] = []
        page.on("request", lambda request: headers.append(request.all_headers()))
        number, _ = tell(page)
        assert number == "BEU-2026-0001"
        sign_in(page)
        assert "BEU-2026-0001" in page.inner_text("main")
        assert not [one for one in headers if "sec-fetch-site" in one], "this browser says it after all"
