"""With a caller on the line, a question has the choices that go with what was told, and no other is taken."""

from __future__ import annotations

import pytest

from tests.support.de_linde import STORY, new_runtime, publish_change
from tests.support.offered_choices import offering
from tests.support.pages import Page
from tests.support.site import Site, Visitor, new_site

TOLD = {"uiteenzetting": STORY, "onderwerp": "Bel niet beantwoord", "anoniem": "ja", "acuut_gevaar": "nee"}
CALL = "/medewerker/de-linde/beukenhof/registreren/telefoon"


@pytest.fixture
def site() -> Site:
    runtime = new_runtime()
    publish_change(runtime, offering, "2026-01-16 10:00")
    return new_site(runtime=runtime)


def _told(visitor: Visitor, field: str, value: str) -> None:
    sent = visitor.send(f"{CALL}/vraag/{field}", **{f"v_{field}": value, "verder": "verder"})
    assert sent.status_code == 303, sent.text


def _choices(page: Page) -> list[str]:
    return [one.attributes["value"] for one in page.all("input", name="v_wat_mis")]


def test_a_question_has_the_choices_that_go_with_what_was_told(site: Site) -> None:
    ria = site.staff()
    for field, value in TOLD.items():
        _told(ria, field, value)
    _told(ria, "soort_dienst", "zorg")
    assert _choices(ria.page(f"{CALL}/vraag/wat_mis")) == ["pijn", "anders"]
    refused = ria.send(f"{CALL}/vraag/wat_mis", v_wat_mis="koud", verder="verder")
    assert refused.status_code == 422
    assert "\u201cHet was koud\u201d kan niet bij de andere antwoorden." in refused.text
