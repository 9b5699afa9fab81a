"""Opening a dossier: a message comes in and gets a number at once, or nothing is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import verify
from gehoor.core.wording.registry import DUTCH
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.dossiers.opening import UnknownFormError, open_dossier
from gehoor.services.ports.store import StoreUnavailableError
from gehoor.services.projection.projection import reading_projection
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.library import NothingPublishedError
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import (
    MELDEN,
    ORGANISATION,
    PHONE,
    STORY,
    de_linde,
    new_runtime,
    open_by_phone,
    open_by_web,
    publish_change,
)

NOW = "2026-05-12 14:07"


def kept(runtime: Runtime, dossier: str) -> Dossier:
    with reading_projection(runtime) as register:
        return register.dossier(dossier)


def everything(runtime: Runtime) -> str:
    """Return all that a register holds, as text."""
    with runtime.store.snapshot() as tables:
        return str([tables.select(t) for t in ("events", "dossiers", "submissions", "messages", "counters")])


def refused(runtime: Runtime, when: str = NOW, **answers: object) -> dict[str, str]:
    with pytest.raises(RefusedError) as refusal:
        open_by_web(runtime, when, **answers)
    return {objection.field: objection.code for objection in refusal.value.objections}


def test_a_message_gets_a_number_and_a_code() -> None:
    receipt = open_by_web(de_linde(), NOW)
    assert receipt.number == "BEU-2026-0001"
    assert [len(part) for part in receipt.code.split("-")] == [4, 4, 4, 4], "80 bits in groups of four"


def test_a_refused_opening_loses_no_number() -> None:
    runtime = de_linde()
    assert refused(runtime, uiteenzetting=None) == {"uiteenzetting": "required"}
    assert open_by_web(runtime, NOW).number == "BEU-2026-0001"


def test_a_refused_opening_leaves_nothing_behind() -> None:
    runtime = de_linde()
    before = everything(runtime)
    refused(runtime, uiteenzetting=None)
    assert everything(runtime) == before


def test_a_failure_while_saving_loses_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = de_linde()
    with monkeypatch.context() as patch:
        patch.setattr("gehoor.services.register.register.Register.remember_submission", _disk_full)
        with pytest.raises(StoreUnavailableError):
            open_by_web(runtime, NOW)
    assert open_by_web(runtime, NOW).number == "BEU-2026-0001"


def _disk_full(*_: object) -> None:
    raise StoreUnavailableError("disk full")


def test_a_form_that_is_sent_twice_opens_one_dossier() -> None:
    runtime = de_linde()
    opening = Opening(ORGANISATION, "beukenhof", "melden", MELDEN, "one rendered form")
    first = open_dossier(runtime, opening, at(NOW))
    again = open_dossier(runtime, opening, at(NOW) + timedelta(days=1))
    assert again == first
    assert open_by_web(runtime, NOW).number == "BEU-2026-0002"


def test_two_forms_have_two_codes() -> None:
    runtime = de_linde()
    assert open_by_web(runtime, NOW).code != open_by_web(runtime, NOW).code


def test_the_code_itself_is_nowhere_in_the_register() -> None:
    runtime = de_linde()
    code = open_by_web(runtime, NOW).code
    assert code not in everything(runtime)
    assert code.replace("-", "") not in everything(runtime)


def test_the_key_of_a_form_is_nowhere_in_the_register() -> None:
    runtime = de_linde()
    open_dossier(
        runtime, Opening(ORGANISATION, "beukenhof", "melden", MELDEN, "the-key-of-this-form"), at(NOW)
    )
    assert "the-key-of-this-form" not in everything(runtime)


def test_who_stays_anonymous_leaves_no_name_behind_even_when_typed() -> None:
    runtime = de_linde()
    open_by_web(runtime, NOW, anoniem="ja", klager_naam="Els Peeters", klager_email="els@voorbeeld.be")
    assert "Peeters" not in everything(runtime)
    assert "els@voorbeeld.be" not in everything(runtime)


def test_an_anonymous_name_is_not_even_judged() -> None:
    runtime = de_linde()
    receipt = open_by_web(runtime, NOW, anoniem="ja", klager_naam="x" * 500, klager_email=None)
    assert kept(runtime, receipt.dossier).values["anoniem"] is True


def test_an_anonymous_dossier_knows_that_a_code_was_given() -> None:
    runtime = de_linde()
    dossier = kept(runtime, open_by_web(runtime, NOW, anoniem="ja").dossier)
    assert (dossier.has_code, dossier.values["anonieme_volgcode"]) == (True, True)


def test_nobody_can_pretend_to_have_a_code() -> None:
    runtime = de_linde()
    assert refused(runtime, anonieme_volgcode="ja") == {"anonieme_volgcode": "form-unknown"}


def test_the_moment_fills_in_day_and_hour_on_the_local_clock() -> None:
    runtime = de_linde()
    values = kept(runtime, open_by_web(runtime, "2027-01-01 00:15").dossier).values
    assert (values["ontvangstdatum"], values["ontvangst_tijdstip"]) == ("2027-01-01", "00:15")


def test_the_form_brings_its_own_answers() -> None:
    runtime = de_linde()
    values = kept(runtime, open_by_web(runtime, NOW).dossier).values
    assert (values["drager"], values["indieningsvorm"], values["type_bericht"]) == (
        ["webformulier"], "schriftelijk", "klacht",
    )  # fmt: skip


def test_defaults_are_filled_in() -> None:
    runtime = de_linde()
    values = kept(runtime, open_by_web(runtime, NOW).dossier).values
    assert (values["vertrouwelijkheid"], values["herkomst"], values["acuut_gevaar"]) == (
        "normaal", ["rechtstreeks"], False,
    )  # fmt: skip


def test_someone_from_outside_is_nobody_in_particular() -> None:
    runtime = de_linde()
    receipt = open_by_web(runtime, NOW)
    with reading_projection(runtime) as register:
        (opened,) = register.events(receipt.dossier)
    assert opened.actor == "melder"
    assert "ontvangen_door" not in opened.data["values"]


def test_who_registers_is_written_down_by_name() -> None:
    runtime = de_linde()
    receipt = open_by_phone(runtime, NOW)
    with reading_projection(runtime) as register:
        (opened,) = register.events(receipt.dossier)
    assert (opened.actor, opened.data["values"]["ontvangen_door"]) == ("ria", "Ria Onthaal")


def test_who_registers_may_say_when_it_really_came_in() -> None:
    runtime = de_linde()
    receipt = open_by_phone(runtime, "2026-04-20 09:00", ontvangstdatum="2026-04-09", drager=["brief"])
    with reading_projection(runtime) as register:
        summary = register.summary(receipt.dossier)
    assert summary is not None
    assert summary.received == "2026-04-09"
    assert summary.terms[0]["due"] == "2026-04-13", "two working days after Thursday the 9th: late already"


def test_the_register_lists_it_at_once() -> None:
    runtime = de_linde()
    receipt = open_by_phone(runtime, NOW)
    with reading_projection(runtime) as register:
        summary = register.summary(receipt.dossier)
        verify(register.events(receipt.dossier))
    assert summary is not None
    assert (summary.number, summary.subject, summary.kind, summary.phase, summary.version) == (
        receipt.number, PHONE["onderwerp"], "klacht", "Begrip", 1,
    )  # fmt: skip
    assert [term["term"] for term in summary.terms] == [
        "registratie",
        "ontvangstmelding",
        "onderzoek",
        "antwoord",
    ]
    assert summary.attention_at == "2026-05-14T22:00:00.000000Z", (
        "the first reminder, and the first miss, on the 15th"
    )


def test_without_a_subject_the_beginning_of_the_story_stands_in() -> None:
    runtime = de_linde()
    receipt = open_by_web(runtime, NOW, uiteenzetting="Mama  zat\nnog " + "in haar pyjama " * 20)
    with reading_projection(runtime) as register:
        summary = register.summary(receipt.dossier)
    assert summary is not None
    assert summary.subject.startswith("Mama zat nog in haar pyjama")
    assert (len(summary.subject), summary.subject[-1]) == (80, "…")


@pytest.mark.parametrize(
    ("answers", "objections"),
    [
        ({"anoniem": None}, {"anoniem": "required-choice"}),
        ({"klager_naam": None}, {"klager_naam": "required"}),
        ({"klager_email": None}, {"klager_email": "at-least-one"}),
        ({"klager_email": "els"}, {"klager_email": "form-format"}),
        ({"klager_email": None, "klager_telefoon": "bel mij"}, {"klager_telefoon": "unreadable"}),
        ({"uiteenzetting": "x"}, {"uiteenzetting": "form-minLength"}),
        ({"gewenste_uitkomst": ["goud"]}, {"gewenste_uitkomst": "form-oneOf"}),
        ({"gewenste_uitkomst": {"a": 1}}, {"gewenste_uitkomst": "unreadable"}),
        ({"ernst": "5"}, {"ernst": "form-unknown"}),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_at_its_field(
    answers: dict[str, object], objections: dict[str, str]
) -> None:
    assert refused(de_linde(), **answers) == objections


def test_one_contact_is_enough() -> None:
    receipt = open_by_web(de_linde(), NOW, klager_email=None, klager_telefoon="0470 12 34 56")
    assert receipt.number


def test_a_complaint_cannot_come_in_tomorrow() -> None:
    runtime = de_linde()
    with pytest.raises(RefusedError) as refusal:
        open_by_phone(runtime, NOW, ontvangstdatum="2026-05-13")
    (objection,) = refusal.value.objections
    assert (objection.field, objection.code) == ("ontvangstdatum", "in-future")


@pytest.mark.parametrize("day", ["0001-01-01", "1889-05-12", "9999-12-31"])
def test_a_year_that_cannot_be_meant_is_refused_at_the_date(day: str) -> None:
    runtime = de_linde()
    with pytest.raises(RefusedError) as refusal:
        open_by_phone(runtime, NOW, ontvangstdatum=day)
    assert {objection.field for objection in refusal.value.objections} == {"ontvangstdatum"}


def test_every_refusal_is_a_sentence() -> None:
    with pytest.raises(RefusedError) as refusal:
        open_by_web(de_linde(), NOW, anoniem=None, uiteenzetting=None)
    assert [DUTCH.objections.text(objection, "Uw verhaal") for objection in refusal.value.objections] == [
        "Vul “Uw verhaal” in.",
        "Kies een antwoord bij “Uw verhaal”.",
    ]


def test_a_cleared_proposal_stays_cleared() -> None:
    runtime = de_linde()
    receipt = open_by_phone(runtime, NOW, herkomst=[])
    assert "herkomst" not in kept(runtime, receipt.dossier).values


def test_a_number_with_a_point_may_be_a_default() -> None:
    def with_default(document: dict) -> None:
        amount = {"title": "Bedrag", "type": "number", "default": 12.5, "phase": "registratie"}
        document["forms"]["dossier"]["properties"]["bedrag"] = amount

    runtime = de_linde()
    publish_change(runtime, with_default, "2026-02-01 09:00")
    assert kept(runtime, open_by_web(runtime, NOW).dossier).values["bedrag"] == "12.5"


def test_the_director_is_told_of_danger_in_the_same_save() -> None:
    runtime = de_linde()
    receipt = open_by_phone(runtime, NOW, acuut_gevaar="ja")
    with reading_projection(runtime) as register:
        (message,) = register.messages_of(receipt.dossier)
        summary = register.summary(receipt.dossier)
    assert (message.role, message.state) == ("algemeen-directeur", "waiting")
    assert receipt.number in message.subject
    assert STORY not in message.text
    assert summary is not None
    assert summary.version == 2


def test_without_an_agreement_nothing_can_be_opened() -> None:
    with pytest.raises(NothingPublishedError):
        open_by_web(new_runtime(), NOW)


def test_only_agreed_forms_can_be_sent() -> None:
    runtime = de_linde()
    with pytest.raises(UnknownFormError):
        open_dossier(runtime, Opening(ORGANISATION, "beukenhof", "enquete", {}, "key"), at(NOW))


def test_a_letter_of_another_day_does_not_get_the_hour_of_its_registration() -> None:
    runtime = de_linde()
    receipt = open_by_phone(runtime, "2026-05-13 16:20", ontvangstdatum="2026-05-12")
    with reading_projection(runtime) as register:
        assert "ontvangst_tijdstip" not in register.dossier(receipt.dossier).values


def test_what_comes_in_now_gets_the_hour_of_now() -> None:
    runtime = de_linde()
    receipt = open_by_phone(runtime, "2026-05-13 16:20")
    with reading_projection(runtime) as register:
        assert register.dossier(receipt.dossier).values["ontvangst_tijdstip"] == "16:20"
