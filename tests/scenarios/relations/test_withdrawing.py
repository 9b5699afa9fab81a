"""Whoever told something withdraws it with the follow-up code: what that fills in was agreed in a file."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.services.access.authorisation import OUTSIDE
from gehoor.services.intake.status_page import follow
from gehoor.services.intake.withdrawing import withdraw
from gehoor.services.register.register import UnknownDossierError
from gehoor.services.register.runtime import Runtime
from tests.support.belonging import NOW, belonging, house, ready, seen, told
from tests.support.clock import at
from tests.support.de_linde import fill, publish_change


def here(runtime: Runtime) -> str:
    return told(runtime, "2026-05-04 10:00").dossier


def test_it_says_when_and_why_by_whoever_told_it() -> None:
    runtime = house()
    dossier = here(runtime)
    withdraw(runtime, dossier, " Het is opgelost. ", at(NOW))
    opened = seen(runtime, dossier)
    assert opened.dossier.values["ingetrokken_op"] == "2026-05-06"
    assert opened.dossier.values["ingetrokken_waarom"] == "Het is opgelost."
    assert opened.events[-1].actor == OUTSIDE
    assert not opened.decision.closed


def test_without_a_reason_it_goes_too() -> None:
    runtime = house()
    dossier = here(runtime)
    withdraw(runtime, dossier, "", at(NOW))
    assert "ingetrokken_waarom" not in seen(runtime, dossier).dossier.values


def test_twice_is_once() -> None:
    runtime = house()
    dossier = here(runtime)
    for reason in ("Opgelost.", "Nog eens."):
        withdraw(runtime, dossier, reason, at(NOW))
    assert seen(runtime, dossier).dossier.values["ingetrokken_waarom"] == "Opgelost."


def test_the_page_offers_it_and_says_so_afterwards() -> None:
    runtime = house()
    dossier = here(runtime)
    page = follow(runtime, dossier, at(NOW))
    assert page.withdrawing is not None
    assert not page.withdrawn
    withdraw(runtime, dossier, "", at(NOW))
    assert follow(runtime, dossier, at(NOW)).withdrawn


def test_staff_who_write_it_down_withdraw_it_just_so() -> None:
    runtime = house()
    dossier = here(runtime)
    fill(
        runtime,
        dossier,
        "2026-05-06 08:00",
        ingetrokken_op="2026-05-06",
        ingetrokken_waarom="Belde dat het in orde is.",
    )
    assert follow(runtime, dossier, at(NOW)).withdrawn


def test_where_nothing_was_agreed_nobody_withdraws() -> None:
    runtime = house()

    def without(document: dict[str, Any]) -> None:
        belonging(document)
        del document["withdraw"]

    publish_change(runtime, without, "2026-03-01 09:00")
    dossier = here(runtime)
    assert follow(runtime, dossier, at(NOW)).withdrawing is None
    with pytest.raises(UnknownDossierError):
        withdraw(runtime, dossier, "", at(NOW))


def closing(document: dict[str, Any]) -> None:
    belonging(document)
    document["withdraw"]["fill"] |= {
        "afgesloten_op": "today",
        "afsluitreden": "ingetrokken",
        "geen_antwoord_reden": "ingetrokken",
    }


def test_where_it_closes_a_dossier_what_still_stands_before_that_is_left_to_staff() -> None:
    runtime = house()
    publish_change(runtime, closing, "2026-03-01 09:00")
    asks = here(runtime)
    withdraw(runtime, asks, "", at(NOW))
    opened = seen(runtime, asks)
    assert opened.dossier.values["afsluitreden"] == "ingetrokken"
    assert not opened.decision.closed


def test_a_closed_one_is_not_withdrawn() -> None:
    runtime = house()
    dossier = here(runtime)
    ready(runtime, dossier)
    fill(runtime, dossier, "2026-05-05 10:00", registratiedatum="2026-05-05")
    fill(
        runtime, dossier, "2026-05-05 11:00", afgesloten_op="2026-05-05", afsluitreden="doorverwezen",
        geen_antwoord_reden="andere", reason="Bij vergissing geopend.",
    )  # fmt: skip
    assert follow(runtime, dossier, at(NOW)).withdrawing is None
    with pytest.raises(UnknownDossierError):
        withdraw(runtime, dossier, "", at(NOW))
