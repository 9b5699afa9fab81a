"""Which files go along when a dossier is sent on: those that somebody chose, of the fields that were agreed to."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.services.dossiers.editing import Filling, fill_in
from gehoor.services.recording.answers import RefusedError
from gehoor.services.recording.attachments import NewFile, content_of
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.relations.files_along import files_to_choose
from gehoor.services.relations.sending_on import SendWanted, send_elsewhere, send_to_department
from tests.support.belonging import COORDINATOR, NOW, belonging, house, ready, seen, told
from tests.support.clock import at
from tests.support.de_linde import publish_change
from tests.support.pages import page_faults
from tests.support.site import new_site

LETTER = NewFile("bestand-1", "brief.pdf", "pdf", b"%PDF- De brief")
PHOTO = NewFile("bestand-2", "foto.png", "png", b"\x89PNG De foto")


def with_files(document: dict[str, Any]) -> None:
    """Agree that files go along, and ask no consent."""
    belonging(document)
    for way in document["send-on"].values():
        way["goes-along"].append("bijlagen")
    del document["send-on"]["elsewhere"]["consent-in"]


def here(runtime: Runtime, actor: str = "an") -> str:
    """Return a dossier with a letter and a photo."""
    dossier = told(runtime, "2026-05-04 10:00", klager_telefoon="0470 12 34 56").dossier
    ready(runtime, dossier)
    with reading(runtime.store) as register:
        version = register.dossier(dossier).version
    filling = Filling(
        dossier, {"bijlagen": [LETTER.value, PHOTO.value]}, version, actor, "k", (LETTER, PHOTO)
    )
    fill_in(runtime, filling, at("2026-05-05 10:00"))
    return dossier


@pytest.fixture
def runtime() -> Runtime:
    runtime = house()
    for department in ("beukenhof", "eikenrode"):
        publish_change(runtime, with_files, "2026-03-01 09:00", department)
    return runtime


def wanted(dossier: str, to: str, *files: str, actor: str = "an") -> SendWanted:
    return SendWanted(dossier, to, "Het gebeurde daar.", actor, files)


def codes(refused: pytest.ExceptionInfo[RefusedError]) -> list[str]:
    return [one.code for one in refused.value.objections]


def test_what_was_chosen_goes_along_as_a_copy_and_the_rest_stays(runtime: Runtime) -> None:
    dossier = here(runtime)
    after = send_to_department(runtime, wanted(dossier, "eikenrode", LETTER.id), at(NOW))
    new = seen(runtime, after.relations.goes_on_in)
    (copy,) = new.dossier.values["bijlagen"]  # type: ignore[misc, union-attr]
    assert (copy["name"], copy["id"] != LETTER.id) == ("brief.pdf", True)  # type: ignore[index, call-overload]
    assert content_of(runtime, new.dossier.id, copy["id"]) == LETTER.content  # type: ignore[index, call-overload, arg-type]
    assert content_of(runtime, dossier, LETTER.id) == LETTER.content
    assert seen(runtime, dossier).dossier.relations.sent_on[0].files == (LETTER.id,)


def test_without_a_choice_no_file_goes_along(runtime: Runtime) -> None:
    dossier = here(runtime)
    after = send_to_department(runtime, wanted(dossier, "eikenrode"), at(NOW))
    assert "bijlagen" not in seen(runtime, after.relations.goes_on_in).dossier.values
    assert "bijlagen" not in seen(runtime, dossier).dossier.relations.sent_on[0].fields


def test_a_file_that_is_not_there_to_choose_is_refused(runtime: Runtime) -> None:
    dossier = here(runtime)
    with pytest.raises(RefusedError) as refused:
        send_to_department(runtime, wanted(dossier, "eikenrode", "bestand-9"), at(NOW))
    assert codes(refused) == ["file-unknown"]


def test_where_there_is_no_place_for_a_file_it_says_so(runtime: Runtime) -> None:
    def only_photos(document: dict[str, Any]) -> None:
        with_files(document)
        document["forms"]["dossier"]["properties"]["bijlagen"]["file-kinds"] = ["png"]

    publish_change(runtime, only_photos, "2026-03-02 09:00", "eikenrode")
    dossier = here(runtime)
    with pytest.raises(RefusedError) as refused:
        send_to_department(runtime, wanted(dossier, "eikenrode", LETTER.id, PHOTO.id), at(NOW))
    assert codes(refused) == ["send-no-place"]
    assert refused.value.objections[0].details["parties"] == ("brief.pdf",)


@pytest.mark.parametrize("hidden", ["seen-by", "right"])
def test_who_may_not_read_files_has_none_to_choose(runtime: Runtime, hidden: str) -> None:
    def hiding(document: dict[str, Any]) -> None:
        with_files(document)
        if hidden == "right":
            document["rights"]["read-attachments"] = ["onthaal"]
        else:
            document["forms"]["dossier"]["properties"]["bijlagen"]["seen-by"] = ["onthaal"]

    def offered(dossier: str) -> list[str]:
        opened = seen(runtime, dossier, "an")
        sending = opened.agreement.belonging.to_department
        found = files_to_choose(opened.agreement, opened.dossier.values, opened.rights, sending)
        return [one.id for one in found]

    assert offered(here(runtime)) == [LETTER.id, PHOTO.id]
    publish_change(runtime, hiding, "2026-03-02 09:00")
    dossier = here(runtime, "rita")
    assert offered(dossier) == []
    with pytest.raises(RefusedError) as refused:
        send_elsewhere(runtime, wanted(dossier, "Zorginspectie", LETTER.id), at(NOW))
    assert codes(refused) == ["file-unknown"]


def test_the_page_offers_them_and_the_sheet_says_which_went(runtime: Runtime) -> None:
    dossier = here(runtime)
    site = new_site(NOW, runtime)
    mia = site.staff("mia", COORDINATOR)
    page = mia.page(f"/medewerker/dossiers/{dossier}/overzicht")
    assert {one.attributes["value"] for one in page.all("input", name="bestand")} == {LETTER.id, PHOTO.id}
    assert page_faults(page) == []
    send_elsewhere(runtime, wanted(dossier, "Zorginspectie", PHOTO.id), at(NOW))
    sheet = mia.page(f"/medewerker/dossiers/{dossier}/doorgestuurd/0")
    assert ("foto.png" in sheet.text, "brief.pdf" in sheet.text) == (True, False)
    assert page_faults(sheet) == []
