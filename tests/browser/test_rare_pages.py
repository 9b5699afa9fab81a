"""Pages that a walk through De Linde does not come by, looked at wide and narrow."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from gehoor.adapters.security.oidc import OidcSettings, OidcSignIn
from gehoor.bootstrap.drafting.working_files import WorkingFiles
from gehoor.bootstrap.web import web_app
from tests.browser.looking import faults
from tests.browser.served import served
from tests.browser.steps import FORM, WORK, begin, choose, on, send
from tests.support.de_linde import STORY
from tests.support.loading_cases import BASE
from tests.support.serving import serving

Windows = Callable[[str], Iterator[Page]]


@pytest.fixture
def windows(browser: Browser) -> Windows:
    """Open a wide window and a narrow dark one, one after the other."""

    def opened(home: str) -> Iterator[Page]:
        for width, scheme in ((1280, "light"), (320, "dark")):
            context = browser.new_context(
                base_url=home,
                viewport={"width": width, "height": 800},
                color_scheme=scheme,
                reduced_motion="reduce",
            )
            yield context.new_page()
            context.close()

    return opened


def looked_at(page: Page, *texts: str) -> list[str]:
    """Return what is wrong with a page, and which of the texts are not on it."""
    said = page.inner_text("body")
    return faults(page) + [f"does not say {text!r}" for text in texts if text not in said]


def test_the_draft_says_on_each_page_how_its_files_stand(tmp_path: Path, windows: Windows) -> None:
    workspace = Path(shutil.copytree(BASE, tmp_path / "werkmap"))
    files = WorkingFiles(workspace, "http://127.0.0.1")
    terms = workspace / "rules" / "klein" / "termijnen.yaml"
    right = terms.read_text("utf-8")
    with serving(web_app(files.runtime, secure_cookies=False, draft=files)) as port:
        for page in windows(f"http://127.0.0.1:{port}"):
            terms.write_text(right, "utf-8")
            page.goto("/klein/noord/")
            assert looked_at(page, "Concept.") == []
            terms.write_text(right.replace("werkdagen", "werkdaagjes"), "utf-8")
            page.goto("/klein/noord/melden/alles")
            assert looked_at(page, "in de bestanden.", "termijnen.yaml:") == []


def test_a_draft_with_nothing_to_show_says_so(tmp_path: Path, windows: Windows) -> None:
    workspace = Path(shutil.copytree(BASE, tmp_path / "werkmap"))
    (workspace / "rules" / "klein" / "termijnen.yaml").write_text("termijnen: [", "utf-8")
    files = WorkingFiles(workspace, "http://127.0.0.1")
    with serving(web_app(files.runtime, secure_cookies=False, draft=files)) as port:
        for page in windows(f"http://127.0.0.1:{port}"):
            page.goto("/")
            assert looked_at(page, "iets om te tonen") == []


def test_signing_in_with_the_account_of_the_organisation(tmp_path: Path, windows: Windows) -> None:
    elsewhere = OidcSettings("http://127.0.0.1:9", "gehoor", "x", "http://localhost/terug", "sub", "De Linde")
    with served(tmp_path, single_sign_on=OidcSignIn(elsewhere)) as linde:
        for page in windows(linde.home):
            page.goto(WORK)
            assert looked_at(page, "Aanmelden met De Linde", "Of met gebruikersnaam en wachtwoord") == []
            page.click("text=Aanmelden met De Linde")
            assert looked_at(page, "lukt nu niet") == []


def test_what_is_refused_when_all_is_sent_is_said_beside_the_answers(
    tmp_path: Path, windows: Windows
) -> None:
    with served(tmp_path) as linde:
        for page in windows(linde.home):
            begin(page, FORM)
            page.fill("#v_uiteenzetting", STORY)
            for _ in range(3):
                on(page)
            letter = {"name": "brief.txt", "mimeType": "text/plain", "buffer": b"Geachte"}
            page.set_input_files("#v_bijlagen", [letter])
            on(page)
            choose(page, "anoniem", "ja")
            on(page)
            on(page)
            # Kept too long: the file is gone, and the answers are not.
            with linde.site.runtime.store.transaction() as tables:
                for file in tables.select("attachments"):
                    tables.delete("attachments", file["id"])
            send(page)
            assert looked_at(page, "Hebt u een foto of brief?", STORY) == []
            assert page.title().startswith("Fout:")
