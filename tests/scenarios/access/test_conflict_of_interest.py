"""Conflict of interest: for whom a complaint is about it does not exist, by whatever way one looks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from gehoor.core.dossier.events import EventKind
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.authorisation import Operator
from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.dossiers.assignment import Assigning, assign, assign_many
from gehoor.services.dossiers.duties import Approving, Settling, approve, finish
from gehoor.services.dossiers.term_changes import Adjustment, suspend
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.messages.sending import deliver
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import UnknownDossierError, reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.related import related
from tests.support.clock import at
from tests.support.de_linde import (
    INVESTIGATED,
    de_linde,
    fill,
    open_by_phone,
    open_by_web,
    publish_change,
    registered,
    staff,
)
from tests.support.paper_post import PaperPost
from tests.support.site import PASSWORD, new_site

NOON = "2026-05-12 12:00"
COORDINATOR = "kwaliteitscoordinator"
ANSWERED = {"antwoord_wijze": "brief", "tweede_lijn_vermeld": True}


def house() -> Runtime:
    """De Linde with a coordinator (els), a team leader (koen), the desk (ria) and two directors (an, dirk)."""
    runtime = de_linde()
    staff(runtime, "els", COORDINATOR)
    staff(runtime, "koen", "teamverantwoordelijke")
    staff(runtime, "ria", "onthaal")
    staff(runtime, "dirk", "dagelijks-verantwoordelijke")
    staff(runtime, "an", "algemeen-directeur")
    return runtime


def accuse(runtime: Runtime, dossier: str, *names: str, when: str = NOON, actor: str = "els") -> None:
    fill(runtime, dossier, when, actor=actor, voorwerp="persoon", aangeklaagde_medewerkers=list(names))


def about(runtime: Runtime, *names: str) -> str:
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    accuse(runtime, dossier, *names)
    return dossier


def exists_for(runtime: Runtime, dossier: str, name: str) -> bool:
    try:
        look(runtime, dossier, at("2026-05-12 13:00"), name)
    except UnknownDossierError:
        return False
    return True


def told(runtime: Runtime, dossier: str) -> set[str]:
    """Everyone who got a message about a dossier."""
    messages = look(runtime, dossier, at("2026-09-01 09:00")).messages
    return {to.partition("@")[0] for message in messages for to in message.recipients}


# Who is named


def test_the_one_it_is_about_finds_no_dossier_and_others_do() -> None:
    runtime = house()
    dossier = about(runtime, "koen")
    assert not exists_for(runtime, dossier, "koen")
    assert all(exists_for(runtime, dossier, name) for name in ("els", "ria", "an"))


def test_someone_who_stands_too_close_finds_no_dossier_either() -> None:
    runtime = house()
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    fill(runtime, dossier, NOON, actor="els", belangenconflict=["an"])
    assert not exists_for(runtime, dossier, "an")


def test_a_name_that_was_written_by_mistake_can_be_taken_out_by_others() -> None:
    runtime = house()
    dossier = about(runtime, "koen")
    fill(runtime, dossier, "2026-05-12 12:30", actor="els", aangeklaagde_medewerkers="")
    assert exists_for(runtime, dossier, "koen")


def test_only_people_who_work_here_can_be_named() -> None:
    runtime = house()
    staff(runtime, "piet", "waterhof/wijk:klachtenfunctionaris")
    staff(runtime, "weg", "onthaal", active=False)
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    with pytest.raises(RefusedError) as refusal:
        accuse(runtime, dossier, "koen", "piet", "weg", "niemand")
    assert [DUTCH.objections.text(one) for one in refusal.value.objections] == [
        "Kies alleen mensen die hier werken. Wij kennen niet: piet, weg, niemand."
    ]


def test_people_are_shown_by_name() -> None:
    runtime = house()
    opened = look(runtime, about(runtime, "koen"), at(NOON), "els")
    words = DUTCH.events.text(opened.under[opened.events[-1].agreement], opened.events[-1])
    assert ("Over welke medewerkers gaat het?", "Koen") in words.details


def test_an_organisation_without_such_a_field_works_as_before() -> None:
    runtime = house()

    def without(document: dict[str, object]) -> None:
        properties = document["forms"]["dossier"]["properties"]  # type: ignore[index]
        del properties["aangeklaagde_medewerkers"], properties["belangenconflict"]

    publish_change(runtime, without, "2026-05-01 09:00")
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    assert exists_for(runtime, dossier, "koen")


# What they can do


def test_nothing_can_be_done_with_what_does_not_exist() -> None:
    runtime = house()
    dossier = registered(runtime)
    accuse(runtime, dossier, "koen", when="2026-05-13 10:00")
    then = at("2026-05-14 09:00")
    for act in (
        lambda: fill(runtime, dossier, "2026-05-14 09:00", actor="koen", onderwerp="Iets anders"),
        lambda: finish(runtime, Settling(dossier, "x", "koen"), then),
        lambda: approve(runtime, Approving(dossier, "x", "koen"), then),
        lambda: suspend(runtime, Adjustment(dossier, "antwoord", "koen"), then),
        lambda: assign(runtime, Assigning(dossier, "koen", "koen"), then),
    ):
        with pytest.raises(UnknownDossierError):
            act()


def test_no_page_exists_for_them() -> None:
    runtime = house()
    site = new_site(NOON, runtime)
    visitor = site.staff("koen", "teamverantwoordelijke")
    dossier = about(runtime, "koen")
    home = f"/medewerker/dossiers/{dossier}"
    assert visitor.get(home).status_code == 404
    for room in ("overzicht", "afsluiten", "berichten", "verloop", "bijlagen/x"):
        assert visitor.get(f"{home}/{room}").status_code == 404
    for path in (
        "",
        "/behandelaar",
        "/goedkeuren",
        "/plichten/gedaan",
        "/termijnen/antwoord/opschorten",
        "/heropenen",
    ):
        list_page = visitor.page("/medewerker/")
        token = list_page.form_data(list_page.all("form")[1])
        assert visitor.post(f"{home}{path}", dict(token)).status_code == 404, path
    assert visitor.get(home).text == visitor.get("/medewerker/dossiers/bestaat-niet").text.replace(
        "bestaat-niet", dossier
    )


# Messages


def test_a_message_goes_to_the_next_deputy_when_the_last_holder_is_accused() -> None:
    runtime = house()
    dossier = about(runtime, "els")
    sweep(runtime, at("2026-05-15 06:00"))
    assert "els" not in told(runtime, dossier)
    assert "dirk" in told(runtime, dossier), "the deputy of the coordinator"


def test_an_escalation_never_reaches_the_accused_also_not_as_a_deputy() -> None:
    """Nobody is coordinator: the deputy is the accused, so the next deputy hears."""
    runtime = de_linde()
    staff(runtime, "dirk", "dagelijks-verantwoordelijke")
    staff(runtime, "an", "algemeen-directeur")
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    accuse(runtime, dossier, "dirk", actor="an")
    for day in range(60):
        sweep(runtime, at("2026-05-13 06:00") + timedelta(days=day))
    assert told(runtime, dossier) == {"an"}


def test_of_several_holders_the_others_still_hear() -> None:
    runtime = house()
    staff(runtime, "eva", COORDINATOR)
    dossier = about(runtime, "els")
    sweep(runtime, at("2026-05-15 06:00"))
    assert told(runtime, dossier) == {"eva"}


def test_a_message_that_waits_does_not_go_to_who_was_accused_in_between() -> None:
    runtime = house()
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    sweep(runtime, at("2026-05-15 06:00"))
    assert "els" in told(runtime, dossier)
    accuse(runtime, dossier, "els", when="2026-05-15 09:00", actor="an")
    post = PaperPost()
    deliver(runtime, post, lambda: at("2026-05-15 10:00"))
    assert "els@delinde.example" not in post.addresses
    assert "dirk@delinde.example" in post.addresses, "the deputy of the coordinator gets what she was to get"


@pytest.mark.parametrize("of_before", [False, True])
def test_who_is_accused_keeps_no_message_from_others_by_having_their_address(of_before: bool) -> None:
    """Also of a message from before it was kept for whom it is."""
    runtime = house()
    staff(runtime, "eva", COORDINATOR)
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    sweep(runtime, at("2026-05-15 06:00"))
    accuse(runtime, dossier, "els", when="2026-05-15 09:00", actor="an")
    taken = AccountChange("els", email="eva@delinde.example")
    change_account(runtime, taken, Operator("beheerder"), at("2026-05-15 09:30"))
    if of_before:
        with writing(runtime.store) as register:
            for message in register.messages_of(dossier):
                register.save_message(replace(message, people=()))
    post = PaperPost()
    deliver(runtime, post, lambda: at("2026-05-15 10:00"))
    assert "eva@delinde.example" in post.addresses
    assert "els@delinde.example" not in post.addresses


def test_a_message_goes_to_the_address_that_its_people_have_when_it_goes() -> None:
    """Also where a colleague has the address of before too."""
    runtime = house()
    staff(runtime, "eva", "onthaal", email="els@delinde.example")
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    sweep(runtime, at("2026-05-15 06:00"))
    moved = AccountChange("els", email="els.new@delinde.example")
    change_account(runtime, moved, Operator("beheerder"), at("2026-05-15 09:30"))
    with reading(runtime.store) as register:
        listed = {to for one in register.messages_of(dossier) for to in one.recipients}
    assert "els.new@delinde.example" in listed, "and lists say so"
    post = PaperPost()
    deliver(runtime, post, lambda: at("2026-05-15 10:00"))
    assert "els.new@delinde.example" in post.addresses
    assert "els@delinde.example" not in post.addresses


# Approval and rights, as deputy too


def serious(runtime: Runtime, *names: str) -> tuple[str, str]:
    """A serious complaint whose answer waits for the director's approval, and the name of the approval."""
    dossier = registered(runtime)
    accuse(runtime, dossier, *names, when="2026-05-13 10:00")
    found = {
        **INVESTIGATED,
        "ernst": 4,
        "ernst_motivering": "Hij durft niet meer.",
        "gegrondheid": "onduidelijk",
    }
    fill(
        runtime, dossier, "2026-05-20 09:00", actor="els", **found,
        gegrondheid_motivering="Wij konden het niet nagaan.", onderzoek_afgerond_op="2026-05-20",
    )  # fmt: skip
    fill(runtime, dossier, "2026-05-21 09:00", actor="els", **ANSWERED, besluit="Wij passen het rooster aan.")
    (state,) = look(runtime, dossier, at("2026-05-21 10:00")).decision.approvals
    return dossier, state.key


