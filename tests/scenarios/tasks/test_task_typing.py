"""What somebody types at a task is there again when they come back, until they send it."""

from __future__ import annotations

import pytest

from tests.support.de_linde import fill
from tests.support.pages import Element, Page, page_faults
from tests.support.site import Site, Visitor, new_site
from tests.support.tasks import DO, house, measure, with_measures

WHEN = "2026-05-21 09:00"
HALF = "Twee wagens besteld,"
WHY = "De leverancier staakt"


@pytest.fixture
def site() -> Site:
    return new_site(WHEN, house())


def cook(site: Site, name: str = "kok") -> Visitor:
    """Return the browser of somebody who has no dossiers."""
    return site.staff(name, "personeelsdienst")


def task(site: Site, *people: str) -> str:
    """Return the path of a task that these people have."""
    return f"/medewerker/taken/{with_measures(site.runtime, measure(*people))}/{DO}/4.1"


def form_at(page: Page, action: str) -> Element:
    (form,) = [one for one in page.all("form") if one.attributes.get("action", "").endswith(action)]
    return form


def typing(visitor: Visitor, path: str, page: Page | None = None, **typed: str) -> None:
    """Send what the script of the page sends while somebody types."""
    sent = {**dict((page or visitor.page(path)).form_data()), **typed}
    assert visitor.post(f"{path}/onbewaard", sent).status_code == 200


def telling(visitor: Visitor, path: str) -> None:
    """Type why it cannot be done, and send it not."""
    page = visitor.page(path)
    sent = dict(page.form_data(form_at(page, "/lukt-niet")))
    assert visitor.post(f"{path}/onbewaard?lukt-niet=1", {**sent, "waarom": WHY}).status_code == 200


def test_it_is_there_again_and_not_in_the_dossier(site: Site) -> None:
    staff, path = cook(site), task(site, "kok")
    typing(staff, path, v_verslag=HALF)
    page = staff.page(path)
    assert page.value("v_verslag") == HALF
    assert "nog niet bewaarde" in page.text
    assert page_faults(page) == []


def test_who_has_the_task_too_does_not_see_it(site: Site) -> None:
    staff, other = cook(site), cook(site, "kaat")
    path = task(site, "kok", "kaat")
    typing(staff, path, v_verslag=HALF)
    assert other.page(path).value("v_verslag") == ""


def test_it_is_forgotten_once_it_is_kept(site: Site) -> None:
    staff, path = cook(site), task(site, "kok")
    typing(staff, path, v_verslag=HALF)
    assert staff.send(path, v_verslag="Twee wagens besteld.").status_code == 303
    page = staff.page(path)
    assert (page.value("v_verslag"), "nog niet bewaarde" in page.text) == ("Twee wagens besteld.", False)


def test_it_can_be_thrown_away(site: Site) -> None:
    staff, path = cook(site), task(site, "kok")
    typing(staff, path, v_verslag=HALF)
    page = staff.page(path)
    away = f"{path}/onbewaard/weg"
    assert staff.post(away, dict(page.form_data(form_at(page, away)))).status_code == 303
    assert staff.page(path).value("v_verslag") == ""


def test_what_another_kept_meanwhile_is_told_and_not_written_over(site: Site) -> None:
    staff = cook(site)
    site.add_staff("kaat", "personeelsdienst")
    path = task(site, "kok", "kaat")
    page = staff.page(path)
    typing(staff, path, page, v_verslag=HALF)
    dossier, other = path.split("/")[3], [{**measure("kok", "kaat"), "verslag": "Kaat deed het."}]
    fill(site.runtime, dossier, "2026-05-21 09:01", actor="els", herstelmaatregelen=other)
    answer = staff.send(path)
    assert answer.status_code == 409
    assert "Intussen staat er: Kaat deed het." in answer.text
    assert HALF in answer.text


def test_why_it_cannot_be_done_is_kept_apart(site: Site) -> None:
    staff, path = cook(site), task(site, "kok")
    telling(staff, path)
    page = staff.page(path)
    assert (page.value("waarom"), page.value("v_verslag")) == (WHY, "")


def test_why_it_cannot_be_done_is_forgotten_once_it_is_told(site: Site) -> None:
    staff, path = cook(site), task(site, "kok")
    telling(staff, path)
    page = staff.page(path)
    sent = {**dict(page.form_data(form_at(page, f"{path}/lukt-niet"))), "waarom": WHY}
    assert staff.post(f"{path}/lukt-niet", sent).status_code == 303
    assert staff.page(path).value("waarom") == ""
