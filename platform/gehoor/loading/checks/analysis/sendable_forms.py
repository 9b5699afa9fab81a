"""Forms that somebody fills in and cannot send: tried by the code that takes them in."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.forms.form import Form
from gehoor.core.objections.objections import Objection
from gehoor.core.text.problems import Problem
from gehoor.core.wording.registry import sentences_of
from gehoor.loading.checks.analysis.offered_choices import without_choice
from gehoor.loading.checks.analysis.premature_requirements import too_early_problems
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.checks.filled_places import given_by_itself
from gehoor.loading.checks.logic import logic_of, without_effects
from gehoor.loading.checks.sound import digest_of
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path
from gehoor.services.intake.form_trials import Trial, form_trials

_DECIDING: Final = (
    "phases", "milestones", "terms", "calendar", "calendars", "anonymous", "correspondence", "tasks",
)  # fmt: skip
"""The sections that decide what is asked of whoever sends a form, but for forms and rules."""
_SHOWN_ONLY: Final = frozenset({"flag", "notify", "warn"})
_GIVES: Final = frozenset({"default", "automatic", "by-phone", "by-email"})
_OF_UNANSWERED: Final = (
    "phase", "required-before", "fixed-after", "meaning", "show-if", "readOnly", "at-opening",
)  # fmt: skip
"""The words of a field without an answer that can stand in the way of sending a form."""
SOME_MOMENT: Final = datetime(2026, 1, 7, 11, tzinfo=UTC)


def unsendable(on: Subject) -> list[Problem]:
    """Return for each form that cannot be sent, filled in some way, where and why: the first way that was found."""
    # That a field is needed before it can be filled in is told where that is agreed.
    told = {problem.details["value"] for problem in too_early_problems(on.whole, on.agreement)}
    told |= without_choice(on)
    about = (sorted(told), *map(on.logic, _DECIDING), _without_lists(on), _place_and_time(on))
    return [
        problem
        for form in on.agreement.forms.values()
        for problem in on.sound.unless(
            "formulier-niet-te-versturen",
            (form.id, about, _asked(on, form.id)),
            partial(_tried, on, form, told),
        )
    ]


def _tried(on: Subject, form: Form, told: Collection[str]) -> Iterator[Problem]:
    agreement = on.agreement
    for trial in form_trials(agreement, form, on.engine, SOME_MOMENT):
        standing = [one for one in trial.objections if one.field not in told]
        if standing:
            yield _problem(on.whole, agreement, trial, standing[0])
            return


def _asked(on: Subject, form: str) -> list[tuple[Path, bytes]]:
    """Return what a form and the dossier say, as far as it can stand in the way of sending that form: of a field that
    has no answer by then only whether it is there, and what needs it."""
    data = on.whole.data
    given = given_by_itself(data) | data["forms"][form].get("preset", {}).keys()
    found = []
    for path, said in on.said.all_in("forms"):
        if path[1] not in (form, DOSSIER_FORM):
            continue
        if _is_answered(on.whole.at(path), path, form, given):
            found.append((path, on.logic_of(path)))
        else:
            key = "unanswered", path, said
            if key not in on.sound.logic:
                field = on.whole.at(path)
                left = [(word, field[word]) for word in _OF_UNANSWERED if word in field]
                on.sound.logic[key] = digest_of(left)
            found.append((path, on.sound.logic[key]))
    return found


def _is_answered(said: Any, path: Path, form: str, given: Collection[object]) -> bool:
    """Say whether a field can have an answer by then: asked on the page of a form, or given by itself. What is no field
    counts whole."""
    if path[2] != "properties":
        return True
    asked = path[1] == form and (form != DOSSIER_FORM or said.get("at-opening"))
    return bool(asked) or path[3] in given or not _GIVES.isdisjoint(said)


def _without_lists(on: Subject) -> list[bytes]:
    """Return what rules and tables say, but for what only lists show and people hear."""
    found, known = [], on.sound.logic
    for path, said in (*on.said.all_in("rules"), *on.said.all_in("tables")):
        key = "asking", path, said
        if key not in known:
            left = without_effects(_SHOWN_ONLY, on.whole.at(path))
            # Of a rule that does nothing else it does not matter either when it does.
            known[key] = digest_of(logic_of(path, left)) if left.get("then") != [] else b""
        found.append(known[key])
    return found


def _place_and_time(on: Subject) -> tuple[Any, ...]:
    organisation = on.whole.data["organisation"]
    return organisation.get("time-zone"), organisation.get("country")


def _problem(whole: Sourced, agreement: Agreement, trial: Trial, objection: Objection) -> Problem:
    form = trial.form
    path = (
        ("forms", form.id, "properties", objection.field)
        if objection.field in form.fields
        else ("forms", form.id)
    )
    details = {
        "form": form.title,
        "filled": _filled(agreement, form, trial.chosen),
        "why": _why(agreement, form, objection),
    }
    return Problem(whole.spot(path).key, "formulier-niet-te-versturen", details)


def _why(agreement: Agreement, form: Form, objection: Objection) -> str:
    of = form.fields.get(objection.field) or agreement.dossier_form.fields.get(objection.field)
    return sentences_of(agreement).objections.text(objection, of.label if of else objection.field)


def _filled(agreement: Agreement, form: Form, chosen: Any) -> str:
    formats = sentences_of(agreement).formats
    said = [
        f"bij {formats.quote(of.label)} {formats.quote(of.type.show(value, of, formats))} antwoordt"
        for of, value in ((form.fields[name], value) for name, value in chosen.items())
    ]
    return " en ".join(said) or "alleen invult wat moet"


CHECK = Check(
    Pass.ANALYSIS,
    ("formulier-niet-te-versturen",),
    unsendable,
)
