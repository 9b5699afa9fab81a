"""That all of an organisation left the register is seen by whoever manages its accounts, and by nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gehoor.bootstrap.exchange.exit_kit.writing import write_exit_kit
from gehoor.services.access.authorisation import Operator
from gehoor.services.records.within import everywhere
from tests.support.damage import damaged
from tests.support.de_linde import open_by_phone, publish_change
from tests.support.site import Site, new_site

PAGE = "/medewerker/uitvoer/"


def may_export(document: dict[str, Any]) -> None:
    document["rights"]["export-dossiers"] = ["kwaliteitscoordinator", "teamverantwoordelijke"]
    document["rights"]["see-figures"] = ["kwaliteitscoordinator", "teamverantwoordelijke"]
    document["rights"]["manage-accounts"] = ["kwaliteitscoordinator"]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = new_site()
    with everywhere():
        for department in ("beukenhof", "eikenrode"):
            publish_change(site.runtime, may_export, "2026-02-02 10:00", department)
        open_by_phone(site.runtime, "2026-05-12 13:00")
        by = Operator.on_behalf_of("Jan <b>Peeters</b>")
        write_exit_kit(site.runtime, "de-linde", tmp_path / "kit", by, site.clock())
    return site


def page(site: Site, name: str, role: str) -> str:
    answer = site.staff(name, role).get(PAGE)
    assert answer.status_code == 200
    return str(answer.text)


def test_who_manages_every_account_sees_when_all_of_it_was_taken_out_and_by_whom(site: Site) -> None:
    shown = page(site, "els", "de-linde/*:kwaliteitscoordinator")
    assert "Alles van Woonzorggroep De Linde" in shown
    assert "wie de server beheert (Jan &lt;b&gt;Peeters&lt;/b&gt;)" in shown
    assert "1 dossier<" in shown


def test_who_does_not_manage_them_does_not(site: Site) -> None:
    assert "Alles van" not in page(site, "koen", "teamverantwoordelijke")


def test_a_kit_is_made_although_what_is_known_of_others_is_damaged(site: Site, tmp_path: Path) -> None:
    damaged(site.runtime, "settings", "exports/de-linde")
    with everywhere():
        write_exit_kit(site.runtime, "de-linde", tmp_path / "another", Operator("Mia"), site.clock())
    shown = page(site, "els", "de-linde/*:kwaliteitscoordinator")
    assert "Mia" in shown
    assert "Wanneer dat eerder gebeurde, is beschadigd" in shown


def test_nobody_reads_that_it_never_happened_where_that_cannot_be_read(site: Site) -> None:
    damaged(site.runtime, "settings", "exports/de-linde")
    shown = page(site, "els", "de-linde/*:kwaliteitscoordinator")
    assert "Dat is nog nooit gebeurd" not in shown