def test_the_deputy_approves_when_the_director_is_accused() -> None:
    runtime = house()
    dossier, wanted = serious(runtime, "an")
    approve(runtime, Approving(dossier, wanted, "dirk"), at("2026-05-21 11:00"))
    assert look(runtime, dossier, at("2026-05-21 12:00")).decision.approvals[0].holds


def cards(runtime: Runtime, dossier: str) -> str:
    """What the page of a dossier says of its approvals."""
    site = new_site("2026-05-21 10:00", runtime)
    site.add_staff("eva", COORDINATOR)
    visitor = site.visitor()
    visitor.send("/medewerker/aanmelden", naam="eva", wachtwoord=PASSWORD)
    page = visitor.page(f"/medewerker/dossiers/{dossier}/overzicht")
    (card,) = [one for one in page.all("section", class_="term") if "Goedkeuring voor" in one.text]
    return card.text


def test_the_page_says_who_steps_in_for_whom() -> None:
    runtime = house()
    dossier, _ = serious(runtime, "an")
    assert "Dagelijks verantwoordelijke, vervangt Algemeen directeur" in cards(runtime, dossier)


def test_the_page_names_no_deputy_while_the_director_can() -> None:
    runtime = house()
    dossier, _ = serious(runtime, "koen")
    assert "vervangt" not in cards(runtime, dossier)


