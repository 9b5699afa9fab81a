"""Form trials: filling in a form as people could, by the code that takes it in, to find out whether it can be sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from typing import Any, Final
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.analysis.sample_answers import sample_answer, sample_answers
from gehoor.core.conditions.engine import RuleEngine
from gehoor.core.conditions.model import Condition, fact_names
from gehoor.core.decision.derived_values import facts_with_derived
from gehoor.core.forms.fields import StoredValue
from gehoor.core.forms.form import Form
from gehoor.core.forms.offers import offered
from gehoor.core.objections.objections import Objection
from gehoor.core.rules.effects import Block, Handlers, Hide, Require, Show
from gehoor.services.intake.as_opened import objections_as_opened
from gehoor.services.recording.answers import shown_fields
from gehoor.services.recording.form_reading import read_form

_MOST: Final = 120
"""So many ways to begin a form are tried."""
_ROUNDS: Final = 12
"""An answer brings the next question; nobody answers more often than this before a form can be sent."""
_NOBODY: Final = "proef"


@dataclass(frozen=True)
class Trial:
    """A form filled in one way. ``chosen``: what was answered first; ``objections``: why it cannot be sent, all in
    answers that somebody could not give; none: it can."""

    form: Form
    chosen: Mapping[str, Any]
    answers: Mapping[str, Any]
    objections: tuple[Objection, ...]


@dataclass
class _Filler:
    """Someone who answers what is asked, as far as answers can be found."""

    agreement: Agreement
    form: Form
    engine: RuleEngine
    now: datetime
    _samples: dict[str, Any] = field(default_factory=dict)
    _known: dict[str, tuple[dict[str, StoredValue], list[Objection]]] = field(default_factory=dict)
    _opened: dict[str, list[Objection]] = field(default_factory=dict)

    @property
    def local(self) -> datetime:
        return self.now.astimezone(ZoneInfo(self.agreement.time_zone))

    def sample(self, name: str) -> Any:
        if name not in self._samples:
            self._samples[name] = sample_answer(self.form.fields[name], self.local)
        return self._samples[name]

    def choosing(self, name: str, values: Mapping[str, StoredValue]) -> Any:
        """Return an answer that can be given beside others; None when there is none."""
        of = self.form.fields[name]
        if not any(choice.offered_if for choice in of.choices):
            return self.sample(name)
        facts = facts_with_derived(self.agreement, values, self.engine)
        left = tuple(choice for choice in of.choices if offered(choice, facts))
        return sample_answer(replace(of, choices=left), self.local)

    def asks(self, name: str) -> bool:
        """Whether the page that takes this form in asks a field."""
        return name in self.form.fields and (
            self.form.id != DOSSIER_FORM or self.form.fields[name].at_opening
        )

    def trial(self, chosen: Mapping[str, Any], *, eagerly: bool) -> Trial:
        """Fill in the form from these answers on. ``eagerly``: all that is shown, not only what must be."""
        answers = dict(chosen)
        objections: list[Objection] = []
        for _ in range(_ROUNDS):
            values, of_form = self._read(answers)
            # What the form itself asks comes first: what a dossier needs is worked out of the answers to that.
            new = self._answered(answers, values, of_form, eagerly=eagerly)
            if not new:
                objections = [*of_form, *self._needed(answers, values)]
                new = self._answered(answers, values, objections, eagerly=eagerly)
            if not new:
                break
            answers |= new
        return Trial(self.form, chosen, answers, tuple(filter(self._cannot_be_met, objections)))

    def _answered(
        self,
        answers: Mapping[str, Any],
        values: Mapping[str, StoredValue],
        objections: list[Objection],
        *,
        eagerly: bool,
    ) -> dict[str, Any]:
        """Return answers to what is objected to, as far as there are."""
        wanted = [name for name in self._wanted(objections) if self.asks(name)]
        if eagerly:
            shown = shown_fields(self.agreement, self.form, values, self.engine)
            wanted += [name for name in self.form.fields if name in shown and self.asks(name)]
        return {
            name: one
            for name in wanted
            if name not in answers and (one := self.choosing(name, values)) is not None
        }

    def _read(self, answers: Mapping[str, Any]) -> tuple[dict[str, StoredValue], list[Objection]]:
        # Who answers all that is shown begins as who answers what must be.
        asked = repr(answers)
        if asked not in self._known:
            self._known[asked] = read_form(
                self.engine, self.agreement, self.form, (answers, _NOBODY), self.now
            )
        return self._known[asked]

    def _needed(self, answers: Mapping[str, Any], values: Mapping[str, StoredValue]) -> list[Objection]:
        asked = repr(answers)
        if asked not in self._opened:
            self._opened[asked] = objections_as_opened(
                self.engine, self.agreement, self.form, values, self.now
            )
        return self._opened[asked]

    def _wanted(self, objections: list[Objection]) -> Iterator[str]:
        for one in objections:
            yield one.field
            if one.code == "at-least-one":
                yield from chain.from_iterable(group.fields for group in self.form.at_least_one)

    def _cannot_be_met(self, objection: Objection) -> bool:
        """Whether an objection stands although whoever fills in did what could be done about it."""
        name = objection.field
        if objection.code == "not-offered":
            return False  # Whoever chose it chooses again.
        return not self.asks(name) or self.sample(name) is not None


def form_trials(agreement: Agreement, form: Form, engine: RuleEngine, now: datetime) -> Iterator[Trial]:
    """Fill in a form in every way in which conditions can tell answers apart, one at a time: once with only what must
    be answered, once with all that is shown. ``now``: any instant; dates are of that day."""
    filler = _Filler(agreement, form, engine, now)
    begun: list[dict[str, Any]] = [{}]
    for name in _telling(agreement, form):
        if filler.asks(name) and not form.fields[name].read_only:
            begun += [{name: one} for one in sample_answers(form.fields[name], filler.local)]
    for chosen in begun[:_MOST]:
        for eagerly in (False, True):
            yield filler.trial(chosen, eagerly=eagerly)


def _telling(agreement: Agreement, form: Form) -> list[str]:
    """Return the fields whose answers decide what a form asks, in its order."""
    conditions: list[Condition | None] = [of.show_if for of in form.fields.values()]
    conditions += [group.condition for group in form.at_least_one]
    conditions += [
        agreement.dossier_form.fields[name].show_if
        for name in form.fields
        if name in agreement.dossier_form.fields
    ]
    for rule in agreement.rules.values():
        if any(isinstance(effect, (Show, Hide, Require, Block, Handlers)) for effect in rule.effects):
            conditions.append(rule.condition)
    conditions += [choice.offered_if for of in form.fields.values() for choice in of.choices]
    named = frozenset[str]().union(*(fact_names(one) for one in conditions if one is not None))
    return [name for name in form.fields if name in named]
