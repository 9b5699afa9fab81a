"""What a program hears when something cannot be: in its own way, in its language, and where it is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from gehoor.services.ports.store import StoreUnavailableError
from tests.support.de_linde import open_by_phone
from tests.support.programs import HERE, TOLD, Program, program
from tests.support.site import Site, new_site

KEEPER = "kwaliteitscoordinator"
DOSSIERS = f"{HERE}/dossiers"
DEEP = b'{"answers": {"uiteenzetting": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}"


def keeper() -> tuple[Site, Program]:
    site = new_site()
    return site, program(site, KEEPER)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b'{"answers": {}, "answers": {}}',
        b'{"answers": {"ernst": NaN}}',
        b'{"answers": {"ernst": Infinity}}',
        b'{"answers": {"uiteenzetting": "\\ud800"}}',
        b'{"answers": {"\\udfff": 1}}',
        DEEP,
        DEEP[:200_000],
        b'{"answers": {"ernst": ' + b"9" * 5000 + b"}}",
    ],
)
def test_what_is_no_json_is_refused_whole(body: bytes) -> None:
    _site, asking = keeper()
    answer = asking.ask("POST", DOSSIERS, body)
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ([], ""),
        ("x", ""),
        ({}, "/answers"),
        ({"answers": []}, "/answers"),
        ({"answers": TOLD, "extra": 1}, "/extra"),
        ({"answers": {**TOLD, "a/b~c": 1}}, "/answers/a~1b~0c"),
        ({"answers": {**TOLD, "uiteenzetting": {"a": 1}}}, "/answers/uiteenzetting"),
        ({"answers": {**TOLD, "drager": [["telefoon"]]}}, "/answers/drager/0"),
        ({"answers": {**TOLD, "drager": "telefoon"}}, "/answers/drager"),
        ({"answers": {**TOLD, "anoniem": "ja"}}, "/answers/anoniem"),
        ({"answers": {**TOLD, "anoniem": 1}}, "/answers/anoniem"),
        ({"answers": {**TOLD, "uiteenzetting": 3}}, "/answers/uiteenzetting"),
        ({"answers": {**TOLD, "ontvangstdatum": "gisteren"}}, "/answers/ontvangstdatum"),
        ({"answers": {**TOLD, "anoniem": "misschien"}}, "/answers/anoniem"),
        ({"answers": {**TOLD, "uiteenzetting": "x" * 20_001}}, "/answers/uiteenzetting"),
    ],
)
def test_what_does_not_fit_is_said_at_its_place(body: Any, pointer: str) -> None:
    _site, asking = keeper()
    answer = asking.ask("POST", DOSSIERS, body)
    assert answer.status_code == 422
    assert pointer in [one["pointer"] for one in answer.json["errors"]]
    assert all(one["detail"] for one in answer.json["errors"])


def test_an_unknown_member_is_refused_by_name_with_what_was_meant() -> None:
    _site, asking = keeper()
    answer = asking.ask("POST", DOSSIERS, {"anwsers": TOLD})
    told = {one["pointer"]: one["detail"] for one in answer.json["errors"]}
    assert told["/anwsers"] == "“anwsers” kennen wij hier niet. Bedoelt u “answers”?"
    assert told["/answers"] == "Dit ontbreekt."


def test_the_sentences_are_those_of_the_form() -> None:
    site, asking = keeper()
    page = site.staff("ria", "onthaal").send("/medewerker/de-linde/beukenhof/registreren")
    told = asking.ask("POST", DOSSIERS, {"answers": {}}).json["errors"]
    for one in told:
        assert one["detail"] in page.text


@pytest.mark.parametrize(
    ("language", "title"),
    [("nl", "Dit bestaat niet"), ("fr-BE, nl;q=0.5", "Ceci n\u2019existe pas"), ("de", "Dit bestaat niet")],
)
def test_a_problem_is_told_in_the_language_that_was_asked_for(language: str, title: str) -> None:
    _site, asking = keeper()
    answer = asking.ask("GET", "/dossiers/x", Accept_Language=language)
    assert (answer.status_code, answer.json["title"]) == (404, title)
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/niets", 404), ("DELETE", "/dossiers", 405), ("GET", DOSSIERS, 405), ("PUT", "/", 405)],
)
def test_what_is_not_there_is_a_problem_and_no_page(method: str, path: str, status: int) -> None:
    _site, asking = keeper()
    answer = asking.ask(method, path)
    assert (answer.status_code, answer.json["status"]) == (status, status)
    assert (status == 405) == ("Allow" in answer.headers)


def test_another_kind_of_content_is_not_read() -> None:
    _site, asking = keeper()
    authorisation = {"Authorization": f"Bearer {asking.token}"}
    answer = asking.client.post(DOSSIERS, data="a=1", headers=authorisation, content_type="text/plain")
    assert answer.status_code == 415


def test_what_is_too_large_is_refused_before_it_is_read() -> None:
    _site, asking = keeper()
    answer = asking.ask("POST", DOSSIERS, {"answers": {**TOLD, "uiteenzetting": "x" * 3_000_000}})
    assert (answer.status_code, answer.content_type) == (413, "application/problem+json")


def test_no_answer_may_be_read_by_pages_of_others() -> None:
    _site, asking = keeper()
    for method in ("GET", "OPTIONS"):
        answer = asking.ask(method, "/", Origin="https://elders.example")
        assert [name for name, _ in answer.headers if name.lower().startswith("access-control")] == []


def test_nothing_there_gives_a_cookie() -> None:
    _site, asking = keeper()
    for answer in (asking.ask("GET", "/dossiers"), asking.ask("POST", DOSSIERS, {"answers": TOLD})):
        assert "Set-Cookie" not in answer.headers


def test_tokens_that_do_not_count_cannot_be_tried_for_ever() -> None:
    site = new_site()
    guessing = Program(site.app.test_client(), "gehoor_koppeling.x")
    statuses = [guessing.ask("GET", "/").status_code for _ in range(201)]
    assert (statuses[0], statuses[-1]) == (401, 429)
    assert guessing.ask("GET", "/").headers["Retry-After"]


def test_one_program_does_not_keep_others_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    site, asking = keeper()
    from gehoor.web.security import policies
    from gehoor.web.security.rate_limits import each_quarter

    monkeypatch.setattr(policies, "_OF_CLIENT", each_quarter(3))
    other = program(site, KEEPER, name="andere")
    statuses = [asking.ask("GET", "/").status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert other.ask("GET", "/").status_code == 200


def test_a_store_that_is_gone_is_said_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    site, asking = keeper()
    dossier = open_by_phone(site.runtime, "2026-05-12 13:00").dossier

    @contextmanager
    def gone(*_: Any) -> Iterator[None]:
        raise StoreUnavailableError("/some/where/register.db")
        yield

    monkeypatch.setattr(type(site.runtime.store), "transaction", gone)
    answer = asking.ask("POST", f"/dossiers/{dossier}/notes", {"text": "x"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "register.db" not in answer.text


def test_a_fault_of_ours_tells_nothing_of_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    site, asking = keeper()

    def broken(**_: Any) -> Any:
        raise RuntimeError("geheim")

    site.app.view_functions["api.entry"].__globals__["answered"] = broken
    try:
        answer = asking.ask("GET", "/")
    finally:
        from gehoor.web.api.operations import answered

        site.app.view_functions["api.entry"].__globals__["answered"] = answered
    assert (answer.status_code, answer.content_type) == (500, "application/problem+json")
    assert "geheim" not in json.dumps(answer.json)
