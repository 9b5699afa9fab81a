"""Who has a task can say that it does not work, or comes later: who asked for it hears why."""

from __future__ import annotations

import pytest

from gehoor.services.correspondence.task_trouble import Trouble, tell_trouble
from gehoor.services.correspondence.texts import TextRefusedError
from gehoor.services.dossiers.viewing import look
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import UnknownDossierError
from gehoor.services.register.runtime import Runtime
from tests.scenarios.tasks.test_task_messages import told
from tests.support.clock import at
from tests.support.pages import page_faults
from tests.support.site import PASSWORD, Visitor, new_site
from tests.support.tasks import DO, SOUP, house, measure, opened, tasks, tell, with_measures

WHY = "De wagen is pas in juli leverbaar."
WHEN = "2026-05-21 11:00"


def trouble(runtime: Runtime, dossier: str, name: str = "kaat", why: str = WHY, key: str = "k") -> None:
    (row,) = look(runtime, dossier, at(WHEN)).dossier.rows["herstelmaatregelen"]
    tell_trouble(runtime, Trouble(dossier, DO, row, why, key, name), at(WHEN))


def test_why_stands_on_top_of_the_dossier() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"))
    trouble(runtime, dossier)
    (note,) = look(runtime, dossier, at("2026-05-21 12:00")).dossier.notes
    assert (note.by, note.pinned) == ("kaat", True)
    assert note.text == (
        f"Deze taak lukt niet, of niet op tijd: Een herstelmaatregel uitvoeren (Herstelmaatregel 1).\n{WHY}"
    )


def test_who_asked_for_it_hears_that_it_does_not_work_and_not_why() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"), actor="els")
    trouble(runtime, dossier)
    ((name, message),) = told(runtime, dossier, WHEN)
    assert name == "els"
    assert "lukt niet, of niet op tijd" in message.text
    assert WHY not in message.text


def test_the_same_form_sent_twice_is_told_once() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"))
    trouble(runtime, dossier)
    trouble(runtime, dossier)
    assert len(look(runtime, dossier, at("2026-05-21 12:00")).dossier.notes) == 1


def test_without_a_reason_nothing_is_told() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"))
    with pytest.raises(TextRefusedError):
        trouble(runtime, dossier, why=" ")


def test_of_a_task_that_is_done_nothing_is_told() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"))
    tell(runtime, "kaat", tasks(runtime, "kaat")[0], uitgevoerd_op="2026-05-21")
    with pytest.raises(RefusedError):
        trouble(runtime, dossier)


def test_who_does_not_have_the_task_tells_nothing_by_it() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"))
    with pytest.raises(UnknownDossierError):
        trouble(runtime, dossier, "kobe")


def test_a_task_names_who_asked_for_it_and_whom_to_ask() -> None:
    runtime = house()
    with_measures(runtime, measure("kaat"), actor="els")
    seen = opened(runtime, "kaat", tasks(runtime, "kaat")[0])
    assert seen.asked_by == "Els"
    assert [one.email for one in seen.to_ask] == ["els@delinde.example"]


# The pages


def cook() -> tuple[Visitor, str]:
    site = new_site("2026-05-21 09:00", house())
    kok = site.staff("kok", "personeelsdienst")
    dossier = with_measures(site.runtime, measure("kok"))
    return kok, f"/medewerker/taken/{dossier}/{DO}/4.1"


def test_the_page_says_who_asked_and_takes_why_it_does_not_work() -> None:
    kok, address = cook()
    page = kok.page(address)
    assert "Gevraagd door Els." in page.one("p", class_="asker").text
    assert page_faults(page) == []
    (form,) = [one for one in page.all("form") if one.attributes.get("action", "").endswith("/lukt-niet")]
    answer = kok.post(form.attributes["action"], {**dict(page.form_data(form)), "waarom": WHY})
    assert "Gemeld." in kok.page(answer.location).one("p", class_="saved").text


def test_the_page_asks_for_a_reason_when_there_is_none() -> None:
    kok, address = cook()
    page = kok.page(address)
    (form,) = [one for one in page.all("form") if one.attributes.get("action", "").endswith("/lukt-niet")]
    answer = kok.post(form.attributes["action"], dict(page.form_data(form)))
    assert answer.status_code == 422
    assert "Zeg waarom, en wanneer het wel kan." in answer.text


def test_a_task_in_the_list_is_known_by_what_is_to_be_done() -> None:
    kok, address = cook()
    (link,) = [a for a in kok.page("/medewerker/taken/").all("a") if a.attributes["href"] == address]
    assert link.text == SOUP


@pytest.mark.parametrize("asked", ["", "?naar=/medewerker/"])
def test_who_has_tasks_and_nothing_else_begins_with_those(asked: str) -> None:
    site = new_site("2026-05-21 09:00", house())
    site.add_staff("kok", "de-linde/eikenrode:personeelsdienst")
    with_measures(site.runtime, measure("kok"))
    answer = site.visitor().send(f"/medewerker/aanmelden{asked}", naam="kok", wachtwoord=PASSWORD)
    assert answer.location == "/medewerker/taken/"


def test_who_works_on_dossiers_begins_with_the_list() -> None:
    site = new_site("2026-05-21 09:00", house())
    site.add_staff("ria", "onthaal")
    with_measures(site.runtime, measure("ria"))
    answer = site.visitor().send("/medewerker/aanmelden", naam="ria", wachtwoord=PASSWORD)
    assert answer.location == "/medewerker/"
