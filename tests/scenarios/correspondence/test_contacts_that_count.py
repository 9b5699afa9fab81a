"""A contact that is noted counts for what was agreed: a call in which we said how far we are begins the term anew."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gehoor.services.correspondence.notes import ContactMade, ContactRefusedError, note_contact
from gehoor.services.dossiers.viewing import look
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import by, de_linde, open_by_web, publish_change, staff
from tests.support.pages import page_faults
from tests.support.site import new_site

NOW = "2026-05-20 09:00"
COUNTING = {
    "stand": {
        "name": "Wij zegden de melder hoever wij staan",
        "contact-by": {"phone": True},
        "fill": {"stand_op": "today"},
    }
}


def counting(document: dict[str, Any]) -> None:
    """Word of how far it is, with a term of a fortnight that comes back, from the beginning of a dossier."""
    day = {"title": "Gezegd op", "type": "string", "format": "date", "phase": "begrip", "personal-data": "P0"}
    document["forms"]["dossier"]["properties"]["stand_op"] = day
    document["milestones"]["gezegd"] = {"name": "Gezegd hoever wij staan", "field": "stand_op"}
    document["terms"]["stand"] = {
        "name": "Zeggen hoever wij staan",
        "within": "14 calendar-days",
        "from": "ontvangst",
        "until": "gezegd",
        "recurring-until": "antwoord verstuurd",
        "responsible": "kwaliteitscoordinator",
    }
    document["contact-moments"] = COUNTING


def house() -> tuple[Runtime, str]:
    runtime = de_linde()
    publish_change(runtime, counting, "2026-05-01 09:00")
    staff(runtime, "els", "kwaliteitscoordinator")
    return runtime, open_by_web(runtime, "2026-05-12 14:00").dossier


def spoken(runtime: Runtime, dossier: str, when: str = NOW, **more: Any) -> None:
    given = {
        "on": at(when).date(), "whom": "An Peeters", "way": "phone", "ours": True, "reached": True,
        "text": "Wij wachten nog op het verslag.", "counts_as": ("stand",), **more,
    }  # fmt: skip
    note_contact(runtime, ContactMade(dossier, key=when, actor=by(runtime, "els"), **given), at(when))


def due(runtime: Runtime, dossier: str) -> date:
    state = look(runtime, dossier, at(NOW)).decision.terms["stand"]
    assert state.due is not None
    found = state.due.due
    assert isinstance(found, date)
    return found


def test_the_term_begins_anew_on_the_day_of_the_call() -> None:
    runtime, dossier = house()
    assert due(runtime, dossier) == date(2026, 5, 26)
    spoken(runtime, dossier)
    assert due(runtime, dossier) == date(2026, 6, 3)


def test_a_contact_that_was_not_said_to_count_leaves_the_term_as_it_was() -> None:
    runtime, dossier = house()
    spoken(runtime, dossier, counts_as=())
    assert due(runtime, dossier) == date(2026, 5, 26)


def test_who_was_not_reached_heard_nothing() -> None:
    runtime, dossier = house()
    spoken(runtime, dossier, reached=False)
    assert due(runtime, dossier) == date(2026, 5, 26)


def test_it_counts_by_the_ways_that_were_agreed() -> None:
    runtime, dossier = house()
    with pytest.raises(ContactRefusedError):
        spoken(runtime, dossier, way="other")


def test_an_earlier_day_puts_nothing_back() -> None:
    runtime, dossier = house()
    spoken(runtime, dossier)
    spoken(runtime, dossier, "2026-05-20 10:00", on=date(2026, 5, 14))
    assert due(runtime, dossier) == date(2026, 6, 3)


def test_what_it_counts_as_is_part_of_what_was_sent() -> None:
    runtime, dossier = house()
    for counts_as in ((), ("stand",), ("stand",)):
        spoken(runtime, dossier, counts_as=counts_as)
    assert due(runtime, dossier) == date(2026, 6, 3)
    assert len(look(runtime, dossier, at(NOW)).dossier.contacts) == 2


def test_a_code_that_was_said_is_in_no_reason_either_where_that_is_cut() -> None:
    def with_reasons(document: dict[str, Any]) -> None:
        counting(document)
        document["forms"]["dossier"]["properties"]["stand_op"]["reason-on-change"] = True

    runtime = de_linde()
    publish_change(runtime, with_reasons, "2026-05-01 09:00")
    staff(runtime, "els", "kwaliteitscoordinator")
    receipt = open_by_web(runtime, "2026-05-12 14:00")
    spoken(runtime, receipt.dossier, text="Wij wachten.")
    spoken(runtime, receipt.dossier, "2026-05-25 10:00", text=f"{'x' * 488} {receipt.code}")
    reasons = [one.data["why"] for one in look(runtime, receipt.dossier, at(NOW)).events if "why" in one.data]
    assert reasons == [f"{'x' * 488} ****-****-*"]


def test_what_was_said_is_no_reason_for_who_may_not_read_contacts() -> None:
    def kept_apart(document: dict[str, Any]) -> None:
        counting(document)
        document["forms"]["dossier"]["properties"]["stand_op"]["reason-on-change"] = True
        document["rights"] = {**document.get("rights", {}), "notes": ["kwaliteitscoordinator"]}

    runtime = de_linde()
    publish_change(runtime, kept_apart, "2026-05-01 09:00")
    staff(runtime, "els", "kwaliteitscoordinator")
    staff(runtime, "fatima", "teamverantwoordelijke")
    dossier = open_by_web(runtime, "2026-05-12 14:00").dossier
    spoken(runtime, dossier, text="Wij wachten.")
    spoken(runtime, dossier, "2026-05-25 10:00", text="Zij is bang van Jan.")
    reasons = {
        name: [
            one.data["why"]
            for one in look(runtime, dossier, at("2026-05-26 09:00"), name).events
            if "why" in one.data
        ]
        for name in ("els", "fatima")
    }
    assert reasons == {"els": ["Zij is bang van Jan."], "fatima": []}


def test_who_notes_it_ticks_what_it_was_and_finds_it_in_the_dossier() -> None:
    site = new_site(NOW)
    publish_change(site.runtime, counting, "2026-05-01 09:00")
    dossier = open_by_web(site.runtime, "2026-05-12 14:00").dossier
    els = site.staff("els", "kwaliteitscoordinator")
    home = f"/medewerker/dossiers/{dossier}/berichten"
    page = els.page(home)
    assert page_faults(page) == []
    assert "Wij zegden de melder hoever wij staan" in page.text
    (form,) = [one for one in page.all("form") if one.attributes["action"].endswith("/contacten")]
    typed = {
        **dict(page.form_data(form)), "contact-wie": "An", "contact-hoe": "other", "contact-dag": "2026-05-20",
        "contact-tekst": "Nog even.", "contact-telt": "stand",
    }  # fmt: skip
    refused = els.post(form.attributes["action"], typed)
    assert refused.status_code == 422
    assert "Langs deze weg telt het contact daar niet voor mee." in refused.text
    assert els.post(form.attributes["action"], {**typed, "contact-hoe": "phone"}).status_code == 303
    values = look(site.runtime, dossier, at(NOW)).dossier.values
    assert values["stand_op"] == "2026-05-20"
