"""What OpenAPI says of the API holds, for whatever is sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from gehoor.web.api.operations import operation_of
from tests.support.de_linde import open_by_phone
from tests.support.places import CHECKOUT
from tests.support.programs import V1, Program, program
from tests.support.site import Site, new_site

KEEPER = "kwaliteitscoordinator"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
"""Whether what fits a schema is taken in, the agreement says too: no schema holds its rules."""
FEW = 8
DESCRIPTION = f"{V1}/openapi.json"


@cache
def house() -> tuple[Site, Program, str]:
    site = new_site()
    return site, program(site, KEEPER), open_by_phone(site.runtime, "2026-05-12 13:00").dossier


def described(asking: Program) -> dict[str, Any]:
    found: dict[str, Any] = asking.get("/openapi.json")
    return found


def naming_what_is_there(description: dict[str, Any], dossier: str) -> dict[str, Any]:
    """Return a description in which the parts of addresses name what is there, and now and then what is not."""
    there = {
        "dossier_id": [dossier, "niet"],
        "organisation": ["de-linde", "waterhof"],
        "department": ["beukenhof", "eikenrode"],
        "form_id": ["dossier", "dossier-change", "melden", "niet"],
        "field": ["bijlagen", "onderwerp"],
        "file_id": ["niet"],
    }
    for path in description["paths"].values():
        for told in path.values():
            for one in told["parameters"]:
                if one["in"] == "path":
                    one["schema"]["enum"] = there[one["name"]]
    return description


def in_front(app: Flask, description: dict[str, Any]) -> Callable[..., Iterable[bytes]]:
    """Return the application with another description of itself."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] != DESCRIPTION:
            return app(environ, start_response)
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(description).encode()]

    return answer


@cache
def operations() -> dict[str, Any]:
    site, asking, dossier = house()
    front = in_front(site.app, naming_what_is_there(described(asking), dossier))
    schema = schemathesis.openapi.from_wsgi(DESCRIPTION, front)
    found = [result.ok() for result in schema.get_all_operations()]
    return {f"{one.method.upper()} {one.path}": one for one in found}


LABELS = [
    "GET /", "GET /departments", "GET /dossiers", "GET /dossiers/{dossier_id}",
    "PATCH /dossiers/{dossier_id}", "GET /dossiers/{dossier_id}/terms", "POST /dossiers/{dossier_id}/assignment",
    "POST /dossiers/{dossier_id}/notes", "POST /dossiers/{dossier_id}/contacts",
    "GET /dossiers/{dossier_id}/attachments", "GET /dossiers/{dossier_id}/attachments/{file_id}",
    "POST /dossiers/{dossier_id}/attachments/{field}",
    "POST /organisations/de-linde/departments/beukenhof/dossiers",
    "POST /organisations/de-linde/departments/beukenhof/forms/melden/submissions",
    "GET /organisations/{organisation}/departments/{department}/agreement",
    "GET /organisations/{organisation}/departments/{department}/forms/{form_id}/schema",
]  # fmt: skip


def hold_against(label: str, mode: GenerationMode, examples: int) -> None:
    """Send what an address takes, or something else, and hold each answer against the description."""
    _site, asking, _dossier = house()
    method, _space, path = label.partition(" ")
    told = operations()[f"{method} {V1}{path}"]

    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=True,
        suppress_health_check=[*HealthCheck],
    )  # fmt: skip
    @given(case=told.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        answer = case.call(headers={"Authorization": f"Bearer {asking.token}"})
        case.validate_response(answer, checks=CHECKS)

    send()


def test_the_description_is_openapi() -> None:
    OpenAPIV31SpecValidator(described(house()[1])).validate()


def test_every_address_is_described_and_no_other() -> None:
    site, asking, _dossier = house()
    rules = [rule for rule in site.app.url_map.iter_rules() if rule.rule.startswith(V1)]
    assert [rule.rule for rule in rules if operation_of(site.app.view_functions[rule.endpoint]) is None] == []
    told = {f"{V1}{label.partition(' ')[2]}" for label in LABELS}
    # The tester leaves out what it reads itself.
    assert told | {DESCRIPTION} == set(described(asking)["paths"])


def test_the_page_about_the_api_names_every_address() -> None:
    site, _asking, _dossier = house()
    page = (CHECKOUT / "docs" / "reference" / "api.md").read_text("utf-8")
    rules = [rule for rule in site.app.url_map.iter_rules() if rule.rule.startswith(V1)]
    told = {
        f"`{method} {rule.rule.removeprefix(V1).replace('<', '{').replace('>', '}')}`"
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {one for one in told if one not in page} == set()


def test_every_operation_is_tried() -> None:
    assert {f"{method} {V1}{path}" for method, _, path in (one.partition(" ") for one in LABELS)} == set(
        operations()
    )


@pytest.mark.parametrize("label", LABELS)
def test_what_fits_is_answered_as_described(label: str) -> None:
    hold_against(label, GenerationMode.POSITIVE, FEW)


@pytest.mark.parametrize(
    "label", [one for one in LABELS if not one.startswith("GET") or one == "GET /dossiers"]
)
def test_what_does_not_fit_is_answered_as_described(label: str) -> None:
    hold_against(label, GenerationMode.NEGATIVE, FEW)


@pytest.mark.soak
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("label", LABELS)
def test_whatever_is_sent_is_answered_as_described(label: str, mode: GenerationMode) -> None:
    hold_against(label, mode, 40 * FEW)


def test_a_program_reads_of_the_departments_where_it_works_only() -> None:
    site, _asking, _dossier = house()
    told = described(program(site, "de-linde/eikenrode:onthaal", name="eikenrode"))
    assert not any("beukenhof" in name for name in [*told["paths"], *told["components"]["schemas"]])
    assert any("eikenrode" in name for name in told["paths"])


def test_what_is_described_is_in_the_language_that_was_asked_for() -> None:
    asking = house()[1]
    summaries = [
        asking.get("/openapi.json", Accept_Language=language)["paths"][f"{V1}/dossiers"]["get"]["summary"]
        for language in ("nl", "fr", "de")
    ]
    assert summaries[0] == summaries[2] != summaries[1]
