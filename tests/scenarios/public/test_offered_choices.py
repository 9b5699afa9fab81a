"""A choice that goes with another answer: offered with it only, refused without it, and nothing lost without a word."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gehoor.core.objections.choice_objections import Answered, offer_objections
from gehoor.core.wording.nl.agreement.forms.forms import forms
from gehoor.services.register.register import reading
from tests.support.de_linde import MELDEN, changed, new_runtime, publish_change
from tests.support.offered_choices import DISHES, offering
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor, new_site

FORM = "/de-linde/beukenhof/melden"
WHOLE = f"{FORM}/alles"


@pytest.fixture
def site() -> Site:
    runtime = new_runtime()
    publish_change(runtime, offering, "2026-01-16 10:00")
    return new_site(runtime=runtime)


def _sent(site: Site, **answers: Any) -> tuple[int, Page]:
    typed = {f"v_{name}": given for name, given in MELDEN.items()}
    answer = site.visitor().send(WHOLE, **typed, **{f"v_{name}": given for name, given in answers.items()})
    return answer.status_code, Page(answer.text)


def _kept(site: Site) -> dict[str, Any]:
    with reading(site.runtime.store) as register:
        return dict(register.dossier("dossier-1").values)


def test_what_goes_together_is_kept(site: Site) -> None:
    answers = {"soort_dienst": "keuken", "wat_mis": "koud", "gerecht": "vis", "gevolg_mis": "honger"}
    assert _sent(site, **answers)[0] == 303
    kept = _kept(site)
    assert (kept["wat_mis"], kept["gerecht"], kept["gevolg_mis"]) == ("koud", "vis", ["honger"])


def test_a_choice_that_does_not_go_with_the_other_answer_is_refused_by_name_and_stays_typed(
    site: Site,
) -> None:
    status, page = _sent(site, soort_dienst="zorg", wat_mis="koud")
    assert status == 422
    assert "\u201cHet was koud\u201d kan niet bij de andere antwoorden." in page.by_id("v_wat_mis-fout").text
    assert page.value("v_wat_mis") == "koud"


def test_without_the_other_answer_it_is_refused_too(site: Site) -> None:
    assert _sent(site, wat_mis="koud")[0] == 422
    assert _sent(site, wat_mis="anders")[0] == 303


def test_of_several_that_one_is_named(site: Site) -> None:
    _, page = _sent(site, soort_dienst="keuken", wat_mis="anders", gevolg_mis="honger")
    assert "\u201cHonger\u201d kan niet" in page.by_id("v_gevolg_mis-fout").text


def test_in_a_row_it_hangs_on_the_same_row(site: Site) -> None:
    status, page = _sent(
        site,
        **{
            "bestellingen-0-soort": "drank",
            "bestellingen-0-welk": "thee",
            "bestellingen-1-soort": "eten",
            "bestellingen-1-welk": "thee",
        },
    )
    assert status == 422
    assert "\u201cThee\u201d kan niet" in page.by_id("v_bestellingen-1-welk-fout").text
    assert not page.all("div", id="v_bestellingen-0-welk-fout")


def _offers(page: Page, tag: str, name: str) -> dict[str, Any]:
    """Return when each choice is offered, as the page says it; None: always."""
    if tag == "option":
        options = [
            one for one in page.all("option") if one.parent and one.parent.attributes.get("id") == name
        ]
        found = {str(one.attributes["value"]): one.attributes.get("data-offer-when") for one in options}
        found.pop("")
    else:
        inputs = [one for one in page.all("input") if one.attributes.get("name") == name]
        found = {
            str(one.attributes["value"]): one.parent.attributes.get("data-offer-when")
            for one in inputs
            if one.parent
        }
    return {code: json.loads(str(when)) if when else None for code, when in found.items()}


def test_the_page_with_all_of_it_offers_by_the_answers_on_it(site: Site) -> None:
    page = site.visitor().page(WHOLE)
    assert page_faults(page) == []
    kitchen = {"field": "soort_dienst", "exactly": ["keuken"]}
    assert _offers(page, "input", "v_wat_mis") == {
        "koud": kitchen,
        "pijn": {"field": "soort_dienst", "exactly": ["zorg"]},
        "anders": None,
    }
    assert _offers(page, "option", "v_gerecht") == {**dict.fromkeys(DISHES, kitchen), "geen": None}
    row = _offers(page, "input", "v_bestellingen-0-welk")
    assert row["thee"] == {"field": "bestellingen-0-soort", "exactly": ["drank"]}


def _walk_to(visitor: Visitor, step: str, **answers: str) -> Page:
    """Answer what is asked before a step, one step at a time, and return its page."""
    known = {"uiteenzetting": MELDEN["uiteenzetting"], "anoniem": "ja", **answers}
    visitor.send(f"{FORM}/vraag/uiteenzetting", verder="verder", v_uiteenzetting=known["uiteenzetting"])
    where = f"{FORM}/vraag/aangeklaagde_dienst"
    for _ in range(20):
        page = visitor.page(where)
        if where.endswith(f"/{step}"):
            return page
        asked = {f"v_{name}": given for name, given in known.items() if page.all("input", name=f"v_{name}")}
        where = visitor.resend(where, page, verder="verder", **asked).location
    raise AssertionError(step)


def test_step_by_step_only_what_can_be_chosen_is_there_without_script(site: Site) -> None:
    page = _walk_to(site.visitor(), "wat_mis", soort_dienst="zorg")
    assert _offers(page, "input", "v_wat_mis") == {"pijn": None, "anders": None}


def test_going_back_to_another_answer_asks_the_choice_again(site: Site) -> None:
    visitor = site.visitor()
    page = _walk_to(visitor, "wat_mis", soort_dienst="zorg")
    onward = visitor.resend(f"{FORM}/vraag/wat_mis", page, verder="verder", v_wat_mis="pijn")
    assert onward.location.endswith("/gerecht")
    back = visitor.page(f"{FORM}/vraag/soort_dienst")
    visitor.resend(f"{FORM}/vraag/soort_dienst", back, verder="verder", v_soort_dienst="keuken")
    answer = visitor.get(f"{FORM}/vraag/gevolg_mis")
    assert answer.location.endswith("/vraag/wat_mis")
    again = visitor.page(f"{FORM}/vraag/wat_mis")
    assert set(_offers(again, "input", "v_wat_mis")) == {"koud", "pijn", "anders"}
    refused = visitor.resend(f"{FORM}/vraag/wat_mis", again, verder="verder")
    assert "\u201cHet deed pijn\u201d kan niet bij de andere antwoorden." in refused.text


def test_the_agreement_in_words_tells_when_a_choice_is_there() -> None:
    said = [one.text for part in forms(changed(offering)) for item in part.items for one in item.sentences]
    assert any(one.startswith("De keuze \u201cHet was koud\u201d is er alleen als") for one in said)
    assert any(
        one.startswith("In een rij is de keuze \u201cThee\u201d bij \u201cWelk?\u201d er alleen")
        for one in said
    )


def test_what_was_chosen_when_it_could_be_stays_where_it_stood() -> None:
    fields = {"bestellingen": changed(offering).dossier_form.fields["bestellingen"]}
    old = {"bestellingen": [{"soort": "eten", "welk": "thee"}]}
    more = {"bestellingen": [{"soort": "drank", "welk": "thee"}, {"soort": "eten", "welk": "thee"}]}
    twice = {"bestellingen": [{"soort": "eten", "welk": "thee"}] * 2}
    before = Answered(old, {})  # type: ignore[arg-type]
    assert [*offer_objections(fields, Answered(more, {}), before)] == []  # type: ignore[arg-type]
    [objection] = offer_objections(fields, Answered(twice, {}), before)  # type: ignore[arg-type]
    assert (objection.row, objection.member) == (2, "welk")
