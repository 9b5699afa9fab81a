"""Dossiers by the API: listed, read, registered and changed as on the pages."""

from __future__ import annotations

import io
from typing import Any

import pytest

from gehoor.services.dossiers.viewing import look
from gehoor.services.intake.status_page import follow
from gehoor.services.search.worklist import PAGE
from tests.support.de_linde import fill, open_by_phone, registered
from tests.support.pictures import PDF
from tests.support.programs import HERE, TOLD, Program, program
from tests.support.site import Site, new_site

KEEPER = "kwaliteitscoordinator"


def keeper() -> tuple[Site, Program]:
    site = new_site()
    return site, program(site, KEEPER)


def one_dossier(**answers: Any) -> tuple[Site, Program, str]:
    site, asking = keeper()
    return site, asking, open_by_phone(site.runtime, "2026-05-12 13:00", **answers).dossier


def test_what_is_registered_is_a_dossier_with_a_number_and_a_code() -> None:
    site, asking = keeper()
    answer = asking.ask("POST", f"{HERE}/dossiers", {"answers": TOLD})
    assert answer.status_code == 201
    assert answer.json["number"] == "BEU-2026-0001"
    assert answer.json["code"]
    assert answer.headers["Location"] == f"/api/v1/dossiers/{answer.json['id']}"
    values = look(site.runtime, answer.json["id"], site.clock.now).dossier.values
    assert values["uiteenzetting"] == "De soep was koud."


def test_what_is_not_asked_when_registering_is_refused() -> None:
    _site, asking = keeper()
    answer = asking.ask("POST", f"{HERE}/dossiers", {"answers": {**TOLD, "besluit": "Gegrond"}})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/answers/besluit")


def test_a_form_for_everyone_gives_a_number_and_a_code_and_no_more() -> None:
    site, asking = keeper()
    body = {"answers": {"uiteenzetting": "De soep was koud.", "anoniem": True}}
    answer = asking.ask("POST", f"{HERE}/forms/melden/submissions", body)
    assert answer.status_code == 201
    assert set(answer.json) == {"number", "code"}
    seen = look(site.runtime, asking.get("/dossiers")["dossiers"][0]["id"], site.clock.now)
    assert (seen.events[0].actor, seen.dossier.number) == ("melder", answer.json["number"])


@pytest.mark.parametrize("form", ["dossier", "bestaat-niet"])
def test_a_form_that_is_not_for_everyone_takes_nothing_in(form: str) -> None:
    _site, asking = keeper()
    assert asking.ask("POST", f"{HERE}/forms/{form}/submissions", {"answers": {}}).status_code == 404


def test_files_come_along_under_the_name_of_their_field() -> None:
    _site, asking = keeper()
    told = '{"answers": {"uiteenzetting": "De soep was koud.", "anoniem": true}}'
    sent = {"request": told, "bijlagen": [(io.BytesIO(PDF), "brief.pdf"), (io.BytesIO(PDF), "nog.pdf")]}
    assert asking.send(f"{HERE}/forms/melden/submissions", sent).status_code == 201
    dossier = asking.get("/dossiers")["dossiers"][0]["id"]
    files = asking.get(f"/dossiers/{dossier}/attachments")["attachments"]
    assert [(one["name"], one["field"]) for one in files] == [
        ("brief.pdf", "bijlagen"),
        ("nog.pdf", "bijlagen"),
    ]
    content = asking.ask("GET", files[0]["href"])
    assert (content.data, content.headers["Content-Disposition"]) == (PDF, "attachment; filename=brief.pdf")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("a.exe", b"MZ", "file-kind"), ("a.pdf", b"MZ", "file-differs"), ("a.pdf", b"", "file-empty")],
)
def test_a_file_that_cannot_be_kept_says_why(name: str, content: bytes, code: str) -> None:
    _site, asking, dossier = one_dossier()
    answer = asking.send(
        f"/dossiers/{dossier}/attachments/bijlagen", {"bijlagen": (io.BytesIO(content), name)}
    )
    assert (answer.status_code, answer.json["errors"][0]["code"]) == (422, code)


