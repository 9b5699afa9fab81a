"""Rights are asked inside each use case: no page, command or later caller can go round them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gehoor.core.agreement.actions import Action
from gehoor.services.access.authorisation import NotAllowedError
from gehoor.services.correspondence.conversation import write_back
from gehoor.services.correspondence.new_codes import NewCode, give_code
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.dossiers.duties import Approving, Settling, approve, finish, owe_again, waive
from gehoor.services.dossiers.editing import Filling, fill_in
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.dossiers.opening import UnknownFormError, open_dossier
from gehoor.services.dossiers.reopening import reopen
from gehoor.services.dossiers.repinning import Repinning, repin
from gehoor.services.dossiers.task_reporting import Report, report
from gehoor.services.dossiers.term_changes import Adjustment, extend, resume, suspend
from gehoor.services.register.library import NothingPublishedError
from gehoor.services.register.register import UnknownDossierError, reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.relations.linking import link, unlink
from gehoor.services.relations.merging import MergeWanted, merge, told_of_merged, unmerge
from gehoor.services.relations.sending_on import SendWanted, send_elsewhere, send_to_department
from tests.scenarios.access.test_who_reaches_what import keeping
from tests.support.clock import at
from tests.support.de_linde import (
    MELDEN,
    ORGANISATION,
    PHONE,
    de_linde,
    open_by_web,
    publish_change,
    registered,
    staff,
)

NOW = at("2026-05-13 09:00")
EIKENRODE = f"{ORGANISATION}/eikenrode:kwaliteitscoordinator"

WAYS: dict[str, Callable[[Runtime, str, str], object]] = {
    "fill in": lambda r, d, who: fill_in(r, Filling(d, {"onderwerp": "Anders"}, 1, who), NOW),
    "assign": lambda r, d, who: assign(r, Assigning(d, "", who), NOW),
    "write back": lambda r, d, who: write_back(r, d, "Dag", "k", NOW, who),
    "finish": lambda r, d, who: finish(r, Settling(d, "x", who), NOW),
    "waive": lambda r, d, who: waive(r, Settling(d, "x", who, "omdat"), NOW),
    "owe again": lambda r, d, who: owe_again(r, Settling(d, "x", who, "omdat"), NOW),
    "approve": lambda r, d, who: approve(r, Approving(d, "x", who), NOW),
    "suspend": lambda r, d, who: suspend(r, Adjustment(d, "antwoord", who, "wachten-op-klager"), NOW),
    "resume": lambda r, d, who: resume(r, Adjustment(d, "antwoord", who), NOW),
    "extend": lambda r, d, who: extend(r, Adjustment(d, "antwoord", who, "druk"), NOW),
    "reopen": lambda r, d, who: reopen(r, d, "omdat", who, NOW),
    "link": lambda r, d, who: link(r, d, "BEU-2026-0009", "omdat", who, NOW),
    "unlink": lambda r, d, who: unlink(r, d, "x", "omdat", who, NOW),
    "merge": lambda r, d, who: merge(r, MergeWanted(d, "BEU-2026-0009", "omdat", False, who), NOW),
    "unmerge": lambda r, d, who: unmerge(r, d, "omdat", who, NOW),
    "tell of merged": lambda r, d, who: told_of_merged(r, d, "x", "brief", who, NOW),
    "send on": lambda r, d, who: send_to_department(r, SendWanted(d, "eikenrode", "omdat", who), NOW),
    "give a code": lambda r, d, who: give_code(r, NewCode(d, "paper", "omdat", "k", who), NOW),
    "send elsewhere": lambda r, d, who: send_elsewhere(r, SendWanted(d, "De stad", "omdat", who), NOW),
    "repin": lambda r, d, who: repin(r, Repinning(d, "abc", "omdat", who), NOW),
}


NAMED = {"report on a task": lambda r, d, who: report(r, Report(d, "x", "", {}, 1, who), NOW)}
"""What no role lets anybody do: being named does."""


def events_of(runtime: Runtime, dossier: str) -> list[Any]:
    with reading(runtime.store) as register:
        return register.events(dossier)


@pytest.mark.parametrize("way", [*WAYS, *NAMED])
@pytest.mark.parametrize("who", ["nobody", "", "koen", "left"])
def test_for_who_does_not_work_there_there_is_no_dossier_to_change(way: str, who: str) -> None:
    runtime = de_linde()
    staff(runtime, "koen", EIKENRODE)
    staff(runtime, "left", "kwaliteitscoordinator", active=False)
    dossier = registered(runtime)
    before = events_of(runtime, dossier)
    with pytest.raises(UnknownDossierError):
        {**WAYS, **NAMED}[way](runtime, dossier, who)
    assert events_of(runtime, dossier) == before


@pytest.mark.parametrize(
    ("action", "way"),
    [
        (Action.ASSIGN, "assign"),
        (Action.WRITE_MESSAGES, "write back"),
        (Action.SETTLE_DUTIES, "finish"),
        (Action.SETTLE_DUTIES, "owe again"),
        (Action.WAIVE_DUTIES, "waive"),
        (Action.SUSPEND_TERM, "suspend"),
        (Action.SUSPEND_TERM, "resume"),
        (Action.EXTEND_TERM, "extend"),
        (Action.REOPEN, "reopen"),
        (Action.LINK, "link"),
        (Action.LINK, "unlink"),
        (Action.MERGE, "merge"),
        (Action.MERGE, "unmerge"),
        (Action.WRITE_MESSAGES, "tell of merged"),
        (Action.NEW_CODE, "give a code"),
        (Action.SEND_ON, "send on"),
        (Action.SEND_ON, "send elsewhere"),
    ],
)
def test_what_is_kept_for_others_is_refused_whoever_calls(action: Action, way: str) -> None:
    runtime = de_linde()
    publish_change(runtime, keeping(action), "2026-05-12 09:30")
    staff(runtime, "ria", "onthaal")
    dossier = registered(runtime)
    with pytest.raises(NotAllowedError) as refused:
        WAYS[way](runtime, dossier, "ria")
    assert (refused.value.action, refused.value.roles) == (action, ("Kwaliteitscoördinator",))


def test_registering_is_for_who_works_there_and_may() -> None:
    runtime = de_linde()
    publish_change(runtime, keeping(Action.REGISTER), "2026-05-12 09:30")
    staff(runtime, "ria", "onthaal")
    staff(runtime, "koen", EIKENRODE)

    def register(who: str) -> None:
        open_dossier(runtime, Opening(ORGANISATION, "beukenhof", "dossier", PHONE, f"k{who}", who, who), NOW)

    with pytest.raises(NotAllowedError):
        register("ria")
    for stranger in ("koen", "nobody"):
        with pytest.raises(NothingPublishedError):
            register(stranger)
    with pytest.raises(UnknownFormError):
        register("")


def test_from_outside_everyone_may_tell() -> None:
    runtime = de_linde()
    publish_change(runtime, keeping(Action.REGISTER), "2026-05-12 09:30")
    assert open_by_web(runtime, "2026-05-13 09:00", **MELDEN).number
