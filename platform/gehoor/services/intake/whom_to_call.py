"""Whom somebody outside can call who has no follow-up code any more, or typed the number of their dossier instead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.numbering import could_be_number
from gehoor.core.wording.public_texts import department_in, organisation_in
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime


def departments(runtime: Runtime, now: datetime) -> list[Agreement]:
    """Return what is in force for every department, also for those that take in nothing new."""
    with reading(runtime.store) as register:
        found = all_in_force(register, runtime.library, register.published_departments(), now)
    return [one.agreement for one in found]


def numbers_so(agreements: Iterable[Agreement], text: str) -> Agreement | None:
    """Return the department that writes its numbers as a text is written. Nothing is looked up: whether there is such
    a dossier, nobody hears."""
    return next((one for one in agreements if could_be_number(one, text)), None)


def whom_to_call(agreements: Iterable[Agreement], language: str) -> list[tuple[str, str]]:
    """Return names with their phone numbers: of an organisation where all its departments have the same, else of the
    departments that share one. They are called as in a language."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in agreements:
        numbers = found.setdefault(organisation_in(one, language), {})
        if one.contact.phone:
            numbers.setdefault(one.contact.phone, []).append(department_in(one, language))
    return [
        (name if len(numbers) == 1 else ", ".join(sharing), phone)
        for name, numbers in found.items()
        for phone, sharing in numbers.items()
    ]
