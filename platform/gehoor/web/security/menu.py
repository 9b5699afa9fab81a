"""What the menu of staff shows: what waits for them, and which pages are there for them."""

from __future__ import annotations

from flask import Flask, abort, g

from gehoor.core.agreement.actions import Action
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.dossiers.tasks import count_tasks
from gehoor.services.figures.looking import allowed_somewhere
from gehoor.services.ports.store import DamagedError, StoreUnavailableError
from gehoor.services.proposals.rights import makers_of
from gehoor.services.register.register import reading
from gehoor.services.search.unclaimed import count_unclaimed
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site

_REPORTS = (Action.MAKE_REPORTS, Action.READ_REPORTS)


def install(app: Flask) -> None:
    """Let templates ask what the menu shows."""
    app.jinja_env.globals.update(
        task_count=task_count,
        sees_figures=lambda: counts_for(Action.SEE_FIGURES),
        has_reports=lambda: counts_for(*_REPORTS),
        makes_reports=lambda: counts_for(Action.MAKE_REPORTS),
        adapted_organisations=adapted_organisations,
        organisation_called=organisation_called,
        exports=lambda: counts_for(Action.EXPORT_DOSSIERS),
    )


def task_count() -> int:
    """Return how many tasks who is signed in has still to do: their own, and those that
    wait for a role of theirs while nobody has them."""
    if "task_count" not in g:
        try:
            mine = count_tasks(site().runtime, me(), now())
            g.task_count = mine + count_unclaimed(site().runtime, me(), now())
        except (StoreUnavailableError, DamagedError):
            # Whatever this page is about must not fail by a number in its menu.
            g.task_count = 0
    number: int = g.task_count
    return number


def counts_for(*actions: Action) -> bool:
    """Say whether who is signed in may do one of these in some department."""
    known: dict[Action, bool] = g.setdefault("counts_for", {})
    for one in actions:
        if one not in known:
            try:
                known[one] = allowed_somewhere(site().runtime, me(), now(), one)
            except (StoreUnavailableError, DamagedError):
                # As for the number of tasks.
                known[one] = False
    return any(known[one] for one in actions)


def may_adapt(organisation: str) -> bool:
    """Say whether who is signed in proposes agreements of an organisation, on a server that reads their files."""
    return organisation in adapted_organisations()


def adapted_organisations() -> list[str]:
    """Return the organisations of which who is signed in proposes agreements; none on a server that reads no files."""
    if site().drafter is None:
        return []
    with reading(site().runtime.store) as register:
        makers = makers_of(site().runtime, register, me().name, now())
    return [one.organisation for one in makers if one.departments and one.any(Action.PROPOSE)]


def organisation_called(organisation: str) -> str:
    """Return how people know an organisation; its id where nothing of it is in force."""
    with reading(site().runtime.store) as register:
        places = [one for one in register.published_departments() if one[0] == organisation]
        found = all_in_force(register, site().runtime.library, places[:1], now())
    return found[0].agreement.organisation_name if found else organisation


def refuse_figures(action: Action | None) -> None:
    """Answer that there is no such page to who does not do this anywhere; none: who neither makes nor reads reports."""
    if not counts_for(*((action,) if action else _REPORTS)):
        abort(404)
