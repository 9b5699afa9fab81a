"""Whoever told something withdraws it with the follow-up code: what that fills in was agreed in a file."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.services.access.authorisation import OUTSIDE
from gehoor.services.correspondence.conversation import write_to_us
from gehoor.services.correspondence.texts import TextRefusedError
from gehoor.services.intake.status_page import follow
from gehoor.services.intake.withdrawing import withdraw
from gehoor.services.register.runtime import Runtime
from gehoor.services.relations.merging import MergeWanted, merge
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


def said(runtime: Runtime, dossier: str) -> list[str]:
    return [one.text for one in seen(runtime, dossier).dossier.conversation]


def test_what_is_said_after_it_was_withdrawn_is_a_message() -> None:
    """Staff wrote down that it was, a moment before; or it stood open in a second tab."""
    runtime = house()
    dossier = here(runtime)
    fill(runtime, dossier, "2026-05-06 08:00", ingetrokken_op="2026-05-06", ingetrokken_waarom="Belde ons.")
    for _ in range(2):
        withdraw(runtime, dossier, "Omdat ik bedreigd word.", at(NOW))
    assert seen(runtime, dossier).dossier.values["ingetrokken_waarom"] == "Belde ons."
    assert said(runtime, dossier) == ["Omdat ik bedreigd word."]


def test_the_end_of_a_long_reason_is_kept_too() -> None:
    """Where it does not fit, all of it is a message as well. Line ends count once, as on the page."""
    runtime = house()
    dossier = here(runtime)
    assert follow(runtime, dossier, at(NOW)).longest_reason == 300
    withdraw(runtime, dossier, "Het is opgelost. " * 20 + "En mijn kind wordt geslagen.", at(NOW))
    assert len(seen(runtime, dossier).dossier.values["ingetrokken_waarom"]) == 300
    assert said(runtime, dossier)[0].endswith("En mijn kind wordt geslagen.")


def test_a_reason_is_read_as_an_answer_is() -> None:
    runtime = house()

    def long_text(document: dict[str, Any]) -> None:
        belonging(document)
        document["forms"]["dossier"]["properties"]["ingetrokken_waarom"]["widget"] = "long-text"

    publish_change(runtime, long_text, "2026-03-01 09:00")
    dossier = here(runtime)
    lines = "\r\n".join(["Regel."] * 42)
    assert len(lines) > 300
    withdraw(runtime, dossier, lines, at(NOW))
    assert seen(runtime, dossier).dossier.values["ingetrokken_waarom"] == lines.replace("\r\n", "\n")
    assert said(runtime, dossier) == []


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
    with pytest.raises(TextRefusedError, match="over"):
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
    with pytest.raises(TextRefusedError, match="over"):
        withdraw(runtime, dossier, "", at(NOW))


def in_one_without_a_code(runtime: Runtime) -> tuple[str, str]:
    """A dossier with a code goes on in one of the same person that has none: both."""

    def without_code(document: dict[str, Any]) -> None:
        belonging(document)
        document["anonymous"]["follow-up-code"] = False

    publish_change(runtime, without_code, "2026-03-01 09:00")
    main = told(runtime, "2026-05-04 10:00")
    publish_change(runtime, belonging, "2026-05-04 11:00")
    double = told(runtime, "2026-05-05 08:00").dossier
    ready(runtime, double)
    merge(runtime, MergeWanted(double, main.number, "Hetzelfde.", True, "els"), at(NOW))
    return double, main.dossier


def test_what_is_said_is_kept_where_the_dossier_goes_on_in_one_without_a_code() -> None:
    runtime = house()
    double, main = in_one_without_a_code(runtime)
    withdraw(runtime, double, "Het is opgelost. " * 20 + "En mijn kind wordt geslagen.", at(NOW))
    withdraw(runtime, double, "En ik word bedreigd.", at(NOW))
    assert "ingetrokken_op" in seen(runtime, main).dossier.values
    assert [one[-21:] for one in said(runtime, double)] == [
        "mijn kind wordt geslagen."[-21:],
        "En ik word bedreigd.",
    ]


def test_where_no_message_can_be_kept_nothing_is_withdrawn() -> None:
    runtime = house()
    dossier = here(runtime)
    for number in range(200):
        write_to_us(runtime, dossier, f"Bericht {number}", f"key-{number}", at(NOW))
    with pytest.raises(TextRefusedError) as refused:
        withdraw(runtime, dossier, "Het is opgelost. " * 20, at(NOW))
    assert refused.value.code == "many"
    assert "ingetrokken_op" not in seen(runtime, dossier).dossier.values
    withdraw(runtime, dossier, "Het is opgelost.", at(NOW))
    assert "ingetrokken_op" in seen(runtime, dossier).dossier.values
