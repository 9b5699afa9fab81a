"""What somebody types on the page to register on is there again when they come back, until they register it."""

from __future__ import annotations

import pytest

from gehoor.services.jobs.sweep import sweep
from gehoor.services.register.register import reading
from tests.support.clock import at
from tests.support.de_linde import PHONE
from tests.support.pages import page_faults
from tests.support.site import PASSWORD, Site, Visitor, new_site

NOW = "2026-05-13 14:02"
DESK = "/medewerker/de-linde/beukenhof/registreren"
HALF = "Zondag kwam niemand op de"
STORY = "v_uiteenzetting"


@pytest.fixture
def site() -> Site:
    return new_site(NOW)


def typing(visitor: Visitor, **typed: str) -> None:
    """Send what the script of the page sends while somebody types."""
    page = visitor.page(DESK)
    sent = {**dict(page.form_data(page.by_id("registreren"))), **typed}
    answer = visitor.post(f"{DESK}/onbewaard", sent)
    assert (answer.status_code, answer.get_json()["kept"]) == (200, "Bijgehouden om 14:02. Nog niet bewaard.")


def test_it_is_there_again(site: Site) -> None:
    desk = site.staff("onthaal")
    typing(desk, v_uiteenzetting=HALF, v_drager="telefoon")
    page = desk.page(DESK)
    assert (page.value(STORY), "nog niet registreerde" in page.text) == (HALF, True)
    assert page_faults(page) == []


def test_also_after_signing_in_anew(site: Site) -> None:
    desk = site.staff("onthaal")
    typing(desk, v_uiteenzetting=HALF)
    again = site.visitor()
    again.send("/medewerker/aanmelden", naam="onthaal", wachtwoord=PASSWORD)
    assert again.page(DESK).value(STORY) == HALF


def test_what_nobody_typed_in_is_kept_nowhere(site: Site) -> None:
    desk = site.staff("onthaal")
    typing(desk)
    with reading(site.runtime.store) as register:
        assert register.tables.count("unsent") == 0


def test_nobody_else_sees_it(site: Site) -> None:
    typing(site.staff("onthaal"), v_uiteenzetting=HALF)
    assert site.staff("balie").page(DESK).value(STORY) == ""


def test_it_is_forgotten_once_it_is_registered(site: Site) -> None:
    desk = site.staff("onthaal")
    typing(desk, v_uiteenzetting=HALF)
    page = desk.page(DESK)
    sent = dict(page.form_data(page.by_id("registreren")))
    assert (
        "BEU-2026-" in desk.post(DESK, {**sent, **{f"v_{name}": value for name, value in PHONE.items()}}).text
    )
    assert desk.page(DESK).value(STORY) == ""


def test_it_can_be_thrown_away(site: Site) -> None:
    desk = site.staff("onthaal")
    typing(desk, v_uiteenzetting=HALF)
    page = desk.page(DESK)
    away = f"{DESK}/onbewaard/weg"
    (form,) = [one for one in page.all("form") if one.attributes.get("action") == away]
    assert desk.post(away, dict(page.form_data(form))).status_code == 303
    assert desk.page(DESK).value(STORY) == ""


def test_it_goes_on_at_the_phone_and_stands_here_no_more(site: Site) -> None:
    desk = site.staff("onthaal")
    typing(desk, v_uiteenzetting=HALF)
    page = desk.page(DESK)
    sent = dict(page.form_data(page.by_id("registreren")))
    assert HALF in desk.page(desk.post(f"{DESK}/telefoon", sent).location).text
    assert desk.page(DESK).value(STORY) == ""


def test_after_some_hours_it_is_erased(site: Site) -> None:
    typing(site.staff("onthaal"), v_uiteenzetting=HALF)
    sweep(site.runtime, at("2026-05-13 16:03"))
    with reading(site.runtime.store) as register:
        assert register.tables.count("unsent") == 0