def test_a_file_is_added_beside_those_that_are_there() -> None:
    _site, asking, dossier = one_dossier()
    for name in ("a.pdf", "b.pdf"):
        sent = {"bijlagen": (io.BytesIO(PDF), name)}
        assert asking.send(f"/dossiers/{dossier}/attachments/bijlagen", sent).status_code == 201
    files = asking.get(f"/dossiers/{dossier}/attachments")["attachments"]
    assert [one["name"] for one in files] == ["a.pdf", "b.pdf"]


def test_a_field_that_takes_no_files_is_not_there_for_them() -> None:
    _site, asking, dossier = one_dossier()
    answer = asking.send(f"/dossiers/{dossier}/attachments/bijlage", {"bijlage": (io.BytesIO(PDF), "a.pdf")})
    assert answer.status_code == 404
    assert "Bedoelt u “bijlagen”?" in answer.json["errors"][0]["detail"]


def test_a_change_needs_the_version_that_was_seen() -> None:
    _site, asking, dossier = one_dossier()
    answer = asking.ask("PATCH", f"/dossiers/{dossier}", {"answers": {"aangeklaagde_dienst": "Keuken"}})
    assert answer.status_code == 428
    for mark in ('"v0123"', '"3"', "W/", "onzin", '"x;", ""'):
        body = {"answers": {"aangeklaagde_dienst": "Keuken"}}
        assert asking.ask("PATCH", f"/dossiers/{dossier}", body, If_Match=mark).status_code == 412, mark


def test_a_change_is_kept_and_answered_with_the_next_version() -> None:
    _site, asking, dossier = one_dossier()
    before = asking.ask("GET", f"/dossiers/{dossier}")
    body = {"answers": {"aangeklaagde_dienst": "Keuken"}}
    after = asking.ask("PATCH", f"/dossiers/{dossier}", body, If_Match=before.headers["ETag"])
    assert after.status_code == 200
    assert after.json["answers"]["aangeklaagde_dienst"] == "Keuken"
    assert after.headers["ETag"] not in (before.headers["ETag"], "")


@pytest.mark.parametrize(
    ("answers", "pointer"),
    [
        ({"anoniem": "ja"}, "/answers/anoniem"),
        ({"drager": "telefoon"}, "/answers/drager"),
        ({"ernst": "3"}, "/answers/ernst"),
        ({"deelklachten": {"omschrijving": "Soep"}}, "/answers/deelklachten"),
        ({"deelklachten": ["Soep"]}, "/answers/deelklachten/0"),
        ({"deelklachten": [{"omschrijving": 5}]}, "/answers/deelklachten/0/omschrijving"),
        ({"aangeklaagde_medewerkers": "koen"}, "/answers/aangeklaagde_medewerkers"),
    ],
)
def test_an_answer_of_another_kind_than_its_schema_says_changes_nothing(
    answers: dict[str, Any], pointer: str
) -> None:
    """What people type is read freely; what a program sends is what it was told to send."""
    site, asking, dossier = one_dossier()
    before = look(site.runtime, dossier, site.clock.now).dossier.version
    answer = asking.ask("PATCH", f"/dossiers/{dossier}", {"answers": answers}, If_Match="*")
    assert answer.status_code == 422
    assert pointer in [one["pointer"] for one in answer.json["errors"]]
    assert look(site.runtime, dossier, site.clock.now).dossier.version == before


