"""Whoever becomes anonymous after they gave their name: they are found by it no more, and it goes nowhere."""

from __future__ import annotations

from typing import Any

from gehoor.core.dossier.complainant import address_of
from gehoor.services.dossiers.viewing import look
from gehoor.services.projection.projection import reading_projection
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.runtime import Runtime
from gehoor.services.relations.sending_on import SendWanted, send_elsewhere, send_to_department
from gehoor.services.search.duplicate_detection import earlier
from gehoor.services.search.search import search
from gehoor.web.staff.dossier.dossier_head import head_of
from tests.support.belonging import COORDINATOR, NOW, belonging, ready, told
from tests.support.clock import at
from tests.support.de_linde import agreement, de_linde, fill, open_by_web, publish_change, staff
from tests.support.site import new_site

LATER = "2026-05-20 09:00"
NAMED: dict[str, Any] = {
    "anoniem": "nee", "klager_naam": "Peeters", "klager_email": "els@voorbeeld.be",
}  # fmt: skip


def became_anonymous() -> tuple[Runtime, str]:
    runtime = de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    staff(runtime, "ria", "onthaal")
    dossier = open_by_web(runtime, "2026-05-12 14:00", **NAMED).dossier
    fill(runtime, dossier, "2026-05-13 09:00", reason="Zij wil toch anoniem blijven.", anoniem=True)
    return runtime, dossier


def test_by_what_they_gave_before_they_are_found_no_more() -> None:
    runtime, dossier = became_anonymous()
    with reading_projection(runtime) as register:
        kept = [key for key, _ in register.tables.scan("match_keys") if key.startswith(f"{dossier}/")]
        account = runtime.staff.of(register, at(LATER)).accounts["ria"]
    again = earlier(runtime, agreement(), account, NAMED, at(LATER))
    assert not [one for one in kept if "person" in one or "by name" in one or "klager" in one]
    assert again.total == 0


def test_search_does_not_find_them_by_name() -> None:
    runtime, _ = became_anonymous()
    with reading_projection(runtime) as register:
        account = runtime.staff.of(register, at(LATER)).accounts["els"]
    assert search(runtime, account, "Peeters", at(LATER)).total == 0
    assert search(runtime, account, "pyjama", at(LATER)).total == 1


def test_the_head_of_the_dossier_shows_nobody() -> None:
    runtime, dossier = became_anonymous()
    site = new_site(LATER, runtime)
    opened = look(runtime, dossier, at(LATER))
    with site.app.test_request_context():
        head = head_of(opened)
    assert (head.anonymous, head.name, head.email, head.address) == (True, "", "", "")


def sent(change: Any = None) -> tuple[Runtime, str]:
    runtime = de_linde(names=("beukenhof", "eikenrode"))

    def agreed(document: dict[str, Any]) -> None:
        belonging(document)
        document["send-on"]["department"]["goes-along"].remove("anoniem")

    for department in ("beukenhof", "eikenrode"):
        publish_change(runtime, agreed, "2026-02-01 09:00", department)
    staff(runtime, "els", f"de-linde/*:{COORDINATOR}")
    dossier = told(runtime, "2026-05-04 10:00").dossier
    ready(runtime, dossier)
    fill(
        runtime,
        dossier,
        "2026-05-05 09:00",
        actor="els",
        reason="Zij wil toch anoniem blijven.",
        anoniem=True,
    )
    return runtime, dossier


def test_in_the_department_that_goes_on_they_are_anonymous_too() -> None:
    runtime, dossier = sent()
    there = send_to_department(
        runtime, SendWanted(dossier, "eikenrode", "daar", "els"), at(NOW)
    ).relations.goes_on_in
    opened = look(runtime, there, at(NOW))
    assert opened.dossier.values.get("anoniem") is True
    assert address_of(opened.agreement, opened.dossier) == ""
    assert not [name for name in opened.dossier.values if name.startswith("klager_")]


def test_nothing_about_them_goes_elsewhere() -> None:
    runtime, dossier = sent()
    try:
        after = send_elsewhere(
            runtime, SendWanted(dossier, "Woonzorglijn", "Zij volgen het op.", "els"), at(NOW)
        )
    except RefusedError:
        # Who is sent somewhere else has to agree to it: what was refused tells nobody anything.
        return
    assert not [name for name in after.relations.sent_on[-1].fields if name.startswith("klager_")]
