"""What staff type in a message, a contact moment or a note is there again when they come back, until it is sent."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.services.jobs.sweep import sweep
from gehoor.services.register.register import reading
from tests.support.clock import at
from tests.support.de_linde import open_by_web
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor, new_site

NOW = "2026-05-13 14:02"
PARTS = {
    "bericht": ("berichten", {"bericht": "Beste melder, wij"}),
    "notitie": ("notities", {"notitie": "Bel de leiding nog", "vastzetten": "ja"}),
    "contact-tekst": (
        "contacten",
        {"contact-wie": "Mia", "contact-tekst": "Zij belde", "contact-kant": "zij"},
    ),
}
"""By the field that holds most of it: where it is sent to, and what is typed."""


@pytest.fixture
def site() -> Site:
    return new_site(NOW)


@pytest.fixture
def dossier(site: Site) -> str:
    return open_by_web(site.runtime, NOW).dossier


def coordinator(site: Site, name: str = "ria") -> Visitor:
    return site.staff(name, "kwaliteitscoordinator")


def room(dossier: str) -> str:
    return f"/medewerker/dossiers/{dossier}/berichten"


def form_to(page: Page, address: str) -> dict[str, str]:
    (form,) = [one for one in page.all("form") if one.attributes.get("action", "").endswith(address)]
    return dict(page.form_data(form))


def typing(visitor: Visitor, dossier: str, part: str, **other: str) -> Any:
    """Send what the script of the page sends while somebody types; returns what it is told."""
    address, typed = PARTS[part]
    there = f"/medewerker/dossiers/{dossier}/{address}"
    answer = visitor.post(
        f"{there}/onbewaard", {**form_to(visitor.page(room(dossier)), f"/{address}"), **typed, **other}
    )
    assert answer.status_code == 200
    return answer.get_json()


@pytest.mark.parametrize("part", PARTS)
class TestWhatWasTyped:
    def test_is_there_again(self, site: Site, dossier: str, part: str) -> None:
        ria = coordinator(site)
        told = typing(ria, dossier, part)
        page = ria.page(room(dossier))
        assert told == {"kept": "Bijgehouden om 14:02. Nog niet bewaard.", "others": []}
        assert form_to(page, f"/{PARTS[part][0]}").items() >= PARTS[part][1].items()
        assert page.by_id(part).inside("details")
        assert "nog niet bewaarde" in page.text
        assert page_faults(page) == []

    def test_is_seen_by_nobody_else(self, site: Site, dossier: str, part: str) -> None:
        typing(coordinator(site), dossier, part)
        assert coordinator(site, "els").page(room(dossier)).value(part) == ""

    def test_is_forgotten_once_it_is_sent(self, site: Site, dossier: str, part: str) -> None:
        ria = coordinator(site)
        typing(ria, dossier, part)
        address, typed = PARTS[part]
        sent = {**form_to(ria.page(room(dossier)), f"/{address}"), **typed, "contact-hoe": "phone"}
        assert ria.post(f"/medewerker/dossiers/{dossier}/{address}", sent).status_code == 303
        assert ria.page(room(dossier)).value(part) == ""

    def test_stays_where_another_part_is_sent(self, site: Site, dossier: str, part: str) -> None:
        ria = coordinator(site)
        typing(ria, dossier, part)
        other = "notitie" if part == "bericht" else "bericht"
        address, typed = PARTS[other]
        sent = {**form_to(ria.page(room(dossier)), f"/{address}"), **typed}
        assert ria.post(f"/medewerker/dossiers/{dossier}/{address}", sent).status_code == 303
        assert ria.page(room(dossier)).value(part) == PARTS[part][1][part]

    def test_can_be_thrown_away(self, site: Site, dossier: str, part: str) -> None:
        ria = coordinator(site)
        typing(ria, dossier, part)
        away = f"/{PARTS[part][0]}/onbewaard/weg"
        sent = form_to(ria.page(room(dossier)), away)
        assert ria.post(f"/medewerker/dossiers/{dossier}{away}", sent).status_code == 303
        assert ria.page(room(dossier)).value(part) == ""

    def test_is_nothing_once_it_was_emptied_again(self, site: Site, dossier: str, part: str) -> None:
        ria = coordinator(site)
        typing(ria, dossier, part)
        typing(ria, dossier, part, **dict.fromkeys(PARTS[part][1], ""))
        assert "nog niet bewaarde" not in ria.page(room(dossier)).text

    def test_is_erased_after_a_month(self, site: Site, dossier: str, part: str) -> None:
        typing(coordinator(site), dossier, part)
        sweep(site.runtime, at("2026-06-12 14:02"))
        with reading(site.runtime.store) as register:
            assert register.tables.count("unsaved") == 0
