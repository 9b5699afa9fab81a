"""A merged dossier is kept as long as the one in which it goes on is open: who told it may still have to hear of it."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.services.register.runtime import Runtime
from gehoor.services.relations.merging import MergeWanted, merge, told_of_merged
from gehoor.services.relations.sending_on import SendWanted, send_to_department
from gehoor.services.retention.approval import NotDueError, approve, listed
from gehoor.services.retention.survey import survey
from tests.support.belonging import NOW, belonging, house, ready, seen, told
from tests.support.clock import at
from tests.support.de_linde import fill, publish_change
from tests.support.retention import keeping

LATER = at("2032-01-05 09:00")


def kept_long(document: dict[str, Any]) -> None:
    belonging(document)
    keeping(document)


def merged() -> tuple[Runtime, str, str]:
    """A main dossier, and one that was merged into it, years ago."""
    runtime = house()
    publish_change(runtime, kept_long, "2026-03-01 09:00")
    main = told(runtime, "2026-05-04 10:00").dossier
    double = told(
        runtime, "2026-05-05 08:00", klager_email="jan@voorbeeld.be", klager_naam="Jan Claes"
    ).dossier
    for one in (main, double):
        ready(runtime, one)
    fill(runtime, main, "2026-05-05 10:00", registratiedatum="2026-05-05")
    number = seen(runtime, main).dossier.number
    merge(runtime, MergeWanted(double, number, "Over dezelfde bel.", False, "els"), at(NOW))
    return runtime, main, double


def test_it_is_not_anonymised_before_the_other_is_closed() -> None:
    runtime, main, double = merged()
    survey(runtime, LATER)
    (record,) = listed(runtime, "els", LATER).waiting
    assert (record.dossier, record.goes_on, record.related) == (double, True, True)
    with pytest.raises(NotDueError):
        approve(runtime, [double], "els", LATER)
    told_of_merged(runtime, main, double, "Brief van 12 mei.", "els", at("2026-05-07 09:00"))
    fill(
        runtime, main, "2026-05-07 11:00", afgesloten_op="2026-05-07", afsluitreden="doorverwezen",
        geen_antwoord_reden="andere", reason="Doorverwezen.",
    )  # fmt: skip
    survey(runtime, LATER)
    assert [one.goes_on for one in listed(runtime, "els", LATER).waiting] == [False, False]
    approve(runtime, [double], "els", LATER)


def sent_on() -> tuple[Runtime, str, str]:
    """A dossier that went on in another department, years ago."""
    runtime = house()
    for department in ("beukenhof", "eikenrode"):
        publish_change(runtime, kept_long, "2026-03-01 09:00", department)
    dossier = told(runtime, "2026-05-04 10:00").dossier
    ready(runtime, dossier)
    after = send_to_department(runtime, SendWanted(dossier, "eikenrode", "Het gebeurde daar.", "an"), at(NOW))
    return runtime, dossier, after.relations.goes_on_in


def test_one_that_was_sent_on_stays_as_long_as_where_it_went_is_open() -> None:
    """The follow-up code of both is the one of the first."""
    runtime, dossier, _ = sent_on()
    survey(runtime, LATER)
    (record,) = listed(runtime, "els", LATER).waiting
    assert (record.dossier, record.goes_on) == (dossier, True)
    with pytest.raises(NotDueError):
        approve(runtime, [dossier], "els", LATER)


def test_also_where_that_went_on_once_more() -> None:
    runtime, dossier, there = sent_on()
    fill(runtime, there, "2026-05-06 10:00", actor="els", onderwerp="De bel", acuut_gevaar="nee")
    back = SendWanted(there, "beukenhof", "Toch hier.", "els")
    send_to_department(runtime, back, at("2026-05-06 11:00"))
    survey(runtime, LATER)
    assert {one.dossier: one.goes_on for one in listed(runtime, "els", LATER).waiting} == {
        dossier: True,
        there: True,
    }
