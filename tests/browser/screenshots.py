"""``python -m tests.browser.screenshots``: pictures of the demo, wide and narrow, into docs/screenshots.

Needs Chromium on this computer.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import HOW, QUIET, chromium

TARGET = Path(__file__).parents[2] / "docs" / "screenshots"
WIDTHS = (1280, 360)
TALLEST = 2400
"""A picture shows so many pixels of a long page."""
PORT = 8765
HOME = f"http://127.0.0.1:{PORT}"


@contextmanager
def demo() -> Iterator[dict[str, object]]:
    """Serve a fresh demo register; gives what the demo says of itself."""
    with tempfile.TemporaryDirectory() as folder:
        gehoor = [sys.executable, "-m", "gehoor", "--store", f"{folder}/demo.db", "demo", "--port", str(PORT)]
        made = subprocess.run([*gehoor, "--format", "json"], check=True, capture_output=True, text=True)
        server = subprocess.Popen([*gehoor, "--serve"], stdout=subprocess.DEVNULL)
        try:
            _wait_for_server()
            yield json.loads(made.stdout)
        finally:
            server.terminate()
            server.wait()


def _wait_for_server() -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(HOME).close()
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the demo server did not start")


def walk(page: Page, width: int, password: str) -> None:
    """Take a picture of each main page."""

    def picture(name: str) -> None:
        height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=TARGET / f"{name}-{width}.png")
        page.set_viewport_size({"width": width, "height": 900})

    page.goto(f"{HOME}/")
    picture("home")
    page.goto(f"{HOME}/de-linde/beukenhof/")
    picture("department")
    page.goto(f"{HOME}/de-linde/beukenhof/afspraken")
    picture("agreement")
    page.goto(f"{HOME}/de-linde/beukenhof/melden")
    picture("tell-start")
    page.click("text=Beginnen")
    page.click("main button[value=verder]")
    picture("tell-step-refused")
    page.goto(f"{HOME}/de-linde/beukenhof/melden/alles")
    picture("tell")
    page.click("main button[type=submit]")
    picture("tell-refused")
    page.fill("#v_uiteenzetting", "De soep was al drie dagen koud en niemand kwam toen wij belden.")
    page.check("input[name=v_anoniem][value=nee]")
    page.fill("#v_klager_naam", "Ann Peeters")
    page.fill("#v_klager_email", "ann@example.org")
    page.click("main button[type=submit]")
    picture("receipt")
    code = page.inner_text(".code")
    page.goto(f"{HOME}/volgen")
    page.fill("#code", code)
    page.click("main button[type=submit]")
    picture("follow")
    page.goto(f"{HOME}/de-linde/beukenhof/affiche")
    picture("poster")
    page.goto(f"{HOME}/medewerker/")
    page.fill("#naam", "els")
    page.fill("#wachtwoord", password)
    picture("sign-in")
    page.click("main button[type=submit]")
    picture("work-list")
    page.goto(f"{HOME}/medewerker/de-linde/beukenhof/registreren")
    picture("register")
    page.goto(f"{HOME}/medewerker/de-linde/beukenhof/registreren/telefoon")
    picture("phone")
    page.goto(f"{HOME}/medewerker/")
    page.click("table.work tbody tr:first-child a")
    page.click(".term details summary")
    picture("dossier")


def main() -> None:
    browser_path = chromium()
    if not browser_path:
        raise SystemExit(f"Chromium is not on this computer. {HOW}")
    TARGET.mkdir(parents=True, exist_ok=True)
    with demo() as made, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=list(QUIET))
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": 900}, locale="nl-BE")
            walk(page, width, str(made["password"]))
        browser.close()


if __name__ == "__main__":
    main()
