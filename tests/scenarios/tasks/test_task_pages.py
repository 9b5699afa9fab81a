"""The pages of tasks: the list with its number, one task, what is kept of it, and who read it."""

from __future__ import annotations

import io
from typing import Any

import pytest

from gehoor.core.dossier.access_log import Way
from gehoor.core.dossier.conflict_of_interest import EXCLUDING
from gehoor.services.access.access_log import readers_of
from gehoor.services.dossiers.viewing import look
from tests.support.clock import at
from tests.support.de_linde import STORY, fill
from tests.support.pages import page_faults
from tests.support.site import PASSWORD, Site, Visitor, new_site
from tests.support.tasks import DO, SOUP, house, measure, rows, with_measures, with_tasks

WHEN = "2026-05-21 09:00"


@pytest.fixture
def site() -> Site:
    return new_site(WHEN, house())


def cook(site: Site) -> Visitor:
    """Return the browser of somebody who has no dossiers."""
    return site.staff("kok", "personeelsdienst")


def address(site: Site, dossier: str) -> str:
    return f"/medewerker/taken/{dossier}/{DO}/4.1"


@pytest.fixture
def staff(site: Site) -> Visitor:
    return cook(site)


def test_the_menu_has_the_number_and_the_list_the_task(staff: Visitor, site: Site) -> None:
    with_measures(site.runtime, measure("kok"))
    page = staff.page("/medewerker/taken/")
    assert "Mijn taken 1 te doen" in " ".join(page.one("header").text.split())
    assert SOUP in page.text
    assert "1 juni 2026" in page.text
    assert not page_faults(page)


def test_without_tasks_the_list_says_so(staff: Visitor) -> None:
    assert "U hebt nu geen taken" in staff.page("/medewerker/taken/").text


def test_the_page_says_what_is_asked_and_nothing_of_the_dossier(staff: Visitor, site: Site) -> None:
    dossier = with_measures(site.runtime, measure("kok"))
    page = staff.page(address(site, dossier))
    number = look(site.runtime, dossier, at(WHEN)).dossier.number
    assert all(text in page.text for text in (SOUP, "Beukenhof", "Doe wat beloofd is", "Uitgevoerd op"))
    assert not any(text in page.text for text in (number, STORY, "Peeters", "Bel niet beantwoord"))
    assert not page_faults(page)
    assert staff.get(f"/medewerker/dossiers/{dossier}").status_code == 404


def test_who_may_open_the_dossier_has_a_link_to_it(site: Site) -> None:
    team = site.staff("jan", "teamverantwoordelijke")
    dossier = with_measures(site.runtime, measure("jan"))
    assert f"/medewerker/dossiers/{dossier}" in team.get(address(site, dossier)).text


def test_what_is_filled_in_while_the_task_is_not_done_says_what_it_takes(staff: Visitor, site: Site) -> None:
    dossier = with_measures(site.runtime, measure("kok"))
    page = staff.page(staff.send(address(site, dossier), v_verslag="Nog bezig.").location)
    assert "De taak blijft te doen: ze is gedaan als “Uitgevoerd op” ingevuld is." in page.text


def test_a_task_that_is_done_leads_to_the_next_one(staff: Visitor, site: Site) -> None:
    dossier = with_measures(site.runtime, measure("kok"), measure("kok"))
    page = staff.page(staff.send(address(site, dossier), v_uitgevoerd_op="2026-05-21").location)
    assert "Volgende taak" in page.text


def test_what_is_filled_in_is_kept_and_said(staff: Visitor, site: Site) -> None:
    dossier = with_measures(site.runtime, measure("kok"))
    answer = staff.send(address(site, dossier), v_uitgevoerd_op="2026-05-21", v_verslag="Twee wagens.")
    assert (answer.status_code, answer.location) == (303, f"{address(site, dossier)}?bewaard=1")
    page = staff.page(answer.location)
    assert "Bewaard. Wie het dossier behandelt, ziet wat u invulde. Deze taak is gedaan." in page.text
    assert rows(site.runtime, dossier)[0]["verslag"] == "Twee wagens."
    assert "U hebt nu geen taken" in staff.page("/medewerker/taken/").text


def test_an_untouched_page_keeps_nothing_and_says_so(staff: Visitor, site: Site) -> None:
    dossier = with_measures(site.runtime, measure("kok"))
    before = look(site.runtime, dossier, at(WHEN)).dossier.version
    answer = staff.send(address(site, dossier))
    assert "Er was niets nieuws om te bewaren" in staff.page(answer.location).text
    assert look(site.runtime, dossier, at(WHEN)).dossier.version == before


def test_what_is_refused_comes_back_with_what_was_typed(staff: Visitor, site: Site) -> None:
    dossier = with_measures(site.runtime, measure("kok"))
    answer = staff.send(address(site, dossier), v_uitgevoerd_op="eergisteren", v_verslag="Twee wagens.")
    assert answer.status_code == 422
    assert "Twee wagens." in answer.text
    assert "eergisteren" in answer.text