def test_an_answer_that_is_not_asked_beside_the_others_is_refused_and_not_left_out_unsaid() -> None:
    site, asking, dossier = one_dossier()
    before = look(site.runtime, dossier, site.clock.now).dossier.version
    body = {"answers": {"onderwerp": "Koud", "aangeklaagde_anderen": "De buurman"}}
    answer = asking.ask("PATCH", f"/dossiers/{dossier}", body, If_Match="*")
    assert answer.status_code == 422
    assert [(one["pointer"], one["code"]) for one in answer.json["errors"]] == [
        ("/answers/aangeklaagde_anderen", "not-asked")
    ]
    assert look(site.runtime, dossier, site.clock.now).dossier.version == before


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("forms/melden/submissions", {}),
        ("dossiers", {"ontvangstdatum": "2026-05-12", "drager": ["telefoon"]}),
    ],
)
def test_whoever_tells_without_a_name_and_sends_one_hears_that_it_is_not_asked(
    path: str, more: dict[str, Any]
) -> None:
    _site, asking = keeper()
    told = {"uiteenzetting": "De soep was koud.", "anoniem": True, **more}
    answer = asking.ask("POST", f"{HERE}/{path}", {"answers": {**told, "klager_naam": "Peeters"}})
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json["errors"]] == ["/answers/klager_naam"]
    # What says nothing leaves nothing out.
    assert asking.ask("POST", f"{HERE}/{path}", {"answers": {**told, "klager_naam": " "}}).status_code == 201


def test_null_takes_an_answer_away() -> None:
    _site, asking, dossier = one_dossier(aangeklaagde_dienst="Keuken")
    answer = asking.ask(
        "PATCH", f"/dossiers/{dossier}", {"answers": {"aangeklaagde_dienst": None}}, If_Match="*"
    )
    assert "aangeklaagde_dienst" not in answer.json["answers"]


def test_who_changes_what_somebody_else_changed_meanwhile_hears_what_stands_there() -> None:
    site, asking, dossier = one_dossier()
    seen = asking.ask("GET", f"/dossiers/{dossier}").headers["ETag"]
    fill(site.runtime, dossier, "2026-05-12 13:30", aangeklaagde_dienst="Onthaal")
    answer = asking.ask(
        "PATCH", f"/dossiers/{dossier}", {"answers": {"aangeklaagde_dienst": "Keuken"}}, If_Match=seen
    )
    assert answer.status_code == 412
    (fault,) = answer.json["errors"]
    assert (fault["pointer"], fault["value"]) == ("/answers/aangeklaagde_dienst", "Onthaal")


def test_what_others_changed_elsewhere_keeps_nobody() -> None:
    site, asking, dossier = one_dossier()
    seen = asking.ask("GET", f"/dossiers/{dossier}").headers["ETag"]
    fill(site.runtime, dossier, "2026-05-12 13:30", onderwerp="Soep")
    answer = asking.ask(
        "PATCH", f"/dossiers/{dossier}", {"answers": {"aangeklaagde_dienst": "Keuken"}}, If_Match=seen
    )
    assert (answer.status_code, answer.json["answers"]["onderwerp"]) == (200, "Soep")


def test_a_dossier_says_its_terms_and_why() -> None:
    _site, asking, dossier = one_dossier()
    terms = {one["term"]: one for one in asking.get(f"/dossiers/{dossier}/terms")["terms"]}
    assert terms["ontvangstmelding"]["due"] == "2026-05-20"
    assert terms["ontvangstmelding"]["why"][-1] == "De vervaldag is woensdag 20 mei 2026."


def test_it_is_given_noted_and_told_with_whom_somebody_spoke() -> None:
    site, asking, dossier = one_dossier()
    site.add_staff("els", KEEPER)
    spoke = {"on": "2026-05-12", "whom": "Haar dochter", "way": "phone", "text": "Ze wacht nog."}
    for part, body in (
        ("assignment", {"to": "els", "note": "Graag vandaag"}),
        ("notes", {"text": "Kookt de kok nog?", "pinned": True}),
        ("contacts", spoke),
    ):
        assert asking.ask("POST", f"/dossiers/{dossier}/{part}", body).status_code == 204
    read = asking.get(f"/dossiers/{dossier}")
    assert read["handlers"] == [{"account": "els", "name": "Els"}]
    assert [one["text"] for one in read["notes"]] == ["Kookt de kok nog?"]
    assert [one["whom"] for one in read["contacts"]] == ["Haar dochter"]


