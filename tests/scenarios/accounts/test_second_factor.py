"""The second step: a code from an app after the password, with codes on paper for who lost their phone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest

from gehoor.core.wording.chapters import lines
from gehoor.core.wording.registry import DUTCH
from gehoor.services.accounts.accounts import WAITS
from gehoor.services.accounts.throttling import FREE
from gehoor.services.register.register import reading
from tests.support.cli_run import run
from tests.support.de_linde import changed, publish_change
from tests.support.pages import Page, page_faults
from tests.support.site import PASSWORD, Site, Visitor, new_site

STEP = "/medewerker/mijn-account/tweede-stap"
ACCOUNT = "/medewerker/mijn-account"
SIGN_IN = "/medewerker/aanmelden"
CODE = "/medewerker/aanmelden/code"
WORK = "/medewerker/"
HALF_MINUTE = timedelta(seconds=30)


def send(visitor: Visitor, path: str, **typed: str) -> tuple[int, Page]:
    token = visitor.page(ACCOUNT).value("csrf_token")
    answer = visitor.post(path, {"csrf_token": token, **typed})
    return answer.status_code, Page(answer.text)


class Phone:
    """An app that was given the key of the page."""

    def __init__(self, site: Site, key: str) -> None:
        self._site = site
        self._totp = pyotp.TOTP(key.replace(" ", ""))

    def code(self, later: timedelta = timedelta()) -> str:
        return self._totp.at(self._site.clock.now + later)


def prepared(site: Site, name: str = "ria") -> tuple[Visitor, Phone]:
    visitor = site.staff(name)
    assert send(visitor, f"{STEP}/beginnen", wachtwoord=PASSWORD)[0] == 303
    return visitor, Phone(site, visitor.page(STEP).one("span", class_="key").text)


def switched_on(site: Site, name: str = "ria") -> tuple[Visitor, Phone, list[str]]:
    visitor, phone = prepared(site, name)
    code, page = send(visitor, f"{STEP}/bevestigen", code=phone.code())
    assert code == 200
    site.clock.now += HALF_MINUTE
    return visitor, phone, [item.text for item in page.all("li", class_="key")]


def halfway(site: Site, name: str = "ria") -> Visitor:
    """Someone who gave the right password, and not yet a code."""
    visitor = site.visitor()
    answer = visitor.send(SIGN_IN, naam=name, wachtwoord=PASSWORD)
    assert (answer.status_code, answer.location) == (303, CODE)
    return visitor


def give(visitor: Visitor, code: str) -> int:
    page = visitor.page(CODE)
    return visitor.post(CODE, {"csrf_token": page.value("csrf_token"), "code": code}).status_code


def test_every_page_of_it_is_sound() -> None:
    site = new_site()
    visitor = site.staff()
    assert page_faults(visitor.page(STEP)) == []
    visitor, phone = prepared(site)
    assert page_faults(visitor.page(STEP)) == []
    code, page = send(visitor, f"{STEP}/bevestigen", code="000000")
    assert (code, page_faults(page)) == (422, [])
    code, page = send(visitor, f"{STEP}/bevestigen", code=phone.code())
    assert (code, page_faults(page)) == (200, [])
    assert page_faults(visitor.page(STEP)) == []
    assert page_faults(visitor.page(ACCOUNT)) == []
    assert page_faults(halfway(site).page(CODE)) == []


def test_switching_on_asks_for_the_password_first() -> None:
    site = new_site()
    visitor = site.staff()
    code, page = send(visitor, f"{STEP}/beginnen", wachtwoord="fout")
    assert code == 422
    assert "Dit is niet uw wachtwoord" in page.text
    assert visitor.get(f"{STEP}/qr.svg").status_code == 404


def test_the_picture_is_there_until_it_is_confirmed() -> None:
    site = new_site()
    visitor, phone = prepared(site)
    picture = visitor.get(f"{STEP}/qr.svg")
    assert picture.mimetype == "image/svg+xml"
    assert picture.headers["Cache-Control"] == "no-store"
    send(visitor, f"{STEP}/bevestigen", code=phone.code())
    assert visitor.get(f"{STEP}/qr.svg").status_code == 404
    assert "QR-code" not in visitor.page(STEP).html


def test_what_was_not_confirmed_in_time_takes_the_password_again() -> None:
    site = new_site()
    visitor, phone = prepared(site)
    site.clock.now += WAITS + timedelta(seconds=1)
    assert send(visitor, f"{STEP}/bevestigen", code=phone.code())[0] == 422
    assert visitor.get(f"{STEP}/qr.svg").status_code == 404
    assert "Uw wachtwoord" in visitor.page(STEP).text


def test_without_a_confirmed_code_the_password_is_enough() -> None:
    site = new_site()
    prepared(site)
    assert site.visitor().send(SIGN_IN, naam="ria", wachtwoord=PASSWORD).status_code == 303


def test_after_the_password_a_code_is_asked() -> None:
    site = new_site()
    _, phone, _ = switched_on(site)
    visitor = halfway(site)
    assert visitor.get(WORK).status_code == 302
    assert give(visitor, "000000") == 422
    assert visitor.get(WORK).status_code == 302
    assert give(visitor, phone.code()) == 303
    assert visitor.get(WORK).status_code == 200


def test_switching_on_ends_sessions_elsewhere() -> None:
    site = new_site()
    elsewhere = site.staff()
    here, _, _ = switched_on(site)
    assert here.get(WORK).status_code == 200
    assert elsewhere.get(WORK).status_code == 302


@pytest.mark.parametrize(("off_by", "fits"), [(-2, False), (-1, False), (0, True), (1, True), (2, False)])
def test_a_code_counts_about_its_own_time_and_never_from_before_the_last(off_by: int, fits: bool) -> None:
    site = new_site()
    _, phone, _ = switched_on(site)
    assert (give(halfway(site), phone.code(HALF_MINUTE * off_by)) == 303) is fits


def test_a_clock_that_is_half_a_minute_slow_does_no_harm() -> None:
    site = new_site()
    _, phone, _ = switched_on(site)
    site.clock.now += HALF_MINUTE
    assert give(halfway(site), phone.code(-HALF_MINUTE)) == 303


def test_a_code_works_once() -> None:
    site = new_site()
    _, phone, _ = switched_on(site)
    code = phone.code()
    assert give(halfway(site), code) == 303
    assert give(halfway(site), code) == 422
    site.clock.now += HALF_MINUTE
    assert give(halfway(site), phone.code()) == 303


def test_the_code_that_switched_it_on_is_used_up() -> None:
    site = new_site()
    visitor, phone = prepared(site)
    code = phone.code()
    send(visitor, f"{STEP}/bevestigen", code=code)
    assert give(halfway(site), code) == 422


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "0" * 5000])
def test_what_is_no_code_is_wrong(code: str) -> None:
    site = new_site()
    switched_on(site)
    assert give(halfway(site), code) == 422


def test_a_recovery_code_works_once_however_it_is_typed() -> None:
    site = new_site()
    _, _, recovery = switched_on(site)
    assert len(set(recovery)) == 10
    typed = recovery[3].lower().replace("-", " ").replace("0", "o")
    assert give(halfway(site), typed) == 303
    assert give(halfway(site), recovery[3]) == 422
    assert give(halfway(site), recovery[4]) == 303


def test_a_recovery_code_of_another_is_wrong() -> None:
    site = new_site()
    _, _, theirs = switched_on(site, "els")
    switched_on(site, "ria")
    assert give(halfway(site, "ria"), theirs[0]) == 422


def test_new_recovery_codes_take_the_place_of_the_old() -> None:
    site = new_site()
    visitor, phone, old = switched_on(site)
    code, page = send(visitor, f"{STEP}/herstelcodes", **{"nieuwe-code": phone.code()})
    assert (code, page_faults(page)) == (200, [])
    fresh = [item.text for item in page.all("li", class_="key")]
    assert give(halfway(site), old[0]) == 422
    assert give(halfway(site), fresh[0]) == 303


def test_the_register_alone_makes_no_codes() -> None:
    site = new_site()
    _, phone, recovery = switched_on(site)
    with site.runtime.store.snapshot() as tables:
        kept = str(tables.select("second_steps"))
    assert phone._totp.secret not in kept
    assert not any(code.replace("-", "") in kept or code in kept for code in recovery)


def test_guessing_at_a_code_gets_slower() -> None:
    site = new_site()
    _, phone, _ = switched_on(site)
    visitor = halfway(site)
    for _ in range(FREE):
        assert give(visitor, "000000") == 422
    assert give(visitor, phone.code()) == 429


def test_a_session_does_not_wait_for_a_code_for_ever() -> None:
    site = new_site()
    _, phone, _ = switched_on(site)
    visitor = halfway(site)
    page = visitor.page(CODE)
    site.clock.now += WAITS + timedelta(seconds=1)
    answer = visitor.post(CODE, {"csrf_token": page.value("csrf_token"), "code": phone.code()})
    assert (answer.status_code, answer.location) == (303, SIGN_IN)
    assert visitor.get(WORK).status_code == 302


def test_who_did_not_give_a_password_is_asked_for_it() -> None:
    answer = new_site().visitor().get(CODE)
    assert (answer.status_code, answer.location) == (302, SIGN_IN)


@pytest.mark.parametrize(("password", "right_code"), [("fout", True), (PASSWORD, False)])
def test_switching_off_takes_the_password_and_a_code(password: str, right_code: bool) -> None:
    site = new_site()
    visitor, phone, _ = switched_on(site)
    code = phone.code() if right_code else "000000"
    status, page = send(visitor, f"{STEP}/afzetten", wachtwoord=password, code=code)
    assert (status, page_faults(page)) == (422, [])
    halfway(site)


def test_after_switching_off_the_password_is_enough() -> None:
    site = new_site()
    visitor, phone, _ = switched_on(site)
    assert send(visitor, f"{STEP}/afzetten", wachtwoord=PASSWORD, code=phone.code())[0] == 303
    assert visitor.get(WORK).status_code == 200
    assert site.visitor().send(SIGN_IN, naam="ria", wachtwoord=PASSWORD).status_code == 303


def test_beginning_again_does_not_replace_what_is_switched_on() -> None:
    site = new_site()
    visitor, phone, _ = switched_on(site)
    send(visitor, f"{STEP}/beginnen", wachtwoord=PASSWORD)
    assert give(halfway(site), phone.code()) == 303


def test_a_session_that_waits_for_a_code_is_not_on_the_list() -> None:
    site = new_site()
    visitor, _, _ = switched_on(site)
    halfway(site)
    assert visitor.page(ACCOUNT).text.count("aangemeld op") == 1


def test_what_was_typed_comes_along_past_the_code() -> None:
    from tests.scenarios.accounts.test_own_account import sign_in_form, typed_too_late

    site = new_site()
    visitor, _, page = typed_too_late(site)
    _, phone, _ = switched_on(site)
    answer = visitor.post(
        SIGN_IN, {**dict(page.form_data(sign_in_form(page))), "naam": "ria", "wachtwoord": PASSWORD}
    )
    asked = Page(answer.text)
    (form,) = [one for one in asked.all("form") if one.inside("main")]
    answer = visitor.post(CODE, {**dict(asked.form_data(form)), "code": phone.code()})
    assert "Na de koffie" in answer.text


def test_who_runs_the_server_takes_it_away(store: Path) -> None:
    words = ("user", "add", "els", "--name", "Els", "--email", "els@x.example", "--role")
    run(*words, "de-linde/beukenhof:onthaal", "--password-stdin", text="een goed woord\n")
    ran = run("user", "totp-off", "els")
    assert (ran.code, "heeft geen tweede stap" in ran.err) == (1, True)


def test_taking_it_away_ends_sessions_and_asks_no_code_any_more() -> None:
    from gehoor.services.access.authorisation import Operator
    from gehoor.services.accounts.second_factor import take_away

    site = new_site()
    visitor, _, _ = switched_on(site)
    assert take_away(site.runtime, "ria", Operator("beheer"), site.clock.now)
    assert visitor.get(WORK).status_code == 302
    assert site.visitor().send(SIGN_IN, naam="ria", wachtwoord=PASSWORD).status_code == 303
    with reading(site.runtime.store) as register:
        assert register.second_step("ria") is None


def asking(document: dict[str, Any]) -> None:
    document["roles"]["onthaal"]["second-step"] = "required"


def test_a_role_can_ask_a_second_step_and_nothing_opens_without_it() -> None:
    site = new_site()
    publish_change(site.runtime, asking, "2026-05-12 12:00")
    visitor = site.staff("ria", "onthaal")
    answer = visitor.get(WORK)
    assert (answer.status_code, answer.location) == (303, STEP)
    page = visitor.page(STEP)
    assert "Uw rol vraagt een tweede stap" in page.text
    assert page_faults(page) == []
    assert site.staff("els", "kwaliteitscoordinator").get(WORK).status_code == 200
    visitor, _, _ = switched_on(site)
    assert visitor.get(WORK).status_code == 200
    assert "Uw rol vraagt" not in visitor.page(STEP).text


def test_a_role_in_another_department_asks_nothing_here() -> None:
    site = new_site()
    publish_change(site.runtime, asking, "2026-05-12 12:00")
    assert site.staff("ria", "de-linde/eikenrode:onthaal").get(WORK).status_code == 200
    assert site.staff("an", "de-linde/*:onthaal").get(WORK).status_code == 303


def test_that_a_role_asks_a_second_step_is_said_in_the_agreement() -> None:
    said = dict(lines(DUTCH.agreements.whole(changed(asking))))
    assert said["roles/onthaal/second-step"] == "Wie deze rol heeft, meldt zich aan met een tweede stap."
    assert "roles/kwaliteitscoordinator/second-step" not in said
