"""A text with signs that steer a machine is the same text in the dossier, whichever way it came in."""

from __future__ import annotations

import pytest

from gehoor.core.mail.charsets import legible
from gehoor.services.access.authorisation import Operator
from gehoor.services.correspondence.notes import write_note
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.dossiers.viewing import look
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, open_by_phone, staff
from tests.support.site import new_site

TYPED = "Soep \x1b[31mkoud\x07 en \u202elaat\u2028nog eens"
KEPT = "Soep [31mkoud en laat\nnog eens"
NOW = at("2026-05-12 14:00")
MELDEN = "/de-linde/beukenhof/melden/alles"
TOLD = {"v_hoedanigheid": "bewoner", "v_anoniem": "ja"}


@pytest.fixture
def runtime() -> Runtime:
    return de_linde()


def test_told_to_a_program(runtime: Runtime) -> None:
    dossier = open_by_phone(runtime, "2026-05-12 10:00", uiteenzetting=TYPED).dossier
    assert look(runtime, dossier, NOW).dossier.values["uiteenzetting"] == KEPT


def test_read_in_an_email() -> None:
    assert legible(TYPED) == KEPT


def test_written_down_by_staff(runtime: Runtime) -> None:
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    assert write_note(runtime, dossier, TYPED, "n1", NOW, Operator("els")).notes[0].text == KEPT


def test_given_as_a_reason(runtime: Runtime) -> None:
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    staff(runtime, "els", "kwaliteitscoordinator")
    assign(runtime, Assigning(dossier, "els", Operator("els"), note=TYPED), NOW)
    assert look(runtime, dossier, NOW).events[-1].data["note"] == KEPT


def test_typed_by_whoever_tells_it() -> None:
    site = new_site()
    page = site.visitor().page(MELDEN)
    names = {name for name, _ in page.form_data()}
    typed = {"v_uiteenzetting": TYPED, **{name: text for name, text in TOLD.items() if name in names}}
    answer = site.visitor().send(MELDEN, **typed)
    shown = (
        answer.text if answer.status_code == 422 else str(look(site.runtime, "dossier-1", NOW).dossier.values)
    )
    assert "[31mkoud en laat" in shown
    assert not {"\x1b", "\x07", "\u202e", "\u2028"} & {*shown}
