"""In which languages organisations work: the first of each, that of its files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gehoor.core.access.roles import departments_of
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime


def working_languages(runtime: Runtime, roles: Iterable[str] | None, now: datetime) -> frozenset[str]:
    """Return the languages of the organisations that someone with these roles works for; None: of all of them.

    An organisation of which nothing is in force yet has none. Raises ``StoreUnavailableError``.
    """
    found: set[str] = set()
    with reading(runtime.store) as register:
        published = register.published_departments()
        mine = published if roles is None else departments_of(roles, published)
        # The departments of an organisation share its languages.
        for place in {organisation: (organisation, department) for organisation, department in mine}.values():
            found.update(
                one.agreement.languages[0] for one in all_in_force(register, runtime.library, [place], now)
            )
    return frozenset(found)
