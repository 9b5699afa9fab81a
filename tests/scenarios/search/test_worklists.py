"""Work lists: which dossiers stand in which, in which order, and that every number is that of what is listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.jobs.sweep import sweep
from gehoor.services.ports.records import Account
from gehoor.services.projection.projection import reading_projection
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.runtime import Runtime
from gehoor.services.search import worklist
from gehoor.services.search.saved_searches import MOST, TooManySearchesError, save_search, saved_searches
from gehoor.services.search.worklist import PAGE, work_list
from gehoor.services.search.worklist_filters import NOBODY, Sort, Standing, Tab, Viewpoint, Wish, questions
from tests.support.clock import at
from tests.support.counting_store import CountingStore
from tests.support.de_linde import (
    REGISTERED,
    de_linde,
    fill,
    investigated,
    open_by_phone,
    publish_change,
    staff,
)
from tests.support.pages import page_faults
from tests.support.site import Visitor, new_site

WORK = "/medewerker/"
NOW = at("2026-05-13 12:00")
"""A Wednesday."""


def house() -> Runtime:
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    staff(runtime, "els", "de-linde/*:kwaliteitscoordinator")
    staff(runtime, "koen", "teamverantwoordelijke")
    staff(runtime, "ver", "de-linde/eikenrode:teamverantwoordelijke")
    return runtime


def told(runtime: Runtime, received: str, department: str = "beukenhof", **more: Any) -> str:
    """A letter that came in on a day, registered on 13 May; returns its number."""
    return open_by_phone(
        runtime, "2026-05-13 09:00", department, drager=["brief"], indieningsvorm="schriftelijk",
        ontvangstdatum=received, **more,
    ).number  # fmt: skip


def account(runtime: Runtime, name: str) -> Account:
    with reading_projection(runtime) as register:
        found = register.account(name)
    assert found is not None
    return found


def ids(runtime: Runtime) -> dict[str, str]:
    with reading_projection(runtime) as register:
        return {d["number"]: d["id"] for d in register.tables.select("dossiers")}


def numbers(runtime: Runtime, wish: Wish | None = None, name: str = "els") -> list[str]:
    """Every dossier of a list, page by page; the number that is said is the number that is listed."""
    wish = wish or Wish()
    found: list[str] = []
    listed = work_list(runtime, account(runtime, name), NOW, wish)
    for page in range(1, listed.last_page + 1):
        lines = work_list(runtime, account(runtime, name), NOW, replace(wish, page=page)).lines
        found += [line.summary.number for line in lines]
    assert listed.total == len(found), "the number that is said is not what is listed"
    if not wish.narrowed:
        assert listed.counts[wish.tab] == len(found)
    return found


@pytest.fixture
def filled() -> Runtime:
    """Beukenhof: 1 late, 2 due on Thursday, 3 due on Friday; Eikenrode: 1 due on Friday. The second is koen's."""
    runtime = house()
    for day in ("2026-05-01", "2026-05-11", "2026-05-12"):
        told(runtime, day)
    told(runtime, "2026-05-12", "eikenrode")
    known = ids(runtime)
    assign(runtime, Assigning(known["BEU-2026-0002"], "koen", "koen"), NOW)
    return runtime


def test_each_list_holds_what_its_name_says(filled: Runtime) -> None:
    assert numbers(filled, Wish(Tab.LATE)) == ["BEU-2026-0001"]
    assert set(numbers(filled, Wish(Tab.WEEK))) == {"BEU-2026-0002", "BEU-2026-0003", "EIK-2026-0001"}
    assert numbers(filled, Wish(Tab.MINE), "koen") == ["BEU-2026-0002"]
    assert numbers(filled, Wish(Tab.MINE)) == []
    assert set(numbers(filled, Wish(Tab.UNASSIGNED))) == {"BEU-2026-0001", "BEU-2026-0003", "EIK-2026-0001"}
    assert numbers(filled, Wish(Tab.CLOSED)) == []


