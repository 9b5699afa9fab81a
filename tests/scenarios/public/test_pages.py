"""The pages: who reaches them, what they show, and that each is sound whatever was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from gehoor.services.access.authorisation import Operator
from gehoor.services.accounts.accounts import IDLE
from gehoor.services.agreements.publishing import Validity, publish
from gehoor.services.dossiers.repinning import Repinning, repin
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.ports.belonging import NOWHERE, Within
from gehoor.services.ports.records import Publication
from gehoor.services.ports.store import StoreUnavailableError
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.runtime import Runtime
from gehoor.web.public.receipts import LASTS
from gehoor.web.security.policies import policy_of
from tests.support.clock import at
from tests.support.de_linde import (
    INVESTIGATED,
    REGISTERED,
    STORY,
    de_linde,
    fill,
    investigated,
    new_runtime,
    open_by_phone,
    open_by_web,
    proposal,
    publish_change,
    registered,
)
from tests.support.pages import Page, page_faults
from tests.support.site import PASSWORD, Site, new_site

MELDEN = "/de-linde/beukenhof/melden/alles"
REGISTER = "/medewerker/de-linde/beukenhof/registreren"
WORK = "/medewerker/"
SIGN_IN = "/medewerker/aanmelden"
TOLD = {
    "v_uiteenzetting": STORY,
    "v_anoniem": "nee",
    "v_klager_naam": "Els Peeters",
    "v_klager_email": "els@voorbeeld.be",
}
PHONED = {
    "v_uiteenzetting": STORY, "v_onderwerp": "Bel niet beantwoord", "v_anoniem": "nee", "v_klager_naam": "Peeters",
    "v_drager": "telefoon", "v_indieningsvorm": "mondeling",
}  # fmt: skip


ROOMS = ("", "/overzicht", "/afsluiten", "/berichten", "/verloop")


def dossier_page(dossier: str) -> str:
    return f"/medewerker/dossiers/{dossier}"


def stored(site: Site, dossier: str) -> dict[str, Any]:
    with reading_projection(site.runtime) as register:
        return dict(register.dossier(dossier).values)


def count(site: Site) -> int:
    with site.runtime.store.snapshot() as tables:
        return tables.count("events", where={"sequence": 1})


# Who reaches what


def test_every_page_says_who_may_reach_it() -> None:
    app = new_site().app
    assert [name for name, view in app.view_functions.items() if policy_of(view) is None] == []


def test_a_page_that_does_not_say_so_reaches_nobody() -> None:
    site = new_site()
    site.app.add_url_rule("/vergeten", "vergeten", lambda: "geheim")
    answer = site.staff().get("/vergeten")
    assert answer.status_code == 403
    assert "geheim" not in answer.text
    assert Page(answer.text).one("h1").text == "Dit mag u niet zien"


def staff_paths(app: Flask) -> list[str]:
    rules = [
        rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/medewerker") and not rule.rule.startswith(SIGN_IN)
    ]
    numbered = r"<int:[^>]+>"
    return [
        re.sub(r"<[^>]+>", "x", re.sub(numbered, "1", rule.rule))
        for rule in rules
        if "GET" in (rule.methods or ())
    ]


def test_pages_for_staff_ask_to_sign_in_first() -> None:
    site = new_site()
    paths = staff_paths(site.app)
    assert len(paths) >= 3
    for path in paths:
        answer = site.visitor().get(path)
        assert (answer.status_code, urlsplit(answer.location).path) == (302, SIGN_IN), path


def test_after_signing_in_the_page_that_was_asked_for_opens() -> None:
    site = new_site()
    site.add_staff("ria", "onthaal")
    visitor = site.visitor()
    asked = visitor.get(f"{WORK}?toon=afgesloten")
    answer = visitor.send(asked.location, naam="ria", wachtwoord=PASSWORD)
    assert (answer.status_code, answer.location) == (303, f"{WORK}?toon=afgesloten")


@pytest.mark.parametrize(
    "address",
    [
        "https://kwaad.example/", "//kwaad.example/", "/\\kwaad.example", "\\\\kwaad.example", "javascript:alert(1)",
        "/\t/kwaad.example", "/\n/kwaad.example", " //kwaad.example", "http:kwaad.example", "//kwaad.example@/x",
        "https:///kwaad.example", "kwaad.example",
    ],
)  # fmt: skip
def test_signing_in_leads_to_no_other_site(address: str) -> None:
    site = new_site()
    site.add_staff("ria", "onthaal")
    answer = site.visitor().send(f"{SIGN_IN}?naar={quote(address)}", naam="ria", wachtwoord=PASSWORD)
    assert answer.status_code == 303
    assert answer.location == WORK


def test_the_wrong_password_gives_the_same_page_as_an_unknown_name() -> None:
    site = new_site()
    site.add_staff("ria", "onthaal")
    answers = [site.visitor().send(SIGN_IN, naam=name, wachtwoord="fout") for name in ("ria", "rik")]
    texts = [
        re.sub(r'name="csrf_token" value="[^"]+"', "", answer.text).replace("rik", "ria")
        for answer in answers
    ]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert texts[0] == texts[1]
    assert Page(answers[0].text).title.startswith("Fout:")


def test_signing_out_ends_the_session_on_the_server() -> None:
    site = new_site()
    visitor = site.staff()
    cookie = visitor.client.get_cookie("gehoor")
    assert cookie is not None
    page = visitor.page(WORK)
    token = page.value("csrf_token")
    assert visitor.post("/medewerker/afmelden", {"csrf_token": token}).status_code == 303
    thief = site.visitor()
    thief.client.set_cookie("gehoor", cookie.value)
    assert thief.get(WORK).status_code == 302


def test_a_session_that_nobody_used_has_ended() -> None:
    site = new_site()
    visitor = site.staff()
    site.clock.now += IDLE + timedelta(seconds=1)
    assert visitor.get(WORK).status_code == 302


def test_a_session_begins_with_a_fresh_cookie() -> None:
    site = new_site()
    site.add_staff("ria", "onthaal")
    visitor = site.visitor()
    visitor.send(MELDEN, **TOLD)
    visitor.send(SIGN_IN, naam="ria", wachtwoord=PASSWORD)
    with visitor.client.session_transaction() as session:
        assert "receipt" not in session


def test_cookies_are_for_this_site_over_https_only() -> None:
    site = new_site(secure=True)
    answer = site.app.test_client().get(SIGN_IN, base_url="https://gehoor.example")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-gehoor=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie.split("; ")
    assert "Domain" not in cookie


def test_staff_of_another_department_see_nothing() -> None:
    site = new_site()
    dossier = open_by_phone(site.runtime, "2026-05-12 13:00").dossier
    other = site.staff("rik", "de-linde/eikenrode:onthaal")
    assert other.get(dossier_page(dossier)).status_code == 404
    assert (
        other.post(dossier_page(dossier), {"csrf_token": other.page(WORK).value("csrf_token")}).status_code
        == 404
    )
    assert other.get(REGISTER).status_code == 404
    work = other.page(WORK)
    assert "BEU-2026" not in work.text
    assert "Beukenhof" not in work.text


def test_a_dossier_that_is_not_mine_looks_like_one_that_is_not_there() -> None:
    site = new_site()
    dossier = open_by_phone(site.runtime, "2026-05-12 13:00").dossier
    other = site.staff("rik", "de-linde/eikenrode:onthaal")
    assert other.get(dossier_page(dossier)).text == other.get(dossier_page("nergens")).text


def test_someone_without_roles_sees_an_empty_list() -> None:
    site = new_site()
    open_by_phone(site.runtime, "2026-05-12 13:00")
    assert "BEU-2026" not in site.staff("rik", "waterhof/*:onthaal").page(WORK).text


@pytest.mark.parametrize(
    "path", [MELDEN, "/volgen", SIGN_IN, REGISTER, "/medewerker/afmelden", "/medewerker/dossiers/dossier-1"]
)
def test_a_form_of_elsewhere_is_not_taken(path: str) -> None:
    site = new_site()
    open_by_phone(site.runtime, "2026-05-12 13:00")
    staff = site.staff()
    staff.client.environ_base["HTTP_SEC_FETCH_SITE"] = "cross-site"
    answer = staff.post(path, {**TOLD, "naam": "ria", "wachtwoord": PASSWORD})
    assert answer.status_code == 400
    assert Page(answer.text).one("h1").text == "Dit formulier is verlopen"
    assert count(site) == 1


# What every answer has


def answers_of_all_kinds(site: Site) -> Iterator[TestResponse]:
    staff, visitor = site.staff(), site.visitor()
    for path in (
        "/",
        "/de-linde/beukenhof/",
        MELDEN,
        "/volgen",
        "/static/gehoor.css",
        "/static/gehoor.js",
        "/nergens",
    ):
        yield visitor.get(path)
    yield visitor.get(WORK)
    yield visitor.post(MELDEN, {})
    yield visitor.client.put("/")
    yield visitor.send(MELDEN)
    yield staff.get(WORK)
    yield visitor.send(MELDEN, **TOLD)
    yield visitor.get("/de-linde/beukenhof/ontvangen")


def test_every_answer_keeps_the_browser_safe() -> None:
    for answer in answers_of_all_kinds(new_site()):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Strict-Transport-Security" not in answer.headers
        if not answer.request.path.startswith("/static/"):
            assert answer.headers["Cache-Control"] == "no-store"
        answer.close()


def test_over_https_browsers_are_told_to_come_no_other_way() -> None:
    answer = new_site(secure=True).app.test_client().get(MELDEN, base_url="https://gehoor.example")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_the_cookie_of_a_known_browser_is_for_this_site_over_https_only() -> None:
    site = new_site(secure=True)
    site.add_staff("ria", "onthaal")
    client, home = site.app.test_client(), "https://gehoor.example"
    page = Page(client.get(SIGN_IN, base_url=home).text)
    answer = client.post(
        SIGN_IN,
        base_url=home,
        data={"csrf_token": page.value("csrf_token"), "naam": "ria", "wachtwoord": PASSWORD},
    )
    (cookie,) = [one for one in answer.headers.getlist("Set-Cookie") if "bekend" in one]
    assert cookie.startswith("__Host-gehoor-bekend=")
    for part in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        assert part in cookie.split("; ")
    assert "Domain" not in cookie
    assert "ria" not in cookie


def test_no_error_page_speaks_english_or_of_our_insides() -> None:
    site = new_site()
    for path in (
        "/nergens",
        "/de-linde/nergens/",
        "/de-linde/beukenhof/nergens",
        "/de-linde/beukenhof/dossier",
    ):
        answer = site.visitor().get(path)
        assert answer.status_code == 404, path
        assert Page(answer.text).one("h1").text == "Deze pagina bestaat niet"
    assert Page(site.visitor().client.put("/").text).one("h1").text == "Dit kan hier niet"


def test_what_goes_wrong_inside_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    site = new_site()
    monkeypatch.setattr("gehoor.web.public.public_form.agreement_in_force", _stumble)
    answer = site.visitor().get(MELDEN)
    assert answer.status_code == 500
    assert Page(answer.text).one("h1").text == "Er ging iets mis"
    assert "geheime binnenkant" not in answer.text


def _stumble(*_: object) -> None:
    raise ZeroDivisionError("geheime binnenkant")


class BrokenStore:
    """A store whose disk is full."""

    @contextmanager
    def transaction(self, within: Within = NOWHERE) -> Iterator[Any]:
        raise StoreUnavailableError("disk full: /var/lib/gehoor")
        yield

    snapshot = transaction

    def close(self) -> None:
        pass


@pytest.mark.parametrize("who", ["visitor", "staff"])
@pytest.mark.parametrize("path", ["/", WORK])
def test_without_its_store_a_page_says_so_in_dutch(
    who: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = new_site()
    browser = site.staff() if who == "staff" else site.visitor()
    broken = replace(site.runtime, store=BrokenStore())
    monkeypatch.setitem(site.app.extensions, "gehoor", replace(site.app.extensions["gehoor"], runtime=broken))
    answer = browser.get(path)
    if who == "visitor" and path == WORK:
        assert answer.status_code == 302
        return
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    page = Page(answer.text)
    assert page.one("h1").text == "Wij kunnen dit nu niet bewaren"
    assert "/var/lib" not in answer.text
    assert page_faults(page) == []


def test_a_post_without_the_store_is_not_taken_for_received(monkeypatch: pytest.MonkeyPatch) -> None:
    site = new_site()
    visitor = site.visitor()
    page = visitor.page(MELDEN)
    monkeypatch.setattr("gehoor.web.public.public_form.open_dossier", _disk_full)
    answer = visitor.resend(MELDEN, page, **TOLD)
    monkeypatch.undo()
    assert answer.status_code == 503
    assert visitor.resend(MELDEN, page, **TOLD).status_code == 303
    assert count(site) == 1


def _disk_full(*_: object) -> None:
    raise StoreUnavailableError("disk full")


def test_what_is_too_large_is_said_so() -> None:
    answer = new_site().visitor().send(MELDEN, **{**TOLD, "v_uiteenzetting": "x" * (3 * 1024 * 1024)})
    assert answer.status_code == 413
    assert Page(answer.text).one("h1").text == "Dit is te groot om te versturen"


# Telling


def test_what_was_told_becomes_one_dossier_however_often_it_is_sent() -> None:
    site = new_site()
    visitor = site.visitor()
    page = visitor.page(MELDEN)
    answers = [visitor.resend(MELDEN, page, **TOLD) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert count(site) == 1


def test_after_a_refusal_the_same_form_is_still_one_dossier() -> None:
    site = new_site()
    visitor = site.visitor()
    first = visitor.page(MELDEN)
    refused = Page(visitor.resend(MELDEN, first, v_uiteenzetting=STORY).text)
    assert refused.value("sleutel") == first.value("sleutel")
    visitor.resend(MELDEN, refused, **TOLD)
    visitor.resend(MELDEN, first, **TOLD)
    assert count(site) == 1


def test_a_refusal_keeps_what_was_typed_and_says_where_it_is_wrong() -> None:
    answer = new_site().visitor().send(MELDEN, **{**TOLD, "v_klager_email": "els", "v_klager_naam": None})
    page = Page(answer.text)
    assert answer.status_code == 422
    assert page.title.startswith("Fout: ")
    assert page.value("v_uiteenzetting") == STORY
    assert page.value("v_klager_email") == "els"
    summary = page.one("div", class_="summary")
    links = [link.attributes["href"] for link in page.all("a") if link.inside("main")]
    assert links[:2] == ["#v_klager_naam", "#v_klager_email"]
    assert "Schrijf een volledig e-mailadres" in summary.text
    assert "Schrijf een volledig e-mailadres" in page.by_id("v_klager_email-fout").text
    assert page.by_id("v_klager_email").attributes["aria-invalid"] == "true"
    assert "v_klager_email-fout" in page.by_id("v_klager_email").attributes["aria-describedby"]
    assert page_faults(page) == []


def test_a_story_is_shown_again_to_the_letter() -> None:
    story = '\n\n  "Zo" & <zo>\nwas het.  '
    page = Page(new_site().visitor().send(MELDEN, v_uiteenzetting=story).text)
    assert page.value("v_uiteenzetting") == story


def test_the_receipt_is_shown_for_a_while() -> None:
    site = new_site()
    visitor = site.visitor()
    answer = visitor.send(MELDEN, **TOLD)
    receipt = visitor.page(answer.location)
    assert "BEU-2026-0001" in receipt.text
    assert re.fullmatch(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}", receipt.one("strong", class_="code").text)
    assert page_faults(receipt) == []
    site.clock.now += LASTS - timedelta(seconds=1)
    assert visitor.page(answer.location).text == receipt.text
    site.clock.now += timedelta(seconds=1)
    assert visitor.get(answer.location).status_code == 302


def test_a_name_that_was_typed_before_choosing_anonymous_is_dropped() -> None:
    site = new_site()
    site.visitor().send(MELDEN, **{**TOLD, "v_anoniem": "ja"})
    with site.runtime.store.snapshot() as tables:
        assert "Peeters" not in str(tables.select("events")) + str(tables.select("dossiers"))


def test_an_answer_nobody_asks_for_is_shown_to_whoever_sent_it_and_kept_nowhere() -> None:
    site = new_site()
    visitor = site.visitor()
    extra = {"v_ernst": "5", "v_registratiedatum": "2026-05-12", "v_zomaar": "Het regende ook."}
    refused = visitor.send(MELDEN, **{**TOLD, **extra})
    assert refused.status_code == 422
    assert "Het regende ook." in refused.text
    page = Page(refused.text)
    assert not set(extra) & {name for name, _ in page.form_data()}
    assert visitor.resend(MELDEN, page).status_code == 303
    assert not {"ernst", "registratiedatum", "zomaar"} & set(stored(site, "dossier-1"))


HOSTILE = {
    "nothing at all": "\0",
    "half a character": "\ud83d",
    "too long": "x" * 30_000,
    "pictures": "🙂" * 100,
    "an old line end": "\r",
    "a template": "{{ 7*7 }}",
    "writing backwards": "\u202e",
    "below zero": "-1",
    "a gigabyte of digits": "1e999999999",
}


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_whatever_is_typed_is_taken_or_refused(typed: str) -> None:
    site = new_site()
    visitor = site.visitor()
    names = [name for name, _ in visitor.page(MELDEN).form_data() if name.startswith("v_")]
    for name in (*names, "v_anoniem", "v_gewenste_uitkomst"):
        answer = visitor.send(MELDEN, **{**TOLD, name: typed.encode("utf-8", "surrogatepass")})
        assert answer.status_code in (303, 422), name


# Following


def test_a_code_shows_how_far_it_is() -> None:
    site = new_site()
    receipt = open_by_web(site.runtime, "2026-05-12 13:00")
    visitor = site.visitor()
    answer = visitor.send("/volgen", code=receipt.code.lower())
    page = visitor.page(answer.location)
    assert (answer.status_code, receipt.number in page.text) == (303, True)
    assert "U krijgt ons antwoord.uiterlijk op donderdag 11 juni 2026" in page.text
    assert STORY not in page.text
    assert page_faults(page) == []


@pytest.mark.parametrize("code", ["", "fout", "0000-0000-0000-0000", "' OR 1=1", "\0"])
def test_wrong_and_unknown_codes_get_the_same_answer(code: str) -> None:
    site = new_site()
    open_by_web(site.runtime, "2026-05-12 13:00")

    def answer_to(typed: str) -> tuple[int, str]:
        answer = site.visitor().send("/volgen", code=typed)
        # What was typed stands there again.
        shown = re.sub(r'(<input id="code" .*?) value="[^"]*"', r"\1", answer.text)
        return answer.status_code, re.sub(r'name="csrf_token" value="[^"]+"', "", shown)

    assert answer_to(code) == answer_to("ZZZZ-ZZZZ-ZZZZ-ZZZZ")
    assert answer_to(code)[0] == 422


# Staff


def test_registering_gives_a_number_and_a_code_to_read_out() -> None:
    site = new_site()
    answer = site.staff().send(REGISTER, **PHONED)
    page = Page(answer.text)
    assert answer.status_code == 200
    assert "BEU-2026-0001" in page.text
    assert stored(site, "dossier-1")["ontvangen_door"] == "Ria"
    assert page_faults(page) == []


def test_registering_proposes_today_and_this_hour() -> None:
    page = new_site().staff().page(REGISTER)
    assert (page.value("v_ontvangstdatum"), page.value("v_ontvangst_tijdstip")) == ("2026-05-12", "14:00")


def test_registering_twice_from_one_page_is_one_dossier() -> None:
    site = new_site()
    staff = site.staff()
    page = staff.page(REGISTER)
    for _ in range(2):
        staff.resend(REGISTER, page, **PHONED)
    assert count(site) == 1


def test_a_refused_registration_keeps_what_was_typed() -> None:
    answer = new_site().staff().send(REGISTER, **{**PHONED, "v_drager": None, "v_ontvangstdatum": "12/05/26"})
    page = Page(answer.text)
    assert (answer.status_code, page.title[:5], page.value("v_onderwerp")) == (
        422,
        "Fout:",
        "Bel niet beantwoord",
    )
    assert page.value("v_ontvangstdatum") == "12/05/26"
    assert page_faults(page) == []


def test_the_work_list_shows_what_is_due_first_and_how_it_stands() -> None:
    site = new_site()
    later = open_by_phone(site.runtime, "2026-05-12 13:00").number
    sooner = open_by_phone(
        site.runtime, "2026-05-12 13:00", ontvangstdatum="2026-05-04", drager="brief"
    ).number
    page = site.staff().page(WORK)
    rows = [cell.text for cell in page.all("th", scope="row")]
    assert rows == [sooner, later]
    assert "Te laat" in page.text
    assert page_faults(page) == []


def test_the_dossier_page_is_saved_field_by_field() -> None:
    site = new_site()
    dossier = open_by_phone(site.runtime, "2026-05-12 13:00").dossier
    staff = site.staff()
    answer = staff.send(dossier_page(dossier), v_aangeklaagde_dienst="Keuken")
    assert (answer.status_code, urlsplit(answer.location).path) == (303, dossier_page(dossier))
    assert stored(site, dossier)["aangeklaagde_dienst"] == "Keuken"
    with reading_projection(site.runtime) as register:
        assert register.events(dossier)[-1].data == {
            "values": {"aangeklaagde_dienst": "Keuken"},
            "cleared": [],
        }


def test_saving_an_untouched_page_changes_nothing() -> None:
    site = new_site("2026-05-21 09:00")
    dossier = investigated(site.runtime, "gegrond")
    fill(
        site.runtime,
        dossier,
        "2026-05-20 10:00",
        acuut_gevaar=True,
        gevaar_gemeld_aan=["directie"],
        gevaar_eerste_actie_op="2026-05-20T07:30:00Z",
    )
    before = look(site.runtime, dossier, site.clock()).dossier
    coordinator = site.staff("els", "kwaliteitscoordinator")
    assert coordinator.send(dossier_page(dossier)).status_code == 303
    assert look(site.runtime, dossier, site.clock()).dossier == before


def test_a_founded_complaint_without_apology_is_refused_on_the_page() -> None:
    site = new_site("2026-05-29 09:00")
    dossier = investigated(site.runtime, "gegrond")
    answer = site.staff().send(
        dossier_page(dossier),
        v_antwoord_datum="2026-05-29",
        v_antwoord_wijze="brief",
        v_tweede_lijn_vermeld="ja",
    )
    page = Page(answer.text)
    assert (answer.status_code, page.title[:5]) == (422, "Fout:")
    assert (
        "Bij een gegronde klacht bieden wij verontschuldigingen aan."
        in page.by_id("v_verontschuldiging-fout").text
    )
    assert page.value("v_antwoord_datum") == "2026-05-29"
    assert page_faults(page) == []


def test_edits_that_conflict_are_shown_side_by_side() -> None:
    site = new_site()
    dossier = registered(site.runtime, "2026-05-12 14:00")
    ria, jo = site.staff("ria"), site.staff("jo")
    page = ria.page(dossier_page(dossier))
    jo.send(dossier_page(dossier), v_aangeklaagde_dienst="Keuken", v_gewenste_uitkomst=["uitleg"])
    answer = ria.resend(
        dossier_page(dossier), page, v_aangeklaagde_dienst="Zaal", v_gewenste_uitkomst=["gehoord"]
    )
    refused = Page(answer.text)
    assert (answer.status_code, refused.title[:5]) == (409, "Fout:")
    assert refused.value("v_aangeklaagde_dienst") == "Zaal"
    assert "Intussen staat er: Keuken" in refused.by_id("v_aangeklaagde_dienst-fout").text
    assert "Intussen staat er: Uitleg" in refused.by_id("v_gewenste_uitkomst-fout").text
    assert "Jo wijzigde dit op 12 mei 2026 14:00" in refused.text
    assert stored(site, dossier)["aangeklaagde_dienst"] == "Keuken"
    assert page_faults(refused) == []
    assert ria.resend(dossier_page(dossier), refused).status_code == 303
    assert stored(site, dossier)["aangeklaagde_dienst"] == "Zaal"


def test_two_people_save_different_answers_from_pages_they_opened_together() -> None:
    site = new_site()
    dossier = registered(site.runtime, "2026-05-12 14:00")
    ria, jo = site.staff("ria"), site.staff("jo")
    page = ria.page(dossier_page(dossier))
    jo.send(dossier_page(dossier), v_aangeklaagde_dienst="Keuken", v_gewenste_uitkomst=["uitleg"])
    assert ria.resend(dossier_page(dossier), page, v_feiten_van="2026-05-10").status_code == 303
    found = stored(site, dossier)
    assert (found["aangeklaagde_dienst"], found["gewenste_uitkomst"], found["feiten_van"]) == (
        "Keuken", ["uitleg"], "2026-05-10",
    )  # fmt: skip


@pytest.mark.parametrize(
    "slip", [{"v_feiten_van": "ooit"}, {"v_onderwerp": "Anders"}], ids=["refused", "conflict"]
)
def test_a_page_that_goes_back_undoes_nothing_of_what_others_did(slip: dict[str, str]) -> None:
    site = new_site()
    dossier = registered(site.runtime, "2026-05-12 14:00")
    ria, jo = site.staff("ria"), site.staff("jo")
    page = ria.page(dossier_page(dossier))
    jo.send(dossier_page(dossier), v_aangeklaagde_dienst="Keuken", v_onderwerp="Geen antwoord op de bel")
    back = ria.resend(dossier_page(dossier), page, **slip)
    assert back.status_code in (409, 422)
    assert ria.resend(dossier_page(dossier), Page(back.text), v_feiten_van="2026-05-10").status_code == 303
    found = stored(site, dossier)
    assert (found["aangeklaagde_dienst"], found["feiten_van"]) == ("Keuken", "2026-05-10")
    assert found["onderwerp"] == slip.get("v_onderwerp", "Geen antwoord op de bel")


def test_a_story_that_was_fixed_in_between_is_refused_and_not_forgotten() -> None:
    site = new_site("2026-05-13 09:00")
    dossier = open_by_phone(site.runtime, "2026-05-12 13:00").dossier
    ria = site.staff()
    page = ria.page(dossier_page(dossier))
    fill(site.runtime, dossier, "2026-05-13 08:00", actor="jo", **REGISTERED, registratiedatum="2026-05-13")
    answer = ria.resend(dossier_page(dossier), page, v_uiteenzetting="Zo was het.")
    refused = Page(answer.text)
    assert answer.status_code == 422
    assert "Dit staat vast" in refused.by_id("v_uiteenzetting-fout").text
    assert refused.value("v_uiteenzetting") == "Zo was het."
    assert stored(site, dossier)["uiteenzetting"] == STORY


def test_a_field_that_was_closed_in_between_is_refused_and_not_forgotten() -> None:
    site = new_site("2026-05-20 10:00")
    dossier = investigated(site.runtime, "gegrond")
    ria = site.staff()
    page = ria.page(dossier_page(dossier))
    fill(site.runtime, dossier, "2026-05-20 10:00", actor="jo", onderzoek_afgerond_op="")
    answer = ria.resend(dossier_page(dossier), page, v_oplossing="opgelost")
    assert answer.status_code == 422
    assert "De fase Correctie is nog niet open" in Page(answer.text).one("div", class_="summary").text


def test_a_phase_can_be_completed_with_one_button() -> None:
    site = new_site("2026-05-13 09:00")
    dossier = open_by_phone(site.runtime, "2026-05-12 13:00", **REGISTERED).dossier
    assert site.staff().send(dossier_page(dossier), afronden="registratiedatum").status_code == 303
    assert stored(site, dossier)["registratiedatum"] == "2026-05-13"


def test_a_forged_button_completes_nothing_that_is_not_on_the_page() -> None:
    site = new_site("2026-05-13 09:00")
    dossier = open_by_phone(site.runtime, "2026-05-12 13:00", **REGISTERED).dossier
    site.staff().send(dossier_page(dossier), afronden="onderzoek_afgerond_op")
    assert "onderzoek_afgerond_op" not in stored(site, dossier)


def test_a_late_term_is_seen_on_the_page_with_its_derivation() -> None:
    site = new_site("2026-05-21 09:00")
    dossier = open_by_phone(site.runtime, "2026-05-12 13:00").dossier
    sweep(site.runtime, site.clock())
    staff = site.staff()
    assert "Te laat: Ontvangstmelding versturen" in staff.page(f"{dossier_page(dossier)}/verloop").text
    page = staff.page(f"{dossier_page(dossier)}/overzicht")
    assert "Hemelvaart" in page.text, "the holiday that does not count"
    places = [one.attributes.get("title", "") for one in page.all("summary")]
    assert "rules/de-linde/termijnen.yaml:15" in places, "where it stands, for who edits"
    assert page_faults(page) == []


# Each page is sound


def every_state(site: Site) -> list[str]:
    """Return dossiers in every state there is."""
    runtime = site.runtime
    anonymous = open_by_web(runtime, "2026-05-12 13:00", anoniem="ja").dossier
    danger = open_by_phone(runtime, "2026-05-12 13:00", acuut_gevaar="ja").dossier
    remark = registered(runtime, type_bericht="opmerking")
    answered = investigated(runtime, "onduidelijk")
    fill(
        runtime,
        answered,
        "2026-05-29 09:00",
        antwoord_datum="2026-05-29",
        antwoord_wijze="brief",
        tweede_lijn_vermeld="ja",
    )
    closed = registered(runtime, type_bericht="suggestie")
    fill(
        runtime,
        closed,
        "2026-05-14 09:00",
        afgesloten_op="2026-05-14",
        afsluitreden="geen_klacht",
        reason="Wat nog liep, hoeft niet meer.",
    )
    serious = registered(runtime)
    fill(runtime, serious, "2026-05-14 09:00", **{**INVESTIGATED, "ernst": 5})
    return [
        anonymous,
        danger,
        remark,
        answered,
        closed,
        serious,
        registered(runtime),
        investigated(runtime, "ongegrond"),
    ]


def test_every_page_is_sound_in_every_state() -> None:
    site = new_site("2026-06-20 09:00")
    dossiers = every_state(site)
    sweep(site.runtime, site.clock())
    staff, visitor = site.staff("els", "kwaliteitscoordinator"), site.visitor()
    public = ["/", "/de-linde/beukenhof/", MELDEN, "/volgen", SIGN_IN]
    rooms = [f"{dossier_page(dossier)}{room}" for dossier in dossiers for room in ROOMS]
    private = [WORK, f"{WORK}?toon=afgesloten", f"{WORK}?bladzijde=9", REGISTER, *rooms]
    found = {path: page_faults(visitor.page(path)) for path in public} | {
        path: page_faults(staff.page(path)) for path in private
    }
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_every_page_with_refusals_is_sound() -> None:
    site = new_site("2026-06-20 09:00")
    dossier = investigated(site.runtime, "gegrond")
    staff = site.staff()
    wrong = {"v_afgesloten_op": "2026-06-20", "v_antwoord_datum": "2027-01-01", "v_nazorg_contact_op": "x"}
    for answer in (
        site.visitor().send(MELDEN, v_gewenste_uitkomst=["goud"], v_anoniem="misschien"),
        staff.send(REGISTER, v_ontvangstdatum="2027-01-01", v_type_bericht="zomaar"),
        staff.send(dossier_page(dossier), **wrong),
        site.visitor().send("/volgen", code="fout"),
        site.visitor().send(SIGN_IN, naam="<b>", wachtwoord="fout"),
    ):
        page = Page(answer.text)
        assert (answer.status_code, page.title[:5], page_faults(page)) == (422, "Fout:", [])


SCRIPT = "<script>alert('klacht')</script>\"'&{{7*7}}"


def test_what_people_write_is_never_part_of_a_page() -> None:
    site = new_site()
    receipt = open_by_phone(
        site.runtime, "2026-05-12 13:00", uiteenzetting=SCRIPT, onderwerp=SCRIPT, klager_naam=SCRIPT
    )
    staff = site.staff()
    for path in (WORK, *(f"{dossier_page(receipt.dossier)}{room}" for room in ROOMS)):
        answer = staff.get(path)
        assert SCRIPT in Page(answer.text).text
        assert "<script>alert" not in answer.text
        assert page_faults(Page(answer.text)) == []
    refused = staff.send(REGISTER, **{**PHONED, "v_onderwerp": SCRIPT, "v_drager": None})
    assert Page(refused.text).value("v_onderwerp") == SCRIPT


def test_what_an_agreement_says_is_never_part_of_a_page_either() -> None:
    def hostile(document: dict[str, Any]) -> None:
        document["complaint"]["description"] = SCRIPT
        document["department"]["name"] = SCRIPT
        for form in document["forms"].values():
            form["properties"]["uiteenzetting"].update(title=SCRIPT, description=SCRIPT)
        document["rules"]["tweede-lijn-in-antwoord"]["because"] = SCRIPT
        document["terms"]["antwoord"].update(name=SCRIPT, public=SCRIPT)

    site = new_site(runtime=de_linde())
    publish_change(site.runtime, hostile, "2026-05-12 09:00")
    dossier = registered(site.runtime)
    site.clock.to("2026-05-14 09:00")
    staff = site.staff()
    rooms = [f"{dossier_page(dossier)}{room}" for room in ROOMS]
    for path in ("/", "/de-linde/beukenhof/", MELDEN, WORK, REGISTER, *rooms):
        answer = staff.get(path)
        assert SCRIPT in Page(answer.text).text, path
        assert page_faults(Page(answer.text)) == [], path


def test_a_checker_that_finds_nothing_would_be_no_checker() -> None:
    bad = (
        '<html lang="en"><head><title>x</title><style>p{}</style></head><body class="staff"><h1>a</h1><h1>b</h1>'
        '<p id="x" id="y">'
        '<b></p></b><i id="z"></i><i id="z"></i><input name="n" aria-describedby="nowhere"><a href="#nowhere">x</a>'
        '<script>x</script><button onclick="x"></button><form method="post"><fieldset></fieldset></form></body></html>'
    )
    faults = " / ".join(page_faults(Page(bad)))
    for part in (
        "has id twice", "closes", "is used 2 times", "nothing says what n is", "names nowhere", "leads to #nowhere",
        "<script> stands", "<style> stands", "has onclick", "without words", "without its token", "without a legend",
        "2 h1", "not in nl",
    ):  # fmt: skip
        assert part in faults


def test_an_empty_site_says_so() -> None:
    page = new_site(runtime=new_runtime()).visitor().page("/")
    assert "Hier is nog niets gepubliceerd." in page.text
    assert page_faults(page) == []


def test_pages_speak_of_one_moment() -> None:
    site = new_site()
    asked: list[object] = []

    def ticking() -> Any:
        asked.append(1)
        return at("2026-05-12 14:00")

    site.app.extensions["gehoor"] = replace(site.app.extensions["gehoor"], clock=ticking)
    staff = site.staff()
    asked.clear()
    staff.get(WORK)
    assert len(asked) == 1


def adjusted(site: Site, term: str) -> Any:
    staff = site.staff()
    dossier = open_by_web(site.runtime, "2026-05-12 10:00").dossier
    token = staff.page(dossier_page(dossier)).all("input", name="csrf_token")[0].attributes["value"]
    path = f"{dossier_page(dossier)}/termijnen/{term}/opschorten"
    answer = staff.post(path, {"csrf_token": token, "reden": "wachten-op-klager"})
    return answer, staff.get(f"{dossier_page(dossier)}/verloop").text


def test_a_term_stands_still_and_the_page_says_so() -> None:
    answer, page = adjusted(new_site(), "antwoord")
    assert answer.status_code == 303
    assert "Opgeschort: Antwoord aan de klager" in page


def test_what_was_not_agreed_is_refused_with_a_sentence() -> None:
    answer, _ = adjusted(new_site(), "ontvangstmelding")
    assert answer.status_code == 422
    assert "mag volgens de afspraken niet opgeschort worden" in answer.text


# Publications


def test_a_late_review_is_said_to_who_works_there_and_to_nobody_else() -> None:
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    renewed = Validity(review_before=date(2026, 5, 1))
    publish(runtime, [proposal()], at("2026-02-01 10:00"), "coordinator", renewed)
    site = new_site(runtime=runtime)
    notice = "De afspraken van WZC Beukenhof moesten herzien zijn vóór vrijdag 1 mei 2026."
    ria, jo = site.staff("ria", "onthaal"), site.staff("jo", "de-linde/eikenrode:onthaal")
    assert [e.text for e in ria.page(WORK).all("p", **{"class": "notice"})] == [
        f"{notice} Bekijk ze samen, en publiceer ze daarna opnieuw."
    ]
    assert notice in ria.page("/medewerker/de-linde/beukenhof/afspraken").text
    assert jo.page(WORK).all("p", **{"class": "notice"}) == []
    assert page_faults(ria.page(WORK)) == []


@pytest.mark.parametrize(("when", "late"), [("2026-04-30 23:30", False), ("2026-05-01 00:30", True)])
def test_a_review_is_late_from_the_day_before_which_it_had_to_be_done(when: str, late: bool) -> None:
    runtime = de_linde()
    renewed = Validity(review_before=date(2026, 5, 1))
    publish(runtime, [proposal()], at("2026-02-01 10:00"), "coordinator", renewed)
    ria = new_site(when, runtime).staff("ria")
    assert bool(ria.page(WORK).all("p", **{"class": "notice"})) is late
    said = ria.page("/medewerker/de-linde/beukenhof/afspraken").text
    assert ("moesten herzien zijn vóór vrijdag 1 mei 2026" in said) is late
    assert ("Te herzien vóór vrijdag 1 mei 2026." in said) is not late


def test_the_agreement_says_since_when_and_by_whom() -> None:
    text = new_site().staff().page("/medewerker/de-linde/beukenhof/afspraken").text
    assert (
        "Van kracht sinds vrijdag 16 januari 2026. Bij het publiceren is genoteerd: afgesproken door coordinator."
        in text
    )
    assert "Te herzien vóór zaterdag 15 januari 2028." in text


def test_a_department_that_is_still_to_begin_is_not_shown_yet() -> None:
    runtime = de_linde()
    publish(runtime, [proposal("eikenrode")], at("2026-05-01 10:00"), "team", Validity(date(2026, 6, 1)))
    site = new_site(runtime=runtime)
    everyone = site.staff("els", "de-linde/*:kwaliteitscoordinator")
    assert "Eikenrode" not in site.visitor().page("/").text
    assert site.visitor().get("/de-linde/eikenrode/").status_code == 404
    assert everyone.get("/medewerker/de-linde/eikenrode/afspraken").status_code == 404
    assert everyone.get(WORK).status_code == 200
    site.clock.to("2026-06-01 00:00")
    assert "Eikenrode" in site.visitor().page("/").text


# Moved to another agreement


def with_ward(document: dict[str, Any]) -> None:
    ward = {"title": "Leefgroep", "type": "string", "phase": "registratie", "at-opening": True}
    document["forms"]["dossier"]["properties"]["leefgroep"] = ward


def test_the_page_tells_that_other_agreements_hold_and_keeps_the_words_of_before() -> None:
    runtime = de_linde()
    site = new_site(when="2026-05-13 10:00", runtime=runtime)
    (plain,) = (p.agreement for p in publications_of(runtime))
    publish_change(runtime, with_ward, "2026-05-12 10:00")
    dossier = open_by_phone(runtime, "2026-05-12 14:00", leefgroep="Beuk 2").dossier
    fill(runtime, dossier, "2026-05-12 15:00", leefgroep="")
    repin(
        runtime,
        Repinning(dossier, plain, "Leefgroep vragen wij niet", Operator("els")),
        at("2026-05-13 09:00"),
    )
    text = site.staff().page(f"{dossier_page(dossier)}/verloop").text
    assert "Voortaan gelden andere afspraken" in text
    assert "Leefgroep vragen wij niet" in text
    assert "Beuk 2" in text


def test_what_was_typed_in_a_field_that_is_gone_since_is_refused_and_not_forgotten() -> None:
    runtime = de_linde()
    site = new_site(when="2026-05-13 10:00", runtime=runtime)
    (plain,) = (p.agreement for p in publications_of(runtime))
    publish_change(runtime, with_ward, "2026-05-12 10:00")
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    ria = site.staff()
    page = ria.page(dossier_page(dossier))
    repin(
        runtime,
        Repinning(dossier, plain, "Leefgroep vragen wij niet", Operator("els")),
        at("2026-05-13 09:00"),
    )
    answer = ria.resend(dossier_page(dossier), page, v_leefgroep="Beuk 2", v_onderwerp="Andere bel")
    assert answer.status_code == 422
    assert "Dit veld hoort niet bij dit formulier." in answer.text
    assert stored(site, dossier)["onderwerp"] == "Bel niet beantwoord"
    saved = ria.resend(dossier_page(dossier), page, v_onderwerp="Andere bel")
    assert saved.status_code == 303
    assert stored(site, dossier)["onderwerp"] == "Andere bel"


def publications_of(runtime: Runtime) -> list[Publication]:
    with reading_projection(runtime) as register:
        return register.publications("de-linde", "beukenhof")
