"""Notes and contact moments: what who works on a dossier writes down for each other, and nobody outside reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gehoor.core.dossier.events import EventKind
from gehoor.core.dossier.notes import NOTES, ContactWay
from gehoor.services.access.authorisation import NotAllowedError
from gehoor.services.correspondence.notes import (
    ContactMade,
    ContactRefusedError,
    note_contact,
    pin_note,
    strike_note,
    write_note,
)
from gehoor.services.correspondence.texts import TextRefusedError
from gehoor.services.dossiers.viewing import look
from gehoor.services.register.register import UnknownDossierError, reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.retention.approval import approve
from gehoor.services.retention.carrying_out import carry_out
from tests.support.clock import at
from tests.support.de_linde import de_linde, open_by_phone, open_by_web, publish_change, staff
from tests.support.pages import Page, page_faults
from tests.support.retention import closed_complaint, keeping_de_linde
from tests.support.site import Site, Visitor, new_site

NOW = at("2026-05-13 10:00")
CALL = ContactMade(
    dossier="dossier-1", on=date(2026, 5, 13), whom="Lieve, de dochter", way=ContactWay.PHONE, ours=True,
    reached=True, text="Zij wil vooral weten of de bel het nu doet.", key="call-1", actor="els",
)  # fmt: skip


@pytest.fixture
def runtime() -> Runtime:
    runtime = de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    staff(runtime, "ria", "onthaal")
    open_by_phone(runtime, "2026-05-12 14:00")
    return runtime


def note(runtime: Runtime, text: str = "Bel voor 10 uur.", key: str = "note-1", **more: Any) -> None:
    write_note(runtime, "dossier-1", text, key, NOW, more.pop("actor", "els"), **more)


def test_a_note_is_read_by_who_works_on_the_dossier(runtime: Runtime) -> None:
    note(runtime)
    (read,) = look(runtime, "dossier-1", NOW, "ria").dossier.notes
    assert (read.by, read.text, read.pinned) == ("els", "Bel voor 10 uur.", False)


def test_a_form_that_is_sent_twice_is_one_note(runtime: Runtime) -> None:
    for _ in range(2):
        note(runtime)
    note(runtime, "Nog iets.")
    assert [one.text for one in look(runtime, "dossier-1", NOW).dossier.notes] == [
        "Bel voor 10 uur.",
        "Nog iets.",
    ]


def test_a_note_is_pinned_and_taken_off(runtime: Runtime) -> None:
    note(runtime, pinned=True)
    (read,) = look(runtime, "dossier-1", NOW).dossier.notes
    assert read.pinned
    for _ in range(2):
        pin_note(runtime, "dossier-1", read.sequence, NOW, "ria", pinned=False)
    opened = look(runtime, "dossier-1", NOW)
    assert [one.pinned for one in opened.dossier.notes] == [False]
    assert [one.kind for one in opened.events].count(EventKind.NOTE_PINNED) == 1


@pytest.mark.parametrize(("text", "code"), [("", "empty"), ("  \n ", "empty"), ("x" * 5001, "long")])
def test_a_note_says_something_and_not_too_much(runtime: Runtime, text: str, code: str) -> None:
    with pytest.raises(TextRefusedError) as refused:
        note(runtime, text)
    assert refused.value.code == code


def test_who_was_spoken_to_stands_in_the_dossier(runtime: Runtime) -> None:
    note_contact(runtime, CALL, NOW)
    note_contact(runtime, CALL, NOW)
    (made,) = look(runtime, "dossier-1", NOW, "ria").dossier.contacts
    assert (made.on, made.whom, made.way, made.ours, made.reached) == (
        date(2026, 5, 13), "Lieve, de dochter", "phone", True, True,
    )  # fmt: skip


def test_who_was_not_reached_said_nothing(runtime: Runtime) -> None:
    note_contact(runtime, replace(CALL, reached=False, text=""), NOW)
    (made,) = look(runtime, "dossier-1", NOW).dossier.contacts
    assert (made.reached, made.text) == (False, "")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"whom": " "}, "whom"),
        ({"whom": "x" * 201}, "whom"),
        ({"way": "duif"}, "way"),
        ({"on": None}, "no-day"),
        ({"on": date(2026, 5, 14)}, "later"),
    ],
)
def test_a_contact_moment_says_with_whom_how_and_when(
    runtime: Runtime, change: dict[str, Any], code: str
) -> None:
    with pytest.raises(ContactRefusedError) as refused:
        note_contact(runtime, replace(CALL, **change), NOW)
    assert refused.value.code == code
    assert look(runtime, "dossier-1", NOW).dossier.contacts == ()


def test_of_what_was_said_there_is_something(runtime: Runtime) -> None:
    with pytest.raises(TextRefusedError):
        note_contact(runtime, replace(CALL, text=" "), NOW)


# For whom they are


def kept_for_the_coordinator(document: dict[str, Any]) -> None:
    document["rights"] = {**document.get("rights", {}), "notes": ["kwaliteitscoordinator"]}


def test_notes_can_be_kept_for_some_roles() -> None:
    runtime = de_linde()
    publish_change(runtime, kept_for_the_coordinator, "2026-05-01 09:00")
    staff(runtime, "els", "kwaliteitscoordinator")
    staff(runtime, "ria", "onthaal")
    open_by_phone(runtime, "2026-05-12 14:00")
    note(runtime, "Zij is bang.")
    note_contact(runtime, CALL, NOW)
    opened = look(runtime, "dossier-1", NOW, "ria")
    assert (opened.dossier.notes, opened.dossier.contacts) == ((), ())
    assert [one.kind for one in opened.events if one.kind in NOTES] == []
    with pytest.raises(NotAllowedError):
        note(runtime, "Toch iets.", actor="ria")


def test_who_may_not_fill_in_reads_notes_and_writes_none() -> None:
    runtime = de_linde()

    def reads_only(document: dict[str, Any]) -> None:
        document["rights"] = {**document.get("rights", {}), "fill-in": ["kwaliteitscoordinator"]}

    publish_change(runtime, reads_only, "2026-05-01 09:00")
    staff(runtime, "els", "kwaliteitscoordinator")
    staff(runtime, "ria", "onthaal")
    open_by_phone(runtime, "2026-05-12 14:00")
    note(runtime)
    assert len(look(runtime, "dossier-1", NOW, "ria").dossier.notes) == 1
    with pytest.raises(NotAllowedError):
        note(runtime, "Toch iets.", actor="ria")
    with pytest.raises(NotAllowedError):
        pin_note(runtime, "dossier-1", 2, NOW, "ria", pinned=True)


def test_for_whom_the_dossier_does_not_exist_there_are_no_notes(runtime: Runtime) -> None:
    staff(runtime, "zoe", "de-linde/eikenrode:onthaal")
    with pytest.raises(UnknownDossierError):
        note(runtime, actor="zoe")


def test_what_was_noted_is_gone_once_the_dossier_is_anonymised() -> None:
    runtime = keeping_de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    dossier = closed_complaint(runtime)
    write_note(runtime, dossier, "Zwaantje is kwaad.", "n", at("2026-06-11 09:00"), "els", pinned=True)
    note_contact(runtime, replace(CALL, dossier=dossier, whom="Zwaantje"), at("2026-06-11 09:30"))
    later = at("2031-06-11 09:00")
    approve(runtime, [dossier], "els", later)
    carry_out(runtime, None, later)
    with reading(runtime.store) as register:
        events = register.events(dossier)
    assert "Zwaantje" not in str([one.data for one in events])
    (made,) = look(runtime, dossier, later).dossier.contacts
    assert (made.on, made.way, made.reached) == (date(2026, 5, 13), "phone", True)


# On the pages


def site_with_dossier() -> tuple[Site, Visitor, str]:
    site = new_site("2026-05-13 10:00")
    dossier = open_by_web(site.runtime, "2026-05-12 14:00").dossier
    return site, site.staff("els", "kwaliteitscoordinator"), f"/medewerker/dossiers/{dossier}"


def form_of(page: Page, action: str) -> dict[str, str]:
    """Return what a browser would send of the form with this action, untouched."""
    return dict(page.form_data(page.one("form", action=action)))


def test_a_note_is_written_and_stands_on_top_when_it_is_pinned() -> None:
    _, els, dossier = site_with_dossier()
    form = form_of(els.page(f"{dossier}/berichten"), f"{dossier}/notities")
    answer = els.post(f"{dossier}/notities", {**form, "notitie": "Bel voor 10 uur.", "vastzetten": "ja"})
    assert answer.status_code == 303
    assert answer.location.startswith(f"{dossier}/berichten?bewaard=v")
    assert answer.location.endswith("#notities")
    shown = els.page(answer.location)
    assert "Bel voor 10 uur." in shown.text
    assert page_faults(shown) == []
    assert "Notitie van Els" in els.page(dossier).text


def test_a_contact_moment_that_is_refused_keeps_all_that_was_typed() -> None:
    _, els, dossier = site_with_dossier()
    form = form_of(els.page(f"{dossier}/berichten"), f"{dossier}/contacten")
    assert form["contact-dag"] == "2026-05-13"
    typed = {
        **form, "contact-wie": "", "contact-hoe": "phone", "contact-dag": "2026-05-12", "contact-kant": "zij",
        "contact-tekst": "Zij belt morgen terug.",
    }  # fmt: skip
    refused = els.post(f"{dossier}/contacten", typed)
    assert refused.status_code == 422
    assert "Vul in met wie het was" in refused.text
    assert "Zij belt morgen terug." in refused.text
    assert 'value="2026-05-12"' in refused.text
    done = els.post(f"{dossier}/contacten", {**typed, "contact-wie": "Lieve"})
    assert done.status_code == 303
    shown = els.page(f"{dossier}/berichten").text
    assert "dinsdag 12 mei 2026, telefoon met Lieve" in shown
    assert "Zij namen contact op." in shown


def test_outside_nobody_reads_a_note() -> None:
    site = new_site("2026-05-13 10:00")
    receipt = open_by_web(site.runtime, "2026-05-12 14:00")
    els = site.staff("els", "kwaliteitscoordinator")
    dossier = f"/medewerker/dossiers/{receipt.dossier}"
    form = form_of(els.page(f"{dossier}/berichten"), f"{dossier}/notities")
    els.post(f"{dossier}/notities", {**form, "notitie": "Zij is bang.", "vastzetten": "ja"})
    visitor = site.visitor()
    visitor.send("/volgen", code=receipt.code)
    assert "bang" not in visitor.page("/volgen/dossier").text


# Struck out


def striking(document: dict[str, Any]) -> None:
    document["rights"] = {**document.get("rights", {}), "strike-notes": ["kwaliteitscoordinator"]}


@pytest.fixture
def noted(runtime: Runtime) -> Runtime:
    """A house in which the coordinator may strike out notes of others, with a note of the desk on top of a dossier."""
    publish_change(runtime, striking, "2026-05-12 15:00")
    staff(runtime, "koen", "teamverantwoordelijke")
    other = open_by_phone(runtime, "2026-05-13 09:00").dossier
    write_note(runtime, other, "Dit gaat over mevrouw Maes.", "note-1", NOW, "ria", pinned=True)
    return runtime


def strike(runtime: Runtime, actor: str, why: str = "Verkeerd dossier.") -> None:
    (found,) = look(runtime, "dossier-2", NOW).dossier.notes
    strike_note(runtime, "dossier-2", found.sequence, why, NOW, actor)


def read_by(runtime: Runtime, reader: str) -> str:
    """Return all that somebody reads of the notes of the dossier, and of what happened to it."""
    opened = look(runtime, "dossier-2", NOW, reader)
    return f"{[one.text for one in opened.dossier.notes]} {[dict(one.data) for one in opened.events]}"


def test_a_note_that_its_writer_struck_out_is_read_by_nobody_but_who_may_strike_out(noted: Runtime) -> None:
    strike(noted, "ria")
    for reader in ("ria", "koen"):
        assert "mevrouw Maes" not in read_by(noted, reader)
        assert "Verkeerd dossier." in read_by(noted, reader)
    assert "mevrouw Maes" in read_by(noted, "els")
    (kept,) = look(noted, "dossier-2", NOW, "els").dossier.notes
    assert kept.struck is not None
    assert (kept.struck.by, kept.struck.why, kept.pinned) == ("ria", "Verkeerd dossier.", False)


def test_only_its_writer_and_who_may_strike_it_out(noted: Runtime) -> None:
    with pytest.raises(NotAllowedError):
        strike(noted, "koen")
    assert "mevrouw Maes" in read_by(noted, "koen")
    strike(noted, "els")
    assert "mevrouw Maes" not in read_by(noted, "koen")


def test_a_note_is_struck_out_once_and_with_a_reason(noted: Runtime) -> None:
    with pytest.raises(TextRefusedError):
        strike(noted, "ria", "  ")
    for _ in range(2):
        strike(noted, "ria")
    kinds = [one.kind for one in look(noted, "dossier-2", NOW).events]
    assert kinds.count(EventKind.NOTE_STRUCK) == 1


def test_what_was_struck_out_is_erased_with_the_dossier() -> None:
    runtime = keeping_de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    dossier = closed_complaint(runtime)
    done = write_note(runtime, dossier, "Zwaantje is kwaad.", "n", at("2026-06-11 09:00"), "els")
    strike_note(runtime, dossier, done.notes[0].sequence, "Over Zwaantje.", at("2026-06-11 09:30"), "els")
    later = at("2031-06-11 09:00")
    approve(runtime, [dossier], "els", later)
    carry_out(runtime, None, later)
    with reading(runtime.store) as register:
        assert "Zwaantje" not in str([one.data for one in register.events(dossier)])


def test_on_the_page_its_writer_strikes_a_note_out_and_reads_that_it_is_gone() -> None:
    _, els, dossier = site_with_dossier()
    form = form_of(els.page(f"{dossier}/berichten"), f"{dossier}/notities")
    els.post(f"{dossier}/notities", {**form, "notitie": "Over mevrouw Maes.", "vastzetten": "ja"})
    page = els.page(f"{dossier}/berichten")
    (action,) = [
        one.attributes["action"]
        for one in page.all("form")
        if one.attributes["action"].endswith("/doorhalen")
    ]
    refused = els.post(action, {**form_of(page, action), "waarom": ""})
    assert (refused.status_code, "Vul in waarom." in refused.text) == (422, True)
    assert page_faults(Page(refused.text)) == []
    els.post(action, {**form_of(page, action), "waarom": "Verkeerd dossier."})
    for room in ("", "/berichten", "/verloop"):
        assert "mevrouw Maes" not in els.page(f"{dossier}{room}").text
    assert "Notitie doorgehaald" in els.page(f"{dossier}/verloop").text
