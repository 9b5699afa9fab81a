"""Why answers were refused: sentences at their fields, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.fields import Field
from gehoor.core.objections.objections import Objection
from gehoor.core.wording.objections import asked_field
from gehoor.core.wording.registry import DUTCH


def plain_refusals(agreement: Agreement, form: str, objections: Iterable[Objection]) -> list[dict[str, Any]]:
    """Return refusals as data: the field, its label in the form, and the sentence; of rows also which, and where."""
    return [_plain(_field(agreement, form, objection.field), objection) for objection in objections]


def _plain(of: Field | None, objection: Objection) -> dict[str, Any]:
    asked = asked_field(objection, of)
    refusal: dict[str, Any] = {
        "field": objection.field,
        "label": DUTCH.objections.place(objection, of) if of else "",
        "message": DUTCH.objections.text(
            objection, asked.label if asked else objection.member or objection.field
        ),
    }
    if objection.row:
        refusal |= {"row": objection.row, "member": objection.member}
    return refusal


def echo_refusals(refusals: Iterable[dict[str, Any]]) -> None:
    """Say what has to be put right, on stderr."""
    click.echo("Niet bewaard. Kijk dit na:", err=True)
    for refusal in refusals:
        place = f"{refusal['label']} ({refusal['field']})" if refusal["label"] else refusal["field"]
        click.echo(f"  {place}: {refusal['message']}" if place else f"  {refusal['message']}", err=True)


def _field(agreement: Agreement, form: str, name: str) -> Field | None:
    return agreement.forms[form].fields.get(name) or agreement.dossier_form.fields.get(name)
