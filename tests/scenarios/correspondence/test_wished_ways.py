"""How somebody asked to be answered is held against the way in which the letter goes."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.dossier.events import EventKind
from gehoor.services.dossiers.viewing import look
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import fill, investigated, publish_change
from tests.support.letters import ANSWER, add_letters, post, with_letters, write
from tests.support.pages import page_faults
from tests.support.site import Site, new_site

NOW = "2026-05-21 09:00"
WISH = "klager_voorkeurskanaal"
CHOICES = [
    {"const": "brief", "title": "Met een brief", "letter-ways": {"post": True}},
    {"const": "scherm", "title": "Op het scherm", "letter-ways": {"follow-page": True, "email": True}},
    {"const": "telefoon", "title": "Aan de telefoon"},
]


def asking_why(document: dict[str, Any]) -> None:
    """A field of how somebody wants to be answered, and an answer of which sending it otherwise asks why."""
    wish = {"title": "Hoe wilt u antwoord?", "type": "string", "phase": "registratie", "personal-data": "P0"}
    document["forms"]["dossier"]["properties"][WISH] = {**wish, "oneOf": CHOICES}
    add_letters(document, antwoord={**ANSWER, "unwished-way": "reason"})


def only_telling(document: dict[str, Any]) -> None:
    asking_why(document)
    del document["correspondence"]["antwoord"]["unwished-way"]


def answerable(runtime: Runtime, wish: str, change: Any = asking_why) -> str:
    """A complaint that can be answered, of somebody who asked for it in this way."""
    publish_change(runtime, change, "2026-05-01 09:00")
    dossier = investigated(runtime, "onduidelijk")
    given = {"besluit": "Wij leggen het uit.", "antwoord_motivering": "Zo.", WISH: wish}
    fill(runtime, dossier, "2026-05-20 10:00", **given)
    return dossier


def told_why(runtime: Runtime, dossier: str) -> list[str]:
    events = look(runtime, dossier, at(NOW)).events
    return [one.data.get("why", "") for one in events if one.kind is EventKind.LETTER_SENT]


def test_who_sends_it_otherwise_says_why() -> None:
    runtime = with_letters()
    dossier = answerable(runtime, "scherm")
    draft = write(runtime, dossier, NOW)
    with pytest.raises(RefusedError) as refused:
        post(runtime, dossier, draft, NOW, way="post")
    assert [one.code for one in refused.value.objections] == ["letter-unwished"]
    post(runtime, dossier, draft, NOW, way="post", reason="Er is geen volgcode meer.")
    assert told_why(runtime, dossier) == ["Er is geen volgcode meer."]


@pytest.mark.parametrize("wish", ["brief", "telefoon"])
def test_as_was_asked_or_as_no_letter_can_asks_nothing(wish: str) -> None:
    runtime = with_letters()
    dossier = answerable(runtime, wish)
    post(runtime, dossier, write(runtime, dossier, NOW), NOW, way="post")
    assert told_why(runtime, dossier) == [""]


def test_where_no_reason_was_agreed_it_is_told_only() -> None:
    runtime = with_letters()
    dossier = answerable(runtime, "scherm", only_telling)
    post(runtime, dossier, write(runtime, dossier, NOW), NOW, way="post")
    assert told_why(runtime, dossier) == [""]


def opened(wish: str) -> tuple[Site, str, str]:
    site = new_site(NOW, with_letters())
    dossier = answerable(site.runtime, wish)
    return site, dossier, f"/medewerker/dossiers/{dossier}/brieven/antwoord"


def test_who_writes_and_who_sends_sees_what_was_asked_and_the_way_is_chosen_already() -> None:
    site, _, letter = opened("brief")
    els = site.staff("els", "kwaliteitscoordinator")
    page = els.page(letter)
    assert "Hoe wilt u antwoord? Met een brief" in page.text
    check = els.page(els.send(letter).location)
    assert "Hoe wilt u antwoord? Met een brief" in check.text
    assert "zoals gevraagd" in check.text
    assert [
        one.attributes["value"] for one in check.all("input", name="weg") if "checked" in one.attributes
    ] == ["post"]
    assert page_faults(check) == []


def test_the_page_asks_why_it_goes_otherwise_and_the_course_tells() -> None:
    site, dossier, letter = opened("scherm")
    els = site.staff("els", "kwaliteitscoordinator")
    check = els.page(els.send(letter).location)
    concept = check.value("concept")
    send = f"{letter}/versturen"
    asked = els.post(send, {"csrf_token": check.value("csrf_token"), "concept": concept, "weg": "post"})
    assert asked.status_code == 422
    assert "Waarom gaat de brief anders dan gevraagd?" in asked.text
    assert "De melder vroeg iets anders." in asked.text
    why = {
        "csrf_token": check.value("csrf_token"),
        "concept": concept,
        "weg": "post",
        "reden": "Geen volgcode.",
    }
    assert els.post(send, why).status_code == 303
    assert "Waarom anders dan gevraagd" in els.page(f"/medewerker/dossiers/{dossier}/verloop").text
