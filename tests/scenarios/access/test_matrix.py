"""The access matrix: what the files say of each role, action, field and level is what every use case and page does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from gehoor.core.agreement.actions import LEFT_OUT, MAKING, Action
from gehoor.core.agreement.model import Agreement
from gehoor.loading.load import LoadedDepartment, load_workspace
from gehoor.services.access.authorisation import NotAllowedError, Operator
from gehoor.services.access.matrix import ABOUT_NO_DOSSIER, Cell, Grant, levels, matrix
from gehoor.services.agreements.publishing import Publishable, publish
from gehoor.services.dossiers.editing import Filling, fill_in
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.dossiers.opening import open_dossier
from gehoor.services.dossiers.viewing import look
from gehoor.services.ports.records import Account
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import UnknownDossierError, reading
from gehoor.services.search.dossier_access import dossier_for
from gehoor.services.search.search import search
from gehoor.services.search.worklist import work_list
from gehoor.web.security.policies import Policy, policy_of
from tests.scenarios.access.test_authorisation import WAYS
from tests.scenarios.access.test_who_reaches_what import (
    GONE,
    IN,
    PLACES,
    REFUSED,
    addresses,
    emptied,
    opened,
    outcome,
)
from tests.support.clock import at
from tests.support.de_linde import new_runtime
from tests.support.pages import Page
from tests.support.places import ORGANISATIONS
from tests.support.programs import Program, program
from tests.support.site import Site, Visitor, new_site

NOON = "2026-05-13 12:00"
DE_LINDE, WATERHOF = "de-linde", "waterhof"
PLACES_OF = [
    (DE_LINDE, "beukenhof"), (DE_LINDE, "eikenrode"), (DE_LINDE, "thuis"),
    (WATERHOF, "dagbesteding"), (WATERHOF, "verpleeghuis"), (WATERHOF, "wijk"),
]  # fmt: skip
ROLES = {
    DE_LINDE: ("onthaal", "teamverantwoordelijke", "kwaliteitscoordinator", "dagelijks-verantwoordelijke",
               "leidinggevende-zorg", "sociale-dienst", "algemeen-directeur"),
    WATERHOF: ("klachtenfunctionaris", "externe-klachtenfunctionaris", "onderzoeker", "teamleider", "manager-zorg",
               "raad-van-bestuur", "raad-van-toezicht"),
}  # fmt: skip
LEVELS = ("normaal", "beperkt", "streng")
QUICK = {
    ((DE_LINDE, "beukenhof"), "onthaal", "normaal"),
    ((DE_LINDE, "beukenhof"), "dagelijks-verantwoordelijke", "streng"),
    ((DE_LINDE, "beukenhof"), "algemeen-directeur", "beperkt"),
    ((WATERHOF, "wijk"), "klachtenfunctionaris", "streng"),
    ((WATERHOF, "wijk"), "teamleider", "beperkt"),
}
"""What `make test` walks of it; `make soak` walks the whole."""
WALK = [
    pytest.param(place, role, level, marks=() if (place, role, level) in QUICK else pytest.mark.soak)
    for place in PLACES_OF
    for role in ROLES[place[0]]
    for level in LEVELS
]
TOLD: dict[str, dict[str, Any]] = {
    DE_LINDE: {
        "uiteenzetting": "Zoekwoord: op haar bel kwam niemand.", "type_bericht": "klacht", "anoniem": "nee",
        "klager_naam": "Peeters", "drager": ["telefoon"], "indieningsvorm": "mondeling",
    },
    WATERHOF: {
        "uiteenzetting": "Zoekwoord: de insuline is niet gegeven.", "anoniem": False, "klager_naam": "De Vries",
        "drager": ["brief"],
    },
}  # fmt: skip
SINCE = (
    Action.READ_ACCESS_LOG, Action.BREAK_GLASS, Action.APPROVE_RETENTION, Action.EXPORT_PERSON, Action.MANAGE_ACCOUNTS,
    Action.LINK, Action.MERGE, Action.SEND_ON, Action.NEW_CODE, Action.STRIKE_NOTES, Action.SEE_FIGURES,
    Action.MAKE_REPORTS, Action.READ_REPORTS,
    Action.EXPORT_DOSSIERS, *MAKING,
)  # fmt: skip
"""What a document that does not name it lets nobody do."""
ACTIONS = {
    "assign": Action.ASSIGN, "write back": Action.WRITE_MESSAGES, "finish": Action.SETTLE_DUTIES,
    "waive": Action.WAIVE_DUTIES, "owe again": Action.SETTLE_DUTIES, "suspend": Action.SUSPEND_TERM,
    "resume": Action.SUSPEND_TERM, "extend": Action.EXTEND_TERM, "reopen": Action.REOPEN,
    "link": Action.LINK, "unlink": Action.LINK, "merge": Action.MERGE, "unmerge": Action.MERGE,
    "tell of merged": Action.WRITE_MESSAGES, "give a code": Action.NEW_CODE,
    "send on": Action.SEND_ON, "send elsewhere": Action.SEND_ON,
}  # fmt: skip
"""The action that each use case asks for; the others ask for a role or for fields."""
BY_NAME = {"report on a task"}
"""What whoever is named may do, whatever their roles: here nobody is."""


@cache
def departments() -> dict[tuple[str, str], LoadedDepartment]:
    loaded = load_workspace(ORGANISATIONS, ())
    assert not loaded.problems
    return {(one.organisation, one.department): one for one in loaded.departments}


def cells(place: tuple[str, str]) -> list[Cell]:
    return list(matrix(departments()[place].agreement))


# The matrix says what the files say


def acting(document: dict[str, Any], role: str, hidden: set[str]) -> str:
    """Who does the part of a role in a dossier that is hidden from some: the role itself, or the next deputy."""
    seen: set[str] = set()
    while role in hidden and role not in seen:
        seen.add(role)
        role = document["roles"].get(role, {}).get("deputy", "")
    return "" if role in hidden else role


def as_the_files_say(document: dict[str, Any], role: str, level: str) -> Iterator[tuple[str, Grant, bool]]:
    """Reckon a column of the matrix from the document alone, without any code of access."""
    of = document["confidentiality"][level]
    sees = of == "everyone" or role in of["exists-for"]
    handling = of != "everyone" and not sees and bool(of.get("handler"))
    hidden = set() if of == "everyone" else set(document["roles"]) - set(of["exists-for"])
    hidden -= {role} if handling else set()
    parts = {one for one in document["roles"] if acting(document, one, hidden) == role}
    rights = document.get("rights", {})
    lets = {action: "nobody" if action in SINCE else "everyone" for action in Action} | rights
    may = {
        action: lets[action] == "everyone"
        or not {role if action in ABOUT_NO_DOSSIER else part for part in parts | {role}}.isdisjoint(
            lets[action]
        )
        for action in Action
    }
    for action in Action:
        about_none = action in ABOUT_NO_DOSSIER
        yes = may[action] and (about_none or sees or handling)
        yield action.value, Grant.YES if yes else Grant.NO, yes and handling and not about_none
    milestones = {one["field"] for one in document["milestones"].values()}
    for name, field in document["forms"]["dossier"]["properties"].items():
        reads = (sees or handling) and not parts.isdisjoint(field.get("seen-by", parts))
        writes = not parts.isdisjoint(field.get("edited-by", parts)) and may[Action.FILL_IN]
        writes = writes and (name not in milestones or may[Action.COMPLETE])
        grant = Grant.NO if not reads else Grant.CHANGE if writes else Grant.SEE
        yield name, grant, grant is not Grant.NO and handling


@pytest.mark.parametrize("place", PLACES_OF)
def test_the_matrix_says_what_the_files_say_cell_by_cell(place: tuple[str, str]) -> None:
    document, found = departments()[place].document, cells(place)
    assert tuple(document["confidentiality"]) == LEVELS
    assert tuple(document["roles"]) == ROLES[place[0]]
    count = 0
    for level in LEVELS:
        for role in ROLES[place[0]]:
            column = [
                (one.action.value if one.action else one.field, one.grant, one.as_handler)
                for one in found
                if (one.level, one.role) == (level, role)
            ]
            assert column == list(as_the_files_say(document, role, level)), (level, role)
            count += len(column)
    assert count == len(found) > 1000


def test_every_action_says_what_leaving_it_out_means() -> None:
    assert set(LEFT_OUT) == set(Action)


def test_without_levels_every_dossier_is_for_everyone() -> None:
    agreement = departments()[DE_LINDE, "beukenhof"].agreement
    assert list(levels(agreement)) == list(LEVELS)
    assert {level for level, of in levels(agreement).items() if of.everyone} == {"normaal"}


# And that is what happens


class House:
    """A department where each role has one account of its own, and a dossier of one level."""

    def __init__(self, place: tuple[str, str], level: str) -> None:
        self.place, self.level = place, level
        runtime = new_runtime()
        loaded = [
            Publishable(*key, one.document, one.places)
            for key, one in departments().items()
            if key[0] == place[0]
        ]
        publish(runtime, loaded, at("2026-02-03 10:00"), "bestuur")
        self.site: Site = new_site(NOON, runtime)
        self.runtime = runtime
        elsewhere = next(key for key in departments() if key[0] == place[0] and key != place)
        for role in ROLES[place[0]]:
            self.site.add_staff(role, f"{place[0]}/{place[1]}:{role}")
            self.site.add_staff(f"{role}-elders", f"{elsewhere[0]}/{elsewhere[1]}:{role}")
        opening = Opening(*place, "dossier", TOLD[place[0]], "k", Operator("test"), "Test")
        self.dossier = open_dossier(runtime, opening, at("2026-05-13 09:00")).dossier
        self.fill(vertrouwelijkheid=level)
        self.secrets = dict(self._planted())
        self.views = dict(self.site.app.view_functions)
        self._programs: dict[str, Program] = {}

    @property
    def agreement(self) -> Agreement:
        return departments()[self.place].agreement

    def fill(self, **answers: Any) -> None:
        with reading(self.runtime.store) as register:
            version = register.dossier(self.dossier).version
        fill_in(
            self.runtime, Filling(self.dossier, answers, version, Operator("test")), at("2026-05-13 09:30")
        )

    def _planted(self) -> Iterator[tuple[str, str]]:
        """Put a word of its own in every field that takes words."""
        for name, schema in departments()[self.place].document["forms"]["dossier"]["properties"].items():
            if schema.get("type") == "string" and not {"enum", "oneOf", "format", "pattern"} & set(schema):
                word = f"Zoekwoord-{name.replace('_', '-')}-x"
                try:
                    self.fill(**{name: word})
                except RefusedError:
                    continue
                yield name, word

    def visitor(self, name: str) -> Visitor:
        visitor = self.site.visitor()
        assert visitor.send("/medewerker/aanmelden", naam=name, wachtwoord="lindebloesem").status_code == 303
        return visitor

    def program(self, name: str) -> Program:
        """Return a program in the roles of somebody."""
        if name not in self._programs:
            self._programs[name] = program(self.site, *self.account(name).roles, name=f"programma-{name}")
        return self._programs[name]

    def account(self, name: str) -> Account:
        with reading(self.runtime.store) as register:
            found = register.account(name)
        assert found is not None
        return found


@cache
def house(place: tuple[str, str], level: str) -> House:
    return House(place, level)


@cache
def column(place: tuple[str, str], role: str, level: str) -> dict[str, Cell]:
    """What the matrix says for a role in a dossier of a level that somebody else handles."""
    return {
        one.action.value if one.action else one.field: one
        for one in cells(place)
        if (one.role, one.level) == (role, level)
    }


def exists(place: tuple[str, str], role: str, level: str) -> bool:
    story = column(place, role, level)["uiteenzetting"]
    return story.grant is not Grant.NO and not story.as_handler


@pytest.mark.parametrize(("place", "role", "level"), WALK)
def test_every_use_case_does_what_the_matrix_says(place: tuple[str, str], role: str, level: str) -> None:
    one, says = house(place, level), column(place, role, level)
    for way, act in WAYS.items():
        for name, here in ((role, True), (f"{role}-elders", False)):
            if way in BY_NAME or not (here and exists(place, role, level)):
                with pytest.raises(UnknownDossierError):
                    act(one.runtime, one.dossier, name)
            elif way in ACTIONS and says[ACTIONS[way]].grant is Grant.NO:
                with pytest.raises(NotAllowedError) as refused:
                    act(one.runtime, one.dossier, name)
                assert refused.value.action is ACTIONS[way]
            else:
                try:
                    act(one.runtime, one.dossier, name)
                except (UnknownDossierError, NotAllowedError) as error:
                    pytest.fail(f"{way}: {error!r}")
                except Exception:
                    pass


@pytest.mark.parametrize(("place", "role", "level"), WALK)
def test_every_field_is_seen_and_changed_as_the_matrix_says(
    place: tuple[str, str], role: str, level: str
) -> None:
    one, says = house(place, level), column(place, role, level)
    account = one.account(role)
    if not exists(place, role, level):
        with pytest.raises(UnknownDossierError):
            dossier_for(one.runtime, account, one.dossier, at(NOON))
        return
    seen = dossier_for(one.runtime, account, one.dossier, at(NOON))
    fields = {name: says[name].grant for name in one.agreement.dossier_form.fields}
    assert seen.rights.unseen == {name for name, grant in fields.items() if grant is Grant.NO}
    assert seen.rights.unchangeable == {name for name, grant in fields.items() if grant is not Grant.CHANGE}
    whole = look(one.runtime, one.dossier, at(NOON))
    known = {name for name, grant in fields.items() if grant is not Grant.NO}
    assert seen.decision.values == {
        name: value for name, value in whole.decision.values.items() if name in known
    }
    for name, grant in fields.items():
        if grant is not Grant.CHANGE:
            filling = Filling(one.dossier, {name: "x"}, seen.dossier.version, role)
            with pytest.raises(RefusedError):
                fill_in(one.runtime, filling, at(NOON))


@pytest.mark.parametrize(("place", "role", "level"), WALK)
def test_every_page_answers_as_the_matrix_says(place: tuple[str, str], role: str, level: str) -> None:
    """Every page about a dossier, for every action that its address can name."""
    one, says = house(place, level), column(place, role, level)
    visitors = {name: (one.visitor(name), one.program(name)) for name in (role, f"{role}-elders")}
    emptied(one.site.app)
    walked = 0
    try:
        for rule in one.site.app.url_map.iter_rules():
            allowed = policy_of(one.views[rule.endpoint])
            if allowed is None or allowed.policy is not Policy.DOSSIER:
                continue
            for address, what in zip(
                addresses(rule, one.dossier), PLACES.get(rule.endpoint, ("",)), strict=True
            ):
                wanted = allowed.wanted({"what": what})
                barred = wanted is not None and says[wanted].grant is Grant.NO
                expected = (REFUSED if barred else IN) if exists(place, role, level) else GONE
                method = next((one for one in ("POST", "PATCH") if one in (rule.methods or ())), "GET")
                for name, visitor in visitors.items():
                    answer = opened(visitor, address, method)
                    assert outcome(answer) == (expected if name == role else GONE), (name, method, address)
                    walked += 1
    finally:
        one.site.app.view_functions.update(one.views)
        one.site.app.config["WTF_CSRF_METHODS"] = {"POST", "PUT", "PATCH", "DELETE"}
    assert walked > 30


@pytest.mark.parametrize(("place", "role", "level"), WALK)
def test_no_page_shows_a_value_that_the_matrix_keeps(place: tuple[str, str], role: str, level: str) -> None:
    """Every page that returns values: of the dossier, on paper, lists, search; and what each of them is put from."""
    one, says = house(place, level), column(place, role, level)
    assert len(one.secrets) > 10
    visitor, home = one.visitor(role), f"/medewerker/dossiers/{one.dossier}"
    pages = [
        home,
        f"{home}/afdruk",
        f"{home}/berichten",
        f"{home}/verloop",
        f"{home}/overzicht",
        f"{home}/afsluiten",
        "/medewerker/",
        "/medewerker/zoeken?q=Zoekwoord",
        "/medewerker/berichten",
    ]
    if says[Action.READ_ACCESS_LOG].grant is Grant.YES:
        pages.append(f"{home}/inzage")
    answers = [visitor.get(path) for path in pages]
    shown = " ".join(Page(answer.text).html for answer in answers)
    there = exists(place, role, level)
    for answer, path in zip(answers, pages, strict=True):
        assert answer.status_code == (200 if there or home not in path else 404), path
    asked = look(one.runtime, one.dossier, at(NOON)).decision.fields
    for name, word in one.secrets.items():
        if not there or says[name].grant is Grant.NO:
            assert word not in shown, name
        elif asked[name].visible:
            assert word in shown, name
    read = one.program(role).ask("GET", f"/dossiers/{one.dossier}")
    assert read.status_code == (200 if there else 404)
    told = " ".join(
        one.program(role).ask("GET", path).text
        for path in (f"/dossiers/{one.dossier}/terms", "/dossiers", f"/dossiers/{one.dossier}/attachments")
    )
    for name, word in one.secrets.items():
        if there and says[name].grant is not Grant.NO and asked[name].visible:
            assert read.json["answers"][name] == word
        else:
            assert word not in read.text + told, name
    listed = work_list(one.runtime, one.account(role), at(NOON))
    assert (listed.total, sum(listed.counts.values()) > 0) == (int(there), there)
    found = search(one.runtime, one.account(role), "Zoekwoord", at(NOON))
    assert found.total == int(there)
    assert search(one.runtime, one.account(f"{role}-elders"), "Zoekwoord", at(NOON)).total == 0
