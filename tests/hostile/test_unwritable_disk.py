"""A disk on which nothing can be written: who is at the pages reads so, and goes on when it can be again."""

from __future__ import annotations

import http.client
import json
import sys
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest

from tests.support.patience import PATIENCE
from tests.support.unwritable import Place, place, website

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such rights there")

FORM = "/de-linde/beukenhof/melden/alles"
TOLD = {"sleutel": "k", "v_uiteenzetting": "De soep was koud.", "v_anoniem": "ja"}
SENTENCE = "Wij kunnen dit nu niet bewaren"
CLOSED: dict[str, Callable[[Place], None]] = {"file": Place.close_file, "disk": Place.close_folder}


def asked(at: Place, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", at.port, timeout=PATIENCE)
    headers = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
    try:
        if form is None:
            connection.request("GET", path)
        else:
            connection.request("POST", path, urlencode(form), headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize("closed", CLOSED)
def test_who_sends_reads_that_it_cannot_be_kept_and_sends_the_same_again_later(closed: str) -> None:
    with place() as made, website(made) as at:
        CLOSED[closed](made)
        status, page = asked(at, FORM, TOLD)
        assert (status, SENTENCE in page) == (503, True)
        assert "Ga terug, wacht even en verstuur opnieuw" in page
        assert "Traceback" not in page
        status, told = asked(at, "/healthz/ready")
        assert (status, "disk" in json.loads(told)["failed"]) == (503, True)
        assert asked(at, "/healthz")[0] == 200
        made.open()
        status, _ = asked(at, FORM, TOLD)
        assert status == 303
        assert asked(at, "/healthz/ready") == (200, '{"ok": true, "failed": []}')


@pytest.fixture(scope="module")
def unwritable() -> Iterator[Place]:
    """A website of a register in which nothing could be written since it was started."""
    with place() as made, website(made) as at:
        yield at


def test_what_only_reads_goes_on_while_the_register_cannot_be_written(unwritable: Place) -> None:
    unwritable.close_file()
    for path in ("/", FORM, "/volgen", "/medewerker/aanmelden"):
        status, page = asked(unwritable, path)
        assert (status, SENTENCE in page) == (200, False), path


@pytest.mark.parametrize("path", ["/medewerker/aanmelden", "/volgen", "/de-linde/beukenhof/melden"])
@pytest.mark.parametrize("closed", CLOSED)
def test_whatever_is_sent_there_is_a_sentence_and_no_error_of_ours(
    unwritable: Place, closed: str, path: str
) -> None:
    CLOSED[closed](unwritable)
    for form in (None, {"naam": "els", "wachtwoord": "x", "code": "7K2M", "v_uiteenzetting": "Soep"}):
        status, page = asked(unwritable, path, form)
        assert status < 500 or (status, SENTENCE in page) == (503, True), (status, page[:200])
