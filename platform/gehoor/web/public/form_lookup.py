"""A form for people outside as a page shows it: in the language that was asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from flask import abort, url_for

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.forms.form import AtLeastOne, Form
from gehoor.core.objections.objections import Objection
from gehoor.web.request.languages import asked


def form_of(agreement: Agreement, form_id: str) -> Form:
    """Return a form for people outside, in the language that was asked for; a page that does not exist when there is no
    such form."""
    if form_id == DOSSIER_FORM or form_id not in agreement.forms:
        abort(404)
    return agreement.form_in(form_id, asked())


def to(endpoint: str, agreement: Agreement, **parts: Any) -> str:
    """Return the address of another page of a department."""
    place = {"organisation": agreement.organisation, "department": agreement.department}
    return url_for(endpoint, **{**place, **parts})


def translated(agreement: Agreement, form: Form, objections: list[Objection]) -> list[Objection]:
    """Say what a form refuses in the language that it is shown in."""
    agreed = agreement.forms[form.id]
    pairs = zip(agreed.at_least_one, form.at_least_one, strict=True)
    said = {(one.fields[0], "", one.refusal): shown.refusal for one, shown in pairs}
    for name, of in agreed.fields.items():
        shown_field = form.fields[name]
        said[name, "", of.refusal] = shown_field.refusal
        for member, inner in of.members.items():
            said[name, member, inner.refusal] = shown_field.members[member].refusal
    keys = ((one, (one.field, one.member, one.details.get("refusal", ""))) for one in objections)
    return [
        replace(one, details={**one.details, "refusal": said[key]}) if key[2] and key in said else one
        for one, key in keys
    ]


def one_of(form: Form, refused: Collection[str] | None = None) -> dict[str, int]:
    """Return the fields of which one at least has to be answered, with how many they are. ``refused``: what is said
    when all are empty, of those where that is wrong now; without it, those that are asked whenever they are shown."""
    return {
        name: len(group.fields)
        for group in form.at_least_one
        if (_whenever_shown(form, group) if refused is None else group.refusal in refused)
        for name in group.fields
    }


def _whenever_shown(form: Form, group: AtLeastOne) -> bool:
    return group.condition is None or all(form.fields[of].show_if == group.condition for of in group.fields)


def shared(agreement: Agreement, form: Form) -> dict[str, Any]:
    """Return what every page of a form shows."""
    return {
        "agreement": agreement,
        "agreed": form,
        "required": form.required | agreement.needed_at_opening,
        "one_of": one_of(form),
        "language": asked(),
        "to": lambda endpoint, **parts: to(endpoint, agreement, **parts),
    }
