"""What somebody wants to know before they answer: what will be asked then, and in which letter the answer stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from gehoor.core.analysis.asked_later import asked_later
from gehoor.core.decision.model import PhaseState
from gehoor.core.forms.fields import Field
from gehoor.core.letters.composing import texts_told
from gehoor.core.rules.effects import Require
from gehoor.services.correspondence.letters import DossierLetter
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.web.forms.answer_form import AnswerForm


@dataclass(frozen=True)
class Announced:
    """The fields that may be asked, and the answer after which they are."""

    after: Field
    asked: tuple[Field, ...]


def announced(
    opened: OpenedDossier,
    page: AnswerForm,
    state: PhaseState,
    needed: Collection[str],
    phases: Collection[str],
) -> tuple[Announced, ...]:
    """Return what a phase may still ask because of answers that it lacks, those that are ``needed`` first.

    ``phases``: those whose fields it asks for.
    """
    fields, decision = opened.agreement.dossier_form.fields, opened.decision
    lacks = [
        name
        for name in page.names
        if fields[name].phase == state.phase.id
        and decision.fields[name].visible
        and name not in decision.values
        and not page.has_typed(name)
    ]
    unanswered = frozenset((*needed, *lacks))
    found: dict[str, list[Field]] = {}
    for later in asked_later(opened.agreement, opened.dossier, decision, state.phase.done_at, unanswered):
        if fields[later.field].phase not in phases or later.field in opened.rights.unseen:
            continue
        after = next((name for name in later.hangs_on if name in needed), later.hangs_on[0])
        found.setdefault(after, []).append(fields[later.field])
    first = sorted(found, key=lambda name: name not in needed)
    return tuple(Announced(fields[name], tuple(found[name])) for name in first)


def asked_of_others(opened: OpenedDossier) -> frozenset[str]:
    """Return the fields that whoever looks does not see, and that are asked before a milestone, or may be by a rule:
    by what is agreed alone, and by no answer. That somebody else may have to fill them in is said, and never whether it
    is done; else the page of one would tell what another answered."""
    agreement = opened.agreement
    by_rules = {
        effect.field
        for rule in agreement.rules.values()
        for effect in rule.effects
        if isinstance(effect, Require)
    }
    return frozenset(
        name
        for name in opened.rights.unseen & agreement.dossier_form.fields.keys()
        if name in by_rules or agreement.dossier_form.fields[name].required_before
    )


def in_letters(opened: OpenedDossier, letters: Iterable[DossierLetter]) -> dict[str, str]:
    """Say of each field of which the text stands word for word in a letter of this dossier, in which; but of what
    whoever complains is called, and how they are reached."""
    form = opened.agreement.dossier_form
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for one in letters:
        for name, members in texts_told(one.template, form).items():
            if not form.fields[name].meaning.startswith("complainant."):
                found.setdefault((name, members), []).append(one.template.name)
    return {
        name: " ".join(
            _said(form.fields[name], members, names) for (of, members), names in found.items() if of == name
        )
        for name in {name for name, _ in found}
    }


def _said(of: Field, members: tuple[str, ...], letters: list[str]) -> str:
    quoted = ", ".join(f"\u201c{name}\u201d" for name in letters)
    if not members:
        return str(_("Dit komt letterlijk in de brief: %(letters)s.", letters=quoted))
    what = ", ".join(f"\u201c{of.members[one].label}\u201d" for one in members)
    return str(_("Letterlijk in de brief %(letters)s komt: %(what)s.", letters=quoted, what=what))
