"""What a program sends again under one key is done once, whatever ended in between."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading
from gehoor.web.api import once as once_module
from tests.support.de_linde import de_linde, open_by_phone
from tests.support.pictures import PDF
from tests.support.programs import HERE, TOLD, Program, program
from tests.support.site import Site, new_site

KEEPER = "kwaliteitscoordinator"
DOSSIERS = f"{HERE}/dossiers"
FORM = f"{HERE}/forms/melden/submissions"
FROM_OUTSIDE = {"uiteenzetting": "De soep was koud.", "anoniem": True}


def keeper() -> tuple[Site, Program]:
    site = new_site()
    return site, program(site, KEEPER)


def total(asking: Program) -> int:
    return int(asking.get("/dossiers")["total"])


@pytest.mark.parametrize(("place", "answers"), [(DOSSIERS, TOLD), (FORM, FROM_OUTSIDE)])
def test_the_same_sent_twice_is_one_dossier_and_one_answer(place: str, answers: dict[str, Any]) -> None:
    _site, asking = keeper()
    first, second = (asking.ask("POST", place, {"answers": answers}, Idempotency_Key="een") for _ in range(2))
    assert (second.status_code, second.data) == (first.status_code, first.data)
    assert second.headers["Idempotent-Replayed"] == "true"
    assert total(asking) == 1


@pytest.mark.parametrize(("place", "answers"), [(DOSSIERS, TOLD), (FORM, FROM_OUTSIDE)])
def test_without_a_key_each_is_another(place: str, answers: dict[str, Any]) -> None:
    _site, asking = keeper()
    for _ in range(2):
        asking.ask("POST", place, {"answers": answers})
    assert total(asking) == 2


def test_something_else_under_the_same_key_is_refused() -> None:
    _site, asking = keeper()
    asking.ask("POST", DOSSIERS, {"answers": TOLD}, Idempotency_Key="een")
    other = asking.ask("POST", DOSSIERS, {"answers": {**TOLD, "onderwerp": "Soep"}}, Idempotency_Key="een")
    assert (other.status_code, total(asking)) == (422, 1)
    assert other.json["title"] == "Deze sleutel is al gebruikt"


def test_two_programs_that_choose_the_same_key_send_two_things() -> None:
    site, asking = keeper()
    other = program(site, KEEPER, name="andere")
    for one in (asking, other):
        one.ask("POST", DOSSIERS, {"answers": TOLD}, Idempotency_Key="een")
    assert total(asking) == 2


def test_what_was_refused_may_be_put_right_under_the_same_key() -> None:
    _site, asking = keeper()
    refused = asking.ask("POST", DOSSIERS, {"answers": {}}, Idempotency_Key="een")
    put_right = asking.ask("POST", DOSSIERS, {"answers": TOLD}, Idempotency_Key="een")
    assert (refused.status_code, put_right.status_code) == (422, 201)


@pytest.mark.parametrize("key", ["", "een twee", "x" * 201, "é"])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    _site, asking = keeper()
    answer = asking.ask("POST", DOSSIERS, {"answers": TOLD}, Idempotency_Key=key)
    assert (answer.status_code, total(asking)) == (400, 0)


def test_a_note_a_contact_and_a_file_come_once() -> None:
    site, asking = keeper()
    dossier = open_by_phone(site.runtime, "2026-05-12 13:00").dossier
    spoke = {"on": "2026-05-12", "whom": "x", "way": "phone", "text": "y"}
    for _ in range(2):
        asking.ask("POST", f"/dossiers/{dossier}/notes", {"text": "Let op"}, Idempotency_Key="n")
        asking.ask("POST", f"/dossiers/{dossier}/contacts", spoke, Idempotency_Key="c")
        sent = {"bijlagen": (io.BytesIO(PDF), "a.pdf")}
        asking.send(f"/dossiers/{dossier}/attachments/bijlagen", sent, Idempotency_Key="f")
    read = asking.get(f"/dossiers/{dossier}")
    assert [len(read[part]) for part in ("notes", "contacts", "attachments")] == [1, 1, 1]


def test_what_others_did_since_stays_when_something_is_sent_again() -> None:
    site, asking = keeper()
    for name in ("els", "an"):
        site.add_staff(name, KEEPER)
    dossier = open_by_phone(site.runtime, "2026-05-12 13:00").dossier
    asking.ask("POST", f"/dossiers/{dossier}/assignment", {"to": "els"}, Idempotency_Key="een")
    asking.ask("POST", f"/dossiers/{dossier}/assignment", {"to": "an"}, Idempotency_Key="twee")
    again = asking.ask("POST", f"/dossiers/{dossier}/assignment", {"to": "els"}, Idempotency_Key="een")
    assert again.status_code == 204
    assert look(site.runtime, dossier, site.clock.now).dossier.handler == "an"


class EndedError(Exception):
    """The process that answered ended."""


@pytest.fixture
def dying(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever is done is kept, and then nothing is answered."""

    def end(*_: Any) -> None:
        raise EndedError

    monkeypatch.setattr(once_module, "keep_done", end)
    yield
    monkeypatch.undo()


