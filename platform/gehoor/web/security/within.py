"""Within which organisations a request works, before anything of one is read: those of the address for who comes from
outside, those where they work for staff. What is found by a code or a token says of which it is first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gehoor.services.ports.belonging import EVERYWHERE, Within
from gehoor.services.ports.records import Account
from gehoor.services.records.within import everywhere, go_on_within
from gehoor.services.register.register import reading
from gehoor.web.request.site import site

_ORGANISATION: Final = "organisation"
_ALL: Final = "*"


def see_outside(parts: Mapping[str, Any]) -> None:
    """Work within the organisation that an address names, if it names one."""
    if organisation := parts.get(_ORGANISATION):
        see(organisation)


def see(*organisations: str) -> None:
    """Work within these organisations until the request is answered."""
    go_on_within(Within.of(*(one for one in organisations if one.isprintable() and not {*"\\/*"} & {*one})))


def see_as(account: Account, *, makes: bool = False) -> None:
    """Work within the organisations where somebody works. ``makes``: on a page about agreements, which some coordinate
    for all organisations."""
    if makes and _ALL in account.coordinates:
        go_on_within(EVERYWHERE)
        return
    see(*{role.partition("/")[0] for role in account.roles}, *{*account.coordinates} - {_ALL})


def see_dossier(dossier: str) -> None:
    """Work within the organisation of a dossier that somebody outside has the code of."""
    with everywhere(), reading(site().runtime.store) as register:
        organisation = register.organisation_of(dossier)
    see(*([organisation] if organisation else []))
