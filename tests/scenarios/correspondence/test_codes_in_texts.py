"""Whoever answers our e-mail sends the follow-up code in it along: nobody here reads it, and no search finds it."""

from __future__ import annotations

import io
from typing import Any

import pytest

from gehoor.core.objections.text_room import SHORT
from gehoor.services.access.authorisation import Operator
from gehoor.services.correspondence.conversation import write_to_us
from gehoor.services.correspondence.notes import strike_note, write_note
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.dossiers.viewing import look
from gehoor.services.intake.withdrawing import withdraw
from gehoor.services.projection.projection import project_pending
from gehoor.services.register.codes_in_texts import fitting
from gehoor.services.register.runtime import Runtime
from gehoor.services.relations.linking import link
from tests.support.belonging import house, told
from tests.support.clock import at
from tests.support.de_linde import fill
from tests.support.site import new_site

NOW = at("2026-05-13 10:00")
MASKED = "****-****-****-****"


@pytest.fixture
def runtime() -> Runtime:
    return house()


def story(runtime: Runtime, text: str) -> Any:
    dossier = told(runtime, "2026-05-05 10:00", uiteenzetting=text).dossier
    return look(runtime, dossier, NOW).dossier.values["uiteenzetting"]


@pytest.mark.parametrize(
    "spelled",
    [
        lambda code: code,
        lambda code: code.lower(),
        lambda code: code.replace("-", " "),
        lambda code: code.replace("-", ""),
    ],
)
def test_a_code_that_opens_a_dossier_is_in_no_story(runtime: Runtime, spelled: Any) -> None:
    code = spelled(told(runtime, "2026-05-04 10:00").code)
    kept = story(runtime, f"Dank u, maar deze soep was koud. Met {code} leest u verder.")
    assert code not in kept
    assert kept.startswith("Dank u, maar deze soep was koud. Met ****")
    assert kept.endswith("leest u verder.")


def test_also_where_a_quoted_line_was_broken(runtime: Runtime) -> None:
    code = told(runtime, "2026-05-04 10:00").code
    kept = story(runtime, f"> Met {code[:10]}\n> {code[10:]} leest u verder.")
    assert code[10:] not in kept


def test_also_once_lists_show_the_dossier(runtime: Runtime) -> None:
    code = told(runtime, "2026-05-04 10:00").code
    project_pending(runtime)
    assert code not in story(runtime, f"Hier staat soep {code} bij.")


def test_what_looks_like_one_and_opens_nothing_stays(runtime: Runtime) -> None:
    text = "Mijn rekening is BE68 5390 0754 7034, mijn kaart 1234-5678-9012-3456."
    assert story(runtime, text) == text


def test_nor_in_a_message_or_a_reason_to_withdraw(runtime: Runtime) -> None:
    receipt = told(runtime, "2026-05-04 10:00")
    write_to_us(runtime, receipt.dossier, f"Mijn code is {receipt.code}.", "k1", NOW)
    withdraw(runtime, receipt.dossier, f"Zie {receipt.code}.", NOW)
    dossier = look(runtime, receipt.dossier, NOW).dossier
    assert dossier.conversation[0].text == f"Mijn code is {MASKED}."
    assert dossier.values["ingetrokken_waarom"] == f"Zie {MASKED}."


def test_nor_in_what_staff_take_over_from_it(runtime: Runtime) -> None:
    receipt = told(runtime, "2026-05-04 10:00")
    fill(runtime, receipt.dossier, "2026-05-05 10:00", onderwerp=f"Vraag met {receipt.code}")
    write_note(runtime, receipt.dossier, f"Zij schreef {receipt.code}.", "n1", NOW, Operator("els"))
    dossier = look(runtime, receipt.dossier, NOW).dossier
    assert dossier.values["onderwerp"] == f"Vraag met {MASKED}"
    assert dossier.notes[0].text == f"Zij schreef {MASKED}."


def test_nor_on_the_page_on_which_staff_register_an_email() -> None:
    site = new_site("2026-05-13 10:00", house())
    code = told(site.runtime, "2026-05-04 10:00").code
    mail = f"From: Els <els@voorbeeld.be>\nSubject: Re: Uw code {code}\n\nDank u.\n> Uw code: {code}\n"
    files = {"e-mail": (io.BytesIO(mail.encode()), "mail.eml"), "lees-e-mail": "ja"}
    answer = site.staff("desk").send("/medewerker/de-linde/beukenhof/registreren", **files)
    assert "Dank u." in answer.text
    assert code not in answer.text


def test_nor_in_a_reason_that_somebody_gives(runtime: Runtime) -> None:
    receipt = told(runtime, "2026-05-04 10:00")
    els = Operator("els")
    kept = write_note(runtime, receipt.dossier, "Gebeld.", "n1", NOW, els).notes[0]
    assign(runtime, Assigning(receipt.dossier, "els", els, note=f"Zij volgt met {receipt.code}."), NOW)
    strike_note(runtime, receipt.dossier, kept.sequence, f"Daar stond {receipt.code}.", NOW, els)
    events = look(runtime, receipt.dossier, NOW).events
    assert receipt.code not in str([one.data for one in events])
    assert MASKED in str([one.data for one in events])


def test_nor_where_a_reason_takes_all_the_room_there_is(runtime: Runtime) -> None:
    receipt, other = (told(runtime, f"2026-05-0{day} 10:00") for day in (4, 5))
    project_pending(runtime)
    boss = Operator("beheerder")
    link(runtime, receipt.dossier, other.number, f"{'x' * (SHORT - 20)} {other.code}", boss, NOW)
    said = look(runtime, receipt.dossier, NOW).events[-1].data["reason"]
    assert said == f"{'x' * (SHORT - 20)} {MASKED}"


def test_the_end_of_a_line_takes_no_more_room_than_whoever_typed_it_was_told() -> None:
    assert fitting("Zij\r\nbelt.", 9) == "Zij\nbelt."
