"""The columns of a work list, and what it is narrowed by: as departments agreed, and who looks may see."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.services.jobs.sweep import sweep
from gehoor.services.search.worklist import work_list
from gehoor.services.search.worklist_filters import Standing, Wish
from tests.scenarios.search.test_worklists import NOW, account, house, told
from tests.support.clock import at
from tests.support.de_linde import publish_change
from tests.support.pages import Page, page_faults
from tests.support.site import new_site

USUAL = ["Nummer", "Onderwerp", "Termijn", "Status", "Fase", "Behandelaar"]


def agreed(columns: list[str] | str, filters: list[str] | None = None, keeping: str = "") -> Page:
    """Return the work list of somebody in a department that agreed on it; ``keeping``: who alone sees the severity."""

    def change(document: dict[str, Any]) -> None:
        document["work-list"] = {"columns": columns} | ({"filters": filters} if filters is not None else {})
        if keeping:
            document["forms"]["dossier"]["properties"]["ernst"]["seen-by"] = [keeping]

    runtime = house()
    publish_change(runtime, change, "2026-05-12 09:00")
    told(runtime, "2026-05-13")
    site = new_site("2026-05-13 12:00", runtime)
    return site.staff("nadia", "onthaal").page("/medewerker/")


def heads(page: Page) -> list[str]:
    return [one.text for one in page.all("th", scope="col")]


def test_without_a_word_the_columns_are_the_usual_ones() -> None:
    runtime = house()
    told(runtime, "2026-05-13")
    page = new_site("2026-05-13 12:00", runtime).staff("nadia", "onthaal").page("/medewerker/")
    assert heads(page) == USUAL


def test_the_columns_are_those_that_were_agreed_in_their_order() -> None:
    page = agreed(["responsible", "message-kind", "received-on", "carrier", "changed", "term"])
    assert heads(page)[2:] == [
        "Verantwoordelijke", "Soort", "Ontvangen", "Hoe het binnenkwam", "Laatst gewijzigd", "Termijn",
    ]  # fmt: skip
    cells = [one.text for one in page.all("td") if "agreed" in one.attributes.get("class", "")]
    assert cells == [
        "Verantwoordelijke: Teamverantwoordelijke", "Soort: Klacht", "Ontvangen: wo 13 mei 2026",
        "Hoe het binnenkwam: Brief", "Laatst gewijzigd: wo 13 mei 2026",
    ]  # fmt: skip
    assert page_faults(page) == []


def test_one_column_needs_no_list() -> None:
    assert heads(agreed("responsible"))[2:] == ["Verantwoordelijke"]


def test_an_answer_that_somebody_may_not_see_is_no_column() -> None:
    assert "Ernst" in heads(agreed(["severity", "term"]))
    assert "Ernst" not in heads(agreed(["severity", "term"], keeping="kwaliteitscoordinator"))


def test_only_what_was_agreed_narrows_a_list() -> None:
    page = agreed(["term"], ["responsible", "phase"])
    names = [one.attributes["name"] for one in page.all("select")]
    assert [name for name in names if name not in ("sorteer", "aan")] == ["fase", "rol"]


def test_a_list_is_narrowed_by_the_role_that_is_responsible_for_the_next_term() -> None:
    runtime = house()
    number = told(runtime, "2026-05-13")
    everything = work_list(runtime, account(runtime, "els"), NOW)
    role = everything.lines[0].summary.responsible
    assert everything.lines[0].told["responsible"] == everything.offered.roles[role]

    def numbers(responsible: str) -> list[str]:
        listed = work_list(runtime, account(runtime, "els"), NOW, Wish(responsible=responsible))
        return [line.summary.number for line in listed.lines]

    assert numbers(role) == [number]
    assert numbers("voorzitter") == []


@pytest.mark.parametrize(
    ("now", "late"), [("2026-05-18 23:59", 0), ("2026-05-19 00:00", 1), ("2026-05-20 09:00", 0)]
)
def test_what_is_late_since_today_is_late_since_this_day_began(now: str, late: int) -> None:
    """A registration that is due on Monday 18 May is late from the Tuesday on."""
    runtime = house()
    told(runtime, "2026-05-13")
    sweep(runtime, at(now))
    listed = work_list(runtime, account(runtime, "els"), at(now), Wish(standing=Standing.LATE_TODAY))
    assert listed.total == late


def test_both_stand_in_the_address_and_can_be_taken_away() -> None:
    runtime = house()
    told(runtime, "2026-05-13")
    site = new_site("2026-05-19 09:00", runtime)
    page = site.staff("nadia", "onthaal").page("/medewerker/?rol=teamverantwoordelijke&stand=sinds-vandaag")
    chips = [one.text for one in page.all("a") if "chip" in one.attributes.get("class", "")]
    assert chips == [
        "verantwoordelijke: Teamverantwoordelijke (haal weg)",
        "sinds vandaag te laat (haal weg)",
    ]
    assert len(page.all("th", scope="row")) == 1
