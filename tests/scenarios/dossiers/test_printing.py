"""A dossier on paper: everything that whoever prints it may see, as one document."""

from __future__ import annotations

from typing import Any

from tests.support.de_linde import investigated, publish_change, registered
from tests.support.pages import page_faults
from tests.support.site import new_site

NOW = "2026-05-29 09:00"


def test_a_dossier_is_printed_with_its_answers_terms_and_all_that_happened() -> None:
    site = new_site(NOW)
    dossier = investigated(site.runtime, "gegrond")
    page = site.staff().page(f"/medewerker/dossiers/{dossier}/afdruk")
    for words in (
        "BEU-2026-0001",
        "Twee van de vijf medewerkers waren ziek.",
        "Gegrond",
        "Dossier geopend",
        "Termijnen",
    ):
        assert words in page.text
    assert page_faults(page) == []


def test_what_someone_may_not_see_is_not_on_their_paper() -> None:
    def change(document: dict[str, Any]) -> None:
        fields = document["forms"]["dossier"]["properties"]
        fields["omstandigheden"]["seen-by"] = ["kwaliteitscoordinator"]

    site = new_site(NOW)
    publish_change(site.runtime, change, "2026-05-01 09:00")
    coordinator = site.staff("ria", "kwaliteitscoordinator")
    path = f"/medewerker/dossiers/{investigated(site.runtime, 'gegrond')}/afdruk"
    assert "Twee van de vijf medewerkers" in coordinator.page(path).text
    assert "Twee van de vijf medewerkers" not in site.staff("jan", "onthaal").page(path).text


def test_someone_of_another_department_prints_nothing() -> None:
    site = new_site(NOW)
    path = f"/medewerker/dossiers/{registered(site.runtime)}/afdruk"
    assert site.staff("jan", "de-linde/eikenrode:onthaal").get(path).status_code == 404