def test_everyone_sees_their_own_departments(filled: Runtime) -> None:
    assert len(numbers(filled)) == 4
    assert len(numbers(filled, name="koen")) == 3
    assert numbers(filled, name="ver") == ["EIK-2026-0001"]


def test_a_closed_dossier_stands_among_the_closed_only(filled: Runtime) -> None:
    fill(
        filled, ids(filled)["BEU-2026-0003"], "2026-05-13 11:00", **REGISTERED, registratiedatum="2026-05-13",
        geen_antwoord_reden="ingetrokken", afsluitreden="ingetrokken", afgesloten_op="2026-05-13",
        reason="Wat nog liep, hoeft niet meer.",
    )  # fmt: skip
    standing = {tab for tab in Tab if "BEU-2026-0003" in numbers(filled, Wish(tab))}
    assert standing == {Tab.CLOSED, Tab.ALL}


def in_danger(runtime: Runtime, number: str) -> None:
    fill(runtime, ids(runtime)[number], "2026-05-13 08:30", acuut_gevaar="ja")


def test_where_there_is_danger_comes_first_and_has_a_list_of_its_own(filled: Runtime) -> None:
    assert numbers(filled)[0] == "BEU-2026-0001"
    in_danger(filled, "BEU-2026-0003")
    assert numbers(filled)[:2] == ["BEU-2026-0003", "BEU-2026-0001"]
    assert numbers(filled, Wish(Tab.DANGER)) == ["BEU-2026-0003"]
    assert numbers(filled, Wish(sort=Sort.NUMBER))[0] == "BEU-2026-0001"
    assert numbers(filled, Wish(Tab.DANGER), name="ver") == []


def test_on_more_pages_each_stands_once(filled: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worklist, "PAGE", 2)
    in_danger(filled, "BEU-2026-0003")
    first = work_list(filled, account(filled, "els"), NOW)
    assert first.after is not None
    second = work_list(filled, account(filled, "els"), NOW, Wish(cursor=first.after, page=2))
    listed = [line.summary.number for line in (*first.lines, *second.lines)]
    assert (listed[0], sorted(listed)) == ("BEU-2026-0003", sorted(ids(filled)))


def test_danger_that_somebody_may_not_know_of_changes_no_list_of_theirs() -> None:
    def hidden(document: dict[str, Any]) -> None:
        document["forms"]["dossier"]["properties"]["acuut_gevaar"]["seen-by"] = ["kwaliteitscoordinator"]

    runtime = house()
    staff(runtime, "dirk", "algemeen-directeur")
    publish_change(runtime, hidden, "2026-05-10 09:00")
    number = told(runtime, "2026-05-12")
    in_danger(runtime, number)
    for name, knows in (("els", True), ("dirk", False)):
        listed = work_list(runtime, account(runtime, name), NOW)
        assert [line.summary.danger for line in listed.lines] == [knows]
        assert listed.counts[Tab.DANGER] == int(knows)


@pytest.mark.parametrize(
    ("sort", "ascending"),
    [
        (Sort.RECEIVED, ["BEU-2026-0001", "BEU-2026-0002", "BEU-2026-0003", "EIK-2026-0001"]),
        (Sort.NUMBER, ["BEU-2026-0001", "BEU-2026-0002", "BEU-2026-0003", "EIK-2026-0001"]),
        (Sort.CHANGED, ["BEU-2026-0001", "BEU-2026-0003", "EIK-2026-0001", "BEU-2026-0002"]),
        (Sort.DUE, ["BEU-2026-0001", "BEU-2026-0002", "BEU-2026-0003", "EIK-2026-0001"]),
    ],
)
def test_lists_of_several_departments_are_sorted_as_one(
    filled: Runtime, sort: Sort, ascending: list[str]
) -> None:
    assert numbers(filled, Wish(sort=sort)) == ascending
    assert numbers(filled, Wish(sort=sort, descending=True)) == ascending[::-1]


