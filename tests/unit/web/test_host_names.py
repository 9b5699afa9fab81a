"""A site that was given an address answers under no other name that somebody may have led here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from werkzeug.test import Client, EnvironBuilder, run_wsgi_app

from gehoor.web.security.host_names import HostNames, OwnName


def page(_environ: Any, start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"de pagina"]


def asked(host: str, home: str = "https://klachten.voorbeeld.be", **more: Any) -> Any:
    return Client(HostNames(OwnName(page, home))).get("/x", headers={"Host": host}, **more)


@pytest.mark.parametrize(
    "host",
    [
        "klachten.voorbeeld.be", "KLACHTEN.voorbeeld.be", "klachten.voorbeeld.be:8443", "klachten.voorbeeld.be.",
        "127.0.0.1:8000", "localhost", "[::1]:8000", "10.1.2.3", "gehoor:8000", "192.168.0.9",
    ],
)  # fmt: skip
def test_its_own_name_and_those_of_its_own_network_are_answered(host: str) -> None:
    assert asked(host).text == "de pagina"


@pytest.mark.parametrize(
    "host",
    [
        "kwaad.example", "klachten.voorbeeld.be.kwaad.example", "voorbeeld.be", "www.klachten.voorbeeld.be", "8.8.8.8",
        "127.0.0.1.kwaad.example", "localhost.kwaad.example", "[1.2.3.4]",
    ],
)  # fmt: skip
def test_another_name_hears_which_is_ours(host: str) -> None:
    answer = asked(host)
    assert answer.status_code == 421
    assert "Deze website heeft een ander adres: https://klachten.voorbeeld.be\n" in answer.text
    assert host not in answer.text.replace("https://klachten.voorbeeld.be", "")
    assert answer.headers["Cache-Control"] == "no-store"


def test_whoever_only_asks_for_the_head_gets_no_more() -> None:
    wrong = Client(HostNames(OwnName(page, "https://klachten.voorbeeld.be")))
    assert wrong.head("/", headers={"Host": "kwaad.example"}).data == b""


def test_a_name_in_letters_of_its_own_language_is_the_same_name() -> None:
    assert asked("xn--klacht-gva.example", "https://klachté.example").text == "de pagina"


@pytest.mark.parametrize("home", ["http://localhost:8000", "http://127.0.0.1:8000", "http://gehoor"])
def test_a_site_on_this_computer_answers_under_any_name(home: str) -> None:
    assert asked("kwaad.example", home).text == "de pagina"


def test_what_is_no_name_is_told_so() -> None:
    assert asked("kwaad.example/../x").status_code == 400


def led_to(host: str | None, location: str) -> str:
    """Return where somebody is led who asks under a name, and is answered with a place."""

    def leads(_environ: Any, start_response: Any) -> Iterable[bytes]:
        start_response("308 Permanent Redirect", [("Location", location)])
        return [b""]

    environ = EnvironBuilder("/x").get_environ()
    environ.pop("HTTP_HOST")
    _answer, _status, headers = run_wsgi_app(
        HostNames(leads), environ | ({"HTTP_HOST": host} if host else {})
    )
    return headers["Location"]


@pytest.mark.parametrize(
    ("host", "location"),
    [
        ("klachten.voorbeeld.be", "https://klachten.voorbeeld.be/de-linde/?a=1#b"),
        ("klachten.voorbeeld.be:8080", "https://klachten.voorbeeld.be:8080/de-linde/?a=1#b"),
        ("klachten.voorbeeld.be:99999", "https:///de-linde/?a=1#b"),
        ("_", "https:///de-linde/?a=1#b"),
        (None, "https://waitress.invalid:8601/de-linde/?a=1#b"),
        ("klachten.voorbeeld.be", "/de-linde/?a=1#b"),
    ],
)
def test_within_the_site_an_answer_leads_by_path_alone(host: str | None, location: str) -> None:
    assert led_to(host, location) == "/de-linde/?a=1#b"


def test_elsewhere_it_leads_as_it_is() -> None:
    assert (
        led_to("klachten.voorbeeld.be", "https://aanmelden.example/?x=1") == "https://aanmelden.example/?x=1"
    )


def test_no_path_becomes_the_name_of_a_computer() -> None:
    assert led_to("gehoor", "http://gehoor//kwaad.example/x") == "/kwaad.example/x"
