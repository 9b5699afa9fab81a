"""Two organisations with departments of the same names in one database, and questions that forgot to ask of which: what
is of the other comes out nowhere, because the database holds each request to the organisations where who asks works."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

import pytest

from gehoor.adapters.stores.postgres.documents import PostgresTables
from gehoor.adapters.stores.postgres_store import PostgresStore
from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.core.agreement.actions import Action
from gehoor.services.access.authorisation import Operator
from gehoor.services.agreements.publishing import Publishable, publish
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.dossiers.opening import open_dossier
from gehoor.services.ports.belonging import NOWHERE, Within
from gehoor.services.ports.store import Document, Equals, Tables, Where
from gehoor.services.projection.projection import project_pending
from gehoor.services.recording.attachments import NewFile, content_of, keep_waiting
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.records.within import within
from gehoor.web.request.site import open_workbench
from tests.scenarios.access.test_who_reaches_what import addresses, keeping
from tests.support.clock import at
from tests.support.de_linde import ORGANISATION, PHONE, new_runtime, proposal
from tests.support.postgres import Server
from tests.support.programs import V1, Program, program
from tests.support.site import Site, Visitor, new_site

OTHER = "overkant"
THEIRS = "zeepbelzaak"
"""A word that is in all that people told the other organisation, and nowhere else."""
OURS = "lindezaak"
DEPARTMENTS = ("beukenhof", "eikenrode")


class ForgetfulTables(PostgresTables):
    """Tables that are never asked of which organisation something is."""

    def select(self, table: str, *, where: Equals | Where | None = None, **how: Any) -> list[Document]:
        return super().select(table, where=_forgotten(where), **how)

    def count(self, table: str, *, where: Equals | Where | None = None, most: int | None = None) -> int:
        return super().count(table, where=_forgotten(where), most=most)

    def search(
        self, table: str, words: Any, *, where: Equals | Where | None = None, **how: Any
    ) -> list[Document]:
        return super().search(table, words, where=_forgotten(where), **how)


def _forgotten(where: Equals | Where | None) -> Where:
    asked = Where.of(where)
    return replace(asked, equals={name: one for name, one in asked.equals.items() if name != "organisation"})


class ForgetfulStore(PostgresStore):
    """A store of which all questions forget the organisation."""

    @contextmanager
    def transaction(self, within: Within = NOWHERE) -> Iterator[Tables]:
        with self._database.transaction(within) as session:
            yield ForgetfulTables(self._database, session)

    @contextmanager
    def snapshot(self, within: Within = NOWHERE) -> Iterator[Tables]:
        with self._database.snapshot(within) as session:
            yield ForgetfulTables(self._database, session)


@dataclass
class House:
    """Two organisations, and who works in the first of them with every right that there is."""

    site: Site
    visitors: Mapping[str, Visitor]
    programs: Mapping[str, Program]
    """In the same roles."""
    ours: str
    theirs: str
    address: str


def _agreement(organisation: str, department: str) -> Publishable:
    change: Callable[[dict[str, Any]], None] = keeping(*Action)
    found = proposal(department, change)
    document = deepcopy(found.document)
    document["organisation"] = {**document["organisation"], "id": organisation}
    if organisation == OTHER:
        document["department"] = {**document["department"], "code": f"{document['department']['code']}X"}
    return Publishable(organisation, department, document, found.places)


@pytest.fixture(scope="module")
def house(postgres: Server) -> Iterator[House]:
    address = postgres.new_address()
    # It is made by who asks well.
    made = PostgresStore(address, SCHEMAS)
    runtime = new_runtime(made)
    places = [(one, department) for one in (ORGANISATION, OTHER) for department in DEPARTMENTS]
    publish(runtime, [_agreement(*place) for place in places], at("2026-01-16 10:00"), "coordinator")
    opened = {}
    for number, (organisation, department) in enumerate(places * 2):
        said = THEIRS if organisation == OTHER else OURS
        answers = {**PHONE, "uiteenzetting": f"Het is een {said}, zei mama.", "onderwerp": f"Over een {said}"}
        opening = Opening(
            organisation, department, "dossier", answers, f"key-{number}", Operator("ria"), f"Ria {said}"
        )
        opened[organisation] = open_dossier(runtime, opening, at(f"2026-05-1{number} 09:00")).dossier
    project_pending(runtime)
    store = ForgetfulStore(address, SCHEMAS)
    site = new_site("2026-05-20 14:00", replace(runtime, store=store))
    open_workbench(site.app, ConfinedDrafter(), None)
    roles = [f"{ORGANISATION}/{one}:kwaliteitscoordinator" for one in DEPARTMENTS]
    visitors = {"anonymous": site.visitor(), "coordinator": site.staff("coordinator", *roles)}
    site.add_staff("desk", "onthaal")
    programs = {"anonymous": Program(site.app.test_client()), "coordinator": program(site, *roles)}
    yield House(site, visitors, programs, opened[ORGANISATION], opened[OTHER], address)
    store.close()
    made.close()


def pages(house: House) -> list[str]:
    """Return every address that is looked at, for a dossier of each."""
    found = [
        place
        for rule in house.site.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and "static" not in rule.endpoint
        for dossier in (house.ours, house.theirs)
        for place in addresses(rule, dossier)
    ]
    searches = [
        f"/medewerker/zoeken?zoek={word}" for word in (THEIRS, OURS, "mama", "Peeters", "BEU-2026-0001")
    ]
    return [
        *dict.fromkeys(found),
        f"{V1}/dossiers",
        *searches,
        "/medewerker/?tab=alle",
        "/medewerker/?afdeling=beukenhof",
    ]


def told(house: House, person: str) -> dict[str, str]:
    """Return what somebody is shown at each address. Leaving ends their session, and is no way to be shown anything."""
    shown = {}
    for place in pages(house):
        with suppress(Exception):
            answer = (
                house.programs[person].ask("GET", place)
                if place.startswith(V1)
                else house.visitors[person].client.get(place, follow_redirects=True)
            )
            shown[place] = answer.text if answer.mimetype.startswith("text/") else str(answer.data)
            answer.close()
    return shown


@pytest.mark.parametrize("person", ["anonymous", "coordinator"])
def test_what_is_of_another_organisation_comes_out_on_no_page(house: House, person: str) -> None:
    shown = told(house, person)
    assert len(shown) > 100
    assert [place for place, text in shown.items() if _theirs(text, place, house)] == []


def _theirs(text: str, place: str, house: House) -> bool:
    """Say whether something of the other is told; what somebody asked for themselves says nothing."""
    return ("zei mama" in text and THEIRS in text) or (house.theirs in text and house.theirs not in place)


def test_what_is_ones_own_is_shown(house: House) -> None:
    shown = told(house, "coordinator")
    assert sum(OURS in text for text in shown.values()) > 5


def test_who_works_for_both_sees_what_is_of_both(house: House) -> None:
    roles = [f"{organisation}/beukenhof:kwaliteitscoordinator" for organisation in (ORGANISATION, OTHER)]
    text = house.site.staff("both", *roles).get("/medewerker/").text
    assert OURS in text
    assert THEIRS in text


@pytest.mark.parametrize("organisation", [ORGANISATION, OTHER])
def test_who_works_for_both_registers_for_each_with_files_that_waited(
    postgres: Server, house: House, organisation: str
) -> None:
    key, runtime, now = f"key-of-{organisation}", house.site.runtime, at("2026-05-20 15:00")
    file = NewFile(f"file-of-{organisation}", "brief.txt", "txt", b"dit hoort erbij")
    answers = {**PHONE, "uiteenzetting": "Zie de brief.", "bijlagen": [file.value]}
    opening = Opening(organisation, "beukenhof", "dossier", answers, key, Operator("ria"), "Ria")
    with within(ORGANISATION, OTHER):
        assert keep_waiting(runtime, key, [file], now)
        opened = open_dossier(runtime, opening, now).dossier
    with within(organisation):
        assert content_of(runtime, opened, file.id) == file.content
    for table in ("attachments", "attachment_contents", "salts", "submissions", "pending", "events"):
        named = {"attachments": f"key = '{file.id}'", "attachment_contents": f"key = '{file.id}'"}
        asked = named.get(table, f"dossier = '{opened}'")
        said = postgres.ask(f"SELECT DISTINCT organisation FROM {table} WHERE {asked}", house.address)
        assert said == [(organisation,)], table


@pytest.mark.parametrize("table", ["dossiers", "texts"])
def test_it_would_be_seen_if_the_database_did_not_hold_it(postgres: Server, house: House, table: str) -> None:
    postgres.ask(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY', house.address)
    try:
        shown = told(house, "coordinator")
    finally:
        postgres.ask(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY', house.address)
    assert any(OTHER in text or THEIRS in text for place, text in shown.items() if THEIRS not in place)
