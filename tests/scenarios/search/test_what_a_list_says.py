"""What a list says of itself: what it holds, how many that are, what it leaves out, and one way to all of it."""

from __future__ import annotations

import pytest

from gehoor.services.register.runtime import Runtime
from gehoor.services.search.worklist_filters import NOBODY, Sort, Standing, Tab, Wish
from gehoor.web.staff.worklists.list_words import title_of
from tests.scenarios.search.test_worklists import WORK, filled, house, ids, numbers, shown, told, visit
from tests.support.de_linde import REGISTERED, fill
from tests.support.pages import Page, page_faults
from tests.support.site import new_site

__all__ = ["filled"]


@pytest.fixture
def halved(filled: Runtime) -> Runtime:
    """One of the four is closed: the one of which nobody is the handler, received on 12 May."""
    fill(
        filled, ids(filled)["BEU-2026-0003"], "2026-05-13 11:00", **REGISTERED, registratiedatum="2026-05-13",
        geen_antwoord_reden="ingetrokken", afsluitreden="ingetrokken", afgesloten_op="2026-05-13",
        reason="Wat nog liep, hoeft niet meer.",
    )  # fmt: skip
    return filled


def says(page: Page) -> str:
    return next(one.text for one in page.all("p") if one.attributes.get("class") == "list-says")


def links(page: Page) -> dict[str, str]:
    return {one.text: one.attributes["href"] for one in page.all("a") if "href" in one.attributes}


def test_with_a_filter_it_says_how_many_there_are_and_takes_it_away_again(halved: Runtime) -> None:
    page = visit(halved).page(f"{WORK}?soort=klacht&van=2026-05-10")
    assert says(page).startswith("1 dossier gevonden.")
    assert "Open dossiers 2" in page.text
    assert links(page)["Toon weer alles"] == WORK
    plain = visit(halved, "karel").page(WORK)
    assert says(plain).startswith("2 dossiers.")
    assert "Toon weer alles" not in links(plain)


def test_what_is_closed_is_a_link_away_with_the_filters_kept(halved: Runtime) -> None:
    visitor = visit(halved)
    page = visitor.page(f"{WORK}?van=2026-05-10&tot=2026-05-12")
    assert "Afgesloten dossiers staan er alleen bij als ze nog iets vragen." in says(page)
    too = links(page)["Toon ook afgesloten dossiers"]
    page = visitor.page(too)
    assert page_faults(page) == []
    assert page.one("h1").text == "Alle dossiers"
    assert says(page).startswith("2 dossiers gevonden.")
    assert sorted(cell.text for cell in page.all("th", scope="row")) == ["BEU-2026-0002", "BEU-2026-0003"]


def test_whose_they_are_is_kept_when_what_is_closed_comes_too(halved: Runtime) -> None:
    visitor = visit(halved)
    mine = links(visitor.page(f"{WORK}?toon=mijn"))["Toon ook afgesloten dossiers"]
    assert shown(visitor, mine.removeprefix(WORK)) == ["BEU-2026-0002"]
    nobodys = links(visitor.page(f"{WORK}?toon=niet-toegewezen"))["Toon ook afgesloten dossiers"]
    assert sorted(shown(visitor, nobodys.removeprefix(WORK))) == ["BEU-2026-0001", "BEU-2026-0003"]


@pytest.mark.parametrize("query", ["?toon=te-laat", "?toon=deze-week", "?stand=vandaag"])
def test_where_a_term_is_asked_nothing_closed_could_come_too(halved: Runtime, query: str) -> None:
    page = visit(halved).page(WORK + query)
    assert "Afgesloten dossiers staan er niet bij." in says(page)
    assert "Toon ook afgesloten dossiers" not in links(page)


def test_of_what_is_closed_nothing_is_left_out(halved: Runtime) -> None:
    for query in ("?toon=afgesloten", "?toon=alle"):
        assert "Afgesloten dossiers staan" not in says(visit(halved, f"k{query[-3:]}").page(WORK + query))


def test_all_dossiers_are_what_is_open_and_what_is_closed(halved: Runtime) -> None:
    assert sorted(numbers(halved, Wish(Tab.ALL))) == sorted(ids(halved))
    found = set(numbers(halved, Wish(Tab.ALL, handler=NOBODY)))
    assert found == {"BEU-2026-0001", "BEU-2026-0003", "EIK-2026-0001"}


@pytest.mark.parametrize("sort", Sort)
def test_all_dossiers_follow_on_each_other_in_every_order(sort: Sort) -> None:
    runtime = house()
    for number in range(60):
        told(runtime, f"2026-05-{12 + number % 2}", klager_telefoon=f"0470 00 {number:02} 01")
    for name, one in ids(runtime).items():
        if name.endswith("5"):
            fill(
                runtime, one, "2026-05-13 11:00", **REGISTERED, registratiedatum="2026-05-13",
                geen_antwoord_reden="ingetrokken", afsluitreden="ingetrokken", afgesloten_op="2026-05-13",
                reason="Wat nog liep, hoeft niet meer.",
            )  # fmt: skip
    visitor = visit(runtime)
    word = {Sort.DUE: "termijn", Sort.RECEIVED: "ontvangen", Sort.NUMBER: "nummer", Sort.CHANGED: "gewijzigd"}
    seen: list[str] = []
    address = f"{WORK}?toon=alle&sorteer={word[sort]}"
    while address:
        page = visitor.page(address)
        seen += [cell.text for cell in page.all("th", scope="row")]
        address = next(
            (one.attributes["href"] for one in page.all("a") if one.attributes.get("rel") == "next"), ""
        )
    assert sorted(seen) == sorted(ids(runtime))
    assert seen == numbers(runtime, Wish(Tab.ALL, sort))


def test_a_term_that_is_over_is_no_next_one(filled: Runtime) -> None:
    page = visit(filled).page(f"{WORK}?toon=te-laat")
    (due,) = [one.text for one in page.all("td") if one.attributes.get("class") == "due"]
    assert due.endswith("di 12 mei 2026 (1 dag te laat)") or "dagen te laat)" in due
    assert "Volgende termijn" not in page.text
    assert "geleden" not in page.text


@pytest.mark.parametrize(
    ("wish", "title"),
    [
        (Wish(), "Open dossiers"),
        (Wish(Tab.WEEK), "Komende 7 dagen"),
        (Wish(standing=Standing.TODAY), "Vandaag te doen"),
        (Wish(Tab.LATE, standing=Standing.LATE_TODAY), "Sinds vandaag te laat"),
        (Wish(Tab.CLOSED, standing=Standing.LATE), "Afgesloten, en er moet nog iets"),
        (Wish(Tab.LATE, handler="koen"), "Te laat"),
    ],
)
def test_a_list_is_called_what_it_holds(wish: Wish, title: str) -> None:
    with new_site().app.test_request_context(WORK):
        assert title_of(wish) == title
