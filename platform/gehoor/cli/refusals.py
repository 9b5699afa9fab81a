"""Why answers were refused: sentences at their fields, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable

import click

from gehoor.core.agreement import Agreement
from gehoor.core.objection_texts import objection_text
from gehoor.core.objections import Objection


def plain_refusals(agreement: Agreement, form: str, objections: Iterable[Objection]) -> list[dict[str, str]]:
    """Return refusals as data: the field, its label in the form, and the sentence."""
    refusals = []
    for objection in objections:
        label = _label(agreement, form, objection.field)
        refusals.append(
            {
                "field": objection.field,
                "label": label,
                "message": objection_text(objection, label or objection.field or "dit veld"),
            }
        )
    return refusals


def echo_refusals(refusals: Iterable[dict[str, str]]) -> None:
    """Say what has to be put right, on stderr."""
    click.echo("Niet bewaard. Kijk dit na:", err=True)
    for refusal in refusals:
        place = f"{refusal['label']} ({refusal['field']})" if refusal["label"] else refusal["field"]
        click.echo(f"  {place}: {refusal['message']}" if place else f"  {refusal['message']}", err=True)


def _label(agreement: Agreement, form: str, field: str) -> str:
    for fields in (agreement.forms[form].fields, agreement.dossier_form.fields):
        if field in fields:
            return fields[field].label
    return ""
