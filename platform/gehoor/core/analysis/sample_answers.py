"""Sample answers: for each field an answer that somebody could give, to try out what a form does with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from gehoor.core.analysis.domains import candidates, domain_of
from gehoor.core.conditions.facts import FactType
from gehoor.core.forms.fields import Field
from gehoor.core.forms.form import Form
from gehoor.core.text.contacts import sample_phone

_WORDS: Final = "Zo gaat het hier al enkele weken en wij vinden dat het beter moet. "
_TEXTS: Final = ("voorbeeld", "Voorbeeld", "A1", "ABC123", "1234", "9000", "12345678", "10:00", "a", "AB-12")
"""Texts that fit most of the patterns that people agree on."""


def sample_answer(of: Field, local: datetime) -> Any:
    """Return an answer that the field accepts, as a page or a file gives it; None when none could be found.

    ``local``: a moment on the clock of the organisation.
    """
    return next((one for one in _tries(of, local) if _fits(of, one, local)), None)


def sample_answers(of: Field, local: datetime) -> list[Any]:
    """Return an answer of each kind that conditions can tell apart: every code, yes and no, numbers at their bounds."""
    if of.type.coded and of.type.fact_type is FactType.TEXT:
        return [choice.code for choice in of.choices if not choice.retired]
    if of.type.fact_type is FactType.BOOLEAN:
        return [one for one in (True, False) if _fits(of, one, local)]
    one = sample_answer(of, local)
    return [] if one is None else [one]


def _tries(of: Field, local: datetime) -> list[Any]:
    if of.type.takes_files or of.type.names_people:
        return []
    if of.type.has_rows:
        row = {name: sample_answer(member, local) for name, member in of.members.items()}
        return [[{name: given for name, given in row.items() if given is not None}] * _fewest(of)]
    if of.type.coded:
        codes = [choice.code for choice in of.choices if not choice.retired]
        return list(codes) if of.type.fact_type is FactType.TEXT else [codes[: _fewest(of)]]
    if of.type.moment:
        return [of.type.moment(local)]
    if of.type.fact_type is FactType.TEXT:
        return _texts(of)
    return list(candidates(domain_of(of), ()) or ())


def _texts(of: Field) -> list[str]:
    least = of.schema.get("minLength", 0)
    text = (_WORDS * (least // len(_WORDS) + 1))[: max(least, min(60, of.schema.get("maxLength", 60)))]
    # A space at the end is not kept, and then it is too short.
    whole = text if text == text.strip() else text.replace(" ", "-")
    return [whole, *_TEXTS, "naam@voorbeeld.be", sample_phone(of.country)]


def _fewest(of: Field) -> int:
    return max(1, int(of.schema.get("minItems", 1)))


def _fits(of: Field, given: Any, local: datetime) -> bool:
    try:
        value = of.type.read(given, of, ZoneInfo(str(local.tzinfo)))
    except ValueError:
        return False
    return value is not None and not Form("", "", {of.id: of}).faults({of.id: value})
