"""Mijn account, afwezig: saying it oneself, with somebody who may see what one sees, and being back."""

from __future__ import annotations

import pytest

from gehoor.services.accounts.absence import Away, be_away
from gehoor.services.dossiers.assignment import Assigning, assign
from tests.support.clock import at
from tests.support.de_linde import open_by_phone
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor, new_site

PAGE = "/medewerker/mijn-account/afwezig"


def desk() -> tuple[Site, Visitor]:
    site = new_site()
    visitor = site.staff()
    site.add_staff("koen", "teamverantwoordelijke")
    site.add_staff("ver", "de-linde/eikenrode:onthaal")
    return site, visitor


def send(visitor: Visitor, **typed: str) -> tuple[int, Page]:
    token = visitor.page(PAGE).value("csrf_token")
    answer = visitor.post(PAGE, {"csrf_token": token, **typed})
    return answer.status_code, Page(answer.text)


def test_one_says_it_reads_it_back_and_is_back() -> None:
    site, visitor = desk()
    today = site.clock.now.date().isoformat()
    assert send(visitor, van=today, tot="", vervanger="koen")[0] == 303
    page = visitor.page(PAGE)
    assert page_faults(page) == []
    assert "Koen neemt intussen waar." in page.text
    answer = visitor.post(f"{PAGE}/terug", {"csrf_token": page.value("csrf_token")})
    assert answer.status_code == 303
    assert "U bent er weer." in visitor.page(answer.headers["Location"]).text
    assert "neemt intussen waar" not in visitor.page(PAGE).text


def test_only_who_works_wherever_one_works_is_offered_and_taken() -> None:
    site, visitor = desk()
    page = visitor.page(PAGE)
    assert "Koen" in page.text
    assert "Ver" not in [one.text for one in page.all("option")]
    today = site.clock.now.date().isoformat()
    code, refused = send(visitor, van=today, vervanger="ver")
    assert (code, "Deze persoon werkt niet overal waar u werkt." in refused.text) == (422, True)
    assert page_faults(refused) == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"van": "", "tot": ""}, "Geef uw eerste dag"),
        ({"van": "morgen", "tot": ""}, "Geef uw eerste dag"),
        ({"van": "2030-01-05", "tot": "later"}, "Geef uw laatste dag"),
        ({"van": "2030-01-05", "tot": "2030-01-04"}, "komt voor uw eerste dag"),
        ({"van": "2020-01-05", "tot": "2020-01-06"}, "al voorbij"),
    ],
)
def test_days_that_cannot_be_are_told_at_their_field(typed: dict[str, str], sentence: str) -> None:
    _, visitor = desk()
    code, page = send(visitor, **typed, vervanger="koen")
    assert (code, sentence in page.text, page_faults(page)) == (422, True, [])


@pytest.mark.parametrize("days", [{"van": "0001-01-01"}, {"van": "2030-01-01", "tot": "9999-12-31"}])
def test_the_first_and_the_last_day_there_are_can_be_typed(days: dict[str, str]) -> None:
    _, visitor = desk()
    assert send(visitor, **{"tot": "", **days}, vervanger="koen")[0] == 303
    assert visitor.get(PAGE).status_code == 200


def test_the_page_of_a_dossier_says_who_acts_for_its_handler() -> None:
    site, visitor = desk()
    dossier = open_by_phone(site.runtime, "2026-05-12 10:00").dossier
    assign(site.runtime, Assigning(dossier, "ria", "ria"), at("2026-05-12 11:00"))
    send(visitor, van=site.clock.now.date().isoformat(), vervanger="koen")
    assert "Afwezig; Koen neemt waar." in visitor.page(f"/medewerker/dossiers/{dossier}/overzicht").text


def test_whoever_gives_a_dossier_away_sees_who_is_not_there() -> None:
    site, visitor = desk()
    dossier = open_by_phone(site.runtime, "2026-05-12 10:00").dossier
    be_away(site.runtime, Away("koen", site.clock.now.date()), "koen", site.clock.now)
    page = visitor.page(f"/medewerker/dossiers/{dossier}/overzicht")
    assert "Koen, Teamverantwoordelijke (afwezig)" in [one.text for one in page.all("option")]
