"""Actions that the agreement keeps for some roles: refused in plain words, and not offered to others."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from gehoor.bootstrap.files import load
from gehoor.core.agreement.actions import MAKING, Action
from gehoor.core.wording.chapters import lines
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.vacant_roles import empty_roles
from gehoor.services.recording.answers import RefusedError
from tests.scenarios.access.test_who_reaches_what import keeping
from tests.support.clock import at
from tests.support.de_linde import (
    REGISTERED,
    changed,
    fill,
    new_runtime,
    open_by_phone,
    publish_change,
    staff,
)
from tests.support.loading_cases import BASE
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor, new_site

NOW = "2026-05-20 09:00"
COORDINATOR = "kwaliteitscoordinator"


def house(*actions: Action) -> tuple[Site, str, Visitor, Visitor]:
    """A site where these actions are the coordinator's; a dossier; the coordinator, and the desk."""
    site = new_site(NOW)
    publish_change(site.runtime, keeping(*actions), "2026-05-12 09:30")
    els = site.staff("els", COORDINATOR)
    ria = site.staff("ria", "onthaal")
    dossier = open_by_phone(site.runtime, "2026-05-12 14:00").dossier
    fill(site.runtime, dossier, "2026-05-13 09:00", actor="els", **REGISTERED, registratiedatum="2026-05-13")
    return site, dossier, els, ria


def page_of(visitor: Visitor, dossier: str, room: str = "") -> Page:
    return visitor.page(f"/medewerker/dossiers/{dossier}{room}")


@pytest.mark.parametrize(
    ("action", "room", "offered"),
    [
        (Action.SUSPEND_TERM, "/overzicht", "/opschorten"),
        (Action.EXTEND_TERM, "/overzicht", "/verlengen"),
        (Action.FILL_IN, "", "Bewaren</button>"),
        (Action.FILL_IN, "", 'name="v_onderwerp"'),
        (Action.COMPLETE, "", 'name="v_onderzoek_afgerond_op"'),
        (Action.COMPLETE, "", 'name="afronden"'),
    ],
)
def test_what_one_may_not_do_is_not_offered(action: Action, room: str, offered: str) -> None:
    _, dossier, els, ria = house(action)
    assert offered in page_of(els, dossier, room).html
    page = page_of(ria, dossier, room)
    assert offered not in page.html
    assert page_faults(page) == []


@pytest.mark.parametrize(
    ("action", "offered"),
    [(Action.REGISTER, "/registreren"), (Action.READ_AGREEMENT, "/beukenhof/afspraken")],
)
def test_the_work_list_offers_only_what_one_may_do(action: Action, offered: str) -> None:
    _, _, els, ria = house(action)
    assert offered in els.page("/medewerker/").html
    assert offered not in ria.page("/medewerker/").html


def test_a_refusal_says_what_it_is_about_and_for_whom() -> None:
    _, dossier, _, ria = house(Action.REOPEN)
    token = page_of(ria, dossier).value("csrf_token")
    answer = ria.post(f"/medewerker/dossiers/{dossier}/heropenen", {"csrf_token": token, "reden": "x"})
    assert answer.status_code == 403
    page = Page(answer.text)
    assert page_faults(page) == []
    assert page.one("h1").text == "Dit mag u hier niet doen"
    assert "voor: Kwaliteitscoördinator" in page.text
    assert "een afgesloten dossier heropenen" in page.text


def test_who_may_not_fill_in_reads_the_dossier_and_changes_nothing() -> None:
    site, dossier, _, ria = house(Action.FILL_IN)
    assert "Bel niet beantwoord" in page_of(ria, dossier).text
    with pytest.raises(RefusedError) as refused:
        fill(site.runtime, dossier, NOW, actor="ria", onderwerp="Anders")
    (objection,) = refused.value.objections
    assert (objection.code, objection.details["roles"]) == ("not-yours", ("Kwaliteitscoördinator",))
    fill(site.runtime, dossier, NOW, actor="els", onderwerp="Anders")


def test_who_may_not_reach_milestones_fills_in_the_rest() -> None:
    site, dossier, _, _ = house(Action.COMPLETE)
    fill(site.runtime, dossier, NOW, actor="ria", klager_gemeente="Gent")
    with pytest.raises(RefusedError) as refused:
        fill(site.runtime, dossier, NOW, actor="ria", onderzoek_afgerond_op="2026-05-20")
    assert {objection.code for objection in refused.value.objections} == {"not-yours"}


def test_registering_takes_no_right_to_fill_in_later() -> None:
    site, _, _, _ = house(Action.FILL_IN, Action.COMPLETE)
    assert open_by_phone(site.runtime, NOW).number


def test_an_action_that_nobody_may_do_is_told_to_who_runs_the_server() -> None:
    runtime = new_runtime()
    publish_change(runtime, keeping(Action.EXTEND_TERM, role="algemeen-directeur"), "2026-05-12 09:30")
    staff(runtime, "ria", "onthaal")
    assert "algemeen-directeur" in [one.role for one in empty_roles(runtime, at(NOW))]
    staff(runtime, "an", "algemeen-directeur")
    assert "algemeen-directeur" not in [one.role for one in empty_roles(runtime, at(NOW))]


@pytest.mark.parametrize("action", Action)
def test_each_action_is_one_sentence_of_the_agreement(action: Action) -> None:
    one = dict(lines(DUTCH.agreements.whole(changed(keeping(action)))))[f"rights/{action}"]
    assert one.startswith("Alleen de rol Kwaliteitscoördinator mag ")

    def two(document: dict[str, Any]) -> None:
        document["rights"] = {action.value: [COORDINATOR, "onthaal"]}

    both = dict(lines(DUTCH.agreements.whole(changed(two))))[f"rights/{action}"]
    assert both.startswith("Alleen de rol Kwaliteitscoördinator en de rol Onthaal mogen ")


def test_a_department_takes_over_what_it_does_not_say_itself(tmp_path: Path) -> None:
    workspace = tmp_path / "klein"
    copytree(BASE, workspace)
    organisation = workspace / "definitions" / "klein" / "organisatie.yaml"
    text = organisation.read_text()
    for action in ("heropenen", "termijn-verlengen"):
        text = text.replace(f"  {action}: iedereen\n", f"  {action}: [hoofd]\n")
    organisation.write_text(text)
    north = workspace / "definitions" / "klein" / "afdelingen" / "noord.yaml"
    north.write_text(f"{north.read_text()}rechten:\n  heropenen: [behandelaar, hoofd]\n")
    loaded = load(workspace)
    assert loaded.problems == []
    rights = {one.department: one.agreement.rights for one in loaded.departments}
    since = (
        Action.READ_ACCESS_LOG, Action.BREAK_GLASS, Action.APPROVE_RETENTION, Action.EXPORT_PERSON,
        Action.MANAGE_ACCOUNTS, Action.LINK, Action.MERGE, Action.SEND_ON, Action.NEW_CODE, Action.STRIKE_NOTES,
        Action.SEE_FIGURES, Action.MAKE_REPORTS, Action.READ_REPORTS,
    Action.EXPORT_DOSSIERS, *MAKING,
    )  # fmt: skip
    nobody: dict[Action, tuple[str, ...]] = dict.fromkeys(since, ())
    assert rights["zuid"] == {Action.REOPEN: ("hoofd",), Action.EXTEND_TERM: ("hoofd",), **nobody}
    assert rights["noord"] == {
        Action.REOPEN: ("behandelaar", "hoofd"), Action.EXTEND_TERM: ("hoofd",), **nobody
    }  # fmt: skip
