"""The page of a department and its poster, and leaving at once where there may be danger."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.web.request.languages import direction
from tests.support.de_linde import STORY, open_by_web, publish_change
from tests.support.pages import Page, page_faults
from tests.support.site import Site, new_site

HOME = "/de-linde/beukenhof/"
FORM = "/de-linde/beukenhof/melden"
AWAY = "https://www.meteo.be"


def change(site: Site, what: Any) -> None:
    publish_change(site.runtime, what, "2026-05-12 09:30")


# The department


def test_the_page_says_what_is_and_is_not_a_complaint_how_by_when_and_where_else() -> None:
    page = new_site().visitor().page(HOME)
    for said in (
        "Een uur lang kwam niemand op de bel.", "Daarvoor: het onthaal", "In de ideeënbus", "binnen 5 werkdagen",
        "Woonzorglijn", "1712", "U mag uw naam weglaten.", "Met de volgcode kunt u zien hoever wij staan.",
    ):  # fmt: skip
        assert said in page.text
    assert page_faults(page) == []


def test_where_a_name_is_needed_the_page_says_so() -> None:
    site = new_site()
    change(site, lambda document: document["anonymous"].update(policy="refused"))
    page = site.visitor().page(HOME)
    assert "Zonder naam kunnen wij hier geen klacht behandelen." in page.text
    assert "U mag uw naam weglaten." not in page.text


def test_the_poster_leads_to_the_department_and_tells_whom_to_call() -> None:
    visitor = new_site().visitor()
    assert f"{HOME}affiche" in [link.attributes["href"] for link in visitor.page(HOME).all("a")]
    page = visitor.page(f"{HOME}affiche")
    assert page.all("svg", class_="qr")
    assert f"https://gehoor.example{HOME}" in page.one("figcaption").text
    assert "09 000 00 20" in page.text
    assert "101" in page.text
    assert page_faults(page) == []


def test_a_qr_code_holds_nothing_but_squares() -> None:
    page = new_site().visitor().page(f"{HOME}affiche")
    drawing = page.one("path", fill="#000").attributes["d"]
    assert set(drawing) <= set("Mhvz-0123456789 ")


# Leaving at once


def leaving(page: Page) -> list[str]:
    return [link.attributes["data-exit"] for link in page.all("a", class_="leave")]


def pages_for_everyone(site: Site) -> dict[str, Page]:
    visitor = site.visitor()
    paths = (HOME, FORM, f"{FORM}/alles", f"{FORM}/vraag/uiteenzetting", f"{HOME}afspraken")
    pages = {path: visitor.page(path) for path in paths}
    pages["refused"] = Page(visitor.send(f"{FORM}/vraag/uiteenzetting", verder="verder").text)
    sent = visitor.send(f"{FORM}/alles", v_uiteenzetting=STORY, v_anoniem="ja")
    pages["receipt"] = visitor.page(sent.location)
    visitor.send("/volgen", code=pages["receipt"].one("strong", class_="code").text)
    pages["followed"] = visitor.page("/volgen/dossier")
    return pages


def test_every_page_for_people_outside_can_be_left_at_once() -> None:
    for name, page in pages_for_everyone(new_site()).items():
        assert leaving(page) == [AWAY], name
        assert [s for s in page.all("script") if s.attributes["src"].endswith("leave.js")], name
        assert page_faults(page) == [], name


def test_the_way_out_stands_before_the_story_in_the_order_of_the_page() -> None:
    page = new_site().visitor().page(FORM)
    order = [e for e in page.elements if e.tag == "main" or "leave" in e.attributes.get("class", "").split()]
    assert [e.tag for e in order] == ["a", "main"]


@pytest.mark.parametrize("gone", ["exit-to", "danger"])
def test_where_nothing_was_agreed_there_is_no_way_out_to_nowhere(gone: str) -> None:
    def without(document: dict[str, Any]) -> None:
        del (document if gone == "danger" else document["danger"])[gone]

    site = new_site()
    change(site, without)
    assert all(leaving(page) == [] for page in pages_for_everyone(site).values())


WAY_OUT = "/weg/de-linde/beukenhof"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_who_leaves_so_leaves_nothing_half_filled_in_and_no_open_visit(script: bool) -> None:
    site = new_site()
    visitor = site.visitor()
    receipt = open_by_web(site.runtime, "2026-05-12 13:00")
    visitor.send(f"{FORM}/vraag/uiteenzetting", verder="verder", v_uiteenzetting=STORY)
    visitor.send("/volgen", code=receipt.code)
    assert visitor.get("/volgen/dossier").status_code == 200
    if script:
        assert visitor.post("/weg", {}).status_code == 204
    else:
        (link,) = visitor.page("/volgen/dossier").all("a", class_="leave")
        assert link.attributes["href"] == WAY_OUT
        assert visitor.get(WAY_OUT).location == "https://www.meteo.be"
    assert visitor.get("/volgen/dossier").location == "/volgen"
    assert visitor.get(f"{FORM}/nakijken").location == f"{FORM}?weg=1"
    with site.runtime.store.snapshot() as tables:
        assert (tables.count("unsent"), tables.count("visits")) == (0, 0)


@pytest.mark.parametrize(
    "said",
    [
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "none"},
        {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_SEC_PURPOSE": "prefetch"},
        {"HTTP_REFERER": "https://elsewhere.example/"},
        {},
    ],
    ids=["another site", "by hand", "ahead of time", "an older browser, elsewhere", "who says nothing"],
)
def test_a_way_out_that_somebody_else_shows_wipes_nothing(said: dict[str, str]) -> None:
    site = new_site()
    visitor = site.visitor()
    visitor.send(f"{FORM}/vraag/uiteenzetting", verder="verder", v_uiteenzetting=STORY)
    del visitor.client.environ_base["HTTP_SEC_FETCH_SITE"]
    visitor.client.environ_base.update(said)
    assert visitor.get(WAY_OUT).location == "https://www.meteo.be"
    assert visitor.get(f"{FORM}/nakijken").status_code == 303
    with site.runtime.store.snapshot() as tables:
        assert tables.count("unsent") == 1


def test_an_older_browser_that_was_led_here_wipes_too() -> None:
    site = new_site()
    visitor = site.visitor()
    visitor.send(f"{FORM}/vraag/uiteenzetting", verder="verder", v_uiteenzetting=STORY)
    del visitor.client.environ_base["HTTP_SEC_FETCH_SITE"]
    visitor.client.environ_base["HTTP_REFERER"] = f"http://localhost{FORM}"
    visitor.get(WAY_OUT)
    with site.runtime.store.snapshot() as tables:
        assert tables.count("unsent") == 0


def test_where_no_way_out_was_agreed_there_is_none() -> None:
    site = new_site()
    publish_change(site.runtime, lambda agreed: agreed["danger"].pop("exit-to"), "2026-05-12 13:00")
    assert site.visitor().get(WAY_OUT).status_code == 404


def test_staff_do_not_see_it() -> None:
    site = new_site()
    dossier = open_by_web(site.runtime, "2026-05-12 13:00").dossier
    assert leaving(site.staff().page(f"/medewerker/dossiers/{dossier}")) == []


# From right to left


def test_a_form_in_a_language_from_right_to_left_is_laid_out_so() -> None:
    def arabic(document: dict[str, Any]) -> None:
        document["organisation"]["languages"].append("ar")
        document["forms"]["melden"]["translations"]["ar"] = {"title": "أخبرنا"}

    site = new_site()
    change(site, arabic)
    for path in (f"{FORM}/vraag/uiteenzetting", f"{FORM}/alles"):
        (form,) = site.visitor().page(f"{path}?taal=ar").all("form")
        assert form.attributes["dir"] == "rtl"
        (form,) = site.visitor().page(path).all("form")
        assert form.attributes["dir"] == "ltr"


@pytest.mark.parametrize(
    ("code", "way"), [("nl", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("xx", "ltr"), ("", "ltr")]
)
def test_which_way_a_language_is_written(code: str, way: str) -> None:
    assert direction(code) == way
