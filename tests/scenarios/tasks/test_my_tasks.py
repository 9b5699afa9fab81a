"""A task: who is named for it in a dossier sees it and reports on it, and sees nothing else of that dossier."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.dossier.events import EventKind
from gehoor.services.dossiers.editing import EditConflictError
from gehoor.services.dossiers.tasks import count_tasks
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import UnknownDossierError, reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import STORY, fill
from tests.support.site import new_site
from tests.support.tasks import (
    CALL,
    MEASURES,
    SOUP,
    account,
    all_of,
    easily_closed,
    house,
    measure,
    names,
    opened,
    rows,
    tasks,
    tell,
    with_measures,
    with_tasks,
)

CLOSED = {"afgesloten_op": "2026-05-21", "afsluitreden": "ingetrokken"}
BELL = {"type": "herstel_dienstverlening", "omschrijving": "De bel in kamer 12 herstellen."}


def test_who_is_named_has_a_task_and_nobody_else_has() -> None:
    runtime = house()
    with_measures(runtime, measure("kaat"))
    assert names(tasks(runtime, "kaat")) == ["Een herstelmaatregel uitvoeren"]
    assert [tasks(runtime, other) for other in ("kobe", "koen", "els")] == [[], [], []]


def test_a_task_shows_what_was_agreed_and_nothing_of_the_dossier() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"), {**BELL, "verantwoordelijke": ["kobe"]})
    (one,) = tasks(runtime, "kaat")
    assert dict(one.answers) == {"omschrijving": SOUP}
    assert ([of.id for of in one.shown], [of.id for of in one.filled]) == (
        ["omschrijving"], ["uitgevoerd_op", "verslag"],
    )  # fmt: skip
    assert (one.excerpt, one.number) == (SOUP, "")
    with pytest.raises(UnknownDossierError):
        look(runtime, dossier, at("2026-05-21 09:00"), "kaat")


def test_somebody_of_another_department_has_a_task_too() -> None:
    runtime = house()
    with_measures(runtime, measure("eric"))
    assert names(tasks(runtime, "eric")) == ["Een herstelmaatregel uitvoeren"]


def test_who_may_open_the_dossier_reads_its_number_there() -> None:
    runtime = house()
    with_measures(runtime, measure("koen"))
    (one,) = tasks(runtime, "koen")
    assert one.number.startswith("BEU-2026-")


def test_nobody_else_opens_a_task_or_reports_on_it() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"))
    (one,) = tasks(runtime, "kaat")
    for other in ("kobe", "els", "koen", "eric"):
        with pytest.raises(UnknownDossierError):
            opened(runtime, other, one)
        with pytest.raises(UnknownDossierError):
            tell(runtime, other, one, uitgevoerd_op="2026-05-21")
    assert rows(runtime, dossier) == [measure("kaat")]


def test_what_is_filled_in_stands_in_its_row_alone() -> None:
    runtime = house()
    dossier = with_measures(runtime, BELL, measure("kaat"))
    (one,) = tasks(runtime, "kaat")
    tell(runtime, "kaat", one, uitgevoerd_op="2026-05-21", verslag="Drie wagens gekocht.")
    done = {**measure("kaat"), "uitgevoerd_op": "2026-05-21", "verslag": "Drie wagens gekocht."}
    assert rows(runtime, dossier) == [BELL, done]
    assert tasks(runtime, "kaat") == []


def test_nothing_else_can_be_filled_in_by_it() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"))
    (one,) = tasks(runtime, "kaat")
    tell(
        runtime,
        "kaat",
        one,
        omschrijving="Niets.",
        verantwoordelijke=["kobe"],
        gegrondheid="ongegrond",
        verslag="Ja.",
    )
    assert rows(runtime, dossier) == [{**measure("kaat"), "verslag": "Ja."}]
    assert look(runtime, dossier, at("2026-05-21 11:00")).dossier.values["gegrondheid"] == "gegrond"


def test_the_history_tells_who_did_it_and_by_which_task() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"))
    (one,) = tasks(runtime, "kaat")
    tell(runtime, "kaat", one, uitgevoerd_op="2026-05-21")
    last = look(runtime, dossier, at("2026-05-21 11:00")).events[-1]
    assert (last.kind, last.actor, last.data["task"]["id"]) == (EventKind.ANSWERED, "kaat", one.state.task.id)


def test_a_long_report_leaves_the_row_the_same_row() -> None:
    runtime = house()
    with_measures(runtime, measure("kaat"))
    (one,) = tasks(runtime, "kaat")
    tell(runtime, "kaat", one, verslag="Eerst waren er geen wagens te krijgen. " * 30)
    (later,) = tasks(runtime, "kaat", "2026-05-22 09:00")
    assert later.state.row == one.state.row


def test_others_rows_may_be_changed_meanwhile() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"))
    (one,) = tasks(runtime, "kaat")
    fill(runtime, dossier, "2026-05-21 09:30", actor="els", **{MEASURES: [BELL, measure("kaat")]})
    tell(runtime, "kaat", one, uitgevoerd_op="2026-05-21")
    assert rows(runtime, dossier) == [BELL, {**measure("kaat"), "uitgevoerd_op": "2026-05-21"}]


def test_who_did_something_else_meanwhile_is_not_named_in_a_conflict() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat", "kobe"))
    (one,) = tasks(runtime, "kaat")
    tell(runtime, "kobe", one, verslag="Ik bestel ze.")
    fill(runtime, dossier, "2026-05-21 11:30", actor="els", onderwerp="De bel")
    with pytest.raises(EditConflictError) as conflict:
        tell(runtime, "kaat", one, verslag="Ik doe het zelf.")
    assert conflict.value.actor == "kobe"


def test_the_same_answer_of_two_people_is_a_conflict() -> None:
    runtime = house()
    with_measures(runtime, measure("kaat", "kobe"))
    (one,) = tasks(runtime, "kaat")
    tell(runtime, "kobe", one, verslag="Ik bestel ze.")
    with pytest.raises(EditConflictError) as conflict:
        tell(runtime, "kaat", one, verslag="Ik huur ze.")
    assert (conflict.value.fields, conflict.value.actor) == (["verslag"], "kobe")


def test_a_refusal_stands_at_the_field_of_the_task() -> None:
    runtime = house()
    with_measures(runtime, measure("kaat"))
    (one,) = tasks(runtime, "kaat")
    with pytest.raises(RefusedError) as refusal:
        tell(runtime, "kaat", one, uitgevoerd_op="morgen")
    assert [(o.field, o.row, o.member) for o in refusal.value.objections] == [("uitgevoerd_op", 0, "")]


def test_an_answer_by_which_what_others_filled_in_would_go_is_not_taken() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat", uitgevoerd_op="2026-05-20", bevestigd=True))
    (one,) = all_of(runtime, dossier)
    with pytest.raises(RefusedError) as refusal:
        tell(runtime, "kaat", one, uitgevoerd_op="")
    assert [(o.field, o.code) for o in refusal.value.objections] == [("uitgevoerd_op", "held-back")]
    assert rows(runtime, dossier)[0]["bevestigd"] is True


def test_the_number_in_the_menu_needs_no_dossier_and_is_that_of_the_list() -> None:
    runtime = house()
    with_measures(runtime, measure("kaat"), {**BELL, "verantwoordelijke": ["kaat"]})
    when = "2026-05-21 09:00"
    assert count_tasks(runtime, account(runtime, "kaat", when), at(when)) == len(tasks(runtime, "kaat")) == 2


def test_late_tasks_come_first_and_those_without_a_day_last() -> None:
    runtime = house()
    with_measures(
        runtime,
        {**BELL, "verantwoordelijke": ["kaat"]},
        measure("kaat", omschrijving="Later.", streefdatum="2026-07-01"),
        measure("kaat", omschrijving="Al voorbij.", streefdatum="2026-05-19"),
    )
    found = tasks(runtime, "kaat")
    assert [(one.excerpt, one.state.late) for one in found] == [
        ("Al voorbij.", True), ("Later.", False), ("De bel in kamer 12 herstellen.", False),
    ]  # fmt: skip


def test_a_task_of_the_dossier_waits_for_its_phase() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"))
    assert names(tasks(runtime, "kobe")) == []
    fill(runtime, dossier, "2026-05-22 09:00", actor="els", antwoord_wijze="brief", tweede_lijn_vermeld=True)
    with reading(runtime.store) as register:
        assert CALL not in {one["task"] for one in register.tables.select("tasks")}


def test_the_story_is_nowhere_in_a_task() -> None:
    runtime = house()
    with_measures(runtime, measure("kaat"))
    (one,) = tasks(runtime, "kaat")
    assert STORY not in str((one.answers, one.shown, one.filled))


def runs_on(document: dict[str, Any]) -> None:
    """Agree that the term of a measure runs on when the dossier is closed."""
    easily_closed(document)
    document["terms"]["maatregel"]["after-closing"] = True


def closed_with_a_measure() -> tuple[Runtime, str]:
    runtime = house(runs_on)
    dossier = with_measures(runtime, measure("kaat"))
    fill(runtime, dossier, "2026-05-21 08:30", **CLOSED, reason="De nazorg is geweigerd.")
    return runtime, dossier


def test_what_was_agreed_to_go_on_after_closing_is_still_somebodys_task() -> None:
    runtime, dossier = closed_with_a_measure()
    seen = look(runtime, dossier, at("2026-05-21 09:00")).decision
    (term,) = [one for one in seen.terms.values() if one.term.id == "maatregel"]
    assert (seen.closed, term.cancelled, str(term.due.due if term.due else "")) == (True, False, "2026-06-01")
    (one,) = tasks(runtime, "kaat")
    tell(runtime, "kaat", one, uitgevoerd_op="2026-05-21")
    assert tasks(runtime, "kaat", "2026-05-22 09:00") == []
    assert rows(runtime, dossier)[0]["uitgevoerd_op"] == "2026-05-21"


def test_who_has_it_is_reminded_after_closing_too() -> None:
    runtime, dossier = closed_with_a_measure()
    sweep(runtime, at("2026-05-28 09:00"))
    with reading(runtime.store) as register:
        keys = [one.key for one in register.messages_of(dossier) if "maatregel" in one.key]
    assert keys


def test_the_page_of_a_closed_dossier_says_what_goes_on() -> None:
    runtime, dossier = closed_with_a_measure()
    visitor = new_site("2026-05-21 09:00", runtime).staff("ria", "kwaliteitscoordinator")
    assert (
        "Dit gaat wel door: Een herstelmaatregel uitvoeren"
        in visitor.page(f"/medewerker/dossiers/{dossier}").text
    )


def with_an_order(document: dict[str, Any]) -> None:
    """Agree on a task that asks who delivers, which the dossier has only where something is delivered."""
    with_tasks(document)
    text = {"type": "string", "phase": "correctie", "personal-data": "P1"}
    document["forms"]["dossier"]["properties"] |= {
        "levering": {"title": "Wat wordt geleverd?", **text},
        "opmerking": {"title": "Wat nog?", **text},
        "leverancier": {"title": "Wie levert?", **text, "show-if": {"levering": {"filled": True}}},
        "besteller": {
            "title": "Wie bestelt?", "type": "array", "widget": "staff", "phase": "correctie", "personal-data": "P1",
        },
    }  # fmt: skip
    document["tasks"]["bestellen"] = {
        "name": "Bestellen",
        "by": "besteller",
        "fills-in": ["leverancier", "opmerking"],
        "done-if": {"leverancier": {"filled": True}},
    }


def test_what_a_task_asks_and_the_dossier_hides_by_now_is_refused_and_not_forgotten() -> None:
    runtime = house(with_an_order)
    dossier = with_measures(runtime, measure())
    fill(runtime, dossier, "2026-05-20 11:00", actor="els", besteller=["kaat"], levering="Twee wagens")
    (one,) = tasks(runtime, "kaat")
    fill(runtime, dossier, "2026-05-21 09:30", actor="els", levering="")
    with pytest.raises(RefusedError) as refused:
        tell(runtime, "kaat", one, leverancier="De Smet")
    assert [(one.field, one.code) for one in refused.value.objections] == [("leverancier", "task-not-now")]
