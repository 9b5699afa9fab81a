"""The five-minute tour of the README, done on a copy of the examples: what it says happens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gehoor.bootstrap.register import open_runtime
from tests.shipped.examples import copy_examples, examples
from tests.shipped.readme import tour
from tests.support.cli_run import ANSWERS, Ran, Submission, run
from tests.support.pages import Page
from tests.support.site import Site, new_site

MONDAY = ("--now", "2029-12-03T09:00")
LATER_ON_MONDAY = ("--now", "2029-12-03T10:00")
DEMO = Path(".gehoor/demo.db")


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with the example of the tour as it was before, and no settings."""
    examples()
    copy_examples(tmp_path, "de-linde")
    # What only the others use of what they share would be told of.
    (tmp_path / "forms/basis/ontvankelijkheid.schema.yaml").unlink()
    tour().take_back(tmp_path)
    for setting in ("GEHOOR_WORKSPACE", "GEHOOR_STORE", "GEHOOR_SMTP", "GEHOOR_MAIL_FROM", "GEHOOR_URL"):
        monkeypatch.delenv(setting, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def demo() -> Path:
    """What ``make run`` makes."""
    done(run("demo", *MONDAY))
    return DEMO


def done(ran: Ran) -> Ran:
    assert ran.code == 0, ran.out + ran.err
    return ran


def told(department: str, now: tuple[str, str]) -> str:
    """Tell a department something on the website; return the number."""
    form = Submission(ANSWERS.answers, ("de-linde", department, "melden"))
    words = (*form.to_submit(Path("soep.json")), "--store", DEMO, "--format", "json")
    return str(done(run(*words, *now)).json()["number"])


def acknowledgement_of(number: str) -> Any:
    found = done(run("dossier", number, "--store", DEMO, *LATER_ON_MONDAY, "--format", "json")).json()
    return next(term["due"] for term in found["terms"] if term["term"] == "ontvangstmelding")


@pytest.fixture
def site(demo: Path) -> Iterator[Site]:
    runtime = open_runtime(demo, "http://127.0.0.1:8000")
    yield new_site("2029-12-03 10:30", runtime)
    runtime.store.close()


def registration(site: Site, department: str) -> Page:
    visitor = site.staff(f"onthaal-{department}", f"de-linde/{department}:onthaal")
    return visitor.page(f"/medewerker/de-linde/{department}/registreren")


def test_a_mistake_is_answered_with_its_line_and_the_word_that_was_meant(workspace: Path) -> None:
    edit = tour().mistaken
    edit.do(workspace)
    checked = run(*tour().check)
    assert checked.code == 1
    assert checked.out.startswith(f"{edit.file}:{edit.line(workspace)}:")
    assert f"Bedoelde u '{tour().shorter.after.split()[-1]}'" in checked.out.splitlines()[0]
    edit.take_back(workspace)
    tour().shorter.do(workspace)
    done(run(*tour().check))


def test_what_was_published_holds_for_what_comes_after_it(workspace: Path, demo: Path) -> None:
    before = told("beukenhof", MONDAY)
    tour().shorter.do(workspace)
    tour().add_the_field(workspace)
    done(run(*tour().publish, *LATER_ON_MONDAY))
    after = {department: told(department, LATER_ON_MONDAY) for department in ("beukenhof", "eikenrode")}
    # Five working days after Monday 3 December 2029, and three.
    assert acknowledgement_of(before) == "2029-12-10"
    assert {acknowledgement_of(number) for number in after.values()} == {"2029-12-06"}


def test_one_department_asks_a_field_of_its_own(workspace: Path, site: Site) -> None:
    tour().add_the_field(workspace)
    done(run(*tour().publish, *LATER_ON_MONDAY))
    asked = registration(site, "beukenhof").all("input", name="v_leefgroep")
    assert [one.attributes["value"] for one in asked] == ["Beuk", "Eik", "Esdoorn"]
    assert registration(site, "eikenrode").all("input", name="v_leefgroep") == []


def test_looking_ahead_says_what_would_be_late_and_who_would_hear_and_writes_nothing(demo: Path) -> None:
    before = {file: file.read_bytes() for file in demo.parent.rglob("*") if file.is_file()}
    told = done(run(*tour().sweep)).out.splitlines()
    assert any(line.startswith("Melding aan ") for line in told)
    assert any(" te laat, " in line for line in told)
    assert told[-1] == "Er is niets bewaard of verstuurd."
    assert {file: file.read_bytes() for file in demo.parent.rglob("*") if file.is_file()} == before


def test_a_date_by_itself_with_its_derivation() -> None:
    """The tenth day after 27 March 2026 is Easter Monday."""
    assert done(run(*tour().due)).out.splitlines()[-2:] == [
        "Maandag 6 april 2026 is Paasmaandag: de termijn schuift naar dinsdag 7 april 2026.",
        "De vervaldag is dinsdag 7 april 2026.",
    ]
