"""De Linde as it agreed on tasks: measures, which somebody does, and the call after the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gehoor.core.decision.tasks import task_states
from gehoor.services.dossiers.task_reporting import Report, report
from gehoor.services.dossiers.tasks import OpenedTask, task_for, tasks_of
from gehoor.services.dossiers.viewing import look
from gehoor.services.ports.records import Account
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, investigated, publish_change, staff

MEASURES = "herstelmaatregelen"
DO, CALL = "herstel-uitvoeren", "nazorg-bellen"
SOUP = "De soep warm opdienen, met een warmhoudwagen per gang."
DUE = "2026-06-01"
"""A Monday; its reminder is of the Thursday before."""


def with_tasks(document: dict[str, Any]) -> None:
    """Agree on tasks about measures and aftercare, with a letter to who has one."""
    fields = document["forms"]["dossier"]["properties"]
    measures = fields[MEASURES]["items"]["properties"]
    people = {"type": "array", "widget": "staff", "personal-data": "P1"}
    measures["verantwoordelijke"] = {"title": "Wie zorgt daarvoor?", **people}
    measures["verslag"] = {
        "title": "Hoe ging het?",
        "type": "string",
        "maxLength": 2000,
        "personal-data": "P1",
    }
    measures["bevestigd"] = {
        "title": "Zegt de klager dat het in orde is?",
        "type": "boolean",
        "show-if": {"uitgevoerd_op": {"filled": True}},
        "personal-data": "P1",
    }
    fields["beller"] = {"title": "Wie belt na het antwoord?", "phase": "nazorg", **people}
    fields["bewijs"] = {
        "title": "Bewijs", "type": "array", "widget": "attachments", "phase": "correctie", "personal-data": "PX",
    }  # fmt: skip
    document["tasks"] = {
        DO: {
            "name": "Een herstelmaatregel uitvoeren",
            "explanation": "Doe wat beloofd is, en vul in wanneer het gedaan was.",
            "every": MEASURES,
            "by": "verantwoordelijke",
            "day": "streefdatum",
            "shows": ["omschrijving"],
            "fills-in": ["uitgevoerd_op", "verslag"],
            "evidence": "bewijs",
            "done-if": {"uitgevoerd_op": {"filled": True}},
        },
        CALL: {
            "name": "De klager terugbellen",
            "by": "beller",
            "shows": ["klager_naam", "klager_telefoon"],
            "fills-in": ["nazorg_contact_op", "nazorg_verhaal", "afspraken_nagekomen"],
            "done-if": {"nazorg_contact_op": {"filled": True}},
        },
    }
    document["terms"]["maatregel"] = {
        "name": "Een herstelmaatregel uitvoeren",
        "every": MEASURES,
        "at-latest": "streefdatum",
        "until": "uitgevoerd_op",
        "responsible": "teamverantwoordelijke",
        "remind": ["2 working-days"],
        "late": [
            {"tell": "teamverantwoordelijke"},
            {"after": "5 working-days", "tell": "kwaliteitscoordinator"},
        ],
        "task": DO,
    }
    document["terms"]["nazorg"]["task"] = CALL
    document["letters"]["taak"] = {"subject": "Taak: {term}", "text": "{recipient}, {reason} {due} {link}"}
    document["notices"]["task"] = "taak"


def easily_closed(document: dict[str, Any]) -> None:
    """Agree on tasks, and on nothing that stands before closing."""
    with_tasks(document)
    document["rules"] = {}


def house(change: Callable[[dict[str, Any]], None] = with_tasks) -> Runtime:
    """De Linde with tasks, a coordinator (els), a team leader (koen), the social service (sara), two cooks who have no
    dossiers (kaat and kobe), and somebody of another department (eric)."""
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    publish_change(runtime, change, "2026-02-01 10:00")
    staff(runtime, "els", "kwaliteitscoordinator")
    staff(runtime, "koen", "teamverantwoordelijke")
    staff(runtime, "sara", "sociale-dienst")
    for cook in ("kaat", "kobe"):
        staff(runtime, cook, "personeelsdienst")
    staff(runtime, "eric", "de-linde/eikenrode:onthaal")
    return runtime


def measure(*people: str, **answers: Any) -> dict[str, Any]:
    """Return a measure that somebody has to do."""
    row: dict[str, Any] = {
        "type": "herstel_dienstverlening",
        "omschrijving": SOUP,
        "streefdatum": DUE,
        **answers,
    }
    return {**row, **({"verantwoordelijke": list(people)} if people else {})}


def with_measures(
    runtime: Runtime, *rows: dict[str, Any], actor: str = "els", when: str = "2026-05-20 10:00"
) -> str:
    """Return a founded complaint of 12 May with these measures."""
    dossier = investigated(runtime, "gegrond")
    fill(runtime, dossier, when, actor=actor, **{MEASURES: list(rows)})
    return dossier


def account(runtime: Runtime, name: str, when: str) -> Account:
    """Return an account as it acts at an instant."""
    with reading(runtime.store) as register:
        found = runtime.staff.of(register, at(when)).active(name)
    assert found is not None
    return found


def tasks(runtime: Runtime, name: str, when: str = "2026-05-21 09:00") -> list[OpenedTask]:
    """Return what somebody has still to do."""
    return [one for one in tasks_of(runtime, account(runtime, name, when), at(when)) if one.state.waits]


def names(found: list[OpenedTask]) -> list[str]:
    """Return what tasks are called."""
    return [one.state.task.name for one in found]


def opened(runtime: Runtime, name: str, one: OpenedTask, when: str = "2026-05-21 09:00") -> OpenedTask:
    """Return a task as somebody sees it. Raises ``UnknownDossierError``."""
    of = (one.dossier_id, one.state.task.id, one.state.row)
    return task_for(runtime, account(runtime, name, when), of, at(when))


def all_of(runtime: Runtime, dossier: str, when: str = "2026-05-21 09:00") -> list[OpenedTask]:
    """Return all tasks of a dossier, done or not, each as the first who has it sees it."""
    seen = look(runtime, dossier, at(when))
    return [
        task_for(
            runtime, account(runtime, state.people[0], when), (dossier, state.task.id, state.row), at(when)
        )
        for state in task_states(seen.agreement, seen.dossier, seen.decision)
    ]


def tell(
    runtime: Runtime,
    name: str,
    one: OpenedTask,
    when: str = "2026-05-21 10:00",
    reason: str = "",
    **answers: Any,
) -> None:
    """Fill in a task, as somebody who has just looked at it."""
    told = Report(one.dossier_id, one.state.task.id, one.state.row, answers, one.version, name, reason=reason)
    report(runtime, told, at(when))


def rows(runtime: Runtime, dossier: str) -> Any:
    """Return the measures of a dossier."""
    with reading(runtime.store) as register:
        return register.dossier(dossier).values[MEASURES]
