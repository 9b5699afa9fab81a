"""Forms that somebody fills in and cannot send: tried by the code that takes them in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.analysis.satisfiability import Judge
from gehoor.core.conditions.engine import RuleEngine
from gehoor.core.forms.form import Form
from gehoor.core.objections.objections import Objection
from gehoor.core.text.problems import Problem
from gehoor.core.wording.registry import sentences_of
from gehoor.loading.checks.analysis.offered_choices import without_choice
from gehoor.loading.checks.analysis.premature_requirements import too_early_problems
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.checks.logic import DECIDING
from gehoor.loading.merge.located_document import Sourced
from gehoor.services.intake.form_trials import Trial, form_trials

_SOME_MOMENT: Final = datetime(2026, 1, 7, 11, tzinfo=UTC)


def unsendable(whole: Sourced, agreement: Agreement, judge: Judge, engine: RuleEngine) -> Iterator[Problem]:
    """Yield for each form that cannot be sent, filled in some way, where and why: the first way that was found."""
    # That a field is needed before it can be filled in is told where that is agreed.
    told = {problem.details["value"] for problem in too_early_problems(whole, agreement)}
    told |= without_choice(whole, agreement, judge)
    for form in agreement.forms.values():
        for trial in form_trials(agreement, form, engine, _SOME_MOMENT):
            standing = [one for one in trial.objections if one.field not in told]
            if standing:
                yield _problem(whole, agreement, trial, standing[0])
                break


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
    lambda on: unsendable(on.whole, on.agreement, on.judge, on.engine),
    goes_by=DECIDING,
)