def test_a_list_is_narrowed_by_everything_at_once(filled: Runtime) -> None:
    assert numbers(filled, Wish(department="de-linde/eikenrode")) == ["EIK-2026-0001"]
    assert numbers(filled, Wish(department="de-linde/thuis")) == []
    assert numbers(filled, Wish(handler="koen")) == ["BEU-2026-0002"]
    assert len(numbers(filled, Wish(handler=NOBODY))) == 3
    assert numbers(filled, Wish(Tab.MINE, handler="koen")) == []
    assert numbers(filled, Wish(received_from=date(2026, 5, 2), received_until=date(2026, 5, 11))) == [
        "BEU-2026-0002"
    ]
    assert numbers(filled, Wish(standing=Standing.LATE)) == ["BEU-2026-0001"]
    assert numbers(filled, Wish(Tab.WEEK, standing=Standing.LATE)) == []
    assert numbers(filled, Wish(kind="suggestie")) == []
    assert len(numbers(filled, Wish(kind="klacht", phase="Registratie"))) == len(
        numbers(filled, Wish(phase="Registratie"))
    )


def test_a_list_is_narrowed_by_a_mark(filled: Runtime) -> None:
    known = ids(filled)
    assert numbers(filled, Wish(flag="Gevaar")) == []
    fill(filled, known["EIK-2026-0001"], "2026-05-13 11:00", actor="els", acuut_gevaar=True)
    assert numbers(filled, Wish(flag="Gevaar")) == ["EIK-2026-0001"]


