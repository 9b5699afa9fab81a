"""What is in a dossier because of others is told to nobody for whom those do not exist; rules act on all of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from gehoor.core.dossier.events import EventKind
from gehoor.services.accounts.open_work import open_work, work_for
from gehoor.services.dossiers.duties import Approving, Settling, approve, finish
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.recounting import recount
from gehoor.services.ports.records import Account
from gehoor.services.projection.projection import reading_projection
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.search import search
from gehoor.services.search.undelivered import undelivered_for
from gehoor.services.search.worklist import WorkList, work_list
from gehoor.services.search.worklist_filters import Wish
from gehoor.web.security.policies import Policy, policy_of
from tests.scenarios.access.test_hidden_answers_leave_nowhere import ENDING
from tests.scenarios.access.test_who_reaches_what import addresses
from tests.support.clock import at
from tests.support.de_linde import REGISTERED, fill, new_runtime, open_by_web, publish_change
from tests.support.site import Site, Visitor, new_site

NOW = "2026-05-13 12:00"
BECAUSE = "Wie vaker klaagt, is misschien nog niet gehoord."
WARNING = "Deze persoon gaf het voorbije jaar al minstens twee klachten."
FIRST, SECOND = {"uiteenzetting": "De soep is koud."}, {"uiteenzetting": "De was is zoek."}


def acting(document: dict[str, Any]) -> None:
    """Have the rule about who complains again do all that such a rule can."""
    document["rules"]["herhaalde-klacht"]["then"] += [
        {"notify": "leidinggevende-zorg"},
        {"require": "klager_telefoon", "before": "geregistreerd"},
        {"duty": "Bellen wie opnieuw klaagt", "responsible": "onthaal", "before": "afgesloten"},
        {"approval": "algemeen-directeur", "before": "geregistreerd"},
        {"block": "afgesloten"},
    ]  # fmt: skip
    document["rule-examples"] = []


def strict(runtime: Runtime, dossier: str) -> None:
    fill(runtime, dossier, "2026-05-11 11:00", actor="els", vertrouwelijkheid="streng")


def accusing(runtime: Runtime, dossier: str) -> None:
    fill(
        runtime,
        dossier,
        "2026-05-11 11:00",
        actor="els",
        voorwerp="persoon",
        aangeklaagde_medewerkers=["koen"],
    )


HIDING: dict[str, Callable[[Runtime, str], None]] = {"level": strict, "conflict": accusing}
"""What makes that the earlier dossiers do not exist for Koen, and do for Els."""


def house(hiding: str, teller: str = "els@voorbeeld.be") -> tuple[Site, str]:
    """A third complaint of Els, whose first two do not exist for Koen; or those are of a ``teller`` who is another."""
    site = new_site(NOW, new_runtime())
    publish_change(site.runtime, acting, "2026-05-01 09:00")
    for name, roles in (
        ("els", ("kwaliteitscoordinator",)),
        ("koen", ("teamverantwoordelijke", "leidinggevende-zorg")),
        ("dirk", ("dagelijks-verantwoordelijke",)),
        ("an", ("algemeen-directeur",)),
    ):
        site.add_staff(name, *roles)
    for day, told in (("10", FIRST), ("11", SECOND)):
        earlier = open_by_web(site.runtime, f"2026-05-{day} 10:00", klager_email=teller, **told).dossier
        HIDING[hiding](site.runtime, earlier)
    third = open_by_web(site.runtime, "2026-05-12 10:00", uiteenzetting="Niemand belt terug.").dossier
    return site, third


def account(runtime: Runtime, name: str) -> Account:
    with reading(runtime.store) as register:
        found = register.account(name)
    assert found is not None
    return found


def listed(runtime: Runtime, name: str, flag: str = "") -> WorkList:
    return work_list(runtime, account(runtime, name), at(NOW), Wish(flag=flag))


def of_both(hiding: str, told: Callable[[Runtime, str, str], Any]) -> tuple[Any, Any]:
    site, third = house(hiding)
    return told(site.runtime, third, "els"), told(site.runtime, third, "koen")


@pytest.mark.parametrize("hiding", HIDING)
def test_a_flag_and_a_warning_are_for_who_may_know_of_what_they_rest_on(hiding: str) -> None:
    def told(runtime: Runtime, dossier: str, name: str) -> tuple[list[str], int]:
        decision = look(runtime, dossier, at(NOW), name).decision
        return [flag.because for flag in decision.flags], len(decision.warnings)

    assert of_both(hiding, told) == ((["Herhaald"], 1), ([], 0))


@pytest.mark.parametrize("hiding", HIDING)
def test_a_list_shows_the_flag_to_those_only_and_counts_it_for_those_only(hiding: str) -> None:
    site, third = house(hiding)
    flags = {
        name: {line.summary.id: line.summary.flags for line in listed(site.runtime, name).lines}[third]
        for name in ("els", "koen")
    }
    assert flags == {"els": ("Herhaald",), "koen": ()}
    narrowed = {name: listed(site.runtime, name, "Herhaald") for name in ("els", "koen")}
    assert [(one.total, len(one.lines)) for one in narrowed.values()] == [(1, 1), (0, 0)]
    assert narrowed["koen"].counts == listed(site.runtime, "koen").counts


@pytest.mark.parametrize("hiding", HIDING)
def test_one_hidden_dossier_too_many_does_not_hide_what_the_others_say(hiding: str) -> None:
    site, _third = house(hiding)
    fourth = open_by_web(site.runtime, "2026-05-12 11:00", uiteenzetting="De lift is stuk.").dossier
    fifth = open_by_web(site.runtime, "2026-05-12 12:00", uiteenzetting="Het is te warm.").dossier
    shown = {line.summary.id: line.summary.flags for line in listed(site.runtime, "koen").lines}
    assert (shown[fourth], shown[fifth]) == ((), ("Herhaald",))
    assert listed(site.runtime, "koen", "Herhaald").total == 1


@pytest.mark.parametrize("hiding", HIDING)
def test_who_is_notified_may_know_why_and_another_hears_where_nobody_may(hiding: str) -> None:
    """The deputy of the head of care is the one who is responsible day by day, and so on."""
    site, third = house(hiding)
    opened = look(site.runtime, third, at(NOW))
    (told,) = [event for event in opened.events if event.kind is EventKind.NOTIFIED]
    assert told.data["rule"] == "herhaalde-klacht"
    (message,) = [one for one in opened.messages if "notice/herhaalde-klacht/leid" in one.key]
    assert message.recipients
    assert "koen@delinde.example" not in message.recipients
    seen = look(site.runtime, third, at(NOW), "koen")
    assert not [event for event in seen.events if event.data.get("rule") == "herhaalde-klacht"]
    assert not [one for one in seen.messages if "herhaalde-klacht" in one.key]


@pytest.mark.parametrize("hiding", HIDING)
def test_the_rule_holds_for_everybody_and_says_why_to_those_only(hiding: str) -> None:
    site, third = house(hiding)
    given = {
        "type_bericht": "klacht", "indieningsvorm": "schriftelijk", "onderwerp": REGISTERED["onderwerp"],
        "registratiedatum": "2026-05-12",
    }  # fmt: skip
    refused = {}
    for name in ("els", "koen"):
        with pytest.raises(RefusedError) as error:
            fill(site.runtime, third, "2026-05-12 14:00", actor=name, **given)
        refused[name] = error.value.objections
    assert {one.code for one in refused["els"]} >= {"required-before", "approval-needed"}
    assert [(one.field, one.code) for one in refused["koen"]] == [("registratiedatum", "held-back")]
    assert BECAUSE not in repr(refused["koen"])


@pytest.mark.parametrize("hiding", HIDING)
def test_what_one_may_not_know_of_can_be_neither_done_nor_approved(hiding: str) -> None:
    """As if it were not there; who may know does it."""
    site, third = house(hiding)
    decision = look(site.runtime, third, at(NOW)).decision
    (duty,), (approval,) = [one.owed.key for one in decision.duties], [one.key for one in decision.approvals]
    with pytest.raises(RefusedError) as error:
        finish(site.runtime, Settling(third, duty, "koen"), at(NOW))
    assert [one.code for one in error.value.objections] == ["no-such-duty"]
    with pytest.raises(RefusedError) as error:
        approve(site.runtime, Approving(third, approval, "koen"), at(NOW))
    assert [one.code for one in error.value.objections] == ["no-such-approval"]
    finish(site.runtime, Settling(third, duty, "els"), at(NOW))
    approve(site.runtime, Approving(third, approval, "an"), at(NOW))
    seen = look(site.runtime, third, at(NOW), "koen")
    assert not {EventKind.DUTY_DONE, EventKind.APPROVED} & {event.kind for event in seen.events}


@pytest.mark.parametrize("hiding", HIDING)
def test_what_was_written_about_such_a_duty_or_approval_is_found_by_nobody(hiding: str) -> None:
    site, third = house(hiding)
    decision = look(site.runtime, third, at(NOW)).decision
    (duty,), (approval,) = [one.owed.key for one in decision.duties], [one.key for one in decision.approvals]
    approve(site.runtime, Approving(third, approval, "an", "Zij klaagde al over Koenraad."), at(NOW))
    finish(site.runtime, Settling(third, duty, "els", "Zij belde zelf over Leopold."), at(NOW))
    for words in ("Koenraad", "Leopold"):
        for name in ("els", "koen"):
            found = search(site.runtime, account(site.runtime, name), words, at(NOW))
            assert found.total == 0, (words, name)


@pytest.mark.parametrize("hiding", HIDING)
def test_a_message_that_did_not_go_is_listed_for_who_may_know_why_it_was_made(hiding: str) -> None:
    site, third = house(hiding)
    runtime = site.runtime
    with writing(runtime.store) as register:
        for message in register.messages_of(third):
            register.save_message(replace(message, state="nobody"))
    listed = {}
    for someone in (account(runtime, "els"), account(runtime, "koen")):
        with reading_projection(runtime) as register:
            found = undelivered_for(runtime, register, someone, at(NOW))
        listed[someone.name] = {message.key.split("/")[2] for message, _ in found}
    assert "herhaalde-klacht" in listed["els"]
    assert "herhaalde-klacht" not in listed["koen"]


@pytest.mark.parametrize("hiding", HIDING)
def test_an_approval_is_work_to_hand_over_for_who_may_know_why_it_is_asked(hiding: str) -> None:
    site, third = house(hiding)
    work = open_work(site.runtime, account(site.runtime, "an"), at(NOW))
    assert [one.dossier for one in work.approvals] == [third]
    told = {name: work_for(site.runtime, work, name, at(NOW))[1].approvals for name in ("els", "koen")}
    assert (len(told["els"]), len(told["koen"])) == (1, 0)


def plain(text: str, telling: str = "csrf_token|versie|sleutel") -> str:
    """Return a page without what differs each time: tokens, and the mark of what happened last, which is another in
    another register."""
    text = re.sub(rf'((?:data-token|name="(?:{telling})"[^>]*value)=)"[^"]*"', r"\1", text)
    text = re.sub(r"(/sessies/)[0-9a-f]+", r"\1", text)
    return re.sub(r'(nonce[-=]["\']?)[\w+/=-]+', r"\1", text)


def pages(site: Site, visitor: Visitor, dossier: str) -> dict[str, str]:
    found = {}
    for rule in site.app.url_map.iter_rules():
        policy = policy_of(site.app.view_functions[rule.endpoint])
        if policy is None or policy.policy is Policy.PUBLIC or rule.endpoint in ENDING:
            continue
        if "GET" not in (rule.methods or ()):
            continue
        for place in addresses(rule, dossier):
            for query in ("", "?q=Herhaald&zoek=Herhaald&merk=Herhaald", "?sorteer=received&lijst=late"):
                found[place + query] = plain(visitor.client.get(place + query, follow_redirects=True).text)
    return found


def signed_in(site: Site, name: str) -> Visitor:
    visitor = site.visitor()
    visitor.send("/medewerker/aanmelden", naam=name, wachtwoord="lindebloesem")
    return visitor


@pytest.mark.share(2)
@pytest.mark.parametrize("hiding", HIDING)
def test_no_page_is_another_than_if_somebody_else_had_told_what_is_hidden(hiding: str) -> None:
    """Every page for staff, twice: with dossiers of the same person that Koen may not know of, and of another one."""
    told: dict[str, list[dict[str, str]]] = {"els": [], "koen": []}
    for teller in ("els@voorbeeld.be", "an@voorbeeld.be"):
        site, third = house(hiding, teller)
        for name, seen in told.items():
            seen.append(pages(site, signed_in(site, name), third))
    for one, other in zip(*told["koen"], strict=True):
        assert one == other
    same, different = told["koen"]
    assert {place for place in same if same[place] != different[place]} == set()
    there, not_there = told["els"]
    page = next(place for place in there if place.endswith(third))
    assert WARNING in there[page]
    assert WARNING not in not_there[page]


@pytest.mark.parametrize("hiding", HIDING)
def test_a_recount_because_of_hidden_dossiers_changes_no_page(hiding: str) -> None:
    """Also not the mark by which a page knows up to where it was read, nor the order of what somebody does."""
    site, third = house(hiding)
    runtime = site.runtime
    where = [f"/medewerker/dossiers/{third}{room}" for room in ("", "/afsluiten", "/overzicht", "/berichten")]

    def seen(name: str) -> dict[str, str]:
        visitor = signed_in(site, name)
        texts = {
            place: visitor.client.get(place, follow_redirects=True).text for place in (*where, "/medewerker/")
        }
        return {place: plain(text, telling="csrf_token|sleutel") for place, text in texts.items()}

    before = {name: seen(name) for name in ("els", "koen")}
    for hidden in ("dossier-1", "dossier-2"):
        fill(runtime, hidden, "2026-05-13 11:00", actor="els", klager_email="iemand@voorbeeld.be")
    assert recount(runtime, at("2026-05-13 11:30")) == {}
    assert look(runtime, third, at(NOW)).events[-1].kind is EventKind.RECOUNTED
    assert seen("koen") == before["koen"]
    assert seen("els") != before["els"]
    mark = look(runtime, third, at(NOW), "koen").mark
    assert mark == signed_in(site, "koen").page(where[0]).value("versie")
    fill(runtime, third, "2026-05-13 11:45", actor="els", onderwerp="Bellen")
    assert look(runtime, third, at(NOW), "koen").mark != mark
    assert look(runtime, third, at(NOW), "koen").version_at(mark) == 1
