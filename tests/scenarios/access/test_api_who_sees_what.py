"""What a program sees and may do: what people in the same roles do, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from gehoor.core.agreement.actions import Action
from gehoor.core.dossier.access_log import Way, refused
from gehoor.services.access.access_log import readers_of
from gehoor.services.access.authorisation import Operator
from gehoor.services.dossiers.viewing import look
from gehoor.services.exchange.clients import give_token
from gehoor.services.register.register import writing
from tests.scenarios.access.test_hidden_answers_leave_nowhere import DESK, ELSEWHERE, KEEPER, KNOWN, SECRET
from tests.scenarios.access.test_hidden_answers_leave_nowhere import house as pages_house
from tests.scenarios.access.test_who_reaches_what import addresses, keeping
from tests.support.de_linde import fill, open_by_phone, publish_change, registered
from tests.support.programs import HERE, LAST, TOLD, V1, Program, program
from tests.support.site import Site, new_site


@cache
def full_house() -> tuple[Site, str, frozenset[str]]:
    """A dossier full of answers for one role, of our own: a program changes what it may."""
    return pages_house.__wrapped__()


def asked(site: Site, asking: Program, dossier: str, fields: frozenset[str]) -> list[tuple[str, str]]:
    """Ask every address for programs for all there is; returns where, and the answer."""
    found = []
    bodies: list[Any] = [
        {"answers": dict.fromkeys(fields, KNOWN)},
        {"answers": dict.fromkeys(fields)},
        {"to": "x", "text": "x", "on": "2026-05-12", "whom": "x", "way": "phone"},
    ]
    for rule in site.app.url_map.iter_rules():
        if not rule.rule.startswith(V1):
            continue
        for place in addresses(rule, dossier):
            for method in sorted(rule.methods or ()):
                if method in ("HEAD", "OPTIONS"):
                    continue
                for body in bodies if method != "GET" else (None,):
                    answer = asking.ask(method, place, body, If_Match="*")
                    found.append((f"{method} {place}", answer.data.decode("utf-8", "replace")))
                    answer.close()
    return found


@pytest.mark.parametrize("role", [DESK, "sociale-dienst", ELSEWHERE])
def test_no_address_tells_an_answer_to_a_program_that_may_not_see_it(role: str) -> None:
    site, dossier, fields = full_house()
    walked = asked(
        site, program(site, role, name=f"lezer-{role.rpartition('/')[2].replace(':', '-')}"), dossier, fields
    )
    assert len(walked) > 20
    assert [where for where, text in walked if SECRET in text] == []


def test_the_same_walk_finds_them_for_a_program_that_may_see_them() -> None:
    site, dossier, fields = full_house()
    told = {
        where
        for where, text in asked(site, program(site, KEEPER, name="lezer-alles"), dossier, fields)
        if SECRET in text
    }
    assert f"GET {V1}/dossiers/{dossier}" in told


@pytest.mark.parametrize("role", [DESK, KEEPER])
def test_a_program_reads_the_fields_that_people_in_its_roles_see(role: str) -> None:
    site = new_site()
    dossier = registered(site.runtime)
    read = program(site, role).get(f"/dossiers/{dossier}")["answers"]
    site.add_staff("els", role)
    seen = look(site.runtime, dossier, site.clock.now, "els")
    fields = seen.decision.fields
    there = {name: value for name, value in seen.decision.values.items() if fields[name].visible}
    assert read == {name: value for name, value in there.items() if name not in seen.rights.unseen}


def test_a_field_that_is_for_others_is_refused_and_not_changed() -> None:
    site = new_site()
    dossier = registered(site.runtime)
    answer = program(site, DESK).ask(
        "PATCH", f"/dossiers/{dossier}", {"answers": {"belangenconflict": ["els"]}}, If_Match="*"
    )
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/answers/belangenconflict"
    assert "belangenconflict" not in look(site.runtime, dossier, site.clock.now).dossier.values


def about_the_program() -> tuple[Site, Program, str]:
    """A dossier that names somebody whose account became that of a program."""
    site = new_site()
    site.add_staff("koppeling", KEEPER)
    dossier = open_by_phone(site.runtime, "2026-05-12 13:00").dossier
    fill(site.runtime, dossier, "2026-05-12 13:30", belangenconflict=["koppeling"])
    with writing(site.runtime.store) as register:
        account = register.account("koppeling")
        assert account is not None
        register.save_account(replace(account, client=True))
    token = give_token(site.runtime, "koppeling", LAST, Operator(""), site.clock.now)
    return site, Program(site.app.test_client(), token), dossier


def test_a_dossier_in_which_a_program_has_a_conflict_of_interest_does_not_exist_for_it() -> None:
    _site, asking, dossier = about_the_program()
    assert asking.ask("GET", f"/dossiers/{dossier}").status_code == 404
    assert asking.ask("POST", f"/dossiers/{dossier}/notes", {"text": "x"}).status_code == 404
    assert asking.get("/dossiers") == {"total": 0, "dossiers": []}


@pytest.mark.parametrize(("role", "there"), [(DESK, 404), (KEEPER, 200)])
def test_a_strictly_confidential_dossier_exists_for_the_roles_of_its_level(role: str, there: int) -> None:
    site = new_site()
    dossier = registered(site.runtime, vertrouwelijkheid="streng")
    asking = program(site, role)
    assert asking.ask("GET", f"/dossiers/{dossier}").status_code == there
    assert asking.get("/dossiers")["total"] == (there == 200)


def test_a_program_is_in_the_log_of_who_read_as_itself() -> None:
    site = new_site()
    dossier = open_by_phone(site.runtime, "2026-05-12 13:00").dossier
    program(site, KEEPER).ask("GET", f"/dossiers/{dossier}").close()
    assert [
        (one.access.reader, one.access.way) for one in readers_of(site.runtime, dossier, site.clock.now)
    ] == [("koppeling", Way.PAGE)]


def test_what_a_program_may_not_do_is_in_the_log_too() -> None:
    site = new_site()
    publish_change(site.runtime, keeping(Action.NOTES), "2026-05-12 12:00")
    dossier = open_by_phone(site.runtime, "2026-05-12 13:00").dossier
    answer = program(site, DESK).ask("POST", f"/dossiers/{dossier}/notes", {"text": "x"})
    answer.close()
    assert answer.status_code == 403
    assert "Kwaliteitscoördinator" in answer.json["detail"]
    assert [one.access.way for one in readers_of(site.runtime, dossier, site.clock.now)] == [
        refused(Action.NOTES)
    ]


def test_what_a_program_does_stands_in_the_course_under_its_name() -> None:
    site = new_site()
    made = program(site, KEEPER).ask("POST", f"{HERE}/dossiers", {"answers": TOLD})
    events = look(site.runtime, made.json["id"], site.clock.now).events
    assert events[0].actor == "koppeling"


def test_no_dossier_can_be_given_to_a_program() -> None:
    site = new_site()
    dossier = open_by_phone(site.runtime, "2026-05-12 13:00").dossier
    asking = program(site, KEEPER)
    answer = asking.ask("POST", f"/dossiers/{dossier}/assignment", {"to": "koppeling"})
    assert (answer.status_code, answer.json["errors"][0]["code"]) == (422, "assign-cannot")
    assert "koppeling" not in [one.name for one in look(site.runtime, dossier, site.clock.now).candidates]


def test_nobody_counts_on_a_program_that_has_a_role() -> None:
    site = new_site()
    program(site, KEEPER)
    dossier = open_by_phone(site.runtime, "2026-05-12 13:00").dossier
    opened = look(site.runtime, dossier, site.clock.now)
    assert opened.deputies.get(KEEPER) != KEEPER


def test_nobody_chooses_a_program_to_act_for_them() -> None:
    site = new_site()
    program(site, KEEPER)
    els = site.staff("els", KEEPER)
    assert "Koppeling" not in els.page("/medewerker/mijn-account/afwezig").text


def with_the_day_of_receipt_for_the_keeper() -> tuple[Site, str]:
    """A dossier of which the desk does not see when the message came in."""
    site = new_site()

    def kept(document: dict[str, Any]) -> None:
        for name in ("ontvangstdatum", "ontvangst_tijdstip"):
            document["forms"]["dossier"]["properties"][name]["seen-by"] = ["kwaliteitscoordinator"]

    publish_change(site.runtime, kept, "2026-05-12 08:00")
    return site, registered(site.runtime)


@pytest.mark.parametrize(("role", "told"), [(DESK, False), (KEEPER, True)])
def test_how_a_due_day_follows_is_told_to_who_sees_from_when_it_is_counted(role: str, told: bool) -> None:
    site, dossier = with_the_day_of_receipt_for_the_keeper()
    terms = {
        one["term"]: one
        for one in program(site, role).get(f"/dossiers/{dossier}/terms")["terms"]
        if one["due"]
    }
    assert bool(terms["ontvangstmelding"]["why"]) == told
    page = site.staff("els", role).page(f"/medewerker/dossiers/{dossier}/overzicht")
    assert ("Klacht ontvangen op dinsdag 12 mei 2026" in page.text) == told


def test_when_a_term_was_done_is_told_to_who_sees_the_day() -> None:
    site, dossier = with_the_day_of_receipt_for_the_keeper()
    fill(
        site.runtime,
        dossier,
        "2026-05-13 09:00",
        ontvangstmelding_op="2026-05-13",
        ontvangstmelding_wijze="mondeling",
    )
    done = {
        role: next(
            one["done"]
            for one in program(site, role, name=role).get(f"/dossiers/{dossier}/terms")["terms"]
            if one["term"] == "ontvangstmelding"
        )
        for role in (DESK, KEEPER)
    }
    assert done[DESK] is None
    assert done[KEEPER] is not None
