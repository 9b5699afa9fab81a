"""A department where nobody would see what comes in is not open to people outside; nothing that was begun is lost."""

from __future__ import annotations

from datetime import date

from gehoor.services.access.authorisation import Operator
from gehoor.services.accounts.absence import Away, be_away
from tests.support.clock import at
from tests.support.de_linde import MELDEN
from tests.support.pages import page_faults
from tests.support.site import Site, new_site

HOME = "/de-linde/beukenhof/"
FORM = "/de-linde/beukenhof/melden"
ELSEWHERE = "de-linde/eikenrode:onthaal"
NOT_YET = "deze afdeling is nog niet open op deze website"


def unmanned() -> Site:
    """Return a site where somebody works, and nobody in Beukenhof."""
    site = new_site()
    site.add_staff("ver", ELSEWHERE)
    return site


def test_the_page_says_so_keeps_the_agreements_readable_and_asks_nothing() -> None:
    page = unmanned().visitor().page(HOME)
    assert NOT_YET in page.text
    assert "Een uur lang kwam niemand op de bel." in page.text
    assert FORM not in [link.attributes["href"] for link in page.all("a")]
    assert page_faults(page) == []


def test_every_way_to_the_form_leads_to_that_page() -> None:
    visitor = unmanned().visitor()
    for address in (FORM, f"{FORM}/alles", f"{FORM}/vraag/verhaal"):
        answer = visitor.get(address)
        assert (answer.status_code, answer.location) == (303, HOME), address


def test_the_choice_of_departments_says_which_is_not_open_yet() -> None:
    text = unmanned().visitor().page("/").text
    assert text.count("Nog niet open") == 1


def test_somebody_with_a_role_there_opens_it_also_while_away() -> None:
    site = unmanned()
    site.add_staff("ria", "onthaal")
    assert NOT_YET not in site.visitor().page(HOME).text
    away = Away("ria", date(2026, 5, 12), date(2026, 5, 20), "")
    be_away(site.runtime, away, Operator("beheer"), at("2026-05-12 09:00"))
    assert site.visitor().get(FORM).status_code == 200


def test_a_role_in_every_department_opens_each() -> None:
    site = unmanned()
    site.add_staff("els", "de-linde/*:kwaliteitscoordinator")
    assert site.visitor().get(FORM).status_code == 200


def test_where_nobody_has_an_account_whoever_runs_the_server_sees_it() -> None:
    assert new_site().visitor().get(FORM).status_code == 200


def test_who_was_telling_already_is_taken_in() -> None:
    site = new_site()
    visitor = site.visitor()
    page = visitor.page(f"{FORM}/alles")
    site.add_staff("ver", ELSEWHERE)
    typed = {f"v_{name}": one for name, one in MELDEN.items()}
    answer = visitor.resend(f"{FORM}/alles", page, **typed)
    assert answer.status_code == 303
    assert answer.location.startswith("/de-linde/beukenhof/ontvangen")
