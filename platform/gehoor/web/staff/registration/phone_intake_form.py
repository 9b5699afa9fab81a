"""Where staff register: what is asked of them there, the page that asks it, and what has to be looked at first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import render_template, request

from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.fields import Field
from gehoor.core.forms.file_kinds import LARGEST_SUBMISSION
from gehoor.services.access.rights import opening_rights
from gehoor.services.recording.answers import filled_in
from gehoor.services.register.register import reading
from gehoor.services.search.duplicate_detection import told_before
from gehoor.web.forms.answer_form import PREFIX, AnswerForm
from gehoor.web.request.agreement_in_force import agreement_in_force
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.staff.registration.classification import SEEN, proposal_in
from gehoor.web.staff.registration.field_groups import Groups, grouped

PROPOSE: Final = "stel-voor"
ANYWAY: Final = "toch"
"""The button that registers although nearly the same was told before."""


@dataclass(frozen=True)
class Desk:
    """The agreement in force, and what is asked, in the order of the page."""

    agreement: Agreement
    fields: tuple[Field, ...]
    required: frozenset[str]

    @property
    def place(self) -> tuple[str, str]:
        """Return the organisation and the department."""
        return self.agreement.organisation, self.agreement.department

    @property
    def groups(self) -> Groups:
        """Return how the fields stand on the page."""
        return grouped(self.agreement, self.fields, self.required)

    @property
    def ids(self) -> dict[str, str]:
        """Return the element ids of the fields that mean something, by meaning."""
        asked = {of.id for of in self.fields}
        return {
            meaning: f"{PREFIX}{name}" for meaning, name in self.agreement.meanings.items() if name in asked
        }

    def page(self, page: AnswerForm, key: str, **more: Any) -> str:
        """Return the page to register on. ``answered``: what the questions were answered with, where nothing was just
        sent."""
        answered = more.pop("answered", request.form)
        page.beside = filled_in(self.agreement, self.agreement.dossier_form, me().full_name, now())
        return render_template(
            "staff/register.html",
            agreement=self.agreement,
            agreed=self.agreement.dossier_form,
            form=page,
            key=key,
            required=self.required,
            groups=self.groups,
            wrong=any(page.stands_out(name) for name in self.groups.more),
            proposal=proposal_in(self.agreement, answered),
            answered=answered,
            ids=self.ids,
            anyway=ANYWAY in request.form,
            mail_most=LARGEST_SUBMISSION,
            **more,
        )


def desk(organisation: str, department: str) -> Desk:
    """Return where whoever is signed in registers for a department."""
    agreement = agreement_in_force(organisation, department)
    with reading(site().runtime.store) as register:
        staff = site().runtime.staff.of(register, now())
    rights = opening_rights(agreement, me().name, staff.holders(organisation))
    agreement = staff.in_forms(agreement)
    asked = {
        of.id: of
        for of in agreement.dossier_form.fields.values()
        if of.at_opening and of.id not in rights.unchangeable
    }
    required = agreement.needed_at_opening
    order = grouped(agreement, asked.values(), required).order
    return Desk(agreement, tuple(asked[name] for name in order), required)


def hold_on(at: Desk, answers: Mapping[str, Any], sent: Mapping[str, str]) -> dict[str, Any]:
    """Return what has to be looked at before registering: a proposal that nobody saw yet, or nearly the same story."""
    fields = at.agreement.dossier_form.fields
    if any(answers.get(name) in ("", []) and not fields[name].show_if for name in at.required):
        return {}  # What is missing is told first.
    proposed = proposal_in(at.agreement, sent).proposed
    kind = at.agreement.field_for("message-kind")
    if proposed and kind in answers and proposed.kind not in (answers[kind], sent.get(SEEN)):
        return {"differs": True}
    if ANYWAY not in sent:
        same = told_before(site().runtime, at.agreement, me(), answers, now())
        return {"same": same} if same else {}
    return {}
