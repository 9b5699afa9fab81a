"""After anonymising, nobody is found any more, and everything is counted as before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gehoor.core.dossier.events import BrokenChainError, EventKind, NewEvent, seal, verify
from gehoor.core.wording.registry import DUTCH
from gehoor.services.correspondence.conversation import write_to_us
from gehoor.services.dossiers.autosave import Unsaved, keep, unsaved_of
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.ports.records import Summary
from gehoor.services.projection.projection import reading_projection
from gehoor.services.recording.changing import AnonymisedError
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.retention.approval import approve, listed
from gehoor.services.retention.carrying_out import carry_out
from gehoor.services.retention.survey import survey
from gehoor.services.search.related import related
from tests.support.clock import at
from tests.support.de_linde import fill, staff
from tests.support.letters import add_letters, post, write
from tests.support.retention import closed_complaint, keeping, keeping_de_linde

LATER = "2031-06-11 09:00"


def summary(runtime: Runtime, dossier: str) -> Summary:
    with reading_projection(runtime) as register:
        found = register.summary(dossier)
    assert found is not None
    return found


def test_a_dossier_that_need_not_be_kept_is_anonymised_once_somebody_approves() -> None:
    runtime = keeping_de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    dossier = closed_complaint(runtime)
    survey(runtime, at(LATER))
    (waiting,) = listed(runtime, "els", at(LATER)).waiting
    assert (waiting.number, waiting.until, waiting.name) == ("BEU-2026-0001", "2031-06-10", "Gewone klachten")
    approve(runtime, [dossier], "els", at(LATER))
    assert carry_out(runtime, None, at(LATER)).done == ["BEU-2026-0001"]
    opened = look(runtime, dossier, at(LATER))
    assert opened.dossier.values["herstelmaatregelen"] == [
        {"type": "ondersteunend_gesprek", "uitgevoerd_op": "2026-06-02"}
    ]
    assert not {"uiteenzetting", "klager_naam", "verontschuldiging"} & opened.dossier.values.keys()
    said = DUTCH.events.text(opened.agreement, opened.events[-1])
    assert said.details == (
        ("Bewaartermijn", "Gewone klachten"),
        ("Bewaard tot", "dinsdag 10 juni 2031"),
        ("Selectieregel", "SR-7"),
        ("Goedgekeurd door", "Kwaliteitscoördinator"),
    )


def test_lists_count_it_as_before() -> None:
    runtime = keeping_de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    dossier = closed_complaint(runtime)
    sweep(runtime, at("2026-06-11 09:00"))
    before = summary(runtime, dossier)
    survey(runtime, at(LATER))
    approve(runtime, [dossier], "els", at(LATER))
    carry_out(runtime, None, at(LATER))
    gone = {"subject": "", "subject_for": (), "handler": "", "code_hash": None, "excluded": ()}
    after = summary(runtime, dossier)
    assert after == replace(before, **gone, version=after.version, head=after.head)
    assert (before.terms_kept, before.terms_missed, before.judgement) != (0, 0, "")


def test_nothing_changes_in_it_any_more() -> None:
    runtime = keeping_de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    dossier = closed_complaint(runtime)
    survey(runtime, at(LATER))
    approve(runtime, [dossier], "els", at(LATER))
    carry_out(runtime, None, at(LATER))
    with pytest.raises(AnonymisedError):
        fill(runtime, dossier, "2031-06-12 09:00", besluit="Toch nog iets.")
    with pytest.raises(AnonymisedError):
        write_to_us(runtime, dossier, "Hallo?", "weg-2", at("2031-06-12 09:00"))
    assert sweep(runtime, at("2032-06-12 09:00")).missed == []


def test_another_dossier_of_the_same_person_does_not_lead_to_it() -> None:
    runtime = keeping_de_linde()
    els = staff(runtime, "els", "kwaliteitscoordinator")
    first, second = closed_complaint(runtime), closed_complaint(runtime)
    seen = related(runtime, look(runtime, second, at(LATER), "els"), els, at(LATER))
    assert first in {one.summary.id for found in seen for one in found.seen}
    survey(runtime, at(LATER))
    approve(runtime, [first], "els", at(LATER))
    carry_out(runtime, None, at(LATER))
    seen = related(runtime, look(runtime, second, at(LATER), "els"), els, at(LATER))
    assert [one.summary.id for found in seen for one in found.seen] == []
    assert [found.others for found in seen] == [1] * len(seen)


def test_an_event_after_the_last_breaks_the_chain() -> None:
    runtime = keeping_de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    dossier = closed_complaint(runtime)
    survey(runtime, at(LATER))
    approve(runtime, [dossier], "els", at(LATER))
    carry_out(runtime, None, at(LATER))
    with reading(runtime.store) as register:
        events = register.events(dossier)
    verify(events)
    more = seal(
        [NewEvent(EventKind.WRITTEN_TO_US, {"text": "Nog iets"})],
        dossier=dossier, after=(events[-1].sequence, events[-1].hash), at=at(LATER), actor="melder",
        agreement=events[-1].agreement,
    )  # fmt: skip
    with pytest.raises(BrokenChainError):
        verify([*events, *more])


def keeping_with_letters(document: dict[str, Any]) -> None:
    keeping(document)
    add_letters(document)
    # This complaint is answered without one.
    del document["correspondence"]["antwoord"]


def test_of_a_letter_stays_that_it_went_and_nothing_that_it_said() -> None:
    runtime = keeping_de_linde(change=keeping_with_letters)
    staff(runtime, "els", "kwaliteitscoordinator")
    dossier = closed_complaint(runtime)
    draft = write(runtime, dossier, "2026-06-11 09:00", letter="stand-van-zaken", text="Xandrine sprak u.")
    post(runtime, dossier, draft, "2026-06-11 09:05", letter="stand-van-zaken", way="follow-page")
    write(runtime, dossier, "2026-06-11 10:00", letter="stand-van-zaken", text="Zwaantje, nog dit.")
    typed = Unsaved(0, (("brief-tekst", "Dag Zwaantje"),), at("2031-06-10 09:00"))
    keep(runtime, dossier, "els", typed, form="brief/stand-van-zaken/nl")
    survey(runtime, at(LATER))
    approve(runtime, [dossier], "els", at(LATER))
    carry_out(runtime, None, at(LATER))
    after = look(runtime, dossier, at(LATER), "els").dossier
    assert [(one.name, one.way, one.content.text) for one in after.letters] == [
        ("Stand van zaken", "follow-page", "")
    ]
    assert [one.content.text for one in after.drafts.values()] == [""]
    assert unsaved_of(runtime, dossier, "els", at(LATER), form="brief/stand-van-zaken/nl") is None
    with runtime.store.snapshot() as tables:
        kept = [
            str(one) for schema in SCHEMAS if schema.name != "accounts" for one in tables.scan(schema.name)
        ]
    assert [one for one in kept if "Zwaantje" in one or "Xandrine" in one] == []
