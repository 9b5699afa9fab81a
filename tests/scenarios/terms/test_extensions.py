"""Extensions of different length: first so much and then less, or as much as somebody chooses."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.services.dossiers.term_changes import Adjustment, extend
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.pages import Page
from tests.support.site import Site, Visitor, new_site
from tests.support.volledig import ANN, dues, fill, opened, published

NOW = "2027-02-01 10:00"


def answered() -> tuple[Runtime, str]:
    runtime = published()
    dossier = opened(runtime, "2027-02-01 08:00", ernst=3, beloofd_tegen="2027-03-01")
    fill(runtime, dossier, "2027-02-01 09:00", antwoord_op="2027-02-01")
    return runtime, dossier


def longer(runtime: Runtime, dossier: str, term: str, amount: int | None = None) -> str:
    extend(runtime, Adjustment(dossier, term, ANN, reason="Nodig.", amount=amount), at(NOW))
    (due,) = dues(runtime, dossier, term, NOW)
    return due


def refused(runtime: Runtime, dossier: str, term: str, amount: int | None = None) -> str:
    with pytest.raises(RefusedError) as refusal:
        longer(runtime, dossier, term, amount)
    (objection,) = refusal.value.objections
    return objection.code


def test_first_twenty_days_then_ten_and_no_more() -> None:
    runtime, dossier = answered()
    assert dues(runtime, dossier, "verbetering", NOW) == ["2027-03-03"]
    assert longer(runtime, dossier, "verbetering") == "2027-03-23"
    assert longer(runtime, dossier, "verbetering") == "2027-04-02"
    assert refused(runtime, dossier, "verbetering") == "extend-too-often"


@pytest.mark.parametrize("amount", [None, 0, -3, 31, 300])
def test_what_is_chosen_lies_within_what_was_agreed(amount: int | None) -> None:
    runtime, dossier = answered()
    assert refused(runtime, dossier, "belofte", amount) == "extend-length"


def test_each_time_somebody_chooses_how_much() -> None:
    runtime, dossier = answered()
    assert longer(runtime, dossier, "belofte", 8) == "2027-03-09"
    assert longer(runtime, dossier, "belofte", 30) == "2027-04-08"
    assert refused(runtime, dossier, "belofte", 1) == "extend-too-often"


def test_where_the_length_was_agreed_nobody_chooses() -> None:
    runtime, dossier = answered()
    assert longer(runtime, dossier, "verbetering", 1) == "2027-03-23"


def at_the_page() -> tuple[Site, Visitor, str]:
    runtime, dossier = answered()
    site = new_site(NOW, runtime)
    return site, site.staff("ann", "klein/noord:behandelaar"), dossier


def form_of(page: Page, term: str) -> Any:
    (form,) = (
        one for one in page.all("form") if one.attributes.get("action", "").endswith(f"/{term}/verlengen")
    )
    return form


def test_the_page_says_by_how_much_and_asks_it_where_it_is_chosen() -> None:
    site, visitor, dossier = at_the_page()
    page = visitor.page(f"/medewerker/dossiers/{dossier}/overzicht")
    assert "Verlengen met 20 kalenderdagen omdat" in page.text
    assert "Hoeveel langer? Hoogstens 30 kalenderdagen." in page.text
    assert "De laatste dag wordt hoogstens woensdag 31 maart 2027." in page.text
    form = form_of(page, "belofte")
    data = {**dict(page.form_data(form)), "reden": "Samen afgesproken.", "hoeveel": "8"}
    assert visitor.post(form.attributes["action"], data).status_code == 303
    assert dues(site.runtime, dossier, "belofte", NOW) == ["2027-03-09"]
    again = visitor.post(form.attributes["action"], {**data, "hoeveel": "\u0663\u0661"})
    assert again.status_code == 422
    assert "Kies hoeveel langer: een getal van 1 tot en met 30." in again.text


def test_after_the_first_time_the_page_says_the_next_length() -> None:
    _, visitor, dossier = at_the_page()
    page = visitor.page(f"/medewerker/dossiers/{dossier}/overzicht")
    form = form_of(page, "verbetering")
    assert visitor.post(form.attributes["action"], dict(page.form_data(form))).status_code == 303
    assert (
        "Verlengen met 10 kalenderdagen omdat"
        in visitor.page(f"/medewerker/dossiers/{dossier}/overzicht").text
    )