@pytest.mark.parametrize(("place", "answers"), [(DOSSIERS, TOLD), (FORM, FROM_OUTSIDE)])
def test_a_server_that_ends_before_it_answers_did_it_once(
    place: str, answers: dict[str, Any], dying: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, asking = keeper()
    site.app.testing = True
    with pytest.raises(EndedError):
        asking.ask("POST", place, {"answers": answers}, Idempotency_Key="een")
    monkeypatch.undo()
    again = asking.ask("POST", place, {"answers": answers}, Idempotency_Key="een")
    assert (again.status_code, again.json["number"], total(asking)) == (201, "BEU-2026-0001", 1)
    assert again.json["code"]


def test_an_assignment_of_which_nobody_heard_is_not_done_again(
    dying: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, asking = keeper()
    site.app.testing = True
    for name in ("els", "an"):
        site.add_staff(name, KEEPER)
    dossier = open_by_phone(site.runtime, "2026-05-12 13:00").dossier
    with pytest.raises(EndedError):
        asking.ask("POST", f"/dossiers/{dossier}/assignment", {"to": "els"}, Idempotency_Key="een")
    monkeypatch.undo()
    asking.ask("POST", f"/dossiers/{dossier}/assignment", {"to": "an"}, Idempotency_Key="twee")
    asking.ask("POST", f"/dossiers/{dossier}/assignment", {"to": "els"}, Idempotency_Key="een")
    assert look(site.runtime, dossier, site.clock.now).dossier.handler == "an"


def test_what_is_kept_of_it_goes_after_a_day() -> None:
    site, asking = keeper()
    asking.ask("POST", DOSSIERS, {"answers": TOLD}, Idempotency_Key="een")
    with reading(site.runtime.store) as register:
        (kept,) = register.tables.select("repeats")
    assert "De soep" not in repr(kept)
    site.clock.to("2026-05-13 14:01")
    sweep(site.runtime, site.clock.now)
    with reading(site.runtime.store) as register:
        assert register.tables.select("repeats") == []


def test_sent_again_after_that_with_something_else_it_is_something_else() -> None:
    site, asking = keeper()
    asking.ask("POST", DOSSIERS, {"answers": TOLD}, Idempotency_Key="een")
    site.clock.to("2026-05-13 14:01")
    answer = asking.ask("POST", DOSSIERS, {"answers": {**TOLD, "onderwerp": "Soep"}}, Idempotency_Key="een")
    assert (answer.status_code, total(asking)) == (201, 2)


def test_ten_at_once_are_one(tmp_path: Path) -> None:
    site = new_site(runtime=de_linde(TinyDBStore(tmp_path / "register.db", SCHEMAS)))
    asking = program(site, KEEPER)
    numbers: list[Any] = []

    def send() -> None:
        one = Program(site.app.test_client(), asking.token)
        answer = one.ask("POST", DOSSIERS, {"answers": TOLD}, Idempotency_Key="een")
        numbers.append((answer.status_code, answer.json["number"]))

    threads = [threading.Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert numbers == [(201, "BEU-2026-0001")] * 10
    assert total(asking) == 1
    site.runtime.store.close()
