"""A page of another site can do nothing here, and reading and telling ask no cookie."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from gehoor.services.projection.projection import project_pending
from gehoor.services.records.tables import SCHEMAS
from gehoor.web.public.receipts import LASTS
from tests.support.de_linde import open_by_web
from tests.support.pages import Page
from tests.support.site import PASSWORD, Site, Visitor, new_site

TELL = "/de-linde/beukenhof/melden/alles"
SIGN_IN = "/medewerker/aanmelden"
TOLD = {"v_uiteenzetting": "De soep was koud.", "v_anoniem": "ja"}
HOME = "http://localhost"


@pytest.fixture
def site() -> Site:
    return new_site()


def sent(site: Site, said: dict[str, str]) -> TestResponse:
    """Open the form and send it, by a browser that says this of where the form came from."""
    visitor = site.visitor()
    page = visitor.page(TELL)
    del visitor.client.environ_base["HTTP_SEC_FETCH_SITE"]
    visitor.client.environ_base.update(said)
    return visitor.resend(TELL, page, **TOLD)


def opened(site: Site) -> int:
    with site.runtime.store.snapshot() as tables:
        return tables.count("events", where={"sequence": 1})


@pytest.mark.parametrize(
    "said",
    [
        {"HTTP_SEC_FETCH_SITE": "same-origin"},
        {"HTTP_SEC_FETCH_SITE": "none"},
        {"HTTP_ORIGIN": HOME},
        {"HTTP_ORIGIN": "https://gehoor.example"},
        {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ORIGIN": "null"},
    ],
    ids=["this site", "by hand", "an older browser", "by a proxy", "one that hides where it comes from"],
)
def test_what_comes_from_here_is_taken(site: Site, said: dict[str, str]) -> None:
    assert sent(site, said).status_code == 303
    assert opened(site) == 1


@pytest.mark.parametrize(
    "said",
    [
        {"HTTP_ORIGIN": "http://gehoor.example"},
        {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": HOME},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_SEC_FETCH_SITE": ""},
        {"HTTP_ORIGIN": "https://elsewhere.example"},
        {"HTTP_ORIGIN": "http://localhost.elsewhere.example"},
        {"HTTP_ORIGIN": "http://localhost:8080"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": ""},
        {},
    ],
    ids=[
        "a page of ours over no safe connection",
        "another site",
        "a neighbour",
        "an empty answer",
        "another origin",
        "a look-alike",
        "another port",
        "a hidden origin",
        "an empty origin",
        "nothing said",
    ],
)
def test_what_comes_from_elsewhere_changes_nothing(site: Site, said: dict[str, str]) -> None:
    answer = sent(site, said)
    assert (answer.status_code, opened(site)) == (400, 0)
    assert Page(answer.text).one("h1").text == "Dit formulier is verlopen"


def test_reading_and_telling_ask_no_cookie(site: Site) -> None:
    visitor = site.visitor()
    for path in ("/", "/de-linde/beukenhof/", "/de-linde/beukenhof/melden", TELL, "/volgen"):
        assert "Set-Cookie" not in visitor.get(path).headers, path


def without_cookies(site: Site) -> Visitor:
    return Visitor(site.app.test_client(use_cookies=False))


def test_who_refuses_cookies_is_heard_and_told_so(site: Site) -> None:
    visitor = without_cookies(site)
    onward = visitor.send(TELL, **TOLD)
    page = visitor.page(onward.location)
    assert opened(site) == 1
    assert page.one("h1").text == "Dank u. Wij hebben het goed ontvangen."
    assert "Bel 09 000 00 20" in page.text
    assert "BEU-2026" not in page.text


def test_a_link_of_somebody_else_says_of_nothing_that_it_was_received(site: Site) -> None:
    visitor = without_cookies(site)
    visitor.client.environ_base["HTTP_SEC_FETCH_SITE"] = "cross-site"
    assert visitor.get("/de-linde/beukenhof/ontvangen?eerste=1").location == "/de-linde/beukenhof/"


def test_the_receipt_of_nothing_leads_to_the_department(site: Site) -> None:
    address = "/de-linde/beukenhof/ontvangen"
    visitor = site.visitor()
    assert visitor.get(address).location == "/de-linde/beukenhof/"
    visitor.send(TELL, **TOLD)
    assert visitor.page(f"{address}?eerste=1").one("strong", class_="code").text
    site.clock.now += LASTS
    for _ in range(2):
        assert visitor.get(f"{address}?eerste=1").location == "/de-linde/beukenhof/"


def test_staff_can_work_over_https_with_a_browser_that_tells_no_address() -> None:
    site = new_site(secure=True)
    site.add_staff("ria", "onthaal")
    client, home = site.app.test_client(), "https://gehoor.example"
    token = Page(client.get(SIGN_IN, base_url=home).text).value("csrf_token")
    answer = client.post(
        SIGN_IN, base_url=home, data={"csrf_token": token, "naam": "ria", "wachtwoord": PASSWORD}
    )
    assert answer.status_code == 303
    work = Page(client.get("/medewerker/", base_url=home).text)
    left = client.post("/medewerker/afmelden", base_url=home, data={"csrf_token": work.value("csrf_token")})
    assert left.status_code == 303


def pages_with_a_form(site: Site) -> list[str]:
    """Every address that shows a form and takes it in."""
    parts = {
        "organisation": "de-linde", "department": "beukenhof", "form_id": "melden", "step_id": "uiteenzetting",
        "dossier_id": "dossier-1",
    }  # fmt: skip
    return [
        rule.build(parts, append_unknown=False)[1]
        for rule in site.app.url_map.iter_rules()
        if {"GET", "POST"} <= (rule.methods or set())
    ]


def test_who_only_asks_for_the_head_of_a_page_sends_nothing() -> None:
    """A form that comes along with ``HEAD``, which no rule for forms is about, is not looked at."""
    site = new_site()
    opened_by = open_by_web(site.runtime, "2026-05-12 13:00")
    project_pending(site.runtime)
    staff = site.staff()
    everything = {
        **TOLD, "sleutel": "k", "code": opened_by.code, "naam": "ria", "wachtwoord": PASSWORD, "verder": "verder",
        "bericht": "Dank u.",
    }  # fmt: skip
    addresses = pages_with_a_form(site)
    assert len(addresses) >= 8
    for visitor in (staff, site.visitor()):
        for address in addresses:
            before = state(site)
            answer = visitor.client.open(address, method="HEAD", data=everything)
            assert answer.status_code == visitor.get(address).status_code, address
            assert state(site) == before, address


def state(site: Site) -> str:
    with site.runtime.store.snapshot() as tables:
        return str(
            {schema.name: tables.select(schema.name) for schema in SCHEMAS if schema.name != "sessions"}
        )
