"""On the dossier page: duties are done or set aside, someone approves, and a value says which rule gave it."""

from __future__ import annotations

import re
from typing import Any

from gehoor.services.dossiers.viewing import look
from tests.support.clock import at
from tests.support.de_linde import INVESTIGATED, fill, publish_change, registered
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor, new_site

NOW = "2026-05-21 09:00"
INSURER = "schade-naar-verzekeraar/0"


def page_of(dossier: str) -> str:
    return f"/medewerker/dossiers/{dossier}"


def overview_of(dossier: str) -> str:
    return f"{page_of(dossier)}/overzicht"


def course_of(dossier: str) -> str:
    return f"{page_of(dossier)}/verloop"


def hurt(site: Site, **answers: Any) -> str:
    """A serious complaint about an injury: the insurer must be told, the director approves."""
    dossier = registered(site.runtime)
    found = {**INVESTIGATED, "ernst": 4, "ernst_motivering": "Een breuk.", "nadeel_schade": ["lichamelijk"]}
    fill(site.runtime, dossier, "2026-05-20 09:00", **{**found, **answers})
    return dossier


def press(visitor: Visitor, page: Page, action: str, **typed: str) -> Any:
    """Fill in one of the small forms beside the dossier, and send it."""
    (form,) = [form for form in page.all("form") if form.attributes.get("action", "").endswith(action)]
    return visitor.post(form.attributes["action"], {**dict(page.form_data(form)), **typed})


def press_key(site: Site, dossier: str) -> str:
    """Return the name of the one approval that a dossier waits for."""
    (state,) = look(site.runtime, dossier, site.clock.now).decision.approvals
    return state.key


def test_what_is_owed_stands_on_the_page_with_its_reason() -> None:
    site = new_site(NOW)
    page = site.staff().page(overview_of(hurt(site)))
    assert "De verzekeraar verwittigen" in page.text
    assert "Dagelijks verantwoordelijke" in page.text
    assert "De verzekeraar hoort het van ons" in page.text
    sources = {one.attributes.get("title", "") for one in page.all("summary") if one.text == "waarom?"}
    assert any(re.fullmatch(r"rules/de-linde/regels\.yaml:[0-9]+", one) for one in sources)
    assert "Goedkeuring voor: Antwoord verstuurd" in page.text
    assert page_faults(page) == []


def test_a_duty_is_done_with_a_note_and_the_page_says_who_did_it() -> None:
    site = new_site(NOW)
    dossier = hurt(site)
    visitor = site.staff("els", "kwaliteitscoordinator")
    answer = press(
        visitor, visitor.page(overview_of(dossier)), "/plichten/gedaan", waarom="Gebeld met de makelaar."
    )
    assert answer.status_code == 303
    page = visitor.page(overview_of(dossier))
    assert "Gebeld met de makelaar." in page.text
    assert "Gedaan: De verzekeraar verwittigen" in visitor.page(course_of(dossier)).text
    assert page_faults(page) == []


def test_setting_a_duty_aside_asks_why() -> None:
    site = new_site(NOW)
    dossier = hurt(site)
    visitor = site.staff()
    answer = press(visitor, visitor.page(overview_of(dossier)), "/plichten/vervalt")
    assert answer.status_code == 422
    assert "Vul in waarom." in answer.text


def test_a_way_to_settle_that_does_not_exist_is_not_there() -> None:
    site = new_site(NOW)
    dossier = hurt(site)
    visitor = site.staff()
    page = visitor.page(page_of(dossier))
    token = page.value("csrf_token")
    answer = visitor.post(f"{page_of(dossier)}/plichten/weg", {"csrf_token": token, "plicht": INSURER})
    assert answer.status_code == 404


def test_the_director_approves_on_the_page_and_others_cannot() -> None:
    site = new_site(NOW)
    dossier = hurt(site)
    site.add_staff("an", "algemeen-directeur")
    other = site.staff("tom", "teamverantwoordelijke")
    shown = other.page(overview_of(dossier))
    assert "/goedkeuren" not in shown.html
    key = press_key(site, dossier)
    refused = other.post(
        f"{page_of(dossier)}/goedkeuren", {"csrf_token": shown.value("csrf_token"), "goedkeuring": key}
    )
    assert refused.status_code == 422
    assert "Goedkeuren kan alleen wie deze rol heeft: Algemeen directeur." in refused.text
    director = site.staff("bea", "algemeen-directeur")
    assert press(director, director.page(overview_of(dossier)), "/goedkeuren").status_code == 303
    page = director.page(course_of(dossier))
    assert "Goedgekeurd: Antwoord verstuurd" in page.text
    assert page_faults(page) == []


def test_a_term_that_starts_at_another_stands_on_the_page_too() -> None:
    site = new_site(NOW)

    def chained(document: dict[str, Any]) -> None:
        document["terms"]["nazorg"] = {
            **{key: value for key, value in document["terms"]["nazorg"].items() if key != "from"},
            "from-term": "antwoord",
        }

    publish_change(site.runtime, chained, "2026-05-01 09:00")
    dossier = hurt(site)
    page = site.staff().page(overview_of(dossier))
    assert "Laatste dag van “Antwoord aan de klager”" in page.text
    assert (
        "binnen 21 kalenderdagen na: laatste dag van “Antwoord"
        in site.visitor().page("/de-linde/beukenhof/").text
    )


def test_a_value_that_a_rule_gives_is_shown_with_the_rule_and_cannot_be_typed() -> None:
    site = new_site(NOW)
    dossier = hurt(site)
    page = site.staff().page(page_of(dossier))
    assert "v_risicoklasse" not in {e.attributes.get("name") for e in page.elements}
    assert "Hoog" in page.by_id("v_risicoklasse").text
    assert "Ernst en herhaalkans bepalen samen" in page.by_id("v_risicoklasse").text


def test_a_mark_stands_in_the_work_list_and_on_the_dossier() -> None:
    site = new_site(NOW)
    dossier = hurt(site)
    visitor = site.staff()
    assert [flag.text for flag in visitor.page("/medewerker/").all("span", class_="badge-flag")] == [
        "Ernstig"
    ]
    assert [flag.text for flag in visitor.page(page_of(dossier)).all("span", class_="badge-flag")] == [
        "Ernstig"
    ]
    assert look(site.runtime, dossier, at(NOW)).decision.flags[0].because == "Ernstig"


def test_someone_of_another_department_settles_nothing() -> None:
    site = new_site(NOW)
    dossier = hurt(site)
    mine = site.staff().page(overview_of(dossier))
    stranger = site.staff("ben", "de-linde/eikenrode:onthaal")
    token = stranger.page("/medewerker/").value("csrf_token")
    (form,) = [f for f in mine.all("form") if f.attributes.get("action", "").endswith("/plichten/gedaan")]
    answer = stranger.post(form.attributes["action"], {"csrf_token": token, "plicht": INSURER})
    assert answer.status_code == 404
    assert look(site.runtime, dossier, at(NOW)).decision.duties[0].settled is None
