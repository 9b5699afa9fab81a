"""Where on the pages of a dossier something is done: the address of an answer, of a term, of what a rule waits for."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from gehoor.core.conditions.evaluate import holds
from gehoor.core.conditions.model import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Operator,
    Quantified,
    Quantifier,
    fact_names,
)
from gehoor.core.decision.model import Reason, TermState
from gehoor.core.forms.form import facts_of
from gehoor.core.rules.effects import Handlers
from gehoor.core.rules.rule import Rule
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.web.forms.answer_form import AnswerForm


@dataclass(frozen=True)
class Remedy:
    """What can be done so that a rule blocks no more: in words, at which address, and of which phase it is."""

    what: str = ""
    place: str = ""
    phase: str = ""


def in_form(opened: OpenedDossier, anchor: str) -> str:
    """Return the address of a place in the form of a dossier."""
    return url_for("dossiers.show", dossier_id=opened.dossier.id, _anchor=anchor)


def duties_place(opened: OpenedDossier) -> str:
    """Return the address where duties are settled and approvals are given."""
    return url_for("overview.show", dossier_id=opened.dossier.id, _anchor="plichten")


def place_of(opened: OpenedDossier, page: AnswerForm, name: str) -> str:
    """Return the address of a field, or of its phase where it cannot be filled in; empty where there is neither."""
    if name in page or name in opened.rights.once_handling:
        return in_form(opened, f"v_{name}")
    phase = opened.agreement.dossier_form.fields[name].phase
    known = opened.decision.phases.get(phase)
    return in_form(opened, f"fase-{phase}") if known is not None and known.applies else ""


def done_at(opened: OpenedDossier, page: AnswerForm, state: TermState) -> str:
    """Return the address where is filled in what a term waits for; of a term of rows in its row."""
    term = state.term
    if term.of_duty:
        return duties_place(opened)
    if state.row and term.rows in page:
        return in_form(opened, f"v_{term.rows}-{state.row - 1}-{term.done}")
    return place_of(opened, page, term.rows or opened.agreement.milestones[term.until].field)


def remedy_of(opened: OpenedDossier, page: AnswerForm, reason: Reason) -> Remedy:
    """Return what can be filled in against a rule that blocks: what it says is not there, else what it asks about."""
    rule = opened.agreement.rules.get(reason.rule)
    if rule is None:
        return Remedy()
    if joining := _more_people(opened, rule):
        return joining
    fields = opened.agreement.dossier_form.fields
    for leaf in _leaves(rule.condition):
        found = _in_row(opened, page, leaf)
        if found is not None:
            return found
    lacks, every = _lacking(rule.condition, opened.decision.values, page.names)
    if lacks:
        what = _("Vul %(fields)s in", fields=_named([fields[name].label for name in lacks], every=every))
        return Remedy(what, place_of(opened, page, lacks[0]), fields[lacks[0]].phase)
    asked = [name for name in page.names if name in fact_names(rule.condition)]
    return Remedy("", place_of(opened, page, asked[0]), fields[asked[0]].phase) if asked else Remedy()


def _more_people(opened: OpenedDossier, rule: Rule) -> Remedy | None:
    """Return where more people are given the dossier, where a rule waits for that."""
    for effect in rule.effects:
        if isinstance(effect, Handlers) and effect.before and len(opened.dossier.handlers) < effect.most:
            ended = (one.id for one in opened.agreement.phases.values() if one.done_at == effect.before)
            what = _("Laat het door %(count)s mensen behandelen", count=effect.most)
            place = url_for("overview.show", dossier_id=opened.dossier.id, _anchor="behandelaar")
            return Remedy(what, place, next(ended, ""))
    return None


def _in_row(opened: OpenedDossier, page: AnswerForm, leaf: Comparison | Quantified) -> Remedy | None:
    """Return what to fill in in the first row of which a condition says that there is one, if it says that."""
    if not isinstance(leaf, Quantified) or leaf.quantifier is not Quantifier.SOME or leaf.fact not in page:
        return None
    of, rows = opened.agreement.dossier_form.fields[leaf.fact], opened.decision.values.get(leaf.fact, ())
    for number, row in enumerate(rows if isinstance(rows, list) else (), start=1):
        if isinstance(row, Mapping) and holds(leaf.part, facts_of(of.members, row)):
            lacks, every = _lacking(leaf.part, row, of.members)
            asked = [one for one in of.members if one in fact_names(leaf.part)]
            named = f"{of.row_title} {number}"
            labels = _named([of.members[one].label for one in lacks], every=every)
            what = _("%(row)s: vul %(fields)s in", row=named, fields=labels) if lacks else named
            at = (lacks or asked or [""])[0]
            return Remedy(what, in_form(opened, f"v_{of.id}-{number - 1}-{at}"), of.phase)
    return None


def _lacking(
    condition: Condition, answers: Mapping[str, object], known: Container[str]
) -> tuple[list[str], bool]:
    """Return what a condition says has no answer, of what is ``known``, and whether all of it is to be filled in: where
    it asks that all are empty, one is enough."""
    parts = condition.parts if isinstance(condition, All) else (condition,)
    lacks = _empty(parts, answers, known)
    if lacks:
        return lacks, False
    return _empty([leaf for part in parts for leaf in _leaves(part)], answers, known), True


def _empty(parts: Iterable[Condition], answers: Mapping[str, object], known: Container[str]) -> list[str]:
    asked = [one.fact for one in parts if isinstance(one, Comparison) and one.operator is Operator.EMPTY]
    return [name for name in dict.fromkeys(asked) if name in known and name not in answers]


def _leaves(condition: Condition) -> Iterator[Comparison | Quantified]:
    """Give the parts of a condition that speak for it: what is denied is left out."""
    match condition:
        case Comparison() | Quantified():
            yield condition
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _leaves(part)
        case _:
            return


def _named(labels: Sequence[str], *, every: bool) -> str:
    quoted = [f"“{label}”" for label in labels]
    if len(quoted) < 2:
        return "".join(quoted)
    parts = {"most": ", ".join(quoted[:-1]), "last": quoted[-1]}
    text: str = _("%(most)s en %(last)s", **parts) if every else _("%(most)s of %(last)s", **parts)
    return text
