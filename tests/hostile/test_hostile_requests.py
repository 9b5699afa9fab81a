"""Hostile requests: whatever is sent to whatever page, by whomever, gets an answer, and that is never a stack trace."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from werkzeug.routing import Rule

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.records.tables import SCHEMAS
from tests.scenarios.access.test_who_reaches_what import PLACES
from tests.support.de_linde import de_linde, fill, open_by_web
from tests.support.pages import Page, page_faults
from tests.support.places import CHECKOUT
from tests.support.site import PASSWORD, Site, Visitor, new_site

HOSTILE = (
    "", "\0", "a\r\nSet-Cookie: x=y", "/\r\nx", "//[", "/x?y=\r\nz", "//elders.example", "https://[", "\\\\elders",
    "x" * 3000, "-1", "9" * 5000, "1e999", "NaN", "\u0663", "\u00b2", "0x10", "true", "None", "[]", "{}", '{"a":',
    "../../etc/passwd", "%00", "%s%n{0.__class__}", "{{ 7*7 }}", "<script>alert(1)</script>", "' OR 1=1 --",
    "\u202eabc", "\U0001f600", "\ufffe", "2026-02-30", "0001-01-01", "9999-12-31T23:59:59Z", "24:00", "ja", "1",
    "dossier-1", "*", "a,b", "null\u2028",
)  # fmt: skip
RAW = (b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf")
"""No UTF-8 at all."""
ENDING = {"signing_in.sign_out", "my_account.end_all", "my_account.password", "second_step.switch_on"}
"""What would end the session that this test walks in."""
HEADERS = (
    {"Origin": "https://["}, {"Origin": "null"}, {"Referer": "http://[x"}, {"Accept-Language": "x" * 5000 + ";q=nan"},
    {"Accept-Language": "\u00ff;q=1e999"}, {"Cookie": "gehoor=x.y.z"}, {"Cookie": "gehoor=" + "%00" * 100},
    {"Host": "a b[c"}, {"Sec-Fetch-Site": "\u00e9"}, {"Content-Type": "multipart/form-data"},
    {"Content-Type": "multipart/form-data; boundary=\u00e9"}, {"Range": "bytes=9-1"}, {"If-Modified-Since": "gisteren"},
    {"X-Forwarded-For": "\u00ff"},
)  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    store = TinyDBStore(tmp_path / "register.db", SCHEMAS)
    site = new_site("2026-05-13 09:00", de_linde(store, names=("beukenhof", "eikenrode")))
    # What goes wrong is answered, as in the house of an organisation, and not thrown at the test.
    site.app.config.update(PROPAGATE_EXCEPTIONS=False)
    yield site
    store.close()


def names_asked() -> list[str]:
    """Return every name that a page reads of what is sent to it, as the code and the templates have them."""
    web = CHECKOUT / "platform" / "gehoor" / "web"
    code = "".join(file.read_text("utf-8") for file in web.rglob("*.py"))
    pages = "".join(file.read_text("utf-8") for file in web.rglob("*.html"))
    found = set(re.findall(r"request\.(?:form|args|values)\.get(?:list)?\(\"([^\"]+)\"", code))
    found |= set(re.findall(r"name=\"([\w-]+)\"", pages)) | set(re.findall(r": Final = \"([a-z-]+)\"", code))
    return sorted(found - {"csrf_token"})


def addresses(rule: Rule, dossier: str, chance: random.Random) -> Iterator[str]:
    """Yield the addresses of a page as they are meant, and with one part after another hostile."""
    meant = {
        "organisation": "de-linde", "department": "beukenhof", "form_id": "melden", "dossier_id": dossier,
        "term": "antwoord", "step_id": "uiteenzetting", "filename": "gehoor.css",
    }  # fmt: skip

    def written(parts: dict[str, str]) -> str:
        place = rule.rule
        for name in rule.arguments:
            value = quote(parts.get(name, "x"), safe="")
            place = place.replace(f"<path:{name}>", value).replace(f"<{name}>", value)
        return place

    for what in PLACES.get(rule.endpoint, ("",)):
        yield written({**meant, "what": what})
    for name in rule.arguments:
        for value in chance.sample(HOSTILE[1:], 4):
            yield written({**meant, name: value[:2000]})


def sent(chance: random.Random, names: list[str], share: int) -> Iterator[dict[str, Any]]:
    """Yield what to send: a hostile value under every name at once, and under one name by itself. ``share``: one in so
    many of all there could be."""
    values: list[Any] = [*HOSTILE, *RAW]
    for value in values:
        if not chance.randrange(share):
            yield dict.fromkeys(names, value)
    for name in names:
        for value in values:
            if not chance.randrange(share * 10):
                yield {name: [value, chance.choice(values)]}


def walk(site: Site, visitor: Visitor, token: str, dossier: str, share: int) -> list[str]:
    """Send hostile things to every page; returns what was answered with a server error."""
    chance, names, faults = random.Random(7), names_asked(), []
    now = site.clock()
    form = site.runtime.library.in_force_now(site.runtime.store, "de-linde", "beukenhof", now).dossier_form
    fields = [f"v_{name}" for name in form.fields]
    marks = {"csrf_token": token, "versie": "1", "getoond": list(form.fields)}
    pages = [rule for rule in site.app.url_map.iter_rules() if rule.endpoint not in ENDING]

    def ask(place: str, method: str, **what: Any) -> None:
        site.app.extensions["gehoor-limits"].clear()
        answer = visitor.client.open(place, method=method, **what)
        answer.close()
        if answer.status_code >= 500:
            faults.append(f"{answer.status_code} {method} {place[:80]} {str(what)[:160]}")

    for rule in pages:
        for place in addresses(rule, dossier, chance):
            for number, data in enumerate(sent(chance, [*names, *chance.sample(fields, 12)], share)):
                if "GET" in (rule.methods or ()):
                    ask(place, "GET", query_string=data)
                if "POST" in (rule.methods or ()):
                    ask(place, "POST", data={**data, **({"csrf_token": token} if number % 2 else marks)})
        # What was kept of it is shown again.
        ask(f"/medewerker/dossiers/{dossier}", "GET")
    return faults


SHARE = [pytest.param(500, id="some"), pytest.param(2, id="many", marks=pytest.mark.soak)]


@pytest.mark.parametrize("share", SHARE)
def test_every_page_for_everyone_has_an_answer(site: Site, share: int) -> None:
    dossier = open_by_web(site.runtime, "2026-05-12 09:00").dossier
    assert walk(site, site.visitor(), "", dossier, share) == []


@pytest.mark.parametrize("share", SHARE)
def test_every_page_for_staff_has_an_answer(site: Site, share: int) -> None:
    dossier = open_by_web(site.runtime, "2026-05-12 09:00").dossier
    fill(site.runtime, dossier, "2026-05-12 10:00", onderwerp="Bel")
    visitor = site.staff("els", "kwaliteitscoordinator")
    token = visitor.page("/medewerker/mijn-account").value("csrf_token")
    assert walk(site, visitor, token, dossier, share) == []


@pytest.mark.parametrize("headers", HEADERS)
def test_headers_that_mean_nothing_have_an_answer(site: Site, headers: dict[str, str]) -> None:
    client = site.app.test_client()
    for path in (
        "/",
        "/de-linde/beukenhof/melden/alles",
        "/medewerker/",
        "/medewerker/aanmelden",
        "/static/gehoor.css",
    ):
        for method in ("GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "ONZIN"):
            answer = client.open(path, method=method, headers=headers)
            answer.close()
            assert answer.status_code < 500, (method, path)


@pytest.mark.parametrize(
    "name",
    [
        "a" * 64,
        f"{'a' * 300}.be",
        "a..b",
        "..",
        "é.be",
        "a b",
        "[::1",
        "localhost:x",
        "localhost:999999",
        "user@host",
    ],
)
def test_a_name_that_is_none_is_refused_before_anything_is_asked(site: Site, name: str) -> None:
    client = site.app.test_client()
    for path in ("/", "/medewerker/", "/static/gehoor.css"):
        answer = client.get(path, headers={"Host": name.encode().decode("latin-1")})
        assert (answer.status_code, answer.content_type) == (400, "text/plain; charset=utf-8")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name", ["localhost", "klachten.delinde.example:8443", "[::1]:5000", "127.0.0.1", "a_b.be."]
)
def test_any_name_that_can_be_one_is_answered(site: Site, name: str) -> None:
    assert site.app.test_client().get("/", headers={"Host": name}).status_code == 200


@pytest.mark.parametrize(
    "onward", ["/a\r\nx: y", "/x?y=\r\nz", "//[", "/\u2028", "\\\\elders", "//elders.example"]
)
def test_signing_in_leads_nowhere_that_is_no_address(site: Site, onward: str) -> None:
    site.add_staff("els", "kwaliteitscoordinator")
    entered = site.visitor().send("/medewerker/aanmelden", naam="els", wachtwoord=PASSWORD, naar=onward)
    assert (entered.status_code, entered.location) == (303, "/medewerker/")


@pytest.mark.parametrize(
    ("onward", "leads_to"), [("/\0", "/"), ("/\x7f", "/"), ("/\0/elders.example", "/medewerker/")]
)
def test_where_signing_in_leads_is_judged_without_the_sign_that_nobody_types(
    site: Site, onward: str, leads_to: str
) -> None:
    site.add_staff("els", "kwaliteitscoordinator")
    entered = site.visitor().send("/medewerker/aanmelden", naam="els", wachtwoord=PASSWORD, naar=onward)
    assert (entered.status_code, entered.location) == (303, leads_to)


@pytest.mark.parametrize("terug", ["//[", "https://[", "/medewerker/?a=\r\nb", "\0"])
def test_giving_dossiers_leads_back_to_the_list_whatever_the_page_says(site: Site, terug: str) -> None:
    els = site.staff("els", "kwaliteitscoordinator")
    token = els.page("/medewerker/mijn-account").value("csrf_token")
    given = els.post("/medewerker/toewijzen", {"csrf_token": token, "terug": terug})
    assert (given.status_code, given.location) == (303, "/medewerker/")


@pytest.mark.parametrize("asked", ["https://[", "//[", "?//[", "\0", "toon=\r\n"])
def test_a_list_that_is_kept_is_one_of_ours_whatever_the_page_asks(site: Site, asked: str) -> None:
    els = site.staff("els", "kwaliteitscoordinator")
    token = els.page("/medewerker/mijn-account").value("csrf_token")
    kept = els.post("/medewerker/zoekopdrachten", {"csrf_token": token, "vraag": asked, "naam": "Lijst"})
    assert (kept.status_code, kept.location) == (303, "/medewerker/")


def test_what_no_register_can_keep_is_left_out_of_what_is_typed(site: Site) -> None:
    dossier = open_by_web(site.runtime, "2026-05-12 09:00").dossier
    els = site.staff("els", "kwaliteitscoordinator")
    path = f"/medewerker/dossiers/{dossier}"
    page = els.page(path)
    typed = {
        **dict(page.form_data()),
        "getoond": ["onderwerp", "x\0"],
        "v_onderwerp": "Bel\0 stuk",
        "v_x\0": "\0",
    }
    assert els.post(f"{path}/onbewaard", typed).status_code == 200
    assert els.page(path).value("v_onderwerp") == "Bel stuk"


@pytest.mark.parametrize("path", ["/de-linde/beukenhof/melden/alles", "/volgen", "/medewerker/aanmelden"])
@pytest.mark.parametrize("more", ["", '; filename="a.pdf"'])
def test_a_part_without_a_name_is_nothing_that_is_asked(site: Site, path: str, more: str) -> None:
    body = f"--x\r\nContent-Disposition: form-data{more}\r\n\r\nniets\r\n--x--\r\n".encode()
    client = site.visitor().client
    answer = client.post(path, data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code < 500


def test_a_dossier_that_is_not_what_was_written_has_a_page_that_says_so(site: Site) -> None:
    receipt = open_by_web(site.runtime, "2026-05-12 09:00")
    els, outside = site.staff("els", "kwaliteitscoordinator"), site.visitor()
    outside.send("/volgen", code=receipt.code)
    with site.runtime.store.transaction() as tables:
        (event,) = tables.select("events", where={"dossier": receipt.dossier})
        tables.put("events", f"{receipt.dossier}/000001", {**event, "actor": "iemand"})
    for answer in (els.get(f"/medewerker/dossiers/{receipt.dossier}"), outside.get("/volgen/dossier")):
        page = Page(answer.text)
        assert (answer.status_code, page.one("h1").text) == (500, "Dit dossier klopt niet meer")
        assert "Meld dit aan wie Gehoor beheert" in page.text
        assert page_faults(page) == []
