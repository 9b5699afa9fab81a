"""What was promised is a task of somebody, who sees it without the dossier."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.services.dossiers.task_reporting import Report, report
from gehoor.services.dossiers.tasks import OpenedTask, tasks_of
from gehoor.services.dossiers.viewing import look
from gehoor.services.register.register import UnknownDossierError, reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.unclaimed import UnclaimedTask, unclaimed_of
from tests.shipped.founding.agreed import agreement, organisations
from tests.shipped.founding.story import ANSWERED, APOLOGISED, fill, judged, sent, shipped, written
from tests.support.clock import at
from tests.support.de_linde import staff

WHEN = "2026-05-25 09:00"
OF_TERMS = {
    "herstel": "herstelmaatregel-uitvoeren",
    "verbetering": "verbeteractie-uitvoeren",
    "effectmeting": "effect-nagaan",
    "nazorg": "nazorg-doen",
}
IMPROVED = {
    "type": "organisatorisch",
    "omschrijving": "Elke oproep gaat na tien minuten naar een tweede toestel.",
    "oorzaak": "onderbezetting",
}


def house() -> Runtime:
    """De Linde with a technician and a cook who have no dossiers, and the social service."""
    runtime = shipped()
    staff(runtime, "bart", "keuken-en-techniek")
    staff(runtime, "greet", "keuken-en-techniek")
    staff(runtime, "joris", "sociale-dienst")
    return runtime


def tasks(runtime: Runtime, name: str, when: str = WHEN) -> list[OpenedTask]:
    with reading(runtime.store) as register:
        account = runtime.staff.of(register, at(when)).active(name)
    assert account is not None
    return [one for one in tasks_of(runtime, account, at(when)) if one.state.waits]


def waiting(runtime: Runtime, name: str, when: str = WHEN) -> list[UnclaimedTask]:
    """Return what waits for a role of somebody while nobody has it."""
    with reading(runtime.store) as register:
        account = runtime.staff.of(register, at(when)).active(name)
    assert account is not None
    return unclaimed_of(runtime, account, at(when))


def tell(runtime: Runtime, name: str, one: OpenedTask, **answers: Any) -> None:
    told = Report(one.dossier_id, one.state.task.id, one.state.row, answers, one.version, name)
    report(runtime, told, at("2026-05-25 10:00"))


@pytest.mark.parametrize("organisation", organisations())
def test_measures_improvements_and_aftercare_are_tasks_with_a_term(organisation: str) -> None:
    agreed = agreement(organisation)
    assert {name: agreed.terms[name].task for name in OF_TERMS} == OF_TERMS
    assert "belofte-houden" in agreed.tasks
    assert "{number" not in agreed.letters[agreed.notices["task"]].text


def test_the_superior_sees_the_improvement_and_not_its_dossier() -> None:
    runtime = house()
    dossier = judged(runtime, "gegrond")
    fill(runtime, dossier, "2026-05-21 09:00", verbeteracties=[{**IMPROVED, "leidinggevende": ["greet"]}])
    (one,) = tasks(runtime, "greet")
    assert one.state.task.name == "Een verbeteractie bespreken"
    assert dict(one.answers) == IMPROVED
    with pytest.raises(UnknownDossierError):
        look(runtime, dossier, at(WHEN), "greet")
    tell(runtime, "greet", one, besproken_op="2026-05-24", betrokken_medewerkers="In het overleg.")
    assert tasks(runtime, "greet", "2026-05-25 11:00") == []
    (row,) = look(runtime, dossier, at("2026-05-25 11:00")).dossier.values["verbeteracties"]
    assert row["besproken_op"] == "2026-05-24"


def test_whether_it_helps_is_a_task_once_it_was_done() -> None:
    runtime = house()
    dossier = judged(runtime, "gegrond")
    people = {"actiehouder": ["bart"], "nagegaan_door": ["greet"], "streefdatum": "2026-06-30"}
    fill(runtime, dossier, "2026-05-21 09:00", verbeteracties=[{**IMPROVED, **people}])
    assert tasks(runtime, "greet") == []
    (one,) = tasks(runtime, "bart")
    tell(runtime, "bart", one, uitgevoerd_op="2026-05-25", status="uitgevoerd")
    (effect,) = tasks(runtime, "greet", "2026-05-25 11:00")
    assert (effect.state.task.id, str(effect.state.due)) == ("effect-nagaan", "2026-08-25")


def test_aftercare_waits_for_the_social_service_until_somebody_does_it() -> None:
    runtime = house()
    dossier = judged(runtime, "gegrond")
    fill(runtime, dossier, "2026-05-20 10:00", **ANSWERED, **APOLOGISED)
    written(runtime, dossier, "antwoord", "2026-05-21 09:00")
    assert waiting(runtime, "joris") == []
    sent(runtime, dossier, "antwoord", "2026-05-21 10:00")
    assert [(one.summary.id, one.asked_at) for one in waiting(runtime, "joris")] == [(dossier, "nazorg_door")]
    fill(runtime, dossier, "2026-05-22 09:00", nazorg_door=["bart"])
    assert waiting(runtime, "joris") == []


@pytest.mark.parametrize("organisation", organisations())
def test_who_is_responsible_for_aftercare_opens_dossiers_and_says_who_does_it(organisation: str) -> None:
    agreed = agreement(organisation)
    role = agreed.roles[agreed.terms["nazorg"].responsible]
    asked = agreed.dossier_form.fields[agreed.tasks["nazorg-doen"].by]
    assert role.dossiers
    assert not asked.edited_by or role.id in asked.edited_by


def test_aftercare_shows_who_is_called_and_by_when() -> None:
    runtime = house()
    dossier = judged(runtime, "gegrond")
    fill(runtime, dossier, "2026-05-20 10:00", **ANSWERED, **APOLOGISED)
    written(runtime, dossier, "antwoord", "2026-05-21 09:00")
    sent(runtime, dossier, "antwoord", "2026-05-21 10:00")
    fill(runtime, dossier, "2026-05-22 09:00", nazorg_door=["bart"])
    (one,) = tasks(runtime, "bart")
    assert (one.answers["klager_naam"], str(one.state.due)) == ("Peeters", "2026-06-11")
    assert "uiteenzetting" not in one.answers
    tell(
        runtime, "bart", one, nazorg_contact_op="2026-05-25", nazorg_verhaal="De bel werkt.", afspraken_nagekomen="nee",
    )  # fmt: skip
    fill(
        runtime, dossier, "2026-05-26 09:00", belofte_wat="De tweede bel ophangen.", belofte_door=["greet"],
        belofte_tegen="2026-06-15",
    )  # fmt: skip
    (promise,) = tasks(runtime, "greet", "2026-05-26 10:00")
    assert promise.answers["belofte_wat"] == "De tweede bel ophangen."