def test_the_deputy_does_not_approve_while_the_director_can() -> None:
    runtime = house()
    dossier, wanted = serious(runtime, "koen")
    with pytest.raises(RefusedError):
        approve(runtime, Approving(dossier, wanted, "dirk"), at("2026-05-21 11:00"))


def test_the_deputy_sees_the_fields_of_a_role_whose_last_holder_is_accused() -> None:
    runtime = de_linde()
    staff(runtime, "els", COORDINATOR)
    staff(runtime, "soc", "sociale-dienst")
    dossier = about(runtime, "soc")
    # How satisfied people are is filled in by the social service; its deputy is the coordinator.
    assert "tevreden_afhandeling" not in look(runtime, dossier, at(NOON), "els").rights.unchangeable
    other = open_by_phone(runtime, "2026-05-12 10:00", klager_telefoon="0470 99 99 99").dossier
    assert "tevreden_afhandeling" in look(runtime, other, at(NOON), "els").rights.unchangeable


# Who handles it


def test_it_cannot_be_given_to_someone_with_a_conflict() -> None:
    runtime = house()
    dossier = about(runtime, "koen")
    assert "koen" not in {one.name for one in look(runtime, dossier, at(NOON), "els").candidates}
    with pytest.raises(RefusedError):
        assign(runtime, Assigning(dossier, "koen", "els"), at(NOON))
    given, refused = assign_many(runtime, [dossier], Assigning("", "koen", "els"), at(NOON))
    assert (given, len(refused)) == ([], 1)