@pytest.mark.parametrize(
    ("part", "body", "pointer"),
    [
        ("notes", {"text": "  "}, "/text"),
        ("contacts", {"on": "2026-05-13", "whom": "x", "way": "phone", "text": "x"}, "/on"),
        ("contacts", {"on": "2026-05-12", "whom": " ", "way": "phone", "text": "x"}, "/whom"),
        ("contacts", {"on": "gisteren", "whom": "x", "way": "phone", "text": "x"}, "/on"),
        ("contacts", {"on": "2026-05-12", "whom": "x", "way": "duif", "text": "x"}, "/way"),
        (
            "contacts",
            {"on": "2026-05-12", "whom": "x", "way": "phone", "text": "x", "counts_as": ["y"]},
            "/counts_as/y",
        ),
        ("assignment", {"to": 3}, "/to"),
        ("assignment", {}, "/to"),
    ],
)
def test_what_cannot_be_done_is_said_at_its_place(part: str, body: dict[str, Any], pointer: str) -> None:
    _site, asking, dossier = one_dossier()
    answer = asking.ask("POST", f"/dossiers/{dossier}/{part}", body)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer)


def test_a_list_is_read_page_by_page_and_back() -> None:
    site, asking = keeper()
    for _ in range(PAGE + 3):
        open_by_phone(site.runtime, "2026-05-12 13:00")
    first = asking.ask("GET", "/dossiers?sort=number")
    second = asking.get(first.json["next"])
    assert (first.json["total"], len(first.json["dossiers"]), len(second["dossiers"])) == (PAGE + 3, PAGE, 3)
    assert 'rel="next"' in first.headers["Link"]
    numbers = [one["number"] for one in [*first.json["dossiers"], *second["dossiers"]]]
    assert numbers == sorted(numbers)
    assert asking.get(second["previous"])["dossiers"] == first.json["dossiers"]


def test_a_list_is_narrowed_as_the_work_list_is() -> None:
    site, asking = keeper()
    open_by_phone(site.runtime, "2026-05-12 13:00")
    registered(site.runtime, "2026-05-12 13:30")
    assert asking.get("/dossiers?list=closed")["total"] == 0
    assert asking.get("/dossiers?department=de-linde/eikenrode")["total"] == 0
    assert asking.get("/dossiers?received_from=2026-05-12&kind=klacht&sort=-changed")["total"] == 2
    assert asking.get("/dossiers?list=unassigned&standing=later")["total"] == 2


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("lst=closed", "lst"),
        ("list=x", "list"),
        ("sort=x", "sort"),
        ("received_from=x", "received_from"),
        ("after=x", "after"),
        ("before=W10", "before"),
        ("after=WyJ4IiwgInkiXQ", "after"),
        ("list=late&list=mine", "list"),
    ],
)
def test_what_a_list_cannot_mean_is_refused_by_name(query: str, pointer: str) -> None:
    _site, asking = keeper()
    answer = asking.ask("GET", f"/dossiers?{query}")
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (400, pointer)


def test_what_the_teller_reads_is_what_the_program_sent() -> None:
    site, asking = keeper()
    made = asking.ask("POST", f"{HERE}/dossiers", {"answers": TOLD}).json
    assert follow(site.runtime, made["id"], site.clock.now).number == made["number"]


def test_the_agreement_and_the_schemas_of_its_forms_are_told() -> None:
    _site, asking = keeper()
    (department,) = asking.get("/departments")["departments"]
    assert department["name"] == "WZC Beukenhof"
    agreed = asking.get(f"{HERE}/agreement")
    assert agreed["hash"] == department["agreement"]
    assert agreed["agreement"]["forms"]["dossier"]
    for form in department["forms"]:
        schema = asking.get(form["schema"])
        assert "uiteenzetting" in schema["properties"]
