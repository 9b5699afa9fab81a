"""A task that nobody has yet waits for who has the role that is responsible for its term."""

from __future__ import annotations

from gehoor.services.register.runtime import Runtime
from gehoor.services.search.unclaimed import UnclaimedTask, count_unclaimed, unclaimed_of
from tests.support.clock import at
from tests.support.de_linde import fill
from tests.support.pages import page_faults
from tests.support.site import Site, new_site
from tests.support.tasks import DO, account, house, measure, with_measures

WHEN = "2026-05-21 09:00"


def waiting(runtime: Runtime, name: str) -> list[UnclaimedTask]:
    return unclaimed_of(runtime, account(runtime, name, WHEN), at(WHEN))


def test_a_row_without_a_name_waits_for_the_role_of_its_term() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure())
    (one,) = waiting(runtime, "koen")
    assert (one.summary.id, one.state.task.id, one.asked_at) == (
        dossier, DO, "herstelmaatregelen-0-verantwoordelijke",
    )  # fmt: skip


def test_what_somebody_has_waits_for_nobody_else() -> None:
    runtime = house()
    with_measures(runtime, measure("kaat"))
    assert waiting(runtime, "koen") == []


def test_who_has_another_role_is_not_asked() -> None:
    runtime = house()
    with_measures(runtime, measure())
    assert [waiting(runtime, name) for name in ("els", "sara", "kaat", "eric")] == [[], [], [], []]


def test_it_counts_without_opening_a_dossier() -> None:
    runtime = house()
    with_measures(runtime, measure(), measure("kobe"))
    assert count_unclaimed(runtime, account(runtime, "koen", WHEN), at(WHEN)) == 1


def test_it_is_over_once_somebody_is_named() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure())
    fill(runtime, dossier, "2026-05-20 12:00", actor="els", herstelmaatregelen=[measure("kobe")])
    assert waiting(runtime, "koen") == []


def test_the_page_and_its_number_say_so() -> None:
    site: Site = new_site(WHEN, house())
    dossier = with_measures(site.runtime, measure())
    page = site.staff("tim", "teamverantwoordelijke").page("/medewerker/taken/")
    assert "Mijn taken 1 te doen" in " ".join(page.one("header").text.split())
    assert "Voor uw rol, en nog van niemand" in page.text
    there = f"/medewerker/dossiers/{dossier}#v_herstelmaatregelen-0-verantwoordelijke"
    assert there in [one.attributes.get("href") for one in page.all("a")]
    assert page_faults(page) == []


def test_the_work_list_leads_to_the_phase_in_which_a_term_is_done() -> None:
    site: Site = new_site(WHEN, house())
    dossier = with_measures(site.runtime, measure("kaat"))
    page = site.staff("tim", "teamverantwoordelijke").page("/medewerker/")
    (link,) = [one for one in page.all("a") if "#fase-" in one.attributes.get("href", "")]
    assert link.attributes["href"] == f"/medewerker/dossiers/{dossier}#fase-ontvangst"
    assert link.text.startswith("Ontvangstmelding")
    assert page_faults(page) == []
