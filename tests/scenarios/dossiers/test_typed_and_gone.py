"""What a form was for is gone, or not for who typed any more: what was typed is given back, and nothing else told."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.services.dossiers.tasks import tasks_of
from gehoor.services.dossiers.viewing import look
from gehoor.services.register.register import reading
from tests.support.clock import at
from tests.support.de_linde import fill, open_by_phone
from tests.support.pages import Page, page_faults
from tests.support.site import PASSWORD, Site, Visitor, new_site
from tests.support.tasks import house, measure, with_measures

NOW = at("2026-05-21 09:00")
TYPED = "Zij belde twee keer terug"


@pytest.fixture
def site() -> Site:
    site = new_site("2026-05-21 09:00")
    site.add_staff("els", "kwaliteitscoordinator")
    return site


@pytest.fixture
def rita(site: Site) -> Visitor:
    return site.staff("rita", "onthaal")


@pytest.fixture
def dossier(site: Site, rita: Visitor) -> str:
    return open_by_phone(site.runtime, "2026-05-20 10:00").dossier


def kept_away(site: Site, dossier: str) -> None:
    """From now on the dossier is strictly confidential."""
    fill(site.runtime, dossier, "2026-05-21 09:05", actor="els", vertrouwelijkheid="streng")
    site.clock.to("2026-05-21 09:10")


def token(rita: Visitor) -> str:
    return rita.page("/medewerker/mijn-account").value("csrf_token")


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("", "v_onderwerp"),
        ("/notities", "notitie"),
        ("/contacten", "contact-tekst"),
        ("/berichten", "bericht"),
    ],
)
def test_what_was_typed_of_a_dossier_that_is_kept_away_meanwhile_is_given_back(
    site: Site, rita: Visitor, dossier: str, address: str, field: str
) -> None:
    kept_away(site, dossier)
    sent = {"csrf_token": token(rita), "versie": "1", field: TYPED}
    answer = rita.post(f"/medewerker/dossiers/{dossier}{address}", sent)
    assert answer.status_code == 404
    assert Page(answer.text).by_id("geschreven").text.strip() == TYPED


def test_it_is_answered_as_for_a_dossier_that_never_was(site: Site, rita: Visitor, dossier: str) -> None:
    kept_away(site, dossier)
    sent = {"csrf_token": token(rita), "notitie": TYPED}
    hidden, absent = (rita.post(f"/medewerker/dossiers/{one}/notities", sent) for one in (dossier, "geen"))
    assert (hidden.status_code, hidden.text) == (absent.status_code, absent.text.replace("geen", dossier))


def test_the_page_on_which_it_is_given_back_is_sound(site: Site, rita: Visitor, dossier: str) -> None:
    kept_away(site, dossier)
    sent = {"csrf_token": token(rita), "notitie": TYPED}
    answer = rita.post(f"/medewerker/dossiers/{dossier}/notities", sent)
    assert page_faults(Page(answer.text)) == []


@pytest.mark.parametrize("what", ["", "/lukt-niet"])
def test_what_was_typed_of_a_task_that_somebody_else_has_meanwhile_is_given_back(what: str) -> None:
    runtime = house()
    site = new_site("2026-05-21 09:00", runtime)
    site.add_staff("els2", "kwaliteitscoordinator")
    bart = site.staff("bart", "de-linde/eikenrode:onthaal")
    dossier = with_measures(runtime, measure("bart"))
    with reading(runtime.store) as register:
        account = runtime.staff.of(register, NOW).accounts["bart"]
    (task,) = tasks_of(runtime, account, NOW)
    address = f"/medewerker/taken/{dossier}/{task.state.task.id}/{task.state.row}"
    page = bart.page(address)
    given_to(runtime, dossier, "els2")
    site.clock.to("2026-05-21 09:10")
    answer = bart.resend(address + what, page, v_verslag=TYPED, waarom=TYPED)
    assert answer.status_code == 404
    assert TYPED in Page(answer.text).by_id("geschreven").text


def given_to(runtime: Any, dossier: str, name: str) -> None:
    values = look(runtime, dossier, NOW).dossier.values
    (of,) = (field for field, rows in values.items() if isinstance(rows, list) and {"bart"} <= named_in(rows))
    (row,) = values[of]
    who = next(member for member, value in row.items() if value == ["bart"])
    fill(runtime, dossier, "2026-05-21 09:05", **{of: [{**row, who: [name]}]})


def named_in(rows: list[Any]) -> set[str]:
    return {
        name
        for row in rows
        if isinstance(row, dict)
        for one in row.values()
        if isinstance(one, list)
        for name in one
    }


def test_what_is_secret_is_given_back_to_nobody(rita: Visitor) -> None:
    sent = {"csrf_token": token(rita), "wachtwoord": "Een geheim wachtwoord"}
    assert "geheim wachtwoord" not in rita.post("/medewerker/dossiers/geen/notities", sent).text


def test_what_another_site_sends_is_shown_to_nobody(rita: Visitor) -> None:
    answer = rita.client.post(
        "/medewerker/dossiers/geen/notities",
        data={"csrf_token": token(rita), "notitie": TYPED},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert TYPED not in answer.text


# A form that stood open while somebody signed in anew beside it


@pytest.fixture
def anew(site: Site, rita: Visitor, dossier: str) -> Page:
    """The page of a dossier, as it stood open in another window before rita signed out and in."""
    page = rita.page(f"/medewerker/dossiers/{dossier}/berichten")
    rita.post("/medewerker/afmelden", {"csrf_token": token(rita)})
    rita.send("/medewerker/aanmelden", naam="rita", wachtwoord=PASSWORD)
    return page


def notes(dossier: str) -> str:
    return f"/medewerker/dossiers/{dossier}/notities"


def test_what_was_typed_before_somebody_signed_in_anew_is_given_back_and_sent_with_one_press(
    site: Site, rita: Visitor, dossier: str, anew: Page
) -> None:
    (opened,) = (one for one in anew.all("form") if one.attributes["action"] == notes(dossier))
    stale = {**dict(anew.form_data(opened)), "notitie": TYPED}
    answer = rita.post(f"{notes(dossier)}?versie=openbaar", stale)
    assert answer.status_code == 400
    page = Page(answer.text)
    assert page.by_id("geschreven").text.strip() == TYPED
    assert page_faults(page) == []
    (form,) = (one for one in page.all("form") if one.attributes["action"].startswith(notes(dossier)))
    assert form.attributes["action"] == f"{notes(dossier)}?versie=openbaar"
    assert rita.post(form.attributes["action"], dict(page.form_data(form))).status_code == 303
    assert TYPED in rita.page(f"/medewerker/dossiers/{dossier}/berichten").text


def test_it_says_as_whom_it_is_sent(rita: Visitor, dossier: str, anew: Page) -> None:
    answer = rita.post(notes(dossier), {"csrf_token": anew.value("csrf_token"), "notitie": TYPED})
    assert "Versturen als Rita" in answer.text


@pytest.mark.parametrize("said", ["cross-site", "same-site", None])
def test_what_a_page_of_ours_did_not_send_is_not_sent_on(
    rita: Visitor, dossier: str, anew: Page, said: str | None
) -> None:
    rita.client.environ_base.pop("HTTP_SEC_FETCH_SITE")
    if said:
        rita.client.environ_base["HTTP_SEC_FETCH_SITE"] = said
    answer = rita.post(notes(dossier), {"csrf_token": anew.value("csrf_token"), "notitie": TYPED})
    assert answer.status_code == 400
    assert TYPED not in answer.text
    assert "Neem het over voor u de pagina herlaadt" in answer.text


def test_what_is_secret_is_not_sent_on(rita: Visitor, anew: Page) -> None:
    sent = {"csrf_token": anew.value("csrf_token"), "oud": PASSWORD, "nieuw": "Iets anders", "herhaald": "x"}
    answer = rita.post("/medewerker/mijn-account/wachtwoord", sent)
    assert answer.status_code == 400
    assert PASSWORD not in answer.text
    assert "Versturen als" not in answer.text


def test_who_is_not_signed_in_any_more_gets_it_back_and_sends_nothing(
    rita: Visitor, dossier: str, anew: Page
) -> None:
    rita.post("/medewerker/afmelden", {"csrf_token": token(rita)})
    answer = rita.post(notes(dossier), {"csrf_token": anew.value("csrf_token"), "notitie": TYPED})
    assert "Versturen als" not in answer.text
    assert Page(answer.text).by_id("geschreven").text.strip() == TYPED
