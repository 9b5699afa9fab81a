"""One's own deadlines in a calendar: by a secret address, each no more than a number, what it is, and a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pyotp
import pytest
from icalendar import Calendar

from gehoor.services.access.authorisation import Operator
from gehoor.services.access.calendar_addresses import (
    address_hash,
    has_calendar_address,
    keep_calendar_address,
)
from gehoor.services.accounts.new_accounts import close_account, set_password
from gehoor.services.accounts.second_factor import take_away
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.exchange.calendar_feed import new_address
from gehoor.services.register.register import reading, writing
from tests.support.de_linde import fill, open_by_phone, staff
from tests.support.passwords import QuickHasher
from tests.support.site import PASSWORD, Site, Visitor, new_site
from tests.support.tasks import house, measure, with_measures

KEEPER = "kwaliteitscoordinator"
MINE = "/medewerker/mijn-account"


def handled(**answers: Any) -> tuple[Site, Visitor, str]:
    """A dossier that els handles."""
    site = new_site()
    els = site.staff("els", KEEPER)
    dossier = open_by_phone(site.runtime, "2026-05-12 13:00", **answers).dossier
    assign(site.runtime, Assigning(dossier, "els", Operator("")), site.clock.now)
    return site, els, dossier


def calendar(site: Site, address: str) -> Any:
    """Return what a program for calendars gets, without any cookie."""
    answer = site.visitor().get(address)
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.data)


def feed(site: Site, name: str = "els") -> Any:
    return calendar(site, f"/agenda/{new_address(site.runtime, name)}.ics")


def shown(of: Any) -> dict[str, date]:
    return {str(one["summary"]): one["dtstart"].dt for one in of.walk("VEVENT")}


def test_it_shows_what_runs_in_the_dossiers_that_one_handles_on_its_local_day() -> None:
    site, _els, _dossier = handled()
    assert shown(feed(site)) == {
        "BEU-2026-0001: Registratie volledig maken": date(2026, 5, 15),
        "BEU-2026-0001: Ontvangstmelding versturen": date(2026, 5, 20),
        "BEU-2026-0001: Onderzoek afronden": date(2026, 6, 1),
        "BEU-2026-0001: Antwoord aan de klager": date(2026, 6, 11),
    }


def test_it_tells_nothing_of_the_complaint_and_nobodys_name() -> None:
    site, _els, dossier = handled(klager_naam="Zoetewey", onderwerp="Koude soep", anoniem=False)
    text = site.visitor().get(f"/agenda/{new_address(site.runtime, 'els')}.ics").text
    assert "Zoetewey" not in text
    assert "soep" not in text.lower()
    assert f"/medewerker/dossiers/{dossier}" in text.replace("\r\n ", "")


def test_an_event_is_known_again_by_its_name() -> None:
    site, _els, _dossier = handled()
    first, second = ({str(one["uid"]) for one in feed(site).walk("VEVENT")} for _ in range(2))
    assert first == second
    assert len(first) == 4


def test_what_is_done_is_in_it_no_more() -> None:
    site, _els, dossier = handled()
    fill(
        site.runtime, dossier, "2026-05-12 13:30", ontvangstmelding_op="2026-05-12", ontvangstmelding_wijze="brief"
    )  # fmt: skip
    assert "BEU-2026-0001: Ontvangstmelding versturen" not in shown(feed(site))


def test_what_others_handle_is_not_in_it() -> None:
    site, _els, _dossier = handled()
    site.add_staff("an", KEEPER)
    assert shown(feed(site, "an")) == {}


@pytest.mark.parametrize("answers", [{"belangenconflict": ["els"]}, {"vertrouwelijkheid": "streng"}])
def test_a_dossier_that_does_not_exist_for_somebody_is_not_in_it(answers: dict[str, Any]) -> None:
    site = new_site()
    site.add_staff("els", "onthaal")
    dossier = open_by_phone(site.runtime, "2026-05-12 13:00").dossier
    assign(site.runtime, Assigning(dossier, "els", Operator("")), site.clock.now)
    address = f"/agenda/{new_address(site.runtime, 'els')}.ics"
    assert len(shown(calendar(site, address))) == 4
    fill(site.runtime, dossier, "2026-05-12 13:30", **answers)
    assert shown(calendar(site, address)) == {}


def test_a_task_is_in_it_without_the_dossier_that_one_may_not_know() -> None:
    site = new_site("2026-05-21 09:00", house())
    staff(site.runtime, "bart", "de-linde/eikenrode:onthaal")
    with_measures(site.runtime, measure("bart"))
    (event,) = feed(site, "bart").walk("VEVENT")
    assert (str(event["summary"]), event["dtstart"].dt) == (
        "Een herstelmaatregel uitvoeren",
        date(2026, 6, 1),
    )
    assert "/medewerker/taken/" in str(event["url"])


@pytest.mark.parametrize("whose", ["their own", "given"])
def test_with_another_password_an_address_that_somebody_may_have_seen_counts_no_more(whose: str) -> None:
    site, els, _dossier = handled()
    address = f"/agenda/{new_address(site.runtime, 'els')}.ics"
    calendar(site, address)
    if whose == "given":
        set_password(site.runtime, QuickHasher(), "els", "drie losse woorden", Operator(""), site.clock.now)
    else:
        changed = {
            "oud": PASSWORD,
            "nieuw": "drie losse woorden",
            "csrf_token": els.page(MINE).value("csrf_token"),
        }
        assert els.post(f"{MINE}/wachtwoord", changed).status_code == 303
    assert site.visitor().get(address).status_code == 404


def signed_out_everywhere(_site: Site, els: Visitor) -> None:
    answer = els.post(f"{MINE}/sessies/beeindigen", {"csrf_token": els.page(MINE).value("csrf_token")})
    assert answer.status_code == 303


def with_a_second_step(site: Site, els: Visitor) -> None:
    token = els.page(MINE).value("csrf_token")
    els.post(f"{MINE}/tweede-stap/beginnen", {"csrf_token": token, "wachtwoord": PASSWORD})
    key = els.page(f"{MINE}/tweede-stap").one("span", class_="key").text.replace(" ", "")
    code = pyotp.TOTP(key).at(site.clock.now)
    answer = els.post(f"{MINE}/tweede-stap/bevestigen", {"csrf_token": token, "code": code})
    assert answer.status_code == 200


def without_a_second_step(site: Site, els: Visitor) -> None:
    with_a_second_step(site, els)
    keep_address(site)
    assert take_away(site.runtime, "els", Operator(""), site.clock.now)


def keep_address(site: Site) -> None:
    with writing(site.runtime.store) as register:
        keep_calendar_address(register, "els", address_hash("geheim"))


@pytest.mark.parametrize("done", [signed_out_everywhere, with_a_second_step, without_a_second_step])
def test_what_ends_all_sessions_ends_the_address_too(done: Callable[[Site, Visitor], None]) -> None:
    """Somebody who had the password, or sat at the screen, may have made it."""
    site, els, _dossier = handled()
    keep_address(site)
    assert shown(calendar(site, "/agenda/geheim.ics"))
    assert "Het adres van uw agenda geldt dan ook niet meer." in els.page(MINE).text
    done(site, els)
    assert site.visitor().get("/agenda/geheim.ics").status_code == 404


def test_who_has_to_choose_a_password_first_makes_no_address() -> None:
    site, els, _dossier = handled()
    token = els.page(MINE).value("csrf_token")
    with writing(site.runtime.store) as register:
        account = register.account("els")
        assert account is not None
        register.save_account(replace(account, one_time=True))
    answer = els.post(f"{MINE}/agenda", {"csrf_token": token})
    assert (answer.status_code, answer.location) == (303, MINE)
    with reading(site.runtime.store) as register:
        assert not has_calendar_address(register, "els")


def test_an_address_is_made_shown_once_and_taken_away_on_the_page_of_ones_account() -> None:
    site, els, _dossier = handled()
    token = els.page(MINE).value("csrf_token")
    made = els.post(f"{MINE}/agenda", {"csrf_token": token})
    address = made.text.partition('class="key">')[2].partition("<")[0].removeprefix("https://gehoor.example")
    assert len(shown(calendar(site, address))) == 4
    assert address not in els.page(MINE).text
    assert els.post(f"{MINE}/agenda/weg", {"csrf_token": token}).status_code == 303
    assert site.visitor().get(address).status_code == 404


def test_a_new_address_takes_the_place_of_the_one_before() -> None:
    site, _els, _dossier = handled()
    first, second = (f"/agenda/{new_address(site.runtime, 'els')}.ics" for _ in range(2))
    assert [site.visitor().get(one).status_code for one in (first, second)] == [404, 200]


def test_who_left_has_none() -> None:
    site, _els, _dossier = handled()
    address = f"/agenda/{new_address(site.runtime, 'els')}.ics"
    close_account(site.runtime, "els", Operator(""), site.clock.now)
    assert site.visitor().get(address).status_code == 404


def test_the_register_keeps_a_hash_of_it() -> None:
    site, _els, _dossier = handled()
    secret = new_address(site.runtime, "els")
    with reading(site.runtime.store) as register:
        assert secret not in repr(register.tables.select("settings"))


@pytest.mark.parametrize("secret", ["x", "els.x", "..", "\u00e9", "%00", "%ed%a0%80"])
def test_an_address_of_nobody_is_not_there(secret: str) -> None:
    site, _els, _dossier = handled()
    assert site.visitor().get(f"/agenda/{secret}.ics").status_code == 404


def test_guessing_is_not_for_ever() -> None:
    site, _els, _dossier = handled()
    visitor = site.visitor()
    assert [visitor.get("/agenda/x.ics").status_code for _ in range(101)][-1] == 429
