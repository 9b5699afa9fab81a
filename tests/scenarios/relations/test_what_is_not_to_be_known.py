"""Two dossiers that belong together, one of which does not exist for somebody: they learn nothing of it, nor later."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gehoor.core.dossier.events import EventKind
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.projection.projection import reading_projection
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.relations.merging import MergeWanted, merge, told_of_merged
from gehoor.services.relations.sending_on import SendWanted, send_to_department
from gehoor.services.search.flags import flags_for
from gehoor.services.search.search import search
from tests.support.belonging import NOW, belonging, house, ready, seen, told
from tests.support.clock import at
from tests.support.de_linde import fill, publish_change, staff

LATER = "2026-05-07 09:00"
REASON = "Allebei over de nacht van drie mei."
JAN = {"klager_email": "jan@voorbeeld.be", "klager_naam": "Jan Claes"}


def desks() -> Runtime:
    """Rita is at the desk of the one department, Tom at that of the other: nothing strict exists for them."""
    runtime = house()
    staff(runtime, "tom", "de-linde/eikenrode:onthaal")
    return runtime


def pair(runtime: Runtime, department: str = "beukenhof") -> tuple[str, str]:
    """The main dossier, and a double of the same or another department, by somebody else."""
    main = told(runtime, "2026-05-04 10:00").dossier
    double = told(runtime, "2026-05-05 08:00", department, **JAN).dossier
    ready(runtime, double)
    return main, double


def merged(runtime: Runtime, main: str, double: str) -> str:
    """Merge, and return the number of the main dossier."""
    number = seen(runtime, main).dossier.number
    merge(runtime, MergeWanted(double, number, REASON, False, "els"), at(NOW))
    return number


def refused(runtime: Runtime, main: str, double: str) -> list[str]:
    with pytest.raises(RefusedError) as error:
        merged(runtime, main, double)
    return [one.code for one in error.value.objections]


def all_told(opened: OpenedDossier) -> str:
    """All that somebody gets of a dossier: what stands in it and what happened."""
    events = [(one.kind.value, one.data) for one in opened.events]
    return json.dumps(
        [dict(opened.dossier.values), dict(opened.decision.values), repr(opened.dossier.relations), events],
        default=str,
    )


def about(runtime: Runtime, dossier: str, name: str, when: str = LATER) -> None:
    fill(runtime, dossier, when, voorwerp="persoon", aangeklaagde_medewerkers=[name])


def test_no_number_comes_into_another_department_where_the_main_one_does_not_exist() -> None:
    runtime = desks()
    main, double = pair(runtime, "eikenrode")
    fill(runtime, main, "2026-05-05 10:00", vertrouwelijkheid="streng")
    assert refused(runtime, main, double) == ["merge-hidden"]


@pytest.mark.parametrize("how", ["strict", "accused"])
def test_once_the_main_one_is_hidden_its_number_and_the_reason_are(how: str) -> None:
    runtime = desks()
    main, double = pair(runtime)
    number = merged(runtime, main, double)
    assert number in all_told(seen(runtime, double, "rita"))
    if how == "strict":
        fill(runtime, main, LATER, vertrouwelijkheid="streng")
    else:
        about(runtime, main, "rita")
    opened = seen(runtime, double, "rita", LATER)
    assert number not in all_told(opened)
    assert REASON not in all_told(opened)
    assert main not in [event.data.get("dossier") for event in opened.events]
    assert opened.dossier.relations.merged is not None
    assert "nummer_daar" in opened.rights.unseen
    assert number in all_told(seen(runtime, double, "els", LATER))


def test_a_number_that_is_hidden_is_not_found() -> None:
    runtime = desks()
    main, double = pair(runtime)
    number = merged(runtime, main, double)
    fill(runtime, main, LATER, vertrouwelijkheid="streng")
    with reading(runtime.store) as register:
        rita = register.account("rita")
    assert rita
    assert search(runtime, rita, number, at(LATER)).hits == ()


def test_what_was_sent_on_and_became_hidden_there_is_not_told_here() -> None:
    runtime = desks()
    one = told(runtime, "2026-05-04 10:00").dossier
    ready(runtime, one)
    there = send_to_department(
        runtime, SendWanted(one, "eikenrode", REASON, "els"), at(NOW)
    ).relations.goes_on_in
    number = seen(runtime, there).dossier.number
    assert number in all_told(seen(runtime, one, "rita"))
    fill(runtime, there, LATER, vertrouwelijkheid="streng")
    told_here = all_told(seen(runtime, one, "rita", LATER))
    assert number not in told_here
    assert REASON not in told_here


def test_who_handles_the_main_one_does_not_learn_of_one_about_them() -> None:
    runtime = desks()
    main, double = pair(runtime)
    about(runtime, double, "rita", "2026-05-05 10:00")
    assert refused(runtime, main, double) == ["merge-hidden-there"]
    about(runtime, main, "rita", "2026-05-05 10:00")
    merged(runtime, main, double)


def counted(opened: OpenedDossier) -> Any:
    return opened.dossier.values.get("te_vertellen"), opened.decision.values.get("te_vertellen")


def test_nothing_is_counted_of_a_merged_one_that_became_hidden() -> None:
    runtime = desks()
    main, double = pair(runtime)
    merged(runtime, main, double)
    about(runtime, double, "rita")
    opened = seen(runtime, main, "rita", LATER)
    assert counted(opened) == (None, None)
    assert "te_vertellen" not in all_told(opened)
    assert opened.events[-1].kind is not EventKind.TOOK_IN
    assert not [
        one
        for one in opened.decision.milestones["afgesloten"].blocks
        if "ook de ander" in one.because.lower()
    ]
    assert counted(seen(runtime, main, "els", LATER)) == (1, 1)


def test_of_two_the_one_that_may_be_known_is_counted() -> None:
    runtime = desks()
    main, double = pair(runtime)
    merged(runtime, main, double)
    other = told(runtime, "2026-05-05 08:30", klager_email="c@voorbeeld.be", klager_naam="C. Maes").dossier
    ready(runtime, other)
    merged(runtime, main, other)
    about(runtime, double, "rita")
    opened = seen(runtime, main, "rita", LATER)
    assert counted(opened) == (1, 1)
    assert [
        one.data["values"]["te_vertellen"]
        for one in opened.events
        if "te_vertellen" in one.data.get("values", {})
    ] == [1]
    told_of_merged(runtime, main, double, "Gebeld.", "els", at(LATER))
    assert counted(seen(runtime, main, "rita", LATER)) == (1, 1)


def marked(document: dict[str, Any]) -> None:
    """Agree that a list marks to whom something is owed."""
    belonging(document)
    document["rules"]["nog-te-vertellen"]["then"].append({"flag": "Ook een ander hoort het"})


def test_no_list_marks_what_is_not_to_be_known() -> None:
    runtime = desks()
    publish_change(runtime, marked, "2026-03-01 09:00")
    main, double = pair(runtime)
    merged(runtime, main, double)
    about(runtime, double, "rita")
    with reading_projection(runtime) as register:
        held = runtime.staff.of(register, at(LATER))
        summary = register.summary(main)
        assert summary is not None
        told_of = {
            name: flags_for((runtime, register, held), name, summary, at(LATER)) for name in ("els", "rita")
        }
    assert [bool(told_of["els"]), told_of["rita"]] == [True, ()]


def test_what_keeps_it_open_is_not_told_to_who_may_not_know_why() -> None:
    runtime = desks()
    main, double = pair(runtime)
    ready(runtime, main)
    merged(runtime, main, double)
    about(runtime, double, "an")
    closing = {"registratiedatum": "2026-05-07", "afgesloten_op": "2026-05-07", "afsluitreden": "opgelost"}
    with pytest.raises(RefusedError) as error:
        fill(runtime, main, LATER, actor="an", geen_antwoord_reden="andere", **closing)
    assert "held-back" in [one.code for one in error.value.objections]
    assert "ander hoort" not in repr(error.value.objections)
