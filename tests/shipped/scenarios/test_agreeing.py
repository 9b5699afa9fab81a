"""What organisations agree in their files, and what people see of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from gehoor.bootstrap.drafting.working_files import WorkingFiles
from gehoor.bootstrap.web import web_app
from gehoor.loading.load import load_workspace
from gehoor.services.agreements.publishing import Publishable, publish
from tests.browser.steps import send
from tests.browser.windows import windows
from tests.shipped.examples import copy_examples
from tests.shipped.scenarios.acting import dossier, go, main, pick, push, unfold, write
from tests.shipped.scenarios.stage import Stage
from tests.support.de_linde import PUBLISHED_ON, new_runtime
from tests.support.serving import serving
from tests.support.site import new_site

WORKSPACE_FILES = ("definitions", "forms", "rules")
FIELD = """
termijnen:
  ontvangstmelding:
    binnen: 3 werkdagen

formulieren:
  dossier:
    velden:
      leefgroep:
        title: Leefgroep
        type: string
        enum: [Beuk, Eik, Esdoorn]
        fase: registratie
        bij-openen: ja
        na: uiteenzetting
        persoonsgegevens: P0
"""


def only(folder: Path, organisation: str) -> Path:
    """Copy the examples to a folder, and leave one organisation there."""
    copy_examples(folder)
    for kind in WORKSPACE_FILES:
        for other in (folder / kind).iterdir():
            if other.is_dir() and other.name not in (organisation, "basis", "normen", "recht"):
                shutil.rmtree(other)
    return folder


@contextmanager
def draft(browser: Browser, workspace: Path) -> Iterator[Page]:
    """Serve files as they are now, and open the window of who is trying them out."""
    files = WorkingFiles(workspace, "http://127.0.0.1")
    app = web_app(files.runtime, secure_cookies=False, draft=files)
    with serving(app) as port, windows(browser, f"http://127.0.0.1:{port}") as new:
        page = new()
        page.goto("/medewerker/")
        page.fill("#naam", "concept")
        page.fill("#wachtwoord", files.password)
        send(page)
        yield page


def change(file: Path, before: str, after: str) -> None:
    text = file.read_text("utf-8")
    assert before in text, f"{file} does not say {before!r}"
    file.write_text(text.replace(before, after, 1), "utf-8")


def asked(page: Page) -> str:
    """All that is asked of who registers."""
    unfold(page, "Meer")
    return page.inner_text("#registreren")


def test_one_department_asks_more_and_sooner_and_a_slip_breaks_nothing(
    browser: Browser, tmp_path: Path
) -> None:
    """1. Quality coordinator changes the acknowledgement term and adds a field "leefgroep" in the files for one
    department, reloads: only that department changes; wrong file -> clear Dutch error with file, line/path, nothing
    breaks."""
    workspace = only(tmp_path, "de-linde")
    own = workspace / "definitions/de-linde/afdelingen/beukenhof.yaml"
    with draft(browser, workspace) as page:
        desk = "/medewerker/de-linde/{}/registreren"
        page.goto(desk.format("beukenhof"))
        assert "Leefgroep" not in asked(page)
        own.write_text(own.read_text("utf-8") + FIELD, "utf-8")
        page.reload()
        assert "Leefgroep" in asked(page)
        page.goto(desk.format("eikenrode"))
        assert "Leefgroep" not in asked(page)
        for house, words in (("beukenhof", "binnen 3 werkdagen"), ("eikenrode", "binnen 5 werkdagen")):
            page.goto(f"/de-linde/{house}/")
            assert words in main(page)
        change(own, "3 werkdagen", "3 werkdgaen")
        page.reload()
        told = page.inner_text(".draft")
        assert "Tot het opgelost is, ziet u wat eerder wel klopte." in told
        assert "definitions/de-linde/afdelingen/beukenhof.yaml:13:13" in told
        assert "'3 werkdgaen' is geen termijn." in told
        assert "Bedoelde u 'werkdagen'" in told
        page.goto("/de-linde/beukenhof/")
        assert "binnen 3 werkdagen" in main(page)


def test_a_term_longer_than_the_law_allows_is_told_with_its_source(browser: Browser, tmp_path: Path) -> None:
    """18. Config rule that contradicts a legal minimum (answer 60 days while the legal profile says 45) -> warning with
    source."""
    workspace = only(tmp_path, "bruggeveld")
    change(
        workspace / "rules/bruggeveld/termijnen.yaml", "binnen: 45 kalenderdagen", "binnen: 60 kalenderdagen"
    )
    # The examples of the files are tests as well, and say what is agreed.
    change(workspace / "rules/bruggeveld/regels.yaml", "antwoord: 2026-04-16", "antwoord: 2026-05-01")
    with draft(browser, workspace) as page:
        told = page.inner_text(".draft")
        assert "De termijn 'antwoord' is ruimer dan de eis 'Antwoord aan de klager'" in told
        assert "Bestuursdecreet, art. II.83" in told
        # A warning: the files are served all the same.
        page.goto("/bruggeveld/burgerzaken/")
        assert "binnen 60 kalenderdagen" in main(page)


def test_two_departments_help_differently_to_say_what_a_story_is(on_stage: Callable[[str], Stage]) -> None:
    """15. Two departments with different definitions show different classification help for the same text."""
    mia = on_stage("2026-05-12 14:00").works("mia", "bruggeveld/*:klachtencoordinator")

    def helped(department: str) -> str:
        mia.goto("/medewerker/")
        mia.locator("summary", has_text="Registreren").click()
        go(mia, f"Registreren voor {department}")
        write(mia, "Het verhaal", "Ik teken beroep aan tegen uw beslissing over mijn steun.")
        return mia.inner_text(".definition")

    appeal = "Een beroep tegen een beslissing over steun of leefloon (de arbeidsrechtbank; wij helpen dezelfde dag)"
    assert appeal in helped("Sociale dienst")
    assert appeal not in helped("Burgerzaken")
    assert "Een bezwaar of beroep, zoals tegen een GAS-boete" in helped("Burgerzaken")


def test_an_organisation_is_a_copied_folder_and_neither_sees_the_other(
    browser: Browser, tmp_path: Path
) -> None:
    """16. A second organisation is added by copying a folder; no cross-visibility."""
    workspace = only(tmp_path, "waterhof")
    who = workspace / "definitions/zonnehof/organisatie.yaml"
    with draft(browser, workspace) as page:
        shutil.copytree(workspace / "definitions/waterhof", who.parent)
        page.reload()
        told = page.inner_text(".draft")
        assert "Dossiers krijgen zo dezelfde nummers als die van waterhof/wijk, zoals WH-26-0001." in told
        change(who, '"WH-', '"ZH-')
        change(who, "naam: Stichting Waterhof", "naam: Stichting Zonnehof")
        page.goto("/")
        assert "Stichting Waterhof" in main(page)
        assert "Stichting Zonnehof" in main(page)
    stage = published(browser, workspace, "2026-05-12 14:00")
    with stage.lit():
        ours = stage.works("wim", "waterhof/*:klachtenfunctionaris")
        theirs = stage.works("zoe", "zonnehof/*:klachtenfunctionaris")
        ours.goto("/medewerker/waterhof/wijk/registreren")
        write(ours, "Het verhaal", "De wijkverpleging kwam drie dagen niet.")
        write(ours, "Onderwerp", "Drie dagen niemand")
        pick(ours, "Wil de indiener anoniem blijven?", "Ja")
        pick(ours, "Hoe kwam het bericht binnen?", "Telefoon")
        push(ours, "Registreren")
        assert "WH-26-0001" in main(ours)
        theirs.reload()
        assert "WH-26-0001" not in main(theirs)
        theirs.goto("/medewerker/zoeken?q=dagen")
        assert "0 dossiers gevonden." in main(theirs)
        dossier(theirs, "dossier-1")
        assert theirs.inner_text("h1") == "Deze pagina bestaat niet"
        theirs.goto("/medewerker/waterhof/wijk/registreren")
        assert theirs.inner_text("h1") == "Deze pagina bestaat niet"


def published(browser: Browser, workspace: Path, when: str) -> Stage:
    """Publish what a folder says."""
    runtime = new_runtime()
    found = load_workspace(workspace).departments
    offered = [Publishable(one.organisation, one.department, one.document, one.places) for one in found]
    publish(runtime, offered, PUBLISHED_ON, "coordinator")
    return Stage(new_site(when, runtime), browser)
