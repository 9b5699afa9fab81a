"""Mijn account: another password, where one is signed in, and what happens to who was away too long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from gehoor.adapters.security.common_passwords import ReckonedPasswords
from gehoor.services.accounts.accounts import IDLE, end_all_access, sign_in
from gehoor.services.accounts.own_account import WrongPasswordError, change_password
from gehoor.services.accounts.throttling import FREE
from gehoor.services.dossiers.viewing import look
from gehoor.services.register.register import reading, writing
from tests.support.de_linde import open_by_phone
from tests.support.pages import Element, Page, page_faults
from tests.support.passwords import QuickHasher
from tests.support.site import PASSWORD, Site, Visitor, new_site

ACCOUNT = "/medewerker/mijn-account"
SIGN_IN = "/medewerker/aanmelden"
WORK = "/medewerker/"
NEW = "een lange zin over linden"
LATER = IDLE + timedelta(seconds=1)


def again(site: Site, name: str = "ria") -> Visitor:
    """Sign in as someone who has an account already, in another browser."""
    visitor = site.visitor()
    assert visitor.send(SIGN_IN, naam=name, wachtwoord=PASSWORD).status_code == 303
    return visitor


def change(visitor: Visitor, old: str = PASSWORD, new: str = NEW) -> tuple[int, str]:
    token = visitor.page(ACCOUNT).value("csrf_token")
    answer = visitor.post(f"{ACCOUNT}/wachtwoord", {"csrf_token": token, "oud": old, "nieuw": new})
    return answer.status_code, answer.text


def test_the_page_is_sound_and_says_who_one_is() -> None:
    page = new_site().staff().page(ACCOUNT)
    assert page_faults(page) == []
    assert "ria@delinde.example" in page.text


def test_a_new_password_takes_the_place_of_the_old_and_ends_sessions_elsewhere() -> None:
    site = new_site()
    here = site.staff()
    there = again(site)
    assert change(here)[0] == 303
    assert here.get(WORK).status_code == 200
    assert there.get(WORK).status_code == 302
    assert site.visitor().send(SIGN_IN, naam="ria", wachtwoord=PASSWORD).status_code == 422
    assert site.visitor().send(SIGN_IN, naam="ria", wachtwoord=NEW).status_code == 303


def test_the_session_that_goes_on_after_a_new_password_has_another_token() -> None:
    site = new_site()
    visitor = site.staff()
    before = visitor.client.get_cookie("gehoor")
    assert before is not None
    change(visitor)
    thief = site.visitor()
    thief.client.set_cookie("gehoor", before.value)
    assert thief.get(WORK).status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("fout", NEW, "Dit is niet uw wachtwoord van nu."),
        (PASSWORD, "kort", "minstens 10 tekens"),
        (PASSWORD, "x" * 201, "hoogstens 200 tekens"),
        (PASSWORD, "1234567890", "snel geraden"),
        (PASSWORD, "Wachtwoord2026!", "snel geraden"),
        (PASSWORD, "azertyuiop", "snel geraden"),
        (PASSWORD, "ria@delinde.example", "snel geraden"),
        (PASSWORD, PASSWORD, "Dit is uw wachtwoord van nu."),
    ],
)
def test_a_password_that_will_not_do_is_refused_at_its_field(old: str, new: str, sentence: str) -> None:
    visitor = new_site().staff()
    code, text = change(visitor, old, new)
    assert code == 422
    page = Page(text)
    assert page_faults(page) == []
    assert sentence in page.one("p", class_="error").text
    assert old not in [field.attributes.get("value") for field in page.all("input")]


@pytest.mark.parametrize("new", ["paard batterij nietje", "linden bloeien in juni", "         een        "])
def test_no_rule_says_what_a_password_is_made_of(new: str) -> None:
    assert change(new_site().staff(), PASSWORD, new)[0] == 303


def test_the_old_password_cannot_be_guessed_at() -> None:
    visitor = new_site().staff()
    for _ in range(FREE):
        change(visitor, "fout")
    code, text = change(visitor)
    assert code == 422
    assert "te vaak geprobeerd" in text


def test_sessions_are_listed_without_where_they_come_from_and_one_can_be_ended() -> None:
    site = new_site()
    here = site.staff()
    site.clock.now += timedelta(minutes=3)
    there = again(site)
    page = here.page(ACCOUNT)
    ends = [form for form in page.all("form") if "/sessies/" in form.attributes.get("action", "")]
    items = [item.text for item in page.all("li") if item.inside("section")]
    assert len(items) == 2
    assert "127.0.0.1" not in page.html
    assert "Werkzeug" not in page.html
    other = next(
        form.attributes["action"] for form in ends if form.parent and "andere browser" in form.parent.text
    )
    assert here.post(other, {"csrf_token": page.value("csrf_token")}).status_code == 303
    assert here.get(WORK).status_code == 200
    assert there.get(WORK).status_code == 302


def test_nobody_ends_a_session_of_another() -> None:
    site = new_site()
    els = site.staff("els", "kwaliteitscoordinator")
    theirs = next(
        form.attributes["action"]
        for form in els.page(ACCOUNT).all("form")
        if "/sessies/" in form.attributes.get("action", "")
    )
    ria = site.staff("ria")
    token = ria.page(ACCOUNT).value("csrf_token")
    assert ria.post(theirs, {"csrf_token": token}).status_code == 303
    assert els.get(WORK).status_code == 200


def test_all_sessions_can_be_ended_at_once() -> None:
    site = new_site()
    here = site.staff()
    there = again(site)
    token = here.page(ACCOUNT).value("csrf_token")
    answer = here.post(f"{ACCOUNT}/sessies/beeindigen", {"csrf_token": token})
    assert (answer.status_code, answer.location) == (303, SIGN_IN)
    assert {here.get(WORK).status_code, there.get(WORK).status_code} == {302}


# The end of a session


def test_a_page_says_when_the_session_ends_and_asking_to_stay_makes_it_last() -> None:
    site = new_site()
    visitor = site.staff()
    notice = visitor.page(WORK).by_id("sessie")
    assert int(notice.attributes["data-left"]) == IDLE.total_seconds()
    assert "hidden" in notice.attributes
    site.clock.now += IDLE - timedelta(minutes=1)
    answer = visitor.client.post(
        notice.attributes["data-stay"], headers={"X-CSRFToken": notice.attributes["data-token"]}
    )
    assert answer.json == {"left": IDLE.total_seconds()}
    site.clock.now += timedelta(minutes=2)
    assert visitor.get(WORK).status_code == 200


def test_who_was_away_too_long_is_told_so() -> None:
    site = new_site()
    visitor = site.staff()
    site.clock.now += LATER
    asked = visitor.get(WORK)
    assert "U was te lang weg" in visitor.page(asked.location).text
    assert "U was te lang weg" not in site.visitor().page(SIGN_IN).text


def typed_too_late(site: Site) -> tuple[Visitor, str, Page]:
    """Fill in a dossier, be away too long, and send it. Returns the page that asks to sign in again."""
    dossier = open_by_phone(site.runtime, "2026-05-12 13:00").dossier
    visitor = site.staff()
    address = f"/medewerker/dossiers/{dossier}"
    page = visitor.page(address)
    site.clock.now += LATER
    answer = visitor.resend(address, page, v_onderwerp="Na de koffie")
    assert answer.status_code == 401
    return visitor, dossier, Page(answer.text)


def subject(site: Site, dossier: str) -> object:
    return look(site.runtime, dossier, site.clock.now).dossier.values.get("onderwerp")


def test_what_was_typed_when_the_session_ended_is_kept_after_signing_in_again() -> None:
    site = new_site()
    visitor, dossier, page = typed_too_late(site)
    before = subject(site, dossier)
    assert page_faults(page) == []
    assert "Wat u typte, is niet verloren" in page.text
    assert "Na de koffie" not in page.html
    answer = visitor.post(
        SIGN_IN, {**dict(page.form_data(sign_in_form(page))), "naam": "ria", "wachtwoord": "fout"}
    )
    page = Page(answer.text)
    answer = visitor.post(
        SIGN_IN, {**dict(page.form_data(sign_in_form(page))), "naam": "ria", "wachtwoord": PASSWORD}
    )
    assert answer.status_code == 200
    going_on = Page(answer.text)
    assert page_faults(going_on) == []
    assert subject(site, dossier) == before
    (form,) = [one for one in going_on.all("form") if one.inside("main")]
    sent: dict[str, list[str]] = {}
    for name, value in going_on.form_data(form):
        sent.setdefault(name, []).append(value)
    assert visitor.post(form.attributes["action"], sent).status_code == 303
    assert subject(site, dossier) == "Na de koffie"


def sign_in_form(page: Page) -> Element:
    return next(one for one in page.all("form") if one.attributes.get("action") == SIGN_IN)


def test_somebody_else_does_not_get_what_was_typed() -> None:
    site = new_site()
    site.add_staff("els", "kwaliteitscoordinator")
    visitor, dossier, page = typed_too_late(site)
    answer = visitor.post(
        SIGN_IN, {**dict(page.form_data(sign_in_form(page))), "naam": "els", "wachtwoord": PASSWORD}
    )
    assert "Na de koffie" not in answer.text
    assert "niet voor u" in answer.text
    assert subject(site, dossier) != "Na de koffie"


@pytest.mark.parametrize("forged", ["x", "x" * 400, ""])
def test_what_was_not_carried_by_us_is_left_alone(forged: str) -> None:
    site = new_site()
    site.add_staff("ria", "onthaal")
    answer = site.visitor().send(SIGN_IN, naam="ria", wachtwoord=PASSWORD, verder=forged)
    assert (answer.status_code, answer.location) == (303, WORK)


def test_a_password_that_was_typed_too_late_does_not_travel() -> None:
    site = new_site()
    visitor = site.staff()
    token = visitor.page(ACCOUNT).value("csrf_token")
    site.clock.now += LATER
    answer = visitor.post(f"{ACCOUNT}/wachtwoord", {"csrf_token": token, "oud": PASSWORD, "nieuw": NEW})
    assert answer.status_code == 302


def test_a_form_of_somebody_who_never_signed_in_is_not_carried() -> None:
    site = new_site()
    dossier = open_by_phone(site.runtime, "2026-05-12 13:00").dossier
    visitor = site.visitor()
    token = visitor.page(SIGN_IN).value("csrf_token")
    answer = visitor.post(f"/medewerker/dossiers/{dossier}", {"csrf_token": token, "v_onderwerp": "x"})
    assert (answer.status_code, answer.location) == (302, SIGN_IN)


def test_signing_in_too_often_with_one_name_gives_the_same_answer_whoever_has_it() -> None:
    site = new_site()
    site.add_staff("ria", "onthaal")
    texts = []
    for name in ("ria", "rik"):
        visitor = site.visitor()
        for _ in range(FREE):
            assert visitor.send(SIGN_IN, naam=name, wachtwoord="fout").status_code == 422
        answer = visitor.send(SIGN_IN, naam=name, wachtwoord=PASSWORD)
        assert answer.status_code == 429
        page = Page(answer.text)
        assert page_faults(page) == []
        texts.append(page.text)
    assert texts[0] == texts[1]


def test_who_signed_in_here_before_is_not_held_up_by_who_guesses_elsewhere() -> None:
    site = new_site()
    visitor = site.staff()
    visitor.post("/medewerker/afmelden", {"csrf_token": visitor.page(WORK).value("csrf_token")})
    stranger = site.visitor()
    for _ in range(FREE + 1):
        stranger.send(SIGN_IN, naam="ria", wachtwoord="fout")
    assert visitor.send(SIGN_IN, naam="ria", wachtwoord=PASSWORD).status_code == 303
    known = visitor.client.get_cookie("gehoor-bekend")
    assert known is not None
    stranger.client.set_cookie("gehoor-bekend", known.value + "x")
    assert stranger.send(SIGN_IN, naam="ria", wachtwoord=PASSWORD).status_code == 429


class Interrupting(QuickHasher):
    """Somebody does something while a password is being checked."""

    def __init__(self, meanwhile: Callable[[], None]) -> None:
        super().__init__()
        self._meanwhile = meanwhile

    def matches(self, password_hash: str, password: str) -> bool:
        found = super().matches(password_hash, password)
        self._meanwhile()
        return found


def _reset(site: Site) -> Callable[[], None]:
    """Give ria another password, as whoever manages accounts does, once."""

    def reset() -> None:
        with writing(site.runtime.store) as register:
            account = register.account("ria")
            assert account is not None
            register.save_account(replace(account, password_hash="quick:gegeven door het beheer"))
            end_all_access(register, "ria")

    return reset


def test_a_password_that_was_given_while_the_old_one_was_checked_stays() -> None:
    site = new_site()
    site.add_staff("ria", "onthaal")
    with reading(site.runtime.store) as register:
        account = register.account("ria")
    assert account is not None
    hasher = Interrupting(_reset(site))
    with pytest.raises(WrongPasswordError):
        change_password(site.runtime, hasher, ReckonedPasswords(), account, (PASSWORD, NEW), site.clock())
    with reading(site.runtime.store) as register:
        kept = register.account("ria")
    assert kept is not None
    assert kept.password_hash == "quick:gegeven door het beheer"


def test_nobody_signs_in_with_a_password_that_was_replaced_while_it_was_checked() -> None:
    site = new_site()
    site.add_staff("ria", "onthaal")
    assert sign_in(site.runtime, Interrupting(_reset(site)), "ria", PASSWORD, site.clock()) is None
    with reading(site.runtime.store) as register:
        assert list(register.sessions_of("ria")) == []
