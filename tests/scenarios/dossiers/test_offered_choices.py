"""In a dossier a choice that goes with another answer is made again when that one changes, and what stood stays."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.services.access.authorisation import Operator
from gehoor.services.dossiers.repinning import Repinning, repin
from gehoor.services.dossiers.viewing import look
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, new_runtime, open_by_web, publish_change
from tests.support.offered_choices import offering
from tests.support.site import Site, new_site

WHEN, LATER = "2026-05-13 09:00", "2026-05-14 09:00"


@pytest.fixture
def runtime() -> Runtime:
    runtime = de_linde()
    publish_change(runtime, offering, "2026-05-01 09:00")
    return runtime


def _cold(runtime: Runtime, **answers: Any) -> str:
    return open_by_web(runtime, WHEN, soort_dienst="keuken", wat_mis="koud", **answers).dossier


def _refused(runtime: Runtime, dossier: str, **answers: Any) -> list[tuple[str, str]]:
    with pytest.raises(RefusedError) as error:
        fill(runtime, dossier, LATER, **answers)
    return [(one.field, one.code) for one in error.value.objections]


def _kept(runtime: Runtime, dossier: str, name: str) -> Any:
    return look(runtime, dossier, at(LATER)).dossier.values.get(name)


def test_another_answer_asks_the_choice_again_and_keeps_nothing_by_halves(runtime: Runtime) -> None:
    dossier = _cold(runtime)
    assert _refused(runtime, dossier, soort_dienst="zorg") == [("wat_mis", "not-offered")]
    assert _kept(runtime, dossier, "soort_dienst") == "keuken"
    fill(runtime, dossier, LATER, soort_dienst="zorg", wat_mis="pijn")
    assert _kept(runtime, dossier, "wat_mis") == "pijn"


def test_the_choice_may_be_emptied_instead(runtime: Runtime) -> None:
    dossier = _cold(runtime)
    fill(runtime, dossier, LATER, soort_dienst="zorg", wat_mis="")
    assert _kept(runtime, dossier, "wat_mis") is None


def _only_in_the_laundry(document: dict[str, Any]) -> None:
    offering(document)
    for form in ("dossier", "melden"):
        document["forms"][form]["properties"]["wat_mis"]["oneOf"][2]["if"] = {"soort_dienst": "was"}


def test_what_was_chosen_when_it_could_be_stays_and_is_not_chosen_anew(runtime: Runtime) -> None:
    dossier = open_by_web(runtime, WHEN, soort_dienst="keuken", wat_mis="anders").dossier
    other = publish_change(runtime, _only_in_the_laundry, "2026-05-13 12:00").agreement
    repin(runtime, Repinning(dossier, other, "Zo werken wij nu.", Operator("els")), at("2026-05-13 13:00"))
    fill(runtime, dossier, LATER, gerecht="vis")
    assert _kept(runtime, dossier, "wat_mis") == "anders"
    fill(runtime, dossier, LATER, wat_mis="koud")
    assert _refused(runtime, dossier, wat_mis="anders") == [("wat_mis", "not-offered")]


def test_who_cannot_change_the_choice_is_not_kept_from_another_answer(runtime: Runtime) -> None:
    def fixed(document: dict[str, Any]) -> None:
        offering(document)
        document["forms"]["dossier"]["properties"]["wat_mis"]["fixed-after"] = "ontvangst"

    publish_change(runtime, fixed, "2026-05-13 08:00")
    dossier = _cold(runtime)
    fill(runtime, dossier, LATER, soort_dienst="zorg")
    assert _kept(runtime, dossier, "wat_mis") == "koud"


@pytest.fixture
def site() -> Site:
    runtime = new_runtime()
    publish_change(runtime, offering, "2026-01-16 10:00")
    return new_site(runtime=runtime)


def test_the_page_of_the_dossier_sends_back_what_it_refuses(site: Site) -> None:
    staff = site.staff("ria", "kwaliteitscoordinator")
    dossier = open_by_web(site.runtime, "2026-05-12 09:00", soort_dienst="keuken", wat_mis="koud").dossier
    path = f"/medewerker/dossiers/{dossier}"
    page = staff.page(path)
    [cold] = page.all("input", name="v_wat_mis", value="koud")
    assert cold.parent is not None
    assert "data-offer-when" in cold.parent.attributes
    refused = staff.resend(path, page, v_soort_dienst="zorg")
    assert refused.status_code == 422
    assert "\u201cHet was koud\u201d kan niet bij de andere antwoorden." in refused.text


def test_the_page_keeps_what_was_chosen_when_it_could_be(site: Site) -> None:
    staff = site.staff("ria", "kwaliteitscoordinator")
    answers = {"soort_dienst": "keuken", "wat_mis": "anders"}
    dossier = open_by_web(site.runtime, "2026-01-16 11:00", **answers).dossier
    other = publish_change(site.runtime, _only_in_the_laundry, "2026-01-16 12:00").agreement
    repin(
        site.runtime, Repinning(dossier, other, "Zo werken wij nu.", Operator("els")), at("2026-01-16 13:00")
    )
    path = f"/medewerker/dossiers/{dossier}"
    page = staff.page(path)
    [kept] = page.all("input", name="v_wat_mis", value="anders")
    assert kept.parent is not None
    assert "data-offer-when" not in kept.parent.attributes
    assert staff.resend(path, page, v_gerecht="vis").status_code == 303
    assert _kept(site.runtime, dossier, "wat_mis") == "anders"


def test_the_desk_refuses_it_too(site: Site) -> None:
    staff = site.staff("ria", "kwaliteitscoordinator")
    path = "/medewerker/de-linde/beukenhof/registreren"
    refused = staff.resend(path, staff.page(path), v_soort_dienst="zorg", v_wat_mis="koud")
    assert refused.status_code == 422
    assert "kan niet bij de andere antwoorden" in refused.text