def test_pages_follow_on_each_other_over_departments() -> None:
    runtime = house()
    for number in range(PAGE // 2 + 3):
        told(runtime, "2026-05-11", klager_telefoon=f"0470 00 {number:02} 01")
        told(runtime, "2026-05-12", "eikenrode", klager_telefoon=f"0470 00 {number:02} 02")
    found = numbers(runtime, Wish(sort=Sort.NUMBER))
    assert found == sorted(found)
    assert len(set(found)) == PAGE + 6


def many() -> Runtime:
    """More than two pages, of two departments; what was received on one day shares its due day."""
    runtime = house()
    for number in range(PAGE + 3):
        day = f"2026-05-{11 + number % 2}"
        told(runtime, day, klager_telefoon=f"0470 00 {number:02} 01")
        told(runtime, day, "eikenrode", klager_telefoon=f"0470 00 {number:02} 02")
    return runtime


@pytest.fixture(scope="module")
def long() -> Runtime:
    """A long list that nobody changes."""
    return many()


def walk(runtime: Runtime, wish: Wish) -> tuple[list[str], list[int]]:
    """Go on to the last page and back to the first: what is listed on the way, and the sizes of the pages back."""
    listed = work_list(runtime, account(runtime, "els"), NOW, wish)
    assert listed.before is None
    there = [line.summary.number for line in listed.lines]
    while listed.after:
        onward = replace(wish, page=listed.page + 1, cursor=listed.after)
        listed = work_list(runtime, account(runtime, "els"), NOW, onward)
        there += [line.summary.number for line in listed.lines]
    back = [line.summary.number for line in listed.lines]
    sizes = [len(listed.lines)]
    while listed.before:
        backward = replace(wish, page=listed.page - 1, cursor=listed.before)
        listed = work_list(runtime, account(runtime, "els"), NOW, backward)
        back = [*(line.summary.number for line in listed.lines), *back]
        sizes.append(len(listed.lines))
    assert back == there
    assert listed.page == 1
    return there, sizes


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("descending", [False, True])
def test_one_goes_on_from_page_to_page_and_back(long: Runtime, sort: Sort, descending: bool) -> None:
    wish = Wish(sort=sort, descending=descending)
    there, sizes = walk(long, wish)
    assert there == numbers(long, wish)
    assert len(set(there)) == 2 * (PAGE + 3)
    assert sizes == [6, PAGE, PAGE]


def test_an_address_with_only_the_number_of_a_page_still_shows_one(long: Runtime) -> None:
    first, second, far = (work_list(long, account(long, "els"), NOW, Wish(page=page)) for page in (1, 2, 180))
    assert second.page == 2
    assert not {line.summary.id for line in first.lines} & {line.summary.id for line in second.lines}
    # So far on, a page is reached from the one before it: this is the beginning.
    assert (far.page, far.lines) == (1, first.lines)


def test_of_a_long_list_not_every_dossier_is_counted(long: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worklist, "COUNTED", PAGE)
    page = new_site("2026-05-12 14:00", long).staff("eva").page("/medewerker/")
    assert f"Meer dan {PAGE} dossiers, bladzijde 1" in page.text
    assert f"Open dossiers {PAGE}+" in page.text
    whole = work_list(long, account(long, "eva"), NOW, whole=True)
    assert whole.total > PAGE + 1
    assert not whole.is_beyond(whole.total)


def test_what_comes_in_meanwhile_moves_nothing_to_another_page() -> None:
    runtime = house()
    for number in range(PAGE + 2):
        told(runtime, "2026-05-12", klager_telefoon=f"0470 00 {number:02} 01")
    wish = Wish(sort=Sort.NUMBER, descending=True)
    first = work_list(runtime, account(runtime, "els"), NOW, wish)
    told(runtime, "2026-05-12", klager_telefoon="0470 00 99 01")
    second = work_list(runtime, account(runtime, "els"), NOW, replace(wish, page=2, cursor=first.after))
    assert [line.summary.number for line in second.lines] == ["BEU-2026-0002", "BEU-2026-0001"]
    back = work_list(runtime, account(runtime, "els"), NOW, replace(wish, page=1, cursor=second.before))
    assert [line.summary.number for line in back.lines] == [line.summary.number for line in first.lines]
    # One dossier stands before it now, which a page of its own would be too little for.
    again = work_list(runtime, account(runtime, "els"), NOW, replace(wish, page=1, cursor=back.before))
    assert again.lines[0].summary.number == "BEU-2026-0053"
    assert len(again.lines) == PAGE


def test_a_list_is_narrowed_by_how_severe_things_are() -> None:
    runtime = house()
    dossier = investigated(runtime, "gegrond")
    with reading_projection(runtime) as register:
        summary = register.summary(dossier)
    told(runtime, "2026-05-12", klager_telefoon="0470 00 99 01")
    assert summary is not None
    assert summary.judgement == "gegrond"
    assert numbers(runtime, Wish(severity=summary.severity)) == [summary.number]
    others = {"1", "2", "3", "4", "5"} - {summary.severity}
    assert [numbers(runtime, Wish(severity=other)) for other in others] == [[]] * 4
    listed = work_list(runtime, account(runtime, "els"), NOW)
    assert list(listed.offered.severities) == ["1", "2", "3", "4", "5"]


def test_who_may_not_see_how_severe_it_is_cannot_find_it_out_by_a_list() -> None:
    here = ("de-linde", "beukenhof")
    view = Viewpoint("koen", NOW, here, "Europe/Brussels", unseen=frozenset({"severity"}))
    assert questions(Wish(severity="4"), view) == ()
    assert questions(Wish(), view) != ()


@pytest.mark.parametrize("tab", list(Tab))
@pytest.mark.parametrize("sort", [None, *Sort])
def test_no_list_and_no_count_betrays_what_does_not_exist(
    filled: Runtime, tab: Tab, sort: Sort | None
) -> None:
    known = ids(filled)
    for number in ("BEU-2026-0001", "BEU-2026-0002"):
        fill(
            filled,
            known[number],
            "2026-05-13 11:00",
            actor="els",
            voorwerp="persoon",
            aangeklaagde_medewerkers=["koen"],
        )
    everyone, theirs = numbers(filled, Wish(tab, sort), "els"), numbers(filled, Wish(tab, sort), "koen")
    assert not {"BEU-2026-0001", "BEU-2026-0002"} & set(theirs)
    if tab is not Tab.MINE:
        assert theirs == [one for one in everyone if one == "BEU-2026-0003"]


def test_after_a_sweep_the_lists_are_the_same(filled: Runtime) -> None:
    # A sweep reminds, which changes a dossier: what goes by that is put in another order here.
    wishes = [Wish(tab, None if tab.only_open else Sort.NUMBER) for tab in Tab]
    before = [numbers(filled, wish) for wish in wishes]
    sweep(filled, NOW)
    assert [numbers(filled, wish) for wish in wishes] == before


# Pages


def visit(runtime: Runtime, name: str = "koen") -> Visitor:
    return new_site("2026-05-13 12:00", runtime).staff(name, "teamverantwoordelijke")


def shown(visitor: Visitor, query: str = "") -> list[str]:
    page = visitor.page(WORK + query)
    assert page_faults(page) == []
    return [cell.text for cell in page.all("th", scope="row")]


@pytest.mark.parametrize(
    "query",
    ["", "?toon=mijn", "?toon=te-laat", "?toon=deze-week", "?toon=niet-toegewezen", "?toon=afgesloten",
     "?sorteer=-ontvangen&soort=klacht&behandelaar=-&merk=Gevaar&fase=Begrip&stand=later&van=2026-01-01&tot=2026-12-31"],
)  # fmt: skip
def test_every_list_is_a_sound_page(filled: Runtime, query: str) -> None:
    shown(visit(filled), query)


@pytest.mark.parametrize(
    "query",
    ["?toon=onzin", "?sorteer=--x", "?bladzijde=-1", "?bladzijde=999999999999999999999", "?van=gisteren&tot=9999-99-99",
     "?stand='%22<>", "?fase=%00", "?afdeling=../..", "?merk=%F0%28", "?soort=%ED%A0%80"],
)  # fmt: skip
def test_an_address_that_says_nothing_still_shows_a_list(filled: Runtime, query: str) -> None:
    visit(filled).page(WORK + query)


@pytest.mark.parametrize(
    "query",
    ["?na=x", "?na=,", "?na=,x", "?voor=,x", "?na=gisteren,x", "?na=2026-05-13,x&sorteer=ontvangen", "?na=%00,%00",
     "?sorteer=nummer&voor=BEU-2026-0002,x&bladzijde=0", "?na=2026-05-13T10:00:00.000000Z,x&bladzijde=99"],
)  # fmt: skip
def test_a_place_that_nobody_is_in_still_shows_a_list(filled: Runtime, query: str) -> None:
    shown(visit(filled), query)


def test_the_pages_beside_a_page_are_a_link_away(long: Runtime) -> None:
    visitor = visit(long, "els")
    seen, address = [], f"{WORK}?sorteer=nummer"
    for _ in range(2):
        page = visitor.page(address)
        seen += [cell.text for cell in page.all("th", scope="row")]
        links = {
            a.attributes.get("rel"): a.attributes["href"] for a in page.all("a") if "rel" in a.attributes
        }
        address = links.get("next", "")
    assert address == ""
    assert len(seen) == len(set(seen)) == PAGE + 3
    assert "bladzijde 2 van 2" in page.text
    assert links["prev"] == f"{WORK}?sorteer=nummer"


def test_the_tabs_say_how_many_stand_behind_them(filled: Runtime) -> None:
    page = visit(filled).page(WORK)
    tabs = [
        a.text for a in page.all("a") if a.inside("nav") and a.attributes.get("href", "").startswith(WORK)
    ]
    for tab in (
        "Mijn zaken 1",
        "Open dossiers 3",
        "Te laat 1",
        "Komende 7 dagen 2",
        "Niet toegewezen 2",
        "Afgesloten 0",
        "Alle dossiers 3",
    ):
        assert tab in tabs


def test_a_list_is_kept_under_a_name_opened_and_removed(filled: Runtime) -> None:
    visitor = visit(filled)
    page = visitor.page(f"{WORK}?toon=te-laat&sorteer=-nummer&onzin=1")
    keep = next(f for f in page.all("form") if f.attributes.get("action", "").endswith("/zoekopdrachten"))
    answer = visitor.post(
        "/medewerker/zoekopdrachten", {**dict(page.form_data(keep)), "naam": " Te laat  bij ons "}
    )
    assert answer.status_code == 303
    (kept,) = saved_searches(filled, "koen")
    assert (kept.name, kept.query) == ("Te laat bij ons", "toon=te-laat&sorteer=-nummer")
    page = visitor.page(WORK)
    (link,) = [a for a in page.all("a") if a.text == "Te laat bij ons"]
    assert urlsplit(link.attributes["href"]).query == "toon=te-laat&sorteer=-nummer"
    drop = next(f for f in page.all("form") if "/verwijderen" in f.attributes.get("action", ""))
    visitor.post(drop.attributes["action"], dict(page.form_data(drop)))
    assert saved_searches(filled, "koen") == []


def test_a_kept_list_is_of_one_account_and_there_are_not_too_many(filled: Runtime) -> None:
    for number in range(MOST):
        save_search(filled, "koen", f"Lijst {number}", "toon=mijn")
    save_search(filled, "koen", "LIJST 3", "toon=te-laat")
    with pytest.raises(TooManySearchesError):
        save_search(filled, "koen", "Nog een", "")
    assert len(saved_searches(filled, "koen")) == MOST
    assert saved_searches(filled, "els") == []


def test_what_was_chosen_in_a_list_is_given_at_once(filled: Runtime) -> None:
    visitor = visit(filled)
    known = ids(filled)
    page = visitor.page(WORK)
    form = next(f for f in page.all("form") if f.attributes.get("action", "").endswith("/toewijzen"))
    chosen = [known["BEU-2026-0001"], known["EIK-2026-0001"]]
    data = {**dict(page.form_data(form)), "dossier": chosen, "aan": "koen", "terug": f"{WORK}?toon=te-laat"}
    answer = visitor.post("/medewerker/toewijzen", data)
    assert answer.status_code == 200
    assert "1 dossier toegewezen." in answer.text
    assert "Dit dossier bestaat niet." in answer.text
    assert f"{WORK}?toon=te-laat" in answer.text
    assert "EIK-2026-0001" not in answer.text
    assert numbers(filled, Wish(Tab.MINE), "koen") == ["BEU-2026-0001", "BEU-2026-0002"]


@pytest.mark.parametrize(
    "back", ["https://elders.example/?toon=mijn", "//elders.example", "javascript:alert(1)"]
)
def test_the_way_back_never_leaves_the_site(filled: Runtime, back: str) -> None:
    visitor = visit(filled)
    page = visitor.page(WORK)
    form = next(f for f in page.all("form") if f.attributes.get("action", "").endswith("/toewijzen"))
    answer = visitor.post("/medewerker/toewijzen", {**dict(page.form_data(form)), "terug": back})
    assert urlsplit(answer.location).netloc == ""
    assert answer.location.startswith(WORK)


def test_what_stands_above_the_first_page_makes_no_page_more() -> None:
    long = many()
    for number in range(1, 7):
        in_danger(long, f"BEU-2026-000{number}")
    first = work_list(long, account(long, "els"), NOW)
    assert (len(first.lines), first.last_page) == (PAGE + 6, 2)
    assert first.after is not None
    second = work_list(long, account(long, "els"), NOW, Wish(cursor=first.after, page=2))
    assert (len(second.lines), second.last_page, second.after) == (PAGE, 2, None)


def test_however_long_a_list_is_what_its_dossiers_ask_alike_is_read_once() -> None:
    def asked(many: int) -> dict[str, int]:
        memory = MemoryStore(SCHEMAS)
        house = de_linde(memory)
        staff(house, "els", "kwaliteitscoordinator")
        for number in range(many):
            open_by_phone(house, "2026-05-13 09:00", klager_telefoon=f"0470 00 00 {number:02}")
        els = account(house, "els")
        store = CountingStore(memory)
        seen = replace(house, store=store)
        work_list(seen, els, NOW, Wish())
        store.asked.clear()
        work_list(seen, els, NOW, Wish())
        return {what: times for what, times in store.asked.items() if not what.startswith("documents")}

    assert asked(12) == asked(3)
