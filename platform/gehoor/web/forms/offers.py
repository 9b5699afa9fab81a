"""Which choices a page offers: what other answers on it decide is left to the page, the rest is known already."""

from __future__ import annotations

from dataclasses import dataclass

from gehoor.core.conditions.facts import Facts
from gehoor.core.forms.fields import Field
from gehoor.core.forms.form import facts_of
from gehoor.core.forms.offers import offer
from gehoor.core.objections.choice_objections import Answered, unoffered_codes
from gehoor.web.display.conditions import offer_when
from gehoor.web.forms.types.base import AnswerField
from gehoor.web.forms.types.groups import RowsField


@dataclass(frozen=True)
class Offering:
    """What the choices on a page hang on: ``facts`` from elsewhere, and the fields ``asked``, whose answers are not
    known yet. ``kept``: what a dossier holds."""

    facts: Facts
    asked: frozenset[str]
    kept: Answered


def offer_choices(field: AnswerField, offering: Offering, place: str = "") -> None:
    """Let an input, or those of a list, know when each of its choices is offered. ``place``: what the names of the
    inputs of a row begin with."""
    if not isinstance(field, RowsField):
        stays = unoffered_codes(field.agreed, offering.kept)
        field.offers = _offers(field.agreed, offering, stays, place)
        return
    members = field.agreed.members
    for row in field.rows:
        within = Offering({}, frozenset(members), offering.kept)
        for name, one in row.inputs.items():
            if one.agreed.has_offers:
                stays = _kept_in_rows(field.agreed, members[name], offering.kept)
                at = f"{place}{row.id.removeprefix(field.name)}"
                one.offers = _offers(one.agreed, within, stays, f"{field.agreed.id}{at}-")


def _offers(of: Field, offering: Offering, stays: frozenset[str], place: str) -> dict[str, str]:
    found = {
        choice.code: offer_when(offer(choice, offering.facts, offering.asked), place)
        for choice in of.choices
        if choice.offered_if is not None and choice.code not in stays
    }
    return {code: when for code, when in found.items() if when}


def _kept_in_rows(of: Field, member: Field, kept: Answered) -> frozenset[str]:
    rows = kept.values.get(of.id)
    found = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    each = [unoffered_codes(member, Answered(dict(row), facts_of(of.members, dict(row)))) for row in found]
    return frozenset[str]().union(*each)