def test_a_conflict_shows_what_stands_there_now(staff: Visitor, site: Site) -> None:
    dossier = with_measures(site.runtime, measure("kok", "kaat"))
    page = staff.page(address(site, dossier))
    other = [{**measure("kok", "kaat"), "verslag": "Kaat deed het."}]
    fill(site.runtime, dossier, "2026-05-21 09:01", actor="els", herstelmaatregelen=other)
    answer = staff.resend(address(site, dossier), page, v_verslag="Ik deed het.")
    assert answer.status_code == 409
    assert "Intussen staat er: Kaat deed het." in answer.text


def test_a_file_comes_with_it_and_the_other_files_stay_unseen(staff: Visitor, site: Site) -> None:
    dossier = with_measures(site.runtime, measure("kok"))
    note = (io.BytesIO(b"Factuur van twee wagens"), "factuur.txt")
    answer = staff.send(address(site, dossier), v_uitgevoerd_op="2026-05-21", v_bewijs=note)
    assert answer.status_code == 303, answer.text
    (file,) = look(site.runtime, dossier, at(WHEN)).dossier.values["bewijs"]
    assert file["name"] == "factuur.txt"
    assert "factuur.txt" in staff.page(answer.location).text


def test_reading_a_task_is_logged_as_reading_a_task(staff: Visitor, site: Site) -> None:
    dossier = with_measures(site.runtime, measure("kok"))
    # Read to its end, as a browser does.
    staff.get(address(site, dossier)).close()
    (entry,) = readers_of(site.runtime, dossier, at("2026-05-21 10:00"))
    assert (entry.access.reader, entry.access.way) == ("kok", Way.TASK)


def test_whoever_has_it_not_finds_no_page(site: Site) -> None:
    dossier = with_measures(site.runtime, measure("kaat"))
    other = cook(site)
    assert other.get(address(site, dossier)).status_code == 404
    assert other.get(f"/medewerker/taken/{dossier}/{DO}/9.9").status_code == 404
    assert other.get("/medewerker/taken/geen/geen").status_code == 404


def test_the_dossier_tells_who_has_which_task_by_when_and_how_it_stands(site: Site) -> None:
    dossier = with_measures(site.runtime, measure("kaat", streefdatum="2026-05-19"), measure("sara"))
    fill(site.runtime, dossier, "2026-05-20 11:00", voorwerp="persoon", aangeklaagde_medewerkers=["sara"])
    page = site.staff("ada", "kwaliteitscoordinator").page(f"/medewerker/dossiers/{dossier}/overzicht")
    told = " ".join(page.one("main").text.split())
    assert "Een herstelmaatregel uitvoeren (Herstelmaatregel 1) Te laat" in told
    assert "Kaat" in told
    assert "Sara ziet deze taak niet, want dit dossier bestaat niet voor die persoon." in told


def accused_unseen(document: dict[str, Any]) -> None:
    """Agree on tasks, and that only a coordinator sees whom a complaint is about."""
    with_tasks(document)
    for field in document["forms"]["dossier"]["properties"].values():
        if field.get("meaning") in EXCLUDING:
            field["seen-by"] = ["kwaliteitscoordinator"]


def test_whom_the_dossier_is_about_is_not_told_by_a_task() -> None:
    """Who does not see that reads the same whoever has the task, and the same list of whom the dossier can go to."""
    site = new_site(WHEN, house(accused_unseen))
    dossier = with_measures(site.runtime, measure("kaat"), measure("sara"))
    ada, tom = site.staff("ada", "kwaliteitscoordinator"), site.staff("tom", "teamverantwoordelijke")

    def read(who: Visitor) -> str:
        return " ".join(who.page(f"/medewerker/dossiers/{dossier}/overzicht").one("main").text.split())

    def offered(name: str) -> set[str]:
        return {one.name for one in look(site.runtime, dossier, at(WHEN), name).candidates}

    fill(site.runtime, dossier, "2026-05-20 11:00", voorwerp="persoon")
    before = read(tom)
    assert "Wie dit dossier niet mag kennen, ziet er ook geen taak van." in before
    fill(site.runtime, dossier, "2026-05-20 11:00", aangeklaagde_medewerkers=["sara"])
    assert "Sara ziet deze taak niet" not in read(tom)
    assert "sara" in offered("tom")
    assert "Sara ziet deze taak niet" in read(ada)
    assert "sara" not in offered("ada")


def test_signing_in_from_a_mail_leads_to_the_task(site: Site) -> None:
    site.add_staff("kok", "personeelsdienst")
    dossier = with_measures(site.runtime, measure("kok"))
    visitor = site.visitor()
    answer = visitor.get(address(site, dossier))
    onward = visitor.send(answer.location, naam="kok", wachtwoord=PASSWORD)
    assert onward.location == address(site, dossier)
