"""Files with a form, without script: kept, refused with a sentence, never asked for twice, and given to staff only."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from gehoor.core.forms.file_kinds import LARGEST_FILE
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.dossiers.opening import open_dossier
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.projection.projection import reading_projection
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register import waiting_room
from gehoor.web.forms import uploads as attaching
from gehoor.web.forms.uploads import clean_name
from tests.support.de_linde import ORGANISATION, STORY, fill, registered
from tests.support.pages import Page, page_faults
from tests.support.pictures import PDF, PLACE, photo, png_with
from tests.support.site import Site, Visitor, new_site

TELL = f"/{ORGANISATION}/beukenhof/melden/alles"
TOLD = {"v_uiteenzetting": STORY, "v_anoniem": "ja"}


@pytest.fixture
def site() -> Site:
    return new_site("2026-05-20 09:00")


def upload(content: bytes, name: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


def pdf(name: str = "brief.pdf") -> tuple[io.BytesIO, str]:
    return upload(PDF, name)


def dossiers(site: Site) -> list[str]:
    with reading_projection(site.runtime) as register:
        return [found.id for found in register.summaries([(ORGANISATION, "beukenhof")])]


def kept(site: Site, dossier: str, field: str = "bijlagen") -> Any:
    return look(site.runtime, dossier, site.clock()).dossier.values.get(field)


def rows(site: Site) -> int:
    with reading_projection(site.runtime) as register:
        return register.tables.count("attachment_contents")


def errors(answer: TestResponse) -> list[str]:
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page_faults(page) == []
    return [e.text.removeprefix("Fout: ") for e in page.all("p", class_="error")]


def path(dossier: str) -> str:
    return f"/medewerker/dossiers/{dossier}"


def given(site: Site, *files: tuple[io.BytesIO, str]) -> tuple[Visitor, str]:
    """Return the browser of someone on the staff, and a dossier to which they added files."""
    dossier, staff = registered(site.runtime), site.staff()
    assert staff.send(path(dossier), v_bijlagen=list(files)).status_code == 303
    return staff, dossier


def test_a_picture_comes_along_without_where_it_was_taken(site: Site) -> None:
    answer = site.visitor().send(TELL, **TOLD, v_bijlagen=[upload(photo(), "trap.jpg"), pdf()])
    assert answer.status_code == 303
    (dossier,) = dossiers(site)
    first, second = kept(site, dossier)
    assert (first["name"], first["type"], second["name"]) == ("trap.jpg", "image/jpeg", "brief.pdf")
    download = site.staff().get(f"{path(dossier)}/bijlagen/{first['id']}")
    assert len(download.data) == first["size"]
    assert PLACE.encode() not in download.data


def test_a_form_without_files_keeps_no_files(site: Site) -> None:
    assert site.visitor().send(TELL, **TOLD).status_code == 303
    (dossier,) = dossiers(site)
    assert (kept(site, dossier), rows(site)) == (None, 0)


def test_a_file_is_not_asked_for_twice_when_something_else_is_refused(site: Site) -> None:
    visitor = site.visitor()
    refused = visitor.send(TELL, v_anoniem="ja", v_bijlagen=pdf())
    assert errors(refused) == ["Beantwoord de vraag \u201cWat is er gebeurd?\u201d."]
    page = Page(refused.text)
    assert "brief.pdf" in page.text
    assert visitor.resend(TELL, page, v_uiteenzetting=STORY).status_code == 303
    (dossier,) = dossiers(site)
    assert [file["name"] for file in kept(site, dossier)] == ["brief.pdf"]
    assert rows(site) == 1


def test_a_file_that_waits_can_be_taken_away(site: Site) -> None:
    visitor = site.visitor()
    page = Page(visitor.send(TELL, v_anoniem="ja", v_bijlagen=pdf()).text)
    waiting = page.value("v_bijlagen-bewaard")
    assert visitor.resend(TELL, page, v_uiteenzetting=STORY, wis=waiting).status_code == 303
    assert kept(site, dossiers(site)[0]) is None


def test_files_that_wait_are_gone_after_a_day(site: Site) -> None:
    site.visitor().send(TELL, v_anoniem="ja", v_bijlagen=pdf())
    sweep(site.runtime, site.clock() + timedelta(hours=23))
    assert rows(site) == 1
    sweep(site.runtime, site.clock() + timedelta(hours=25))
    assert rows(site) == 0


def test_files_that_belong_to_a_dossier_are_never_swept(site: Site) -> None:
    given(site, pdf())
    sweep(site.runtime, site.clock() + timedelta(days=30))
    assert rows(site) == 1


def test_another_form_cannot_take_a_file_that_waits(site: Site) -> None:
    page = Page(site.visitor().send(TELL, v_anoniem="ja", v_bijlagen=pdf()).text)
    stolen = {"v_bijlagen-bewaard": page.value("v_bijlagen-bewaard")}
    answer = site.visitor().send(TELL, **TOLD, **stolen)
    assert errors(answer) == ["Een van deze bestanden hebben wij niet meer. Voeg het opnieuw toe."]
    assert dossiers(site) == []


@pytest.mark.parametrize(
    "answer", [["brief.pdf"], [{"id": "x", "name": "a.pdf", "type": "t", "size": 1}], "x"]
)
def test_an_answer_cannot_name_files_that_nobody_sent(site: Site, answer: Any) -> None:
    answers = {"uiteenzetting": STORY, "anoniem": True, "bijlagen": answer}
    opening = Opening(ORGANISATION, "beukenhof", "melden", answers, "een sleutel")
    with pytest.raises(RefusedError) as refusal:
        open_dossier(site.runtime, opening, site.clock())
    assert [objection.field for objection in refusal.value.objections] == ["bijlagen"]


def test_the_same_form_sent_twice_keeps_its_files_once(site: Site) -> None:
    visitor = site.visitor()
    page = visitor.page(TELL)
    for _ in range(2):
        assert visitor.resend(TELL, page, **TOLD, v_bijlagen=pdf()).status_code == 303
    assert (len(dossiers(site)), rows(site)) == (1, 1)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (
            b"MZ\x90\x00" + b"\0" * 60,
            "foto.jpg",
            "Het bestand \u201cfoto.jpg\u201d is iets anders dan zijn naam zegt.",
        ),
        (b"MZ\x90\x00", "virus.exe", "Het bestand \u201cvirus.exe\u201d kan niet. Wij aanvaarden: pdf,"),
        (b"", "leeg.pdf", "Het bestand \u201cleeg.pdf\u201d is leeg."),
        (
            PDF + b" " * LARGEST_FILE,
            "groot.pdf",
            "Het bestand \u201cgroot.pdf\u201d is te groot: hoogstens 5 MB.",
        ),
        (photo()[:300], "stuk.jpg", "Uit \u201cstuk.jpg\u201d kunnen wij de verborgen gegevens"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_and_what_was_typed_stays(
    site: Site, content: bytes, name: str, sentence: str
) -> None:
    refused = site.visitor().send(TELL, **TOLD, v_bijlagen=[upload(content, name), pdf()])
    (said,) = errors(refused)
    assert said.startswith(sentence)
    page = Page(refused.text)
    assert STORY in page.value("v_uiteenzetting")
    assert "brief.pdf" in page.text
    assert dossiers(site) == []


def test_too_many_files_are_refused_and_the_first_are_kept(site: Site) -> None:
    refused = site.visitor().send(
        TELL, **TOLD, v_bijlagen=[pdf(f"brief-{number}.pdf") for number in range(50)]
    )
    assert errors(refused) == [
        "Dit zijn er te veel: hoogstens 5 bestanden. Wij stopten bij \u201cbrief-5.pdf\u201d."
    ]
    assert len(Page(refused.text).all("input", name="v_bijlagen-bewaard")) == 5
    assert rows(site) == 5


def test_files_together_stay_under_a_bound_also_when_they_come_one_after_the_other(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attaching, "LARGEST_SUBMISSION", 20 * 1024)
    large, visitor = PDF + b" " * 5000, site.visitor()
    four = [upload(large, f"{number}.pdf") for number in range(4)]
    page = Page(visitor.send(TELL, v_anoniem="ja", v_bijlagen=four).text)
    (said,) = errors(visitor.resend(TELL, page, **TOLD, v_bijlagen=upload(large, "vijf.pdf")))
    assert said.startswith("Samen zijn deze bestanden te groot: hoogstens 20 kB.")
    assert visitor.resend(TELL, page, **TOLD).status_code == 303


def test_a_request_that_is_far_too_large_is_refused_with_a_page(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attaching, "MAX_WITH_FILES", 10_000)
    answer = site.visitor().send(TELL, **TOLD, v_bijlagen=upload(b"x" * 10_000, "x.pdf"))
    assert answer.status_code == 413
    assert "kleinere bestanden" in answer.text


def test_a_form_keeps_so_many_files_and_no_more(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting_room, "MOST_OF_FORM", 1)
    said = errors(site.visitor().send(TELL, v_anoniem="ja", v_bijlagen=[pdf(), pdf("tweede.pdf")]))
    assert (
        "Wij kunnen \u201ctweede.pdf\u201d nu niet bijhouden. Kies het opnieuw als al het andere klopt."
        in said
    )
    assert rows(site) == 0


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\An\\brief.pdf", "brief.pdf"),
        ("factuur\u202efdp.exe.pdf", "factuurfdp.exe.pdf"),
        ("een\r\nbrief\0.pdf", "eenbrief.pdf"),
        (".pdf", "bestand.pdf"),
        ("..pdf", "bestand.pdf"),
        ("\u200b.pdf", "bestand.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("<b>.pdf", "b.pdf"),
    ],
)
def test_a_file_name_hides_nothing(sent: str, name: str) -> None:
    assert clean_name(sent) == name


def test_a_file_is_saved_and_never_opened_in_place(site: Site) -> None:
    polyglot = png_with("<script>alert(1)</script>") + b"<html><script>alert(1)</script>"
    staff, dossier = given(site, upload(polyglot, "plan.png"))
    answer = staff.get(f"{path(dossier)}/bijlagen/{kept(site, dossier)[0]['id']}")
    assert answer.headers["Content-Disposition"] == "attachment; filename=plan.png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert b"script" not in answer.data


def test_a_file_is_only_for_who_may_see_the_dossier_it_is_in(site: Site) -> None:
    staff, dossier = given(site, pdf())
    file = kept(site, dossier)[0]["id"]
    other = registered(site.runtime)
    assert staff.get(f"{path(other)}/bijlagen/{file}").status_code == 404
    assert staff.get(f"{path(dossier)}/bijlagen/{'0' * 32}").status_code == 404
    assert site.visitor().get(f"{path(dossier)}/bijlagen/{file}").status_code == 302
    elsewhere = site.staff("jan", f"{ORGANISATION}/eikenrode:onthaal")
    assert elsewhere.get(f"{path(dossier)}/bijlagen/{file}").status_code == 404


def test_a_file_that_waits_cannot_be_downloaded(site: Site) -> None:
    staff, dossier = site.staff(), registered(site.runtime)
    page = Page(staff.send(path(dossier), v_bijlagen=[pdf(), upload(b"x", "x.exe")]).text)
    assert page_faults(page) == []
    waiting = page.value("v_bijlagen-bewaard")
    assert staff.get(f"{path(dossier)}/bijlagen/{waiting}").status_code == 404


def test_a_page_that_is_saved_untouched_keeps_its_files(site: Site) -> None:
    staff, dossier = given(site, pdf())
    before = look(site.runtime, dossier, site.clock()).dossier
    assert staff.send(path(dossier)).status_code == 303
    assert look(site.runtime, dossier, site.clock()).dossier == before


def test_files_are_added_to_those_that_are_there(site: Site) -> None:
    staff, dossier = given(site, pdf("een.pdf"))
    assert staff.send(path(dossier), v_bijlagen=pdf("twee.pdf")).status_code == 303
    assert [file["name"] for file in kept(site, dossier)] == ["een.pdf", "twee.pdf"]
    assert page_faults(staff.page(path(dossier))) == []


def test_a_file_that_is_wiped_is_erased_and_the_timeline_says_it_was_there(site: Site) -> None:
    staff, dossier = given(site, pdf())
    file = kept(site, dossier)[0]["id"]
    assert staff.send(path(dossier), wis=file).status_code == 303
    assert (kept(site, dossier), rows(site)) == (None, 0)
    assert "brief.pdf (1 kB)" in staff.page(f"{path(dossier)}/verloop").text
    assert staff.get(f"{path(dossier)}/bijlagen/{file}").status_code == 404


def test_a_file_does_not_overwrite_what_someone_else_added(site: Site) -> None:
    staff, dossier = given(site, pdf("een.pdf"))
    seen = staff.page(path(dossier))
    assert site.staff("jan").send(path(dossier), v_bijlagen=pdf("twee.pdf")).status_code == 303
    answer = staff.resend(path(dossier), seen, v_bijlagen=pdf("drie.pdf"))
    assert answer.status_code == 409
    assert "een.pdf (1 kB), twee.pdf (1 kB)" in Page(answer.text).text
    assert "drie.pdf" in Page(answer.text).text


def test_files_come_along_when_staff_registers_a_message(site: Site) -> None:
    told = {"v_uiteenzetting": STORY, "v_drager": "brief", "v_anoniem": "ja", "v_bijlagen": pdf()}
    told |= {"v_type_bericht": "klacht", "v_indieningsvorm": "schriftelijk"}
    answer = site.staff().send(f"/medewerker/{ORGANISATION}/beukenhof/registreren", **told)
    assert answer.status_code == 200, Page(answer.text).text
    assert [file["name"] for file in kept(site, dossiers(site)[0])] == ["brief.pdf"]


def test_an_answer_elsewhere_leaves_files_alone(site: Site) -> None:
    _, dossier = given(site, pdf())
    fill(site.runtime, dossier, "2026-05-20 10:00", onderwerp="Een ander onderwerp")
    assert rows(site) == 1


# Pictures, small


def test_a_photo_stands_small_in_the_dossier_and_another_file_does_not(site: Site) -> None:
    staff, dossier = given(site, upload(photo(), "bel.jpg"), pdf())
    ids = {file["name"]: file["id"] for file in kept(site, dossier)}
    page = staff.page(path(dossier))
    small = f"{path(dossier)}/bijlagen/{ids['bel.jpg']}/klein"
    assert [one.attributes["src"] for one in page.all("img", class_="preview")] == [small]
    assert page_faults(page) == []
    answer = staff.get(small)
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"] == "no-store"
    assert staff.get(f"{path(dossier)}/bijlagen/{ids['brief.pdf']}/klein").status_code == 404
    assert staff.get(f"{path(registered(site.runtime))}/bijlagen/{ids['bel.jpg']}/klein").status_code == 404