def test_in_bulk_what_does_not_exist_says_nothing_of_itself() -> None:
    runtime = house()
    dossier = about(runtime, "koen")
    _, refused = assign_many(runtime, [dossier, "onzin"], Assigning("", "koen", "koen"), at(NOON))
    assert [(one.number, one.objection.code) for one in refused] == [("", "assign-unknown")] * 2


def test_a_handler_who_becomes_accused_loses_the_dossier_and_the_role_hears() -> None:
    runtime = house()
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    assign(runtime, Assigning(dossier, "koen", "koen"), at("2026-05-12 11:00"))
    accuse(runtime, dossier, "koen")
    opened = look(runtime, dossier, at("2026-05-12 13:00"))
    assert opened.dossier.handler == ""
    taken = [event for event in opened.events if event.kind is EventKind.ASSIGNED][-1]
    assert (taken.data["before"], taken.data["conflict"]) == ("koen", True)
    # The registration is due next; the team leader is responsible for it, the deputy is the coordinator.
    assert [message.recipients for message in opened.messages][-1] == ("els@delinde.example",)
    assert "koen" not in "".join(message.text.lower() for message in opened.messages)


def test_why_it_was_taken_is_only_for_who_may_see_the_answer() -> None:
    runtime = house()
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    assign(runtime, Assigning(dossier, "koen", "koen"), at("2026-05-12 11:00"))
    accuse(runtime, dossier, "koen")
    opened = look(runtime, dossier, at("2026-05-12 13:00"), "ria")
    said = [
        DUTCH.events.text(opened.agreement, event)
        for event in opened.events
        if event.kind is EventKind.ASSIGNED
    ]
    assert "belangenconflict" not in repr(said).lower()
    assert "Koen" not in said[-1].what


# Counts do not betray


def test_earlier_messages_are_counted_without_those_that_do_not_exist() -> None:
    runtime = house()
    first = open_by_web(runtime, "2026-05-10 10:00").dossier
    accuse(runtime, first, "koen", when="2026-05-10 11:00")
    second = open_by_web(runtime, "2026-05-11 10:00", uiteenzetting="Nu is ook de soep koud.").dossier
    third = open_by_web(runtime, "2026-05-12 10:00", uiteenzetting="En de was is zoek.").dossier
    with reading(runtime.store) as register:
        accounts = {one.name: one for one in register.accounts()}

    def earlier(name: str) -> list[tuple[list[str], int]]:
        opened = look(runtime, third, at(NOON), name)
        return [
            ([one.summary.id for one in found.seen], found.others)
            for found in related(runtime, opened, accounts[name], at(NOON))
        ]

    assert earlier("els")[0] == ([second, first], 0)
    assert earlier("koen")[0] == ([second], 0)
    seen = look(runtime, third, at(NOON), "koen")
    assert first not in repr(seen), "neither in what was found nor in what happened"
