"""Finding the dossiers that are about one person: told by them, about them, or in which their name stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gehoor.core.access.disclosure import Party
from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.match_keys import name_key, person_keys
from gehoor.core.text.normalise import plain_words
from gehoor.services.projection.projection import UNDECIDABLE
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime

_MOST: Final = 10_000
_LONGEST: Final = 200
"""So many signs of a name are looked for; nobody has a longer one."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who it is about: as somebody who told (name, e-mail, phone), or as somebody who works here (account)."""

    name: str = ""
    email: str = ""
    phone: str = ""
    account: str = ""


def found_for(
    runtime: Runtime,
    register: Register,
    agreements: Iterable[Agreement],
    asked: tuple[Person, Party],
    now: datetime,
) -> Iterator[str]:
    """Give the dossiers that may be about somebody. ``asked``: who it is, and as whom they ask."""
    person, party = asked
    known = list(agreements)
    # As who they ask decides by what they are found: of whom a dossier is about, no dossier is that they told.
    if person.account and party is not Party.COMPLAINANT:
        staff = runtime.staff.of(register, now)
        for name in sorted({person.account, *staff.same_person.get(person.account, ())}):
            yield from sorted(_about_account(runtime, register, name))
    for agreement in known if party is not Party.ACCUSED else ():
        for key in _keys(agreement, person):
            yield from (one.dossier for one in register.match_keys(key, 0, _MOST))
    words = set(plain_words(person.name[:_LONGEST]))
    if party is Party.OFFICER and words:
        where = {"organisation": known[0].organisation}
        for text in register.tables.search("texts", sorted(words), where=where, limit=_MOST):
            # A store finds what begins so: who is called Jan is not everyone called Janssens.
            if words <= {word for one in text["texts"] for word in plain_words(one)}:
                yield text["dossier"]


def may_be(person: Person, dossier: Dossier, agreement: Agreement) -> bool:
    """Say whether whoever told a dossier may be the person who was named: not when they have another name, as others of
    a household with the same phone number or address do."""
    asked = set(plain_words(person.name))
    if not asked:
        return True
    first, last = (
        set(plain_words(str(dossier.values.get(agreement.field_for(f"complainant.{part}"), ""))))
        for part in ("first-name", "name")
    )
    other_last = bool(last) and asked.isdisjoint(last)
    # A name of one word says nothing of the first name.
    other_first = bool(first) and len(asked) > 1 and asked.isdisjoint(first)
    return not other_last and not other_first


def _keys(agreement: Agreement, person: Person) -> Iterator[str]:
    given = {
        "complainant.email": person.email,
        "complainant.phone": person.phone,
        "complainant.name": person.name,
    }
    for meaning, whole in given.items():
        text = whole[:_LONGEST]
        field = agreement.field_for(meaning)
        if field and text:
            yield from person_keys(agreement, {field: text})
            if meaning == "complainant.name":
                yield name_key(agreement, {field: text})


def _about_account(runtime: Runtime, register: Register, account: str) -> Iterator[str]:
    """Give the dossiers in which an account is among those it is about; not those where it only stands too close. Of
    one that cannot be read nobody can tell."""
    for dossier_id in register.excluded_dossiers(account):
        try:
            dossier = register.dossier(dossier_id)
            agreement = runtime.library.agreement(register, dossier.agreement)
        except UNDECIDABLE:
            yield dossier_id
            continue
        accused = dossier.values.get(agreement.field_for("accused"), ())
        if isinstance(accused, list) and account in accused:
            yield dossier_id
