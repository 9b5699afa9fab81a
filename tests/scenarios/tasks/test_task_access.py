"""For whom a task exists: a conflict of interest and a level keep it from somebody; absence and leaving hand it on."""

from __future__ import annotations

from datetime import date

import pytest

from gehoor.services.access.authorisation import Operator
from gehoor.services.accounts.absence import Away, be_away
from gehoor.services.accounts.new_accounts import close_account
from gehoor.services.accounts.open_work import hand_over, heirs, open_work
from gehoor.services.dossiers.tasks import count_tasks
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import UnknownDossierError
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import fill
from tests.support.tasks import (
    MEASURES,
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
)

BOSS = Operator("beheerder")
WHEN = "2026-05-21 09:00"


def counted(runtime: Runtime, name: str, when: str = WHEN) -> int:
    return count_tasks(runtime, account(runtime, name, when), at(when))


def test_who_the_dossier_is_about_has_no_task_in_it() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("koen", "kaat"))
    (one,) = tasks(runtime, "koen")
    fill(runtime, dossier, "2026-05-21 08:00", voorwerp="persoon", aangeklaagde_medewerkers=["koen"])
    assert (tasks(runtime, "koen"), counted(runtime, "koen"), counted(runtime, "kaat")) == ([], 0, 1)
    with pytest.raises(UnknownDossierError):
        opened(runtime, "koen", one)
    with pytest.raises(UnknownDossierError):
        tell(runtime, "koen", one, uitgevoerd_op="2026-05-21")


def test_a_level_keeps_a_task_from_who_may_not_know_the_dossier() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat", "els"))
    fill(runtime, dossier, "2026-05-21 08:00", vertrouwelijkheid="streng", reason="Zo gevraagd.")
    assert (tasks(runtime, "kaat"), counted(runtime, "kaat")) == ([], 0)
    assert (len(tasks(runtime, "els")), counted(runtime, "els")) == (1, 1)


def test_who_deputises_has_the_tasks_of_who_is_away() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"))
    be_away(runtime, Away("kaat", date(2026, 5, 21), date(2026, 5, 25), "kobe"), BOSS, at("2026-05-20 12:00"))
    (one,) = tasks(runtime, "kobe")
    assert (one.own, one.others, counted(runtime, "kobe")) == (False, ("Kaat",), 1)
    tell(runtime, "kobe", one, uitgevoerd_op="2026-05-21")
    assert rows(runtime, dossier)[0]["uitgevoerd_op"] == "2026-05-21"
    assert tasks(runtime, "kobe", "2026-05-27 09:00") == []


def test_nobody_deputises_in_what_is_about_them() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("koen"))
    be_away(runtime, Away("koen", date(2026, 5, 21), date(2026, 5, 25), "sara"), BOSS, at("2026-05-20 12:00"))
    fill(runtime, dossier, "2026-05-20 13:00", voorwerp="persoon", aangeklaagde_medewerkers=["sara"])
    assert (tasks(runtime, "sara"), counted(runtime, "sara")) == ([], 0)


def test_who_leaves_hands_over_the_tasks_that_are_not_done() -> None:
    runtime = house()
    done = measure("kaat", omschrijving="De bel herstellen.", uitgevoerd_op="2026-05-20")
    dossier = with_measures(runtime, done, measure("kaat"))
    work = open_work(runtime, account(runtime, "kaat", WHEN), at(WHEN))
    assert [one.label for one in work.named] == ["Herstelmaatregel 2, Wie zorgt daarvoor?"]
    assert "kobe" in {one.name for one in heirs(runtime, work, "kaat", BOSS, at(WHEN))}
    close_account(runtime, "kaat", BOSS, at(WHEN))
    assert hand_over(runtime, work, ("kaat", "kobe"), BOSS, at("2026-05-21 10:00")) == (0, 1, [])
    assert [one["verantwoordelijke"] for one in rows(runtime, dossier)] == [["kaat"], ["kobe"]]
    assert len(tasks(runtime, "kobe", "2026-05-21 11:00")) == 1


def test_a_task_of_a_closed_dossier_is_to_be_done_no_more() -> None:
    runtime = house(easily_closed)
    dossier = with_measures(runtime, measure("kaat"))
    (one,) = tasks(runtime, "kaat")
    fill(
        runtime, dossier, "2026-05-21 09:30", afgesloten_op="2026-05-21", afsluitreden="ingetrokken",
        reason="De klacht is ingetrokken.",
    )  # fmt: skip
    later = "2026-05-22 09:00"
    assert (tasks(runtime, "kaat", later), counted(runtime, "kaat", later)) == ([], 0)
    with pytest.raises(RefusedError) as refusal:
        tell(
            runtime,
            "kaat",
            opened(runtime, "kaat", one, later),
            "2026-05-22 10:00",
            uitgevoerd_op="2026-05-22",
        )
    assert refusal.value.objections[0].code in ("task-not-now", "held-back")


def test_a_done_task_can_still_be_looked_at_and_put_right() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"))
    (one,) = tasks(runtime, "kaat")
    tell(runtime, "kaat", one, uitgevoerd_op="2026-05-20")
    (done,) = all_of(runtime, dossier)
    assert done.state.done
    tell(runtime, "kaat", done, "2026-05-21 11:00", uitgevoerd_op="2026-05-21")
    assert rows(runtime, dossier)[0]["uitgevoerd_op"] == "2026-05-21"


def test_who_is_taken_out_has_no_task_any_more() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"))
    (one,) = tasks(runtime, "kaat")
    fill(runtime, dossier, "2026-05-21 08:00", actor="els", **{MEASURES: [measure("kobe")]})
    assert (names(tasks(runtime, "kaat")), len(tasks(runtime, "kobe"))) == ([], 1)
    with pytest.raises(UnknownDossierError):
        opened(runtime, "kaat", one)
