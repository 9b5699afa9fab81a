"""Nobody chooses who reads what is about them: not through the deputies of deputies either, nor who approves what they
wrote. One way to the role that does not lead through them is enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.core.access.disclosure import Party
from gehoor.core.deadlines.status import TermStatus
from gehoor.services.access.authorisation import Operator
from gehoor.services.accounts.absence import Away, be_away
from gehoor.services.disclosure.finding import Person
from gehoor.services.disclosure.person import about_person
from gehoor.services.dossiers.tasks import count_tasks, tasks_of
from gehoor.services.dossiers.viewing import look
from gehoor.services.exchange.list_export import Listed, ListWords, list_sheets
from gehoor.services.exchange.register_export import ExportWish, Names, export_register
from gehoor.services.figures.offered_reports import Asked
from gehoor.services.figures.overview import overview
from gehoor.services.figures.report_lists import behind_figure
from gehoor.services.figures.reports import draft_of
from gehoor.services.jobs.sweep import sweep
from gehoor.services.projection.projection import reading_projection
from gehoor.services.proposals.bringing_in import NotApprovedError, Wanted, publish_proposal
from gehoor.services.proposals.discussing import agree
from gehoor.services.register.register import UnknownDossierError, reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.search import search
from gehoor.services.search.worklist import whole_list, work_list
from gehoor.services.search.worklist_filters import Wish
from tests.support import tasks
from tests.support.clock import at
from tests.support.de_linde import (
    de_linde,
    fill,
    investigated,
    publish_change,
    registered,
    staff,
)
from tests.support.figures import with_figures
from tests.support.workbench import LENGTH, TERMS, begun, replaced, with_agreements

DAY = date(2026, 5, 12)
NOW = "2026-05-14 10:00"
WORDS = Names("Dossiers", "Nummer", "Afdeling", "Fase", "Afgesloten", "Ja", "Nee", "Rij", " [meer]")
LIST_WORDS = ListWords(
    **{one.name: one.name for one in fields(ListWords) if one.name != "standings"},
    standings={one: one.value for one in TermStatus},
)
ABOUT_BEA: dict[str, Any] = {
    "voorwerp": "persoon", "aangeklaagde_medewerkers": ["bea"], "vertrouwelijkheid": "streng",
}  # fmt: skip


def house() -> Runtime:
    runtime = de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    staff(runtime, "bea", "teamverantwoordelijke")
    staff(runtime, "cas", "onthaal")
    staff(runtime, "dir", "algemeen-directeur")
    return runtime


def about_bea(runtime: Runtime) -> str:
    dossier = registered(runtime)
    fill(runtime, dossier, "2026-05-13 11:00", **ABOUT_BEA, reason="zo is het")
    return dossier


def away(runtime: Runtime, name: str, deputy: str, actor: Any = None) -> None:
    be_away(runtime, Away(name, DAY, None, deputy), actor or name, at("2026-05-12 08:00"))


def sees(runtime: Runtime, dossier: str, name: str, when: str = NOW) -> bool:
    try:
        look(runtime, dossier, at(when), name)
    except UnknownDossierError:
        return False
    return True


def test_whom_the_accused_chose_does_not_act_in_what_is_about_them() -> None:
    runtime = house()
    dossier = about_bea(runtime)
    away(runtime, "els", "bea")
    away(runtime, "bea", "cas")
    assert [one for one in ("els", "bea", "cas") if sees(runtime, dossier, one)] == ["els"]


def test_in_another_dossier_they_act() -> None:
    runtime = house()
    dossier = registered(runtime)
    fill(runtime, dossier, "2026-05-13 11:00", vertrouwelijkheid="streng", reason="zo is het")
    away(runtime, "els", "bea")
    away(runtime, "bea", "cas")
    assert sees(runtime, dossier, "cas")


def test_further_down_the_chain_the_same() -> None:
    runtime = house()
    staff(runtime, "lot", "onthaal")
    dossier = about_bea(runtime)
    away(runtime, "els", "bea")
    away(runtime, "bea", "lot")
    away(runtime, "lot", "cas")
    assert not sees(runtime, dossier, "cas")


def test_another_way_that_does_not_lead_through_them_is_enough() -> None:
    runtime = house()
    staff(runtime, "an", "kwaliteitscoordinator")
    dossier = about_bea(runtime)
    away(runtime, "els", "bea")
    away(runtime, "bea", "cas")
    away(runtime, "an", "cas")
    assert sees(runtime, dossier, "cas")


def test_who_says_that_somebody_else_is_away_does_not_choose_either() -> None:
    """A manager of accounts, about whom the dossier is, says that a colleague is away, and who acts for them."""
    runtime = de_linde()

    def manages(document: dict[str, Any]) -> None:
        document["rights"]["manage-accounts"] = ["kwaliteitscoordinator"]

    publish_change(runtime, manages, "2026-02-01 10:00")
    for name in ("bea", "els", "koen"):
        staff(runtime, name, "kwaliteitscoordinator")
    staff(runtime, "cas", "onthaal")
    dossier = about_bea(runtime)
    away(runtime, "koen", "cas", actor="bea")
    assert [one for one in ("bea", "koen", "cas") if sees(runtime, dossier, one)] == ["koen"]


def test_whoever_runs_the_server_may_say_so() -> None:
    runtime = house()
    dossier = about_bea(runtime)
    away(runtime, "els", "cas", actor=Operator("beheer"))
    assert sees(runtime, dossier, "cas")


def test_nothing_tells_them_of_it() -> None:
    runtime = house()
    dossier = about_bea(runtime)
    away(runtime, "els", "bea")
    away(runtime, "bea", "cas")
    later = at("2026-07-14 09:00")
    sweep(runtime, later)
    with reading(runtime.store) as register:
        told = {one for message in register.messages_of(dossier) for one in message.recipients}
        cas = runtime.staff.of(register, later).accounts["cas"]
    assert "cas@delinde.example" not in told
    assert work_list(runtime, cas, later).lines == ()
    assert search(runtime, cas, "pyjama", later).total == 0


def test_a_task_does_not_come_to_whom_the_accused_chose() -> None:
    runtime = tasks.house()
    staff(runtime, "bea", "teamverantwoordelijke")
    staff(runtime, "cas", "onthaal")
    dossier = investigated(runtime, "gegrond")
    answers: dict[str, Any] = {
        "beller": ["sara"], "antwoord_datum": "2026-05-20", "antwoord_wijze": "brief", "tweede_lijn_vermeld": True,
        "verontschuldiging": ["schriftelijk"], "maatregelen_individueel_meegedeeld": "x",
        "acties_structureel_meegedeeld": "y",
    }  # fmt: skip
    be_away(runtime, Away("sara", date(2026, 5, 19), None, "bea"), "sara", at("2026-05-19 08:00"))
    be_away(runtime, Away("bea", date(2026, 5, 19), None, "cas"), "bea", at("2026-05-19 09:00"))
    fill(runtime, dossier, "2026-05-20 10:00", actor="els", **answers, reason="z")
    now = at("2026-05-22 10:00")
    assert has_task(runtime, "cas", "2026-05-22 10:00")
    fill(
        runtime,
        dossier,
        "2026-05-22 11:00",
        actor="els",
        voorwerp="persoon",
        aangeklaagde_medewerkers=["bea"],
        reason="z",
    )
    assert not has_task(runtime, "cas", "2026-05-22 12:00")
    sweep(runtime, at("2026-07-22 12:00"))
    with reading(runtime.store) as register:
        since = [one for one in register.messages_of(dossier) if one.created_at > "2026-05-22T12"]
    assert not [one for one in since if "cas" in one.people]
    assert now


def has_task(runtime: Runtime, name: str, when: str) -> bool:
    with reading(runtime.store) as register:
        account = runtime.staff.of(register, at(when)).accounts[name]
    found = bool(tasks_of(runtime, account, at(when)))
    assert bool(count_tasks(runtime, account, at(when))) == found
    return found


@pytest.fixture(scope="module")
def drafter() -> Iterator[ConfinedDrafter]:
    drafter = ConfinedDrafter()
    yield drafter
    drafter.workers.close()


def test_who_wrote_a_proposal_does_not_choose_who_approves_it(drafter: ConfinedDrafter) -> None:
    runtime = with_agreements(drafter)
    staff(runtime, "els", "de-linde/*:kwaliteitscoordinator")
    staff(runtime, "dirk", "de-linde/*:algemeen-directeur")
    staff(runtime, "cas", "de-linde/*:onthaal")
    proposal = replaced(runtime, begun(runtime), TERMS, LENGTH, "binnen: 3 werkdagen")
    be_away(runtime, Away("dirk", DAY, None, "els"), "dirk", at("2026-05-12 11:00"))
    be_away(runtime, Away("els", DAY, None, "cas"), "els", at("2026-05-12 11:30"))
    agree(runtime, proposal.id, proposal.tree, "cas", at("2026-05-12 13:00"))
    wanted = Wanted(proposal.id, proposal.tree)
    with pytest.raises(NotApprovedError):
        publish_proposal(runtime, drafter, wanted, Operator("beheer"), at("2026-05-12 14:00"))


def test_whom_who_approves_chose_approves(drafter: ConfinedDrafter) -> None:
    runtime = with_agreements(drafter)
    staff(runtime, "els", "de-linde/*:kwaliteitscoordinator")
    staff(runtime, "dirk", "de-linde/*:algemeen-directeur")
    staff(runtime, "cas", "de-linde/*:onthaal")
    proposal = replaced(runtime, begun(runtime), TERMS, LENGTH, "binnen: 3 werkdagen")
    be_away(runtime, Away("dirk", DAY, None, "cas"), "dirk", at("2026-05-12 11:00"))
    agree(runtime, proposal.id, proposal.tree, "cas", at("2026-05-12 13:00"))
    assert publish_proposal(
        runtime, drafter, Wanted(proposal.id, proposal.tree), "els", at("2026-05-12 14:00")
    )


@pytest.mark.parametrize("confirmed", [False, True])
def test_whom_the_agreement_names_does_not_act_because_the_accused_said_somebody_is_away(
    confirmed: bool,
) -> None:
    """No deputy by name: those of the agreement act where nobody has a role, and by what the accused alone says they do
    not in a dossier about them."""
    runtime = de_linde()

    def manages(document: dict[str, Any]) -> None:
        document["rights"]["manage-accounts"] = ["algemeen-directeur"]
        document["roles"]["kwaliteitscoordinator"]["deputy"] = "onthaal"

    publish_change(runtime, manages, "2026-02-01 10:00")
    staff(runtime, "bea", "kwaliteitscoordinator", "algemeen-directeur")
    staff(runtime, "els", "kwaliteitscoordinator")
    staff(runtime, "cas", "onthaal")
    about = about_bea(runtime)
    away(runtime, "els", "", actor=Operator("beheer") if confirmed else "bea")
    with reading(runtime.store) as register:
        account = register.account("els")
    assert account is not None
    assert account.absences[0].get("counts", "") == ("" if confirmed else "bea")
    assert sees(runtime, about, "cas") == confirmed


def with_a_severity_for_team_leaders(runtime: Runtime) -> None:
    def kept(document: dict[str, Any]) -> None:
        with_figures(document)
        document["rights"]["export-dossiers"] = ["kwaliteitscoordinator"]
        document["forms"]["dossier"]["properties"]["ernst"]["seen-by"] = ["teamverantwoordelijke"]

    publish_change(runtime, kept, "2026-01-20 10:00")


def severe(runtime: Runtime, **about: Any) -> str:
    """The number of a dossier in which the severity is 4."""
    dossier = registered(runtime)
    fill(runtime, dossier, "2026-05-13 11:00", ernst="4", **about, reason="zo is het")
    with reading_projection(runtime) as register:
        return register.dossier(dossier).number


def found_by(runtime: Runtime, name: str) -> tuple[list[str], list[str], int]:
    """What somebody finds by the severity: in the work list, behind the figure of it, and in the figure."""
    with reading_projection(runtime) as register:
        account = runtime.staff.of(register, at(NOW)).active(name)
    assert account is not None
    listed = work_list(runtime, account, at(NOW), Wish(severity="4"))
    asked = Asked("de-linde", "jaarverslag", 2026)
    tables = draft_of(runtime, account, at(NOW), asked).reckoned.tables.values()
    table = next(one for one in tables if one.title == "Ernst")
    figure = sum(line.total or 0 for line in table.lines)
    cell = (table.id, "4", None)
    behind = behind_figure(runtime, account, at(NOW), asked, cell).lines if figure else ()
    numbers = [sorted(line.summary.number for line in lines) for lines in (listed.lines, behind)]
    return numbers[0], numbers[1], figure


KEPT_FROM_BEA: dict[str, dict[str, Any]] = {
    "it is about her": {"voorwerp": "persoon", "aangeklaagde_medewerkers": ["bea"]},
    "its level": {"vertrouwelijkheid": "streng"},
}
"""Why a dossier does not exist for bea, and does for cas."""


def with_cas_for_bea(why: str) -> tuple[Runtime, list[str]]:
    """Cas acts for bea, who sees severities. The numbers: of a dossier that does not exist for her, and of another."""
    runtime = de_linde()
    with_a_severity_for_team_leaders(runtime)
    staff(runtime, "bea", "teamverantwoordelijke")
    # Also without bea the role is held, by somebody for whom all of it exists.
    staff(runtime, "tom", "teamverantwoordelijke", "algemeen-directeur")
    staff(runtime, "cas", "kwaliteitscoordinator")
    found = [severe(runtime, **KEPT_FROM_BEA[why]), severe(runtime)]
    away(runtime, "bea", "cas")
    return runtime, found


@pytest.mark.parametrize("why", KEPT_FROM_BEA)
def test_by_an_answer_a_chosen_deputy_finds_no_dossier_that_does_not_show_it(why: str) -> None:
    runtime, (_kept, other) = with_cas_for_bea(why)
    assert found_by(runtime, "cas") == ([other], [other], 1)


@pytest.mark.parametrize("why", KEPT_FROM_BEA)
def test_who_sees_it_by_a_role_of_their_own_finds_it(why: str) -> None:
    runtime, (kept, other) = with_cas_for_bea(why)
    staff(runtime, "dora", "kwaliteitscoordinator", "teamverantwoordelijke")
    assert found_by(runtime, "dora") == ([kept, other], [kept, other], 2)


@pytest.mark.parametrize("why", KEPT_FROM_BEA)
def test_where_no_answer_is_asked_it_is_listed_counted_and_taken_out_without_the_answer(why: str) -> None:
    runtime, numbers = with_cas_for_bea(why)
    with reading_projection(runtime) as register:
        cas = runtime.staff.of(register, at(NOW)).active("cas")
    assert cas is not None
    listed = work_list(runtime, cas, at(NOW))
    open_ones = next(one for one in overview(runtime, cas, at(NOW)).tiles if one.wish == Wish())
    assert (sorted(line.summary.number for line in listed.lines), open_ones.number) == (numbers, 2)
    made = export_register(runtime, cas, at(NOW), ExportWish(), WORDS)
    said = {one["number"]: one["answers"].get("ernst") for one in made.data}
    assert said == dict(zip(numbers, (None, 4), strict=True))


@pytest.mark.parametrize("why", KEPT_FROM_BEA)
def test_what_they_may_do_by_somebody_else_they_do_not_with_a_dossier_that_does_not_exist_for_that_one(
    why: str,
) -> None:
    """Bea may take dossiers out, and give people all that is kept about them, and cas by her choice: not what is about
    her, or too confidential for her."""
    runtime = de_linde()

    def exported(document: dict[str, Any]) -> None:
        document["rights"]["export-dossiers"] = ["teamverantwoordelijke"]
        document["rights"]["export-person"] = ["teamverantwoordelijke"]

    publish_change(runtime, exported, "2026-01-20 10:00")
    staff(runtime, "bea", "teamverantwoordelijke")
    staff(runtime, "tom", "teamverantwoordelijke", "algemeen-directeur")
    staff(runtime, "cas", "kwaliteitscoordinator")
    severe(runtime, klager_naam="Peeters", **KEPT_FROM_BEA[why])
    other = severe(runtime, klager_naam="Peeters")
    away(runtime, "bea", "cas")
    with reading_projection(runtime) as register:
        cas = runtime.staff.of(register, at(NOW)).active("cas")
    assert cas is not None
    total, ids = whole_list(runtime, cas, at(NOW), Wish(), 10)
    assert (total, len(ids)) == (2, 2), "they see both"
    in_list = list_sheets(runtime, cas, at(NOW), Listed(ids), LIST_WORDS).sheets[0].rows
    assert [row[0] for row in in_list] == [other]
    made = export_register(runtime, cas, at(NOW), ExportWish(), WORDS)
    assert [one["number"] for one in made.data] == [other]
    who = Person(account="bea", name="Peeters")
    given = about_person(runtime, "de-linde", who, Party.OFFICER, "cas", at(NOW))
    assert [one.number for one in given.dossiers] == [other]
    with reading_projection(runtime) as register:
        left = next(one for one in ids if register.dossier(one).number != other)
        assert [one.way for one in register.access_log(left)] == []
