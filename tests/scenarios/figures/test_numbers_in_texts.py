"""Numbers in what somebody writes in a report: those that its public version does not tell are asked about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gehoor.core.figures.tables import FigureTable, Head, Line
from gehoor.services.disclosure.numbers_in_texts import hidden_numbers, small_numbers
from tests.support.de_linde import open_by_phone, publish_change
from tests.support.figures import with_figures
from tests.support.site import Site, new_site

DRAFT = "/medewerker/verslagen/de-linde/jaarverslag/2026"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Er waren 4 klachten over de lift, en 18 in totaal.", (4,)),
        ("In 2026 kwam er 0 keer iets over, en 5 keer over het eten.", ()),
        ("Op 3/4/2026 om 2:30 betaalden wij 1,50 euro; 4 % van alles, 3.000 in het jaar.", ()),
        ("Het waren er 3.", (3,)),
        ("2, 3 of 4", (2, 3, 4)),
        ("Wij leerden:\n1. Lees eerst.\n 2) Bel dan.\n3. Er waren 4 klachten.", (4,)),
    ],
)
def test_small_numbers_are_found_and_dates_amounts_and_shares_are_not(
    text: str, found: tuple[int, ...]
) -> None:
    assert small_numbers(text, 5) == found


def table(*counts: int | None, name: str = "1.1") -> FigureTable:
    lines = tuple(Line(Head(str(place), ""), (one,), one) for place, one in enumerate(counts))
    return FigureTable(name, "Tabel", "", (), (Head("", "Aantal"),), lines, None)


def test_a_number_that_only_the_internal_tables_hold_is_found() -> None:
    inside, outside = table(14, 4, 20), table(None, None, 20)
    text = "Van de 20 klachten kregen er 14 geen antwoord, en 15 een brief."
    assert hidden_numbers(text, [inside], {"1.1": outside}) == (14,)
    assert hidden_numbers(text, [inside], {"1.1": replace(outside, lines=())}) == (14, 20)
    told_elsewhere = {"1.1": outside, "1.2": table(14, name="1.2")}
    assert hidden_numbers(text, [inside], told_elsewhere) == (), "what another table tells is no secret"
    assert hidden_numbers(text, [inside], {}) == (), "what was agreed to stay inside asks nothing here"


@pytest.fixture
def site() -> Site:
    found = new_site("2026-06-10 12:00")
    publish_change(found.runtime, with_figures, "2026-02-02 10:00")
    for number in range(3):
        open_by_phone(found.runtime, "2026-05-11 10:00", klager_telefoon=f"0470 00 00 0{number}")
    return found


def test_who_writes_one_is_told_in_the_draft_and_in_the_public_version(site: Site) -> None:
    els = site.staff("els", "kwaliteitscoordinator")
    draft = els.page(DRAFT)
    values: dict[str, Any] = dict(draft.form_data(draft.one("form", id="schrijven")))
    values["tekst"] = ["Er waren er 3."] + [""] * (len(draft.all("textarea")) - 1)
    els.post(f"{DRAFT}/hoofdstuk", values)
    assert "Hierin staat een klein aantal: 3." in els.page(DRAFT).text
    public = els.page(f"{DRAFT}?versie=openbaar").text
    assert "Uw tekst noemt een getal dat de tabellen hieronder niet geven: 3." in public


def test_a_report_with_one_is_kept_once_somebody_says_that_it_may_stand_there(site: Site) -> None:
    """Also where it was never saved before: what is typed is kept first, and then asked about."""
    els = site.staff("els", "kwaliteitscoordinator")
    draft = els.page(DRAFT)
    values: dict[str, Any] = dict(draft.form_data(draft.one("form", id="schrijven")))
    values["tekst"] = ["Er waren er 3."] + [""] * (len(draft.all("textarea")) - 1)
    asked = els.post(f"{DRAFT}/vastleggen", values)
    assert asked.status_code == 422
    assert "staan kleine aantallen, die de openbare versie zelf niet geeft" in asked.text
    draft = els.page(DRAFT)
    again = dict(draft.form_data(draft.one("form", id="schrijven")))
    assert els.post(f"{DRAFT}/vastleggen", {**again, "getallen": "ja"}).status_code == 303
