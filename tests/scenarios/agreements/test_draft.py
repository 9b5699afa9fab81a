"""``gehoor serve --draft``: pages follow the working files, and nothing that is tried out is kept."""

from __future__ import annotations

import shutil
import signal
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from gehoor.bootstrap.drafting.working_files import USER, WorkingFiles
from gehoor.bootstrap.web import web_app
from tests.scenarios.cli.site.test_serve import free_port
from tests.support.cli_run import run, start
from tests.support.loading_cases import BASE
from tests.support.pages import Page, page_faults
from tests.support.patience import PATIENCE
from tests.support.site import SameSite, Visitor

TERMS = "rules/klein/termijnen.yaml"
NORTH = "definitions/klein/afdelingen/noord.yaml"
TELL = "/klein/noord/melden/alles"


@dataclass
class Draft:
    """A workspace that is edited, and a browser on its draft."""

    workspace: Path
    files: WorkingFiles
    visitor: Visitor

    def change(self, file: str, old: str, new: str) -> None:
        path = self.workspace / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} does not say {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    def home(self) -> Page:
        return self.visitor.page("/")


def banner(page: Page) -> str:
    (found,) = page.all("div", class_="draft")
    return found.text


def codes(page: Page) -> list[str]:
    """Return what stands in the problems on a page: the place, the code, and so on."""
    return [element.text for element in page.all("code")]


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    return opened(Path(shutil.copytree(BASE, tmp_path / "werkmap")))


def opened(workspace: Path) -> Draft:
    files = WorkingFiles(workspace, "http://127.0.0.1:8000")
    app = web_app(files.runtime, secure_cookies=False, draft=files)
    app.test_client_class = SameSite
    return Draft(workspace, files, Visitor(app.test_client()))


def test_every_page_says_that_it_is_a_draft(draft: Draft) -> None:
    for path in ("/", "/klein/noord/", TELL, "/volgen", "/medewerker/aanmelden", "/klein/noord/afspraken"):
        page = draft.visitor.page(path)
        assert banner(page).startswith("Concept. Dit zijn de bestanden zoals ze nu zijn"), path
        assert page_faults(page) == []


def test_what_is_saved_in_a_file_is_on_the_next_page(draft: Draft) -> None:
    assert "Noorderzon" not in draft.home().text
    draft.change(NORTH, "naam: Noord", "naam: Noorderzon")
    assert "Noorderzon" in draft.home().text
    draft.change(NORTH, "naam: Noorderzon", "naam: Noord")
    assert "Noorderzon" not in draft.home().text


def test_files_that_did_not_change_are_not_loaded_again(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft.home()
    monkeypatch.setattr("gehoor.bootstrap.drafting.working_files.load", None)
    assert "Noord" in draft.home().text


def test_a_mistake_is_told_on_top_and_the_last_good_version_goes_on(draft: Draft) -> None:
    draft.home()
    draft.change(TERMS, "binnen: 10 werkdagen", "binnen: 10 werkdgaen")
    draft.change(NORTH, "naam: Noord", "naam: Noorderzon")
    page = draft.home()
    assert codes(page) == [f"{TERMS}:5:13", "ongeldige-duur"]
    assert "1 probleem in de bestanden. Tot het opgelost is, ziet u wat eerder wel klopte." in banner(page)
    assert "Bedoelde u" in banner(page)
    assert "Noorderzon" not in page.text
    assert page_faults(page) == []
    draft.change(TERMS, "10 werkdgaen", "10 werkdagen")
    repaired = draft.home()
    assert codes(repaired) == []
    assert "Noorderzon" in repaired.text


def test_all_mistakes_are_told_at_once(draft: Draft) -> None:
    draft.change(TERMS, "binnen: 10 werkdagen", "binnen: 10 dagen")
    draft.change(NORTH, 'code: "N1"', "code: Noord!")
    answer = draft.visitor.get("/")
    assert [text for text in codes(Page(answer.text)) if ":" in text] == [f"{NORTH}:2:31", f"{TERMS}:5:13"]


def test_a_copied_organisation_with_the_same_numbers_is_told_and_the_first_goes_on(draft: Draft) -> None:
    draft.home()
    copied = draft.workspace / "definitions/tweede"
    shutil.copytree(draft.workspace / "definitions/klein", copied)
    page = draft.home()
    assert "nummers-van-een-ander" in codes(page)
    assert "Noord" in page.text
    assert page_faults(page) == []


def test_an_organisation_whose_folder_gets_another_name_goes_on_under_it(draft: Draft) -> None:
    draft.home()
    (draft.workspace / "definitions/klein").rename(draft.workspace / "definitions/tweede")
    page = draft.home()
    assert "nummers-van-een-ander" not in codes(page)
    assert draft.visitor.get("/tweede/noord/").status_code == 200
    assert draft.visitor.get("/klein/noord/").status_code == 404


def test_with_nothing_good_to_show_there_are_only_the_problems(draft: Draft) -> None:
    draft.change(TERMS, "binnen: 10 werkdagen", "binnen: 10 dagen")
    for path in ("/", TELL, "/medewerker/"):
        answer = draft.visitor.get(path)
        page = Page(answer.text)
        assert answer.status_code == 503, path
        assert codes(page) == [f"{TERMS}:5:13", "ongeldige-duur"]
        assert page.one("h1").text == "Nog niets om te tonen"
        assert page_faults(page) == []
    with draft.visitor.get("/static/gehoor.css") as style:
        assert style.status_code == 200
    draft.change(TERMS, "binnen: 10 dagen", "binnen: 10 werkdagen")
    assert draft.visitor.get("/").status_code == 200


def test_a_warning_stops_nothing(draft: Draft) -> None:
    (draft.workspace / "definitions/klein/afdelingen/west.yaml").write_text(
        "taal: nl\nafdeling: {naam: West, code: W}\n", "utf-8"
    )
    page = draft.home()
    assert codes(page)[1] == "afdeling-niet-genoemd"
    assert "(waarschuwing)" in banner(page)
    assert "Tot het opgelost is" not in banner(page)


def test_one_organisation_with_mistakes_does_not_stop_another(draft: Draft) -> None:
    draft.home()
    broken = draft.workspace / "definitions/kapot"
    broken.mkdir()
    (broken / "organisatie.yaml").write_text("taal: nl\n", "utf-8")
    draft.change(NORTH, "naam: Noord", "naam: Noorderzon")
    page = draft.home()
    assert "Noorderzon" in page.text
    assert codes(page)[0].startswith("definitions/kapot/")


def test_a_department_that_is_taken_out_of_the_files_is_gone(draft: Draft) -> None:
    assert draft.visitor.get("/klein/zuid/").status_code == 200
    draft.change("definitions/klein/organisatie.yaml", "afdelingen: [noord, zuid]", "afdelingen: [noord]")
    (draft.workspace / "definitions/klein/afdelingen/zuid.yaml").unlink()
    assert draft.visitor.get("/klein/zuid/").status_code == 404
    assert draft.visitor.get("/klein/noord/").status_code == 200


def test_an_organisation_with_mistakes_keeps_all_its_departments(draft: Draft) -> None:
    draft.home()
    draft.change(
        "definitions/klein/organisatie.yaml", "afdelingen: [noord, zuid]", "afdelingen: [noord, zuiid]"
    )
    assert draft.visitor.get("/klein/zuid/").status_code == 200


def test_what_is_sent_in_opens_a_dossier_that_the_demo_user_sees(draft: Draft) -> None:
    sent = draft.visitor.send(TELL, v_verhaal="De bus reed door.", v_naam="Peeters")
    assert sent.status_code == 303
    staff = draft.visitor
    signed_in = staff.send("/medewerker/aanmelden", naam=USER, wachtwoord=draft.files.password)
    assert signed_in.status_code == 303
    page = staff.page("/medewerker/")
    assert "N1-" in page.text
    for place in ("noord", "zuid"):
        assert staff.get(f"/medewerker/klein/{place}/registreren").status_code == 200
    # Roles follow the files as well.
    draft.change(
        "definitions/klein/organisatie.yaml",
        "  hoofd: {naam: Hoofd}",
        "  hoofd: {naam: Hoofd}\n  gast: {naam: Gast}",
    )
    staff.page("/medewerker/")
    with draft.files.runtime.store.snapshot() as tables:
        account = tables.get("accounts", USER)
    assert account is not None
    assert "klein/noord:gast" in account["roles"]


def test_a_dossier_keeps_the_version_of_the_files_it_was_opened_under(draft: Draft) -> None:
    draft.visitor.send(TELL, v_verhaal="De bus reed door.", v_naam="Peeters")
    draft.change(TERMS, "binnen: 10 werkdagen", "binnen: 1 werkdag")
    draft.visitor.send(TELL, v_verhaal="De bus reed weer door.", v_naam="Peeters")
    with draft.files.runtime.store.snapshot() as tables:
        agreements = [one["agreement"] for one in tables.select("events", where={"sequence": 1})]
    assert len(set(agreements)) == 2


def test_the_cookie_is_not_that_of_the_register(draft: Draft) -> None:
    answer = draft.visitor.get("/medewerker/aanmelden")
    assert [cookie.split("=")[0] for cookie in answer.headers.getlist("Set-Cookie")] == ["gehoor-concept"]


def test_as_a_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = Path(shutil.copytree(BASE, tmp_path / "werkmap"))
    monkeypatch.delenv("GEHOOR_STORE", raising=False)
    port = free_port()
    process = start("serve", "--draft", "--workspace", workspace, "--port", str(port))
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Dit is een concept")
        assert process.stdout.readline().startswith(f"Aanmelden als medewerker: {USER}   Wachtwoord: ")
        assert process.stdout.readline() == f"Gehoor staat op http://127.0.0.1:{port} (stop met Ctrl-C)\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{TELL}", timeout=PATIENCE) as answer:
            assert b"Concept" in answer.read()
    finally:
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err) == (0, "Gestopt.\n", "")
    assert sorted(entry.name for entry in workspace.iterdir()) == ["definitions", "forms", "rules"]


def test_a_draft_is_not_put_where_others_can_read_along() -> None:
    ran = run("serve", "--draft", "--host", "0.0.0.0")
    assert (ran.code, ran.out) == (2, "")
