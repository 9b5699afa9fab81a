"""How often a message came to be called something else, by whom and why: for who may know of those dossiers."""

from __future__ import annotations

from typing import Any

from gehoor.services.ports.records import Account
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.called_otherwise import CalledOtherwise, called_otherwise
from tests.support.clock import at
from tests.support.de_linde import agreement, de_linde, fill, open_by_web, publish_change, staff
from tests.support.pages import page_faults
from tests.support.site import new_site

NOW = "2026-05-20 09:00"


def asking_why(document: dict[str, Any]) -> None:
    document["forms"]["dossier"]["properties"]["type_bericht"]["reason-on-change"] = True


def three(runtime: Runtime) -> list[str]:
    """Three complaints, of which one turned out to be a remark."""
    publish_change(runtime, asking_why, "2026-05-01 09:00")
    staff(runtime, "els", "kwaliteitscoordinator")
    dossiers = [open_by_web(runtime, f"2026-05-12 1{hour}:00").dossier for hour in range(3)]
    why = "Zij wil geen antwoord."
    fill(runtime, dossiers[1], "2026-05-13 09:00", actor="els", reason=why, type_bericht="opmerking")
    return dossiers


def found(runtime: Runtime, name: str = "els") -> CalledOtherwise:
    with reading(runtime.store) as register:
        account = register.account(name)
    assert isinstance(account, Account)
    return called_otherwise(runtime, agreement(), account, at(NOW))


def test_it_is_counted_what_was_called_what_by_whom_and_why() -> None:
    runtime = de_linde()
    dossiers = three(runtime)
    seen = found(runtime)
    assert (seen.messages, seen.changed, seen.figures) == (3, 1, (("Klacht", "Opmerking", 1),))
    (last,) = seen.latest
    assert (last.dossier, last.was, last.is_now, last.why) == (
        dossiers[1],
        "Klacht",
        "Opmerking",
        "Zij wil geen antwoord.",
    )


def test_what_does_not_exist_for_somebody_is_not_counted_for_them() -> None:
    runtime = de_linde()
    dossiers = three(runtime)
    staff(runtime, "tom", "kwaliteitscoordinator")
    fill(
        runtime,
        dossiers[0],
        "2026-05-14 09:00",
        actor="els",
        voorwerp="persoon",
        aangeklaagde_medewerkers=["tom"],
    )
    assert (found(runtime, "els").messages, found(runtime, "tom").messages) == (3, 2)


def test_staff_read_it_with_the_agreement() -> None:
    site = new_site(NOW)
    three(site.runtime)
    els = site.staff("els", "kwaliteitscoordinator")
    home = "/medewerker/de-linde/beukenhof/afspraken"
    assert "Tel het in alle dossiers die u ziet" in els.page(home).text
    page = els.page(f"{home}?genoemd=ja")
    assert page_faults(page) == []
    assert "Van 3 berichten die u hier ziet, is bij 1 de soort gewijzigd." in page.text
    assert "Zij wil geen antwoord." in page.text
