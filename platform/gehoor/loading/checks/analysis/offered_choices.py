"""Choices that hang on other answers: one that is never offered, a question without any, a proposal, a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.analysis.domains import domain_of
from gehoor.core.analysis.field_visibility import asked_when
from gehoor.core.analysis.satisfiability import Judge
from gehoor.core.conditions.model import AnyOf, Comparison, Condition, Not, Operator, fact_names
from gehoor.core.forms.fields import Choice, Field
from gehoor.core.forms.form import Form, facts_of
from gehoor.core.objections.choice_objections import Answered, unoffered_codes
from gehoor.core.text.problems import Place, Problem, Severity
from gehoor.core.text.suggestions import listed
from gehoor.core.wording.registry import DUTCH
from gehoor.loading.checks.analysis.choice_circles import circle_problems
from gehoor.loading.checks.check import OF_JUDGE, Check, Pass, Subject
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, load_vocabulary
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_NONE: Final = "soms-geen-keuze"


def choice_problems(whole: Sourced, agreement: Agreement, judge: Judge) -> list[Problem]:
    """Return the choices that nobody could make, and the questions to which there is sometimes no answer."""
    found = [*_problems(whole, agreement, judge)]
    # What no form can be sent without is told there, and not once more of the dossier that it is in.
    needed = {one.details["value"] for one in found if _is_dead_end(one)}
    return [
        one
        for one in found
        if one.code != _NONE or one.severity is Severity.ERROR or one.details["value"] not in needed
    ]


def without_choice(on: Subject) -> set[str]:
    """Return the fields that somebody must answer and sometimes cannot, as no choice is left."""
    return {one.details["value"] for one in CHECK.problems(on) if _is_dead_end(one)}


def _is_dead_end(problem: Problem) -> bool:
    return problem.code == _NONE and problem.severity is Severity.ERROR


def _problems(whole: Sourced, agreement: Agreement, judge: Judge) -> Iterator[Problem]:
    asked = asked_when(agreement)
    for form in agreement.forms.values():
        never = _unasked(agreement, form)
        for of in form.fields.values():
            path: Path = ("forms", form.id, "properties", of.id)
            if not of.has_offers:
                continue
            shown = asked[of.id] if form.id == DOSSIER_FORM else _if_any(of.show_if)
            needed = of.id in form.required or bool(of.required_before)
            yield from _Check(whole, judge, agreement, path, of, shown, never, needed).problems()
            yield from _proposals(whole, agreement, form, path, of)
            rows = Judge({name: domain_of(member) for name, member in of.members.items()})
            for name, member in of.members.items():
                at: Path = (*path, "items", "properties", name)
                shown = _if_any(member.show_if)
                yield from _Check(
                    whole, rows, agreement, at, member, shown, frozenset(), name in of.required_members, of
                ).problems()
        yield from circle_problems(whole, agreement, form)


def _unasked(agreement: Agreement, form: Form) -> frozenset[str]:
    """Return the fields without an answer when a form is sent: it does not ask them, and nothing fills them in."""
    if form.id == DOSSIER_FORM:
        return frozenset()
    dossier = agreement.dossier_form
    given = {of.id for of in dossier.filled_in} | form.preset.keys()
    given |= {effect.field for stage in agreement.derivations for _, effect in stage.derivations}
    return frozenset(dossier.fields.keys() - form.fields.keys() - given)


@dataclass(frozen=True)
class _Check:
    whole: Sourced
    judge: Judge
    agreement: Agreement
    path: Path
    of: Field
    shown: tuple[Condition, ...]
    """What must hold for it to be asked."""
    unasked: frozenset[str]
    needed: bool
    rows_of: Field | None = None

    def problems(self) -> Iterator[Problem]:
        never = [*self._never()]
        yield from never
        if not never:
            yield from self._none()

    def _never(self) -> Iterator[Problem]:
        for index, choice in enumerate(self.of.choices):
            condition = choice.offered_if
            # A condition that is impossible by itself is told where it stands.
            if condition is None or choice.retired or not self.judge.possible(condition):
                continue
            words, names = load_vocabulary(DEFAULT_LANGUAGE), sorted(fact_names(condition) & self.unasked)
            if not self.judge.possible(condition, *map(_empty, names)):
                reason = f"dit formulier vraagt {listed(names)} niet"
                what = f"Vraag dat hier ook, of neem de keuze hier weg met '{words.word('without-choices')}'."
            elif not self.judge.possible(condition, *self.shown):
                reason = "dan wordt het veld zelf niet gevraagd"
                what = f"Pas '{words.word('if')}' bij de keuze aan, of wanneer het veld gevraagd wordt."
            else:
                continue
            details = {"value": choice.code, "reason": reason, "what": what}
            yield Problem(self._spot(index), "keuze-nooit-aangeboden", details)

    def _none(self) -> Iterator[Problem]:
        """When what the choices hang on is answered, there must be one."""
        left = [choice for choice in self.of.choices if not choice.retired]
        conditions = [choice.offered_if for choice in left if choice.offered_if is not None]
        if not left or len(conditions) < len(left):
            return
        none, names = Not(AnyOf(tuple(conditions))), sorted(frozenset().union(*map(fact_names, conditions)))
        answered = [Comparison(name, Operator.FILLED) for name in names if self._is_answered(name)]
        if self.judge.possible(none, *answered, *self.shown):
            case = self._case(none, names)
            scope, said = self.rows_of, DUTCH.agreements
            details = {
                "value": self.of.id,
                "clause": said.row_clause(self.agreement, scope, case)
                if scope
                else said.clause(self.agreement, case),
                "show": load_vocabulary(DEFAULT_LANGUAGE).word("show-if"),
            }
            severity = Severity.ERROR if self.needed else Severity.WARNING
            yield Problem(self.whole.spot(self.path).key, _NONE, details, severity)

    def _is_answered(self, name: str) -> bool:
        """Whether it is known that there is an answer. Of a form, who sends it is asked for what it needs; a row that
        needs this answer must need what it hangs on too."""
        return not (self.needed and self.rows_of) or name in self.rows_of.required_members

    def _case(self, none: Condition, names: list[str]) -> Condition:
        """Return the case in which there is no choice: by the codes of what they hang on, when that is one field."""
        fields = self.rows_of.members if self.rows_of else self.agreement.dossier_form.fields
        hinge = fields[names[0]] if len(names) == 1 else None
        if hinge is None or not hinge.type.coded:
            return none
        each = [(one.code, Comparison(hinge.id, Operator.ONE_OF, (one.code,))) for one in _current(hinge)]
        codes = tuple(code for code, one in each if self.judge.possible(none, one, *self.shown))
        return Comparison(hinge.id, Operator.ONE_OF, codes) if codes and hinge.kind != "scale" else none

    def _spot(self, index: int) -> Place:
        at = (*self.path, "items") if self.whole.at((*self.path, "type")) == "array" else self.path
        return self.whole.spot((*at, "oneOf", index, "if")).key


def _current(of: Field) -> Iterable[Choice]:
    return (choice for choice in of.choices if not choice.retired)


def _if_any(condition: Condition | None) -> tuple[Condition, ...]:
    return () if condition is None else (condition,)


def _empty(name: str) -> Condition:
    return Comparison(name, Operator.EMPTY)


def _proposals(whole: Sourced, agreement: Agreement, form: Form, path: Path, of: Field) -> Iterator[Problem]:
    """What stands there before anybody answered must be offered then."""
    fields = agreement.dossier_form.fields
    given = {one.id: one.default for one in agreement.dossier_form.filled_in if one.default is not None}
    calling = {one.id: one.by_phone for one in fields.values() if one.by_phone is not None}
    writing = {one.id: one.by_email for one in fields.values() if one.by_email is not None}
    moving = {one.id for one in agreement.dossier_form.filled_in if one.automatic}
    moving |= {effect.field for stage in agreement.derivations for _, effect in stage.derivations}
    for word, value, known in (
        ("default", of.default, {**given, **form.preset}),
        ("by-phone", of.by_phone, {**given, **calling}),
        ("by-email", of.by_email, {**given, **writing}),
    ):
        if value is None:
            continue
        gone = unoffered_codes(of, Answered({of.id: value}, facts_of(fields, known)))
        for choice in of.choices:
            hangs_on = fact_names(choice.offered_if) if choice.offered_if else frozenset()
            if choice.code in gone and moving.isdisjoint(hangs_on):
                words = load_vocabulary(DEFAULT_LANGUAGE)
                details = {"value": choice.code, "fields": listed(sorted(hangs_on)), "word": words.word("if")}
                yield Problem(whole.spot((*path, word)).value, "voorstel-niet-aangeboden", details)


CHECK = Check(
    Pass.ANALYSIS,
    ("keuze-nooit-aangeboden", "keuze-kring", "voorstel-niet-aangeboden", _NONE),
    lambda on: choice_problems(on.whole, on.agreement, on.judge),
    goes_by=("forms", "rules", "tables", "phases", *OF_JUDGE),
)
