"""Every page against everyone: who reaches it, as a table that must be complete."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.core.agreement.actions import MAKING, Action
from gehoor.services.access.authorisation import Operator
from gehoor.services.dossiers.viewing import look
from gehoor.services.proposals.changing import found_organisation
from gehoor.web.request.site import open_workbench
from gehoor.web.security.policies import Allowed, Policy, policy_of
from tests.support.clock import at
from tests.support.de_linde import open_by_phone, publish_change
from tests.support.programs import V1, Program, program
from tests.support.site import Site, Visitor, new_site

IN, SIGN_IN, GONE, REFUSED = "in", "asked to sign in", "not there", "refused"
PEOPLE = ("anonymous", "nobody", "elsewhere", "desk", "coordinator")
"""Someone from outside; staff without roles; staff of another department; a role of this department that the agreement
keeps nothing for; and the role that it keeps everything for."""

EVERYONE = (IN, IN, IN, IN, IN)
STAFF = (SIGN_IN, IN, IN, IN, IN)
HERE = (SIGN_IN, GONE, GONE, IN, IN)
KEPT = (SIGN_IN, GONE, GONE, REFUSED, IN)
NAMED = (SIGN_IN, GONE, IN, GONE, GONE)
"""A task is for who is named for it: here somebody of another department, for whom the dossier does not exist."""
MAKES = (SIGN_IN, GONE, GONE, GONE, IN)
MANAGES = (SIGN_IN, GONE, GONE, GONE, IN)
COUNTS = (SIGN_IN, GONE, GONE, GONE, IN)

MATRIX: dict[str, tuple[str, ...]] = {
    "static": EVERYONE,
    "public.home": EVERYONE,
    "public.department": EVERYONE,
    "public.poster": EVERYONE,
    "telling.start": EVERYONE,
    "telling.whole": EVERYONE,
    "telling.receipt": EVERYONE,
    "stepping.step": EVERYONE,
    "stepping.check": EVERYONE,
    "stepping.preview": EVERYONE,
    "stepping.stop": EVERYONE,
    "resuming.save": EVERYONE,
    "resuming.saved": EVERYONE,
    "resuming.resume": EVERYONE,
    "following.enter": EVERYONE,
    "following.show": EVERYONE,
    "following.write": EVERYONE,
    "following.take_back": EVERYONE,
    "following.leave": EVERYONE,
    "leaving.leave": EVERYONE,
    "leaving.go": EVERYONE,
    "agreements.public": EVERYONE,
    "house_style.tokens": EVERYONE,
    "house_style.logo": EVERYONE,
    "signing_in.sign_in": EVERYONE,
    "second_step.give": EVERYONE,
    "single_sign_on.leave": EVERYONE,
    "single_sign_on.come_back": EVERYONE,
    "signing_in.sign_out": STAFF,
    "signing_in.stay": STAFF,
    "my_account.show": STAFF,
    "my_account.password": STAFF,
    "my_account.end_one": STAFF,
    "my_account.end_all": STAFF,
    "calendar_feed.feed": EVERYONE,
    "calendar_feed.make": STAFF,
    "calendar_feed.forget": STAFF,
    "handbook.show": STAFF,
    "handbook.read": STAFF,
    "absence.show": STAFF,
    "absence.go": STAFF,
    "absence.back": STAFF,
    "second_step.show": STAFF,
    "second_step.begin": STAFF,
    "second_step.picture": STAFF,
    "second_step.switch_on": STAFF,
    "second_step.renew": STAFF,
    "second_step.off": STAFF,
    "staff.work": STAFF,
    "workbench.overview": MAKES,
    "workbench.begin": MAKES,
    "workbench.standing": MAKES,
    "workbench.people": MAKES,
    "workbench.appoint": MAKES,
    "workbench.take_back_role": MAKES,
    "workbench.bring_in": MAKES,
    "new_organisation.ask": MAKES,
    "new_organisation.begin": MAKES,
    "proposal_page.show": MAKES,
    "proposal_reading.read": MAKES,
    "proposal_reading.letters": MAKES,
    "proposal_page.history": MAKES,
    "proposal_page.attempt": MAKES,
    "proposal_proofs.examples": MAKES,
    "proposal_proofs.differences": MAKES,
    "proposal_proofs.translating": MAKES,
    "proposal_proofs.translate": MAKES,
    "proposal_proofs.holds": MAKES,
    "proposal_live.verdict": MAKES,
    "proposal_page.undo": MAKES,
    "proposal_page.redo": MAKES,
    "proposal_page.set_back": MAKES,
    "proposal_page.bring_up_to_date": MAKES,
    "proposal_page.rename": MAKES,
    "proposal_page.discard": MAKES,
    "conversation.overview": MAKES,
    "conversation.ask": MAKES,
    "conversation.answer": MAKES,
    "conversation.add": MAKES,
    "conversation.remove": MAKES,
    "conversation.waive": MAKES,
    "new_question.ask": MAKES,
    "new_question.add": MAKES,
    "new_rule.ask": MAKES,
    "new_rule.add": MAKES,
    "report_start.choose": MAKES,
    "report_start.begin": MAKES,
    "ready_made.choose": MAKES,
    "ready_made.use": MAKES,
    "adapted_report.show": MAKES,
    "public_tables.show": MAKES,
    "public_tables.change": MAKES,
    "adapted_report.table": MAKES,
    "adapted_report.change": MAKES,
    "new_chapter.ask": MAKES,
    "new_chapter.add": MAKES,
    "proposal_editing.outline": MAKES,
    "proposal_editing.add_department": MAKES,
    "proposal_editing.show": MAKES,
    "proposal_editing.fill": MAKES,
    "proposal_editing.add": MAKES,
    "proposal_editing.remove": MAKES,
    "proposal_editing.move": MAKES,
    "proposal_editing.rename": MAKES,
    "proposal_text.show": MAKES,
    "proposal_text.keep": MAKES,
    "proposal_text.verdict": MAKES,
    "proposal_agreeing.show": MAKES,
    "proposal_agreeing.comment": MAKES,
    "proposal_agreeing.settle": MAKES,
    "proposal_agreeing.agree": MAKES,
    "proposal_agreeing.publish": MAKES,
    "registering.begin": KEPT,
    "registering.register_message": KEPT,
    "registering.hint": KEPT,
    "desk_typing.keep_typed": KEPT,
    "desk_typing.throw_away": KEPT,
    "proposing.propose_kind": KEPT,
    "phoning.start": KEPT,
    "phoning.bring": KEPT,
    "phoning.step": KEPT,
    "phoning.read_back": KEPT,
    "phoning.again": KEPT,
    "staff.keep_search": STAFF,
    "staff.drop_search": STAFF,
    "assigning.give": KEPT,
    "assigning.give_many": STAFF,
    "searching.search_page": STAFF,
    "searching.slash_key": STAFF,
    "undelivered.messages": STAFF,
    "tasks.mine": STAFF,
    "tasks.show": NAMED,
    "tasks.fill_in": NAMED,
    "tasks.trouble": NAMED,
    "task_typing.keep_typed": NAMED,
    "task_typing.throw_away": NAMED,
    "accounts.overview": MANAGES,
    "accounts.new": MANAGES,
    "clients.new": MANAGES,
    "clients.token": MANAGES,
    "webhooks.overview": MANAGES,
    "webhooks.add": MANAGES,
    "webhooks.change": MANAGES,
    "account_page.show": MANAGES,
    "account_page.change": MANAGES,
    "account_page.give_role": MANAGES,
    "account_page.take_role": MANAGES,
    "account_page.same_person": MANAGES,
    "account_absence.away": MANAGES,
    "account_absence.back": MANAGES,
    "account_changes.show": MANAGES,
    "dossier_viewers.show": MANAGES,
    "account_page.password": MANAGES,
    "account_page.confirmed": MANAGES,
    "account_page.second_step_off": MANAGES,
    "account_leaving.show": MANAGES,
    "account_leaving.leave": MANAGES,
    "retention.show": STAFF,
    "disclosure.show": STAFF,
    "disclosure.give": STAFF,
    "retention.decide": STAFF,
    "agreements.whole": KEPT,
    "dossiers.show": HERE,
    "dossiers.save": KEPT,
    "messages.show": HERE,
    "messages.write": KEPT,
    "messages.keep_typed": KEPT,
    "messages.throw_away": KEPT,
    "new_codes.give": KEPT,
    "relating.link_with": KEPT,
    "relating.unlink_from": KEPT,
    "relating.merge_into": KEPT,
    "relating.take_apart": KEPT,
    "relating.told": KEPT,
    "relating.send_on": KEPT,
    "relating.sheet": KEPT,
    "relating.alike_to": HERE,
    "notes.write": KEPT,
    "notes.pin": KEPT,
    "notes.strike": KEPT,
    "notes.contact": KEPT,
    "notes.keep_typed": KEPT,
    "notes.throw_away": KEPT,
    "letter_writing.compose": KEPT,
    "letter_writing.keep": KEPT,
    "letter_writing.keep_typed": KEPT,
    "letter_writing.throw_away": KEPT,
    "letter_sending.check": HERE,
    "letter_sending.go": KEPT,
    "letter_sending.take_names_out": KEPT,
    "letter_sending.put_names_back": KEPT,
    "sent_letters.show": HERE,
    "sent_letters.on_paper": HERE,
    "sent_letters.as_pdf": HERE,
    "course.show": HERE,
    "closing.show": HERE,
    "overview.show": HERE,
    "unsaved.keep_typed": KEPT,
    "unsaved.throw_away": HERE,
    "printing.dossier": HERE,
    "readers.show": KEPT,
    "emergencies.opening": KEPT,
    "downloads.attachment": KEPT,
    "downloads.preview": KEPT,
    "adjusting.adjust_term": KEPT,
    "adjusting.reopen_dossier": KEPT,
    "settling.settle_duty": KEPT,
    "settling.give_approval": HERE,
    **dict.fromkeys(("figures.show", "figures.dossiers", "exporting.show", "exporting.take_out"), COUNTS),
    **dict.fromkeys(
        (
            "staff.list_as_file",
            "searching.found_as_file",
            "figures.dossiers_as_file",
            "report_lists.behind_as_file",
        ),
        COUNTS,
    ),
    **dict.fromkeys(
        (
            "reports.overview",
            "reports.draft",
            "reports.write",
            "reports.keep",
            "report_lists.behind",
            "reports.kept",
            "reports.file",
            "reports.draft_file",
            "report_standing.approve",
            "report_standing.withdraw",
            "self_assessment.overview",
            "self_assessment.show",
            "self_assessment.answer",
        ),
        COUNTS,
    ),
    "api.entry": STAFF,
    "api.description": STAFF,
    "api.list_departments": STAFF,
    "api.list_dossiers": STAFF,
    "api.read_agreement": KEPT,
    "api.read_schema": HERE,
    "api.submit": HERE,
    "api.register_dossier": KEPT,
    "api.read_dossier": HERE,
    "api.change_dossier": KEPT,
    "api.list_terms": HERE,
    "api.assign_dossier": KEPT,
    "api.add_note": KEPT,
    "api.add_contact": KEPT,
    "api.list_attachments": KEPT,
    "api.read_attachment": KEPT,
    "api.add_attachments": KEPT,
}
"""Who reaches which page when the agreement keeps every action for the coordinator. An approval is no such action: the
rule that asks it says for whom it is."""

PROPOSAL = "voorstel-1"
KEEPER = "kwaliteitscoordinator"
PLACES: dict[str, tuple[str, ...]] = {
    "adjusting.adjust_term": ("opschorten", "hervatten", "verlengen"),
    "settling.settle_duty": ("gedaan", "vervalt", "toch-niet"),
    "webhooks.change": ("pauzeren", "opnieuw", "verwijderen"),
}
"""Addresses that name what they do: each of them is walked."""


def keeping(*actions: Action, role: str = KEEPER) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        document["rights"] = {action.value: [role] for action in actions}
        _ask_tasks(document)

    return change


def _ask_tasks(document: dict[str, Any]) -> None:
    """Agree on two tasks, one of the dossier and one of a row."""
    fields = document["forms"]["dossier"]["properties"]
    people = {"title": "Wie?", "type": "array", "widget": "staff", "personal-data": "P1"}
    day = {"title": "Gedaan op", "type": "string", "format": "date", "personal-data": "P0"}
    fields["helper"], fields["geholpen_op"] = (
        {**people, "phase": "registratie"},
        {**day, "phase": "registratie"},
    )
    row = {"wie": people, "gedaan_op": day}
    fields["klussen"] = {
        "title": "Klussen", "type": "array", "items": {"type": "object", "properties": row},
        "phase": "registratie", "personal-data": "P1",
    }  # fmt: skip
    done = {"filled": True}
    document["tasks"] = {
        "helpen": {"name": "Helpen", "by": "helper", "fills-in": ["geholpen_op"], "done-if": {"geholpen_op": done}},
        "klus": {
            "name": "Klus", "every": "klussen", "by": "wie", "fills-in": ["gedaan_op"], "done-if": {"gedaan_op": done},
        },
    }  # fmt: skip


def closed_site(change: Callable[[dict[str, Any]], None]) -> tuple[Site, str]:
    """A site whose pages do nothing but say that they were reached, and a dossier in it."""
    site = new_site()
    publish_change(site.runtime, change, "2026-05-12 12:00")
    open_workbench(site.app, ConfinedDrafter(), None)
    named = replace(site.runtime, new_id=lambda: PROPOSAL)
    files = {"definitions/de-linde/klacht.yaml": b""}
    found_organisation(named, "de-linde", "Iets", files, Operator(""), at("2026-05-12 13:00"))
    site.add_staff("elsewhere", "de-linde/eikenrode:kwaliteitscoordinator")
    named = ["elsewhere"]
    answers = {"helper": named, "klussen": [{"wie": named}]}
    return site, open_by_phone(site.runtime, "2026-05-12 13:00", **answers).dossier


def emptied(app: Flask) -> None:
    def reached(**_: Any) -> str:
        return "reached"

    for name, view in app.view_functions.items():

        def stub(**parts: Any) -> str:
            return reached(**parts)

        stub.__dict__.update({key: value for key, value in vars(view).items() if key.startswith("gehoor_")})
        app.view_functions[name] = stub
    app.config["WTF_CSRF_METHODS"] = ()


ROLES = {
    "nobody": "waterhof/*:onthaal",
    "elsewhere": "de-linde/eikenrode:kwaliteitscoordinator",
    "desk": "onthaal",
    "coordinator": KEEPER,
}


@cache
def house() -> tuple[Site, dict[str, tuple[Visitor, Program]], str]:
    """A site, who visits it, each as people and as a program in the same roles, and a dossier."""
    site, dossier = closed_site(keeping(*Action))
    visitors = {"anonymous": (site.visitor(), Program(site.app.test_client()))}
    for name, role in ROLES.items():
        visitors[name] = (site.staff(name, role), program(site, role, name=f"programma-{name}"))
    emptied(site.app)
    return site, visitors, dossier


def opened(who: tuple[Visitor, Program], place: str, method: str) -> Any:
    """Open an address as who it is for: a program where programs ask."""
    visitor, asking = who
    return asking.ask(method, place) if place.startswith(V1) else visitor.client.open(place, method=method)


def addresses(rule: Rule, dossier: str, account: str = "desk", sequence: int = 1) -> Iterator[str]:
    parts = {
        "organisation": "de-linde", "department": "beukenhof", "form_id": "melden", "dossier_id": dossier,
        "term": "antwoord", "file_id": "x", "session_id": "x", "filename": "gehoor.css",
        "digest": "x",
        "proposal": PROPOSAL,
        "question": "omschrijving",
        "file": "definitions/de-linde/klacht.yaml",
        "number": "1",
        "step_id": "x",
        "account": account,
        "search": "x",
        "letter": "antwoord",
        "note": "1",
        "other": "x",
        "index": "0",
        "report": "jaarverslag",
        "standard": "iso-10002",
        "year": "2026",
        "name": "x",
        "kind": "csv",
        "sequence": f"{sequence}",
        "task": "klus" if "row" in rule.arguments else "helpen",
        "row": "1.1",
        "field": "bijlagen",
        "hook": "x",
        "secret": "x",
        "page": "hoe/verslagen",
    }  # fmt: skip
    for what in PLACES.get(rule.endpoint, ("",)):
        place = rule.rule
        for name in rule.arguments - {*(rule.defaults or ())}:
            value = {**parts, "what": what}[name]
            place = place.replace(f"<path:{name}>", value).replace(f"<{name}>", value)
            place = place.replace(f"<int:{name}>", value)
        yield place


def asked(allowed: Allowed, what: str) -> set[Action | None]:
    """The actions of which any lets somebody reach a page."""
    if allowed.policy is Policy.MANAGES:
        return {Action.MANAGE_ACCOUNTS}
    return (
        {*MAKING} if allowed.policy in (Policy.MAKES, Policy.PROPOSAL) else {allowed.wanted({"what": what})}
    )


def outcome(answer: Any) -> str:
    if answer.status_code == 200 and answer.text == "reached":
        return IN
    if answer.status_code == 401:
        return SIGN_IN
    if answer.status_code == 302 and answer.location.startswith("/medewerker/aanmelden"):
        return SIGN_IN
    return {404: GONE, 403: REFUSED}.get(answer.status_code, f"{answer.status_code}")


def test_the_table_has_every_page_and_no_other() -> None:
    app = new_site().app
    assert set(MATRIX) == {rule.endpoint for rule in app.url_map.iter_rules()}


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("endpoint", MATRIX)
def test_who_reaches_a_page(endpoint: str, person: str) -> None:
    site, visitors, dossier = house()
    expected = MATRIX[endpoint][PEOPLE.index(person)]
    walked = 0
    for rule in site.app.url_map.iter_rules(endpoint):
        for place in addresses(rule, dossier):
            for method in (rule.methods or set()) - {"OPTIONS"}:
                answer = opened(visitors[person], place, method)
                if method != "HEAD":
                    walked += 1
                    assert outcome(answer) == expected, (method, place)
                else:
                    assert (answer.status_code == 200) is (expected == IN), (method, place)
                answer.close()
    assert walked


@pytest.mark.parametrize("action", Action)
def test_an_action_that_is_kept_is_for_that_role_and_its_deputies_only(action: Action) -> None:
    """One page of each action, for every role there is, when only this action is kept for the social service."""
    site, dossier = closed_site(keeping(action, role="sociale-dienst"))
    roles = list(look(site.runtime, dossier, site.clock.now).agreement.roles)
    visitors = {
        role: (site.staff(role, role), program(site, role, name=f"programma-{number}"))
        for number, role in enumerate(roles)
    }
    emptied(site.app)
    pages = [
        (rule.methods or set(), place)
        for rule in site.app.url_map.iter_rules()
        for place, what in zip(
            addresses(rule, dossier, "onthaal"), PLACES.get(rule.endpoint, ("",)), strict=True
        )
        if (allowed := policy_of(site.app.view_functions[rule.endpoint])) and action in asked(allowed, what)
    ]
    # Reaching a milestone is filling in a field: the field is closed, and no page.
    # Who wrote a note strikes it out as well: it hangs on the note.
    # Those two are about many dossiers: their use case asks for each.
    assert bool(pages) is (
        action not in (Action.COMPLETE, Action.STRIKE_NOTES, Action.APPROVE_RETENTION, Action.EXPORT_PERSON)
    )
    for methods, place in pages:
        method = next((one for one in ("POST", "PATCH") if one in methods), "GET")
        reached = {role for role, one in visitors.items() if outcome(opened(one, place, method)) == IN}
        assert reached == {"sociale-dienst"}, place


def test_the_deputy_acts_when_nobody_holds_the_role() -> None:
    site, dossier = closed_site(keeping(Action.REOPEN, role="sociale-dienst"))
    deputy, desk = site.staff("els", KEEPER), site.staff("ria", "onthaal")
    emptied(site.app)
    place = f"/medewerker/dossiers/{dossier}/heropenen"
    assert outcome(deputy.client.post(place)) == IN
    assert outcome(desk.client.post(place)) == REFUSED


def test_someone_in_every_department_is_here_too() -> None:
    site, dossier = closed_site(keeping(Action.REOPEN))
    visitor = site.staff("els", "de-linde/*:kwaliteitscoordinator")
    emptied(site.app)
    assert outcome(visitor.client.post(f"/medewerker/dossiers/{dossier}/heropenen")) == IN


def test_an_address_that_names_no_action_is_not_there() -> None:
    site, dossier = closed_site(keeping())
    visitor = site.staff()
    emptied(site.app)
    for place in ("termijnen/antwoord/x", "plichten/x"):
        assert outcome(visitor.client.post(f"/medewerker/dossiers/{dossier}/{place}")) == GONE


def refused_everywhere(visitor: Visitor, dossier: str, rules: Iterable[Rule]) -> int:
    """Send something to every page of these that takes it in; returns how many refused it: all of them."""
    walked = 0
    for rule in rules:
        for method in (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}:
            for place in addresses(rule, dossier):
                answer = visitor.client.open(place, method=method, data={"csrf_token": "x"})
                # What a browser has, opens nothing where programs ask.
                assert answer.status_code == (401 if place.startswith(V1) else 400), (method, place)
                walked += 1
    return walked


@pytest.mark.parametrize("sent_from", ["cross-site", "same-site"])
def test_no_form_of_elsewhere_is_taken_anywhere(sent_from: str) -> None:
    """Every page that changes something, sent by another site, by who may reach it."""
    site, dossier = closed_site(keeping())
    visitor = site.staff("els", KEEPER)
    visitor.client.environ_base["HTTP_SEC_FETCH_SITE"] = sent_from
    assert refused_everywhere(visitor, dossier, site.app.url_map.iter_rules()) > 15
    assert visitor.get("/medewerker/").status_code == 200


def test_no_form_for_staff_is_taken_without_its_token() -> None:
    site, dossier = closed_site(keeping())
    visitor = site.staff("els", KEEPER)
    views = site.app.view_functions
    for_staff = [
        rule
        for rule in site.app.url_map.iter_rules()
        if (allowed := policy_of(views[rule.endpoint])) and allowed.policy is not Policy.PUBLIC
    ]
    assert refused_everywhere(visitor, dossier, for_staff) > 10
