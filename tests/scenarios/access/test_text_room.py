"""Whatever somebody types, and on whatever page: what is too long is said beside it, and is lost to nobody."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import gehoor.web
from gehoor.core.objections.text_room import LONG, SHORT
from gehoor.services.access.authorisation import Operator
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.dossiers.viewing import look
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.codes_in_texts import TooLongError
from gehoor.services.search.saved_searches import save_search, saved_searches
from gehoor.web.forms.answer_form import PREFIX as ASKED_BY_A_FORM
from gehoor.web.security.text_room import ASKED, OTHERWISE, OWN, ROOM, room_for
from gehoor.web.workbench.given import PREFIX as ASKED_BY_A_FILE
from tests.scenarios.access.test_who_reaches_what import MATRIX, addresses, house
from tests.support.de_linde import open_by_phone, staff
from tests.support.pages import Page
from tests.support.site import Site, new_site

WEB = Path(gehoor.web.__file__).parent
NAMED = re.compile(r"request\.form\.get(?:list)?\(\s*\"([^\"]+)\"")
NAMES = sorted(
    {name for file in WEB.rglob("*.py") for name in NAMED.findall(file.read_text())} | {*ROOM, "iets-nieuws"}
)
TYPED = re.compile(r'<(?:input|textarea)\b[^>]*?\bname="([a-z-]+)"[^>]*?\bmaxlength="(\d+)"')
ELSEWHERE = {"q", "wie"}
"""What is only looked for, and is kept nowhere."""
SAYS_ITSELF = {
    ("tasks.fill_in", "reden"), ("tasks.trouble", "waarom"), ("dossiers.save", "reden"),
    ("unsaved.keep_typed", "reden"), ("task_typing.keep_typed", "waarom"), ("letter_sending.go", "reden"),
    ("emergencies.opening", "reden"),
    ("following.enter", "reden"), ("following.take_back", "reden"), ("proposal_text.keep", "tekst"),
    ("proposal_text.verdict", "tekst"),
    # A chapter of a report has more room than this test types.
    ("reports.write", "tekst"), ("reports.write", "eerder"),
    ("reports.keep", "tekst"), ("reports.keep", "eerder"),
    *((page, "titel") for page in ("workbench.begin", "proposal_page.rename", "report_start.begin")),
    *((page, name) for page in ("adapted_report.change", "new_chapter.add") for name in ("naam", "titel", "schrijf")),
}  # fmt: skip
"""Pages that say beside the field itself that it is too long, beyond those fields that do so wherever they stand."""


@pytest.mark.parametrize("endpoint", [one for one in MATRIX if not one.startswith("api.")])
def test_no_page_takes_in_a_text_without_an_end(endpoint: str) -> None:
    site, visitors, dossier = house()
    visitor, _program = visitors[
        "elsewhere" if endpoint.startswith(("tasks.", "task_typing.")) else "coordinator"
    ]
    for rule in site.app.url_map.iter_rules(endpoint):
        if "POST" not in (rule.methods or ()):
            continue
        place = next(addresses(rule, dossier))
        own = {name for name in NAMES if name in OWN or (endpoint, name) in SAYS_ITSELF}
        answer = visitor.client.post(place, data=dict.fromkeys(NAMES, "x" * LONG))
        refused = {one.attributes["name"] for one in Page(answer.text).all("textarea", aria_invalid="true")}
        assert (answer.status_code, refused) == (422, {*NAMES} - own)
        # What the page says by itself, is left to the page.
        assert visitor.client.post(place, data=dict.fromkeys(own, "x" * LONG)).text == "reached"


def test_a_browser_lets_type_no_more_than_there_is_room_for() -> None:
    app = new_site().app
    rooms: dict[str, set[int | None]] = {}
    for view in app.view_functions.values():
        for name in NAMES:
            rooms.setdefault(name, set()).add(room_for(view, name))
    wrong = {
        (file.name, name, most)
        for file in (WEB / "templates").rglob("*.html")
        for name, most in TYPED.findall(file.read_text())
        if name not in ELSEWHERE | OWN
        if not any(room is None or int(most) <= room for room in rooms.get(name, {OTHERWISE}))
    }
    assert wrong == set()


def test_what_forms_and_files_ask_is_told_apart_by_its_name() -> None:
    assert ASKED == (ASKED_BY_A_FORM, ASKED_BY_A_FILE)


@pytest.fixture
def taken_in() -> tuple[Site, str]:
    site = new_site()
    return site, open_by_phone(site.runtime, "2026-05-11 10:00").dossier


def test_who_typed_too_much_makes_it_shorter_and_goes_on(taken_in: tuple[Site, str]) -> None:
    site, dossier = taken_in
    els = site.staff("els", "kwaliteitscoordinator")
    place = f"/medewerker/dossiers/{dossier}/behandelaar"
    token = els.page(f"/medewerker/dossiers/{dossier}").all("input", name="csrf_token")[0].attributes["value"]
    told = "Zij belde terug.\r\n" + "x" * SHORT
    answer = els.post(place, {"csrf_token": token, "aan": "els", "nota": told, "terug": "behandelen"})
    assert answer.status_code == 422
    page = Page(answer.text)
    assert f"Hoogstens {SHORT} tekens. Nu zijn het er {SHORT + 17}." in answer.text
    assert dict(page.form_data())["nota"].replace("\r\n", "\n") == told.replace("\r\n", "\n")
    again = els.resend(place, page, nota="Zij belde terug.")
    assert (again.status_code, "/overzicht" in again.location) == (303, False)
    said = look(site.runtime, dossier, site.clock.now).events[-1]
    assert (said.data["to"], said.data["note"]) == ("els", "Zij belde terug.")


def test_whoever_asks_without_a_page_hears_the_same(taken_in: tuple[Site, str]) -> None:
    site, dossier = taken_in
    staff(site.runtime, "els", "de-linde/beukenhof:kwaliteitscoordinator")
    before = len(look(site.runtime, dossier, site.clock.now).events)
    wanted = Assigning(dossier, "els", Operator("beheerder"), note="x" * 1_900_000)
    with pytest.raises(RefusedError) as refusal:
        assign(site.runtime, wanted, site.clock.now)
    assert [one.code for one in refusal.value.objections] == ["text-too-long"]
    assert len(look(site.runtime, dossier, site.clock.now).events) == before


def test_a_list_gets_no_name_without_an_end() -> None:
    site: Any = new_site()
    with pytest.raises(TooLongError):
        save_search(site.runtime, "els", "x" * LONG, "")
    assert saved_searches(site.runtime, "els") == []
