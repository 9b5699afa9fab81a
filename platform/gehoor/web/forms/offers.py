"""Which choices a page offers: what other answers on it decide is left to the page, the rest is known already."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final, TypeVar

from gehoor.core.conditions.facts import Facts
from gehoor.core.conditions.model import fact_names
from gehoor.core.forms.fields import Field
from gehoor.core.forms.form import facts_of
from gehoor.core.forms.offers import offer
from gehoor.core.objections.choice_objections import Answered, unoffered_codes
from gehoor.web.display.conditions import offer_when
from gehoor.web.forms.types.base import AnswerField
from gehoor.web.forms.types.groups import RowsField

_Key = TypeVar("_Key", bound=Hashable)
_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Offering:
    """What the choices on a page hang on: ``facts`` from elsewhere, and the fields ``asked``, whose answers are not
    known yet. ``kept``: what a dossier holds."""

    facts: Facts
    asked: frozenset[str]
    kept: Answered


_KEPT: Final = 5_000
_known: Final[OrderedDict[tuple[Any, ...], tuple[Field, dict[str, str]]]] = OrderedDict()
_hangs_on: Final[OrderedDict[int, tuple[Field, frozenset[str]]]] = OrderedDict()
_lock: Final = Lock()


def offers_of(of: Field, offering: Offering) -> Mapping[str, str]:
    """Return when the choices of a field are offered, by code: worked out once for what they hang on. Fields are known
    by identity, as an agreement is built once; what is kept holds on to them."""
    names = _kept(_hangs_on, id(of), of, lambda: _names(of))
    stays = unoffered_codes(of, offering.kept)
    key = (
        id(of),
        names & offering.asked,
        tuple(
            (name, offering.facts[name]) for name in sorted(names - offering.asked) if name in offering.facts
        ),
        stays,
    )
    return _kept(_known, key, of, lambda: _offers(of, offering, stays, ""))


def _names(of: Field) -> frozenset[str]:
    asked = (fact_names(one.offered_if) for one in of.choices if one.offered_if is not None)
    return frozenset[str]().union(*asked)


def _kept(
    known: OrderedDict[_Key, tuple[Field, _Made]], key: _Key, of: Field, make: Callable[[], _Made]
) -> _Made:
    found = known.get(key)
    if found is None:
        found = of, make()
        with _lock:
            known[key] = found
            while len(known) > _KEPT:
                known.popitem(last=False)
    return found[1]


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
