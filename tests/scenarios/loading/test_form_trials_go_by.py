"""What the trials of a form read of an agreement: the check that keeps them goes by no less."""

from __future__ import annotations

from dataclasses import fields

import pytest

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.remembering import RememberingEngine
from gehoor.loading.checks.analysis.sendable_forms import SOME_MOMENT
from gehoor.loading.load import load_workspace
from gehoor.services.intake.form_trials import form_trials
from tests.support.places import ORGANISATIONS

_FORMS_AND_RULES = {
    "derivations", "dossier_form", "duties", "field_for", "fixed_after", "forms", "meanings", "named_rules", "rule_set",
    "rules", "shown_by_rules",
}  # fmt: skip
_DECIDING = {
    "anonymous", "correspondence", "milestones", "moment_rules", "phases", "tasks", "term_rules", "terms", "time_zone",
}  # fmt: skip
_WHICH_ONE = {"department", "organisation", "hash"}
"""In the event of an opening that nobody keeps."""


class _Reading(Agreement):
    """An agreement that tells what was read of it."""

    def __getattribute__(self, name: str) -> object:
        if not name.startswith("__"):
            _READ.add(name)
        return super().__getattribute__(name)


_READ: set[str] = set()


@pytest.mark.parametrize("number", range(4))
def test_the_trials_of_forms_read_what_the_check_that_keeps_them_goes_by(number: int) -> None:
    agreement = load_workspace(ORGANISATIONS).departments[number].agreement
    reading = _Reading(**{one.name: getattr(agreement, one.name) for one in fields(agreement) if one.init})
    _READ.clear()
    for form in agreement.forms.values():
        assert list(form_trials(reading, form, RememberingEngine(), SOME_MOMENT))
    assert _READ <= _FORMS_AND_RULES | _DECIDING | _WHICH_ONE
