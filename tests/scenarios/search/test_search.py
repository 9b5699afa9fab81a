"""Searching dossiers: what is found, by whom, and by which of its texts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.core.text.excerpts import excerpt
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.ports.records import Account
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.search import MOST, PAGE, all_found, search
from tests.support.clock import at
from tests.support.counting_store import CountingStore
from tests.support.de_linde import de_linde, fill, open_by_phone, staff
from tests.support.pages import page_faults
from tests.support.site import new_site

NOON = "2026-05-12 15:00"


@pytest.fixture(params=["memory", "tinydb"])
def runtime(request: pytest.FixtureRequest, tmp_path: Any) -> Any:
    store = TinyDBStore(tmp_path / "register.db", SCHEMAS) if request.param == "tinydb" else None
    house = de_linde(store, names=("beukenhof", "eikenrode"))
    staff(house, "els", "kwaliteitscoordinator")
    staff(house, "ria", "onthaal")
    staff(house, "koen", "teamverantwoordelijke")
    staff(house, "ver", "de-linde/eikenrode:kwaliteitscoordinator")
    yield house
    if store:
        store.close()


NOW = "2026-05-13 09:00"


def account(runtime: Runtime, name: str) -> Account:
    with reading(runtime.store) as register:
        found = register.account(name)
    assert found is not None
    return found


def found(runtime: Runtime, typed: str, name: str = "els") -> list[str]:
    result = search(runtime, account(runtime, name), typed, at(NOW))
    assert result.total == len(result.hits) or result.last_page > 1, (
        "the number that is said is what is listed"
    )
    return [hit.summary.number for hit in result.hits]


def told(runtime: Runtime, department: str = "beukenhof", **more: Any) -> str:
    return open_by_phone(runtime, "2026-05-12 14:00", department, **more).dossier


def test_a_dossier_is_found_by_number_subject_story_name_and_answers(runtime: Runtime) -> None:
    dossier = told(runtime)
    fill(runtime, dossier, NOON, aangeklaagde_dienst="Wasserij Noord")
    for typed in (
        "BEU-2026-0001",
        "2026-0001",
        "bel beantw",
        "pyjama",
        "peeters",
        "0470 12 34 56",
        "0470/12.34.56",
        "0470123456",
        "+32 470 12 34 56",
        "+32 (0)470 12",
        "wasserij",
        "Klacht",
    ):
        assert found(runtime, typed) == ["BEU-2026-0001"], typed
    assert found(runtime, "pyjama wasserij") == ["BEU-2026-0001"]
    assert found(runtime, "pyjama zwembad") == []


def test_capitals_and_accents_make_no_difference(runtime: Runtime) -> None:
    told(runtime, klager_naam="Özdemir-Lefèvre")
    assert found(runtime, "ozdemir LEFEVRE") == found(runtime, "ÖZDEMIR-lefèvre") == ["BEU-2026-0001"]


def test_what_is_changed_is_found_as_it_now_stands(runtime: Runtime) -> None:
    dossier = told(runtime)
    fill(runtime, dossier, NOON, onderwerp="Koude soep")
    assert (found(runtime, "soep"), found(runtime, "beantwoord")) == (["BEU-2026-0001"], [])


def test_notes_to_each_other_are_found_too(runtime: Runtime) -> None:
    dossier = told(runtime)
    assign(runtime, Assigning(dossier, "ria", "els", note="Kleindochter spreekt Tamazight"), at(NOON))
    assert found(runtime, "tamazight") == ["BEU-2026-0001"]


def test_the_last_opened_comes_first_and_no_more_than_can_be_read(runtime: Runtime) -> None:
    for number in range(PAGE + 2):
        told(runtime, klager_telefoon=f"0470 00 00 {number:02}")
    first = search(runtime, account(runtime, "els"), "pyjama", at(NOW))
    second = search(runtime, account(runtime, "els"), "pyjama", at(NOW), 2)
    assert (first.total, first.last_page, first.more) == (PAGE + 2, 2, False)
    both = [hit.summary.number for hit in (*first.hits, *second.hits)]
    assert both == [f"BEU-2026-{number:04}" for number in range(PAGE + 2, 0, -1)]
    assert MOST > PAGE


def test_of_many_that_are_found_each_table_is_asked_once() -> None:
    def asked(found: int) -> dict[str, int]:
        memory = MemoryStore(SCHEMAS)
        house = de_linde(memory)
        staff(house, "els", "kwaliteitscoordinator")
        for number in range(found):
            told(house, klager_telefoon=f"0470 00 00 {number:02}")
        els = account(house, "els")
        store = CountingStore(memory)
        seen = replace(house, store=store)
        all_found(seen, els, "pyjama", at(NOW))
        store.asked.clear()
        assert len(all_found(seen, els, "pyjama", at(NOW))) == found
        return {what: times for what, times in store.asked.items() if not what.startswith("documents")}

    assert asked(12) == asked(3)


def test_other_departments_are_never_found(runtime: Runtime) -> None:
    told(runtime)
    told(runtime, "eikenrode")
    assert found(runtime, "pyjama") == ["BEU-2026-0001"]
    assert found(runtime, "pyjama", "ver") == ["EIK-2026-0001"]


def test_a_field_that_someone_may_not_see_finds_nothing_for_them(runtime: Runtime) -> None:
    dossier = told(runtime)
    fill(runtime, dossier, NOON, actor="els", voorwerp="persoon", aangeklaagde_anderen="Zuster Begonia")
    assert found(runtime, "begonia", "els") == ["BEU-2026-0001"]
    assert found(runtime, "begonia", "ria") == []
    assert found(runtime, "begonia pyjama", "ria") == []
    assert found(runtime, "pyjama", "ria") == ["BEU-2026-0001"]
    result = search(runtime, account(runtime, "ria"), "pyjama", at(NOW))
    assert "Begonia" not in repr(result)


def test_the_accused_finds_nothing_not_even_by_their_own_name(runtime: Runtime) -> None:
    """The handler searches his own name and sees nothing."""
    dossier = told(runtime)
    staff(runtime, "eva", "kwaliteitscoordinator")
    fill(runtime, dossier, NOON, actor="els", voorwerp="persoon", aangeklaagde_medewerkers=["eva"])
    assert found(runtime, "eva", "els") == ["BEU-2026-0001"], "found by full name, by who may see it"
    for typed in ("eva", "pyjama", "BEU-2026-0001"):
        assert found(runtime, typed, "eva") == []


def test_a_deputy_finds_what_a_role_sees_once_its_last_holder_is_accused(runtime: Runtime) -> None:
    staff(runtime, "dirk", "dagelijks-verantwoordelijke")
    staff(runtime, "an", "algemeen-directeur")
    dossier = told(runtime)
    fill(
        runtime,
        dossier,
        NOON,
        actor="els",
        belangenconflict=["an"],
        voorwerp="persoon",
        aangeklaagde_anderen="Begonia",
    )
    assert found(runtime, "begonia", "dirk") == ["BEU-2026-0001"]
    assert found(runtime, "begonia", "an") == []


@pytest.mark.parametrize(
    "typed", ['"', "a OR b", "NEAR(x y)", "text:*", "^", "' --", "*", "  ", "\x00", "😀", "(" * 500]
)
def test_whatever_is_typed_is_only_words(runtime: Runtime, typed: str) -> None:
    told(runtime)
    assert found(runtime, typed) in ([], ["BEU-2026-0001"])


# Where it stands


@pytest.mark.parametrize(
    ("typed", "label", "shown"),
    [
        ("bel", "Verhaal", "bel"),
        ("ELISE", "Naam", "Élise"),
        ("2026-0001", "Nummer", "2026-0001"),
        ("soep koud", "Verhaal", "soep"),
        ("niets", "", ""),
    ],
)
def test_an_excerpt_shows_where_the_words_stand(typed: str, label: str, shown: str) -> None:
    parts = [("Nummer", "BEU-2026-0001"), ("Naam", "Élise"), ("Verhaal", "De bel ging en de soep was koud.")]
    where, cut = excerpt(parts, typed.split())
    assert (where, cut.found) == (label, shown)


def test_an_excerpt_of_a_long_text_is_cut_at_words() -> None:
    _, cut = excerpt([("Verhaal", "woord " * 40 + "naald " + "hooi " * 40)], ["naald"])
    assert (cut.before[:2], cut.found, cut.after[-1]) == ("\u2026w", "naald", "\u2026")
    assert len(cut.before + cut.after) < 150


# Pages


def test_the_page_shows_number_subject_and_the_words_in_their_place() -> None:
    site = new_site(NOON)
    told(site.runtime)
    visitor = site.staff("ria", "onthaal")
    page = visitor.page("/medewerker/zoeken?q=pyjama")
    assert page_faults(page) == []
    assert "Bel niet beantwoord BEU-2026-0001" in page.text
    assert [mark.text for mark in page.all("mark")] == ["pyjama"]
    assert "1 dossier gevonden." in page.text
    for query in ("", "?q=", "?q=nergens", "?q=%22%3Cscript%3E&bladzijde=0"):
        assert page_faults(visitor.page(f"/medewerker/zoeken{query}")) == []


def test_the_slash_key_can_be_switched_off_and_on() -> None:
    visitor = new_site(NOON).staff("ria", "onthaal")

    def slash() -> bool:
        page = visitor.page("/medewerker/zoeken")
        form = next(f for f in page.all("form") if f.attributes.get("action", "").endswith("/sneltoets"))
        before = (
            "data-slash" in next(e for e in page.all("input") if e.attributes.get("id") == "zoek").attributes
        )
        visitor.post("/medewerker/sneltoets", dict(page.form_data(form)))
        return before

    assert [slash(), slash(), slash()] == [True, False, True]


def test_only_staff_search() -> None:
    answer = new_site(NOON).visitor().get("/medewerker/zoeken?q=bel")
    assert (answer.status_code, "/aanmelden" in answer.location) == (303, True) or answer.status_code == 302
