"""Lists of rows in pages, without script: filling in, one more row, taking one away, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from gehoor.services.dossiers.viewing import look
from gehoor.web.forms.answer_form import AnswerForm
from gehoor.web.forms.rendering import answer
from tests.support.de_linde import PUBLISHED_ON, changed, fill, new_runtime, proposal, publish, registered
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor, new_site

BELL = {"omschrijving": "De bel bleef onbeantwoord", "soort": "zorg_begeleiding", "gegrondheid": "gegrond"}
FOOD = {"omschrijving": "De soep was koud", "soort": "maaltijden", "normen": ["warm", "op_maat"]}


@pytest.fixture
def site() -> Site:
    return new_site("2026-05-20 09:00")


@pytest.fixture
def dossier(site: Site) -> str:
    return registered(site.runtime)


def path(dossier: str) -> str:
    return f"/medewerker/dossiers/{dossier}"


def typed(*rows: dict[str, Any], start: int = 0) -> dict[str, Any]:
    return {
        f"v_deelklachten-{index}-{name}": value
        for index, row in enumerate(rows, start=start)
        for name, value in row.items()
    }


def parts(site: Site, dossier: str) -> Any:
    return look(site.runtime, dossier, site.clock()).dossier.values.get("deelklachten")


def with_rows(site: Site, dossier: str, *rows: dict[str, Any]) -> Visitor:
    fill(site.runtime, dossier, "2026-05-19 09:00", deelklachten=list(rows))
    return site.staff()


def test_rows_are_kept_in_their_order_and_empty_ones_are_not_rows(site: Site, dossier: str) -> None:
    answer = site.staff().send(path(dossier), **typed(BELL), **typed({"omschrijving": " "}, FOOD, start=1))
    assert answer.status_code == 303
    assert parts(site, dossier) == [BELL, FOOD]


def test_an_untouched_page_with_rows_changes_nothing(site: Site, dossier: str) -> None:
    staff = with_rows(site, dossier, BELL, {**FOOD, "ernst": 3})
    before = look(site.runtime, dossier, site.clock()).dossier
    assert staff.send(path(dossier)).status_code == 303
    assert look(site.runtime, dossier, site.clock()).dossier == before


def test_rows_are_shown_with_one_more_to_fill_in(site: Site, dossier: str) -> None:
    page = with_rows(site, dossier, BELL, FOOD).page(path(dossier))
    titles = [row.text for row in page.all("summary") if row.text.startswith("Deelklacht")]
    assert titles == [
        "Deelklacht 1 De bel bleef onbeantwoord", "Deelklacht 2 De soep was koud", "Deelklacht 3 toevoegen",
    ]  # fmt: skip
    assert page.value("v_deelklachten-1-omschrijving") == "De soep was koud"
    assert page_faults(page) == []


def test_a_row_is_taken_away_by_its_box(site: Site, dossier: str) -> None:
    staff = with_rows(site, dossier, BELL, FOOD)
    assert staff.send(path(dossier), wis=["v_deelklachten-0"]).status_code == 303
    assert parts(site, dossier) == [FOOD]
    assert staff.send(path(dossier), wis=["v_deelklachten-0"]).status_code == 303
    assert parts(site, dossier) is None


def chosen(page: Page, name: str) -> list[str]:
    """Return what is chosen of a few numbers."""
    options = page.all("input", name=name, type="radio")
    return [one.attributes["value"] for one in options if "checked" in one.attributes]


def test_one_more_row_keeps_everything_that_was_typed_and_saves_nothing(site: Site, dossier: str) -> None:
    staff = site.staff()
    answer = staff.send(
        path(dossier), **typed(BELL, {**FOOD, "ernst": "4"}), v_onderwerp="Half getypt",
        v_feiten_van="geen datum", **{"nog-een": "deelklachten"},
    )  # fmt: skip
    page = Page(answer.text)
    assert (answer.status_code, page.title[:5]) != (422, "Fout:"), "nothing is judged yet"
    assert (page.value("v_onderwerp"), page.value("v_feiten_van")) == ("Half getypt", "geen datum")
    assert page.value("v_deelklachten-1-omschrijving") == "De soep was koud"
    assert chosen(page, "v_deelklachten-1-ernst") == ["4"]
    assert "open" in page.by_id("v_deelklachten-2").attributes
    assert "open" in page.by_id("fase-onderzoek").attributes
    assert parts(site, dossier) is None
    assert page_faults(page) == []


def test_who_asks_for_more_before_filling_in_gets_more(site: Site, dossier: str) -> None:
    staff = site.staff()
    page = Page(staff.send(path(dossier), **{"nog-een": "deelklachten"}).text)
    assert page.by_id("v_deelklachten-1")
    page = Page(staff.resend(path(dossier), page, **{"nog-een": "deelklachten"}).text)
    assert page.by_id("v_deelklachten-2")


def test_the_button_for_more_leads_to_the_row_it_makes(site: Site, dossier: str) -> None:
    staff = with_rows(site, dossier, BELL)
    button = staff.page(path(dossier)).one("button", name="nog-een")
    page = Page(staff.send(path(dossier), **typed(FOOD, start=1), **{"nog-een": "deelklachten"}).text)
    assert page.by_id(button.attributes["formaction"].removeprefix("#")).text.startswith("Deelklacht 3")


def test_enter_saves_whatever_buttons_follow(site: Site, dossier: str) -> None:
    page = site.staff().page(path(dossier))
    sheet = page.one("form", class_="sheet")
    first = next(button for button in page.all("button", type="submit") if button.parent is sheet)
    assert (first.text, "name" in first.attributes) == ("Bewaren", False)
    assert page.all("button")[page.all("button").index(first) - 1].parent is not sheet


def test_a_forged_request_for_more_is_a_plain_save(site: Site, dossier: str) -> None:
    staff = site.staff()
    for name in ("onderwerp", "schoenmaat"):
        answer = staff.send(path(dossier), **typed(BELL), **{"nog-een": name})
        assert answer.status_code == 303


def refused(answer: TestResponse) -> Page:
    page = Page(answer.text)
    assert (answer.status_code, page.title[:5], page_faults(page)) == (422, "Fout:", [])
    return page


def test_a_refusal_names_the_row_and_stands_at_its_answer(site: Site, dossier: str) -> None:
    wrong = {"soort": "goud", "ernst": "9", "gegrondheid": "gegrond"}
    page = refused(site.staff().send(path(dossier), **typed(BELL, wrong)))
    links = {a.attributes["href"]: a.text for a in page.all("a") if a.inside("ul") and a.parent}
    assert links["#v_deelklachten-1-ernst"] == "Deelklacht 2, Ernst"
    assert page.by_id("v_deelklachten-1-ernst-fout").text == "Fout: Het grootste getal is 5."
    assert page.by_id("v_deelklachten-1-soort-fout").text == "Fout: Kies een van de antwoorden uit de lijst."
    assert (
        "Beantwoord de vraag \u201cWaarover gaat dit deel?\u201d."
        in page.by_id("v_deelklachten-1-omschrijving-fout").text
    )
    assert chosen(page, "v_deelklachten-1-ernst") == ["9"]
    assert parts(site, dossier) is None


def test_the_number_of_a_row_is_the_one_on_the_page_also_with_gaps(site: Site, dossier: str) -> None:
    rows = (BELL, {"omschrijving": ""}, {**FOOD, "ernst": "veel"})
    page = refused(site.staff().send(path(dossier), **typed(*rows)))
    assert page.by_id("v_deelklachten-1-ernst-fout").text == "Fout: Schrijf een geheel getal, zonder komma."
    assert page.value("v_deelklachten-1-omschrijving") == "De soep was koud"


def test_many_rows_are_folded_but_for_the_one_that_is_wrong(site: Site, dossier: str) -> None:
    rows = [{"omschrijving": f"Deel {number}"} for number in range(1, 6)]
    page = refused(site.staff().send(path(dossier), **typed(*rows, {"ernst": "3"})))
    is_open = [("open" in row.attributes) for row in page.all("details", class_="row")]
    assert is_open == [False] * 5 + [True, False]


def test_a_list_that_is_full_asks_for_no_more(site: Site, dossier: str) -> None:
    rows = [{"omschrijving": f"Deel {number}"} for number in range(50)]
    page = with_rows(site, dossier, *rows).page(path(dossier))
    assert len(page.all("details", class_="row")) == 50
    assert page.all("button", name="nog-een") == []
    assert "Er kunnen er hoogstens 50 zijn." in page.text


@pytest.mark.parametrize("number", [51, 500])
def test_more_rows_than_may_be_are_refused(site: Site, dossier: str, number: int) -> None:
    rows = {f"v_deelklachten-{index}-omschrijving": "Deel" for index in range(number)}
    page = refused(site.staff().send(path(dossier), **rows))
    assert page.by_id("v_deelklachten-fout").text == "Fout: Dit zijn er te veel: hoogstens 50."


@pytest.mark.parametrize("index", ["99999", "-1", "x", "1-1", "٣"])
def test_a_row_with_an_impossible_number_is_no_row(site: Site, dossier: str, index: str) -> None:
    answer = site.staff().send(path(dossier), **{f"v_deelklachten-{index}-omschrijving": "Deel"})
    assert answer.status_code == 303
    assert parts(site, dossier) is None


def test_a_page_that_goes_back_shows_the_rows_that_others_added(site: Site, dossier: str) -> None:
    staff = site.staff()
    page = staff.page(path(dossier))
    fill(site.runtime, dossier, "2026-05-19 09:00", actor="jo", deelklachten=[BELL])
    answer = staff.resend(path(dossier), page, v_feiten_van="ooit")
    assert refused(answer).value("v_deelklachten-0-omschrijving") == BELL["omschrijving"]


def test_two_people_who_change_the_rows_see_both(site: Site, dossier: str) -> None:
    staff = site.staff()
    page = staff.page(path(dossier))
    fill(site.runtime, dossier, "2026-05-19 09:00", actor="jo", deelklachten=[BELL])
    answer = staff.resend(path(dossier), page, **typed(FOOD))
    conflict = Page(answer.text)
    assert (answer.status_code, page_faults(conflict)) == (409, [])
    assert "Waarover gaat dit deel? De bel bleef onbeantwoord" in conflict.by_id("v_deelklachten-fout").text
    assert conflict.value("v_deelklachten-0-omschrijving") == "De soep was koud"


def retire_food(document: dict[str, Any]) -> None:
    members = document["forms"]["dossier"]["properties"]["deelklachten"]["items"]["properties"]
    next(one for one in members["soort"]["oneOf"] if one["const"] == "maaltijden")["deprecated"] = True


def test_a_retired_code_cannot_be_chosen_in_a_row() -> None:
    runtime = new_runtime()
    publish(runtime, [proposal(change=retire_food)], PUBLISHED_ON, "coordinator")
    site = new_site("2026-05-20 09:00", runtime)
    dossier = registered(runtime)
    staff = site.staff()
    page = staff.page(path(dossier))
    offered = [o.attributes["value"] for o in page.all("option") if o.parent and
               o.parent.attributes.get("name") == "v_deelklachten-0-soort"]  # fmt: skip
    assert "maaltijden" not in offered
    forged = refused(staff.send(path(dossier), **typed(FOOD)))
    assert "Dit antwoord wordt niet meer gebruikt." in forged.by_id("v_deelklachten-0-soort-fout").text


def test_a_retired_code_stays_readable_in_the_row_that_has_it(site: Site) -> None:
    under = changed(retire_food)
    field = under.dossier_form.fields["deelklachten"]
    with site.app.test_request_context():
        form = AnswerForm(under, [field], stored={"deelklachten": [FOOD, BELL]})
        page = Page(f"<main>{answer(form, 'deelklachten')}</main>")
    offering = [
        option.parent.attributes["name"]
        for option in page.all("option", value="maaltijden")
        if option.parent and "selected" in option.attributes
    ]
    assert offering == ["v_deelklachten-0-soort"]
    assert len(page.all("option", value="maaltijden")) == 1


def ask_outside(document: dict[str, Any]) -> None:
    forms = document["forms"]
    forms["melden"]["properties"]["deelklachten"] = forms["dossier"]["properties"]["deelklachten"]


def test_someone_from_outside_may_tell_of_several_things() -> None:
    runtime = new_runtime()
    publish(runtime, [proposal(change=ask_outside)], PUBLISHED_ON, "coordinator")
    site = new_site("2026-05-20 09:00", runtime)
    visitor, form = site.visitor(), "/de-linde/beukenhof/melden/alles"
    told = {"v_uiteenzetting": "Van alles", "v_anoniem": "ja"}
    page = Page(visitor.send(form, **told, **typed(BELL), **{"nog-een": "deelklachten"}).text)
    assert page_faults(page) == []
    assert page.value("v_uiteenzetting") == "Van alles"
    assert visitor.resend(form, page, **typed(FOOD, start=1)).status_code == 303
    assert parts(site, "dossier-1") == [BELL, FOOD]


def test_what_is_in_rows_is_told_in_the_dossier_and_its_story(site: Site, dossier: str) -> None:
    page = with_rows(site, dossier, BELL, FOOD).page(f"{path(dossier)}/verloop")
    story = " ".join(element.text for element in page.all("dd"))
    assert (
        "Deelklacht 1: Waarover gaat dit deel? De bel bleef onbeantwoord; Soort: Zorg en begeleiding" in story
    )
    assert "Deelklacht 2: Waarover gaat dit deel? De soep was koud; Soort: Maaltijden" in story


SCRIPT = "<script>alert('klacht')</script>\"'&{{7*7}}"


def test_what_people_write_in_rows_is_never_part_of_the_page(site: Site, dossier: str) -> None:
    page = with_rows(site, dossier, {"omschrijving": SCRIPT}).page(path(dossier))
    assert page.value("v_deelklachten-0-omschrijving") == SCRIPT
    assert [script for script in page.all("script") if "src" not in script.attributes] == []


def test_what_cannot_be_read_in_a_row_hides_nothing_else_that_is_wrong(site: Site, dossier: str) -> None:
    rows = ({"omschrijving": "Een deel", "ernst": "veel"}, {"soort": "goud"})
    page = refused(site.staff().send(path(dossier), **typed(*rows)))
    for place in ("0-ernst", "1-soort", "1-omschrijving"):
        assert page.by_id(f"v_deelklachten-{place}-fout")


def test_a_folded_row_says_what_it_is_about(site: Site, dossier: str) -> None:
    rows = [{"soort": "maaltijden", "omschrijving": "De soep " + "was koud " * 20}, {**BELL, "ernst": 3}]
    page = with_rows(site, dossier, *rows).page(path(dossier))
    excerpts = [element.text for element in page.all("span", class_="excerpt")]
    assert excerpts[0].startswith("De soep was koud")
    assert excerpts[0].endswith("\u2026")
    assert len(excerpts[0]) <= 60
    assert excerpts[1] == BELL["omschrijving"]
